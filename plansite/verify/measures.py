"""Measures against task paragraphs: place, heading, responsible bodies, numbers; none missing, none added."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.load.yaml_file import Steps, YamlFile
from plansite.model import ROLES, Measure, Plan, Site
from plansite.sources.outline import Outline, Task
from plansite.verify.proof import Desk, fold, shown
from plansite.verify.restatement import Statement, compare

Entry = tuple[Measure, YamlFile, int]


def prove_measures(plan: Plan, site: Site, outline: Outline, desk: Desk) -> None:
    """Every measure has its paragraph and every paragraph its measure; each pair agrees."""
    entries = list(_entries(plan, desk))
    pairs = _pair(entries, outline.tasks, desk)
    for (measure, file, index), task in pairs:
        before = len(desk.faults)
        _bodies(measure, task, site, plan, file, (index, "departments"), desk)
        _numbers(measure, task, plan, file, index, desk)
        desk.counts["measures"] += len(desk.faults) == before
    claimed = {id(task) for _, task in pairs}
    unwritten = {(task.locator, fold(task.heading)) for task in plan.new_tasks}
    for task in outline.tasks:
        if (task.locator, fold(task.heading)) in unwritten:
            desk.waiting += 1
        elif id(task) not in claimed:
            file, path = _where_due(task, entries, desk)
            found = f"no measure for the task paragraph {task.locator} '{shown(task.heading)}'"
            desk.fault("measure-missing", file, path, found, "a measure for every task paragraph", task.places[0])


def prove_standing(plan: Plan, outline: Outline, desk: Desk) -> None:
    """The bodies that a remark adds to all later tasks: those of the data are those of the remark, where it stands."""
    file = desk.single("plan.yaml")
    given = [fold(entry.printed) for entry in plan.standing.assignments] if plan.standing else []
    stated = next((task for task in outline.tasks if task.remark), None)
    due = [fold(name) for name in outline.remark.split("、")] if outline.remark else []
    if given != due:
        found = f"{', '.join(given) or 'nobody'} for every later task"
        expected = f"'{outline.remark}', as the remark says" if due else "nothing; the document has no such remark"
        desk.fault("standing", file, ("standing",), found, expected, stated.places[-1] if stated else None)
    elif plan.standing and stated and plan.measures[plan.standing.measure].locator != stated.locator:
        found = f"'{plan.standing.measure}' as the measure of the remark"
        desk.fault("standing", file, ("standing", "measure"), found, f"that of {stated.locator}", stated.places[-1])


def _entries(plan: Plan, desk: Desk) -> Iterator[Entry]:
    for loaded in desk.files.measures:
        for index, record in enumerate(loaded.record):
            yield plan.measures[record.id], loaded.file, index


def _pair(entries: list[Entry], tasks: tuple[Task, ...], desk: Desk) -> list[tuple[Entry, Task]]:
    """Each measure with the paragraph at its locator if the heading is right; else the one with its heading."""
    free = {task.locator: task for task in tasks}
    pairs: list[tuple[Entry, Task]] = []
    rest: list[Entry] = []
    for entry in entries:
        task = free.get(entry[0].locator)
        if task and fold(task.heading) == fold(entry[0].heading):
            pairs.append((entry, free.pop(task.locator)))
        else:
            rest.append(entry)
    for entry in list(rest):
        measure, file, index = entry
        alike = [task for task in free.values() if fold(task.heading) == fold(measure.heading)]
        if alike:
            task = alike[0]
            found, expected = f"'{measure.id}' at {measure.locator}", f"{task.locator}, where its heading stands"
            desk.fault("locator", file, (index, "at"), found, expected, task.places[0])
            pairs.append((entry, free.pop(task.locator)))
            rest.remove(entry)
    for entry in rest:
        measure, file, index = entry
        if task := free.pop(measure.locator, None):
            found = f"the heading '{shown(measure.heading)}' at {measure.locator}"
            desk.fault("heading", file, (index, "heading"), found, f"'{shown(task.heading)}'", task.places[0])
            pairs.append((entry, task))
        else:
            found = f"'{measure.id}' at {measure.locator}, where the document has no task paragraph"
            desk.fault("measure-added", file, (index, "at"), found, "a measure only for a task paragraph")
    return pairs


def _where_due(task: Task, entries: list[Entry], desk: Desk) -> tuple[YamlFile, Steps]:
    """Where a missing measure belongs: the measure that stands in its place now, else the end of its chapter's file."""
    chapter = [(file, index, m) for m, file, index in entries if m.chapter == task.chapter]
    for file, index, measure in chapter:
        if (measure.section, measure.item) >= (task.section, task.item):
            return file, (index,)
    return (chapter[-1][0], (chapter[-1][1],)) if chapter else (desk.single("outline.yaml"), ())


def _bodies(measure: Measure, task: Task, site: Site, plan: Plan, file: YamlFile, path: Steps, desk: Desk) -> None:
    """The bodies of the note, role by role, in the printed order."""
    for role in ROLES:
        printed = [body.printed for body in task.bodies if body.role == role]
        given = [entry.printed for entry in measure.assignments if entry.role == role]
        due, have = [fold(name) for name in printed], [fold(name) for name in given]
        for name in printed:
            if fold(name) not in have:
                elsewhere = next((a.role for a in measure.assignments if fold(a.printed) == fold(name)), "")
                found = f"'{name}' under '{elsewhere}'" if elsewhere else f"no '{name}'"
                expected = _known(f"it under '{role}', as the note prints it", name, plan, site)
                desk.fault("body-missing", file, (*path, role), found, expected, task.places[-1])
        for number, name in enumerate(given):
            if fold(name) in due or any(fold(name) == fold(body.printed) for body in task.bodies):
                continue
            found, expected = f"'{name}', which the note does not name", "only the bodies of the note"
            desk.fault("body-added", file, (*path, role, number), found, expected, task.places[-1])
        common = [name for name in have if name in due]
        if sorted(due) == sorted(common) and due != common:
            expected = f"the order of the note ({'、'.join(printed)})"
            desk.fault("body-order", file, (*path, role), f"{'、'.join(given)}", expected, task.places[-1])
        desk.counts["bodies"] += sum(name in have for name in due)


def _known(expected: str, name: str, plan: Plan, site: Site) -> str:
    """Tell when a body has to be defined first."""
    bodies = [role.bodies[plan.jurisdiction] for role in site.departments.values() if plan.jurisdiction in role.bodies]
    known = any(name in body.printed for body in bodies)
    return expected if known else f"{expected} (to be added to data/vocab/departments.yaml)"


def _numbers(measure: Measure, task: Task, plan: Plan, file: YamlFile, index: int, desk: Desk) -> None:
    others = [entry for entry in measure.assignments if entry.role != "lead"]
    statement = Statement(
        home=(index, "actions"),
        texts=[
            *(((index, "actions", number), text) for number, text in enumerate(measure.actions)),
            *(((index, "targets", number, "what"), t.what) for number, t in enumerate(measure.targets)),
        ],
        quantities=[((index, "targets", number), target) for number, target in enumerate(measure.targets)],
        summary=((index, "summary"), measure.summary),
        bodies=(len(measure.assignments), len(others)),
        exceptions=measure.exceptions,
        exceptions_path=(index, "exceptions"),
        names=desk.names,
    )

    def report(kind: str, path: Steps, found: str, expected: str) -> None:
        desk.fault(kind, file, path, found, expected, task.places[0])

    context = "。".join((task.heading, measure.heading, _group(plan, task)))
    desk.counts["numbers"] += compare(task.text, statement, report, context=context)


def _group(plan: Plan, task: Task) -> str:
    """The sub-heading a task stands under."""
    for chapter in plan.chapters:
        for section in chapter.sections:
            here = (chapter.number, section.number) == (task.chapter, task.section)
            if here and 0 < task.group <= len(section.groups):
                return section.groups[task.group - 1].title.zh
    return ""
