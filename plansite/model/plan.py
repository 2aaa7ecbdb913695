"""One plan: its outline, measures, indicators, goals, projects, claimed results and the editors' notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from plansite.model.history import NewTask, Succeeded, Withdrawn
from plansite.model.text import Attribute, Locale, NoteKind, Op, Responsibility, SubjectKind, Text
from plansite.model.vocabulary import Unit, WordedValue
from plansite.model.wording import Assignment


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    `value` with `unit`, or `worded`; `year` is the deadline or the year reached, 0 if the document gives none;
    `compared_with` is the base year of a change, 0 if it is no change.
    `scope` is what the number covers, empty for the whole area of the plan. `topic` is what it is about, empty where
    its indicator says so or the main topic of its measure.
    """

    what: Text
    op: Op = "="
    value: float | int | None = None
    unit: Unit | None = None
    worded: WordedValue | None = None
    year: int = 0
    compared_with: int = 0
    concept: str = ""
    scope: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class NumberException:
    """A number that stands in a restatement or in its official paragraph, not in both, and why."""

    number: str
    why: Text


@dataclass(frozen=True, slots=True)
class Measure:
    """A task paragraph that ends in a responsibility note."""

    id: str
    plan: str
    chapter: int
    section: int
    item: int
    heading: str
    title: Text
    summary: Text
    actions: tuple[Text, ...]
    targets: tuple[Quantity, ...]
    assignments: tuple[Assignment, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    cites: tuple[str, ...]
    exceptions: tuple[NumberException, ...] = ()
    split_from: str = ""
    needs_review: tuple[Locale, ...] = ()

    @property
    def place(self) -> tuple[int, int, int]:
        """Chapter, section and item, for comparing."""
        return self.chapter, self.section, self.item

    @property
    def locator(self) -> str:
        """Chapter, section and item, for instance 4.3.1."""
        return f"{self.chapter}.{self.section}.{self.item}"

    def responsibility(self, assignment: Assignment) -> Responsibility:
        """The part of one of its bodies."""
        roles = [each.role for each in self.assignments]
        match assignment.role:
            case "lead":
                return "named-lead"
            case "with":
                return "supporting"
            case "unstated":
                return "unstated"
            case _ if "lead" in roles:
                return "under-lead"
            case "shared":
                return "shared"
        return "sole" if roles.count("responsible") == 1 else "joint"


@dataclass(frozen=True, slots=True)
class Group:
    """A sub-heading of a section, with the first and last measure item below it ((0, 0): none)."""

    mark: str
    title: Text
    items: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Section:
    number: int
    title: Text
    intro: Text | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """`places` and `cites` are named in paragraphs of the chapter that are no measures."""

    number: int
    title: Text
    subtitle: Text | None
    intro: Text | None
    places: tuple[str, ...]
    cites: tuple[str, ...]
    sections: tuple[Section, ...]
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an indicator table: as printed, and normalised where it holds a number or a worded value."""

    printed: str
    op: Op = "="
    value: float | int | None = None
    worded: WordedValue | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of a plan's indicator table."""

    number: int
    category: str
    name: Text
    printed_name: str
    concept: str
    unit: Unit
    baseline: Cell
    target: Cell
    attribute: Attribute
    scope: str = ""
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏 of a plan: a framed list of projects, or the indicator table."""

    number: int
    title: Text
    chapter: int
    section: int


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A plan's indicators; `declared` holds the counts the text gives: total, binding, anticipatory."""

    box: Box
    declared: tuple[int, int, int] | None
    baseline_year: int
    target_year: int
    categories: dict[str, Text]
    rows: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A target that stands in the running text of a section without tasks, not in the indicator table."""

    id: str
    plan: str
    chapter: int
    section: int
    quantity: Quantity
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """A row of the table that tells how earlier targets were met; `attribute` is None if none is printed."""

    number: int
    category: str
    name: Text
    printed_name: str
    unit: Unit
    planned: Cell
    achieved: Cell
    attribute: Attribute | None
    concept: str = ""
    remark: Text | None = None
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionTable:
    """Targets of the earlier period and what the plan says was reached in `year`."""

    box: Box
    year: int
    categories: dict[str, Text]
    rows: tuple[CompletionRow, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Bodies that, by a remark in the note of one measure, help carry out every later one without being named there."""

    measure: str
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Project:
    id: str
    plan: str
    box: int
    mark: str
    name: Text
    text: Text
    quantities: tuple[Quantity, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    cites: tuple[str, ...]
    measures: tuple[str, ...]
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A result claimed for the earlier five-year period."""

    id: str
    plan: str
    chapter: int
    section: int
    group: int
    text: Text
    figures: tuple[Quantity, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    cites: tuple[str, ...]
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A place in a document that a note speaks of; `key` is its id, number or locator within the plan.

    What stands there is a value told in both languages (`says`), or words to the letter (`printed`), or both.
    """

    kind: SubjectKind
    key: str
    says: Text | None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's remark about a document."""

    id: str
    plan: str
    kind: NoteKind
    title: Text
    text: Text
    subjects: tuple[Subject, ...]
    needs_review: tuple[Locale, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file the plan's data was taken from. `original` is the format it was published in."""

    file: str
    sha256: str
    original: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The current edition of a plan, or (among `earlier`, the newest first) one that it took the place of.

    `period` are first and last year, 0 for one the document does not say; `edition` is empty if it has no date.
    `follows` is the plan of the period before; `succession` says what became of that plan's measures.
    """

    id: str
    jurisdiction: str
    kind: str
    title: Text
    short_title: Text
    issuer: Text | None
    document_number: str
    period: tuple[int, int]
    edition: str
    issued: str
    url: str
    based_on: tuple[str, ...]
    summary: Text
    key_numbers: tuple[int, ...]
    source: Source
    chapters: tuple[Chapter, ...]
    measures: dict[str, Measure]
    indicators: IndicatorTable | None
    goals: dict[str, Goal]
    completion: CompletionTable | None
    standing: Standing | None
    boxes: tuple[Box, ...]
    projects: dict[str, Project]
    progress: dict[str, Progress]
    notes: dict[str, Note]
    follows: str = ""
    needs_review: tuple[Locale, ...] = ()
    earlier: tuple[Plan, ...] = ()
    withdrawn: dict[str, Withdrawn] = field(default_factory=dict)
    new_tasks: tuple[NewTask, ...] = ()
    succession: tuple[Succeeded, ...] = ()

    def standing_for(self, measure: Measure) -> tuple[Assignment, ...]:
        """The bodies that a remark adds to a measure without naming them in its note."""
        if not self.standing:
            return ()
        stated = self.known(self.standing.measure)
        return self.standing.assignments if measure.place > stated.place else ()

    def versions(self, id: str) -> list[tuple[Plan, Measure]]:
        """A measure in each edition that has it, the newest first, with that edition."""
        return [(plan, plan.measures[id]) for plan in (self, *self.earlier) if id in plan.measures]

    def contemporary(self, other: Plan) -> bool:
        """Whether two plans speak of the same years."""
        return periods_meet(self.period, other.period)

    @property
    def changed(self) -> list[str]:
        """The measures whose text, numbers, bodies or place differ between editions, and those withdrawn."""
        ids = [id for id in self.measures if len(set(map(_said, self.versions(id)))) > 1]
        return [*ids, *self.withdrawn]

    def known(self, id: str) -> Measure:
        """A measure, or the last version of one that was withdrawn: its address still answers."""
        return self.versions(id)[0][1]

    def chapter(self, number: int) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.number == number)


def periods_meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two periods have a year in common; an unknown first year is 0."""
    return one[0] <= other[1] and other[0] <= one[1]


def _said(version: tuple[Plan, Measure]) -> tuple[object, ...]:
    """What two versions of a measure may differ in for a reader."""
    measure = version[1]
    return (
        measure.place,
        measure.heading,
        measure.summary,
        measure.actions,
        tuple((t.what, t.op, t.value, t.unit, t.worded, t.year) for t in measure.targets),
        measure.assignments,
    )
