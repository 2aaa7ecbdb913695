"""Editor's notes: where a plan contradicts itself, miscounts or slips, with each place and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from plansite import urls
from plansite.model import NoteKind, Plan
from plansite.page import Page
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page with the notes of all plans."""
    _ = view._
    plans = [_plan(view, plan) for plan in view.site.plans.values() if plan.notes]
    title = _("Notes")
    count = sum(len(plan.notes) for plan in view.site.plans.values())
    yield Page(
        kind="notes",
        locale=view.locale,
        address=urls.NOTES,
        template="notes.html",
        title=title,
        description=_(
            "%(count)s editor’s notes on contradictions, counts and slips in the plans. Each gives every "
            "place concerned and what stands there; none says which is right.",
            count=count,
        ),
        context={"plans": plans},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="notes",
        filters=(("kind", "note"), *(("plan", plan.id) for plan in view.site.plans.values() if plan.notes)),
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
                    "count": view.counted(len(notes), "%(count)s note", "%(count)s notes"),
                    "notes": notes,
                }
            )
    return {
        "id": plan.id,
        "title": view.text(plan.short_title),
        "path": view.path(urls.plan(plan.id)),
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
