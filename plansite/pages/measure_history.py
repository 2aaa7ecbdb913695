"""Every version of a measure that changed, and the page that stays at the address of one that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.compare.compare_wording import Piece, compare
from plansite.model import Measure, Plan
from plansite.page import Page
from plansite.pages.history import fate, kind_words
from plansite.parts.editions import changed_targets, difference
from plansite.parts.listings import brief_name
from plansite.view import Row, View

Version = tuple[Plan, Measure]


def pages(view: View) -> Iterator[Page]:
    """A history for each measure that changed or was withdrawn, and the page that tells what became of the latter."""
    for plan in view.site.plans.values():
        for id in plan.changed:
            yield _history(view, plan, id)
        for id in plan.withdrawn:
            yield _withdrawn(view, plan, id)


def _history(view: View, plan: Plan, id: str) -> Page:
    _, versions = view._, plan.versions(id)
    measure = versions[0][1]
    name = view.text(measure.title)
    title = _("%(title)s: all versions", title=name)
    gone = id in plan.withdrawn
    return Page(
        kind="measure-history",
        locale=view.locale,
        address=urls.measure_history(plan.id, id),
        template="measure_history.html",
        title=f"{title} · {brief_name(view, plan)}",
        description=_(
            "How the measure “%(title)s” reads in each edition of the plan (%(editions)s), and what each changed.",
            title=name,
            editions=view.join(view.edition(edition) for edition, _measure in versions),
        ),
        context={
            "name": name,
            "measure": view.measure(measure),
            "plan": view.plan_link(plan),
            "versions": [_version(view, versions, number) for number in range(len(versions))],
            "fate": fate(view, plan, id) if gone else None,
            "history_path": view.path(urls.history(plan.id)),
        },
        crumbs=(
            (_("Home"), urls.HOME),
            (view.text(plan.short_title), urls.plan(plan.id)),
            (name, urls.measure(plan.id, id)),
            (_("All versions"), None),
        ),
        section="plans",
        in_search=False,
    )


def _version(view: View, versions: list[Version], number: int) -> Row:
    """One version with what it changed in the one before; texts as pieces that were kept, added or removed."""
    plan, measure = versions[number]
    before = versions[number + 1][1] if number + 1 < len(versions) else None
    kinds = difference(before, measure) if before else ()
    return {
        "id": f"edition-{plan.edition or 'undated'}",
        "edition": view.edition(plan),
        "current": plan is view.site.plans[plan.id],
        "locator": measure.locator,
        "was": before.locator if before and before.place != measure.place else "",
        "heading": measure.heading,
        "heading_was": before.heading if before and before.heading != measure.heading else "",
        "kinds": kind_words(view, kinds),
        "first": before is None,
        "bodies": view.bodies(measure),
        "bodies_changed": "bodies" in kinds,
        "targets": [view.quantity(target) for target in measure.targets],
        "changed_targets": [
            {"before": view.quantity(old) if old else None, "after": view.quantity(new) if new else None}
            for old, new in (changed_targets(before, measure) if before else ())
        ],
        "summary": _pieces(view, before.summary[view.locale] if before else None, view.text(measure.summary)),
        "actions": _actions(view, before, measure),
        "waiting": bool(measure.needs_review),
    }


def _actions(view: View, before: Measure | None, measure: Measure) -> list[tuple[Piece, ...]]:
    """The commitments, each beside its like in the version before; those that it lost stand at the end."""
    texts = [view.text(action) for action in measure.actions]
    if before is None:
        return [_pieces(view, None, text) for text in texts]
    old = [view.text(action) for action in before.actions]
    kept = [text for text in texts if text in old]
    free = [text for text in old if text not in kept]
    rows = []
    for text in texts:
        rows.append(_pieces(view, text if text in old else free.pop(0) if free else "", text))
    return [*rows, *(_pieces(view, text, "") for text in free)]


def _pieces(view: View, before: str | None, after: str) -> tuple[Piece, ...]:
    return (Piece("same", after),) if before is None else compare(before, after, by_words=view.locale == "en")


def _withdrawn(view: View, plan: Plan, id: str) -> Page:
    """What stands at the address of a measure that the current edition no longer has."""
    _, (last, measure) = view._, plan.versions(id)[0]
    name = view.text(measure.title)
    where = view.edition(last)
    return Page(
        kind="withdrawn",
        locale=view.locale,
        address=urls.measure(plan.id, id),
        template="withdrawn.html",
        title=_("%(title)s (withdrawn)", title=f"{name} · {brief_name(view, plan)}"),
        description=_(
            "The measure “%(title)s” stood at %(locator)s in the %(edition)s edition and is not in the current one "
            "(%(current)s). What became of it, and what it said.",
            title=name,
            locator=measure.locator,
            edition=where,
            current=view.edition(plan),
        ),
        context={
            "name": name,
            "measure": view.measure(measure),
            "plan": view.plan_link(plan),
            "current": view.edition(plan),
            "edition": where,
            "fate": fate(view, plan, id),
            "actions": [{"text": view.text(action), "quote": view.text(action)} for action in measure.actions],
            "quote_source": view.quote_source(plan, f"{measure.locator} ({where})"),
            "heading": measure.heading,
            "bodies": view.bodies(measure),
            "targets": [view.quantity(target) for target in measure.targets],
            "versions_path": view.path(urls.measure_history(plan.id, id)),
            "history_path": view.path(urls.history(plan.id)),
            "notes": [view.note(note) for note in view.links.notes_on(plan.id, "measure", id)],
        },
        crumbs=(
            (_("Home"), urls.HOME),
            (view.text(plan.short_title), urls.plan(plan.id)),
            (_("Editions and changes"), urls.history(plan.id)),
            (name, None),
        ),
        section="plans",
        has_twin=True,
        in_search=False,
    )
