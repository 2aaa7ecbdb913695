"""The copy of a page that is indexed: its main text in plain blocks, cut into the words a reader may search for.

Pagefind cuts Chinese by a dictionary when it indexes and by the browser's when it searches; where the two disagree a
page is never found. So every Han character is a word of its own here, and `static/js/search.js` searches for the same
characters as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[A-Za-z0-9]+")
BREAK = "\u200b"
"""Zero width space: a word boundary that no reader sees."""

SIGN = re.compile(r"(?<=\d)\.(?=\d)|(?<=\d)%|(?<=\w)/(?=\w)")
SIGNS = str.maketrans(".%/", "\u3400\u3401\u3402")
"""Signs that belong to a number or unit (PM2.5, 4.3.1, 90%) are indexed as Han characters that occur nowhere else,
because Pagefind does not search for signs; the script does the same to the query and turns them back in excerpts."""

LANGUAGE = re.compile(r'<html lang="([^"]+)"')
KIND = re.compile(r'<body class="kind-([\w-]+)"')
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
MAIN = re.compile(r"<main\b[^>]*\bdata-pagefind-body\b.*</main>", re.DOTALL)

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "var",
    "wbr",
}
CELLS = {"td", "th"}
OWN_LINE = {"printed", "row-notes", "row-number"}
"""Classes of span elements that stand on a line of their own."""
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SKIPPED = {"button", "form", "nav", "noscript", "script", "select", "style", "svg", "template"}
WEIGHTS = {"h1": 10, "lead": 4}
"""How much more than plain text a word counts in the title and in the summary below it (Pagefind: 0 to 10)."""
CLOSING = tuple("。！？；：，、.!?;:,…—–-")


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list item or cell."""

    tag: str
    text: str
    id: str = ""
    weight: int = 0


@dataclass(slots=True)
class Entry:
    """What is indexed of a page; `place` says where it stands, such as a plan and 4.3.1."""

    language: str
    title: str = ""
    place: str = ""
    summary: str = ""
    bodies: list[str] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def read_page(html: str) -> Entry | None:
    """The entry of a page, or None for a page that is not searched."""
    main, language = MAIN.search(html), LANGUAGE.search(html)
    if not main or not language:
        return None
    reader = _Reader(Entry(language[1]))
    reader.feed(main[0])
    reader.close()
    entry, kind, description = reader.entry, KIND.search(html), DESCRIPTION.search(html)
    if kind and not any(name == "kind" for name, _ in entry.filters):
        entry.filters.insert(0, ("kind", kind[1]))
    entry.summary = unescape(description[1]) if description else ""
    return entry


def write_copy(entry: Entry) -> str:
    """The document that Pagefind reads in place of the page."""
    chinese = entry.language.startswith("zh")
    cut, space = (_cut, _space) if chinese else (str, str)
    meta = {
        "title": space(entry.title),
        "label": entry.title,
        "place": entry.place,
        "summary": entry.summary,
        "bodies": ("、" if chinese else ", ").join(entry.bodies),
    }
    hidden = [
        f'<i hidden data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>'
        for name, value in meta.items()
        if value
    ]
    blocks = [_write_block(block, cut, chinese) for block in entry.blocks]
    return "\n".join(
        (
            f'<!doctype html><html lang="{entry.language}"><head><title>{escape(entry.title)}</title></head>',
            "<body><main data-pagefind-body>",
            *hidden,
            ("" if chinese else "\n").join(blocks),
            "</main></body></html>",
        )
    )


def _write_block(block: Block, cut: Callable[[str], str], chinese: bool) -> str:
    """A block that ends in a sign: it keeps the words of two blocks apart, in the index and in excerpts."""
    text = block.text
    if not text.endswith(CLOSING):
        cell = block.tag in CELLS
        text += ("，" if cell else "。") if chinese else ("," if cell else ".")
    tag = block.tag if block.tag in HEADINGS else "p"
    id = f' id="{escape(block.id)}"' if block.id else ""
    weight = f' data-pagefind-weight="{block.weight}"' if block.weight else ""
    return f"<{tag}{id}{weight}>{escape(cut(text))}</{tag}>"


def _cut(text: str) -> str:
    """Word boundaries around every Han character and every run of letters and digits."""
    return re.sub(f"{BREAK}+", BREAK, TOKEN.sub(rf"{BREAK}\g<0>{BREAK}", _carry_signs(text)))


def _space(text: str) -> str:
    """The same with spaces, for a title: Pagefind cuts metadata at white space only."""
    return " ".join(TOKEN.sub(r" \g<0> ", _carry_signs(text)).split())


def _carry_signs(text: str) -> str:
    return SIGN.sub(lambda sign: sign[0].translate(SIGNS), text)


class _Reader(HTMLParser):
    """Collects the blocks of a main element; text in elements within a sentence joins the block around them."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self._text: list[str] = []
        self._last: list[Block] = []
        self._tag, self._id, self._class = "p", "", ""
        self._skipped, self._depth = "", 0
        self._spans: list[bool] = []  # the open ones; True for those on a line of their own
        self._in_bodies = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._skipped:
            self._depth += tag == self._skipped
        elif "data-pagefind-filter" in values:
            self.entry.filters.append(((values["data-pagefind-filter"] or "").split("[")[0], values["data-v"] or ""))
        elif tag in VOID:
            self._text.append(" ")
        elif tag in SKIPPED or "data-pagefind-ignore" in values:
            self._skipped, self._depth = tag, 1
        elif tag == "span":
            self._spans.append(values.get("class") in OWN_LINE)
            if self._spans[-1]:
                self._flush()
        elif tag not in INLINE:
            self._flush()
            self._tag, self._class = tag, values.get("class") or ""
            self._id = (values.get("id") or self._id) if tag != "main" else ""
            self._in_bodies = self._in_bodies or (tag == "dl" and self._class == "bodies")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            self._skipped = self._skipped if self._depth else ""
        elif tag == "span":
            if self._spans.pop():
                self._flush()
        elif tag not in INLINE:
            self._flush()
            self._tag, self._class = "p", ""
            self._in_bodies = self._in_bodies and tag != "dl"

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._flush()
        self.entry.blocks += self._last

    def _flush(self) -> None:
        """End the block that is being read, if it has any text."""
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if not text:
            return
        entry, block = self.entry, Block(self._tag, text, self._id)
        self._id = ""
        if self._tag == "h1" and not entry.title:
            entry.title, block.weight = text, WEIGHTS["h1"]
        elif self._class in WEIGHTS:
            block.weight = WEIGHTS[self._class]
        elif self._class == "eyebrow" and not entry.place:
            entry.place = text
            self._last.append(block)
            return
        elif self._tag == "li" and self._in_bodies:
            entry.bodies.append(text)
        entry.blocks.append(block)
