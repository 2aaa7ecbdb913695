"""All tables of the open data in one Excel file: a sheet for each CSV file, and before them what they are.

For whoever opens data with a double click. Such a file says itself that it is in Unicode and which cells are texts, so
no program shows the Chinese garbled or takes the place 1.10 for the number 1.1. A byte order mark in the CSVs would
do the first for Excel, but programs that read plain UTF-8 (Python's `csv`, awk, R) would call their first column
"\\ufeffplan"; so they have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from plansite.exports.resource import Resource
from plansite.exports.spreadsheet import Value, workbook
from plansite.exports.tables.cells import Row
from plansite.model import Site, Text
from plansite.translations import both

WORKBOOK = Resource(
    "data/tables.xlsx",
    Text("全部表格", "All tables"),
    Text(
        "下面的每个CSV表格各占一张工作表，前面两张说明来源和每一列的含义。双击就能打开，中文不会乱码。",
        "Each of the CSV tables below as a sheet; two sheets before them say where they come from and what every "
        "column means. Opens with a double click.",
    ),
)
Tables = Sequence[tuple[Resource, Sequence[Row]]]
COLUMNS = ("table", "column", "type", "meaning_zh", "meaning_en", "ids_of")


def tables_in_excel(site: Site, base_url: str, tables: Tables) -> bytes:
    """The workbook of these tables with their rows."""
    sheets: dict[str, Iterable[Sequence[Value]]] = {
        "about": _about(site, base_url, tables),
        "columns": _columns(tables),
    }
    sheets |= {_sheet(resource): _rows(resource, rows) for resource, rows in tables}
    return workbook(sheets)


def _about(site: Site, base_url: str, tables: Tables) -> Iterator[Sequence[Value]]:
    name, disclaimer = site.info.name, both("This is an unofficial restatement. The official document decides.")
    yield (name.zh, name.en, base_url, "CC BY 4.0")
    yield (disclaimer.zh, disclaimer.en)
    yield ()
    for each, _ in tables:
        yield (_sheet(each), each.title.zh, each.title.en, each.description.zh, each.description.en)


def _columns(tables: Tables) -> Iterator[Sequence[Value]]:
    yield COLUMNS
    for resource, _ in tables:
        for each in resource.fields:
            meaning = each.description
            yield (_sheet(resource), each.name, each.type, meaning.zh, meaning.en, each.refers.removesuffix(".csv"))


def _rows(resource: Resource, rows: Iterable[Row]) -> Iterator[Sequence[Value]]:
    names = [column.name for column in resource.fields]
    yield names
    for row in rows:
        yield [_value(row[name]) for name in names]


def _sheet(resource: Resource) -> str:
    return resource.file.removesuffix(".csv")


def _value(value: Any) -> Value:
    """An empty cell for None, a boolean in the words of the CSV files."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
