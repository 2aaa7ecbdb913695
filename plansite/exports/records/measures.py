"""Measures as JSON records: what, by when, by whom, and what connects them with other plans."""

from __future__ import annotations

from plansite import urls
from plansite.exports.records.base import Context, Record, member, pair, quantity
from plansite.model import Assignment, Measure, Particular, Responsibility


def measure(context: Context, measure: Measure) -> Record:
    plan, links = context.site.plans[measure.plan], context.links
    key = (plan.id, measure.id)
    decided = context.site.particular.get(key)
    return {
        "id": measure.id,
        "plan": measure.plan,
        "jurisdiction": plan.jurisdiction,
        "chapter": measure.chapter,
        "section": measure.section,
        "item": measure.item,
        "locator": measure.locator,
        "heading": measure.heading,
        "title": pair(measure.title),
        "summary": pair(measure.summary),
        "actions": [pair(action) for action in measure.actions],
        "targets": [quantity(target) for target in measure.targets],
        "departments": [_assignment(entry, measure) for entry in measure.assignments],
        "standing": standing(context, measure),
        "topics": list(measure.topics),
        "places": list(measure.places),
        "cites": list(measure.cites),
        "families": [family.id for family in links.families.get(key, [])],
        "particular": pair(decided.why) if decided else None,
        "city_tasks": _city_tasks(context, measure),
        "exceptions": [{"number": entry.number, "why": pair(entry.why)} for entry in measure.exceptions],
        "notes": context.notes_on(plan.id, "measure", measure.id),
        "projects": [project.id for project in links.projects_by_measure.get(key, [])],
        "url": context.url(urls.measure(plan.id, measure.id)),
    }


IN_CHARGE: frozenset[Responsibility] = frozenset(("named-lead", "sole", "shared", "joint"))
"""The parts of bodies that lead or, where nobody leads, are responsible."""


def role(part: Responsibility) -> str:
    """lead or with: the two cases that the data told apart before it had `responsibility`."""
    return "lead" if part in IN_CHARGE else "with"


def standing(context: Context, measure: Measure) -> list[Record]:
    """Bodies that support by a remark in the note of an earlier measure (`stated_in`)."""
    plan = context.site.plans[measure.plan]
    return [
        {"id": entry.department, "printed": entry.printed, "stated_in": plan.standing.measure}
        for entry in plan.standing_for(measure)
        if plan.standing
    ]


def particular(context: Context, entry: Particular) -> Record:
    """A measure that only its plan has, and why."""
    return {
        "measure": member(entry.measure),
        "why": pair(entry.why),
        "url": context.url(urls.measure(*entry.measure)),
    }


def _assignment(entry: Assignment, measure: Measure) -> Record:
    part = measure.responsibility(entry)
    return {"id": entry.department, "role": role(part), "printed": entry.printed, "responsibility": part}


def _city_tasks(context: Context, measure: Measure) -> list[Record]:
    """The commitments of a city's plan that the measure carries out, and what it makes of each."""
    rows = []
    for plan, task, commitment in context.links.city_tasks.get((measure.plan, measure.id), []):
        follow = commitment.follows[measure.plan]
        rows.append(
            {
                "measure": member((plan, task)),
                "action": commitment.action,
                "what": pair(commitment.what),
                "relation": follow.relation,
                "how": pair(follow.how),
                "url": context.url(f"{urls.measure(plan, task)}#a{commitment.action}"),
            }
        )
    return rows
