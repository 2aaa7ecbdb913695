"""What one edition of a plan changed in the one before it, measure by measure and number by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from plansite.model import Cell, Goal, Indicator, Measure, Plan, Quantity

Kind = Literal["numbers", "bodies", "text", "heading", "place"]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure that both editions have, and in what it differs; "place" alone means that it only moved."""

    before: Measure
    after: Measure
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that changed: what it belongs to, and its value before and after (None: not there)."""

    of: Measure | Indicator | Goal
    before: Quantity | Cell | None
    after: Quantity | Cell | None


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition to the next. `came` and `gone` are measures that only the newer or only the older has."""

    older: Plan
    newer: Plan
    changed: tuple[Change, ...]
    moved: tuple[Change, ...]
    came: tuple[Measure, ...]
    gone: tuple[Measure, ...]
    figures: tuple[Figure, ...]
    unchanged: int


def steps(plan: Plan) -> list[Step]:
    """The steps of a plan, the newest first; none for a plan with a single edition."""
    editions = [plan, *plan.earlier]
    return [_step(older, newer) for newer, older in pairwise(editions)]


def difference(before: Measure, after: Measure) -> tuple[Kind, ...]:
    """In what two versions of a measure differ."""
    differs: dict[Kind, bool] = {
        "numbers": bool(changed_targets(before, after)),
        "bodies": [(a.printed, a.role) for a in before.assignments] != [(a.printed, a.role) for a in after.assignments],
        "text": (before.summary, before.actions) != (after.summary, after.actions),
        "heading": before.heading != after.heading,
        "place": before.place != after.place,
    }
    return tuple(kind for kind, changed in differs.items() if changed)


def changed_targets(before: Measure, after: Measure) -> list[tuple[Quantity | None, Quantity | None]]:
    """Targets whose value changed, that came or that went, each with its counterpart by name, else by indicator."""
    left, pairs = list(before.targets), []
    for quantity in after.targets:
        twin = next((old for old in left if old.what.zh == quantity.what.zh and old.scope == quantity.scope), None)
        twin = twin or next((old for old in left if old.concept and old.concept == quantity.concept), None)
        if twin:
            left.remove(twin)
        if twin is None or _counts(twin) != _counts(quantity):
            pairs.append((twin, quantity))
    return [*pairs, *((old, None) for old in left)]


def _counts(quantity: Quantity) -> tuple[object, ...]:
    """What a quantity says, without its name."""
    return quantity.op, quantity.value, quantity.unit, quantity.worded, quantity.year, quantity.compared_with


def _step(older: Plan, newer: Plan) -> Step:
    pairs = [(older.measures[id], measure) for id, measure in newer.measures.items() if id in older.measures]
    changes = [Change(before, after, difference(before, after)) for before, after in pairs]
    return Step(
        older,
        newer,
        changed=tuple(change for change in changes if set(change.kinds) - {"place"}),
        moved=tuple(change for change in changes if change.kinds == ("place",)),
        came=tuple(measure for id, measure in newer.measures.items() if id not in older.measures),
        gone=tuple(measure for id, measure in older.measures.items() if id not in newer.measures),
        figures=tuple(_figures(older, newer, changes)),
        unchanged=sum(not change.kinds for change in changes),
    )


def _figures(older: Plan, newer: Plan, changes: Iterable[Change]) -> Iterator[Figure]:
    """Rows of the indicator table first, then goals of the running text, then targets of measures."""
    known = {row.concept: row for row in older.indicators.rows} if older.indicators else {}
    for row in newer.indicators.rows if newer.indicators else ():
        before = known.pop(row.concept, None)
        if before is None or before.target.printed != row.target.printed:
            yield Figure(row, before.target if before else None, row.target)
    yield from (Figure(row, row.target, None) for row in known.values())
    for id, goal in newer.goals.items():
        old = older.goals.get(id)
        if old is None or _counts(old.quantity) != _counts(goal.quantity):
            yield Figure(goal, old.quantity if old else None, goal.quantity)
    yield from (Figure(goal, goal.quantity, None) for id, goal in older.goals.items() if id not in newer.goals)
    for change in changes:
        for old_target, target in changed_targets(change.before, change.after):
            yield Figure(change.after, old_target, target)
