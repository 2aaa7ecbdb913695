"""Plans with their outline, projects, claimed results and editors' notes as JSON records."""

from __future__ import annotations

from plansite import urls
from plansite.exports.records.base import Context, Record, box_place, pair, quantity
from plansite.model import (
    Chapter,
    CompletionTable,
    IndicatorTable,
    Jurisdiction,
    Note,
    Plan,
    Progress,
    Project,
    Section,
    Standing,
    Subject,
)


def plan(context: Context, plan: Plan) -> Record:
    return {
        "id": plan.id,
        "jurisdiction": plan.jurisdiction,
        "kind": plan.kind,
        "title": pair(plan.title),
        "short_title": pair(plan.short_title),
        "issuer": pair(plan.issuer),
        "document_number": plan.document_number or None,
        "period": [year or None for year in plan.period],
        "edition": plan.edition or None,
        "issued": plan.issued or None,
        "summary": pair(plan.summary),
        "based_on": list(plan.based_on),
        "source": {
            "file": plan.source.file,
            "sha256": plan.source.sha256,
            "original": plan.source.original,
            "url": plan.url or None,
        },
        "counts": {
            "measures": len(plan.measures),
            "indicators": len(plan.indicators.rows) if plan.indicators else 0,
            "goals": len(plan.goals),
            "completion": len(plan.completion.rows) if plan.completion else 0,
            "projects": len(plan.projects),
            "progress": len(plan.progress),
            "notes": len(plan.notes),
        },
        "key_numbers": list(plan.key_numbers),
        "indicator_table": _indicator_table(plan.indicators),
        "completion_table": _completion_table(plan.completion),
        "standing": _standing(plan.standing),
        "boxes": [{"number": box.number, "title": pair(box.title), "locator": box_place(box)} for box in plan.boxes],
        "chapters": [_chapter(context, plan, chapter) for chapter in plan.chapters],
        "url": context.url(urls.plan(plan.id)),
    }


def jurisdiction(context: Context, jurisdiction: Jurisdiction) -> Record:
    return {
        "id": jurisdiction.id,
        "kind": jurisdiction.kind,
        "name": pair(jurisdiction.name),
        "official_name": pair(jurisdiction.official_name),
        "parent": jurisdiction.parent or None,
        "url": context.url(urls.district(jurisdiction.id)),
    }


def project(context: Context, project: Project) -> Record:
    return {
        "id": project.id,
        "plan": project.plan,
        "box": project.box,
        "mark": project.mark,
        "name": pair(project.name),
        "text": pair(project.text),
        "quantities": [quantity(item) for item in project.quantities],
        "topics": list(project.topics),
        "places": list(project.places),
        "cites": list(project.cites),
        "measures": list(project.measures),
        "notes": context.notes_on(project.plan, "project", project.id),
        "url": context.url(urls.project(project.plan, project.id)),
    }


def progress(context: Context, entry: Progress) -> Record:
    return {
        "id": entry.id,
        "plan": entry.plan,
        "chapter": entry.chapter,
        "section": entry.section,
        "group": entry.group or None,
        "locator": f"{entry.chapter}.{entry.section}",
        "text": pair(entry.text),
        "figures": [quantity(item) for item in entry.figures],
        "topics": list(entry.topics),
        "places": list(entry.places),
        "cites": list(entry.cites),
        "notes": context.notes_on(entry.plan, "progress", entry.id),
        "url": context.url(urls.progress_entry(entry.plan, entry.id)),
    }


def note(context: Context, note: Note) -> Record:
    """`zh` and `en` hold the text; `says` tells what stands in a place, `printed` gives it to the letter."""
    return {
        "id": note.id,
        "plan": note.plan,
        "kind": note.kind,
        "title": pair(note.title),
        "zh": note.text.zh,
        "en": note.text.en,
        "places": [
            {
                "kind": subject.kind,
                "key": subject.key,
                "says": pair(subject.says),
                "printed": subject.printed or None,
                "url": context.url(_address(note.plan, subject)),
            }
            for subject in note.subjects
        ],
        "url": context.url(urls.note(note.plan, note.id)),
    }


def _indicator_table(table: IndicatorTable | None) -> Record | None:
    """`declared`: the counts the text of the plan gives, None where it gives none."""
    if table is None:
        return None
    declared = table.declared and dict(zip(("total", "binding", "anticipatory"), table.declared, strict=True))
    return {
        "box": table.box.number,
        "title": pair(table.box.title),
        "locator": box_place(table.box),
        "baseline_year": table.baseline_year or None,
        "target_year": table.target_year,
        "declared": declared,
    }


def _completion_table(table: CompletionTable | None) -> Record | None:
    if table is None:
        return None
    return {
        "box": table.box.number,
        "title": pair(table.box.title),
        "locator": box_place(table.box),
        "year": table.year,
    }


def _standing(standing: Standing | None) -> Record | None:
    """The bodies that a remark in the note of one measure (`stated_in`) adds to every later one."""
    if standing is None:
        return None
    return {
        "stated_in": standing.measure,
        "departments": [{"id": entry.department, "printed": entry.printed} for entry in standing.assignments],
    }


def _chapter(context: Context, plan: Plan, chapter: Chapter) -> Record:
    return {
        "number": chapter.number,
        "title": pair(chapter.title),
        "subtitle": pair(chapter.subtitle),
        "intro": pair(chapter.intro),
        "places": list(chapter.places),
        "cites": list(chapter.cites),
        "sections": [_section(context, plan, chapter, section) for section in chapter.sections],
        "url": context.url(urls.chapter(plan.id, chapter.number)),
    }


def _section(context: Context, plan: Plan, chapter: Chapter, section: Section) -> Record:
    return {
        "number": section.number,
        "title": pair(section.title),
        "intro": pair(section.intro),
        "groups": [
            {
                "mark": group.mark,
                "title": pair(group.title),
                "items": list(group.items) if any(group.items) else None,
            }
            for group in section.groups
        ],
        "url": context.url(urls.section(plan.id, chapter.number, section.number)),
    }


def _address(plan: str, subject: Subject) -> str:
    """The address of a place in a plan that a note speaks of."""
    key = subject.key
    match subject.kind:
        case "indicator":
            return urls.plan_indicator(plan, int(key))
        case "measure":
            return urls.measure(plan, key)
        case "project":
            return urls.project(plan, key)
        case "progress":
            return urls.progress_entry(plan, key)
        case "chapter":
            return urls.chapter(plan, int(key))
        case "section":
            chapter, section = map(int, key.split("."))
            return urls.section(plan, chapter, section)
        case "goal":
            return urls.goal(plan, key)
        case "completion":
            return urls.completion_row(plan, int(key))
        case "front":
            return urls.plan(plan)
