"""The official wording, when the documents are at hand: the passage that a measure, project or result restates.

It is read from the source files at build time and stands only in the built site, never in the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from plansite.model import CompletionRow, Goal, Indicator, Measure, Plan, Progress, Project, Quantity
from plansite.sources.document import Place
from plansite.sources.outline import Outline, SourceParagraph, SourceSection
from plansite.verify.numerals import Mention, canonical, mentions
from plansite.verify.restatement import number_of

SENTENCE = re.compile(r"[^。；！？]+[。；！？]*[”’）]*")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of official wording: its sentences in order, its places in the file, and the file with its SHA-256."""

    sentences: tuple[str, ...]
    places: tuple[Place, ...]
    file: str
    sha256: str

    def sentence_of(self, quantity: Quantity) -> int:
        """The number, from 1, of the sentence that holds a quantity's value (its year, if worded); 0 if none does."""
        return self.sentence_with(Decimal(str(quantity.year if quantity.value is None else quantity.value)))

    def sentence_with(self, value: Decimal) -> int:
        """The number, from 1, of the first sentence that holds a number, in digits or else in words; 0 if none does."""
        in_digits = (number for number, text in enumerate(self.sentences, 1) if value in _numbers(text))
        in_words = (number for number, text in enumerate(self.sentences, 1) if canonical(value) in _readings(text))
        return next(in_digits, 0) or next(in_words, 0)


@dataclass(frozen=True, slots=True)
class Official:
    """The official wording of one plan, from its parsed document."""

    outline: Outline

    def measure(self, measure: Measure) -> Passage | None:
        """The task paragraph with its responsibility note."""
        task = next((task for task in self.outline.tasks if task.locator == measure.locator), None)
        return self._passage(f"{task.text}（{task.note}）", task.places) if task else None

    def project(self, project: Project) -> Passage | None:
        """The item of a box: the one with the project's name, or the only one with its mark."""
        items = [item for box in self.outline.boxes if box.number == project.box for item in box.items]
        found = [item for item in items if _bare(item.title) == _bare(project.name.zh)]
        found = found or [item for item in items if project.mark and _bare(item.mark) == _bare(project.mark)]
        return self._passage(f"{found[0].title}。{found[0].text}", found[0].places) if len(found) == 1 else None

    def result(self, entry: Progress) -> Passage | None:
        """The paragraph below the entry's sub-heading that holds most of its figures."""
        figures = [(number_of(figure), figure.unit) for figure in entry.figures if figure.value is not None]

        def held(paragraph: SourceParagraph) -> tuple[int, int, int]:
            """How many of the figures it holds; how many in digits; how many with their unit behind them."""
            said = [(unit, [m for m in _mentions(paragraph.text) if m.agrees(value)]) for value, unit in figures]
            return (
                sum(bool(found) for _, found in said),
                sum(any(m.text[0].isdigit() for m in found) for _, found in said),
                sum(any(unit and m.after.startswith(unit.symbol.zh) for m in found) for unit, found in said),
            )

        best = max(self._paragraphs(entry), key=held, default=None)
        return self._passage(best.text, best.places) if best and any(held(best)) else None

    def goal(self, goal: Goal) -> Passage | None:
        """The paragraph of the goal's section that holds its value (its year, if worded)."""
        item = goal.quantity
        value = Decimal(str(item.year if item.value is None else item.value))
        section = self._section(goal.chapter, goal.section)
        held = (p for p in (section.intro if section else ()) if value in _numbers(p.text))
        spoken = (p for p in (section.intro if section else ()) if canonical(value) in _readings(p.text))
        found = next(held, None) or next(spoken, None)
        return self._passage(found.text, found.places) if found else None

    def row(self, indicator: Indicator) -> Place | None:
        """Where a row of the indicator table stands."""
        rows = (row for table in self.outline.tables for row in table.rows)
        return next((row.place for row in rows if _bare(row.name) == _bare(indicator.printed_name)), None)

    def completion_row(self, plan: Plan, row: CompletionRow) -> Place | None:
        """Where a row of the table of the earlier period stands."""
        number = plan.completion.box.number if plan.completion else 0
        rows = (each for table in self.outline.tables if table.box == number for each in table.rows)
        return next((each.place for each in rows if each.number == row.number), None)

    def _paragraphs(self, entry: Progress) -> Iterable[SourceParagraph]:
        """The paragraphs below the entry's sub-heading, or of its whole section."""
        section = self._section(entry.chapter, entry.section)
        if section is None:
            return ()
        groups = [group.place for group in section.groups]
        first = groups[entry.group - 1] if 0 < entry.group <= len(groups) else section.place
        last = groups[entry.group] if 0 < entry.group < len(groups) else None
        return (
            paragraph
            for paragraph in section.intro
            if first < paragraph.places[0] and (last is None or paragraph.places[0] < last)
        )

    def _section(self, chapter: int, number: int) -> SourceSection | None:
        sections = (section for each in self.outline.chapters if each.number == chapter for section in each.sections)
        return next((section for section in sections if section.number == number), None)

    def _passage(self, text: str, places: tuple[Place, ...]) -> Passage:
        return Passage(tuple(SENTENCE.findall(text)), tuple(sorted(places)), self.outline.name, self.outline.sha256)


def _numbers(text: str) -> set[Decimal]:
    return set(map(Decimal, NUMBER.findall(text)))


@lru_cache(maxsize=4096)
def _mentions(text: str) -> tuple[Mention, ...]:
    return mentions(text, "zh")


def _readings(text: str) -> frozenset[str]:
    """Every number of a text in digits or words, in the spelling of `canonical`."""
    return frozenset(reading for mention in _mentions(text) for reading in mention.readings)


def _bare(text: str) -> str:
    """A text without white space, brackets made alike, for comparing."""
    return "".join(text.split()).translate(str.maketrans("()_{}", "（）   ")).replace(" ", "")
