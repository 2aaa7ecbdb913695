"""JSON Schema for editors: the shape of every file, with the ids that exist offered for completion."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from plansite.load.records import FILES
from plansite.model import ROLES, Site

NAMES = {
    "vocab/indicators.yaml": "indicator-concepts",
    "plans/*/measures/*.yaml": "measures",
    "shared-measures/*.yaml": "shared-measures",
    "particular-measures/*.yaml": "particular-measures",
    "cascades/*.yaml": "cascades",
}


def schema_name(pattern: str) -> str:
    """The schema's file name (without `.json`) for a file pattern of `records.FILES`."""
    return NAMES.get(pattern) or pattern.rsplit("/", 1)[-1].removesuffix(".yaml")


def schemas(site: Site) -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) as text, for every file pattern."""
    references = {
        "topics": sorted(key for key, topic in site.topics.items() if topic.parent),
        "places": sorted(site.places),
        "cites": sorted(site.cited_documents),
        "unit": sorted(site.units),
        "worded": sorted(site.worded_values),
        "indicator": sorted(site.concepts),
        "concept": sorted(site.concepts),
        "jurisdiction": sorted(site.jurisdictions),
    }
    printed = sorted(
        {word for role in site.departments.values() for body in role.bodies.values() for word in body.printed}
    )
    references |= dict.fromkeys(ROLES, printed)
    result = {}
    for pattern, shape in FILES.items():
        schema = TypeAdapter(shape).json_schema(by_alias=True)
        if pattern.startswith("plans/"):
            _offer(schema, references)
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"data/{pattern}"} | schema
        result[f"{schema_name(pattern)}.json"] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return result


def write_schemas(site: Site, folder: Path) -> list[Path]:
    """Write the schemas that differ from what stands in `folder`; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas(site).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def _offer(part: Any, references: dict[str, list[str]]) -> None:
    """Add the known ids to every field that refers to one."""
    if isinstance(part, list):
        for item in part:
            _offer(item, references)
        return
    if not isinstance(part, dict):
        return
    for name, field in part.get("properties", {}).items():
        if name in references:
            for text in _texts(field):
                text.pop("pattern", None)
                text["enum"] = references[name]
    for value in part.values():
        _offer(value, references)


def _texts(field: dict[str, Any]) -> list[dict[str, Any]]:
    if field.get("type") == "string":
        return [field]
    return [
        text
        for part in [*field.get("anyOf", []), field.get("items")]
        if isinstance(part, dict)
        for text in _texts(part)
    ]
