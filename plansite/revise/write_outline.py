"""outline.yaml of the new edition: the entries of the data under their new numbers, new ones with TODO for English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plansite.ingest.outline_text import chapter_lines, group_items, group_lines, group_mark, section_lines
from plansite.ingest.yaml_text import TODO, pair, scalar
from plansite.load.numbers import numbers
from plansite.load.yaml_file import Steps
from plansite.model import Locale
from plansite.revise.images import GroupKey, SectionKey
from plansite.revise.revision import Revision, same
from plansite.revise.yaml_edit import YamlText, items, with_items, with_list, without_key
from plansite.sources.outline import SourceChapter, SourceSection


def outline_file(text: str, revision: Revision, review: Mapping[int, Sequence[Locale]]) -> str:
    """The text of outline.yaml; `review`: chapter number in the data → languages that wait for a person."""
    return _Outline(text, revision, review).text()


def retitle(text: YamlText, path: Steps, given: Any, printed: str) -> None:
    """Write the Chinese title as printed now; English stays for review, unless its numbers would be wrong."""
    if same(given.zh, printed):
        return
    text.set((*path, "zh"), scalar(printed))
    if numbers(given.zh) != numbers(printed):
        text.set((*path, "en"), TODO)


class _Outline:
    def __init__(self, text: str, revision: Revision, review: Mapping[int, Sequence[Locale]]) -> None:
        self.revision, self.review = revision, review
        self.records = revision.plan.record("outline.yaml")
        self.printed = {chapter.number: chapter for chapter in revision.outline.chapters}
        self.sections = {(c.number, s.number): s for c in revision.outline.chapters for s in c.sections}
        self.edited = self._with_new_numbers(text)

    def text(self) -> str:
        old_chapters = {number: c for c, number in self._images().items()}
        chunks = items(self.edited)
        chosen = []
        for chapter in self.revision.outline.chapters:
            index = old_chapters.get(chapter.number)
            own = chunks[index] if index is not None else _joined(chapter_lines(chapter))
            chosen.append(_with(own, "sections", [self._section(chapter, s) for s in chapter.sections]))
        return with_items(self.edited, (), chosen)

    def _images(self) -> dict[int, int]:
        """Index of a chapter in the data → its number now."""
        where = self.revision.images.chapters
        return {c: where[record.number] for c, record in enumerate(self.records) if record.number in where}

    def _section(self, chapter: SourceChapter, section: SourceSection) -> str:
        key = (chapter.number, section.number)
        old = {now: before for before, now in self.revision.images.sections.items()}.get(key)
        own = self._chunk(old) if old else _joined(section_lines(section))
        known = {now: before for before, now in self.revision.images.groups.items()}
        groups = []
        for group in section.groups:
            before = known.get((*key, group.number))
            groups.append(self._group_chunk(before) if before else _joined(group_lines(group, section)))
        return _with(own, "groups", groups)

    def _chunk(self, key: SectionKey) -> str:
        c, s = self._index(key)
        return items(self.edited, (c, "sections"))[s]

    def _group_chunk(self, key: GroupKey) -> str:
        c, s = self._index(key[:2])
        return items(self.edited, (c, "sections", s, "groups"))[key[2] - 1]

    def _index(self, key: SectionKey) -> tuple[int, int]:
        return next(
            (c, s)
            for c, chapter in enumerate(self.records)
            for s, section in enumerate(chapter.sections)
            if (chapter.number, section.number) == key
        )

    # --- numbers and titles ---

    def _with_new_numbers(self, source: str) -> str:
        """The entries in their old places, with their new numbers, titles and tasks."""
        text = YamlText(source)
        for c, chapter in enumerate(self.records):
            if printed := self.printed.get(self.revision.images.chapters.get(chapter.number, 0)):
                self._chapter(text, c, chapter, printed)
            for s, section in enumerate(chapter.sections):
                image = self.revision.images.sections.get((chapter.number, section.number))
                if image:
                    path: Steps = (c, "sections", s)
                    _number(text, path, section.number, image[1])
                    retitle(text, (*path, "title"), section.title, self.sections[image].title)
                    for g, group in enumerate(section.groups):
                        self._group(text, (*path, "groups", g), (chapter.number, section.number, g + 1), group)
        return text.result()

    def _chapter(self, text: YamlText, c: int, chapter: Any, printed: SourceChapter) -> None:
        _number(text, (c,), chapter.number, printed.number)
        retitle(text, (c, "title"), chapter.title, printed.title)
        if chapter.subtitle and printed.subtitle:
            retitle(text, (c, "subtitle"), chapter.subtitle, printed.subtitle)
        elif chapter.subtitle:
            text.remove((c, "subtitle"))
        elif printed.subtitle:
            text.add((c,), "subtitle", pair(printed.subtitle), after="title")
        if chapter.number in self.review:
            text.review((c,), self.review[chapter.number])

    def _group(self, text: YamlText, path: Steps, key: GroupKey, group: Any) -> None:
        if not (image := self.revision.images.groups.get(key)):
            return
        section = self.sections[image[:2]]
        printed = section.groups[image[2] - 1]
        if group.mark != group_mark(printed):
            text.set((*path, "mark"), group_mark(printed))
        retitle(text, (*path, "title"), group.title, printed.title)
        now = group_items(printed, section)
        before = tuple(group.items) if group.items else None
        if before and now and before != now:
            text.set((*path, "items"), f"[{now[0]}, {now[1]}]")
        elif before and not now:
            text.remove((*path, "items"))
        elif now and not before:
            text.add(path, "items", f"[{now[0]}, {now[1]}]", after="title")


def _number(text: YamlText, path: Steps, before: int, now: int) -> None:
    if before != now:
        text.set((*path, "number"), str(now))


def _with(entry: str, key: str, chosen: list[str]) -> str:
    """An entry with this list under a key."""
    before = items(entry, (0, key))
    if chosen == before:
        return entry
    if not chosen:
        return without_key(entry, (0, key))
    return with_items(entry, (0, key), chosen) if before else with_list(entry, (0,), key, chosen)


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
