"""Links in the Markdown of `content/` that lead nowhere: told where they are written, not where the page shows them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plansite import urls
from plansite.check.addresses import Addresses
from plansite.check.check_site import PageFault
from plansite.html.prose import SITE
from plansite.load.faults import Fault
from plansite.load.permalinks import HOME
from plansite.page import Page


def placed(faults: Iterable[PageFault], pages: Iterable[Page], project: Path, addresses: Addresses) -> list[str]:
    """The faults of the finished pages as lines; those of links in Markdown come first, where they are written."""
    with_prose = {page.output: page for page in pages if page.article}
    found: list[Fault] = []
    rest: list[str] = []
    for fault in faults:
        page = with_prose.get(fault.path)
        there = list(_in_markdown(fault, page, project, addresses)) if page else []
        found += there
        rest += [] if there else [str(fault)]
    return [*map(str, sorted(found)), *rest]


def _in_markdown(fault: PageFault, page: Page, project: Path, addresses: Addresses) -> Iterator[Fault]:
    """One for each place where the link is written in the article of the page."""
    name = f"content/{page.locale}/{page.article}.md"
    text = (project / name).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    below = urls.root(page.path) + urls.path(page.locale, urls.HOME)  # what prose puts in for site:
    forms = [fault.target, *([SITE + fault.target.removeprefix(below)] if fault.target.startswith(below) else [])]
    hint = _hint(fault.target, page, addresses)
    for match in re.finditer(rf"(?:\]\(|\]: *)<?({'|'.join(map(re.escape, forms))})(?=[\s)>]|$)", text):
        line, column = text.count("\n", 0, match.start(1)) + 1, match.start(1) - text.rfind("\n", 0, match.start(1))
        yield Fault(name, line, column, f"'{match[1]}', which {fault.what}", "an address of this site", hint)


def _hint(target: str, page: Page, addresses: Addresses) -> str:
    """What may have been meant, as one writes it."""
    where, hash, anchor = target.partition("#")
    goal = posixpath.normpath(posixpath.join(page.path, where)) + "/" if where else page.path
    near = addresses.nearest(goal.removeprefix(f"{page.locale}/") + hash + anchor, (page.locale,))
    if not where:
        return "".join(near.partition("#")[1:])
    return "" if near == HOME else SITE + near
