"""Where other files name measures that are gone or changed: families, cascades, projects, notes, later plans."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from plansite.load.connection_checks import CASCADES, FAMILIES, PARTICULAR
from plansite.load.reading import Everything, PlanFiles
from plansite.load.yaml_file import Steps, YamlFile


@dataclass(frozen=True, slots=True)
class Mention:
    """A measure of the plan by its id, what names it (`family straw`, `note x`), and file with line."""

    measure: str
    by: str
    where: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A family that one plan is left in, and a measure of it (plan and id) that is still there."""

    family: str
    left: tuple[str, str]
    where: str


def alone(everything: Everything, plan: PlanFiles, gone: Collection[str]) -> tuple[Alone, ...]:
    """The families that have members of one plan only when these measures of the plan are gone."""
    there = {
        (files.id, record.id)
        for files in everything.plans.values()
        for loaded in files.measures
        for record in loaded.record
    }
    left = there - {(plan.id, id) for id in gone}
    found = []
    for loaded in everything.several[FAMILIES]:
        for index, family in enumerate(loaded.record):
            members = [(owner, measure) for owner, _, measure in (name.partition("/") for name in family.members)]
            rest = [member for member in members if member in left]
            plans_before = {owner for owner, measure in members if (owner, measure) in there}
            if len(plans_before) > 1 and len({owner for owner, _ in rest}) == 1:
                where = f"{loaded.file.name}:{loaded.file.position((index,))[0]}"
                found.append(Alone(family.id, rest[0], where))
    return tuple(found)


def mentions(everything: Everything, plan: PlanFiles) -> tuple[Mention, ...]:
    """Everything that names a measure of the plan by its id."""
    return (*_shared(everything, plan.id), *_own(plan), *_later(everything, plan.id))


def _shared(everything: Everything, plan: str) -> Iterator[Mention]:
    for loaded in everything.several[FAMILIES]:
        for index, family in enumerate(loaded.record):
            for number, name in enumerate(family.members):
                owner, _, measure = name.partition("/")
                if owner == plan:
                    yield _mention(measure, f"family {family.id}", loaded.file, (index, "members", number))
    for loaded in everything.several[PARTICULAR]:
        for index, entry in enumerate(loaded.record):
            owner, _, measure = entry.measure.partition("/")
            if owner == plan:
                yield _mention(measure, "the particular measures", loaded.file, (index, "measure"))
    for loaded in everything.several[CASCADES]:
        city = PurePath(loaded.file.name).stem
        for index, task in enumerate(loaded.record):
            if city == plan:
                yield _mention(task.measure, f"the cascade of {city}", loaded.file, (index, "measure"))
            for number, commitment in enumerate(task.commitments):
                path: Steps = (index, "commitments", number, "districts", plan, "measures")
                follow = commitment.districts.get(plan)
                for place, measure in enumerate(follow.measures if follow else ()):
                    yield _mention(measure, f"the cascade of {city}", loaded.file, (*path, place))


def _own(plan: PlanFiles) -> Iterator[Mention]:
    if loaded := plan.single.get("projects.yaml"):
        for index, project in enumerate(loaded.record.projects):
            for number, measure in enumerate(project.measures):
                yield _mention(measure, f"project {project.id}", loaded.file, ("projects", index, "measures", number))
    if loaded := plan.single.get("notes.yaml"):
        for index, note in enumerate(loaded.record):
            for number, subject in enumerate(note.places):
                if subject.measure:
                    yield _mention(subject.measure, f"note {note.id}", loaded.file, (index, "places", number))


def _later(everything: Everything, plan: str) -> Iterator[Mention]:
    for files in everything.plans.values():
        record, loaded = files.record("plan.yaml"), files.single.get("succession.yaml")
        if record.follows == plan and loaded:
            for index, entry in enumerate(loaded.record):
                for number, measure in enumerate(entry.earlier):
                    yield _mention(measure, f"the succession of {files.id}", loaded.file, (index, "earlier", number))


def _mention(measure: str, by: str, file: YamlFile, path: Steps) -> Mention:
    return Mention(measure, by, f"{file.name}:{file.position(path)[0]}")
