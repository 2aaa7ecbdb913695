"""What the jump box reads: from the name of a plan and a number (净月 4.3.1) to a place."""

from __future__ import annotations

from typing import Any

from plansite import urls
from plansite.model import Plan, Site


def locators(site: Site) -> dict[str, Any]:
    """`names`: what a reader may type → plan id; `plans`: plan id → its numbers. Paths lie below the language.

    A name that fits several plans of a jurisdiction leads to the first of them; the id of a plan always leads to it.
    """
    names: dict[str, str] = {}
    for plan in site.plans.values():
        for name in site.jurisdictions[plan.jurisdiction].names:
            names.setdefault(name, plan.id)
    return {"names": names, "plans": {plan.id: _numbers(plan) for plan in site.plans.values()}}


def _numbers(plan: Plan) -> dict[str, Any]:
    """`sections` leads to the chapter a section stands in, `measures` to the id of a measure."""
    return {
        "path": urls.plan(plan.id),
        "chapters": [chapter.number for chapter in plan.chapters],
        "sections": {
            f"{chapter.number}.{section.number}": str(chapter.number)
            for chapter in plan.chapters
            for section in chapter.sections
        },
        "measures": {measure.locator: measure.id for measure in plan.measures.values()},
    }
