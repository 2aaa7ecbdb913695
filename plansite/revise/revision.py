"""Everything that a new document changes in a plan, found out before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plansite.ingest.front import Front
from plansite.load.reading import PlanFiles
from plansite.revise.align import Alignment, align
from plansite.revise.before import known_measures
from plansite.revise.boxes import BoxesChange, boxes_change
from plansite.revise.changes import Change, change
from plansite.revise.headings import HeadingChange, heading_changes
from plansite.revise.images import Images, images, moved
from plansite.revise.likeness import plain
from plansite.revise.passages import EntryChange, ParagraphChange, entry_changes, paragraph_changes
from plansite.revise.rows import COMPLETION_CELLS, INDICATOR_CELLS, TableChange, find_table, table_change
from plansite.sources.document import Document
from plansite.sources.outline import Outline


@dataclass(frozen=True)
class Revision:
    """A plan's current data beside a new document.

    `official` is the document of the current edition; None where it is not at hand, and `missing` says why.
    `indicators` and `completion` are None where the data has no such table.
    """

    plan: PlanFiles
    edition: str
    document: Document
    outline: Outline
    front: Front
    official: Outline | None
    missing: str
    alignment: Alignment
    images: Images
    changes: tuple[Change, ...]
    headings: tuple[HeadingChange, ...]
    indicators: TableChange | None
    completion: TableChange | None
    boxes: BoxesChange
    paragraphs: tuple[ParagraphChange, ...]
    goals: tuple[EntryChange, ...]
    progress: tuple[EntryChange, ...]

    @property
    def record(self) -> Any:
        """What `plan.yaml` holds."""
        return self.plan.record("plan.yaml")

    @cached_property
    def by_id(self) -> Mapping[str, Change]:
        return {each.pair.old.id: each for each in self.changes}

    @cached_property
    def into(self) -> Mapping[str, str]:
        """Measure that was merged → the measure it went into."""
        return {old.id: pair.old.id for pair in self.alignment.pairs for old in pair.merged}

    @property
    def gone(self) -> set[str]:
        """Measures that are not in the new edition: dropped, or merged into another one."""
        return {old.id for old in self.alignment.gone} | set(self.into)

    def section_of(self, chapter: int, section: int) -> tuple[int, int] | None:
        """Where a section of the data is in the document."""
        return self.images.sections.get((chapter, section))


def analyse(
    plan: PlanFiles, edition: str, document: Document, outline: Outline, official: Outline | None, missing: str
) -> Revision:
    """Align and compare; the data is sound, and nothing is refused here."""
    chapters = plan.record("outline.yaml")
    alignment = align(known_measures(plan, official), outline.tasks)
    where = images(chapters, outline, alignment.pairs)
    gone_elsewhere = moved(alignment.pairs, where)
    tables = dict(_tables(plan, official, outline, where))
    return Revision(
        plan=plan,
        edition=edition,
        document=document,
        outline=outline,
        front=Front.of(document, outline),
        official=official,
        missing=missing,
        alignment=alignment,
        images=where,
        changes=tuple(change(pair, gone_elsewhere, where) for pair in alignment.pairs),
        headings=heading_changes(chapters, outline, where),
        indicators=tables.get("indicators.yaml"),
        completion=tables.get("completion.yaml"),
        boxes=boxes_change(plan.record("projects.yaml"), official, outline),
        paragraphs=paragraph_changes(official, outline, where) if official else (),
        goals=entry_changes(plan.record("goals.yaml") or (), official, outline, where),
        progress=entry_changes(plan.record("progress.yaml") or (), official, outline, where),
    )


def _tables(
    plan: PlanFiles, official: Outline | None, outline: Outline, where: Images
) -> Iterator[tuple[str, TableChange]]:
    for name, cells in (("indicators.yaml", INDICATOR_CELLS), ("completion.yaml", COMPLETION_CELLS)):
        if record := plan.record(name):
            before = find_table(official.tables, record) if official else None
            section = (record.box.at.chapter, record.box.at.section) in where.sections
            yield name, table_change(record, find_table(outline.tables, record), before, cells, section=section)


def same(one: str, other: str) -> bool:
    """Whether two printed texts differ in nothing but what printing may change."""
    return plain(one) == plain(other)
