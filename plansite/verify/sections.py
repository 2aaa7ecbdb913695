"""What the data tells of paragraphs that are no tasks: introductions, and results claimed for the earlier period.

They need not be complete, so only what they say is looked up: every number must stand in their section.
"""

from __future__ import annotations

from dataclasses import replace

from plansite.load.yaml_file import Steps
from plansite.model import Plan, Progress
from plansite.parts.official import Official
from plansite.sources.document import Place
from plansite.sources.outline import Outline, SourceChapter, SourceSection
from plansite.verify.numerals import canonical
from plansite.verify.proof import Desk
from plansite.verify.restatement import Statement, compare
from plansite.verify.years import years_of


def prove_introductions(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Every number of a chapter's or section's introduction stands in it."""
    chapters = {chapter.number: chapter for chapter in outline.chapters}
    for c, chapter in enumerate(plan.chapters):
        if not (source := chapters.get(chapter.number)):
            continue
        if chapter.intro:
            path: Steps = (c, "intro")
            _prove(Statement(path, [(path, chapter.intro)]), _chapter_text(source), "outline.yaml", source.place, desk)
        sections = {section.number: section for section in source.sections}
        for s, section in enumerate(chapter.sections):
            if section.intro and (there := sections.get(section.number)):
                path = (c, "sections", s, "intro")
                _prove(
                    Statement(path, [(path, section.intro)]), _section_text(there), "outline.yaml", there.place, desk
                )


def prove_progress(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Every number of a claimed result stands in the section it is taken from, its year in the paragraph."""
    sections = {
        (chapter.number, section.number): (chapter, section)
        for chapter in outline.chapters
        for section in chapter.sections
    }
    for index, entry in enumerate(plan.progress.values()):
        _prove_years(entry, index, Official(outline), desk)
        statement = Statement((index, "text"), [((index, "text"), entry.text)])
        statement.quantities = [
            ((index, "figures", n), replace(figure, year=0) if figure.value is not None else figure)
            for n, figure in enumerate(entry.figures)
        ]
        if found := sections.get((entry.chapter, entry.section)):
            text = _own_text(found[0]) + _section_text(found[1])
            desk.counts["results"] += _prove(statement, text, "progress.yaml", found[1].place, desk)


def prove_goals(plan: Plan, outline: Outline, desk: Desk) -> None:
    """The number and the year of every goal of the running text stand in its section."""
    sections = {
        (chapter.number, section.number): (chapter, section)
        for chapter in outline.chapters
        for section in chapter.sections
    }
    for index, goal in enumerate(plan.goals.values()):
        statement = Statement((index, "what"), [((index, "what"), goal.quantity.what)])
        statement.quantities = [((index,), goal.quantity)]
        if found := sections.get((goal.chapter, goal.section)):
            text = _own_text(found[0]) + _section_text(found[1])
            desk.counts["goals"] += _prove(statement, text, "goals.yaml", found[1].place, desk)


def _prove_years(entry: Progress, index: int, official: Official, desk: Desk) -> None:
    """A year that the data gives a number is one that the paragraph gives this very number."""
    passage = official.result(entry)
    place = passage.places[0] if passage else None
    for number, figure in enumerate(entry.figures):
        years = years_of(figure, "".join(passage.sentences)) if passage else set()
        if figure.year and figure.value is not None and figure.year not in years:
            given = " or ".join(str(year) for year in sorted(years) if year)
            found = f"{figure.year} as the year of {canonical(figure.value)}"
            expected = f"no year, or {given} before it in its sentence" if given else "no year; its sentence has none"
            desk.fault("year", desk.single("progress.yaml"), (index, "figures", number, "year"), found, expected, place)


def _prove(statement: Statement, text: str, file: str, place: Place, desk: Desk) -> bool:
    before = len(desk.faults)

    def report(kind: str, path: Steps, found: str, expected: str) -> None:
        expected = expected.replace("paragraph", "section")
        desk.fault(kind, desk.single(file), path, found.replace("paragraph", "section"), expected, place)

    statement.names = desk.names
    compare(text, statement, report, complete=False)
    return len(desk.faults) == before


def _chapter_text(chapter: SourceChapter) -> str:
    return _own_text(chapter) + "".join(_section_text(section) for section in chapter.sections)


def _own_text(chapter: SourceChapter) -> str:
    return "".join(f"{text}。" for text in (chapter.title, chapter.subtitle, *(part.text for part in chapter.intro)))


def _section_text(section: SourceSection) -> str:
    parts = [section.title, *(p.text for p in section.intro), *(group.title for group in section.groups)]
    return "".join(f"{text}。" for text in [*parts, *(task.text for task in section.tasks)])
