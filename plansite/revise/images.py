"""Which chapter, section and sub-heading of the new document is which of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from plansite.revise.align import Pair
from plansite.revise.likeness import likeness, plain
from plansite.sources.outline import Outline, SourceSection

Key = TypeVar("Key", bound=Hashable)

SectionKey = tuple[int, int]
GroupKey = tuple[int, int, int]
"""Chapter, section, and the number of the sub-heading from 1."""

TITLE = 3  # the same title weighs as much as so many tasks
ALIKE = 0.6  # likeness of two titles below the same heading


@dataclass(frozen=True, slots=True)
class Images:
    """Number in the data → number in the document; what is gone has no image."""

    chapters: Mapping[int, int]
    sections: Mapping[SectionKey, SectionKey]
    groups: Mapping[GroupKey, GroupKey]


def images(chapters: Sequence[Any], outline: Outline, pairs: Sequence[Pair]) -> Images:
    """Match the outline of the data with that of a document, by the tasks they hold and by their titles."""
    known = {(c.number, s.number): s for c in chapters for s in c.sections}
    printed = {(c.number, s.number): s for c in outline.chapters for s in c.sections}
    tasks = Counter(((p.old.chapter, p.old.section), (p.new.chapter, p.new.section)) for p in pairs)
    for one, section in known.items():
        for other, source in printed.items():
            if plain(section.title.zh) == plain(source.title):
                tasks[one, other] += TITLE
    by_chapter: Counter[tuple[int, int]] = Counter()
    for (one, other), votes in tasks.items():
        by_chapter[one[0], other[0]] += votes
    old_titles = {c.number: c.title.zh for c in chapters}
    new_titles = {c.number: c.title for c in outline.chapters}
    for number, title in old_titles.items():
        for other_number, source_title in new_titles.items():
            by_chapter[number, other_number] += TITLE * (plain(title) == plain(source_title))
    chapter_images = _matched(by_chapter)
    _renamed(chapter_images, old_titles, new_titles)
    section_images = _matched(tasks)
    for chapter, image in chapter_images.items():
        _renamed(
            section_images,
            {key: section.title.zh for key, section in known.items() if key[0] == chapter},
            {key: source.title for key, source in printed.items() if key[0] == image},
        )
    groups = dict(_groups(known, printed, section_images, pairs))
    return Images(chapter_images, section_images, groups)


def _matched(votes: Counter[tuple[Key, Key]]) -> dict[Key, Key]:
    """The pairs with most votes first, each side once; of equals, those whose numbers are the same."""
    found: dict[Key, Key] = {}
    taken: set[Key] = set()
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0][0] != item[0][1], str(item[0])))
    for (one, other), number in ranked:
        if number and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _renamed(found: dict[Key, Key], old: Mapping[Key, str], new: Mapping[Key, str]) -> None:
    """Match what is left over by titles that are alike."""
    taken = set(found.values())
    scores = [
        (likeness(plain(title), plain(other_title)), one, other)
        for one, title in old.items()
        if one not in found
        for other, other_title in new.items()
        if other not in taken
    ]
    for score, one, other in sorted(scores, key=lambda each: (-each[0], str(each[1:]))):
        if score >= ALIKE and one not in found and other not in taken:
            found[one] = other
            taken.add(other)


def _groups(
    known: Mapping[SectionKey, Any],
    printed: Mapping[SectionKey, SourceSection],
    sections: Mapping[SectionKey, SectionKey],
    pairs: Iterable[Pair],
) -> Iterator[tuple[GroupKey, GroupKey]]:
    votes: Counter[tuple[GroupKey, GroupKey]] = Counter()
    for pair in pairs:
        if pair.old.group and pair.new.group:
            one = (pair.old.chapter, pair.old.section, pair.old.group)
            votes[one, (pair.new.chapter, pair.new.section, pair.new.group)] += 1
    for key, image in sections.items():
        old = {(*key, n): group.title.zh for n, group in enumerate(known[key].groups, 1)}
        new = {(*image, group.number): group.title for group in printed[image].groups}
        here = Counter({(a, b): n for (a, b), n in votes.items() if a in old and b in new})
        for one, title in old.items():
            for other, other_title in new.items():
                here[one, other] += TITLE * (plain(title) == plain(other_title))
        found = _matched(here)
        _renamed(found, old, new)
        yield from found.items()


def moved(pairs: Sequence[Pair], where: Images) -> set[str]:
    """The ids of measures that are in another section, or at another place among those they stand with.

    What only makes room for others has not moved: of the measures that stay, the longest row in their old order stays.
    """
    found: set[str] = set()
    staying: dict[SectionKey, list[Pair]] = {}
    for pair in pairs:
        home = where.sections.get((pair.old.chapter, pair.old.section))
        if home == (pair.new.chapter, pair.new.section):
            staying.setdefault(home, []).append(pair)
        else:
            found.add(pair.old.id)
    for row in staying.values():
        row.sort(key=lambda pair: pair.new.item)
        kept = _longest_rise([pair.old.item for pair in row])
        found |= {pair.old.id for index, pair in enumerate(row) if index not in kept}
    return found


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The indexes of the longest increasing subsequence."""
    best = [(1, -1)] * len(numbers)  # its length up to here, and the index before
    for index, number in enumerate(numbers):
        before = [(best[i][0] + 1, i) for i in range(index) if numbers[i] < number]
        best[index] = max(before, default=(1, -1))
    index = max(range(len(numbers)), key=lambda i: best[i][0], default=-1)
    found: set[int] = set()
    while index >= 0:
        found.add(index)
        index = best[index][1]
    return found
