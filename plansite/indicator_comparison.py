"""What the page of an indicator says when several plans have it: who aims furthest, and what may not be ranked."""

from __future__ import annotations

from collections.abc import Sequence

from plansite import formats, indicator_charts, urls
from plansite.comparison import Claim, Standing
from plansite.families import claim_path, claim_text, reason_text
from plansite.listings import short_name
from plansite.model import Concept, Plan
from plansite.view import Row, View


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
        "worded": claim.value is None,
        "year": claim.year or "–",
        "path": claim_path(view, claim),
        "nature": claim.nature,
        "scope": view.text(view.site.scopes[claim.scope].name) if claim.scope else "",
        "unit": view.text(claim.unit.symbol) if claim.unit else "",
    }


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
            result.append({"name": short_name(view, plan), "claims": claims})
    return result


def _where(view: View, plan: Plan, claim: Claim) -> str:
    if claim.measure:
        return f"{claim.measure.locator} {view.text(claim.measure.title)}"
    return view._("the indicator table") if claim.nature != "text" else view._("the running text")


def earlier(view: View, concept: Concept) -> list[Row]:
    """What plans say was reached in the earlier period, from their tables of completion."""
    rows = []
    for plan in view.site.plans.values():
        for row in plan.completion.rows if plan.completion else ():
            if row.concept == concept.id and plan.completion:
                rows.append(
                    {
                        "name": short_name(view, plan),
                        "planned": formats.cell(row.planned, row.unit, view.locale),
                        "achieved": formats.cell(row.achieved, row.unit, view.locale),
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
