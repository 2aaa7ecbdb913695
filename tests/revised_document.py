"""A revised edition of a real document, made by editing its lines; the words that are put in are the tests' own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT, SOURCES

from plansite.sources.outline import Task
from plansite.sources.parse import parse
from plansite.sources.readers import read_document


class RevisedDocument:
    """The lines of a plan's document; tasks are named by the ids of their measures.

    Skips the test where the document is not at hand.
    """

    def __init__(self, plan: str) -> None:
        path = SOURCES / f"{plan}.txt"
        if not path.is_file():
            pytest.skip(f"the official document {path.name} is not at hand (../shared/sources)")
        self.outline = parse(read_document(path))
        self._lines: dict[int, list[str]] = {
            number: [line] for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        }
        self._order = list(self._lines)
        self._tasks = _tasks(plan, self.outline.tasks)

    def write(self, path: Path) -> Path:
        text = "\n".join(line for number in self._order for line in self._lines[number])
        path.write_text(text, encoding="utf-8")
        return path

    # --- tasks ---

    def replace(self, measure: str, old: str, new: str) -> None:
        """Put other words in the place of some that stand once in the paragraph of a measure."""
        self.replace_in(self._numbers(measure), old, new)

    def remove(self, measure: str) -> None:
        for number in self._numbers(measure):
            self._lines[number] = []

    def add_after(self, measure: str, paragraph: str) -> None:
        """Another paragraph behind that of a measure."""
        self._lines[self._numbers(measure)[-1]] += ["", paragraph]

    def move(self, measure: str, *, after: str = "", before: str = "") -> None:
        """Take the paragraph of a measure behind, or before, that of another."""
        moved = [line for number in self._numbers(measure) for line in [*self._lines[number], ""]]
        self.remove(measure)
        if after:
            self._lines[self._numbers(after)[-1]] += ["", *moved[:-1]]
        else:
            first = self._numbers(before)[0]
            self._lines[first] = [*moved, *self._lines[first]]

    def text(self, measure: str) -> str:
        return self._tasks[measure].text

    def note(self, measure: str) -> str:
        return self._tasks[measure].note

    def _numbers(self, measure: str) -> list[int]:
        return [place.number for place in self._tasks[measure].places]

    # --- anything ---

    def replace_in(self, numbers: Sequence[int], old: str, new: str) -> None:
        """Put other words in the place of some that stand once in these lines."""
        found = [(number, index) for number in numbers for index, line in enumerate(self._lines[number]) if old in line]
        assert len(found) == 1, (old, found)
        number, index = found[0]
        assert self._lines[number][index].count(old) == 1, old
        self._lines[number][index] = self._lines[number][index].replace(old, new)

    def heading(self, chapter: int, section: int = 0) -> int:
        """The line of a heading."""
        found = next(each for each in self.outline.chapters if each.number == chapter)
        return next(s.place.number for s in found.sections if s.number == section) if section else found.place.number

    def insert_before(self, number: int, lines: Sequence[str]) -> None:
        self._lines[number] = [*lines, *self._lines[number]]

    def swap_chapters(self, first: int, second: int) -> None:
        """Two chapters that follow each other change places; their headings keep the old numbers."""
        a, b, end = self.heading(first), self.heading(second), self.heading(second + 1)
        i, j, k = (self._order.index(number) for number in (a, b, end))
        self._order[i:k] = [*self._order[j:k], *self._order[i:j]]


def _tasks(plan: str, tasks: Sequence[Task]) -> dict[str, Task]:
    at = {task.locator: task for task in tasks}
    records = [
        record
        for path in sorted((PROJECT / "data/plans" / plan / "measures").glob("*.yaml"))
        for record in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    ]
    return {record["id"]: at[".".join(str(number) for number in record["at"].values())] for record in records}
