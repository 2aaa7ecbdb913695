"""Checks of the finished pages: every link and anchor leads somewhere, every id is there once."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\s(id|href|src|action|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)\"""")
PLAIN = re.compile(r"(?:[a-z0-9_-]+/)+(?:[a-z0-9_.-]+[a-z0-9_-])?(?:#[A-Za-z0-9_.-]+)?")
"""The way from the root of the site to a page or file in a folder, where nothing is encoded."""
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls"}
ELSEWHERE = {"http", "https", "mailto", "data"}
AWAY = "elsewhere:"
PERMALINK = 'class="permalink"'  # the # that a page shows beside a thing, for readers to copy
OFFICIAL = 'class="fold official"'  # a passage of official wording (templates/parts/source.html)


class PageFault(NamedTuple):
    """What is wrong with a page of the finished site: its file, the link or id, and what that does or is."""

    path: str
    target: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: '{self.target}' {self.what}"


@dataclass(slots=True)
class Followed:
    """What following every link of the finished pages found.

    `ids` maps each HTML file to its ids and how often it has them; `anchors` are triples
    (file with the link, file it leads to, id there): links of other pages, and a page's own permalinks. Anchors of
    official wording are left out.
    """

    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    faults: list[PageFault] = field(default_factory=list)
    anchors: set[tuple[str, str, str]] = field(default_factory=set)


class PageLinks(NamedTuple):
    """What has to be known of a page: its links, those of them that are permalinks, its ids with how often each stands
    there, the ids of its passages of official wording."""

    links: tuple[str, ...]
    permalinks: tuple[str, ...]
    ids: dict[str, int]
    passages: tuple[str, ...]


def follow_links(pages: Mapping[str, PageLinks], files: Container[str], base_path: str) -> Followed:
    """Follow every link: those to files or anchors that do not exist, and ids given twice, are faults.

    `pages` maps each HTML file to what `read_links` found there, `files` holds the paths of all files; `base_path` is
    the path of the site's root on its host ("/" or "/plans/").
    """
    done = Followed({path: page.ids for path, page in pages.items()})
    for path, page in pages.items():
        done.faults += [PageFault(path, name, "is an id twice") for name, count in page.ids.items() if count > 1]
        folder, root = posixpath.dirname(path), "../" * path.count("/")
        for target in page.links:
            if target.startswith(root) and PLAIN.fullmatch(target, len(root)):  # as nearly all are
                where, _, fragment = target[len(root) :].partition("#")
                goal, fault = f"{where}index.html" if where.endswith("/") else where, ""
            else:
                goal, fragment, fault = _resolve(folder, target, base_path)
            if goal == AWAY:
                continue
            goal = goal or path
            if fault := fault or _missing(goal, fragment, files, done.ids):
                done.faults.append(PageFault(path, target, fault))
            elif (
                fragment
                and (goal != path or target in page.permalinks)
                and not _official(fragment, pages[goal].passages if goal in pages else ())
            ):
                done.anchors.add((path, goal, fragment))
    done.faults.sort()
    return done


def read_links(text: str) -> PageLinks:
    """The links and ids of a page."""
    links: dict[str, None] = {}
    ids: dict[str, int] = {}
    tags = TAG.findall(text)
    for name, value in _attributes("".join(tags)):
        if name == "id":
            ids[value] = ids.get(value, 0) + 1
        elif name in REFERENCES:
            links |= dict.fromkeys(f"#{part}" for part in value.split())
        else:
            links[value] = None
    permalinks = _attributes("".join(tag for tag in tags if PERMALINK in tag))
    passages = _attributes("".join(tag for tag in tags if OFFICIAL in tag))
    return PageLinks(
        tuple(links),
        tuple(value for name, value in permalinks if name not in ("id", *REFERENCES)),
        ids,
        tuple(value for name, value in passages if name == "id"),
    )


def _attributes(tags: str) -> Iterator[tuple[str, str]]:
    """Names and values. Pages have most of their links in common, and a site of many pages has them in memory once."""
    for name, value in ATTRIBUTE.findall(tags):
        yield name, intern(html.unescape(value) if "&" in value else value)


def _official(id: str, passages: tuple[str, ...]) -> bool:
    """Whether an id is that of a passage or of one of its numbered sentences."""
    return any(id.removeprefix(name).isdigit() or id == name for name in passages if id.startswith(name))


def _resolve(folder: str, target: str, base_path: str) -> tuple[str, str, str]:
    """Where a link on a page in a folder leads: the file (empty: the page itself; AWAY: another host), the anchor
    there, and what is wrong."""
    parts = urlsplit(target)
    if parts.scheme in ELSEWHERE or parts.netloc:
        return AWAY, "", ""
    if parts.scheme:
        return "", "", f"has the scheme '{parts.scheme}'"
    where, fragment = unquote(parts.path), unquote(parts.fragment)
    if not where:
        return "", fragment, ""
    if where.startswith("/"):
        if not where.startswith(base_path):
            return "", "", "leads out of the site"
        goal = where.removeprefix(base_path)
    else:
        goal = posixpath.normpath(posixpath.join(folder, where)).removeprefix("./")
        goal = "" if goal == "." else goal + "/" if where.endswith(("/", "..", ".")) else goal
    if goal.startswith("../"):
        return "", "", "leads out of the site"
    if goal == "" or goal.endswith("/"):
        goal += "index.html"
    return goal, fragment, ""


def _missing(goal: str, fragment: str, files: Container[str], ids: Mapping[str, Mapping[str, int]]) -> str:
    if goal not in files:
        return "leads nowhere"
    if fragment and goal.endswith(".html") and fragment not in ids[goal]:
        return "names an anchor that does not exist"
    return ""
