"""The open data: the tables, the JSON documents, a record for each measure, indicator and shared measure, the Data
Package.

Form of the files, chosen so that programs and spreadsheets read them alike:
JSON is UTF-8 (RFC 8259), indented, in the order of the plans, with a line feed at its end.
CSV follows RFC 4180 and Table Schema: comma, double quotes where needed, CRLF, a header row, an empty cell for what is
not given. UTF-8 without a byte order mark, whose text a program would take for a part of the first column's name; Excel
mistakes the encoding of such a file when it is double-clicked, so all tables stand in a workbook, too (`workbook.py`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from plansite import urls
from plansite.exports.data_package import data_package
from plansite.exports.documents import DOCUMENTS
from plansite.exports.gone import gone
from plansite.exports.locators import locators
from plansite.exports.records.base import Context, Record, pair
from plansite.exports.records.connections import family_with_members
from plansite.exports.records.measures import measure
from plansite.exports.records.numbers import concept_in_plans
from plansite.exports.resource import Resource
from plansite.exports.resources import LOCATORS, PACKAGE
from plansite.exports.tables import TABLES
from plansite.exports.tables.cells import Row
from plansite.exports.workbook import WORKBOOK, tables_in_excel
from plansite.links import Links
from plansite.model import LOCALES, Site

LICENCE = "CC-BY-4.0"


def open_data(site: Site, links: Links, base_url: str) -> Iterator[tuple[str, bytes]]:
    """Each file as path on the site and content. `base_url` is the site's absolute address, with a slash at its end."""
    context, head = Context(site, links, base_url), _head(site, base_url)
    tables = [(resource, list(rows(context))) for resource, rows in TABLES]
    files = {resource.path: csv_bytes(resource, rows) for resource, rows in tables}
    files[WORKBOOK.path] = tables_in_excel(site, base_url, tables)
    files |= {resource.path: json_bytes(head | content(context)) for resource, content in DOCUMENTS}
    files[LOCATORS.path] = json_bytes(locators(site))
    files[PACKAGE.path] = json_bytes(data_package(site, base_url, files))
    yield from files.items()
    for address, record in _records(context):
        content = json_bytes(head | record)
        yield from ((path, content) for path in _paths(address))


def _records(context: Context) -> Iterator[tuple[str, Record]]:
    """The address of each page that has a record, and the record."""
    yield from gone(context).items()
    for each in context.links.measures:
        yield urls.measure(each.plan, each.id), measure(context, each)
    for concept in context.site.concepts.values():
        yield urls.indicator(concept.id), concept_in_plans(context, concept)
    for each_family in context.site.families.values():
        yield urls.family(each_family.id), family_with_members(context, each_family)


def _paths(address: str) -> list[str]:
    """Where the record of a page stands: among the data, and beside the page in each language."""
    twin, path = urls.records(address)
    return [path, *(urls.path(locale, twin) for locale in LOCALES)]


def json_bytes(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def csv_bytes(resource: Resource, rows: Iterable[Row]) -> bytes:
    """Raises ValueError if a row has other columns than the resource."""
    names = [column.name for column in resource.fields]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        if row.keys() != set(names):
            raise ValueError(f"{resource.path}: in only one of row and schema: {sorted(row.keys() ^ set(names))}")
        writer.writerow([_csv_value(row[name]) for name in names])
    return text.getvalue().encode()


def _csv_value(value: Any) -> Any:
    """Nothing for None, a boolean in the words of Table Schema."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _head(site: Site, base_url: str) -> Record:
    """What every JSON file says first: where it comes from and what one may do with it."""
    return {"source": {"name": pair(site.info.name), "url": base_url}, "licence": LICENCE}
