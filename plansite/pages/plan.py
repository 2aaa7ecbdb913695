"""Plans: a list, and an overview of each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plansite import urls
from plansite.exports.citations import citation_meta, citations, cite_plan
from plansite.exports.json_ld import plan_json_ld
from plansite.model import Chapter, Plan, Section
from plansite.page import Page
from plansite.parts.changes import changed_plans
from plansite.parts.listings import awaiting_words, passed_deadlines
from plansite.parts.summaries import count_measures, figures, key_numbers, note_cards, period, plan_card
from plansite.review import awaiting
from plansite.view import Row, View

NOTES = 6  # contradictions
FORMATS = {"pdf": "PDF", "docx": "Word", "html": "HTML", "txt": "TXT"}


def pages(view: View) -> Iterator[Page]:
    """The list, and one page for each plan."""
    yield _list(view)
    for plan in view.site.plans.values():
        yield _page(view, plan)


def preface_key(plan: Plan) -> str:
    """The article that restates what stands before the first chapter."""
    return f"plans/{plan.id}/0"


def _list(view: View) -> Page:
    title = view._("Plans")
    return Page(
        kind="plans",
        locale=view.locale,
        address=urls.PLANS,
        template="plans.html",
        title=title,
        description=view._("Every plan this site restates, with its period, its issuer and what it holds."),
        context={
            "plans": [plan_card(view, plan) for plan in view.site.plans.values()],
            "districts_path": view.path(urls.DISTRICTS),
        },
        crumbs=((view._("Home"), urls.HOME), (title, None)),
        section="plans",
        in_search=False,
    )


def _page(view: View, plan: Plan) -> Page:
    address = urls.plan(plan.id)
    changed = plan in changed_plans(view.site)
    citation = cite_plan(view, plan)
    preface = view.site.articles.get(preface_key(plan))
    context = {
        "title": view.text(plan.title),
        "summary": view.text(plan.summary),
        "jurisdiction": (view.jurisdiction_name(plan), view.path(urls.district(plan.jurisdiction))),
        "printed_title": plan.title.zh if view.locale == "en" else "",
        "issuer": view.text(plan.issuer),
        "period": period(view, plan),
        "issued": view.date(plan.issued) if plan.issued else "",
        "document_number": plan.document_number,
        "url": plan.url,
        "figures": figures(view, plan),
        "passed": passed_deadlines(view, [plan]),
        "key_numbers": key_numbers(view, plan),
        "chapters": [_chapter(view, plan, chapter) for chapter in plan.chapters],
        "measures_path": view.path(urls.measures(plan.id)) if plan.measures else "",
        "preface": view.prose(preface.markdown, address, deeper=1) if preface else "",
        "front_notes": _front_notes(view, plan),
        "note_kinds": _note_kinds(view, plan),
        "notes": note_cards(view, [plan], NOTES),
        "notes_path": view.path(urls.plan_notes(plan.id)),
        "edition": view.edition(plan),
        "history_path": view.path(urls.history(plan.id)),
        "changes_path": view.path(urls.plan_changes(plan.id)) if changed else "",
        "feed_path": view.path(urls.plan_feed(plan.id)),
        "earlier_editions": view.join(view.edition(each) for each in plan.earlier),
        "waiting": awaiting_words(view, awaiting(plan)),
        "before": view.plan_link(view.site.plans[plan.follows]) if plan.follows else None,
        "after": [view.plan_link(later) for later in view.links.plans_after.get(plan.id, [])],
        "source": plan.source,
        "source_format": FORMATS.get(plan.source.original, plan.source.original),
        "citations": citations(citation),
    }
    return Page(
        kind="plan",
        locale=view.locale,
        address=address,
        template="plan.html",
        title=view.text(plan.short_title),
        description=view.text(plan.summary),
        context=context,
        crumbs=(
            (view._("Home"), urls.HOME),
            (view._("Plans"), urls.PLANS),
            (view.text(plan.short_title), None),
        ),
        section="plans",
        filters=(("kind", "plan"), ("plan", plan.id)),
        json_ld=plan_json_ld(view, plan),
        meta=citation_meta(citation),
        og_type="article",
        article=preface.key if preface else "",
    )


def _chapter(view: View, plan: Plan, chapter: Chapter) -> Row:
    count = sum(measure.chapter == chapter.number for measure in plan.measures.values())
    return {
        "number": chapter.number,
        "title": view.text(chapter.title),
        "path": view.path(urls.chapter(plan.id, chapter.number)),
        "subtitle": view.text(chapter.subtitle),
        "meta": count_measures(view, count) if count else "",
        "sections": [_section(view, plan, chapter, section) for section in chapter.sections],
    }


def _section(view: View, plan: Plan, chapter: Chapter, section: Section) -> Row:
    place = (chapter.number, section.number)
    count = sum((measure.chapter, measure.section) == place for measure in plan.measures.values())
    return {
        "locator": f"{chapter.number}.{section.number}",
        "title": view.text(section.title),
        "path": view.path(urls.section(plan.id, chapter.number, section.number)),
        "meta": count_measures(view, count) if count else "",
    }


def _front_notes(view: View, plan: Plan) -> list[Row]:
    """Notes on the cover, the table of contents and the preface."""
    return [view.note(note) for note in plan.notes.values() if any(s.kind == "front" for s in note.subjects)]


def _note_kinds(view: View, plan: Plan) -> list[tuple[str, int]]:
    counts = Counter(note.kind for note in plan.notes.values())
    return [(view.note_kind(kind), count) for kind, count in counts.most_common()]
