"""Which measures are likely the same task: lines for a person who decides."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.compare.similar import Similar
from plansite.load.reading import Everything

SHOWN = 5
"""How many like measures are named for each."""


def suggestions(everything: Everything, plan: str, least: float, *, everything_too: bool = False) -> Iterator[str]:
    """One block for each measure of a plan (empty: all plans) that is undecided, or for all with `everything_too`."""
    measures = {
        f"{files.id}/{measure.id}": measure
        for files in everything.plans.values()
        for loaded in files.measures
        for measure in loaded.record
    }
    decided = _decided(everything)
    similar = Similar(measures)
    count = 0
    for name, measure in measures.items():
        if (plan and not name.startswith(f"{plan}/")) or (name in decided and not everything_too):
            continue
        count += 1
        at = measure.at
        yield f"{name}  {at.chapter}.{at.section}.{at.item} {measure.title.en}{_in(decided, name)}"
        near = similar.near(name, least)
        for other, likeness in near[:SHOWN]:
            yield f"  {likeness:5.1f}  {other}  {measures[other].title.en}{_in(decided, other)}"
        if not near:
            yield "  nothing alike in another plan"
    yield f"{count} measures; {len(measures) - len(decided)} of {len(measures)} undecided"


def _in(decided: dict[str, str], name: str) -> str:
    return f"  [{decided[name]}]" if name in decided else ""


def _decided(everything: Everything) -> dict[str, str]:
    """PLAN/MEASURE → its families, or that it is particular."""
    found: dict[str, list[str]] = {}
    for loaded in everything.several["shared-measures/*.yaml"]:
        for family in loaded.record:
            for name in family.members:
                found.setdefault(name, []).append(family.id)
    for loaded in everything.several["particular-measures/*.yaml"]:
        for entry in loaded.record:
            found.setdefault(entry.measure, []).append("particular")
    return {name: ", ".join(ids) for name, ids in found.items()}
