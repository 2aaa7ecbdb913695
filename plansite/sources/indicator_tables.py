"""Indicator tables, from a table, from lines of cells between tabs, or from cells that stand one on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plansite.sources.document import Place, Table
from plansite.sources.headings import read_heading
from plansite.sources.mending import mend_text
from plansite.sources.outline import SourceRow, SourceTable
from plansite.sources.pieces import Ledger, Part, Piece

ATTRIBUTES = ("约束性", "预期性")
CATEGORIES = (
    "生态环境质量", "生态环境治理", "环境治理", "污染物排放总量", "污染物排放量", "生态安全维护", "生态保护修复",
    "应对气候变化", "绿色发展", "环境风险防控",
)  # fmt: skip
LONGEST_CELL = 60

_NAME_HEAD = re.compile(r"指标名称|规划指标|指标")
_ATTRIBUTE_HEAD = re.compile(r"属性")


@dataclass(frozen=True, slots=True)
class Found:
    """A table, how many parts it takes, and what of it is uncertain."""

    table: SourceTable
    length: int
    doubts: tuple[str, ...] = ()


MOST_ROWS = 300  # of a table set in lines; every line may begin one

_Rows = list[tuple[Place, list[str]]]


def read_table(parts: Sequence[Part], start: int, box: int, title: str, ledger: Ledger) -> Found | None:
    """The indicator table that begins at `parts[start]`; None if none does."""
    part = parts[start] if start < len(parts) else None
    if isinstance(part, Table):
        places = part.row_places or (part.place,) * len(part.rows)
        lines: _Rows = [(place, list(row)) for place, row in zip(places, part.rows, strict=True)]
        return _from_lines(lines, 1, box, title, ledger)
    end = start
    while end < min(len(parts), start + MOST_ROWS) and _has_tabs(parts[end]):
        end += 1
    if end - start > 1:
        lines = [(p.place, p.text.split("\t")) for p in parts[start:end] if isinstance(p, Piece)]
        return _from_lines(lines, end - start, box, title, ledger)
    return _from_cells(parts, start, box, title, ledger) if "指标" in title else None


def _has_tabs(part: Part) -> bool:
    return isinstance(part, Piece) and "\t" in part.text.strip()


# --- lines of cells -------------------------------------------------------------------------------------------------


def _from_lines(lines: _Rows, length: int, box: int, title: str, ledger: Ledger) -> Found | None:
    place = lines[0][0]
    first = read_heading(mend_text("".join(cell.strip() for cell in lines[0][1]), place, ledger))
    if first and first.kind == "box":
        box, title, lines = first.number, first.title, lines[1:]
    if not lines:
        return None
    head = [cell.strip() for cell in lines[0][1]]
    name = next((head.index(cell) for cell in head if "指标名称" in cell), -1)
    if name < 0:
        name = next((i for i, cell in enumerate(head) if _NAME_HEAD.search(cell) and "类别" not in cell), -1)
    attribute = next((i for i, cell in enumerate(head) if _ATTRIBUTE_HEAD.search(cell)), -1)
    if name < 0 or attribute <= name:
        return None
    width = max(i for i, cell in enumerate(head) if cell) + 1
    body = [(row_place, [cell.strip() for cell in row] + [""] * width) for row_place, row in lines[1:]]
    body = [(row_place, row) for row_place, row in body if row[name]]
    numbered = name > 0 and any(re.match(r"\d", row[name - 1]) for _, row in body)
    categories, doubts = _categories([_category(row, name - numbered - 1) for _, row in body])
    attributes = [_attribute(row[attribute]) for _, row in body]
    if attributes and attributes[0]:
        attributes = _carried(attributes)
    if not all(attributes):
        doubts = (*doubts, "merged cells: some rows have no attribute of their own")
    rows = tuple(
        SourceRow(
            number=_leading_number(row[name - 1]) if numbered else index,
            category=categories[index - 1],
            name=row[name],
            columns=tuple(row[name + 1 : width]),
            attribute=attributes[index - 1],
            place=row_place,
        )
        for index, (row_place, row) in enumerate(body, 1)
    )
    return Found(SourceTable(box, title, tuple(head[name + 1 : width]), rows, place), length, doubts)


def _category(row: Sequence[str], column: int) -> str:
    """The cell of the innermost category column, which stands before the number or the name."""
    return re.sub(r"\s", "", row[column]) if column >= 0 else ""


def _attribute(cell: str) -> str:
    bare = re.sub(r"[\s.．]", "", cell)
    return bare if bare in ATTRIBUTES else ""


def _leading_number(cell: str) -> int:
    match = re.match(r"\d{1,9}(?!\d)", cell)
    return int(match[0]) if match else 0


def _carried(cells: Sequence[str]) -> list[str]:
    """Each cell, or the last one above it that is not empty."""
    carried: list[str] = []
    for cell in cells:
        carried.append(cell or (carried[-1] if carried else ""))
    return carried


def _categories(cells: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The category of each row, and what is uncertain about it.

    A merged cell is printed in its first row (then it is carried down), or its words stand in the middle rows of the
    block, one piece a row: then known names are put together, and the block reaches as far below its words as above.
    """
    if cells and (cells[0] or not any(cells)):
        return _carried(cells), ()
    found = [""] * len(cells)
    strange: list[str] = []
    start = index = 0
    while index < len(cells):
        if not cells[index]:
            index += 1
            continue
        name, end = _known_from(cells, index)
        if not name:
            strange.append(cells[index])
            index += 1
            continue
        last = min(max(index + end - 1 - start, end - 1), len(cells) - 1)
        found[start : last + 1] = [name] * (last + 1 - start)
        strange.extend(cell for cell in cells[end : last + 1] if cell)
        start = index = last + 1
    doubts = tuple(f"merged cells: {piece} is no known category" for piece in strange)
    if "" in found:
        doubts = (*doubts, "merged cells: some rows have no category")
    return found, doubts


def _known_from(cells: Sequence[str], start: int) -> tuple[str, int]:
    """The known category that the pieces from a row on spell, and the row after its last piece."""
    joined = ""
    for index in range(start, len(cells)):
        joined += cells[index]
        if joined in CATEGORIES:
            return joined, index + 1
    return "", start


# --- one cell on a line ---------------------------------------------------------------------------------------------


def _from_cells(parts: Sequence[Part], start: int, box: int, title: str, ledger: Ledger) -> Found | None:
    cells: list[tuple[Place, str]] = []
    for part in parts[start:]:
        if isinstance(part, Table) or len(part.text) > LONGEST_CELL or read_heading(part.text):
            break
        cells.append((part.place, part.text.strip()))
    closing = [index for index, (_, cell) in enumerate(cells) if cell in ATTRIBUTES]
    if not closing:
        return None
    head = next((index for index, (_, cell) in enumerate(cells) if _ATTRIBUTE_HEAD.search(cell)), -1)
    rows: list[SourceRow] = []
    first, category = head + 1, ""
    for last in closing:
        row = cells[first : last + 1]
        number = next((index for index, (_, cell) in enumerate(row) if cell == str(len(rows) + 1)), -1)
        if number < 0 or number + 2 >= len(row):
            return None
        category = row[number - 1][1] if number else category
        columns = tuple(cell for _, cell in row[number + 2 :])
        name = row[number + 1][1]
        rows.append(SourceRow(len(rows) + 1, category, name, columns, columns[-1], row[number][0]))
        first = last + 1
    for row_found in rows:
        printed = (row_found.name, *row_found.columns)
        ledger.mend("cell-lines", row_found.place, "¶".join(printed), " | ".join(printed))
    width = len(rows[0].columns)
    heads = tuple(cell for _, cell in cells[: head + 1][-width:])
    return Found(SourceTable(box, title, heads, tuple(rows), cells[0][0]), closing[-1] + 1)
