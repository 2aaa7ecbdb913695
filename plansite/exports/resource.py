"""What describes a file of the open data and its columns.

Types and constraints are those of Table Schema (https://specs.frictionlessdata.io/table-schema/).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from plansite.model import Text

MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

FieldType = Literal["string", "integer", "number", "year", "boolean", "texts", "record"]
"""Those of Table Schema; only in JSON: `texts`, a text in both languages, `record`, fields that are told elsewhere."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table, or a field of a JSON file, whose name is its place there.

    `constraints` are those of Table Schema; `refers` is the table whose id stands in the column.
    """

    name: str
    type: FieldType
    description: Text
    format: str = ""
    constraints: dict[str, Any] = field(default_factory=dict)
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file: CSV with `fields` and the columns that together name a row, JSON with the fields of its `record`."""

    path: str
    title: Text
    description: Text
    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()
    record: tuple[Field, ...] = ()

    @property
    def file(self) -> str:
        """The path below data/."""
        return self.path.removeprefix("data/")

    @property
    def format(self) -> str:
        """The suffix of the file."""
        return self.file.rpartition(".")[2]

    @property
    def name(self) -> str:
        """Unique in the package: file name with its suffix behind a hyphen."""
        return name_in_package(self.file)


def name_in_package(file: str) -> str:
    return file.replace(".", "-")


def string(
    name: str, en: str, zh: str, *, required: bool = False, enum: tuple[str, ...] = (), refers: str = ""
) -> Field:
    constraints: dict[str, Any] = {"required": True} if required else {}
    constraints |= {"enum": list(enum)} if enum else {}
    return Field(name, "string", Text(zh, en), constraints=constraints, refers=refers)


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


def in_both(name: str, en: str, zh: str, *, required: bool = False) -> tuple[Field, Field]:
    """Two columns for a text: `en` and `zh` say what it is."""
    return (
        string(f"{name}_zh", f"{en}, in Chinese", f"{zh}（中文）", required=required),
        string(f"{name}_en", f"{en}, in English", f"{zh}（英文）", required=required),
    )


def renamed(column: Field, name: str) -> Field:
    return replace(column, name=name)
