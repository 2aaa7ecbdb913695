"""Boxes with their projects against the document."""

from __future__ import annotations

from plansite.load.yaml_file import Steps
from plansite.model import Plan
from plansite.sources.outline import Outline, SourceBox
from plansite.verify.proof import Desk, fold, shown
from plansite.verify.restatement import Statement, compare


def prove_boxes(plan: Plan, outline: Outline, desk: Desk) -> None:
    """Boxes stand where they are printed; their items are the projects, with every number in both languages."""
    tables = {table.box for table in outline.tables}
    due = {box.number: box for box in outline.boxes if box.items or box.number not in tables}
    if not plan.boxes:
        for source in due.values():
            found = f"no box {source.number} '{shown(source.title)}'"
            desk.fault("box", desk.single("plan.yaml"), (), found, "every box of the document", source.place)
        return
    file = desk.single("projects.yaml")
    for index, box in enumerate(plan.boxes):
        path: Steps = ("boxes", index)
        if not (printed := due.pop(box.number, None)):
            found = f"box {box.number}, which the document does not have"
            desk.fault("box", file, (*path, "number"), found, "only printed boxes")
            continue
        if fold(box.title.zh) != fold(printed.title):
            found, expected = f"'{box.title.zh}'", f"'{printed.title}'"
            desk.fault("heading", file, (*path, "title", "zh"), found, expected, printed.place)
        if (box.chapter, box.section) != (printed.chapter, printed.section):
            found, expected = f"box {box.number} in {box.chapter}.{box.section}", f"{printed.chapter}.{printed.section}"
            desk.fault("locator", file, (*path, "at"), found, expected, printed.place)
        _projects(plan, printed, path, desk)
    for source in due.values():
        found = f"no box {source.number} '{shown(source.title)}'"
        desk.fault("box", file, ("boxes",), found, "every box of the document", source.place)


def _projects(plan: Plan, source: SourceBox, path: Steps, desk: Desk) -> None:
    file = desk.single("projects.yaml")
    entries = [(i, project) for i, project in enumerate(plan.projects.values()) if project.box == source.number]
    printed = "。".join(f"{item.title}。{item.text}" for item in source.items)
    wording = fold(printed)
    marks = {fold(item.mark) for item in source.items}
    spots: list[Steps] = [("projects", index) for index, _ in entries]
    home = next((spot for spot in spots if desk.awaits(file, spot)), spots[0] if spots else path)
    statement = Statement(home=home, names=desk.names)
    for index, project in entries:
        spot: Steps = ("projects", index)
        before = len(desk.faults)
        if fold(project.name.zh) not in wording:
            found, expected = f"the project '{shown(project.name.zh)}'", f"a name printed in box {source.number}"
            desk.fault("project-added", file, (*spot, "name", "zh"), found, expected, source.place)
        if project.mark and fold(project.mark) not in marks:
            found, expected = f"the mark '{project.mark}'", f"a mark of box {source.number}"
            desk.fault("project", file, (*spot, "mark"), found, expected, source.place)
        statement.texts += [((*spot, "name"), project.name), ((*spot, "text"), project.text)]
        statement.quantities += [((*spot, "quantities", n), q) for n, q in enumerate(project.quantities)]
        desk.counts["projects"] += len(desk.faults) == before
    said = fold("".join(text.zh for _, text in statement.texts))
    for item in source.items:
        if item.title and fold(item.title) not in said:
            found = f"no project '{shown(item.title)}' in box {source.number}"
            desk.fault("project-missing", file, statement.home, found, "every item of the box", item.places[0])

    def report(kind: str, where: Steps, found: str, expected: str) -> None:
        desk.fault(kind, file, where, found, expected.replace("paragraph", f"box {source.number}"), source.place)

    desk.counts["numbers"] += compare(printed, statement, report)
