"""Counts in words and lists by plan, which several kinds of page share."""

from __future__ import annotations

from collections.abc import Iterable

from plansite import urls
from plansite.model import Measure, Note, Plan, Progress, Project, Quantity
from plansite.view import Link, Row, View

NO_YEAR = 9999  # sorts a target without a deadline after all others


def count_measures(view: View, count: int) -> str:
    return view._("%(count)s measure", count=count) if count == 1 else view._("%(count)s measures", count=count)


def count_targets(view: View, count: int) -> str:
    return view._("%(count)s target", count=count) if count == 1 else view._("%(count)s targets", count=count)


def count_indicators(view: View, count: int) -> str:
    return view._("%(count)s indicator", count=count) if count == 1 else view._("%(count)s indicators", count=count)


def count_projects(view: View, count: int) -> str:
    return view._("%(count)s project", count=count) if count == 1 else view._("%(count)s projects", count=count)


def count_results(view: View, count: int) -> str:
    return view._("%(count)s claimed result", count=count) if count == 1 else view._(
        "%(count)s claimed results", count=count)


def count_notes(view: View, count: int) -> str:
    return view._("%(count)s note", count=count) if count == 1 else view._("%(count)s notes", count=count)


def counts(view: View, measures: int, projects: int, results: int) -> str:
    """"3 measures, 1 project": only what there is, measures always."""
    parts = [count_measures(view, measures)]
    if projects:
        parts.append(count_projects(view, projects))
    if results:
        parts.append(count_results(view, results))
    return view.join(parts)


def by_plan(view: View, measures: Iterable[Measure]) -> list[tuple[Link, list[Row]]]:
    """Measures under the plan they belong to, in the order of the plans."""
    groups: dict[str, list[Row]] = {}
    for measure in measures:
        groups.setdefault(measure.plan, []).append(view.measure(measure))
    return [(view.plan_link(view.site.plans[plan]), rows) for plan, rows in groups.items()]


def targets_by_deadline(view: View, measures: Iterable[Measure]) -> list[Row]:
    """Every target of some measures, the first deadline first; those without one at the end."""
    pairs = [(measure, target) for measure in measures for target in measure.targets]
    return [view.target(measure, target) for measure, target in sorted(pairs, key=lambda pair: deadline(pair[1]))]


def deadline(target: Quantity) -> int:
    return target.year or NO_YEAR


def first_deadline(measures: Iterable[Measure]) -> int:
    """The earliest year by which one of the measures has a target; 0 if none has."""
    return min((target.year for measure in measures for target in measure.targets if target.year), default=0)


def notes_about(view: View, measures: Iterable[Measure], others: Iterable[Project | Progress] = (),
                rows: Iterable[tuple[Plan, int]] = ()) -> list[Row]:
    """The notes that speak of some measures, projects, claimed results or indicator rows, each once."""
    links = view.links
    found: dict[tuple[str, str], Note] = {}
    lists = [links.notes_on(measure.plan, "measure", measure.id) for measure in measures]
    lists += [links.notes_on(thing.plan, "project" if isinstance(thing, Project) else "progress", thing.id)
              for thing in others]
    lists += [links.notes_on(plan.id, "indicator", number) for plan, number in rows]
    for notes in lists:
        found |= {(note.plan, note.id): note for note in notes}
    return [view.note(note) for note in found.values()]


def indicator_place(view: View, plan: Plan, number: int) -> Link:
    """"Box 1, row 3" and the row's address."""
    assert plan.indicators
    label = view._("Box %(box)s, row %(row)s", box=plan.indicators.box.number, row=number)
    return label, view.path(urls.plan_indicator(plan.id, number))
