"""The paragraphs that are no tasks: what the introductions, goals and results of the data were taken from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from plansite.parts.official import SENTENCE
from plansite.revise.images import GroupKey, Images, SectionKey
from plansite.revise.likeness import held, likeness, plain, word_pairs
from plansite.sources.outline import Outline, SourceParagraph
from plansite.verify.numerals import canonical, mentions

SAME = 0.5  # likeness of two paragraphs
SPOKEN = 0.3  # share of an entry's words that a sentence must hold to be its source


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph before and now; None where it is new or gone. `home` is chapter and section (0: none) in the data
    if it was there before, else in the document."""

    home: SectionKey
    old: SourceParagraph | None
    new: SourceParagraph | None


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A goal or a result (by its index in its file), with where it stands now; None: its section is gone.

    `sentences` are those it was taken from that are no longer there to the letter, each with the likest of now.
    `known` is false where the old document does not show what it was taken from.
    """

    index: int
    record: Any
    at: tuple[int, int, int] | None
    sentences: tuple[tuple[str, str], ...]
    known: bool

    @property
    def changed(self) -> bool:
        return bool(self.sentences) or not self.known


def paragraph_changes(before: Outline, outline: Outline, where: Images) -> tuple[ParagraphChange, ...]:
    """Every paragraph outside tasks, boxes and tables that changed, came or went; one that only moved stays silent."""
    old, new = list(paragraphs_of(before)), list(paragraphs_of(outline))
    there = Counter(plain(paragraph.text) for _, paragraph in new)
    here = Counter(plain(paragraph.text) for _, paragraph in old)
    gone = [(home, p) for home, p in old if not _take(there, plain(p.text))]
    come = [(home, p) for home, p in new if not _take(here, plain(p.text))]
    ranked = sorted(
        (-likeness(plain(one.text), plain(other.text)) - 0.1 * (_image(home, where) == other_home), i, j)
        for i, (home, one) in enumerate(gone)
        for j, (other_home, other) in enumerate(come)
    )
    partner: dict[int, int] = {}
    for score, i, j in ranked:
        if -score >= SAME and i not in partner and j not in partner.values():
            partner[i] = j
    changed = [
        ParagraphChange(home, one, come[partner[i]][1] if i in partner else None) for i, (home, one) in enumerate(gone)
    ]
    new_ones = [ParagraphChange(home, None, one) for j, (home, one) in enumerate(come) if j not in partner.values()]
    return (*changed, *new_ones)


def _take(counter: Counter[str], text: str) -> bool:
    if not counter[text]:
        return False
    counter[text] -= 1
    return True


def paragraphs_of(outline: Outline) -> Iterator[tuple[SectionKey, SourceParagraph]]:
    """Every paragraph outside tasks, boxes and tables with its chapter and section (0: none)."""
    yield from (((0, 0), paragraph) for paragraph in outline.preface)
    for chapter in outline.chapters:
        yield from (((chapter.number, 0), paragraph) for paragraph in chapter.intro)
        for section in chapter.sections:
            yield from (((chapter.number, section.number), paragraph) for paragraph in section.intro)


def _image(home: SectionKey, where: Images) -> SectionKey | None:
    if home[1]:
        return where.sections.get(home)
    return (where.chapters.get(home[0], -1), 0) if home[0] else home


# --- goals and results ----------------------------------------------------------------------------------------------


def entry_changes(
    records: Sequence[Any], before: Outline | None, outline: Outline, where: Images
) -> tuple[EntryChange, ...]:
    """Each entry of `goals.yaml` or `progress.yaml`: where it stands now, and whether its sentences changed."""
    now = [(home, sentence) for home, paragraph in paragraphs_of(outline) for sentence in sentences_of(paragraph.text)]
    places: dict[str, list[SectionKey]] = {}
    for home, sentence in now:
        places.setdefault(plain(sentence), []).append(home)
    return tuple(_entry(index, record, before, now, places, where) for index, record in enumerate(records))


def _entry(
    index: int,
    record: Any,
    before: Outline | None,
    now: Sequence[tuple[SectionKey, str]],
    places: dict[str, list[SectionKey]],
    where: Images,
) -> EntryChange:
    at = (record.at.chapter, record.at.section, record.at.group or 0)
    behind = _behind(record, at, before) if before else []
    lost = [sentence for sentence in behind if plain(sentence) not in places]
    home = where.sections.get(at[:2])
    kept = [place for sentence in behind for place in places.get(plain(sentence), ())]
    if kept and home not in kept:
        home = kept[0] if kept[0][1] else home
    near = [sentence for place, sentence in now if place == home]
    pairs = tuple((sentence, _likest(sentence, near)) for sentence in lost)
    return EntryChange(index, record, _placed(at, home, where), pairs, bool(behind))


def _placed(at: GroupKey, home: SectionKey | None, where: Images) -> GroupKey | None:
    if home is None:
        return None
    group = where.groups.get(at, (0, 0, 0)) if at[2] else (0, 0, 0)
    return (*home, group[2] if group[:2] == home else 0)


def _behind(record: Any, at: GroupKey, before: Outline) -> list[str]:
    """The official sentences an entry was taken from: for each of its values the one that holds it and is likest to
    its words, and the likest of all; none if nothing below its sub-heading is like it."""
    quantities = getattr(record, "figures", None) or ([record] if hasattr(record, "what") else [])
    words = word_pairs(record.text.zh if hasattr(record, "text") else record.what.zh)
    sentences = [sentence for paragraph in _below(at, before) for sentence in sentences_of(paragraph.text)]
    scored = [(held(words, word_pairs(sentence)), sentence) for sentence in sentences]
    found: dict[str, None] = {}
    for quantity in quantities:
        if quantity.value is not None:
            value = canonical(quantity.value)
            holding = [each for each in scored if value in _readings(each[1])]
            if holding:
                found[max(holding, key=lambda each: each[0])[1]] = None
    share, likest = max(scored, key=lambda each: each[0], default=(0.0, ""))
    if share >= SPOKEN:
        found[likest] = None
    return list(found)


def _below(at: GroupKey, outline: Outline) -> Sequence[SourceParagraph]:
    """The paragraphs below a sub-heading; of the whole section and the opening of its chapter where that has none."""
    chapter = next((chapter for chapter in outline.chapters if chapter.number == at[0]), None)
    section = next((s for s in chapter.sections if s.number == at[1]), None) if chapter else None
    if chapter is None or section is None:
        return ()
    starts = [group.place for group in section.groups]
    inside: list[SourceParagraph] = []
    if 0 < at[2] <= len(starts):
        end = starts[at[2]] if at[2] < len(starts) else None
        inside = [p for p in section.intro if starts[at[2] - 1] < p.places[0] and (end is None or p.places[0] < end)]
    return inside or (*section.intro, *chapter.intro)


def sentences_of(text: str) -> list[str]:
    return [match[0] for match in re.finditer(SENTENCE, text)] or [text]


def _readings(text: str) -> set[str]:
    return {reading for mention in mentions(text, "zh") for reading in mention.readings}


def _likest(sentence: str, others: Iterable[str]) -> str:
    best = max(others, key=lambda other: likeness(plain(sentence), plain(other)), default="")
    return best if likeness(plain(sentence), plain(best)) >= SAME else ""
