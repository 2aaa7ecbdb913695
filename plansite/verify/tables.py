"""Indicator tables against the printed ones: rows, cells, attributes, and the values read from the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.load.yaml_file import Steps
from plansite.model import Cell, Indicator, IndicatorTable, Plan
from plansite.sources.outline import Outline, SourceRow, SourceTable
from plansite.verify.numerals import canonical
from plansite.verify.proof import Desk, fold, shown

ATTRIBUTES = {"binding": "约束性", "anticipatory": "预期性"}
SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "≧": ">=", "≦": "<="}
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def prove_indicators(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Rows as printed: number, category, name, cells, attribute; and the values read from the cells."""
    table = plan.indicators
    due = {row.number: row for source in outline.tables for row in source.rows}
    if table is None:
        if due:
            place = outline.tables[0].place
            found = f"no indicators.yaml, while the document has {len(due)} rows"
            desk.fault("row-missing", desk.single("plan.yaml"), (), found, "every row of the printed table", place)
        return
    file = desk.single("indicators.yaml")
    if outline.tables:
        _heading(table, outline.tables[0], desk)
    for index, row in enumerate(table.rows):
        path: Steps = ("rows", index)
        printed = due.pop(row.number, None)
        if printed is None:
            found = f"row {row.number}, which the printed table does not have"
            desk.fault("row-added", file, (*path, "number"), found, "only printed rows")
            continue
        before = len(desk.faults)
        _row(row, printed, plan, path, desk)
        desk.counts["rows"] += len(desk.faults) == before
    for left in due.values():
        found = f"no row {left.number} '{shown(left.name)}'"
        desk.fault("row-missing", file, ("rows",), found, "every row of the printed table", left.place)


def _heading(table: IndicatorTable, printed: SourceTable, desk: Desk) -> None:
    file = desk.single("indicators.yaml")
    if printed.box and printed.box != table.box.number:
        found, expected = f"box {table.box.number}", str(printed.box)
        desk.fault("box", file, ("box", "number"), found, expected, printed.place)
    if printed.title and fold(printed.title) != fold(table.box.title.zh):
        found, expected = f"'{shown(table.box.title.zh)}'", f"'{shown(printed.title)}'"
        desk.fault("heading", file, ("box", "title", "zh"), found, expected, printed.place)


def _row(row: Indicator, printed: SourceRow, plan: Plan, path: Steps, desk: Desk) -> None:
    file = desk.single("indicators.yaml")

    def differs(name: Steps, found: str, expected: str) -> None:
        desk.fault("row", file, (*path, *name), found, expected, printed.place)

    if fold(row.printed_name) != fold(printed.name):
        differs(("printed_name",), f"'{row.printed_name}'", f"'{printed.name}', as printed")
    category = plan.indicators.categories[row.category].zh if plan.indicators else ""
    if printed.category and fold(category) != fold(printed.category):
        differs(("category",), f"the category '{category}' for row {row.number}", f"'{printed.category}', as printed")
    if ATTRIBUTES[row.attribute] not in fold(printed.attribute):
        differs(("attribute",), f"'{row.attribute}' in row {row.number}", f"what is printed, '{printed.attribute}'")
    cells = [fold(cell) for cell in printed.columns]
    start = 0
    for name, cell in (("baseline", row.baseline), ("target", row.target)):
        if fold(cell.printed) in cells[start:]:
            start = cells.index(fold(cell.printed), start) + 1
        else:
            expected = f"a cell of the printed row ({' | '.join(printed.columns)})"
            differs((name, "printed"), f"'{cell.printed}' as {name} in row {row.number}", expected)
        for field, found, due in _misread(cell):
            differs((name, field), f"{found} as {field} of the {name}", due)


def _misread(cell: Cell) -> Iterator[tuple[str, str, str]]:
    """Where the value or the sign of a cell is not that of its print."""
    number = NUMBER.search(cell.printed)
    if cell.value is not None and (number is None or canonical(number[0]) != canonical(cell.value)):
        yield "value", str(cell.value), f"the number of '{cell.printed}'"
    sign = SIGNS.get(cell.printed.strip()[:1])
    if sign and cell.op != sign:
        yield "op", f"'{cell.op}'", f"'{sign}', as printed"
