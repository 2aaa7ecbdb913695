"""A page: what a page module hands to the renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plansite.model import Locale

Crumb = tuple[str, str | None]
"""A label and an address; the last crumb, the page itself, has None."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A thing that stood on a page and does no more.

    `id` is its anchor; `why` tells what became of it; `label` and `path` (with the language) lead to where it is now,
    both empty if it is nowhere.
    """

    id: str
    why: str
    label: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One address in one language.

    `address` lies below the language; `context` holds every value the template prints, prepared;
    `crumbs` are addresses without the language; `filters` are pairs for the search; `json_ld` is schema.org data.
    `has_twin` says that its JSON stands at its address; `feeds` are titles and addresses of Atom feeds about it.
    `at` names a file outside the languages (the language chooser, 404.html); `anywhere` says that a server may show it
    below any address. `canonical` is the address of the page that this one stands for, which search engines should name
    in its place; `listed` says whether they should name it at all. `permanent` is false for a page that is there only
    while the official documents are at hand. `moved` are things that stood here once. `told` are sentences for search
    engines and shared links, as many as there is room for, in place of the description. `article` is the key of the
    article whose Markdown the page holds.
    """

    kind: str
    locale: Locale
    address: str
    template: str
    title: str
    description: str
    context: dict[str, Any]
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    in_search: bool = True
    filters: tuple[tuple[str, str], ...] = ()
    json_ld: dict[str, Any] | None = None
    meta: tuple[tuple[str, str], ...] = ()
    og_type: str = "website"
    modules: tuple[str, ...] = ()
    has_twin: bool = False
    feeds: tuple[tuple[str, str], ...] = ()
    at: str = ""
    anywhere: bool = False
    canonical: str = ""
    listed: bool = True
    permanent: bool = True
    moved: tuple[Moved, ...] = ()
    told: tuple[str, ...] = ()
    article: str = ""

    @property
    def path(self) -> str:
        """The path below the site's root, ending in a slash."""
        return f"{self.locale}/{self.address}"

    @property
    def output(self) -> str:
        """The file that is written."""
        return self.at or f"{self.path}index.html"
