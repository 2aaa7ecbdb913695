"""What changed in the outline: chapters, sections and sub-headings that are new, gone, renumbered or retitled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from plansite.ingest.outline_text import group_mark
from plansite.revise.images import Images
from plansite.revise.likeness import plain
from plansite.sources.document import Place
from plansite.sources.outline import Outline

Level = Literal["chapter", "subtitle", "section", "sub-heading"]


@dataclass(frozen=True, slots=True)
class HeadingChange:
    """A heading before and now: number (3, 3.2, 3.2 一) and title, empty where it was not or is not.

    `line` is its line in outline.yaml (0: it is new), `place` where the document prints it.
    """

    level: Level
    path: tuple[int, ...]
    old: str
    new: str
    old_title: str
    new_title: str
    place: Place | None

    @property
    def retitled(self) -> bool:
        return bool(self.old and self.new) and plain(self.old_title) != plain(self.new_title)

    @property
    def renumbered(self) -> bool:
        return bool(self.old and self.new) and self.old != self.new


def heading_changes(chapters: Sequence[Any], outline: Outline, where: Images) -> tuple[HeadingChange, ...]:
    """Every heading that is not as it was, in the order of the data, then the new ones in the order of the document.

    What changes its number only with its chapter's is not told by itself.
    """
    every = [*_known(chapters, outline, where), *_new(outline, where)]
    return tuple(each for each in every if each.retitled or each.renumbered or not each.old or not each.new)


def _known(chapters: Sequence[Any], outline: Outline, where: Images) -> Iterator[HeadingChange]:
    printed = {chapter.number: chapter for chapter in outline.chapters}
    sections = {(chapter.number, s.number): s for chapter in outline.chapters for s in chapter.sections}
    for c, chapter in enumerate(chapters):
        source = printed.get(where.chapters.get(chapter.number, 0))
        old, new = str(chapter.number), str(source.number) if source else ""
        title = source.title if source else ""
        place = source.place if source else None
        yield HeadingChange("chapter", (c,), old, new, chapter.title.zh, title, place)
        if source and (chapter.subtitle or source.subtitle):
            given = chapter.subtitle.zh if chapter.subtitle else ""
            before, now = new if given else "", new if source.subtitle else ""
            yield HeadingChange("subtitle", (c,), before, now, given, source.subtitle, place)
        for s, section in enumerate(chapter.sections):
            key = (chapter.number, section.number)
            image = where.sections.get(key)
            there = sections[image] if image else None
            number = f"{image[0]}.{image[1]}" if image else ""
            with_chapter = image == (where.chapters.get(chapter.number, 0), section.number)
            yield HeadingChange(
                "section",
                (c, s),
                f"{key[0]}.{key[1]}" if not with_chapter else number,
                number,
                section.title.zh,
                there.title if there else "",
                there.place if there else None,
            )
            for g, group in enumerate(section.groups, 1):
                there_group = where.groups.get((*key, g))
                found = sections[there_group[:2]].groups[there_group[2] - 1] if there_group else None
                if there is None:
                    continue  # it went with its section
                mark = group_mark(found) if found else ""
                yield HeadingChange(
                    "sub-heading",
                    (c, s, g - 1),
                    f"{number} {group.mark}",
                    f"{number} {mark}" if found else "",
                    group.title.zh,
                    found.title if found else "",
                    found.place if found else None,
                )


def _new(outline: Outline, where: Images) -> Iterator[HeadingChange]:
    chapters, sections = set(where.chapters.values()), set(where.sections.values())
    groups = set(where.groups.values())
    for chapter in outline.chapters:
        if chapter.number not in chapters:
            yield HeadingChange("chapter", (), "", str(chapter.number), "", chapter.title, chapter.place)
        for section in chapter.sections:
            number = f"{chapter.number}.{section.number}"
            if (chapter.number, section.number) not in sections:
                yield HeadingChange("section", (), "", number, "", section.title, section.place)
            for group in section.groups:
                if (chapter.number, section.number, group.number) not in groups:
                    shown = f"{number} {group_mark(group)}"
                    yield HeadingChange("sub-heading", (), "", shown, "", group.title, group.place)
