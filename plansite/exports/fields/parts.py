"""The fields of the JSON files: where each stands, its type, and what it means.

What is a column of a table, too, is taken from there. In names, `[]` stands for the items of a list and `{plan}` for a
key that is an id; `texts` are an object with the text in Chinese (`zh`) and in English (`en`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from plansite.exports.resource import Field, FieldType, Resource, renamed
from plansite.exports.tables import columns, numbers
from plansite.model import Text

Fields = tuple[Field, ...]
LANGUAGE = (re.compile(",? in (?:Chinese|English)$"), re.compile("（[中英]文）$"))
SPACED = (", with a space between them", "，用空格隔开")


def taken(table: Resource, *names: str) -> Fields:
    """Columns of a table as fields: the two of a text as one, ids with spaces between them as a list."""
    return tuple(_as_field({column.name: column for column in table.fields}, name) for name in names)


def within(place: str, *fields: Iterable[Field]) -> Fields:
    """Fields of something that lies in another."""
    return tuple(renamed(field, f"{place}.{field.name}") for group in fields for field in group)


def field(name: str, type: FieldType, en: str, zh: str) -> Fields:
    return (Field(name, type, Text(zh, en)),)


def _as_field(table: dict[str, Field], name: str) -> Field:
    column = table.get(name) or table[f"{name}_zh"]
    en, zh = column.description.en, column.description.zh
    if column.name != name:
        en, zh = LANGUAGE[0].sub("", en), LANGUAGE[1].sub("", zh)
        return Field(name, "texts", Text(zh, en))
    if SPACED[0] in en:
        return Field(f"{name}[]", column.type, Text(zh.replace(SPACED[1], ""), en.replace(SPACED[0], "")))
    return replace(column, constraints={}, refers="")


URL = field("url", "texts", "Address of its page in each language", "页面在两种语言里的网址")
REFERENCE = (columns.PLAN, *field("id", "string", "Id of the measure", "任务的标识"))
MEASURES = within("measures[]", REFERENCE)
NUMBER = (columns.OP, columns.VALUE, columns.UNIT, columns.WORDED, columns.YEAR)
QUANTITY = (
    *taken(numbers.TARGETS, "what"),
    renamed(columns.CONCEPT, "indicator"),
    *NUMBER,
    columns.COMPARED,
    columns.SCOPE,
)
CELL = (
    *field("printed", "string", "The cell as printed", "照印的单元格"),
    columns.OP,
    columns.VALUE,
    columns.WORDED,
)
CATEGORY = field("category_name", "texts", "Name of the group of indicators", "指标类别的名称")
BOX = (
    *field("title", "texts", "Title of the box (专栏)", "专栏的标题"),
    *field("locator", "string", "Chapter and section of the box", "专栏所在的章和节"),
)
HEAD = (
    *within(
        "source",
        field("name", "texts", "Name of this site", "本站的名称"),
        field("url", "string", "Address of this site", "本站的网址"),
    ),
    *field("licence", "string", "Licence of texts and data", "文字和数据的许可"),
)
"""What every file begins with."""
