"""The table of the fields of the JSON files: each that a file has is told with its type, and none that no file has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from read_open_data import read_json

RECORDS = {
    "measures/PLAN/MEASURE.json": "measures/*/*.json",
    "indicators/INDICATOR.json": "indicators/*.json",
    "shared/ID.json": "shared/*.json",
}
TYPES = {
    "text": "string",
    "whole number": "integer",
    "number": "number",
    "year": "year",
    "true or false": "boolean",
    "text in zh and en": "texts",
    "record": "record",
}
PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "year": (int,),
    "boolean": (bool,),
    "record": (dict,),
}
NOT_YET = ("withdrawn.", "moved.")
"""What only records hold whose measure was dropped or whose address moved; no measure of the real data was."""


@pytest.fixture(scope="session")
def told(soup: Callable[[str], BeautifulSoup]) -> dict[str, dict[str, str]]:
    """File → field → type, as the page about the data shows them."""
    tables = [caption.find_parent("table") for caption in soup("en/about/data/").find_all("caption")]
    return {
        str(table.caption.get_text()).removeprefix("Fields of "): {
            str(row.th.get_text()): TYPES[str(row.td.get_text())] for row in table.select("tbody tr")
        }
        for table in tables
        if table and table.caption.get_text().startswith("Fields of ")
    }


def leaves(value: Any, place: str, fields: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Each place in a JSON value that holds neither a list nor other fields, with what is there."""
    if fields.get(place) == "texts" and value is not None:
        assert value.keys() == {"zh", "en"} and all(isinstance(text, str) for text in value.values()), place
        yield place, value
    elif fields.get(place) == "record":
        yield place, value
    elif isinstance(value, list):
        yield f"{place}[]", None
        for item in value:
            yield from leaves(item, f"{place}[]", fields)
    elif isinstance(value, dict):
        start = f"{place}." if place else ""
        by_id = next((match[0] for name in fields if (match := re.match(re.escape(start) + r"\{\w+\}", name))), "")
        for key, item in value.items():
            yield from leaves(item, by_id or start + key, fields)
    else:
        yield place, value


def wrong(records: list[Any], fields: dict[str, str]) -> tuple[set[str], set[str]]:
    """Places that no field tells, or of another type; fields that no record has."""
    faults, found = set(), set()
    for record in records:
        for place, value in leaves(record, "", fields):
            found.add(place)
            kind = fields.get(place)
            if value is None or kind == "texts":
                known = kind or any(name.startswith((f"{place}.", place)) for name in fields)
            else:
                known = kind and type(value) in PYTHON[kind]
            if not known:
                faults.add(f"{place}: {value!r}"[:80])
    return faults, {name for name in fields if name not in found and not name.startswith(NOT_YET)}


def test_every_json_file_has_its_table(site: Path, told: dict[str, dict[str, str]]) -> None:
    files = {path.name for path in (site / "data").glob("*.json")} - {"datapackage.json"}
    assert told.keys() == files | RECORDS.keys()


def test_the_fields_of_the_files_are_told_and_no_others(site: Path, told: dict[str, dict[str, str]]) -> None:
    for file in told.keys() - RECORDS.keys():
        assert wrong([read_json(site, file)], told[file]) == (set(), set()), file


@pytest.mark.parametrize("file", RECORDS)
def test_the_fields_of_single_records_are_told(site: Path, told: dict[str, dict[str, str]], file: str) -> None:
    paths = (site / "data").glob(RECORDS[file])
    assert wrong([json.loads(path.read_text(encoding="utf-8")) for path in paths], told[file]) == (set(), set())


def test_the_package_tells_the_same_in_both_languages(site: Path, told: dict[str, dict[str, str]]) -> None:
    for resource in read_json(site, "datapackage.json")["resources"]:
        if resource["format"] == "json":
            fields = resource["jsonFields"]
            assert {field["name"]: field["type"] for field in fields} == told[resource["path"]]
            for field in fields:
                assert field["description"] and re.search("[\u4e00-\u9fff]", field["description_zh"]), field["name"]
