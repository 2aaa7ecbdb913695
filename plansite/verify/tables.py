"""Indicator tables against the printed ones: rows, cells, attributes, and the values read from the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plansite.load.yaml_file import Steps, YamlFile
from plansite.model import Box, Cell, Indicator, Plan
from plansite.sources.outline import Outline, SourceRow, SourceTable
from plansite.verify.numerals import canonical
from plansite.verify.proof import Desk, fold, shown

ATTRIBUTES = {"binding": "约束性", "anticipatory": "预期性"}
SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "≧": ">=", "≦": "<="}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
ABOUT = re.compile("左右|约")


def prove_indicators(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Rows as printed: number, category, name, cells, attribute; and the values read from the cells."""
    table, sources = plan.indicators, _tables_left(plan, outline)
    due = {row.number: row for source in sources for row in source.rows}
    if table is None:
        if due:
            found = f"no indicators.yaml, while the document has {len(due)} rows"
            place = sources[0].place
            desk.fault("row-missing", desk.single("plan.yaml"), (), found, "every row of the printed table", place)
        return
    file = desk.single("indicators.yaml")
    if sources:
        _heading(table.box, sources[0], desk, "indicators.yaml")
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


def prove_completion(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Rows of the table of the earlier period: name, cells and the values read from them. Merged cells stay as read."""
    table = plan.completion
    if table is None:
        return
    file = desk.single("completion.yaml")
    source = next((each for each in outline.tables if each.box == table.box.number), None)
    if source is None:
        desk.fault("box", file, ("box", "number"), f"a table of box {table.box.number}", "a box with a printed table")
        return
    _heading(table.box, source, desk, "completion.yaml")
    due = {row.number: row for row in source.rows}
    for index, row in enumerate(table.rows):
        path: Steps = ("rows", index)
        if not (printed := due.pop(row.number, None)):
            found = f"row {row.number}, which the printed table does not have"
            desk.fault("row-added", file, (*path, "number"), found, "only printed rows")
            continue
        before = len(desk.faults)
        if fold(row.printed_name) != fold(printed.name):
            found, expected = f"'{row.printed_name}'", f"'{printed.name}', as printed"
            desk.fault("row", file, (*path, "printed_name"), found, expected, printed.place)
        _cells((("planned", row.planned), ("achieved", row.achieved)), printed, path, file, desk)
        desk.counts["rows"] += len(desk.faults) == before
    for left in due.values():
        found = f"no row {left.number} '{shown(left.name)}'"
        desk.fault("row-missing", file, ("rows",), found, "every row of the printed table", left.place)


def _tables_left(plan: Plan, outline: Outline) -> list[SourceTable]:
    """The printed tables but for that of the earlier period."""
    return [t for t in outline.tables if not plan.completion or t.box != plan.completion.box.number]


def _heading(box: Box, printed: SourceTable, desk: Desk, name: str) -> None:
    file = desk.single(name)
    if printed.box and printed.box != box.number:
        found, expected = f"box {box.number}", str(printed.box)
        desk.fault("box", file, ("box", "number"), found, expected, printed.place)
    if printed.title and fold(printed.title) != fold(box.title.zh):
        found, expected = f"'{shown(box.title.zh)}'", f"'{shown(printed.title)}'"
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
    has_baseline = plan.indicators is None or plan.indicators.baseline_year
    pairs = (("baseline", row.baseline), ("target", row.target)) if has_baseline else (("target", row.target),)
    _cells(pairs, printed, path, file, desk)


def _cells(cells: Iterable[tuple[str, Cell]], printed: SourceRow, path: Steps, file: YamlFile, desk: Desk) -> None:
    """The cells stand in the printed row, in this order, and are read rightly."""
    there = [fold(cell) for cell in printed.columns]
    start = 0
    for name, cell in cells:
        if fold(cell.printed) in there[start:]:
            start = there.index(fold(cell.printed), start) + 1
        else:
            found = f"'{cell.printed}' as {name} in row {printed.number}"
            expected = f"a cell of the printed row ({' | '.join(printed.columns)})"
            desk.fault("row", file, (*path, name, "printed"), found, expected, printed.place)
        for field, found, due in _misread(cell):
            desk.fault("row", file, (*path, name, field), f"{found} as {field} of the {name}", due, printed.place)


def _misread(cell: Cell) -> Iterator[tuple[str, str, str]]:
    """Where the value or the sign of a cell is not that of its print."""
    number = NUMBER.search(cell.printed)
    if cell.value is not None and (number is None or canonical(number[0]) != canonical(cell.value)):
        yield "value", str(cell.value), f"the number of '{cell.printed}'"
    about = bool(ABOUT.search(cell.printed))
    sign = "~" if about else SIGNS.get(cell.printed.strip()[:1])
    if cell.value is not None and (cell.op != sign if sign else cell.op == "~"):
        expected = f"'{sign}', as printed" if sign else "another sign, since it prints neither 左右 nor 约"
        yield "op", f"'{cell.op}'", expected
