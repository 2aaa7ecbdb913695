"""What each YAML file may hold. These classes are also the JSON Schema that editors read."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

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

from plansite.model import Attribute, Direction, Facet, NoteKind, Op, Relation

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


class Symbols(Record):
    """What stands behind a number; empty when nothing does."""

    zh: str
    en: str


class Named(Record):
    id: Id
    name: Pair


# --- site and vocabularies -------------------------------------------------------------------------------------------


class ChangeRecord(Record):
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    plans: list[Id] = []
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
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+/$")]
    repository: str = ""
    contact: str = ""
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
    id: UnitId
    name: Pair
    symbol: Symbols


class ConceptRecord(Named):
    direction: Direction
    unit: UnitId
    topics: Annotated[list[Id], Field(min_length=1)]
    change: bool = False


class AliasesRecord(Record):
    zh: list[Line] = []
    en: list[Line] = []


class TermRecord(Record):
    id: Id
    term: Pair
    aliases: AliasesRecord = AliasesRecord()
    definition: Pair
    topics: list[Id] = []


# --- a plan ----------------------------------------------------------------------------------------------------------


class SourceRecord(Record):
    file: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    original: Literal["pdf", "docx", "html", "txt", "scanned-pdf"]


class KeyNumberRecord(Record):
    indicator: Number


class StandingRecord(Record):
    """Bodies that a remark in the note of one measure adds to every later one; `with` as the remark spells them."""

    measure: Id
    with_: Annotated[list[Printed], Field(alias="with", min_length=1)]


class PlanRecord(Record):
    """What the document does not say stays out: no `issuer`, `edition: undated`, null for an unknown first year."""

    id: Id
    jurisdiction: Id
    kind: Literal["five-year-plan", "action-plan"]
    title: Pair
    short_title: Pair
    issuer: Pair | None = None
    document_number: str = ""
    period: Annotated[list[Year | None], Field(min_length=2, max_length=2)]
    edition: Annotated[str, StringConstraints(pattern=r"^(undated|\d{4}-\d{2}(-\d{2})?)$")]
    issued: Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""
    url: str = ""
    based_on: list[Id] = []
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


class ChapterRecord(Record):
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
    unit: UnitId | None = None
    worded: Id | None = None
    year: Year | None = None
    compared_with: Year | None = None
    scope: Id | None = None

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
    """The spellings of the responsibility note."""

    lead: list[Printed] = []
    responsible: list[Printed] = []
    with_: Annotated[list[Printed], Field(alias="with")] = []

    @model_validator(mode="after")
    def _someone(self) -> AssignmentsRecord:
        if not self.lead and not self.responsible:
            raise PydanticCustomError(
                "nobody", "", {"found": "nobody under 'lead' or 'responsible'", "expected": "at least one body"}
            )
        return self


class ExceptionRecord(Record):
    """A number in which a restatement differs from the official paragraph, and why."""

    number: Line
    why: Pair


class MeasureRecord(Record):
    id: OwnId
    at: LocatorRecord
    heading: Printed
    title: Pair
    summary: Pair
    actions: Annotated[list[Pair], Field(min_length=1)]
    targets: list[QuantityRecord] = []
    departments: AssignmentsRecord
    topics: Annotated[list[Id], Field(min_length=1, max_length=5)]
    places: list[Id] = []
    cites: list[Id] = []
    exceptions: list[ExceptionRecord] = []


class BoxRecord(Record):
    number: Number
    title: Pair
    at: PlacementRecord


class DeclaredRecord(Record):
    total: Number
    binding: Count
    anticipatory: Count


class CellRecord(Record):
    printed: str
    op: Op | None = None
    value: Value | None = None
    worded: Id | None = None


class CategoryRecord(Named):
    pass


class IndicatorRecord(Record):
    number: Number
    category: Id
    name: Pair
    printed_name: Line
    concept: Id
    unit: UnitId
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


class GoalRecord(QuantityRecord):
    """A target that stands in the running text of a section without tasks."""

    id: OwnId
    at: PlacementRecord


class CompletionRowRecord(Record):
    """A target of the earlier period and what was reached, as printed and normalised."""

    number: Number
    category: Id
    name: Pair
    printed_name: Line
    concept: Id | None = None
    unit: UnitId
    planned: CellRecord
    achieved: CellRecord
    attribute: Attribute | None = None
    remark: Pair | None = None


class CompletionRecord(Record):
    box: BoxRecord
    year: Year
    categories: Annotated[list[CategoryRecord], Field(min_length=1)]
    rows: Annotated[list[CompletionRowRecord], Field(min_length=1)]


class ProjectRecord(Record):
    id: OwnId
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


class ProgressRecord(Record):
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


class NoteRecord(Record):
    id: Id
    kind: NoteKind
    title: Pair
    text: Pair
    places: Annotated[list[SubjectRecord], Field(min_length=1)]


# --- several plans at once -------------------------------------------------------------------------------------------

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


FILES: dict[str, Any] = {
    "site.yaml": SiteRecord,
    "jurisdictions.yaml": list[JurisdictionRecord],
    "vocab/departments.yaml": list[DepartmentRecord],
    "vocab/topics.yaml": list[TopicGroupRecord],
    "vocab/places.yaml": list[PlaceRecord],
    "vocab/cited-documents.yaml": list[CitedDocumentRecord],
    "vocab/units.yaml": list[UnitRecord],
    "vocab/worded-values.yaml": list[Named],
    "vocab/indicators.yaml": list[ConceptRecord],
    "vocab/scopes.yaml": list[Named],
    "vocab/glossary.yaml": list[TermRecord],
    "shared-measures/*.yaml": list[FamilyRecord],
    "particular-measures/*.yaml": list[ParticularRecord],
    "cascades/*.yaml": list[TaskRecord],
    "plans/*/plan.yaml": PlanRecord,
    "plans/*/outline.yaml": list[ChapterRecord],
    "plans/*/measures/*.yaml": list[MeasureRecord],
    "plans/*/indicators.yaml": IndicatorsRecord,
    "plans/*/goals.yaml": list[GoalRecord],
    "plans/*/completion.yaml": CompletionRecord,
    "plans/*/projects.yaml": ProjectsRecord,
    "plans/*/progress.yaml": list[ProgressRecord],
    "plans/*/notes.yaml": list[NoteRecord],
}
"""Every file below `data/` and what it holds; `*` stands for a plan's id, a chapter's number or a theme."""

REQUIRED_OF_PLAN = ("plan.yaml", "outline.yaml")
