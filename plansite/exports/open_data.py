"""The open data: the tables, the JSON documents, a record for each measure and indicator, the Data Package.

Form of the files, chosen so that programs and spreadsheets read them alike:
JSON is UTF-8 (RFC 8259), indented, in the order of the plans, with a line feed at its end.
CSV follows RFC 4180 and Table Schema: comma, double quotes where needed, CRLF, a header row, an empty cell for what is
not given. UTF-8 without a byte order mark: with one, a program that reads plain UTF-8 calls the first column
"\\ufeffplan". Excel mistakes the encoding of such a file when it is double-clicked: the data page says how to open it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from plansite import urls
from plansite.exports.data_package import data_package
from plansite.exports.locators import locators
from plansite.exports.records import Record, Records, pair
from plansite.exports.resource import Resource
from plansite.exports.resources import PACKAGE
from plansite.exports.tables import TABLES, Row
from plansite.links import Links
from plansite.model import LOCALES, Site

LICENCE = "CC-BY-4.0"


def open_data(site: Site, links: Links, base_url: str) -> dict[str, bytes]:
    """Path on the site → content. `base_url` is the absolute address of the site, with a slash at its end."""
    records = Records(site, links, base_url)
    files = {resource.path: csv_bytes(resource, rows(records)) for resource, rows in TABLES}
    files |= {path: json_bytes(_head(site, base_url) | content) for path, content in _documents(records).items()}
    files["data/locators.json"] = json_bytes(locators(site))
    files[PACKAGE.path] = json_bytes(data_package(site, base_url, files))
    for measure in links.measures:
        content = json_bytes(_head(site, base_url) | records.measure(measure))
        files |= dict.fromkeys(
            _twins(urls.measure_json(measure.plan, measure.id), urls.measure(measure.plan, measure.id)), content
        )
    for concept in site.concepts.values():
        content = json_bytes(_head(site, base_url) | records.concept_in_plans(concept))
        files |= dict.fromkeys(_twins(urls.indicator_json(concept.id), urls.indicator(concept.id)), content)
    return files


def _twins(path: str, address: str) -> list[str]:
    """Where a record stands: among the data, and beside its page in each language."""
    return [path, *(urls.path(locale, urls.twin(address)) for locale in LOCALES)]


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
        writer.writerow(["" if row[name] is None else row[name] for name in names])
    return text.getvalue().encode()


def _head(site: Site, base_url: str) -> Record:
    """What every JSON file says first: where it comes from and what one may do with it."""
    return {"source": {"name": pair(site.info.name), "url": base_url}, "licence": LICENCE}


def _documents(records: Records) -> Mapping[str, Record]:
    site, links = records.site, records.links
    plans = site.plans.values()
    rows = [
        records.indicator(plan, plan.indicators, row)
        for plan in plans
        if plan.indicators
        for row in plan.indicators.rows
    ]
    return {
        "data/plans.json": {
            "plans": [records.plan(plan) for plan in plans],
            "jurisdictions": [records.jurisdiction(entry) for entry in site.jurisdictions.values()],
        },
        "data/measures.json": {"measures": [records.measure(measure) for measure in links.measures]},
        "data/indicators.json": {
            "indicators": rows,
            "concepts": [records.concept(concept) for concept in site.concepts.values()],
        },
        "data/projects.json": {
            "projects": [records.project(entry) for plan in plans for entry in plan.projects.values()],
        },
        "data/progress.json": {
            "progress": [records.progress(entry) for plan in plans for entry in plan.progress.values()],
        },
        "data/notes.json": {"notes": [records.note(note) for plan in plans for note in plan.notes.values()]},
        "data/topics.json": {"topics": [records.topic(topic) for topic in site.topics.values()]},
        "data/places.json": {"places": [records.place(place) for place in site.places.values()]},
        "data/shared-measures.json": {"families": []},
        "data/documents.json": {"documents": [records.document(entry) for entry in site.cited_documents.values()]},
        "data/units.json": {
            "units": [
                {"id": unit.id, "name": pair(unit.name), "symbol": pair(unit.symbol)} for unit in site.units.values()
            ],
            "worded_values": [{"id": value.id, "name": pair(value.name)} for value in site.worded_values.values()],
        },
        "data/glossary.json": {"terms": [records.term(term) for term in site.terms.values()]},
    }
