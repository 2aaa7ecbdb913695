"""Reads a web page: paragraphs, headings and tables of its main part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from plansite.sources.document import Block, Paragraph, Place, SourceError, Table
from plansite.sources.readers.limits import MAX_SPAN
from plansite.sources.readers.runs import SOFT, Run, split_lines, text_and_lead
from plansite.sources.readers.text import decode

SKIPPED = frozenset(
    ("head", "script", "style", "noscript", "template", "nav", "button", "select", "textarea", "iframe", "svg", "del")
)
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark"),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)  # all other elements begin a paragraph, but not those with a colon, which Word puts into pages
HEADINGS = {f"h{level}": level for level in range(1, 7)}
HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
BOLD = re.compile(r"font-weight:\s*(bold|[6-9]00)", re.IGNORECASE)
LIGHT = re.compile(r"font-weight:\s*(normal|[1-5]00)", re.IGNORECASE)
LINE_BREAK = re.compile(r"[ \t\r\f]*\n[ \t\r\f\n]*")
SPACES = re.compile(r"[ \t\r\f]+")


def read_web(path: Path) -> tuple[Block, ...]:
    """The blocks of an HTML file. Menus, scripts and hidden parts are left out. Raises SourceError."""
    text = decode(path.name, path.read_bytes())
    if re.search(r"<html\b", text, re.IGNORECASE) and not re.search(r"</html\s*>", text, re.IGNORECASE):
        raise SourceError(f"{path.name}: the page is cut off (no </html>); expected the whole page: save it again")
    soup = BeautifulSoup(text, "html.parser")
    mains = soup.find_all("main")
    reader = _Reader()
    try:
        reader.read(mains[0] if len(mains) == 1 else soup.body or soup)
    except RecursionError as error:
        raise SourceError(f"{path.name}: elements nested hundreds deep; expected a page of ordinary form") from error
    return tuple(reader.blocks)


class _Reader:
    """Walks the elements; text gathers in `runs` until a block begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.runs: list[Run] = []

    def read(self, element: Tag) -> None:
        self._walk(element, 0, False)
        self._flush(0)

    def _walk(self, element: Tag, level: int, bold: bool) -> None:
        for child in element.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):
                    self.runs.append(Run(_text(child), bold))
            elif isinstance(child, Tag) and _is_shown(child):
                self._element(child, level, bold)

    def _element(self, element: Tag, level: int, bold: bool) -> None:
        if element.name == "br":
            self.runs.append(Run("\n", bold))
        elif element.name in INLINE or ":" in element.name:
            self._walk(element, level, _is_bold(element, bold))
        else:
            self._flush(level)
            grid = _grid(element) if element.name == "table" else ()
            inner = HEADINGS.get(element.name, level)
            if grid and max(map(len, grid)) > 1:
                if isinstance(caption := element.find("caption"), Tag):
                    self._walk(caption, level, bold)
                    self._flush(level)
                self.blocks.append(Table(grid, self._place()))
            else:
                self._walk(element, inner, _is_bold(element, bold))
            self._flush(inner)

    def _flush(self, level: int) -> None:
        for line in split_lines(self.runs):
            text, lead = text_and_lead(line)
            if text:
                self.blocks.append(Paragraph(text, self._place(), level, "" if level else lead))
        self.runs = []

    def _place(self) -> Place:
        return Place(len(self.blocks) + 1)


def _text(string: NavigableString) -> str:
    """Text as a browser shows it: outside <pre>, line breaks of the file mean nothing and spaces count once."""
    text = str(string).replace("\r\n", "\n")
    return text if string.find_parent("pre") else SPACES.sub(" ", LINE_BREAK.sub(SOFT, text))


def _is_shown(element: Tag) -> bool:
    return (
        element.name not in SKIPPED
        and not element.has_attr("hidden")
        and not HIDDEN.search(str(element.get("style", "")))
    )


def _is_bold(element: Tag, inherited: bool) -> bool:
    style = str(element.get("style", ""))
    if LIGHT.search(style):
        return False
    return inherited or element.name in ("b", "strong") or bool(BOLD.search(style))


def _grid(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The cells of a table, spans spread out; empty for one that lays out a page (it holds tables or headings)."""
    if table.find(["table", *HEADINGS]):
        return ()
    cells: dict[tuple[int, int], str] = {}
    rows = table.find_all("tr")
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (y, x) in cells:
                x += 1
            width, height = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            cells.update({(y + dy, x + dx): "" for dy in range(height) for dx in range(width)})
            cells[y, x] = "\n".join(_cell_lines(cell))
            x += width
    if not cells:
        return ()
    width = 1 + max(x for _, x in cells)
    grid = (tuple(cells.get((y, x), "") for x in range(width)) for y in range(len(rows)))
    return tuple(row for row in grid if any(row))


def _cell_lines(cell: Tag) -> Iterator[str]:
    reader = _Reader()
    reader.read(cell)
    for block in reader.blocks:
        if isinstance(block, Paragraph):
            yield block.text


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() else 1
