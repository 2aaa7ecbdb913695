"""What records are made of: ids, numbers, texts in both languages."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from plansite.model import Locale

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
UnitId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9%/-]+$", max_length=20)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Year = Annotated[int, Field(ge=1949, le=2100)]
Number = Annotated[int, Field(ge=1, le=999)]
Count = Annotated[int, Field(ge=0, le=999)]
Value = int | float
HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}")
TODO = "TODO"  # what `ingest` writes where a person has to write
PLACEHOLDER = re.compile(r"m\d+-\d+-\d+|p\d+-\d+")


def _own_id(value: str) -> str:
    """An id that is an address: `ingest` cannot know it, so it numbers the entries."""
    if PLACEHOLDER.fullmatch(value):
        found = f"the id '{value}', which ingest put in for the time being"
        raise PydanticCustomError("todo", "", {"found": found, "expected": "an id from the English title"})
    return value


def _printed(value: str) -> str:
    if value.startswith(TODO):
        raise PydanticCustomError(
            "todo", "", {"found": "a text still to be written", "expected": "the words as printed"}
        )
    return value


OwnId = Annotated[Id, AfterValidator(_own_id)]
Printed = Annotated[Line, AfterValidator(_printed)]


class Record(BaseModel):
    """Unknown fields are faults, values are not converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Pair(Record):
    """A text in Chinese and in English; both are needed."""

    zh: Line
    en: Line

    @field_validator("zh", "en")
    @classmethod
    def _written(cls, side: str, info: ValidationInfo) -> str:
        if side.startswith(TODO):
            language = "Chinese" if info.field_name == "zh" else "English"
            raise PydanticCustomError(
                "todo", "", {"found": "a text still to be written", "expected": f"the {language} text"}
            )
        return side

    @model_validator(mode="after")
    def _tidy(self) -> Pair:
        for side in (self.zh, self.en):
            if side != side.strip() or "\n" in side:
                raise PydanticCustomError(
                    "untidy",
                    "",
                    {
                        "found": "a text with space around it or a line break in it",
                        "expected": "one line without space around it",
                    },
                )
        if ENGLISH.search(self.zh) and not HAN.search(self.zh):
            raise PydanticCustomError(
                "language", "", {"found": f"English under 'zh' ('{self.zh[:40]}')", "expected": "the Chinese text"}
            )
        if len(HAN.findall(self.en)) > len(self.en) / 2:
            raise PydanticCustomError(
                "language", "", {"found": f"Chinese under 'en' ('{self.en[:20]}')", "expected": "the English text"}
            )
        return self


class Reviewed(Record):
    """`needs_review`: the languages in which a person must restate this again, because its document changed."""

    needs_review: list[Locale] = []


class Symbols(Record):
    """What stands behind a number; empty when nothing does."""

    zh: str
    en: str


class Named(Record):
    id: Id
    name: Pair
