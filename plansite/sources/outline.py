"""The outline of a plan as its document prints it: what the parser finds and the proof compares with the data."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model import Role
from plansite.sources.document import Place


@dataclass(frozen=True, slots=True)
class Repair:
    """A mend of what extraction broke; `kind` is countable (bookmark, page-number, page-break, stray-space …).

    A `reported` one was not mended: it looks like a slip of recognition that changes a character.
    """

    kind: str
    place: Place
    before: str
    after: str
    reported: bool = False


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A cleaned paragraph; `places` names every piece of the file it was put together from."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body in a responsibility note, as printed, without 牵头, 负责 and the like."""

    printed: str
    role: Role


@dataclass(frozen=True, slots=True)
class Task:
    """A task paragraph. `text` is the cleaned paragraph without its note; `note` the note without brackets.

    `remark` is what the note says of the bodies of all later tasks.
    """

    chapter: int
    section: int
    item: int
    group: int
    heading: str
    text: str
    note: str
    bodies: tuple[NamedBody, ...]
    places: tuple[Place, ...]
    remark: str = ""

    @property
    def locator(self) -> str:
        return f"{self.chapter}.{self.section}.{self.item}"


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A sub-heading (一、); `number` counts the groups of the section from 1."""

    number: int
    mark: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class SourceSection:
    number: int
    title: str
    place: Place
    intro: tuple[SourceParagraph, ...]
    groups: tuple[SourceGroup, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class SourceChapter:
    number: int
    title: str
    subtitle: str
    place: Place
    intro: tuple[SourceParagraph, ...]
    sections: tuple[SourceSection, ...]


@dataclass(frozen=True, slots=True)
class BoxItem:
    """An item of a 专栏; `mark` as printed (empty: none), `under` the title of the marked item it is a part of."""

    mark: str
    title: str
    text: str
    places: tuple[Place, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class SourceBox:
    number: int
    title: str
    chapter: int
    section: int
    place: Place
    items: tuple[BoxItem, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of an indicator table, cells as printed; `columns` holds every cell after the name in the printed order."""

    number: int
    category: str
    name: str
    columns: tuple[str, ...]
    attribute: str
    place: Place


@dataclass(frozen=True, slots=True)
class SourceTable:
    """An indicator table; `box` is its 专栏 number, `heads` the printed column heads after the name."""

    box: int
    title: str
    heads: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something the parser could not place, and why."""

    place: Place
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole document. `remark` holds bodies that a whole-chapter remark adds to every later task."""

    name: str
    sha256: str
    preface: tuple[SourceParagraph, ...]
    chapters: tuple[SourceChapter, ...]
    boxes: tuple[SourceBox, ...]
    tables: tuple[SourceTable, ...]
    leftovers: tuple[Leftover, ...]
    repairs: tuple[Repair, ...]
    remark: str = ""

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for chapter in self.chapters for section in chapter.sections for task in section.tasks)
