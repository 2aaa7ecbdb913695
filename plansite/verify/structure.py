"""The plan's outline against the document's: chapters, subtitles, sections, sub-headings."""

from __future__ import annotations

from collections.abc import Sequence

from plansite.load.yaml_file import Steps
from plansite.model import Plan, Section
from plansite.sources.document import Place
from plansite.sources.outline import Outline, SourceSection
from plansite.verify.proof import Desk, fold, shown


def prove_structure(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Every heading of the data is printed, every printed one is in the data, in the same order."""
    check = _Headings(desk)
    _numbers([c.number for c in plan.chapters], {c.number: c.place for c in outline.chapters}, "chapter ", (), desk)
    printed = {chapter.number: chapter for chapter in outline.chapters}
    for c, chapter in enumerate(plan.chapters):
        if not (source := printed.get(chapter.number)):
            continue
        name = f"chapter {chapter.number}"
        check(chapter.title.zh, source.title, (c, "title", "zh"), source.place, name)
        subtitle = chapter.subtitle.zh if chapter.subtitle else ""
        check(subtitle, source.subtitle, (c, "subtitle", "zh"), source.place, f"the subtitle of {name}")
        due = {section.number: section.place for section in source.sections}
        _numbers([s.number for s in chapter.sections], due, f"section {chapter.number}.", (c, "sections"), desk)
        sections = {section.number: section for section in source.sections}
        for s, section in enumerate(chapter.sections):
            if section.number in sections:
                path = (c, "sections", s)
                name = f"section {chapter.number}.{section.number}"
                there = sections[section.number]
                check(section.title.zh, there.title, (*path, "title", "zh"), there.place, name)
                _groups(section, there, path, check, desk, name)


def _numbers(have: Sequence[int], due: dict[int, Place], label: str, path: Steps, desk: Desk) -> None:
    file = desk.single("outline.yaml")
    for index, number in enumerate(have):
        if number not in due:
            found = f"{label}{number}, which the document does not have"
            desk.fault("heading", file, (*path, index, "number"), found, "the chapters and sections of the document")
    for number, place in due.items():
        if number not in have:
            desk.fault("heading", file, path, f"no {label}{number}", "every chapter and section of the document", place)


def _groups(section: Section, source: SourceSection, path: Steps, check: _Headings, desk: Desk, name: str) -> None:
    """Sub-headings, and which tasks stand below each."""
    file = check.file
    if len(section.groups) != len(source.groups):
        found = f"{len(section.groups)} sub-headings in {name}"
        desk.fault("heading", file, (*path, "groups"), found, str(len(source.groups)), source.place)
    for g, (group, there) in enumerate(zip(section.groups, source.groups, strict=False)):
        below = [task.item for task in source.tasks if task.group == there.number]
        spot: Steps = (*path, "groups", g)
        label = f"sub-heading {g + 1} of {name}"
        check(group.mark, there.mark, (*spot, "mark"), there.place, f"the mark of {label}")
        check(group.title.zh, there.title, (*spot, "title", "zh"), there.place, label)
        due = (below[0], below[-1]) if below else (0, 0)
        if group.items != due:
            found, expected = (f"{first} to {last}" if first else "none" for first, last in (group.items, due))
            desk.fault("heading", file, (*spot, "items"), f"items {found} below {label}", expected, there.place)


class _Headings:
    """Compares one heading with the printed one."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.file = desk, desk.single("outline.yaml")

    def __call__(self, given: str, printed: str, path: Steps, place: Place, name: str) -> None:
        if fold(given) == fold(printed):
            self.desk.counts["headings"] += bool(printed)
        else:
            found = f"'{shown(given)}' as {name}" if given else f"nothing as {name}"
            expected = f"'{shown(printed)}'" if printed else "none"
            self.desk.fault("heading", self.file, path, found, expected, place)
