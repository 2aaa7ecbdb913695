"""Every target of every plan in one form, wherever it stands: in the indicator table, the running text or a measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plansite import urls
from plansite.model import Attribute, Concept, Indicator, IndicatorTable, Plan, Quantity, Site

Source = Literal["measure", "indicator", "goal"]
SOURCES: tuple[Source, ...] = ("measure", "indicator", "goal")


@dataclass(frozen=True, slots=True)
class Stated:
    """A target and where it stands.

    `id` is that of the measure or goal, or the number of the indicator row; `index` counts from 1 within it.
    `attribute` is empty but for an indicator. A row without value and words has a quantity without both.
    """

    plan: str
    source: Source
    id: str
    index: int
    locator: str
    quantity: Quantity
    address: str
    attribute: Attribute | Literal[""] = ""


def stated(site: Site) -> Iterator[Stated]:
    """Plan by plan: the indicator table, the running text, the measures."""
    for plan in site.plans.values():
        yield from of_plan(site, plan)


def plans_about(site: Site, concept: Concept) -> list[Plan]:
    """The plans that give a target for an indicator, or say what became of an earlier one."""
    return [
        plan
        for plan in site.plans.values()
        if any(item.quantity.concept == concept.id for item in of_plan(site, plan))
        or any(row.concept == concept.id for row in (plan.completion.rows if plan.completion else ()))
    ]


def of_plan(site: Site, plan: Plan) -> Iterator[Stated]:
    """The targets of one plan, in the same order."""
    table = plan.indicators
    for row in table.rows if table else ():
        assert table
        yield Stated(
            plan.id,
            "indicator",
            str(row.number),
            1,
            f"{table.box.chapter}.{table.box.section}",
            _of_row(table, row, site.concepts[row.concept]),
            urls.plan_indicator(plan.id, row.number),
            row.attribute,
        )
    for goal in plan.goals.values():
        place = f"{goal.chapter}.{goal.section}"
        yield Stated(plan.id, "goal", goal.id, 1, place, goal.quantity, urls.goal(plan.id, goal.id))
    for measure in plan.measures.values():
        address = urls.measure(plan.id, measure.id)
        for index, target in enumerate(measure.targets, start=1):
            yield Stated(plan.id, "measure", measure.id, index, measure.locator, target, address)


def _of_row(table: IndicatorTable, row: Indicator, concept: Concept) -> Quantity:
    """The target of a row; a number that counts a change counts it from the year of the baselines."""
    target = row.target
    return Quantity(
        what=row.name,
        op=target.op,
        value=target.value,
        unit=row.unit,
        worded=target.worded,
        year=table.target_year,
        compared_with=table.baseline_year if concept.change and target.value is not None else 0,
        concept=row.concept,
        scope=row.scope,
    )
