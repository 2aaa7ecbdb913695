"""The data files of a new plan, ready to edit: what the document shows is filled in, what a person writes is TODO."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.ingest.front import Front
from plansite.ingest.outline_text import beside, chapter_lines, group_lines, section_lines
from plansite.ingest.suggest import Suggestions, figures
from plansite.ingest.tables import indicators_file
from plansite.ingest.yaml_text import TODO, comment, file_text, pair, scalar, sequence
from plansite.model import ROLES
from plansite.sources.document import Document
from plansite.sources.outline import BoxItem, Outline, SourceBox, SourceChapter, Task

NEW_ID = "TODO: an id from the English title; it becomes the address and stays for good"


def skeleton(plan: str, document: Document, front: Front, outline: Outline, suggest: Suggestions) -> dict[str, str]:
    """Path below `data/plans/ID/` → text, for every file the document gives something for.

    Only names, headings and numbers are taken over, no sentence of the document.
    """
    files = {"plan.yaml": _plan(plan, document, front, suggest), "outline.yaml": _outline(outline)}
    titles = {(c.number, section.number): section.title for c in outline.chapters for section in c.sections}
    for number in sorted({task.chapter for task in outline.tasks}):
        tasks = [task for task in outline.tasks if task.chapter == number]
        made = (_measure(task, titles[task.chapter, task.section], suggest) for task in tasks)
        lines = [line for measure in made for line in ["", *measure]][1:]
        files[f"measures/{number:02d}.yaml"] = file_text("measures", 3, lines)
    if text := indicators_file(outline, suggest):
        files["indicators.yaml"] = text
    if boxes := project_boxes(outline):
        files["projects.yaml"] = file_text("projects", 2, _projects(boxes, suggest))
    return files


def project_boxes(outline: Outline) -> list[SourceBox]:
    """The boxes that list projects, not an indicator table."""
    tables = {table.box for table in outline.tables}
    return [box for box in outline.boxes if box.items and box.number not in tables]


def _plan(plan: str, document: Document, front: Front, suggest: Suggestions) -> str:
    original = comment(
        "TODO: pdf, docx, html, txt or scanned-pdf: what was published" if document.format == "txt" else ""
    )
    period = sequence(front.period or (TODO, TODO))
    lines = [
        f"id: {plan}",
        f"jurisdiction: {suggest.jurisdiction}",
        f"kind: {'action-plan' if front.title.endswith(('行动计划', '方案')) else 'five-year-plan'}{comment('check')}",
        "title:",
        f"  zh: {scalar(front.title or TODO)}{comment('check')}",
        f"  en: {TODO}",
        f"short_title: {pair()}",
        f"issuer: {pair(front.issuer or TODO)}",
        *([f"document_number: {scalar(front.document_number)}"] if front.document_number else []),
        f"period: {period}{comment('check')}",
        f"edition: {scalar(front.date or TODO)}{comment('the month of the document, as 2023-04')}",
        *([f"issued: {scalar(front.date)}"] if front.date else []),
        "summary:",
        f"  zh: {TODO}",
        f"  en: {TODO}",
        "source:",
        f"  file: {scalar(document.name)}",
        f"  sha256: {scalar(document.sha256)}",
        f"  original: {document.format}{original}",
    ]
    return file_text("plan", 2, lines)


# --- outline.yaml ---


def _outline(outline: Outline) -> str:
    return file_text("outline", 2, [line for chapter in outline.chapters for line in _chapter(chapter)])


def _chapter(chapter: SourceChapter) -> Iterator[str]:
    yield from chapter_lines(chapter)
    if chapter.sections:
        yield "  sections:"
    for section in chapter.sections:
        yield from (f"    {line}" for line in section_lines(section))
        if section.groups:
            yield "      groups:"
        for group in section.groups:
            yield from (f"        {line}" for line in group_lines(group, section))


# --- measures and projects ---


def _measure(task: Task, section: str, suggest: Suggestions) -> Iterator[str]:
    text = f"{task.heading} {task.text}"
    yield f"- id: m{task.chapter}-{task.section}-{task.item}{comment(NEW_ID)}"
    yield f"  at: {{chapter: {task.chapter}, section: {task.section}, item: {task.item}}}"
    yield f"  heading: {scalar(task.heading or TODO)}"
    yield f"  # {beside(task.places, figures(task.text))}"
    yield f"  title: {pair()}"
    yield from ["  summary:", f"    zh: {TODO}", f"    en: {TODO}"]
    yield from ["  actions:", f"    - zh: {TODO}", f"      en: {TODO}"]
    yield "  departments:"
    for role in ROLES:
        if printed := list(dict.fromkeys(body.printed for body in task.bodies if body.role == role)):
            yield f"    {role}: {sequence(printed)}"
    if not any(body.role != "with" for body in task.bodies):
        yield f"    responsible: [{TODO}]"
    yield from _tags("  ", task.heading, text, suggest, section)


def _tags(indent: str, heading: str, text: str, suggest: Suggestions, section: str = "") -> Iterator[str]:
    topics = suggest.topics(heading, text, section)
    cites, unknown = suggest.cites(text)
    yield f"{indent}topics: {sequence(topics or [TODO])}{comment('suggested' if topics else '')}"
    if places := suggest.places(text):
        yield f"{indent}places: {sequence(places)}"
    if cites:
        yield f"{indent}cites: {sequence(cites)}"
    if unknown:
        yield f"{indent}# not in vocab/cited-documents.yaml: {' '.join(f'《{name}》' for name in unknown)}"


def _projects(boxes: list[SourceBox], suggest: Suggestions) -> Iterator[str]:
    yield "boxes:"
    for box in boxes:
        yield f"  - number: {box.number}"
        yield f"    title: {pair(box.title or TODO)}"
        yield f"    at: {{chapter: {box.chapter}, section: {box.section}}}"
    yield "projects:"
    for box in boxes:
        for number, item in enumerate(box.items, 1):
            yield from _project(box, number, item, suggest)


def _project(box: SourceBox, number: int, item: BoxItem, suggest: Suggestions) -> Iterator[str]:
    yield f"  - id: p{box.number}-{number}{comment(NEW_ID)}"
    yield f"    box: {box.number}"
    if item.mark:
        yield f"    mark: {scalar(item.mark)}"
    yield f"    name: {pair(item.title or TODO)}"
    yield f"    # {beside(item.places, figures(f'{item.title} {item.text}'))}"
    yield f"    text: {pair()}"
    yield from _tags("    ", item.title, f"{item.title} {item.text}", suggest)
