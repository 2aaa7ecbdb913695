"""When a document cannot become the new edition of a plan: what was found, what is expected, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from plansite.ingest.front import Front
from plansite.ingest.outline_text import where
from plansite.ingest.report import missing_bodies
from plansite.ingest.suggest import Suggestions
from plansite.load.faults import nearest
from plansite.load.reading import Everything, PlanFiles
from plansite.revise.likeness import plain
from plansite.revise.revision import Revision
from plansite.sources.document import Document
from plansite.sources.notes import remark_bodies
from plansite.sources.outline import Outline

FITS = 0.5  # share of the measures that the document must have


class ReviseError(Exception):
    """The document cannot be used; for each reason a line or more."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))


class UnknownPlan(ReviseError):
    """There is no plan with this id."""


def refuse_plan(everything: Everything, id: str, edition: str) -> PlanFiles:
    """The plan's files, if it can have this new edition."""
    if id not in everything.plans:
        hint = nearest(id, everything.plans)
        meant = f"; did you mean '{hint}'?" if hint else ""
        raise UnknownPlan(
            f"no plan '{id}'; expected one of {', '.join(everything.plans)} (a new plan is read by `ingest`){meant}"
        )
    plan = everything.plans[id]
    current = plan.record("plan.yaml").edition
    if current != "undated" and edition <= current:
        raise ReviseError(f"the edition {edition}; expected one later than {current}, the current edition of '{id}'")
    if current in plan.earlier:
        raise ReviseError(
            f"{plan.folder}/editions/{current}/, where the current edition has to go; expected no such folder"
        )
    if unwritten := plan.record("new-tasks.yaml"):
        raise ReviseError(
            f"{plan.folder}/new-tasks.yaml: {len(unwritten)} tasks of the edition {current} that nobody has restated; "
            "expected none: an earlier edition is kept whole, so write them as measures first"
        )
    return plan


def refuse_document(everything: Everything, plan: PlanFiles, document: Document, outline: Outline) -> None:
    """Refuse a document that is known, another plan's, or no plan."""
    for files in everything.editions:
        if files.record("plan.yaml").source.sha256 == document.sha256:
            edition = files.record("plan.yaml").edition
            expected = "a document that is not there yet" if files is not plan else "a revised document"
            raise ReviseError(
                f"{document.name} is the very document of {files.id}, edition {edition} (the same SHA-256); "
                f"expected {expected}"
            )
    if not outline.tasks:
        raise ReviseError(
            f"{document.name}: no task paragraph in {len(document.blocks)} paragraphs and tables; "
            "expected a plan with numbered chapters and tasks"
        )
    title = Front.of(document, outline).title
    titles = {id: files.record("plan.yaml").title.zh for id, files in everything.plans.items()}
    best = process.extractOne(title, titles, scorer=fuzz.ratio) if title else None
    if best and best[2] != plan.id and best[1] > fuzz.ratio(title, titles[plan.id]):
        raise ReviseError(
            f"{document.name} has the title '{title}', that of {best[2]}; expected a document of {plan.id}"
        )
    if twice := list(_twice(outline)):
        raise ReviseError(*(f"{document.name}: {each}; expected each number once" for each in twice))


def refuse_revision(revision: Revision, suggest: Suggestions, known: Sequence[str]) -> None:
    """Refuse a document that hardly has the plan's tasks, or names bodies that no vocabulary has."""
    found, total = revision.alignment.found, sum(len(loaded.record) for loaded in revision.plan.measures)
    if found < total * FITS:
        raise ReviseError(
            f"{revision.document.name} does not fit: {found} of the {total} measures of '{revision.plan.id}' "
            "are in it; expected at least half"
        )
    spelled = {plain(word) for word in known}
    named = Counter(body.printed for body in _bodies(revision.outline) if plain(body.printed) not in spelled)
    if named:
        raise ReviseError(missing_bodies(named, suggest), "Then run this again.")


def _twice(outline: Outline) -> Iterator[str]:
    """Numbers that two chapters, or two sections of one chapter, have."""
    chapters = Counter(chapter.number for chapter in outline.chapters)
    for chapter in outline.chapters:
        if chapters[chapter.number] > 1:
            yield f"chapter {chapter.number} '{chapter.title}' ({where([chapter.place])}), a number given twice"
        sections = Counter(section.number for section in chapter.sections)
        for section in chapter.sections:
            if sections[section.number] > 1:
                number = f"{chapter.number}.{section.number}"
                yield f"section {number} '{section.title}' ({where([section.place])}), a number given twice"


def _bodies(outline: Outline) -> Iterator[Any]:
    for task in outline.tasks:
        yield from task.bodies
        yield from remark_bodies(task.remark)
