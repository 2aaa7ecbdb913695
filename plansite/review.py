"""What a person has yet to restate, because the document changed after it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plansite.model import Locale, Plan


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A record that awaits review: its kind and its id, number or locator in the plan, and the languages."""

    plan: str
    kind: str
    key: str
    locales: tuple[Locale, ...]


def awaiting(plan: Plan) -> list[Awaiting]:
    """Everything of a plan's current edition that awaits a person, in the order of its files."""
    return [Awaiting(plan.id, kind, key, locales) for kind, key, locales in _marks(plan) if locales]


def _marks(plan: Plan) -> Iterator[tuple[str, str, tuple[Locale, ...]]]:
    yield "plan", plan.id, plan.needs_review
    yield from (("chapter", str(c.number), c.needs_review) for c in plan.chapters)
    yield from (("measure", m.id, m.needs_review) for m in plan.measures.values())
    yield from (("new task", task.locator, ("zh", "en")) for task in plan.new_tasks)
    yield from (("indicator", str(r.number), r.needs_review) for r in (plan.indicators.rows if plan.indicators else ()))
    yield from (("goal", g.id, g.needs_review) for g in plan.goals.values())
    yield from (
        ("completion row", str(r.number), r.needs_review) for r in (plan.completion.rows if plan.completion else ())
    )
    yield from (("project", p.id, p.needs_review) for p in plan.projects.values())
    yield from (("result", p.id, p.needs_review) for p in plan.progress.values())
    yield from (("note", n.id, n.needs_review) for n in plan.notes.values())
