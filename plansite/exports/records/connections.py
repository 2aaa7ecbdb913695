"""What connects plans as JSON records: shared measures with their differences, and the city's plan in its districts."""

from __future__ import annotations

from plansite import urls
from plansite.compare.comparison import Claim, claims, leading, relation
from plansite.compare.families import silent
from plansite.exports.records.base import Context, Record, member, pair
from plansite.exports.records.measures import measure
from plansite.model import Cascade, Commitment, Difference, Family, Follow

COMPARED = ("plan", "id", "locator", "heading", "title", "summary", "targets", "departments", "notes", "url")


def family(context: Context, family: Family) -> Record:
    """A plan of the family that is missing in the values of a difference says nothing about it.

    `silent` names the five-year plans without a member; `alike` says that nothing differs.
    """
    return {
        "id": family.id,
        "title": pair(family.title),
        "summary": pair(family.summary),
        "members": [member(key) for key in family.members],
        "differences": [_difference(each) for each in family.differences],
        "alike": pair(family.alike),
        "common": [pair(text) for text in family.common],
        "silent": [plan.id for plan in silent(context.site, family)],
        "topic": family.topic,
        "url": context.url(urls.family(family.id)),
    }


def family_with_members(context: Context, entry: Family) -> Record:
    """A family, and under `measures` what its page compares of each member; its commitments are in its own record."""
    members = [measure(context, context.site.measure(key)) for key in entry.members]
    return family(context, entry) | {"measures": [{name: record[name] for name in COMPARED} for record in members]}


def cascade(context: Context, cascade: Cascade) -> Record:
    """A city's plan: its commitments task by task, and its numbers, each with what the plan of every district does."""
    return {
        "plan": cascade.plan,
        "plans": list(cascade.plans),
        "tasks": [
            {
                "measure": member((cascade.plan, task.measure)),
                "commitments": [_commitment(context, cascade.plan, task.measure, each) for each in task.commitments],
            }
            for task in cascade.tasks
        ],
        "numbers": _numbers(context, cascade),
        "url": context.url(urls.cascade(cascade.plan)),
    }


def _difference(each: Difference) -> Record:
    return {
        "facet": pair(each.what),
        "values": {plan: pair(text) for plan, text in each.values.items()},
        "kind": each.facet,
    }


def _commitment(context: Context, plan: str, measure: str, commitment: Commitment) -> Record:
    return {
        "action": commitment.action,
        "what": pair(commitment.what),
        "districts": {id: _follow(id, follow) for id, follow in commitment.follows.items()},
        "url": context.url(f"{urls.measure(plan, measure)}#a{commitment.action}"),
    }


def _follow(plan: str, follow: Follow) -> Record:
    return {
        "relation": follow.relation,
        "measures": [member((plan, id)) for id in follow.measures],
        "how": pair(follow.how),
    }


def _numbers(context: Context, cascade: Cascade) -> list[Record]:
    """Every indicator for which the city's plan gives a target; `reasons` say why two numbers cannot be compared."""
    rows = []
    for concept in context.site.concepts.values():
        found = {claim.plan: claim for claim in leading(claims(context.site, context.links, concept.id))}
        above = found.get(cascade.plan)
        if above is None:
            continue
        districts = {}
        for plan in cascade.plans:
            below = found.get(plan)
            name, reasons = relation(concept, above, below)
            target = _claim(context, below) if below else None
            districts[plan] = {"relation": name, "reasons": list(reasons), "target": target}
        rows.append({"indicator": concept.id, "target": _claim(context, above), "districts": districts})
    return rows


def _claim(context: Context, claim: Claim) -> Record:
    target = claim.target
    return {
        "op": target.op if target.value is not None else None,
        "value": target.value,
        "unit": claim.unit.id if claim.unit else None,
        "worded": target.worded.id if target.worded else None,
        "year": claim.year or None,
        "scope": claim.scope or None,
        "others": [_claim(context, each) for each in claim.others],
        "url": context.url(claim.address),
    }
