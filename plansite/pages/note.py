"""Editor's notes: where a plan contradicts itself, miscounts or slips, with each place and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from plansite import urls
from plansite.exports.citations import citation_meta, citations, cite_notes, cite_plan_notes
from plansite.model import NoteKind, Plan
from plansite.page import Page
from plansite.translations import both
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """An overview with every contradiction, and a page with all notes of each plan."""
    plans = [plan for plan in view.site.plans.values() if plan.notes]
    yield _overview(view, plans)
    for plan in plans:
        yield _page(view, plan)


def _overview(view: View, plans: list[Plan]) -> Page:
    _, title = view._, both("Editor’s notes")
    citation = cite_notes(view, title, [plan.id for plan in plans])
    contradictions = sum(note.kind == "contradiction" for plan in plans for note in plan.notes.values())
    return Page(
        kind="notes",
        locale=view.locale,
        address=urls.NOTES,
        template="notes.html",
        title=view.text(title),
        description=_(
            "%(count)s editor’s notes on the plans, %(contradictions)s of them on contradictions. Each gives every "
            "place concerned and what stands there; none says which is right.",
            count=sum(len(plan.notes) for plan in plans),
            contradictions=contradictions,
        ),
        context={"plans": [_plan(view, plan) for plan in plans], "citations": citations(citation)},
        crumbs=((_("Home"), urls.HOME), (view.text(title), None)),
        section="notes",
        meta=citation_meta(citation),
        in_search=False,
    )


def _page(view: View, plan: Plan) -> Page:
    _, name = view._, view.text(plan.short_title)
    title = _("Notes on the %(plan)s", plan=name)
    citation = cite_plan_notes(view, plan)
    counts = Counter(note.kind for note in plan.notes.values())
    return Page(
        kind="plan-notes",
        locale=view.locale,
        address=urls.plan_notes(plan.id),
        template="plan_notes.html",
        title=title,
        description=_(
            "%(count)s editor’s notes on this plan, %(contradictions)s of them on contradictions: every place "
            "concerned and what stands there.",
            count=len(plan.notes),
            contradictions=counts["contradiction"],
        ),
        context={"plan": _plan(view, plan), "citations": citations(citation)},
        crumbs=((_("Home"), urls.HOME), (_("Editor’s notes"), urls.NOTES), (name, None)),
        section="notes",
        meta=citation_meta(citation),
        filters=(("kind", "note"), ("plan", plan.id)),
    )


def _plan(view: View, plan: Plan) -> Row:
    """The plan's notes by kind, in the order of the kinds."""
    count = view.counted(len(plan.notes), "%(count)s note", "%(count)s notes")
    groups = []
    for kind in get_args(NoteKind):
        notes = [view.note(note) for note in plan.notes.values() if note.kind == kind]
        if notes:
            groups.append(
                {
                    "id": f"{plan.id}-kind-{kind}",
                    "kind": view.note_kind(kind),
                    "about": _about(view, kind),
                    "path": f"{view.path(urls.plan_notes(plan.id))}#{plan.id}-kind-{kind}",
                    "count": view.counted(len(notes), "%(count)s note", "%(count)s notes"),
                    "notes": notes,
                }
            )
    return {
        "id": plan.id,
        "title": view.text(plan.short_title),
        "path": view.path(urls.plan(plan.id)),
        "notes_path": view.path(urls.plan_notes(plan.id)),
        "contradictions_count": view.counted(
            sum(note.kind == "contradiction" for note in plan.notes.values()),
            "%(count)s contradiction",
            "%(count)s contradictions",
        ),
        "contradictions": [view.note(note) for note in plan.notes.values() if note.kind == "contradiction"],
        "groups": groups,
        "count": count,
    }


def _about(view: View, kind: str) -> str:
    _ = view._
    return {
        "contradiction": _("Two places say different things about the same matter."),
        "count": _("A number of things does not agree with the things listed."),
        "numbering": _("Headings or marks are numbered out of order, twice or not at all."),
        "naming": _("The same body, place or document has several names."),
        "slip": _("A word or sign that seems to be a slip of the pen or of printing."),
        "unit": _("A unit is missing, unusual or does not fit the number."),
        "unclear": _("What is meant, or by when, cannot be made out with certainty."),
    }[kind]
