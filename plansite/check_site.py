"""Checks of the finished pages: every link and anchor leads somewhere, every id is there once."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\s(id|href|src|action|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)\"""")
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls"}
ELSEWHERE = {"http", "https", "mailto", "data"}


def broken_links(files: Mapping[str, bytes], base_path: str) -> list[str]:
    """What is wrong, one line each: links to files or anchors that do not exist, ids given twice.

    `files` maps paths to contents; `base_path` is the path of the site's root on its host ("/" or "/plans/").
    """
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    faults: list[str] = []
    for path, content in files.items():
        if path.endswith(".html"):
            found, own, twice = _read(content.decode("utf-8"))
            ids[path] = own
            links += [(path, target) for target in found]
            faults += [f"{path}: the id '{name}' stands twice" for name in twice]
    for path, target in dict.fromkeys(links):
        fault = _check(path, target, files, ids, base_path)
        if fault:
            faults.append(f"{path}: {fault}")
    return sorted(faults)


def _read(text: str) -> tuple[list[str], set[str], list[str]]:
    """The links of a page, its ids, and the ids it has twice."""
    links: list[str] = []
    ids: Counter[str] = Counter()
    for tag in TAG.findall(text):
        for name, value in ATTRIBUTE.findall(tag):
            value = html.unescape(value)
            if name == "id":
                ids[value] += 1
            elif name in REFERENCES:
                links += [f"#{part}" for part in value.split()]
            else:
                links.append(value)
    return links, set(ids), [name for name, count in ids.items() if count > 1]


def _check(path: str, target: str, files: Mapping[str, bytes], ids: Mapping[str, set[str]], base_path: str) -> str:
    parts = urlsplit(target)
    if parts.scheme in ELSEWHERE or parts.netloc:
        return ""
    if parts.scheme:
        return f"a link with the scheme '{parts.scheme}'"
    where = unquote(parts.path)
    if not where:
        goal = path
    elif where.startswith("/"):
        if not where.startswith(base_path):
            return f"'{target}' leads out of the site"
        goal = where.removeprefix(base_path)
    else:
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), where)).removeprefix("./")
        goal = "" if goal == "." else goal + "/" if where.endswith(("/", "..", ".")) else goal
    if goal.startswith("../"):
        return f"'{target}' leads out of the site"
    if goal == "" or goal.endswith("/"):
        goal += "index.html"
    if goal not in files:
        return f"'{target}' leads nowhere"
    if parts.fragment and goal.endswith(".html") and unquote(parts.fragment) not in ids[goal]:
        return f"'{target}' names an anchor that does not exist"
    return ""
