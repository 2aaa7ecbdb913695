"""Markdown to HTML that is safe to place in a page.

Raw HTML is shown as text. Links lead to http, https, mailto, a place in the page or a relative address; `site:` stands
for the reader's language: [Glossary](site:about/glossary/) is zh/about/glossary/ or en/about/glossary/.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

SITE = "site:"
SCHEMES = {"http", "https", "mailto"}
HEADINGS = {f"h{level}" for level in range(1, 7)}


class UnsafeLink(ValueError):
    """A link whose scheme no page may have."""


def html(markdown: str, *, base: str = "", deeper: int = 0) -> Markup:
    """The Markdown as HTML. Headings get ids, tables scroll by themselves.

    `base` is the way from the page to the home page of its language ("../../en/"), which `site:` stands for; `deeper`
    lowers all headings by so many levels.
    Raises UnsafeLink.
    """
    heads = TocExtension(slugify=slugify_unicode, baselevel=1 + deeper)
    converter = Markdown(extensions=[TableExtension(), heads, _Safe(base)], output_format="html")
    return Markup(converter.convert(markdown))


class _Safe(Extension):
    """Turns raw HTML off and checks what Markdown itself makes."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "automail"):
            md.inlinePatterns.deregister(pattern)
        after_ids = 2
        md.treeprocessors.register(_Links(self.base), "links", after_ids)
        md.treeprocessors.register(_Tables(), "table-regions", after_ids - 1)


class _Links(Treeprocessor):
    """Leads `site:` links to the page's language and refuses unsafe ones."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def run(self, root: Element) -> None:
        for element in root.iter():
            for attribute in sorted({"href", "src"}.intersection(element.keys())):
                element.set(attribute, self._address(element.get(attribute, "")))

    def _address(self, address: str) -> str:
        if address.startswith(SITE):
            return self.base + address.removeprefix(SITE)
        plain = unescape(address)
        scheme = re.match(r"([^/?#]*?):", plain)
        if (scheme and scheme[1].lower() not in SCHEMES) or plain.startswith(("//", "/\\", "\\")):
            raise UnsafeLink(f"a link to {address!r}; expected http:, https:, mailto:, {SITE}, # or a relative address")
        return address


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
