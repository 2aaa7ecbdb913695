"""What connects things: who is responsible for what, what stands next to what, which remark concerns what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from plansite.model import (
    Assignment,
    Chapter,
    Commitment,
    Family,
    Indicator,
    Measure,
    MeasureKey,
    Note,
    Plan,
    Progress,
    Project,
    Quantity,
    Site,
    SubjectKind,
    Succeeded,
    Text,
)

Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The measures before and after one in its plan."""

    before: Measure | None
    after: Measure | None


@dataclass(frozen=True, slots=True)
class Links:
    """Look-ups over the whole site; lists keep the order of the plans."""

    measures: tuple[Measure, ...]
    by_topic: dict[str, list[Measure]]
    by_place: dict[str, list[Measure]]
    by_cite: dict[str, list[Measure]]
    by_department: dict[str, list[tuple[Measure, Assignment]]]
    by_concept: dict[str, list[tuple[Measure, Quantity]]]
    rows_by_concept: dict[str, list[tuple[Plan, Indicator]]]
    projects_by_topic: dict[str, list[Project]]
    projects_by_place: dict[str, list[Project]]
    projects_by_measure: dict[MeasureKey, list[Project]]
    progress_by_topic: dict[str, list[Progress]]
    progress_by_place: dict[str, list[Progress]]
    others_by_cite: dict[str, list[Project | Progress]]
    chapters_by_place: dict[str, list[tuple[Plan, Chapter]]]
    chapters_by_cite: dict[str, list[tuple[Plan, Chapter]]]
    plans_by_basis: dict[str, list[Plan]]
    plans_after: dict[str, list[Plan]]
    succeeded: dict[MeasureKey, list[tuple[Plan, Succeeded]]]
    changed: frozenset[MeasureKey]
    notes: dict[tuple[str, SubjectKind, str], list[Note]]
    families: dict[MeasureKey, list[Family]]
    city_tasks: dict[MeasureKey, list[tuple[str, str, Commitment]]]
    neighbours: dict[MeasureKey, Neighbours]
    related: dict[MeasureKey, list[Measure]]

    def notes_on(self, plan: str, kind: SubjectKind, key: str | int) -> list[Note]:
        return self.notes.get((plan, kind, str(key)), [])


RELATED = 5  # how many related measures a page names
NEAR = 50  # of the measures on a topic so many before one and behind it are looked at, so that the work stays even


def link(site: Site) -> Links:
    """Connect everything once."""
    measures = tuple(measure for plan in site.plans.values() for measure in plan.measures.values())
    projects = [project for plan in site.plans.values() for project in plan.projects.values()]
    progress = [entry for plan in site.plans.values() for entry in plan.progress.values()]
    by_topic = _index(measures, lambda m: m.topics)
    others: list[Project | Progress] = [*projects, *progress]
    chapters = [(plan, chapter) for plan in site.plans.values() for chapter in plan.chapters]
    families = _index(site.families.values(), lambda family: family.members)
    return Links(
        measures=measures,
        by_topic=by_topic,
        by_place=_index(measures, lambda m: m.places),
        by_cite=_index(measures, lambda m: m.cites),
        by_department=_departments(measures),
        by_concept=_concepts(measures),
        rows_by_concept=_rows(site),
        projects_by_topic=_index(projects, lambda p: p.topics),
        projects_by_place=_index(projects, lambda p: p.places),
        projects_by_measure=_index(projects, lambda p: [(p.plan, id) for id in p.measures]),
        progress_by_topic=_index(progress, lambda p: p.topics),
        progress_by_place=_index(progress, lambda p: p.places),
        others_by_cite=_index(others, lambda p: p.cites),
        chapters_by_place=_index(chapters, lambda pair: pair[1].places),
        chapters_by_cite=_index(chapters, lambda pair: pair[1].cites),
        plans_by_basis=_index(site.plans.values(), lambda p: p.based_on),
        plans_after=_index(site.plans.values(), lambda p: [p.follows] if p.follows else []),
        succeeded=_succeeded(site),
        changed=frozenset((plan.id, id) for plan in site.plans.values() for id in plan.changed),
        notes=_notes(site),
        families=families,
        city_tasks=_city_tasks(site),
        neighbours=_neighbours(site),
        related=_related(measures, by_topic, families),
    )


def section_of(plan: Plan, measure: Measure) -> tuple[Text, Text, Text | None]:
    """Titles of the chapter, section and (where the section has sub-headings) group a measure stands in."""
    chapter = plan.chapter(measure.chapter)
    section = next(s for s in chapter.sections if s.number == measure.section)
    group = next((g for g in section.groups if g.items[0] <= measure.item <= g.items[1]), None)
    return chapter.title, section.title, group.title if group else None


def _index(things: Iterable[Thing], keys: Callable[[Thing], Iterable[Key]]) -> dict[Key, list[Thing]]:
    """Key → things that have it."""
    result: dict[Key, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            result[key].append(thing)
    return dict(result)


def _departments(measures: Iterable[Measure]) -> dict[str, list[tuple[Measure, Assignment]]]:
    result: dict[str, list[tuple[Measure, Assignment]]] = defaultdict(list)
    for measure in measures:
        for assignment in measure.assignments:
            result[assignment.department].append((measure, assignment))
    return dict(result)


def _concepts(measures: Iterable[Measure]) -> dict[str, list[tuple[Measure, Quantity]]]:
    result: dict[str, list[tuple[Measure, Quantity]]] = defaultdict(list)
    for measure in measures:
        for target in measure.targets:
            if target.concept:
                result[target.concept].append((measure, target))
    return dict(result)


def _rows(site: Site) -> dict[str, list[tuple[Plan, Indicator]]]:
    result: dict[str, list[tuple[Plan, Indicator]]] = defaultdict(list)
    for plan in site.plans.values():
        for row in plan.indicators.rows if plan.indicators else ():
            result[row.concept].append((plan, row))
    return dict(result)


def _notes(site: Site) -> dict[tuple[str, SubjectKind, str], list[Note]]:
    result: dict[tuple[str, SubjectKind, str], list[Note]] = defaultdict(list)
    for plan in site.plans.values():
        for note in plan.notes.values():
            for key in dict.fromkeys((plan.id, subject.kind, subject.key) for subject in note.subjects):
                result[key].append(note)
    return dict(result)


def _succeeded(site: Site) -> dict[MeasureKey, list[tuple[Plan, Succeeded]]]:
    """A measure → what later plans make of it."""
    result: dict[MeasureKey, list[tuple[Plan, Succeeded]]] = defaultdict(list)
    for plan in site.plans.values():
        for entry in plan.succession:
            for id in entry.earlier:
                result[plan.follows, id].append((plan, entry))
    return dict(result)


def _city_tasks(site: Site) -> dict[MeasureKey, list[tuple[str, str, Commitment]]]:
    """A district's measure → plan and measure of the city with the commitment that it carries out."""
    result: dict[MeasureKey, list[tuple[str, str, Commitment]]] = defaultdict(list)
    for cascade in site.cascades.values():
        for key, found in cascade.by_measure.items():
            result[key] += [(cascade.plan, measure, commitment) for measure, commitment in found]
    return dict(result)


def _neighbours(site: Site) -> dict[MeasureKey, Neighbours]:
    result = {}
    for plan in site.plans.values():
        row: list[Measure | None] = [None, *plan.measures.values(), None]
        for before, measure, after in zip(row, row[1:], row[2:], strict=False):
            if measure:
                result[plan.id, measure.id] = Neighbours(before, after)
    return result


def _related(
    measures: Iterable[Measure], by_topic: dict[str, list[Measure]], families: dict[MeasureKey, list[Family]]
) -> dict[MeasureKey, list[Measure]]:
    """Other measures with the same topics, those of the same plan first.

    A topic weighs the more, the fewer measures have it, and where it is the main one of either or of both. Of measures
    of equal weight those of the same plan are taken; of a family one, of the measure's own none: its page names them.
    """
    place = {(topic, m.plan, m.id): number for topic, found in by_topic.items() for number, m in enumerate(found)}
    result = {}
    for measure in measures:
        weights: dict[MeasureKey, float] = defaultdict(float)
        known: dict[MeasureKey, Measure] = {}
        for topic in measure.topics:
            here, found = place[topic, measure.plan, measure.id], by_topic[topic]
            for other in found[max(0, here - NEAR) : here + NEAR + 1]:
                key = other.plan, other.id
                weights[key] += (1 + (topic == measure.topics[0]) + (topic == other.topics[0])) / len(found)
                known[key] = other
        own = measure.plan, measure.id
        ranked = sorted(weights, key=lambda key: (-weights[key], key[0] != own[0]))
        chosen = _one_of_each_family(own, ranked, families)
        result[own] = sorted((known[key] for key in chosen), key=lambda other: other.plan != measure.plan)
    return result


def _one_of_each_family(
    own: MeasureKey, ranked: Iterable[MeasureKey], families: dict[MeasureKey, list[Family]]
) -> list[MeasureKey]:
    """The first measures that share no family with one another or with the measure itself."""
    chosen: list[MeasureKey] = []
    seen = {family.id for family in families.get(own, ())}
    for key in ranked:
        mine = {family.id for family in families.get(key, ())}
        if key != own and not mine & seen:
            chosen.append(key)
            seen |= mine
        if len(chosen) == RELATED:
            break
    return chosen
