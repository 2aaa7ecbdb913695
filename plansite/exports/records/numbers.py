"""Indicators, targets and the table of the earlier period as JSON records."""

from __future__ import annotations

from plansite import urls
from plansite.exports.records.base import Context, Record, box_place, cell, pair, quantity
from plansite.exports.stated import Stated, stated
from plansite.model import CompletionRow, CompletionTable, Concept, Indicator, IndicatorTable, Plan


def indicator(context: Context, plan: Plan, table: IndicatorTable, row: Indicator) -> Record:
    """A row of a plan's table; `baseline` is None where the table has none."""
    return {
        "plan": plan.id,
        "number": row.number,
        "category": row.category,
        "category_name": pair(table.categories[row.category]),
        "name": pair(row.name),
        "printed_name": row.printed_name,
        "concept": row.concept,
        "change": context.site.concepts[row.concept].change,
        "scope": row.scope or None,
        "unit": row.unit.id,
        "baseline": {"year": table.baseline_year, **cell(row.baseline)} if table.baseline_year else None,
        "target": {"year": table.target_year, **cell(row.target)},
        "attribute": row.attribute,
        "box": table.box.number,
        "locator": box_place(table.box),
        "notes": context.notes_on(plan.id, "indicator", row.number),
        "url": context.url(urls.plan_indicator(plan.id, row.number)),
    }


def completion(context: Context, plan: Plan, table: CompletionTable, row: CompletionRow) -> Record:
    """A target of the earlier period, and what the plan says was reached in `year`."""
    return {
        "plan": plan.id,
        "number": row.number,
        "category": row.category,
        "category_name": pair(table.categories[row.category]),
        "name": pair(row.name),
        "printed_name": row.printed_name,
        "concept": row.concept or None,
        "unit": row.unit.id,
        "year": table.year,
        "planned": cell(row.planned),
        "achieved": cell(row.achieved),
        "attribute": row.attribute,
        "remark": pair(row.remark),
        "box": table.box.number,
        "locator": box_place(table.box),
        "notes": context.notes_on(plan.id, "completion", row.number),
        "url": context.url(urls.completion_row(plan.id, row.number)),
    }


def target(context: Context, item: Stated) -> Record:
    """`source` says where the number stands: measure, indicator (a row of the table) or goal (the running text)."""
    return {
        "plan": item.plan,
        "source": item.source,
        "id": item.id,
        "index": item.index,
        "locator": item.locator,
        **quantity(item.quantity),
        "attribute": item.attribute or None,
        "notes": context.notes_on(item.plan, item.source, item.id),
        "url": context.url(item.address),
    }


def concept(context: Context, concept: Concept) -> Record:
    """An indicator by itself; `direction` says whether higher or lower is better, `change` that it counts a change."""
    return {
        "id": concept.id,
        "name": pair(concept.name),
        "direction": concept.direction,
        "change": concept.change,
        "unit": concept.unit.id,
        "topics": list(concept.topics),
        "url": context.url(urls.indicator(concept.id)),
    }


def concept_in_plans(context: Context, entry: Concept) -> Record:
    """An indicator with its rows in the tables of all plans, its targets in measures and running text, its past."""
    plans = context.site.plans.values()
    elsewhere = [item for item in stated(context.site) if item.quantity.concept == entry.id]
    return concept(context, entry) | {
        "rows": [
            indicator(context, plan, plan.indicators, row)
            for plan, row in context.links.rows_by_concept.get(entry.id, [])
            if plan.indicators
        ],
        "targets": [
            {
                "plan": item.plan,
                "measure": item.id,
                "locator": item.locator,
                **quantity(item.quantity),
                "url": context.url(item.address),
            }
            for item in elsewhere
            if item.source == "measure"
        ],
        "goals": [target(context, item) for item in elsewhere if item.source == "goal"],
        "completion": [
            completion(context, plan, plan.completion, row)
            for plan in plans
            if plan.completion
            for row in plan.completion.rows
            if row.concept == entry.id
        ],
    }
