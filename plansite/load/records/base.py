"""What records are made of: ids, numbers, texts in both languages."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from plansite.characters import FORMULA
from plansite.load.limits import MAX_LINE
from plansite.model import Locale

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
UnitId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9%/-]+$", max_length=20)]
UnitName = Annotated[str, StringConstraints(pattern=r"^[^A-Z\s]+$", max_length=20)]
"""Where a unit is used; one that is printed (µg/m³) is held against the units there are, which tells the nearest."""
Year = Annotated[int, Field(ge=1949, le=2100)]
Number = Annotated[int, Field(ge=1, le=999)]
Count = Annotated[int, Field(ge=0, le=999)]
Value = int | float
HAN = re.compile(r"[\u3400-\u9fff]")
FOLDED = re.compile(r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uff5e“”]) (?=[\u3000-\u303f\u3400-\u9fff\uff00-\uff5e“”])")
"""Where a Chinese text goes on in the next line of its file: YAML puts a space there."""
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}")


def _one_line(value: str) -> str:
    if value != value.strip() or "\n" in value:
        found = "a text with space around it or a line break in it"
        raise PydanticCustomError("untidy", "", {"found": found, "expected": "one line without space around it"})
    if FORMULA.match(value):
        found = f"the text '{value[:40]}', which a spreadsheet would calculate"
        raise PydanticCustomError("formula", "", {"found": found, "expected": "a text that begins with a word"})
    return value


Line = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LINE), AfterValidator(_one_line)]
ChineseTitle = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_one_line)]
EnglishTitle = Annotated[str, StringConstraints(min_length=1, max_length=90), AfterValidator(_one_line)]
MaybeLine = Annotated[str, StringConstraints(max_length=MAX_LINE), AfterValidator(_one_line)]


def _address(value: str) -> str:
    try:
        urlsplit(value)
    except ValueError:
        found, expected = f"the address '{value[:80]}'", "an address with the name of a host"
        raise PydanticCustomError("address", "", {"found": found, "expected": expected}) from None
    return value


BaseAddress = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s<>\"'`\\?#]+/$", max_length=500), AfterValidator(_address)
]
WebAddress = Annotated[
    str, StringConstraints(pattern=r"^(https?://[^\s<>\"'`\\]+)?$", max_length=500), AfterValidator(_address)
]
ContactAddress = Annotated[
    str, StringConstraints(pattern=r"^((https?://|mailto:)[^\s<>\"'`\\]+)?$", max_length=500), AfterValidator(_address)
]


class Record(BaseModel):
    """Unknown fields are faults, values are not converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Pair(Record):
    """A text in Chinese and in English; both are needed."""

    zh: Line
    en: Line

    @model_validator(mode="after")
    def _language(self) -> Pair:
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

    zh: MaybeLine
    en: MaybeLine


class Named(Record):
    id: Id
    name: Pair
