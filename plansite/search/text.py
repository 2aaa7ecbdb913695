"""What is indexed of a page: its main text in blocks, cut into the words a reader may search for.

Pagefind cuts Chinese by a dictionary when it indexes and by the browser's when it searches; where the two disagree a
page is never found. So every Han character is a word of its own here, words stand apart by spaces, and
`static/js/lookup.js` searches for the same words one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{HAN}]|[A-Za-z0-9]+|[^A-Za-z0-9\s{HAN}]+")
"""A Han character, a Latin word or number, or the signs between them."""
SIGN = re.compile(r"\.(?<=\d.)(?=\d)|%(?<=\d.)|/(?<=\w.)(?=\w)")
SIGNS = str.maketrans(".%/", "\u3400\u3401\u3402")
"""Signs that belong to a number or unit (PM2.5, 4.3.1, 90%) are indexed as Han characters that occur nowhere else,
because Pagefind does not search for signs; the script does the same to the query and turns them back in excerpts."""

HYPHEN = re.compile(r"([-\u2010-\u2015/])(?<=\w.)(?=\w)")
"""Joins two English words (straw-burning, 2021–2025, and/or), each of which is indexed; the script takes the space
behind it away again."""
GAP = "\u00b6"
"""Stands between two blocks of an English page, so that no phrase reaches from one into the next."""

STARTS = ('<html lang="', '<body class="kind-', '<meta name="description" content="')
ATTRIBUTE = re.compile(r"""([\w:-]+)=(?:"([^"]*)"|'([^']*)')""")

MARKS = ("a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s")
INLINE = frozenset((*MARKS, "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"))
VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SKIPPED = frozenset(("button", "form", "nav", "noscript", "script", "select", "style", "svg", "template"))
WITHIN = (INLINE - {"i", "span"} - VOID) | {f"/{tag}" for tag in INLINE - {"span"}}
"""Tags that neither begin nor end anything that counts."""
FILTER, IGNORE = "data-pagefind-filter", "data-pagefind-ignore"
CELLS = frozenset(("td", "th"))
HEADINGS = frozenset(("caption", "h1", "h2", "h3", "h4", "h5", "h6", "summary"))
LABELS = frozenset(("dt", "th"))
"""What begins a row and says nothing alone."""
OWN_LINE = frozenset(("printed", "row-notes", "row-number"))
"""Classes of span elements that stand on a line of their own."""
EMPTY = "–"
"""A cell without a value."""
CLOSING = tuple("。！？；：，、.!?;:,…—–-")


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list item or cell. `row` is the number of its row in tables and lists of terms, or 0;
    `quoted` says whether a result may quote it."""

    tag: str
    text: str
    id: str = ""
    leads: bool = False
    row: int = 0
    quoted: bool = True


@dataclass(slots=True)
class Entry:
    """What is indexed of a page. `place` says where it stands, such as a plan and 4.3.1; the title and the summary
    below it are the blocks that `leads` marks; `chapter` is the title of the chapter that it belongs to; `noted` the
    number of blocks before the first note of an editor, if there is one."""

    language: str
    title: str = ""
    place: str = ""
    summary: str = ""
    chapter: str = ""
    noted: int = 0
    bodies: list[str] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh")


def essence(html: str) -> str:
    """The part of a page that its entry depends on; empty for a page that is not searched."""
    main = html.find("<main")
    if main < 0 or "data-pagefind-body" not in html[main : html.find(">", main)]:
        return ""
    end = html.rfind("</main>") + len("</main>")
    language, kind, description = (_between(html, start, main) for start in STARTS)
    return "\n".join((language, kind, description, html[main:end])) if language else ""


def _between(html: str, start: str, end: int) -> str:
    """The value that begins with `start`, up to the quotation mark, before `end`; empty if there is none."""
    at = html.find(start, 0, end)
    return html[at + len(start) : html.find('"', at + len(start))] if at >= 0 else ""


def read_page(essence: str) -> Entry:
    """The entry of a page, from its `essence`."""
    language, kind, description, main = essence.split("\n", 3)
    reader = _Reader(Entry(language, summary=unescape(description)))
    reader.read(main)
    entry = reader.entry
    if kind and not any(name == "kind" for name, _ in entry.filters):
        entry.filters.insert(0, ("kind", kind))
    return entry


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a page as Pagefind is to index it, one word between two spaces.

    `leading` is the number of words in the title and the summary, `own` that of those before the notes of editors (0 if
    there are no notes); `anchors` say at which word the part with an id begins; `quotes` are the passages that a result
    may quote, as the numbers of their first word and of the one behind them.
    """

    text: str
    count: int
    leading: int
    own: int
    anchors: list[tuple[str, int]]
    quotes: list[tuple[int, int]]


def cut(entry: Entry) -> Words:
    """The words of a page."""
    words: list[str] = []
    anchors: list[tuple[str, int]] = []
    ends: list[int] = []
    leading = own = 0
    for number, block in enumerate(entry.blocks):
        if number == entry.noted:
            own = len(words)
        if block.id:
            anchors.append((block.id, len(words)))
        words += (_cut_chinese if entry.chinese else _cut_english)(block)
        if block.leads:
            leading = len(words)
        ends.append(len(words))
    return Words(" ".join(words), len(words), leading, own, anchors, list(_quotes(entry.blocks, ends)))


def _quotes(blocks: list[Block], ends: list[int]) -> Iterator[tuple[int, int]]:
    """The passages that may be quoted: paragraphs and items one by one, rows of tables and lists as a whole."""
    numbered = zip(blocks, (0, *ends), ends, strict=False)
    for (row, quoted, _), passage in groupby(
        numbered, lambda part: (part[0].row, part[0].quoted, part[0].row or part[1])
    ):
        parts = list(passage)
        if quoted and not (row and all(block.tag in LABELS for block, _, _ in parts)):
            yield parts[0][1], parts[-1][2]


def _cut_chinese(block: Block) -> list[str]:
    """A block that ends in a sign: it keeps the words of two blocks apart."""
    text = block.text + _end(block, "：，。")
    return TOKEN.findall(SIGN.sub(lambda sign: sign[0].translate(SIGNS), text))


def _cut_english(block: Block) -> list[str]:
    return [*HYPHEN.sub(r"\1 ", block.text + _end(block, ":,.")).split(), GAP]


def _end(block: Block, signs: str) -> str:
    """What is put behind a block: one of the signs for terms, cells and all others; nothing if it ends in a sign."""
    if block.text.endswith(CLOSING) and block.text != EMPTY:
        return ""
    return signs[0] if block.tag == "dt" else signs[1] if block.tag in CELLS else signs[2]


class _Reader:
    """Collects the blocks of a main element; text in elements within a sentence joins the block around them.

    It reads the HTML that this program writes: whole tags in small letters, `>` in attributes escaped.
    """

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._text: list[str] = []
        self._last: list[Block] = []
        self._tag, self._id, self._class = "p", "", ""
        self._spans: list[bool] = []  # the open ones; True for those on a line of their own
        self._in_bodies = self._in_chips = self._in_head = False
        self._rows = self._row = 0

    def read(self, html: str) -> None:
        skipped, depth, pending = "", 0, self._text
        for part in html.split("<"):
            head, _, text = part.partition(">")
            tag, _, attributes = head.partition(" ")
            if skipped:
                if tag == skipped:
                    depth += 1
                elif tag == f"/{skipped}":
                    depth -= 1
                    if not depth:
                        skipped = ""
                        pending.append(text)
                continue
            if tag in WITHIN and IGNORE not in attributes:
                pass
            elif tag[:1] == "/":
                self._end(tag[1:])
            elif tag and self._start(tag, attributes):
                skipped, depth = tag, 1
                continue
            if text and (pending or not text.isspace()):
                pending.append(text)
        self._flush()
        self.entry.blocks += self._last

    def _start(self, tag: str, attributes: str) -> bool:
        """Whether all that is in the element is to be skipped."""
        if tag in VOID:
            self._text.append(" ")
            return False
        if tag in SKIPPED or IGNORE in attributes:
            return True
        if tag == "i":
            values = _values(attributes)
            if FILTER in values:
                self.entry.filters.append((values[FILTER].split("[")[0], values.get("data-v", "")))
        elif tag == "span":
            self._spans.append("class=" in attributes and _values(attributes).get("class") in OWN_LINE)
            if self._spans[-1]:
                self._flush()
        elif tag not in INLINE:
            self._flush()
            values = _values(attributes) if attributes else {}
            self._tag, self._class = tag, values.get("class", "")
            self._id = values.get("id") or self._id if tag != "main" else ""
            if self._class == "note" and not self.entry.noted:
                self.entry.noted = len(self.entry.blocks)
            self._in_bodies = self._in_bodies or (tag == "dl" and self._class == "bodies")
            self._in_chips = self._in_chips or (tag == "ul" and self._class.startswith("chips"))
            self._in_head = self._in_head or tag == "thead"
            if tag in ("dt", "tr"):
                self._rows += 1
                self._row = self._rows
        return False

    def _end(self, tag: str) -> None:
        if tag == "span":
            if self._spans.pop():
                self._flush()
        elif tag not in INLINE:
            self._flush()
            self._tag, self._class = "p", ""
            self._in_bodies = self._in_bodies and tag != "dl"
            self._in_chips = self._in_chips and tag != "ul"
            self._in_head = self._in_head and tag != "thead"
            if tag in ("dl", "table", "tr"):
                self._row = 0

    def _flush(self) -> None:
        """End the block that is being read, if it has any text."""
        if not self._text:
            return
        text = "".join(self._text)
        text = " ".join((unescape(text) if "&" in text else text).split())
        self._text.clear()
        if not text:
            return
        told = self._in_bodies or self._in_chips or self._in_head or self._tag in HEADINGS or self._class == "eyebrow"
        entry, block = self.entry, Block(self._tag, text, self._id, row=self._row, quoted=not told)
        self._id = ""
        if self._tag == "h1" and not entry.title:
            entry.title, block.leads = text, True
        elif self._class == "lead":
            block.leads = True
        elif self._class == "eyebrow" and not entry.place:
            entry.place = text
            self._last.append(block)
            return
        elif self._tag == "li" and self._in_bodies:
            entry.bodies.append(text)
        entry.blocks.append(block)


def _values(attributes: str) -> dict[str, str]:
    return {name: unescape(one or two) for name, one, two in ATTRIBUTE.findall(attributes)}
