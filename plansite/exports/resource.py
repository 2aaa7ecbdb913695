"""What describes a file of the open data and its columns.

Types and constraints are those of Table Schema (https://specs.frictionlessdata.io/table-schema/).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from plansite.model import Text

FieldType = Literal["string", "integer", "number", "year", "boolean"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `constraints` are those of Table Schema."""

    name: str
    type: FieldType
    description: Text
    format: str = ""
    constraints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resource:
    """A file. A CSV file has `fields` and the columns that together name a row; a JSON file has neither."""

    path: str
    title: Text
    description: Text
    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The path below data/."""
        return self.path.removeprefix("data/")

    @property
    def name(self) -> str:
        """Unique in the package: file name with its suffix behind a hyphen."""
        return self.file.replace(".", "-")


def string(name: str, en: str, zh: str, *, required: bool = False, enum: tuple[str, ...] = ()) -> Field:
    constraints: dict[str, Any] = {"required": True} if required else {}
    return Field(name, "string", Text(zh, en), constraints=constraints | ({"enum": list(enum)} if enum else {}))


def integer(name: str, en: str, zh: str, *, required: bool = False) -> Field:
    return Field(name, "integer", Text(zh, en), constraints={"minimum": 0} | ({"required": True} if required else {}))


def number(name: str, en: str, zh: str) -> Field:
    return Field(name, "number", Text(zh, en))


def year(name: str, en: str, zh: str) -> Field:
    return Field(name, "year", Text(zh, en))


def boolean(name: str, en: str, zh: str) -> Field:
    return Field(name, "boolean", Text(zh, en), constraints={"required": True})


def url(name: str, en: str, zh: str) -> Field:
    return Field(name, "string", Text(zh, en), format="uri", constraints={"required": True})


def renamed(column: Field, name: str) -> Field:
    return replace(column, name=name)
