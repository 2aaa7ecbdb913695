"""Checks of the finished pages: every link and anchor leads somewhere, every id is there once."""

from __future__ import annotations

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\s(id|href|src|action|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)\"""")
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls"}
ELSEWHERE = {"http", "https", "mailto", "data"}
PERMALINK = 'class="permalink"'  # the # that a page shows beside a thing, for readers to copy
OFFICIAL = 'class="fold official"'  # a passage of official wording (templates/parts/source.html)


@dataclass(slots=True)
class Followed:
    """What following every link of the finished pages found.

    `faults` are one line each; `ids` maps each HTML file to its ids and how often it has them; `anchors` are triples
    (file with the link, file it leads to, id there): links of other pages, and a page's own permalinks. Anchors of
    official wording are left out.
    """

    faults: list[str] = field(default_factory=list)
    ids: dict[str, Counter[str]] = field(default_factory=dict)
    anchors: set[tuple[str, str, str]] = field(default_factory=set)


def follow_links(files: Mapping[str, bytes], base_path: str) -> Followed:
    """Follow every link: those to files or anchors that do not exist, and ids given twice, are faults.

    `files` maps paths to contents; `base_path` is the path of the site's root on its host ("/" or "/plans/").
    """
    done = Followed()
    links: list[tuple[str, str, bool]] = []
    passages: dict[str, list[str]] = {}
    for path, content in files.items():
        if path.endswith(".html"):
            found, ids, passages[path] = _read(content.decode("utf-8"))
            done.ids[path] = ids
            links += [(path, target, permalink) for target, permalink in found]
            done.faults += [f"{path}: the id '{name}' stands twice" for name, count in ids.items() if count > 1]
    for path, target, permalink in dict.fromkeys(links):
        goal, fragment, fault = _resolve(path, target, base_path)
        fault = fault or (goal and _missing(target, goal, fragment, files, done.ids))
        if fault:
            done.faults.append(f"{path}: {fault}")
        elif fragment and (permalink or goal != path) and not _official(fragment, passages.get(goal, ())):
            done.anchors.add((path, goal, fragment))
    done.faults.sort()
    return done


def _read(text: str) -> tuple[list[tuple[str, bool]], Counter[str], list[str]]:
    """The links of a page, each with whether it is a permalink; its ids; the ids of its official wording."""
    links: list[tuple[str, bool]] = []
    ids: Counter[str] = Counter()
    passages: list[str] = []
    for tag in TAG.findall(text):
        permalink = PERMALINK in tag
        for name, value in _attributes(tag):
            if name == "id":
                ids[value] += 1
                if OFFICIAL in tag:
                    passages.append(value)
            elif name in REFERENCES:
                links += [(f"#{part}", False) for part in value.split()]
            else:
                links.append((value, permalink))
    return links, ids, passages


def _attributes(tag: str) -> Iterator[tuple[str, str]]:
    for name, value in ATTRIBUTE.findall(tag):
        yield name, html.unescape(value)


def _official(id: str, passages: list[str] | tuple[()]) -> bool:
    """Whether an id is that of a passage or of one of its numbered sentences."""
    return any(id.removeprefix(name).isdigit() or id == name for name in passages if id.startswith(name))


def _resolve(path: str, target: str, base_path: str) -> tuple[str, str, str]:
    """The file a link leads to, the anchor there, and what is wrong; all are empty for links to other hosts."""
    parts = urlsplit(target)
    if parts.scheme in ELSEWHERE or parts.netloc:
        return "", "", ""
    if parts.scheme:
        return "", "", f"a link with the scheme '{parts.scheme}'"
    where = unquote(parts.path)
    if not where:
        goal = path
    elif where.startswith("/"):
        if not where.startswith(base_path):
            return "", "", f"'{target}' leads out of the site"
        goal = where.removeprefix(base_path)
    else:
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), where)).removeprefix("./")
        goal = "" if goal == "." else goal + "/" if where.endswith(("/", "..", ".")) else goal
    if goal.startswith("../"):
        return "", "", f"'{target}' leads out of the site"
    if goal == "" or goal.endswith("/"):
        goal += "index.html"
    return goal, unquote(parts.fragment), ""


def _missing(target: str, goal: str, fragment: str, files: Mapping[str, bytes], ids: Mapping[str, Counter[str]]) -> str:
    if goal not in files:
        return f"'{target}' leads nowhere"
    if fragment and goal.endswith(".html") and fragment not in ids[goal]:
        return f"'{target}' names an anchor that does not exist"
    return ""
