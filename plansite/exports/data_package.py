"""datapackage.json: what each file holds, with types, size and checksum.

The format is https://specs.frictionlessdata.io/data-package/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from plansite.exports.citations import published
from plansite.exports.resource import MEDIA_TYPES, Field, Resource, name_in_package
from plansite.exports.resources import RESOURCES
from plansite.model import Site, Text

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}


def data_package(site: Site, base_url: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """`files` holds the content of every resource. Paths in the package are relative to data/."""
    info = site.info
    return {
        "name": "plain-plans",
        "title": info.name.en,
        "title_zh": info.name.zh,
        **_described(info.description),
        "homepage": base_url,
        "version": published(site, site.plans),
        "profile": "data-package",
        "licenses": [LICENCE],
        "contributors": [
            {"title": info.publisher.en, "title_zh": info.publisher.zh, "role": "publisher", "path": base_url},
        ],
        "sources": [
            {"title": plan.title.en, "title_zh": plan.title.zh} | ({"path": plan.url} if plan.url else {})
            for plan in site.plans.values()
        ],
        "keywords": ["environment", "five-year plans", "China", "local government", "targets", "生态环境", "五年规划"],
        "resources": [_resource(resource, files[resource.path]) for resource in RESOURCES],
    }


def _resource(resource: Resource, content: bytes) -> dict[str, Any]:
    result: dict[str, Any] = {
        "name": resource.name,
        "path": resource.file,
        "title": resource.title.en,
        "title_zh": resource.title.zh,
        **_described(resource.description),
        "format": resource.format,
        "mediatype": MEDIA_TYPES[resource.format],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": [LICENCE],
    }
    if resource.record:
        result["jsonFields"] = [_field(field) for field in resource.record]
    if resource.format == "xlsx":
        result["type"] = "file"  # of which only size and checksum are validated; its tables are the resources above
    if resource.fields:
        result["profile"] = "tabular-data-resource"
        result["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True}
        result["schema"] = {
            "fields": [_field(column) for column in resource.fields],
            "missingValues": [""],
            "primaryKey": list(resource.primary_key),
        }
        if keys := [_foreign_key(resource, column) for column in resource.fields if column.refers]:
            result["schema"]["foreignKeys"] = keys
    return result


def _foreign_key(resource: Resource, column: Field) -> dict[str, Any]:
    """Whose id a column holds; a table that refers to itself has no name there."""
    other = "" if column.refers == resource.file else name_in_package(column.refers)
    return {"fields": [column.name], "reference": {"resource": other, "fields": ["id"]}}


def _field(column: Field) -> dict[str, Any]:
    result: dict[str, Any] = {"name": column.name, "type": column.type, **_described(column.description)}
    if column.format:
        result["format"] = column.format
    if column.constraints:
        result["constraints"] = column.constraints
    return result


def _described(text: Text) -> dict[str, str]:
    return {"description": text.en, "description_zh": text.zh}
