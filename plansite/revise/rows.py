"""The rows of the indicator table and of the table of the earlier period, held against those of the new document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plansite.revise.likeness import likeness, plain
from plansite.sources.outline import SourceRow, SourceTable

ALIKE = 0.6  # likeness of two names of rows
INDICATOR_CELLS = ("baseline", "target")
COMPLETION_CELLS = ("planned", "achieved")
ATTRIBUTES = {"约束性": "binding", "预期性": "anticipatory"}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a row (`baseline`, `target` …, `name`, `attribute`, `category`) as printed before and now."""

    cell: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the data (by its index there) and the printed one; `number` is its place in the new table."""

    index: int
    record: Any
    row: SourceRow
    number: int
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """`table` is None where the new document's table was not found: then nothing can be said about the rows, unless
    the section of the table is gone and it went with it (`dropped`).

    `columns` leads from a cell's name to its column in the new table; `new` holds rows with their numbers.
    """

    table: SourceTable | None
    rows: tuple[RowChange, ...] = ()
    gone: tuple[tuple[int, Any], ...] = ()
    new: tuple[tuple[int, SourceRow], ...] = ()
    columns: Mapping[str, int] | None = None
    dropped: bool = False

    def numbers(self) -> dict[int, int]:
        """Number of a row in the data → in the new table; what is gone is left out. Nothing without a table."""
        return {change.record.number: change.number for change in self.rows}


def table_change(
    record: Any, table: SourceTable | None, before: SourceTable | None, names: Sequence[str], *, section: bool
) -> TableChange:
    """Match the rows of `indicators.yaml` or `completion.yaml` by their names; `names` are the cells to compare.

    `before` is the table of the current edition's document: a category counts as changed only if its print changed,
    for the words of merged cells are read uncertainly. `section`: the section of the table is still there.
    """
    if table is None:
        return TableChange(None, gone=() if section else tuple(enumerate(record.rows)), dropped=not section)
    partner = _by_name(record.rows, table.rows)
    columns = _columns([(record.rows[index], table.rows[n]) for index, n in partner.items()], names)
    if before and len(columns) < len(names):  # no cell is as it was: they stand where they stood
        known = [(record.rows[index], before.rows[n]) for index, n in _by_name(record.rows, before.rows).items()]
        columns = _columns(known, names) | columns
    categories = {plain(row.name): plain(row.category) for row in before.rows} if before else {}
    rows = tuple(
        RowChange(
            index,
            row,
            table.rows[partner[index]],
            partner[index] + 1,
            tuple(_cells(row, table.rows[partner[index]], columns, categories)),
        )
        for index, row in enumerate(record.rows)
        if index in partner
    )
    gone = tuple((index, row) for index, row in enumerate(record.rows) if index not in partner)
    taken = set(partner.values())
    new = tuple((n + 1, row) for n, row in enumerate(table.rows) if n not in taken)
    return TableChange(table, rows, gone, new, columns)


def find_table(tables: Iterable[SourceTable], record: Any) -> SourceTable | None:
    """The table that has most of the rows of the data; None if none has half of them."""
    scored = [(len(_by_name(record.rows, table.rows)), table) for table in tables]
    best, table = max(scored, key=lambda each: each[0], default=(0, None))
    return table if best * 2 >= len(record.rows) else None


def _by_name(rows: Sequence[Any], printed: Sequence[SourceRow]) -> dict[int, int]:
    """Index in the data → index in the table: the likest names first, of equals the nearest."""
    scores = sorted(
        (-likeness(plain(row.printed_name), plain(other.name)), abs(i - n), i, n)
        for i, row in enumerate(rows)
        for n, other in enumerate(printed)
    )
    found: dict[int, int] = {}
    for score, _, i, n in scores:
        if -score >= ALIKE and i not in found and n not in found.values():
            found[i] = n
    return found


def _columns(pairs: Sequence[tuple[Any, SourceRow]], names: Sequence[str]) -> dict[str, int]:
    """The column in which most rows have what the data gives as a cell; the cells come in the order of the columns."""
    found: dict[str, int] = {}
    first = 0
    for name in names:
        votes: Counter[int] = Counter()
        for row, printed in pairs:
            if cell := getattr(row, name):
                there = [plain(column) for column in printed.columns]
                votes.update(n for n in range(first, len(there)) if there[n] == plain(cell.printed))
        if votes:
            most = max(votes.values())
            found[name] = min(column for column, count in votes.items() if count == most)
            first = found[name] + 1
    return found


def _cells(
    row: Any, printed: SourceRow, columns: Mapping[str, int], categories: Mapping[str, str]
) -> Iterator[CellChange]:
    for name, column in columns.items():
        cell, now = getattr(row, name), printed.columns[column] if column < len(printed.columns) else ""
        if cell and plain(cell.printed) != plain(now):
            yield CellChange(name, cell.printed, now)
    if plain(row.printed_name) != plain(printed.name):
        yield CellChange("name", row.printed_name, printed.name)
    attribute = ATTRIBUTES.get(printed.attribute)
    if row.attribute and attribute and attribute != row.attribute:
        yield CellChange("attribute", row.attribute, attribute)
    category = categories.get(plain(row.printed_name), "")
    if category and printed.category and plain(printed.category) != category:
        yield CellChange("category", category, printed.category)
