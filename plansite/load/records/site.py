"""The site and its vocabularies."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from plansite.load.limits import MAX_TERM
from plansite.load.records.base import (
    BaseAddress,
    ChineseTitle,
    ContactAddress,
    EnglishTitle,
    Id,
    Line,
    Named,
    Pair,
    Record,
    Symbols,
    UnitId,
    UnitName,
    WebAddress,
)
from plansite.load.records.connections import MemberId
from plansite.model import Direction


class TitleRecord(Pair):
    """A few words: what the list of a feed reader has room for."""

    zh: ChineseTitle
    en: EnglishTitle


class ChangeRecord(Record):
    """`title` says it in a few words; `measures` are PLAN/MEASURE, whose plans need not be named again."""

    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    plans: list[Id] = []
    measures: list[MemberId] = []
    title: TitleRecord
    text: Pair

    @model_validator(mode="after")
    def _date(self) -> ChangeRecord:
        try:
            datetime.date.fromisoformat(self.date)
        except ValueError:
            raise PydanticCustomError(
                "date", "", {"found": f"the date '{self.date}'", "expected": "a day of the calendar, as 2023-04-25"}
            ) from None
        return self


class SiteRecord(Record):
    name: Pair
    tagline: Pair
    description: Pair
    publisher: Pair
    base_url: BaseAddress
    repository: WebAddress = ""
    contact: ContactAddress = ""
    key_indicators: Annotated[list[Id], Field(max_length=8)] = []
    changes: Annotated[list[ChangeRecord], Field(min_length=1)]


class JurisdictionRecord(Named):
    kind: Literal["city", "district"]
    official_name: Pair
    parent: Id | None = None
    names: Annotated[list[Line], Field(min_length=1)]
    summary: Pair


class BodyRecord(Record):
    name: Pair
    printed: Annotated[list[Line], Field(min_length=1)]


class DepartmentRecord(Named):
    """`held_by`: jurisdiction → the role whose body there, by its very name, has this role too."""

    bodies: Annotated[dict[str, BodyRecord], Field(min_length=1)]
    held_by: dict[str, Id] = {}


class TopicGroupRecord(Named):
    topics: Annotated[list[Named], Field(min_length=1)]


class PlaceRecord(Named):
    kind: Literal[
        "river",
        "reservoir",
        "lake",
        "park",
        "reserve",
        "county",
        "township",
        "village",
        "road",
        "mountain",
        "zone",
        "facility",
    ]
    jurisdictions: Annotated[list[Id], Field(min_length=1)]
    printed: list[Line] = []


class CitedDocumentRecord(Named):
    level: Literal["national", "provincial", "city", "district"]


class UnitRecord(Record):
    """`one` is the English symbol behind 1, where it differs: 1 plant, 2 plants."""

    id: UnitId
    name: Pair
    symbol: Symbols
    one: Line | None = None


class ConceptRecord(Named):
    direction: Direction
    unit: UnitName
    topics: Annotated[list[Id], Field(min_length=1)]
    change: bool = False


class AliasesRecord(Record):
    zh: list[Line] = []
    en: list[Line] = []


class LeadRecord(Record):
    """`typed` words stand for those of the documents; the other fields name what is about it."""

    typed: Annotated[list[Line], Field(min_length=1)]
    zh: Annotated[list[Line], Field(min_length=1)]
    en: Annotated[list[Line], Field(min_length=1)]
    topics: list[Id] = []
    shared: list[Id] = []
    indicators: list[Id] = []
    departments: list[Id] = []
    documents: list[Id] = []


class SpellingRecord(Record):
    typed: Annotated[list[Line], Field(min_length=1)]
    text: Line


class SearchTermsRecord(Record):
    """What the search makes of the words of a query."""

    spellings: list[SpellingRecord]
    asking: AliasesRecord
    weak: AliasesRecord
    defining: AliasesRecord
    same: list[AliasesRecord]
    leads: list[LeadRecord]


class TermRecord(Record):
    id: Id
    term: Pair
    pinyin: str = Field(default="", pattern="^[a-zü ]*$", max_length=200)
    aliases: AliasesRecord = AliasesRecord()
    forms: AliasesRecord = AliasesRecord()
    not_in: AliasesRecord = AliasesRecord()
    definition: Pair
    topics: list[Id] = []

    @model_validator(mode="after")
    def _short(self) -> TermRecord:
        others = (word for words in (self.aliases, self.forms, self.not_in) for word in (*words.zh, *words.en))
        longest = max((self.term.zh, self.term.en, *others), key=len)
        if len(longest) > MAX_TERM:
            found = f"a name of {len(longest)} characters"
            raise PydanticCustomError("term", "", {"found": found, "expected": f"at most {MAX_TERM}"})
        return self
