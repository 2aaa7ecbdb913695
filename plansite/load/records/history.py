"""What became of measures between editions and plans, and of addresses."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from plansite.load.records.base import Id, Line, Pair, Record
from plansite.load.records.plan import AssignmentsRecord, Edition, LocatorRecord
from plansite.model import Fate, Succession

ADDRESS = r"^([a-z0-9-]+/)*(#[A-Za-z0-9_.-]+)?$"
Address = Annotated[str, StringConstraints(pattern=ADDRESS, min_length=1, max_length=200)]


class WithdrawnRecord(Record):
    """A measure of an earlier edition that the current one no longer has; `last` is the last edition that had it."""

    id: Id
    last: Edition
    fate: Fate
    into: list[Id] = []
    text: Pair | None = None

    @model_validator(mode="after")
    def _into(self) -> WithdrawnRecord:
        if (self.fate == "dropped") == bool(self.into):
            found = "'into' beside 'dropped'" if self.into else f"no 'into' for '{self.fate}'"
            raise PydanticCustomError(
                "fate", "", {"found": found, "expected": "the measures it went into, unless it was dropped"}
            )
        return self


class NewTaskRecord(Record):
    """A task paragraph of the current edition that nobody has restated yet."""

    at: LocatorRecord
    heading: Line
    departments: AssignmentsRecord
    split_from: Id | None = None


class SuccessionRecord(Record):
    """What a plan makes of measures of the plan it follows; `measure` is its own, absent when it drops them."""

    measure: Id | None = None
    relation: Succession
    earlier: Annotated[list[Id], Field(min_length=1)]
    how: Pair | None = None

    @model_validator(mode="after")
    def _measure(self) -> SuccessionRecord:
        if (self.relation == "drops") == bool(self.measure):
            found = "a measure beside 'drops'" if self.measure else f"no 'measure' for '{self.relation}'"
            raise PydanticCustomError(
                "succession", "", {"found": found, "expected": "the measure of this plan, unless it drops the earlier"}
            )
        return self


class RedirectRecord(Record):
    """An address that was published and is no longer: where it leads now, or why it leads nowhere.

    An address lies below the language: `plans/jingyue-14/measures/straw-burning-ban/`, with or without `#anchor`.
    """

    from_: Annotated[Address, Field(alias="from")]
    to: Address | None = None
    why: Pair
