"""The addresses that a finished site answers, as `data/` writes them: below the language, "./" for home.

Three kinds: pages ("plans/jingyue-14/"), anchors of pages ("plans/jingyue-14/chapters/4/#s1"), and files: the open
data, of no language ("data/plans.json"), and what stands beside pages in both languages ("changes/feed.xml").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from plansite import urls
from plansite.check.check_site import Followed
from plansite.load.faults import nearest
from plansite.load.permalinks import HOME
from plansite.model import LOCALES, Locale
from plansite.page import Page
from plansite.pages.moved import KIND as MOVED

WITHDRAWN = "withdrawn"
DATA = "data/"
INDEX = "index.html"
PRINTED_ROW = re.compile(r"p\d+")  # rows as printed, to which links lead only when the documents are at hand


class Addresses:
    """What the files of a site answer. An address counts if both languages have it."""

    def __init__(self, pages: Iterable[Page], files: Mapping[str, bytes], followed: Followed) -> None:
        self._pages = {page.address: page for page in pages if not page.at}
        self._files, self._followed = files, followed

    @cached_property
    def pages(self) -> set[str]:
        """Pages that stand for themselves, not for one that moved."""
        return {address for address, page in self._pages.items() if page.kind != MOVED}

    @cached_property
    def files(self) -> set[str]:
        """Open data, and files other than pages that both languages have."""
        first, *others = LOCALES
        twins = {path.removeprefix(f"{first}/") for path in self._files if path.startswith(f"{first}/")}
        both = {path for path in twins if all(urls.path(locale, path) in self._files for locale in others)}
        return {path for path in self._files if path.startswith(DATA)} | {
            path for path in both if not path.endswith(".html")
        }

    def times(self, address: str, anchor: str) -> int:
        """How often a page has an id, in the language that has it less often."""
        return min(self._ids(locale, address).get(anchor, 0) for locale in LOCALES)

    def has(self, address: str) -> bool:
        """Whether a page, an anchor or a file answers.

        A page that tells what became of a whole page answers for everything that stood on it.
        """
        page, _, anchor = address.removeprefix(HOME).partition("#")
        if page not in self._pages:
            return page in self.files
        return not anchor or self.times(page, anchor) > 0 or self._pages[page].kind in (MOVED, WITHDRAWN)

    def nearest(self, address: str, locales: Sequence[Locale] = LOCALES) -> str:
        """The address of the same kind that is most like one; for an anchor, one that its page has in these languages,
        if the page is there."""
        page, _, anchor = address.removeprefix(HOME).partition("#")
        if anchor and page in self.pages:
            near = nearest(anchor, set.intersection(*(set(self._ids(locale, page)) for locale in locales)))
            return f"{page or HOME}#{near}" if near else page or HOME
        return nearest(page, self.files if "." in page else self.pages) or HOME

    def to_register(self, base_url: str) -> set[str]:
        """Every address that readers and programs are given, and that has to answer for ever.

        - Pages, but for those that need the official documents (the build may have none) and those that have moved.
        - Anchors by which the site hands out a thing on such a page: the target of a link from another page, of an
          address in the open data, or of the # that a page shows beside the thing. Headings and parts that only serve
          the page itself are none, nor are sentences of official wording.
        - Files: the open data, feeds, and the JSON beside pages.
        """
        pages = {address for address, page in self._pages.items() if page.permanent and page.kind != MOVED}
        given = {(goal, id) for source, goal, id in self._followed.anchors if self._address(source) in pages}
        anchors = {(self._address(goal), id) for goal, id in given} | self._in_data(base_url)
        return {
            *(address or HOME for address in pages),
            *(
                f"{address or HOME}#{id}"
                for address, id in anchors
                if address in pages and self.times(address, id) and not PRINTED_ROW.fullmatch(id)
            ),
            *self.files,
        }

    def _in_data(self, base_url: str) -> set[tuple[str, str]]:
        """Page and anchor of every address with an anchor in the tables and documents of the open data."""
        pattern = re.compile(rf"{re.escape(base_url)}(?:{'|'.join(LOCALES)})/([a-z0-9/-]*)#([^\s\",;|<>]+)".encode())
        tables = [content for path, content in self._files.items() if re.fullmatch(rf"{DATA}[^/]+\.(json|csv)", path)]
        return {(address.decode(), id.decode()) for content in tables for address, id in set(pattern.findall(content))}

    def _ids(self, locale: str, address: str) -> Mapping[str, int]:
        """Each id of a page, and how often it stands there."""
        return self._followed.ids.get(f"{locale}/{address}{INDEX}", {})

    def _address(self, path: str) -> str | None:
        """The address of a page's file; None for files outside the languages."""
        locale, _, rest = path.partition("/")
        return rest.removesuffix(INDEX) if locale in LOCALES else None
