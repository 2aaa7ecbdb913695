"""Entries of outline.yaml for chapters, sections and sub-headings as a document prints them; English is TODO."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plansite.ingest.suggest import figures
from plansite.ingest.yaml_text import TODO, comment, pair
from plansite.sources.document import Place
from plansite.sources.outline import SourceChapter, SourceGroup, SourceParagraph, SourceSection

NUMERALS = "〇一二三四五六七八九十"


def chapter_lines(chapter: SourceChapter) -> list[str]:
    """A chapter without its sections."""
    subtitle = [f"  subtitle: {pair(chapter.subtitle)}"] if chapter.subtitle else []
    title = pair(chapter.title or TODO)
    return [f"- number: {chapter.number}", f"  title: {title}", *subtitle, *_intro(chapter.intro)]


def section_lines(section: SourceSection) -> list[str]:
    """A section without its sub-headings.

    Where it has no tasks its paragraphs are told in progress.yaml, or in the chapter's intro.
    """
    intro = _intro(section.intro) if section.tasks else []
    return [f"- number: {section.number}", f"  title: {pair(section.title or TODO)}", *intro]


def group_lines(group: SourceGroup, section: SourceSection) -> list[str]:
    """A sub-heading with the tasks below it."""
    items = group_items(group, section)
    below = [f"  items: [{items[0]}, {items[1]}]"] if items else []
    return [f"- mark: {group_mark(group)}", f"  title: {pair(group.title or TODO)}", *below]


def group_mark(group: SourceGroup) -> str:
    """The printed mark without signs, in Chinese numerals; the number where another is printed."""
    return re.sub(r"[^一二三四五六七八九十]", "", group.mark) or numeral(group.number)


def group_items(group: SourceGroup, section: SourceSection) -> tuple[int, int] | None:
    """The first and the last task below a sub-heading."""
    items = [task.item for task in section.tasks if task.group == group.number]
    return (min(items), max(items)) if items else None


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


def where(places: Iterable[Place]) -> str:
    """ "line 412", or "page 3, paragraph 12" where the file has pages; the first place of several."""
    place = next(iter(places))
    return f"page {place.page}, paragraph {place.number}" if place.page else f"line {place.number}"


def beside(places: tuple[Place, ...], found: list[str]) -> str:
    """Where a text stands and which numbers it holds, for the remark beside its entry."""
    return f"{where(places)}: {' | '.join(found) if found else 'no number'}"


def _intro(intro: tuple[SourceParagraph, ...]) -> list[str]:
    if not intro:
        return []
    found = figures(" ".join(paragraph.text for paragraph in intro))
    return [f"  intro: {pair()}{comment(beside(intro[0].places, found))}"]
