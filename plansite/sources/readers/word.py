"""Reads Word files (docx, ECMA-376 part 1): the text of the body with automatic numbers, text boxes and tables."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.oxml.ns import qn

from plansite.sources.document import Block, Paragraph, Place, SourceError, Table
from plansite.sources.readers.limits import MAX_SPAN, check_archive
from plansite.sources.readers.numbering import Numbering
from plansite.sources.readers.runs import Run, split_lines, text_and_lead

Element = Any  # lxml has no types of its own

P, R, TBL, TR, TC, TEXT_BOX = map(qn, ("w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:txbxContent"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box again, for old programs
LEFT_OUT = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:sdtPr"), FALLBACK})
BODY_TEXT = 9  # w:outlineLvl of what is no heading
LONGEST_CHAIN = 12  # styles based on styles


def read_word(path: Path) -> tuple[Block, ...]:
    """The blocks of a docx. Raises SourceError for one that unpacks too large.

    A line break inside a paragraph ends a paragraph; a text box follows the paragraph it is anchored in. Tracked
    changes count as accepted. Headers, footers, footnotes and comments are left out.
    """
    with zipfile.ZipFile(path) as archive:
        check_archive(path.name, archive)
        broken = archive.testzip()
    if broken:
        raise SourceError(f"{path.name}: {broken} in the docx is damaged; expected a file that is whole: get it again")
    return tuple(_Reader(docx.Document(str(path))).blocks())


class _Reader:
    """Walks the body of a file; paragraphs and tables get running numbers."""

    def __init__(self, file: WordFile) -> None:
        self.body: Element = file.element.body
        self.styles = _Styles(file)
        self.numbering = Numbering(file)
        self.count = 0

    def blocks(self) -> Iterator[Block]:
        for item in self._items(self.body):
            self.count += 1
            place = Place(self.count)
            yield Table(item, place) if isinstance(item, tuple) else Paragraph(item.text, place, item.level, item.lead)

    def _items(self, parent: Element) -> Iterator[Paragraph | tuple[tuple[str, ...], ...]]:
        for child in parent:
            if child.tag == P:
                yield from self._paragraphs(child)
                for box in _inside(child, TEXT_BOX):
                    yield from self._items(box)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag not in LEFT_OUT:
                yield from self._items(child)

    def _paragraphs(self, element: Element) -> Iterator[Paragraph]:
        style = element.style
        direct = _value(element, "w:pPr/w:outlineLvl")
        level = self.styles.level(style) if direct is None else _level(direct)
        bold = self.styles.bold(style)
        runs = [
            Run(run.text, self._is_bold(run, bold))
            for run in _inside(element, R)
            if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None
        ]
        if any(run.text.strip() for run in runs):
            if label := self.numbering.label(self._number_of(element, style)):
                runs.insert(0, Run(label, next(run.bold for run in runs if run.text.strip())))
            for line in split_lines(runs):
                text, lead = text_and_lead(line)
                if text:
                    yield Paragraph(text, Place(0), level, "" if level else lead)

    def _table(self, element: Element) -> Iterator[Paragraph | tuple[tuple[str, ...], ...]]:
        rows = [list(_inside(row, TC)) for row in _inside(element, TR)]
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    yield from self._items(cell)
            return
        grid = [self._row(row, cells) for row, cells in zip(_inside(element, TR), rows, strict=True)]
        width = max(map(len, grid))
        filled = tuple((*row, *[""] * (width - len(row))) for row in grid if any(row))
        if filled:
            yield filled

    def _row(self, row: Element, cells: list[Element]) -> tuple[str, ...]:
        texts = [""] * min(int(_value(row, "w:trPr/w:gridBefore") or 0), MAX_SPAN)
        for cell in cells:
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            covered = merge is not None and merge.get(qn("w:val")) != "restart"
            texts.append("" if covered else "\n".join(self._lines(cell)))
            texts += [""] * (min(int(_value(cell, "w:tcPr/w:gridSpan") or 1), MAX_SPAN) - 1)
        return tuple(texts)

    def _lines(self, cell: Element) -> Iterator[str]:
        for item in self._items(cell):
            if isinstance(item, Paragraph):
                yield item.text
            else:
                yield from (" ".join(filter(None, row)) for row in item)

    def _is_bold(self, run: Element, inherited: bool) -> bool:
        direct = _switch(run, "w:rPr/w:b")
        return direct if direct is not None else inherited or self.styles.bold(run.style)

    def _number_of(self, element: Element, style: str | None) -> tuple[int, int] | None:
        """The list and the level in it that number a paragraph, by itself or by its style."""
        return _number(element, self.styles.number(style))


class _Styles:
    """What the styles of a file say about weight, heading level and numbers."""

    def __init__(self, file: WordFile) -> None:
        self.elements: dict[str, Element] = {style.style_id: style.element for style in file.styles}

    def bold(self, style: str | None) -> bool:
        found = (_switch(element, "w:rPr/w:b") for element in self._chain(style))
        return next((value for value in found if value is not None), False)

    def level(self, style: str | None) -> int:
        found = (_value(element, "w:pPr/w:outlineLvl") for element in self._chain(style))
        return next((_level(value) for value in found if value is not None), 0)

    def number(self, style: str | None) -> tuple[int, int] | None:
        result: tuple[int, int] | None = None
        for element in reversed(list(self._chain(style))):
            result = _number(element, result)
        return result

    def _chain(self, style: str | None) -> Iterator[Element]:
        """A style and those it is based on."""
        for _ in range(LONGEST_CHAIN):
            element = self.elements.get(style or "")
            if element is None:
                return
            yield element
            style = _value(element, "w:basedOn")


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """The nearest elements of a kind below one, not those in text boxes or nested tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in LEFT_OUT and (child.tag != TEXT_BOX or tag == TEXT_BOX) and child.tag != TBL:
            yield from _inside(child, tag)


def _value(element: Element, path: str) -> str | None:
    """The w:val of an element at a path such as `w:pPr/w:outlineLvl`."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn("w:val"))


def _switch(element: Element, path: str) -> bool | None:
    """An on/off property (ECMA-376 part 1, 17.17.4): present without a value means on; None: not there."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn("w:val"), "1") not in ("0", "false", "off")


def _level(value: str) -> int:
    return int(value) + 1 if value.isdecimal() and int(value) < BODY_TEXT else 0


def _number(element: Element, inherited: tuple[int, int] | None) -> tuple[int, int] | None:
    """List and level of w:numPr; what it does not say is inherited, list 0 means no number."""
    list_id, level = (_value(element, f"w:pPr/w:numPr/{name}") for name in ("w:numId", "w:ilvl"))
    old_list, old_level = inherited or (0, 0)
    number = (int(list_id) if list_id else old_list, int(level) if level else old_level)
    return number if number[0] else None
