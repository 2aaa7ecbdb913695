"""A chapter of a plan: its sections with their measures and boxes, or a restatement in prose."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import Box, Chapter, Group, Measure, Plan, Section
from plansite.page import Page
from plansite.parts.descriptions import listed
from plansite.parts.listings import brief_name
from plansite.parts.summaries import count_measures
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page for each chapter of each plan."""
    for plan in view.site.plans.values():
        for chapter in plan.chapters:
            yield _page(view, plan, chapter)


def _page(view: View, plan: Plan, chapter: Chapter) -> Page:
    _, address = view._, urls.chapter(plan.id, chapter.number)
    title, intro = f"{chapter.number} {view.text(chapter.title)}", view.text(chapter.intro)
    count = sum(measure.chapter == chapter.number for measure in plan.measures.values())
    article = view.site.articles.get(f"plans/{plan.id}/{chapter.number}")
    notes = [view.note(note) for note in view.links.notes_on(plan.id, "chapter", chapter.number)]
    numbers = [chapter.number for chapter in plan.chapters]
    index = numbers.index(chapter.number)
    context = {
        "title": title,
        "plan": view.plan_link(plan),
        "chapter_label": _("Chapter %(number)s", number=chapter.number),
        "subtitle": view.text(chapter.subtitle),
        "intro": intro,
        "measures": count_measures(view, count) if count else "",
        "sections": [_section(view, plan, chapter, section) for section in chapter.sections],
        "article": view.prose(article.markdown, address) if article else "",
        "results": _results(view, plan, chapter),
        "places": view.place_links(chapter.places),
        "cites": view.cite_links(chapter.cites),
        "notes": notes,
        "before": _neighbour(view, plan, plan.chapters[index - 1]) if index else None,
        "after": _neighbour(view, plan, plan.chapters[index + 1]) if index + 1 < len(numbers) else None,
    }
    return Page(
        kind="chapter",
        locale=view.locale,
        address=address,
        template="chapter.html",
        title=f"{title} · {brief_name(view, plan)}",
        description=intro or view.text(chapter.subtitle) or f"{title} · {view.text(plan.short_title)}",
        told=_told(view, plan, chapter),
        context=context,
        crumbs=(
            (_("Home"), urls.HOME),
            (view.text(plan.short_title), urls.plan(plan.id)),
            (title, None),
        ),
        section="plans",
        filters=(("kind", "chapter"), ("plan", plan.id)),
        og_type="article",
        article=article.key if article else "",
    )


def _told(view: View, plan: Plan, chapter: Chapter) -> tuple[str, ...]:
    """What the chapter says, or where it stands; its sections."""
    sections = listed(view, (f"{chapter.number}.{each.number} {view.text(each.title)}" for each in chapter.sections))
    place = view._("Chapter %(number)s of the %(plan)s.", number=chapter.number, plan=view.text(plan.short_title))
    told = view.text(chapter.intro) or place
    return (told, view._("Sections: %(sections)s.", sections=sections)) if sections else (told,)


def _section(view: View, plan: Plan, chapter: Chapter, section: Section) -> Row:
    """id, locator, title, path, intro, parts (sub-heading or nothing, measures), boxes, notes."""
    place, locator = (chapter.number, section.number), f"{chapter.number}.{section.number}"
    measures = [m for m in plan.measures.values() if (m.chapter, m.section) == place]
    return {
        "id": f"s{section.number}",
        "locator": locator,
        "title": view.text(section.title),
        "intro": view.text(section.intro),
        "parts": _parts(view, section, measures),
        "groups": [(group.mark, view.text(group.title)) for group in section.groups],
        "boxes": [_box(view, plan, box) for box in _boxes(plan) if (box.chapter, box.section) == place],
        "notes": [view.note(note) for note in view.links.notes_on(plan.id, "section", locator)],
    }


def _parts(view: View, section: Section, measures: list[Measure]) -> list[Row]:
    """The measures below their sub-headings, in the order of the document."""
    parts: list[tuple[Group | None, list[Measure]]] = []
    for measure in measures:
        group = next((g for g in section.groups if g.items[0] <= measure.item <= g.items[1]), None)
        if not parts or parts[-1][0] is not group:
            parts.append((group, []))
        parts[-1][1].append(measure)
    return [
        {
            "mark": group.mark if group else "",
            "title": view.text(group.title) if group else "",
            "measures": [view.measure(measure) for measure in inner],
        }
        for group, inner in parts
    ]


def _boxes(plan: Plan) -> list[Box]:
    return [*([plan.indicators.box] if plan.indicators else []), *plan.boxes]


def _box(view: View, plan: Plan, box: Box) -> Row:
    projects = [project for project in plan.projects.values() if project.box == box.number]
    table = plan.indicators is not None and plan.indicators.box is box
    return {
        "title": view._("Box %(number)s: %(title)s", number=box.number, title=view.text(box.title)),
        "path": view.path(urls.plan_indicators(plan.id) if table else f"{urls.projects(plan.id)}#box{box.number}"),
        "projects": [view.project(project) for project in projects],
        "rows": len(plan.indicators.rows) if table and plan.indicators else 0,
    }


def _results(view: View, plan: Plan, chapter: Chapter) -> tuple[str, str] | None:
    """A link to the results that the chapter claims."""
    figures = sum(len(entry.figures) for entry in plan.progress.values() if entry.chapter == chapter.number)
    label = view.counted(
        figures,
        "The %(count)s figure it claims for the period before",
        "The %(count)s figures it claims for the period before",
    )
    return (label, view.path(urls.progress(plan.id))) if figures else None


def _neighbour(view: View, plan: Plan, chapter: Chapter) -> Row:
    return {
        "title": view.text(chapter.title),
        "path": view.path(urls.chapter(plan.id, chapter.number)),
        "locator": str(chapter.number),
    }
