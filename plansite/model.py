"""What the site is about: frozen records that know each other only through ids and vocabulary entries.

The loader makes them, everything later reads them. Texts for readers are `Text` pairs; `text[locale]` gives one side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Locale = Literal["zh", "en"]
LOCALES: tuple[Locale, Locale] = ("zh", "en")

Role = Literal["lead", "responsible", "with"]
Op = Literal["=", ">=", "<=", ">", "<"]
Attribute = Literal["binding", "anticipatory"]
Direction = Literal["higher", "lower"]
NoteKind = Literal["contradiction", "count", "numbering", "naming", "slip", "unit", "unclear"]
SubjectKind = Literal["indicator", "measure", "project", "progress", "chapter", "section", "front"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def __getitem__(self, locale: Locale) -> str:
        return self.zh if locale == "zh" else self.en


# --- vocabularies ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement or a counting word; `symbol` stands behind a number, an empty one means none."""

    id: str
    name: Text
    symbol: Text


@dataclass(frozen=True, slots=True)
class WordedValue:
    """A target that a plan gives in words, such as "as assigned by the city"."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Topic:
    """What a measure is about; `parent` is empty on the first of the two levels."""

    id: str
    name: Text
    parent: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A named river, reservoir, park, township, road or zone; `printed` holds other spellings in the documents."""

    id: str
    kind: str
    name: Text
    jurisdictions: tuple[str, ...]
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A law, regulation, standard or programme that a measure names."""

    id: str
    name: Text
    level: str


@dataclass(frozen=True, slots=True)
class Body:
    """One jurisdiction's own body for a department role, with every spelling its plans print."""

    name: Text
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A role in government; `bodies` maps a jurisdiction id to the body that has the role there."""

    id: str
    name: Text
    bodies: dict[str, Body]


@dataclass(frozen=True, slots=True)
class Concept:
    """What an indicator measures, independent of a plan."""

    id: str
    name: Text
    direction: Direction
    unit: Unit
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry."""

    id: str
    term: Text
    definition: Text
    aliases_zh: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


# --- a plan ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    `value` with `unit`, or `worded`; `year` is the deadline or the year reached, 0 if the document gives none;
    `compared_with` is the base year of a change, 0 if it is no change.
    """

    what: Text
    op: Op = "="
    value: float | int | None = None
    unit: Unit | None = None
    worded: WordedValue | None = None
    year: int = 0
    compared_with: int = 0
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A responsible body of a measure, as the responsibility note prints it."""

    department: str
    role: Role
    printed: str


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

    @property
    def locator(self) -> str:
        """Chapter, section and item, for instance 4.3.1."""
        return f"{self.chapter}.{self.section}.{self.item}"


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
    declared: tuple[int, int, int]
    baseline_year: int
    target_year: int
    categories: dict[str, Text]
    rows: tuple[Indicator, ...]


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


@dataclass(frozen=True, slots=True)
class Source:
    """The file the plan's data was taken from. `original` is the format it was published in."""

    file: str
    sha256: str
    original: str


@dataclass(frozen=True, slots=True)
class Plan:
    id: str
    jurisdiction: str
    kind: str
    title: Text
    short_title: Text
    issuer: Text
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
    boxes: tuple[Box, ...]
    projects: dict[str, Project]
    progress: dict[str, Progress]
    notes: dict[str, Note]

    def chapter(self, number: int) -> Chapter:
        return next(chapter for chapter in self.chapters if chapter.number == number)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A city or district; `names` are short names a reader may type before a locator (净月 4.3.1)."""

    id: str
    kind: str
    name: Text
    official_name: Text
    parent: str
    names: tuple[str, ...]
    summary: Text


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the publication log: what this site published or corrected, and when."""

    date: str
    text: Text
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteInfo:
    name: Text
    tagline: Text
    description: Text
    publisher: Text
    base_url: str
    repository: str
    contact: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A prose page: Markdown with front matter. `key` is its path below `content/LOCALE/` without the suffix."""

    key: str
    title: Text
    description: Text
    markdown: Text
    order: int


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that was loaded; mappings keep the order of the files."""

    info: SiteInfo
    jurisdictions: dict[str, Jurisdiction]
    plans: dict[str, Plan]
    departments: dict[str, Department]
    topics: dict[str, Topic]
    places: dict[str, Place]
    cited_documents: dict[str, CitedDocument]
    concepts: dict[str, Concept]
    units: dict[str, Unit]
    worded_values: dict[str, WordedValue]
    terms: dict[str, Term]
    articles: dict[str, Article] = field(default_factory=dict)

    def body(self, department: str, jurisdiction: str) -> Text:
        """The name of the body that has a department's role in a jurisdiction."""
        entry = self.departments[department]
        body = entry.bodies.get(jurisdiction)
        return body.name if body else entry.name
