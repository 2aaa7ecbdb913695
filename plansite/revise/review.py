"""What a person must look at again beside the measures: chapters, notes, the plan's own summary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from plansite.load.numbers import numbers
from plansite.model import LOCALES, Locale
from plansite.revise.images import SectionKey
from plansite.revise.likeness import held, plain, word_pairs
from plansite.revise.passages import paragraphs_of, sentences_of
from plansite.revise.revision import Revision, same
from plansite.revise.write_entries import Subject
from plansite.sources.outline import Outline

TASK = re.compile(r"\d+\.\d+\.\d+")
FOUND = 0.5  # share of a note's words that a sentence must hold to be what it speaks of


def chapters_to_review(revision: Revision) -> dict[int, tuple[Locale, ...]]:
    """Chapter in the data → languages: both where its paragraphs changed, English where only a title did."""
    found: dict[int, tuple[Locale, ...]] = {}
    for change in revision.headings:
        if change.retitled:
            found[revision.plan.record("outline.yaml")[change.path[0]].number] = ("en",)
    for chapter, _ in paragraph_homes(revision):
        found[chapter] = LOCALES
    if revision.official is None:
        found |= {c.number: LOCALES for c in revision.plan.record("outline.yaml") if c.intro}
    found.pop(0, None)
    return {number: found[number] for number in sorted(found) if number in revision.images.chapters}


class Changed:
    """What a note may speak of and is not as it was, with the numbers of the data.

    Of a section, a chapter or the preface only some sentences changed: there it counts whether what the note finds
    stands in one of them.
    """

    def __init__(self, revision: Revision) -> None:
        self._whole = frozenset(_subjects(revision))
        self._now = {plain(sentence) for _, text in _texts(revision.outline) for sentence in sentences_of(text)}
        self._before = list(_texts(revision.official)) if revision.official else []
        self._homes = paragraph_homes(revision)

    def __call__(self, kind: str, key: str, words: str) -> bool:
        """Whether a note's place changed; `words` are what the note says stands there."""
        if (kind, key) in self._whole:
            return True
        inside = self._inside(kind, key)
        if inside is None or not any(inside(home) for home in self._homes):
            return False
        pairs = word_pairs(words)
        scored = [
            (held(pairs, word_pairs(sentence)), plain(sentence) not in self._now)
            for home, text in self._before
            if inside(home)
            for sentence in sentences_of(text)
        ]
        best = max((share for share, _ in scored), default=0.0)
        return best < FOUND or any(changed for share, changed in scored if share == best)

    @staticmethod
    def _inside(kind: str, key: str) -> Callable[[SectionKey], bool] | None:
        """Whether a paragraph stands in the place a note speaks of; None for places that are no paragraphs."""
        if kind == "section":
            number = tuple(map(int, key.split(".")))
            return lambda home: home == number
        if kind == "chapter":
            return lambda home: home[0] == int(key)
        return (lambda home: home == (0, 0)) if (kind, key) == ("front", "preface") else None


def _texts(outline: Outline) -> Iterator[tuple[SectionKey, str]]:
    return ((home, paragraph.text) for home, paragraph in paragraphs_of(outline))


def summary_reasons(revision: Revision) -> tuple[str, ...]:
    """Why the plan's title or summary must be looked at again: they say what changed."""
    record = revision.record
    found = []
    front = revision.front
    if front.title and not same(front.title, record.title.zh):
        found.append(f"the document has the title '{front.title}'")
    if front.issuer and record.issuer and not same(front.issuer, record.issuer.zh):
        found.append(f"the document names '{front.issuer}' as its issuer")
    said = numbers(record.summary.zh)
    if (date := _month(record.edition)) and date in record.summary.zh:
        found.append(f"the summary gives the date of the edition {record.edition}")
    for table in (revision.indicators, revision.completion):
        for row in table.rows if table else ():
            for cell in row.cells:
                if told := sorted(numbers(cell.old) & said):
                    found.append(f"the summary may tell row {row.record.number}: {told[0].normalize():f}")
    named = set(TASK.findall(record.summary.zh))
    found += [
        f"the summary names {each.pair.old.locator}, which changed"
        for each in revision.changes
        if each.to_restate and each.pair.old.locator in named
    ]
    return tuple(dict.fromkeys(found))


def paragraph_homes(revision: Revision) -> set[tuple[int, int]]:
    """Chapter and section, as numbered in the data, of every paragraph that changed, came or went."""
    sections = {now: before for before, now in revision.images.sections.items()}
    chapters = {now: before for before, now in revision.images.chapters.items()}
    found = set()
    for change in revision.paragraphs:
        chapter, section = change.home
        if change.old is None and change.home != (0, 0):
            chapter, section = sections.get(change.home) or (chapters.get(chapter, -1), 0)
        found.add((chapter, section))
    return found


def _month(edition: str) -> str:
    """2023-04 → 2023年4月; empty for an undated edition."""
    year, _, rest = edition.partition("-")
    return f"{year}年{int(rest[:2])}月" if rest else ""


def _subjects(revision: Revision) -> Iterator[Subject]:
    for change in revision.changes:
        if change.to_restate:
            yield "measure", change.pair.old.id
        yield from (("measure", old.id) for old in change.pair.merged)
    yield from (("measure", old.id) for old in revision.alignment.gone)
    for kind, name in (("indicator", "indicators.yaml"), ("completion", "completion.yaml")):
        table = revision.indicators if kind == "indicator" else revision.completion
        if table and table.table is None:
            yield from ((kind, str(row.number)) for row in revision.plan.record(name).rows)
        elif table:
            yield from ((kind, str(row.record.number)) for row in table.rows if row.cells)
            yield from ((kind, str(record.number)) for _, record in table.gone)
    yield from (("project", p.record.id) for p in revision.boxes.projects if p.changed or not p.item)
    yield from (("goal", each.record.id) for each in revision.goals if each.changed)
    yield from (("progress", each.record.id) for each in revision.progress if each.changed)
    records = revision.plan.record("outline.yaml")
    for heading in revision.headings:
        if heading.retitled and heading.level in ("chapter", "subtitle"):
            yield "chapter", str(records[heading.path[0]].number)
        elif heading.retitled:
            chapter = records[heading.path[0]]
            yield "section", f"{chapter.number}.{chapter.sections[heading.path[1]].number}"
