"""Numbers of several plans beside each other, and the guard that refuses to rank what is not the same thing.

A claim is one number that a plan gives for an indicator concept: a row of its table, a goal of its running text, or a
target of a measure. Two claims are compared only if unit, deadline, scope and nature agree and, for a concept that
counts a change, the year it is counted from. A number that is only “about” so much is not compared, nor is one of
several that the same plan gives for the same year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from plansite import urls
from plansite.links import Links
from plansite.model import Cell, Concept, Indicator, Measure, Plan, Quantity, Relation, Site, SubjectKind, Unit

Nature = Literal["binding", "anticipatory", "text"]
"""How a number stands in its plan: a binding or anticipatory row of the table, or a number of the running text."""

Reason = Literal["unit", "year", "base-year", "scope", "nature", "words", "about", "twofold"]
"""Why a number may not be ranked; "twofold": its plan gives another one for the same year."""

Comparison = Relation | Literal["not-comparable"]
Obstacle = Reason | Literal["words-above", "words-below"]
"""Why two numbers cannot be compared; "words-above": that of the city is in words, "words-below": the district’s."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a plan gives as its target; `base_year` and `year` are 0, `scope` is empty, where the plan says nothing.

    `kind` and `key` name the row, goal or measure it stands in, `address` where that is on this site; `measure` is set
    for the target of a measure. `others` are different numbers that the plan gives for the same year.
    """

    plan: str
    target: Cell | Quantity
    unit: Unit | None
    baseline: Cell | None
    base_year: int
    year: int
    scope: str
    nature: Nature
    kind: SubjectKind
    key: str
    address: str
    measure: Measure | None = None
    others: tuple[Claim, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The number exactly as written; None for words."""
        return None if self.target.value is None else Decimal(str(self.target.value))


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim and its place among the comparable ones: `rank` from 1 (ties share it), 0 with the `reasons` against."""

    claim: Claim
    rank: int
    reasons: tuple[Reason, ...] = ()


def claims(site: Site, links: Links, concept: str) -> list[Claim]:
    """Every claim for a concept, plan by plan: rows of tables, goals of the running text, targets of measures."""
    found = [_of_row(plan, row) for plan, row in links.rows_by_concept.get(concept, [])]
    for plan in site.plans.values():
        for goal in plan.goals.values():
            if goal.quantity.concept == concept:
                found.append(_of_text(plan.id, goal.quantity, "goal", goal.id, urls.goal(plan.id, goal.id)))
    for measure, target in links.by_concept.get(concept, []):
        address = urls.measure(measure.plan, measure.id)
        found.append(_of_text(measure.plan, target, "measure", measure.id, address, measure))
    order = list(site.plans)
    return sorted(found, key=lambda claim: order.index(claim.plan))


def leading(found: Sequence[Claim]) -> list[Claim]:
    """One claim for each plan: the row of its table, else its first goal, else the first target of a measure.

    It comes with the `others` that contradict it.
    """
    result: dict[str, Claim] = {}
    for claim in found:
        kept = result.get(claim.plan)
        if kept is None or (claim.nature != "text") > (kept.nature != "text"):
            result[claim.plan] = claim
    return [replace(one, others=tuple(each for each in found if _contradicts(one, each))) for one in result.values()]


def rank(concept: Concept, found: Sequence[Claim]) -> list[Standing]:
    """The claims ranked, best first, then those that may not be ranked with them, each with the reasons.

    The largest set of comparable claims is ranked (the first of equal ones), if it has two or more.
    """
    sets: dict[tuple[object, ...], list[Claim]] = {}
    for claim in found:
        if not _alone(claim):
            sets.setdefault(_key(concept, claim), []).append(claim)
    largest = max(sets.values(), key=len, default=[])
    if len(largest) < 2:
        pattern = largest[0] if largest else None
        return [Standing(claim, 0, _reasons(concept, claim, pattern)) for claim in found]
    ordered = sorted(largest, key=lambda c: c.value or 0, reverse=concept.direction == "higher")
    values = [claim.value for claim in ordered]
    ranked = [Standing(claim, values.index(claim.value) + 1) for claim in ordered]
    rest = [claim for claim in found if claim not in largest]
    return ranked + [Standing(claim, 0, _reasons(concept, claim, largest[0])) for claim in rest]


def relation(concept: Concept, above: Claim, below: Claim | None) -> tuple[Comparison, tuple[Obstacle, ...]]:
    """What a district's number makes of the city's; "not-comparable" comes with the reasons.

    The nature of the number does not matter here: a city's goal of the running text may be a district's binding row.
    """
    if below is None:
        return "leaves-out", ()
    if below.value is None or above.value is None:
        if below.target.worded is not None and below.target.worded == above.target.worded:
            return "repeats", ()
        sides: tuple[tuple[Claim, Obstacle], ...] = ((above, "words-above"), (below, "words-below"))
        return "not-comparable", tuple(side for claim, side in sides if claim.value is None)
    reasons = dict.fromkeys((*_alone(above), *_reasons(concept, below, above)))
    reasons.pop("nature", None)
    if reasons:
        return "not-comparable", tuple(reasons)
    if below.value == above.value:
        return "repeats", ()
    return ("tightens" if (below.value > above.value) == (concept.direction == "higher") else "loosens"), ()


def _of_row(plan: Plan, row: Indicator) -> Claim:
    table = plan.indicators
    assert table
    return Claim(
        plan.id,
        row.target,
        row.unit,
        row.baseline if table.baseline_year else None,
        table.baseline_year,
        table.target_year,
        row.scope,
        row.attribute,
        "indicator",
        str(row.number),
        urls.plan_indicator(plan.id, row.number),
    )


def _of_text(
    plan: str, quantity: Quantity, kind: SubjectKind, key: str, address: str, measure: Measure | None = None
) -> Claim:
    base, year = quantity.compared_with, quantity.year
    return Claim(plan, quantity, quantity.unit, None, base, year, quantity.scope, "text", kind, key, address, measure)


def _contradicts(one: Claim, other: Claim) -> bool:
    """Another number of the same plan for the same thing and year, as far as the plan tells the years."""
    if one.plan != other.plan or one.value is None or other.value is None or one.value == other.value:
        return False
    bases = {one.base_year, other.base_year} - {0}
    return (one.unit, one.year, one.scope) == (other.unit, other.year, other.scope) and len(bases) < 2


def _key(concept: Concept, claim: Claim) -> tuple[object, ...]:
    base = claim.base_year if concept.change else 0
    return (claim.unit.id if claim.unit else "", claim.year, base, claim.scope, claim.nature)


def _alone(claim: Claim) -> tuple[Reason, ...]:
    """Why a claim cannot stand beside any other."""
    if claim.value is None:
        return ("words",)
    if claim.others:
        return ("twofold",)
    return ("about",) if claim.target.op == "~" else ()


def _reasons(concept: Concept, claim: Claim, pattern: Claim | None) -> tuple[Reason, ...]:
    """Why a claim cannot stand beside another."""
    if alone := _alone(claim):
        return alone
    if pattern is None or claim is pattern:
        return ()
    mine, others = _key(concept, claim), _key(concept, pattern)
    names: tuple[Reason, ...] = ("unit", "year", "base-year", "scope", "nature")
    return tuple(name for name, one, other in zip(names, mine, others, strict=True) if one != other)
