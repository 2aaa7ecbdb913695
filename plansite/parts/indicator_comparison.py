"""What the page of an indicator says when several plans have it: who aims furthest, and what may not be ranked."""

from __future__ import annotations

from collections.abc import Sequence

from plansite import formats, urls
from plansite.compare.comparison import Claim, Standing
from plansite.compare.families import claim_path, claim_text, claim_texts, reason_text
from plansite.model import Concept, Plan
from plansite.parts import indicator_charts
from plansite.parts.listings import short_name
from plansite.view import Link, Row, View


def extreme(view: View, concept: Concept) -> str:
    """What the number ranked first is among the others; whether its plan asks most of itself, it does not say."""
    return view._("highest") if concept.direction == "higher" else view._("lowest")


def standing(view: View, one: Standing) -> Row:
    """A row of the comparison: rank or the reasons against one, plan, baseline, target, years, nature, scope."""
    claim, plan = one.claim, view.site.plans[one.claim.plan]
    baseline = claim.baseline and claim.unit and formats.cell(claim.baseline, claim.unit, view.locale)
    return {
        "rank": one.rank,
        "reasons": view.join(reason_text(view, reason) for reason in one.reasons),
        "name": short_name(view, plan),
        "plan_path": view.path(urls.plan(plan.id)),
        "baseline": baseline or "–",
        "base_year": claim.base_year or "",
        "target": claim_text(view, claim),
        **others(view, claim),
        "worded": claim.value is None,
        "year": claim.year or "–",
        "path": claim_path(view, claim),
        "nature": claim.nature,
        "scope": view.text(view.site.scopes[claim.scope].name) if claim.scope else "",
        "unit": view.text(claim.unit.symbol) if claim.unit else "",
    }


def others(view: View, claim: Claim) -> Row:
    """`others`, different numbers of the plan for the same year, `where` the first stands, and the `note` about it."""
    plan = view.site.plans[claim.plan]
    rows = [
        {"text": claim_text(view, each), "path": claim_path(view, each), "where": _place(view, plan, each)}
        for each in claim.others
    ]
    return {
        "others": rows,
        "where": _place(view, plan, claim) if rows else "",
        "note": note(view, (claim, *claim.others)) if rows else None,
    }


def note(view: View, claims: Sequence[Claim]) -> Link | None:
    """The editors’ note that sets the numbers of a plan beside each other: title and path."""
    about = [view.links.notes_on(each.plan, each.kind, each.key) for each in claims]
    shared = [each for each in about[0] if all(each in found for found in about[1:])]
    return (view.text(shared[0].title), view.path(urls.note(shared[0].plan, shared[0].id))) if shared else None


def contradicting(view: View, standings: Sequence[Standing]) -> list[str]:
    """A sentence for each plan that gives more than one number for the same year."""
    return [
        view._(
            "%(plan)s is not ranked: its plan gives more than one number, %(targets)s.",
            plan=short_name(view, view.site.plans[claim.plan]),
            targets=claim_texts(view, claim),
        )
        for claim in (each.claim for each in standings)
        if claim.others
    ]


def guard(view: View, standings: Sequence[Standing]) -> str:
    """Why some or all of the numbers are not ranked; empty where all are."""
    _, apart = view._, [each for each in standings if not each.rank]
    if len(standings) < 2 or not apart:
        return ""
    if len(apart) == len(standings):
        return _("These targets are not ranked: no two of them count the same thing in the same way.")
    return _(
        "Ranked are only targets that count the same thing in the same way; for the others the table says why not."
    )


def silent(view: View, found: Sequence[Claim]) -> list[Plan]:
    """Plans that give no target for the concept."""
    return [plan for plan in view.site.plans.values() if plan.id not in {claim.plan for claim in found}]


def twofold(view: View, found: Sequence[Claim]) -> list[Row]:
    """Plans that give different targets for the same year in two places: both, with where they stand."""
    result = []
    for plan in view.site.plans.values():
        mine = [claim for claim in found if claim.plan == plan.id]
        if len({(claim_text(view, claim), claim.scope) for claim in mine}) > 1 and len({c.year for c in mine}) < len(
            mine
        ):
            claims = [
                {
                    "text": claim_text(view, claim),
                    "year": claim.year or "–",
                    "path": claim_path(view, claim),
                    "where": _where(view, plan, claim),
                    "scope": view.text(view.site.scopes[claim.scope].name) if claim.scope else "",
                }
                for claim in mine
            ]
            result.append({"name": short_name(view, plan), "claims": claims, "note": note(view, mine)})
    return result


def _where(view: View, plan: Plan, claim: Claim) -> str:
    if claim.measure:
        return f"{claim.measure.locator} {view.text(claim.measure.title)}"
    return view._("the indicator table") if claim.nature != "text" else view._("the running text")


def _place(view: View, plan: Plan, claim: Claim) -> str:
    """In a word: 5.2.2, section 2.3, table."""
    if claim.measure:
        return claim.measure.locator
    if claim.kind == "indicator":
        return view._("table")
    goal = plan.goals[claim.key]
    return view._("Section %(number)s", number=f"{goal.chapter}.{goal.section}")


def earlier(view: View, concept: Concept) -> list[Row]:
    """What plans say was reached in the earlier period, from their tables of completion."""
    rows = []
    for plan in view.site.plans.values():
        for row in plan.completion.rows if plan.completion else ():
            if row.concept == concept.id and plan.completion:
                rows.append(
                    {
                        "name": short_name(view, plan),
                        "planned": formats.cell(row.planned, row.unit, view.locale, words=True),
                        "achieved": formats.cell(row.achieved, row.unit, view.locale, words=True),
                        "year": plan.completion.year,
                        "path": view.path(urls.completion_row(plan.id, row.number)),
                    }
                )
    return rows


def charted(standings: Sequence[Standing]) -> list[Claim]:
    """The claims one chart may hold: those that are ranked together; a number that stands alone has its own chart."""
    ranked = [each.claim for each in standings if each.rank]
    numbers = [each.claim for each in standings if each.claim.value is not None]
    return ranked or (numbers if len(numbers) == 1 else [])


def chart_row(view: View, claim: Claim) -> indicator_charts.Row:
    assert claim.unit
    label = short_name(view, view.site.plans[claim.plan])
    return indicator_charts.Row(label, claim.unit, claim.baseline, claim.target, claim.base_year, claim.year)
