"""The measures of the current edition: what the data says of them, and their official paragraphs where those are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plansite.load.reading import PlanFiles
from plansite.revise.likeness import plain
from plansite.sources.outline import NamedBody, Outline, Task


@dataclass(frozen=True, slots=True)
class Known:
    """A measure of the data. `words` is its restatement, `where` its file and line, `group` the sub-heading above it.

    `task` is its paragraph in the official document; None if that is not at hand, or does not hold it.
    """

    id: str
    chapter: int
    section: int
    item: int
    group: int
    heading: str
    bodies: tuple[NamedBody, ...]
    words: str
    where: str
    task: Task | None

    @property
    def locator(self) -> str:
        return f"{self.chapter}.{self.section}.{self.item}"


def known_measures(plan: PlanFiles, official: Outline | None) -> tuple[Known, ...]:
    """Every measure of the current edition, in the order of the files."""
    find = _Paragraphs(official)
    groups = _groups(plan.record("outline.yaml"))
    return tuple(
        Known(
            id=record.id,
            chapter=record.at.chapter,
            section=record.at.section,
            item=record.at.item,
            group=groups.get((record.at.chapter, record.at.section, record.at.item), 0),
            heading=record.heading,
            bodies=named_bodies(record.departments),
            words="".join([record.title.zh, *(action.zh for action in record.actions)]),
            where=f"{loaded.file.name}:{loaded.file.position((index,))[0]}",
            task=find(record),
        )
        for loaded in plan.measures
        for index, record in enumerate(loaded.record)
    )


def named_bodies(departments: Any) -> tuple[NamedBody, ...]:
    """The bodies of an entry, role by role."""
    return tuple(NamedBody(word, role) for role, words in departments.by_role() for word in words)


def _groups(chapters: Any) -> dict[tuple[int, int, int], int]:
    """Chapter, section and item → the number of the sub-heading above, from 1."""
    return dict(_below(chapters))


def _below(chapters: Any) -> Iterator[tuple[tuple[int, int, int], int]]:
    for chapter in chapters:
        for section in chapter.sections:
            for number, group in enumerate(section.groups, 1):
                for item in range(group.items[0], group.items[1] + 1) if group.items else ():
                    yield (chapter.number, section.number, item), number


class _Paragraphs:
    """Looks up the paragraph of a measure: at its locator if the heading is right, else the one with its heading."""

    def __init__(self, official: Outline | None) -> None:
        self._tasks = official.tasks if official else ()
        self._at = {task.locator: task for task in self._tasks}

    def __call__(self, record: Any) -> Task | None:
        task = self._at.get(f"{record.at.chapter}.{record.at.section}.{record.at.item}")
        if task and plain(task.heading) == plain(record.heading):
            return task
        alike = [task for task in self._tasks if plain(task.heading) == plain(record.heading)]
        return alike[0] if len(alike) == 1 else None
