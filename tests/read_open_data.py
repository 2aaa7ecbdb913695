"""Reading the open data of a built site, for the tests."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any


def read_json(site: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((site / "data" / name).read_text(encoding="utf-8")))


def read_csv(site: Path, name: str) -> list[dict[str, str]]:
    """As a spreadsheet reads it: a byte order mark would be forgiven, line breaks in cells are kept."""
    text = (site / "data" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
