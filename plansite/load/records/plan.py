"""One edition of one plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from plansite.load.records.base import (
    Count,
    Id,
    Line,
    MaybeLine,
    Named,
    Number,
    Pair,
    Record,
    Reviewed,
    UnitName,
    Value,
    WebAddress,
    Year,
)
from plansite.model import ROLES, Attribute, NoteKind, Op, Role

FILE_NAME = r"^[^./\\\s][^/\\]*$"  # of the document in the folder of sources; it leads nowhere else

Edition = Annotated[str, StringConstraints(pattern=r"^(undated|\d{4}-\d{2}(-\d{2})?)$")]
"""The date of an edition as printed; a document without one is undated."""


class SourceRecord(Record):
    file: Annotated[Line, StringConstraints(pattern=FILE_NAME)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    original: Literal["pdf", "docx", "html", "txt", "scanned-pdf"]


class KeyNumberRecord(Record):
    indicator: Number


class StandingRecord(Record):
    """Bodies that a remark in the note of one measure adds to every later one; `with` as the remark spells them."""

    measure: Id
    with_: Annotated[list[Line], Field(alias="with", min_length=1)]


class PlanRecord(Reviewed):
    """What the document does not say stays out: no `issuer`, `edition: undated`, null for an unknown first year.

    `follows` is the plan of the period before.
    """

    id: Id
    jurisdiction: Id
    kind: Literal["five-year-plan", "action-plan"]
    title: Pair
    short_title: Pair
    issuer: Pair | None = None
    document_number: MaybeLine = ""
    period: Annotated[list[Year | None], Field(min_length=2, max_length=2)]
    edition: Edition
    issued: Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""
    url: WebAddress = ""
    based_on: list[Id] = []
    follows: Id | None = None
    summary: Pair
    key_numbers: list[KeyNumberRecord] = []
    standing: StandingRecord | None = None
    source: SourceRecord


class GroupRecord(Record):
    mark: Annotated[str, StringConstraints(pattern=r"^[一二三四五六七八九十]+$")]
    title: Pair
    items: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None


class SectionRecord(Record):
    number: Number
    title: Pair
    intro: Pair | None = None
    groups: list[GroupRecord] = []


class ChapterRecord(Reviewed):
    """`places` and `cites` are named in paragraphs of the chapter that are no measures."""

    number: Number
    title: Pair
    subtitle: Pair | None = None
    intro: Pair | None = None
    places: list[Id] = []
    cites: list[Id] = []
    sections: list[SectionRecord] = []


class LocatorRecord(Record):
    chapter: Number
    section: Number
    item: Number


class PlacementRecord(Record):
    chapter: Number
    section: Number
    group: Number | None = None


class QuantityRecord(Record):
    """A number (`value` with `unit`) or a target in words (`worded`)."""

    what: Pair
    indicator: Id | None = None
    op: Op | None = None
    value: Value | None = None
    unit: UnitName | None = None
    worded: Id | None = None
    year: Year | None = None
    compared_with: Year | None = None
    scope: Id | None = None
    topic: Id | None = None

    @model_validator(mode="after")
    def _number_or_words(self) -> QuantityRecord:
        found = ""
        if self.value is None and self.worded is None:
            found = "neither 'value' nor 'worded'"
        elif self.value is not None and self.worded is not None:
            found = "both 'value' and 'worded'"
        elif self.value is not None and self.unit is None:
            found = "a value without 'unit'"
        elif self.worded is not None and (self.op or self.unit):
            found = "'op' or 'unit' beside 'worded'"
        if found:
            raise PydanticCustomError("quantity", "", {"found": found, "expected": "'value' with 'unit', or 'worded'"})
        return self


class AssignmentsRecord(Record):
    """The spellings of the responsibility note, by what it prints after them."""

    lead: list[Line] = []
    responsible: list[Line] = []
    shared: list[Line] = []
    with_: Annotated[list[Line], Field(alias="with")] = []
    unstated: list[Line] = []

    def by_role(self) -> Iterator[tuple[Role, list[str]]]:
        """Every role with its spellings, the strongest first."""
        for role in ROLES:
            yield role, getattr(self, "with_" if role == "with" else role)

    @model_validator(mode="after")
    def _someone(self) -> AssignmentsRecord:
        if not any(words for role, words in self.by_role() if role != "with"):
            raise PydanticCustomError(
                "nobody", "", {"found": "nobody, or only bodies under 'with'", "expected": "a body that they support"}
            )
        return self


class ExceptionRecord(Record):
    """A number in which a restatement differs from the official paragraph, and why."""

    number: Line
    why: Pair


class MeasureRecord(Reviewed):
    id: Id
    at: LocatorRecord
    heading: Line
    title: Pair
    summary: Pair
    actions: Annotated[list[Pair], Field(min_length=1)]
    targets: list[QuantityRecord] = []
    departments: AssignmentsRecord
    topics: Annotated[list[Id], Field(min_length=1, max_length=5)]
    places: list[Id] = []
    cites: list[Id] = []
    exceptions: list[ExceptionRecord] = []
    split_from: Id | None = None


class BoxRecord(Record):
    number: Number
    title: Pair
    at: PlacementRecord


class DeclaredRecord(Record):
    total: Number
    binding: Count
    anticipatory: Count


class CellRecord(Record):
    printed: MaybeLine
    op: Op | None = None
    value: Value | None = None
    worded: Id | None = None


class CategoryRecord(Named):
    pass


class IndicatorRecord(Reviewed):
    number: Number
    category: Id
    name: Pair
    printed_name: Line
    concept: Id
    unit: UnitName
    baseline: CellRecord | None = None
    target: CellRecord
    attribute: Attribute
    scope: Id | None = None


class IndicatorsRecord(Record):
    """The table of targets; without `baseline_year` or `declared` where no baseline or count is printed."""

    box: BoxRecord
    declared: DeclaredRecord | None = None
    baseline_year: Year | None = None
    target_year: Year
    categories: Annotated[list[CategoryRecord], Field(min_length=1)]
    rows: Annotated[list[IndicatorRecord], Field(min_length=1)]


class GoalRecord(QuantityRecord, Reviewed):
    """A target that stands in the running text of a section without tasks."""

    id: Id
    at: PlacementRecord


class CompletionRowRecord(Reviewed):
    """A target of the earlier period and what was reached, as printed and normalised."""

    number: Number
    category: Id
    name: Pair
    printed_name: Line
    concept: Id | None = None
    unit: UnitName
    planned: CellRecord
    achieved: CellRecord
    attribute: Attribute | None = None
    remark: Pair | None = None


class CompletionRecord(Record):
    box: BoxRecord
    year: Year
    categories: Annotated[list[CategoryRecord], Field(min_length=1)]
    rows: Annotated[list[CompletionRowRecord], Field(min_length=1)]


class ProjectRecord(Reviewed):
    id: Id
    box: Number
    mark: Line | None = None
    name: Pair
    text: Pair
    quantities: list[QuantityRecord] = []
    topics: Annotated[list[Id], Field(min_length=1, max_length=5)]
    places: list[Id] = []
    cites: list[Id] = []
    measures: list[Id] = []


class ProjectsRecord(Record):
    boxes: Annotated[list[BoxRecord], Field(min_length=1)]
    projects: Annotated[list[ProjectRecord], Field(min_length=1)]


class ProgressRecord(Reviewed):
    id: Id
    at: PlacementRecord
    topics: Annotated[list[Id], Field(min_length=1, max_length=5)]
    text: Pair
    figures: list[QuantityRecord] = []
    places: list[Id] = []
    cites: list[Id] = []


class SubjectRecord(Record):
    """Exactly one of the places, and what stands there: a value in both languages (`says`) or the words (`printed`)."""

    indicator: Number | None = None
    measure: Id | None = None
    project: Id | None = None
    progress: Id | None = None
    chapter: Number | None = None
    section: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")] | None = None
    front: Literal["contents", "preface", "cover"] | None = None
    goal: Id | None = None
    completion: Number | None = None
    says: Pair | None = None
    printed: Line | None = None

    @model_validator(mode="after")
    def _one(self) -> SubjectRecord:
        if sum(value is not None for name, value in self if name not in ("says", "printed")) != 1:
            kinds = "indicator, measure, project, progress, chapter, section, front, goal, completion"
            raise PydanticCustomError(
                "subject", "", {"found": "no single place", "expected": f"exactly one of {kinds}"}
            )
        return self


class NoteRecord(Reviewed):
    id: Id
    kind: NoteKind
    title: Pair
    text: Pair
    places: Annotated[list[SubjectRecord], Field(min_length=1)]
