"""Markdown to HTML that is safe to place in a page.

Raw HTML is shown as text. A heading that ends in {#id} has this id, in both languages. Links lead to http, https,
mailto, a place in the page or a relative address; `site:` stands for the reader's language:
[Glossary](site:about/glossary/) is zh/about/glossary/ or en/about/glossary/.
"""

from __future__ import annotations

import re
from collections.abc import Set
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from plansite.characters import HIDDEN

SITE = "site:"
SCHEMES = frozenset({"http", "https", "mailto"})  # of a link; a picture has none, for no request leaves the site
ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);?")
ID = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}$")
HEADINGS = {f"h{level}" for level in range(1, 7)}


class UnsafeText(ValueError):
    """Markdown that no page may have: what was found, what is expected, and words of the text to find the place by."""

    def __init__(self, found: str, expected: str, near: str) -> None:
        self.found, self.expected, self.near = found, expected, near
        super().__init__(f"{found}; expected {expected}")


class UnsafeLink(UnsafeText):
    """A link whose scheme no page may have."""


def html(markdown: str, *, base: str = "", deeper: int = 0) -> Markup:
    """The Markdown as HTML. Headings get ids, tables scroll by themselves.

    `base` is the way from the page to the home page of its language ("../../en/"), which `site:` stands for; `deeper`
    lowers all headings by so many levels.
    Raises UnsafeText; RecursionError where lists or quotes lie too deep in each other.
    """
    heads = TocExtension(slugify=slugify_unicode, baselevel=1 + deeper)
    converter = Markdown(extensions=[TableExtension(), heads, _Safe(base)], output_format="html")
    made = converter.convert(markdown)
    for match in ENTITY.finditer(made):  # those in code are text there
        if HIDDEN.search(unescape(match[0])):
            raise UnsafeText(f"an invisible character ('{match[0]}')", "visible characters only", match[0])
    return Markup(made)


class _Safe(Extension):
    """Turns raw HTML off and checks what Markdown itself makes."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "automail"):
            md.inlinePatterns.deregister(pattern)
        before_ids, after_ids = 6, 2
        md.treeprocessors.register(_Ids(), "ids", before_ids)
        md.treeprocessors.register(_Links(self.base), "links", after_ids)
        md.treeprocessors.register(_Tables(), "table-regions", after_ids - 1)


class _Ids(Treeprocessor):
    """Takes {#id} from the end of a heading."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in HEADINGS and (found := ID.search(element.text or "")):
                element.set("id", found[1])
                element.text = (element.text or "")[: found.start()]


class _Links(Treeprocessor):
    """Leads `site:` links to the page's language and refuses unsafe ones."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def run(self, root: Element) -> None:
        for element in root.iter():
            if "href" in element.keys():  # noqa: SIM118 – an Element is no mapping
                element.set("href", self._address(element.get("href", ""), SCHEMES))
            if "src" in element.keys():  # noqa: SIM118
                element.set("src", self._address(element.get("src", ""), frozenset()))

    def _address(self, address: str, schemes: Set[str]) -> str:
        below_site = address.startswith(SITE)
        plain = unescape(address.removeprefix(SITE))
        scheme = re.match(r"([^/?#]*?):", plain)
        if scheme and (below_site or scheme[1].lower() not in schemes):
            raise _unsafe(address, schemes)
        if plain.startswith(("//", "/\\", "\\")) or (below_site and plain.startswith(("/", "."))):
            raise _unsafe(address, schemes)
        try:
            urlsplit(plain)
        except ValueError as error:
            raise _unsafe(address, schemes) from error
        return self.base + address.removeprefix(SITE) if below_site else address


def _unsafe(address: str, schemes: Set[str]) -> UnsafeLink:
    named = "".join(f"{scheme}:, " for scheme in sorted(schemes))
    return UnsafeLink(f"a link to {address!r}", f"{named}{SITE}, # or a relative address", address)


class _Tables(Treeprocessor):
    """Puts each table into a region that scrolls, named after the heading before it; gives its heads a scope.

    A column set right (`---:`) holds numbers. Code may be wider than a phone, so its block takes the focus to scroll.
    """

    def run(self, root: Element) -> None:
        heading = ""
        for index, element in enumerate(list(root)):
            if element.tag in HEADINGS:
                heading = element.get("id", "")
            elif element.tag == "pre":
                element.set("tabindex", "0")
            elif element.tag == "table":
                region = Element("div", {"class": "table-scroll", "role": "region", "tabindex": "0"})
                if heading:
                    region.set("aria-labelledby", heading)
                element.set("class", "data")
                for cell in element.iter():
                    if cell.tag == "th":
                        cell.set("scope", "col")
                    if "right" in cell.attrib.pop("style", ""):
                        cell.set("class", "num")
                region.append(element)
                region.tail, element.tail = element.tail, None
                root[index] = region
