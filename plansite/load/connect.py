"""From checked records to what connects plans: shared measures, measures of one plan only, city and districts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePath
from typing import Any

from plansite import model
from plansite.load.reading import Everything


def connect(everything: Everything, site: model.Site) -> None:
    """Fill a site whose plans are there with families, particular measures and cascades, families by their topics.

    What was said of a measure that its plan has withdrawn is left out; a family left with one plan is none.
    """
    topics = list(site.topics)
    records = [r for loaded in everything.several["shared-measures/*.yaml"] for r in loaded.record]
    for r in sorted(records, key=lambda r: topics.index(r.topic)):
        family = _family(r, site)
        if len(family.plans) > 1:
            site.families[r.id] = family
    for loaded in everything.several["particular-measures/*.yaml"]:
        for r in loaded.record:
            key = member(r.measure)
            if _current(key, site):
                site.particular[key] = model.Particular(key, _text(r.why))
    for loaded in everything.several["cascades/*.yaml"]:
        plan = PurePath(loaded.file.name).stem
        site.cascades[plan] = _cascade(plan, loaded.record, site)


def member(name: str) -> model.MeasureKey:
    """PLAN/MEASURE as a key."""
    plan, _, measure = name.partition("/")
    return plan, measure


def districts_of(plan: model.Plan, site: model.Site) -> tuple[str, ...]:
    """The plans, for the same years, of the jurisdictions below a plan's own."""
    return tuple(
        other.id
        for other in site.plans.values()
        if site.jurisdictions[other.jurisdiction].parent == plan.jurisdiction and other.contemporary(plan)
    )


def _family(r: Any, site: model.Site) -> model.Family:
    order = list(site.plans)
    current = [key for key in map(member, r.members) if _current(key, site)]
    members = sorted(current, key=lambda key: (order.index(key[0]), site.measure(key).place))
    plans = [id for id in order if id in {plan for plan, _ in members}]
    return model.Family(
        r.id,
        _text(r.title),
        _text(r.summary),
        r.topic,
        tuple(members),
        tuple(
            model.Difference(
                d.facet, _text(d.what), {plan: _text(d.values[plan]) for plan in plans if plan in d.values}
            )
            for d in r.differences
        ),
        tuple(map(_text, r.common)),
        _text(r.alike) if r.alike else None,
    )


def _cascade(plan: str, records: list[Any], site: model.Site) -> model.Cascade:
    below = districts_of(site.plans[plan], site)
    tasks = tuple(
        model.Task(
            r.measure,
            tuple(
                model.Commitment(
                    c.action,
                    _text(c.what),
                    {
                        id: model.Follow(
                            f.relation, tuple(m for m in f.measures if _current((id, m), site)), _text(f.how)
                        )
                        for id in below
                        if (f := c.districts.get(id))
                    },
                )
                for c in r.commitments
            ),
        )
        for r in records
        if _current((plan, r.measure), site)
    )
    upward: dict[model.MeasureKey, list[tuple[str, model.Commitment]]] = defaultdict(list)
    for task in tasks:
        for commitment in task.commitments:
            for id, follow in commitment.follows.items():
                for measure in follow.measures:
                    upward[id, measure].append((task.measure, commitment))
    return model.Cascade(plan, below, tasks, {key: tuple(found) for key, found in upward.items()})


def _current(key: model.MeasureKey, site: model.Site) -> bool:
    """Whether the current edition of its plan has a measure."""
    return key[1] in site.plans[key[0]].measures


def _text(pair: Any) -> model.Text:
    return model.Text(pair.zh, pair.en)
