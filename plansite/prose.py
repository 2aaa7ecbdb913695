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
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

SITE = "site:"
SCHEMES = {"http", "https", "mailto"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = rf"([《「（“]?[{HAN}](?:[{HAN}\u3000-\u303f\uff00-\uffef“”·\d]*[{HAN}》」）”])?)"
"""Chinese text: starts and ends with a Chinese character or a quotation mark around one."""


class UnsafeLink(ValueError):
    """A link whose scheme no page may have."""


def html(markdown: str, *, base: str = "", mark_chinese: bool = False, deeper: int = 0) -> Markup:
    """The Markdown as HTML. Headings get ids, tables scroll by themselves.

    `base` is the way from the page to the home page of its language ("../../en/"), which `site:` stands for.
    `mark_chinese` marks Chinese words as such, for English pages; `deeper` lowers all headings by so many levels.
    Raises UnsafeLink.
    """
    heads = TocExtension(slugify=slugify_unicode, baselevel=1 + deeper)
    converter = Markdown(extensions=[TableExtension(), heads, _Safe(base, mark_chinese)], output_format="html")
    return Markup(converter.convert(markdown))


class _Safe(Extension):
    """Turns raw HTML off and checks what Markdown itself makes."""

    def __init__(self, base: str, mark_chinese: bool) -> None:
        super().__init__()
        self.base, self.mark_chinese = base, mark_chinese

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "automail"):
            md.inlinePatterns.deregister(pattern)
        if self.mark_chinese:
            md.inlinePatterns.register(_Chinese(HAN_RUN, md), "chinese", 5)
        after_ids = 2
        md.treeprocessors.register(_Links(self.base), "links", after_ids)
        md.treeprocessors.register(_Tables(), "table-regions", after_ids - 1)


class _Chinese(InlineProcessor):
    """Chinese words in an English text."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        span = Element("span", lang="zh-Hans")
        span.text = AtomicString(m[1])
        return span, m.start(0), m.end(0)


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

    A column set right (`---:`) holds numbers.
    """

    def run(self, root: Element) -> None:
        heading = ""
        for index, element in enumerate(list(root)):
            if element.tag in HEADINGS:
                heading = element.get("id", "")
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
