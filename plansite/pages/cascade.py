"""From city to district: each commitment and number of the city's plan, and who repeats, tightens or leaves it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plansite import urls
from plansite.compare.comparison import Claim, claims, leading, relation
from plansite.compare.families import claim_path, claim_texts, reason_text, relation_name
from plansite.exports.citations import citation_meta, citations, cite_comparison
from plansite.model import Cascade, Commitment, Concept, Follow, Plan, Relation, Task
from plansite.page import Page
from plansite.parts.listings import short_name
from plansite.translations import both
from plansite.view import Row, View

RELATIONS: tuple[Relation, ...] = ("repeats", "tightens", "loosens", "differs", "leaves-out")


def pages(view: View) -> Iterator[Page]:
    """One page for each city plan that has a cascade."""
    for cascade in view.site.cascades.values():
        yield _page(view, cascade)


def _page(view: View, cascade: Cascade) -> Page:
    _, plan = view._, view.site.plans[cascade.plan]
    city, below = view.site.jurisdictions[plan.jurisdiction].name, [view.site.plans[id] for id in cascade.plans]
    tasks = [
        view.measure(plan.measures[task.measure])
        | {
            "id": task.measure,
            "count": view.counted(_commitments(task), "%(count)s commitment", "%(count)s commitments"),
            "commitments": [_commitment(view, plan, task.measure, c, below) for c in task.commitments],
        }
        for task in cascade.tasks
    ]
    numbers = _numbers(view, plan, below)
    title = both("What %(city)s asks and what its districts plan", city=city)
    citation = cite_comparison(
        view, f"districts-{plan.id}", title, urls.cascade(plan.id), [cascade.plan, *cascade.plans]
    )
    context = {
        "districts": [(short_name(view, each), view.path(urls.plan(each.id))) for each in below],
        "totals": _totals(view, cascade, below),
        "relations": [(relation, relation_name(view, relation)) for relation in RELATIONS],
        "tasks": tasks,
        "numbers": numbers,
        "plan": view.plan_link(plan),
        "citations": citations(citation),
    }
    return Page(
        kind="cascade",
        locale=view.locale,
        address=urls.cascade(plan.id),
        template="cascade.html",
        title=view.text(title),
        description=_(
            "%(commitments)s commitments in %(tasks)s tasks of the city’s plan, compared in %(points)s points, and "
            "%(numbers)s of its numbers: which district repeats, tightens, loosens or leaves out each.",
            commitments=sum(_commitments(task) for task in cascade.tasks),
            points=sum(len(task.commitments) for task in cascade.tasks),
            tasks=len(cascade.tasks),
            numbers=len(numbers),
        ),
        context=context,
        crumbs=(
            (_("Home"), urls.HOME),
            (view.text(plan.short_title), urls.plan(plan.id)),
            (_("City and districts"), None),
        ),
        section="shared",
        meta=citation_meta(citation),
        filters=(("kind", "cascade"), ("plan", plan.id), *(("plan", each.id) for each in below)),
    )


def _commitments(task: Task) -> int:
    """How many commitments a task has; one of several points stands in several rows."""
    return len({commitment.action for commitment in task.commitments})


def _commitment(view: View, plan: Plan, measure: str, commitment: Commitment, below: list[Plan]) -> Row:
    return {
        "what": view.text(commitment.what),
        "path": f"{view.path(urls.measure(plan.id, measure))}#a{commitment.action}",
        "cells": [
            {"plan": short_name(view, each), **_follow(view, each, commitment.follows[each.id])} for each in below
        ],
    }


def _follow(view: View, plan: Plan, follow: Follow) -> Row:
    return {
        "relation": follow.relation,
        "name": relation_name(view, follow.relation),
        "how": view.text(follow.how),
        "measures": [view.measure(plan.measures[id]) for id in follow.measures],
    }


def _totals(view: View, cascade: Cascade, below: list[Plan]) -> list[Row]:
    """How often each district does what."""
    commitments = [commitment for task in cascade.tasks for commitment in task.commitments]
    rows = []
    for plan in below:
        counts = Counter(commitment.follows[plan.id].relation for commitment in commitments)
        rows.append(
            {
                "name": short_name(view, plan),
                "path": view.path(urls.plan(plan.id)),
                "counts": [counts[relation] for relation in RELATIONS],
            }
        )
    return rows


# --- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(view: View, plan: Plan, below: list[Plan]) -> list[Row]:
    """Every indicator for which the city's plan gives a target, and what each district makes of it."""
    rows = []
    for concept in view.site.concepts.values():
        found = {claim.plan: claim for claim in leading(claims(view.site, view.links, concept.id))}
        above = found.get(plan.id)
        if above:
            rows.append(
                {
                    "name": view.text(concept.name),
                    "path": view.path(urls.indicator(concept.id)),
                    "city": _claim(view, above),
                    "cells": [_number(view, concept, above, found.get(each.id), each) for each in below],
                }
            )
    return rows


def _number(view: View, concept: Concept, above: Claim, claim: Claim | None, plan: Plan) -> Row:
    found, reasons = relation(concept, above, claim)
    return {
        "plan": short_name(view, plan),
        "relation": found,
        "name": relation_name(view, found),
        "claim": _claim(view, claim) if claim else None,
        "reasons": view.join(reason_text(view, reason) for reason in reasons),
    }


def _claim(view: View, claim: Claim) -> Row:
    return {"text": claim_texts(view, claim), "path": claim_path(view, claim), "year": claim.year or ""}
