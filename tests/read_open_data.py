"""Reading the open data of a built site, for the tests."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_json(site: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((site / "data" / name).read_text(encoding="utf-8")))


def read_csv(site: Path, name: str) -> list[dict[str, str]]:
    """As a spreadsheet reads it: a byte order mark would be forgiven, line breaks in cells are kept."""
    text = (site / "data" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_excel(path: Path) -> dict[str, list[list[str | float]]]:
    """The sheets by name, as ECMA-376 says: rows of cells up to the last that is not empty."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    targets = {each.get("Id"): f"xl/{each.get('Target')}" for each in parts["xl/_rels/workbook.xml.rels"]}
    texts = ["".join(item.itertext()) for item in parts["xl/sharedStrings.xml"]]
    return {
        str(sheet.get("name")): [_row(row, texts) for row in parts[targets[sheet.get(RELATION)]].iter(f"{MAIN}row")]
        for sheet in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")
    }


def _row(row: ElementTree.Element, texts: list[str]) -> list[str | float]:
    cells: list[str | float] = []
    for cell in row:
        column = 0
        for letter in re.match("[A-Z]+", cell.get("r", ""))[0]:  # type: ignore[index]
            column = column * 26 + ord(letter) - ord("A") + 1
        cells += [""] * (column - 1 - len(cells))
        value = cell.findtext(f"{MAIN}v", "")
        cells.append(texts[int(value)] if cell.get("t") == "s" else float(value))
    return cells
