"""What editors decided about several plans at once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from plansite.load.records.base import Id, Number, Pair, Record
from plansite.model import Facet, Relation

MemberId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]


class DifferenceRecord(Record):
    """One thing in which members differ; a plan that says nothing about it is left out of `values`."""

    facet: Facet
    what: Pair
    values: Annotated[dict[str, Pair], Field(min_length=1)]


class FamilyRecord(Record):
    """The same task in two or more plans; `members` are PLAN/MEASURE. Either `differences` or `alike`."""

    id: Id
    title: Pair
    summary: Pair
    topic: Id
    members: Annotated[list[MemberId], Field(min_length=2)]
    differences: list[DifferenceRecord] = []
    alike: Pair | None = None
    common: list[Pair] = []

    @model_validator(mode="after")
    def _differs_or_not(self) -> FamilyRecord:
        if bool(self.differences) == bool(self.alike):
            found = "both 'differences' and 'alike'" if self.alike else "neither 'differences' nor 'alike'"
            raise PydanticCustomError(
                "family", "", {"found": found, "expected": "what differs, or in 'alike' that nothing does"}
            )
        return self


class ParticularRecord(Record):
    """A measure that only its plan has, and why."""

    measure: MemberId
    why: Pair


class FollowRecord(Record):
    """What a district's plan makes of a commitment of the city."""

    relation: Relation
    measures: list[Id] = []
    how: Pair

    @model_validator(mode="after")
    def _measures(self) -> FollowRecord:
        if (self.relation == "leaves-out") == bool(self.measures):
            found = "measures beside 'leaves-out'" if self.measures else f"no measures for '{self.relation}'"
            raise PydanticCustomError(
                "follow", "", {"found": found, "expected": "measures, unless the plan leaves it out"}
            )
        return self


class CommitmentRecord(Record):
    action: Number
    what: Pair
    districts: Annotated[dict[str, FollowRecord], Field(min_length=1)]


class TaskRecord(Record):
    measure: Id
    commitments: Annotated[list[CommitmentRecord], Field(min_length=1)]
