"""From a document to the outline of the plan it prints.

Plans number their parts in two ways. Most have 第一章, 第一节 and, inside a section, 一、 or （一） as sub-headings; an
action plan has no chapters, so 一、 is the chapter and （一） the section. A task is a paragraph of a section that ends
in a responsibility note; tasks are counted within their section, across sub-headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from plansite.sources.boxes import box_length, read_items
from plansite.sources.clean import clean
from plansite.sources.document import Document, Place, Table
from plansite.sources.headings import LONGEST_LEAD, Heading, Kind, read_heading, split_lead
from plansite.sources.indicator_tables import Found, read_table
from plansite.sources.notes import Note, find_note, remark_bodies, split_tasks
from plansite.sources.outline import (
    Leftover,
    Outline,
    SourceBox,
    SourceChapter,
    SourceGroup,
    SourceParagraph,
    SourceSection,
    SourceTable,
    Task,
)
from plansite.sources.pieces import Ledger, Part, Piece

SURE_LEAD = range(5, 17)  # characters
OFTEN = 10  # times a body is named before another that looks like it is taken for a slip
WITHOUT_CHAPTERS: dict[Kind, Kind] = {"group": "chapter", "subgroup": "section"}

_BOX_NAMED = re.compile(r"见专栏\s*(\d{1,9})")
_IMPRINT = re.compile(r"(?:抄送|主送)[：:]|.{4,}\d日\s*印发$")


def parse(document: Document) -> Outline:
    """The outline of a document; what could not be placed is in `leftovers`, with the reason."""
    cleaned = clean(document.blocks)
    walk = _Walk(cleaned.parts, Ledger(list(cleaned.repairs)))
    walk.run()
    tasks = [task for chapter in walk.chapters for section in chapter.sections for task in section.tasks]
    _report_lookalikes(tasks, walk.ledger)
    remark = next((task.note.remark for task in tasks if task.note.remark), "")
    return Outline(
        name=document.name,
        sha256=document.sha256,
        preface=tuple(walk.preface),
        chapters=tuple(_finished_chapter(chapter) for chapter in walk.chapters),
        boxes=tuple(walk.boxes),
        tables=tuple(walk.tables),
        leftovers=tuple(walk.leftovers),
        repairs=tuple(walk.ledger.repairs),
        remark="、".join(body.printed for body in remark_bodies(remark)),
    )


@dataclass(slots=True)
class _Task:
    piece: Piece
    note: Note
    group: int

    @property
    def lead(self) -> str:
        """The bold words it starts with, or its first sentence if that reads as a heading."""
        bold = self.piece.lead
        if 1 < len(bold) <= LONGEST_LEAD and self.note.before.startswith(bold):
            return bold
        return split_lead(self.note.before)[0]

    @property
    def sure_lead(self) -> str:
        """The lead if it is bold, or neither long nor a catchword, and without a comma."""
        lead = self.lead
        sure = lead == self.piece.lead or (len(lead) in SURE_LEAD and "，" not in lead)
        return lead if sure else ""


@dataclass(slots=True)
class _Section:
    chapter: int
    number: int
    title: str
    place: Place
    intro: list[SourceParagraph] = field(default_factory=list)
    groups: list[SourceGroup] = field(default_factory=list)
    tasks: list[_Task] = field(default_factory=list)


@dataclass(slots=True)
class _Chapter:
    number: int
    title: str
    place: Place
    subtitle: str = ""
    intro: list[SourceParagraph] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)


class _Walk:
    """Goes through the parts once and fills what the outline holds."""

    def __init__(self, parts: Sequence[Part], ledger: Ledger) -> None:
        self.parts = parts
        self.ledger = ledger
        self.preface: list[SourceParagraph] = []
        self.chapters: list[_Chapter] = []
        self.boxes: list[SourceBox] = []
        self.tables: list[SourceTable] = []
        self.leftovers: list[Leftover] = []
        self._in_preface = False
        headings = [self._heading(part) for part in parts]
        self._kinds = {} if any(h and h.kind == "chapter" for h in headings) else WITHOUT_CHAPTERS

    def run(self) -> None:
        index = 0
        while index < len(self.parts):
            index += self._take(index)

    def _take(self, index: int) -> int:
        """Places the part at `index`; how many parts that took."""
        part = self.parts[index]
        heading = self._heading(part)
        if isinstance(part, Table) or "\t" in part.text.strip():
            return self._take_table(index)
        if heading and heading.kind == "box":
            return self._take_box(index, heading)
        if heading:
            self._take_heading(heading, part)
        else:
            self._take_paragraph(part)
        return 1

    @staticmethod
    def _heading(part: Part) -> Heading | None:
        return read_heading(part.text) if isinstance(part, Piece) else None

    def _section(self) -> _Section | None:
        return self.chapters[-1].sections[-1] if self.chapters and self.chapters[-1].sections else None

    def _leave(self, piece: Part, reason: str) -> None:
        text = piece.text if isinstance(piece, Piece) else " ".join(piece.rows[0])
        self.leftovers.append(Leftover(piece.place, text, reason))

    # --- headings ---

    def _take_heading(self, heading: Heading, piece: Piece) -> None:
        kind = self._kinds.get(heading.kind, heading.kind)
        section = self._section()
        if kind == "preface" and not self.chapters:
            self._in_preface = True
        elif kind == "chapter":
            number = self._number(heading, len(self.chapters) + 1, piece.place)
            self.chapters.append(_Chapter(number, heading.title, piece.place))
        elif kind == "section" and self.chapters:
            chapter = self.chapters[-1]
            number = self._number(heading, len(chapter.sections) + 1, piece.place)
            chapter.sections.append(_Section(chapter.number, number, heading.title, piece.place))
        elif kind in ("group", "subgroup") and section:
            section.groups.append(SourceGroup(len(section.groups) + 1, heading.mark, heading.title, piece.place))
        elif kind == "subtitle" and self.chapters and not section and not self.chapters[-1].intro:
            self.chapters[-1].subtitle = heading.title
        elif kind == "subtitle":
            self._take_paragraph(piece)
        else:
            self._leave(piece, "a heading outside the chapters")

    def _number(self, heading: Heading, expected: int, place: Place) -> int:
        """The printed number; the expected one where the printed one is a slip. Both oddities are reported."""
        if heading.number != expected:
            self.ledger.report("numbering", place, f"{heading.mark} {heading.title}")
        return heading.number or expected

    # --- paragraphs ---

    def _take_paragraph(self, piece: Piece) -> None:
        section = self._section()
        if not self.chapters and not self._in_preface:
            self._leave(piece, "before the first heading: cover or covering letter")
        elif not self.chapters:
            self.preface.append(piece.paragraph())
        elif _IMPRINT.match(piece.text):
            self._leave(piece, "at the end: distribution list or imprint")
        elif section is None:
            self.chapters[-1].intro.append(piece.paragraph())
        elif find_note(piece.text):
            parts = split_tasks(piece.text)
            if len(parts) > 1:
                self.ledger.report("joined-tasks", piece.place, f"{len(parts)} tasks in one paragraph")
            for text in parts:
                self._take_task(replace(piece, text=text), section)
        else:
            section.intro.append(piece.paragraph())

    def _take_task(self, piece: Piece, section: _Section) -> None:
        note = find_note(piece.text)
        assert note
        if not note.whole:
            self.ledger.mend("note-bracket", piece.place, piece.text[-12:], f"（…{note.text[-12:]}）")
        section.tasks.append(_Task(piece, note, len(section.groups)))

    # --- tables and boxes ---

    def _take_table(self, index: int) -> int:
        """Takes the table at `index`, or gives it up as a leftover."""
        found = read_table(self.parts, index, self._box_named_before(index), "", self.ledger)
        if not found:
            self._leave(self.parts[index], "a table that is no indicator table")
            return 1
        return self._keep_table(found)

    def _keep_table(self, found: Found) -> int:
        table = found.table
        self._expect_box(table.box, table.title, table.place)
        self.tables.append(table)
        for doubt in found.doubts:
            self.leftovers.append(Leftover(table.place, f"专栏{table.box} {table.title}".rstrip(), doubt))
        return found.length

    def _expect_box(self, number: int, title: str, place: Place) -> None:
        """Reports a box that does not follow the last one by one."""
        expected = max((printed.number for printed in self.boxes), default=0)
        expected = max(expected, max((table.box for table in self.tables), default=0)) + 1
        if number and number != expected:
            self.ledger.report("numbering", place, f"专栏{number} {title}")

    def _box_named_before(self, index: int) -> int:
        before = self.parts[index - 1] if index else None
        match = _BOX_NAMED.search(before.text) if isinstance(before, Piece) else None
        return int(match[1]) if match else 0

    def _take_box(self, index: int, heading: Heading) -> int:
        found = read_table(self.parts, index + 1, heading.number, heading.title, self.ledger)
        if found:
            return 1 + self._keep_table(found)
        length = box_length(self.parts, index + 1)
        pieces = [part for part in self.parts[index + 1 : index + 1 + length] if isinstance(part, Piece)]
        section = self._section()
        chapter = self.chapters[-1].number if self.chapters else 0
        number, place = section.number if section else 0, self.parts[index].place
        self._expect_box(heading.number, heading.title, place)
        self.boxes.append(SourceBox(heading.number, heading.title, chapter, number, place, read_items(pieces)))
        return 1 + length


# --- finishing ------------------------------------------------------------------------------------------------------


def _finished_chapter(chapter: _Chapter) -> SourceChapter:
    sections = tuple(_finished_section(section) for section in chapter.sections)
    return SourceChapter(chapter.number, chapter.title, chapter.subtitle, chapter.place, tuple(chapter.intro), sections)


def _finished_section(section: _Section) -> SourceSection:
    tasks = tuple(
        Task(
            chapter=section.chapter,
            section=section.number,
            item=item,
            group=task.group,
            heading=_heading_of(task, section),
            text=task.note.before,
            note=task.note.text,
            bodies=task.note.bodies,
            places=task.piece.places,
            remark=task.note.remark,
        )
        for item, task in enumerate(section.tasks, 1)
    )
    return SourceSection(
        section.number, section.title, section.place, tuple(section.intro), tuple(section.groups), tasks
    )


def _heading_of(task: _Task, section: _Section) -> str:
    """A task's own lead, else its sub-heading, else the section's title.

    First sentences are leads when every task below the same heading opens with one. A task that stands there alone
    needs a surer sign, for its first sentence may be short by chance.
    """
    siblings = [other for other in section.tasks if other.group == task.group]
    above = section.groups[task.group - 1].title if task.group else section.title
    if len(siblings) == 1:
        return task.sure_lead or above
    return task.lead if all(other.lead for other in siblings) else above


def _report_lookalikes(tasks: Sequence[_Task], ledger: Ledger) -> None:
    """Reports a body named once that is one character away from one named often; neither is changed."""
    counts = Counter(body.printed for task in tasks for body in task.note.bodies)
    common = [name for name, count in counts.items() if count >= OFTEN]
    for task in tasks:
        for body in task.note.bodies:
            name = body.printed
            if counts[name] == 1 and any(
                Levenshtein.distance(name, other) == 1 and name[0] == other[0] and name[-1] == other[-1]
                for other in common
            ):
                ledger.report("lookalike-body", task.piece.place, name)
