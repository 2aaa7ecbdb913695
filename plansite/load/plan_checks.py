"""What no single file of a plan can show: locators, groups, names between its files, declared counts."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from plansite.load.faults import Fault
from plansite.load.numbers import check_quantities
from plansite.load.reading import Everything, Loaded, PlanFiles
from plansite.load.references import References
from plansite.load.yaml_file import Steps, YamlFile

BARE = re.compile(r"[\d.]+%?")
QUANTITY_NAMES = (
    ("indicator", "concept"),
    ("unit", "unit"),
    ("worded", "worded"),
    ("scope", "scope"),
    ("topic", "topic"),
)
"""Fields of a quantity that hold a name, and which kind of name."""


class PlanCheck:
    """The checks of one plan; faults go to the shared list, names to the shared references."""

    def __init__(self, plan: PlanFiles, everything: Everything, refs: References, faults: list[Fault]) -> None:
        self.plan, self.everything, self.refs, self.faults = plan, everything, refs, faults
        self.record = plan.record("plan.yaml")
        self.sections: dict[tuple[int, int], Any] = {}
        self.unwritten = {
            (task.at.chapter, task.at.section, task.at.item) for task in plan.record("new-tasks.yaml") or ()
        }

    def run(self) -> None:
        kinds = (
            ("measure", "measures"),
            ("project", "projects.yaml"),
            ("progress", "progress.yaml"),
            ("note", "notes.yaml"),
            ("goal", "goals.yaml"),
            ("completion", "completion.yaml"),
        )
        for kind, home in kinds:
            self.refs.kind(self.key(kind), kind, f"{self.plan.folder}/{home}", must_be_used=False)
        self.refs.kind(self.key("row"), "indicator row", f"{self.plan.folder}/indicators.yaml", must_be_used=False)
        self.refs.kind(self.key("chapter"), "chapter", f"{self.plan.folder}/outline.yaml", must_be_used=False)
        self.refs.kind(self.key("section"), "section", f"{self.plan.folder}/outline.yaml", must_be_used=False)
        self.refs.kind(self.key("box"), "box", f"{self.plan.folder}/projects.yaml")
        self.outline()
        self.plan_file()
        self.measures()
        self.indicators()
        self.goals()
        self.completion()
        self.projects()
        self.progress()
        self.notes()

    def key(self, kind: str) -> str:
        return f"{kind}:{self.plan.key}"

    def fault(self, file: YamlFile, path: Steps, found: str, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(file.name, *file.position(path), found, expected, hint))

    def loaded(self, name: str, *kinds: str) -> Loaded | None:
        """A readable file of the plan; otherwise the kinds it defines are incomplete."""
        loaded = self.plan.single.get(name)
        if loaded is None or loaded.record is None:
            for kind in kinds if loaded else ():
                self.refs.incomplete(self.key(kind))
            return None
        return loaded

    # --- files ---

    def plan_file(self) -> None:
        if not (loaded := self.loaded("plan.yaml")):
            return
        record, file = loaded.record, loaded.file
        if record.id != self.plan.id:
            self.fault(file, ("id",), f"the id '{record.id}'", f"the name of its folder, '{self.plan.id}'")
        if record.period[1] is None or (record.period[0] or 0) > record.period[1]:
            self.fault(
                file, ("period",), f"a period from {record.period[0]} to {record.period[1]}", "first year, last year"
            )
        self.refs.use("jurisdiction", record.jurisdiction, file, ("jurisdiction",))
        for index, name in enumerate(record.based_on):
            self.refs.use("cite", name, file, ("based_on", index))
        if record.standing:
            self.refs.use(self.key("measure"), record.standing.measure, file, ("standing", "measure"))
            for index, word in enumerate(record.standing.with_ if self._jurisdiction_known() else ()):
                self.refs.use(f"spelling:{record.jurisdiction}", word, file, ("standing", "with", index))
        for index, number in enumerate(record.key_numbers):
            self.refs.use(self.key("row"), str(number.indicator), file, ("key_numbers", index, "indicator"))

    def outline(self) -> None:
        if not (loaded := self.loaded("outline.yaml", "chapter", "section")):
            return
        for c, chapter in enumerate(loaded.record):
            self.refs.define(self.key("chapter"), str(chapter.number), loaded.file, (c, "number"))
            self.tags(loaded.file, (c,), chapter)
            for s, section in enumerate(chapter.sections):
                name = f"{chapter.number}.{section.number}"
                self.refs.define(self.key("section"), name, loaded.file, (c, "sections", s, "number"))
                self.sections[chapter.number, section.number] = (section, (c, "sections", s))

    def measures(self) -> None:
        items: Counter[tuple[int, int]] = Counter()
        broken = any(loaded.record is None for loaded in self.plan.measures)
        if broken:
            self.refs.incomplete(self.key("measure"))
        for loaded in self.plan.measures:
            for index, measure in enumerate(loaded.record or ()):
                self.refs.define(self.key("measure"), measure.id, loaded.file, (index, "id"))
                self.locator(loaded.file, index, measure, items)
                self.assignments(loaded.file, index, measure)
                self.quantities(loaded.file, (index, "targets"), measure.targets, [measure.summary, *measure.actions])
                self.tags(loaded.file, (index,), measure)
        self.gone()
        self.new_tasks(items)
        if not broken and (outline := self.loaded("outline.yaml")):
            self.groups(outline.file, items)

    def gone(self) -> None:
        """Withdrawn measures keep their names: what speaks of them leads to the page that tells what became of them."""
        loaded = self.plan.single.get("withdrawn.yaml")
        for index, entry in enumerate((loaded.record if loaded else None) or ()):
            assert loaded
            self.refs.define(self.key("measure"), entry.id, loaded.file, (index, "id"))

    def new_tasks(self, items: Counter[tuple[int, int]]) -> None:
        """Tasks that nobody has restated yet have their number among the measures, and bodies like them."""
        if not (loaded := self.loaded("new-tasks.yaml")):
            return
        for index, task in enumerate(loaded.record):
            place = (task.at.chapter, task.at.section)
            self.refs.use(self.key("section"), f"{place[0]}.{place[1]}", loaded.file, (index, "at", "section"))
            items[place] = max(items[place], task.at.item)
            self.assignments(loaded.file, index, task)

    def locator(self, file: YamlFile, index: int, measure: Any, items: Counter[tuple[int, int]]) -> None:
        at = measure.at
        stem = file.name.rsplit("/", 1)[-1].removesuffix(".yaml")
        if stem != f"{at.chapter:02d}":
            self.fault(
                file,
                (index, "at", "chapter"),
                f"chapter {at.chapter} in the file of chapter {stem}",
                f"the chapter of the file name ({stem})",
            )
            return
        self.refs.use(self.key("section"), f"{at.chapter}.{at.section}", file, (index, "at", "section"))
        due = items[at.chapter, at.section] + 1
        while due < at.item and (at.chapter, at.section, due) in self.unwritten:
            due += 1
        if at.item != due:
            self.fault(
                file,
                (index, "at", "item"),
                f"item {at.item} of section {at.chapter}.{at.section}",
                f"item {due} (counted from 1, without gaps, in the order of the document)",
            )
        items[at.chapter, at.section] = max(due, at.item)

    def groups(self, file: YamlFile, items: Counter[tuple[int, int]]) -> None:
        for key, (section, path) in self.sections.items():
            due = 1
            for index, group in enumerate(section.groups):
                if group.items is None:
                    continue
                first, last = group.items
                if first != due or last < first or last > items[key]:
                    self.fault(
                        file,
                        (*path, "groups", index, "items"),
                        f"items {first} to {last}",
                        f"items from {due} to at most {items[key]} (the measures of {key[0]}.{key[1]})",
                    )
                due = last + 1
            if due > 1 and due <= items[key] and not self.faults:
                self.fault(
                    file,
                    (*path, "groups"),
                    f"groups that end with item {due - 1}",
                    f"groups for all {items[key]} measures of {key[0]}.{key[1]}",
                )

    def assignments(self, file: YamlFile, index: int, measure: Any) -> None:
        seen: dict[str, str] = {}
        for role, words in measure.departments.by_role():
            for number, word in enumerate(words):
                path = (index, "departments", role, number)
                if self.record and self._jurisdiction_known():
                    self.refs.use(f"spelling:{self.record.jurisdiction}", word, file, path)
                if word in seen:
                    self.fault(file, path, f"'{word}' a second time (also under '{seen[word]}')", "each body once")
                seen[word] = role

    def _jurisdiction_known(self) -> bool:
        loaded = self.everything.single.get("jurisdictions.yaml")
        return bool(loaded and loaded.record and any(j.id == self.record.jurisdiction for j in loaded.record))

    def quantities(
        self, file: YamlFile, path: Steps, quantities: list[Any], texts: list[Any], *, implied: bool = True
    ) -> None:
        self.faults += check_quantities(file, path, quantities, texts, implied=implied)
        for index, quantity in enumerate(quantities):
            for field, kind in QUANTITY_NAMES:
                if value := getattr(quantity, field):
                    self.refs.use(kind, value, file, (*path, index, field))

    def tags(self, file: YamlFile, path: Steps, record: Any) -> None:
        for field, kind in (("topics", "topic"), ("places", "place"), ("cites", "cite")):
            names = getattr(record, field, [])
            for number, name in enumerate(names):
                self.refs.use(kind, name, file, (*path, field, number))
                if name in names[:number]:
                    self.fault(file, (*path, field, number), f"'{name}' a second time", "each once")

    def indicators(self) -> None:
        if not (loaded := self.loaded("indicators.yaml", "row")):
            return
        record, file = loaded.record, loaded.file
        self.placement(file, ("box", "at"), record.box.at)
        categories = {category.id for category in record.categories}
        concepts: dict[str, int] = {}
        for index, row in enumerate(record.rows):
            path: Steps = ("rows", index)
            self.refs.define(self.key("row"), str(index + 1), file, (*path, "number"))
            if row.number != index + 1:
                self.fault(file, (*path, "number"), f"row number {row.number}", f"{index + 1}")
            if row.category not in categories:
                self.fault(
                    file,
                    (*path, "category"),
                    f"unknown category '{row.category}'",
                    f"one of {', '.join(sorted(categories))}",
                )
            if row.concept in concepts:
                self.fault(
                    file,
                    (*path, "concept"),
                    f"'{row.concept}' a second time (row {concepts[row.concept]})",
                    "one row for each indicator",
                )
            concepts[row.concept] = row.number
            self.refs.use("concept", row.concept, file, (*path, "concept"))
            self.refs.use("unit", row.unit, file, (*path, "unit"))
            if row.scope:
                self.refs.use("scope", row.scope, file, (*path, "scope"))
            self.cells(file, path, row, ("baseline", "target"), years=bool(record.baseline_year))
            self.direction(file, path, row)
        self.declared(record, file)

    def cells(self, file: YamlFile, path: Steps, row: Any, names: tuple[str, ...], *, years: bool = True) -> None:
        """`years`: the table has a year of the baselines."""
        for name in names:
            cell = getattr(row, name)
            if cell and cell.worded:
                self.refs.use("worded", cell.worded, file, (*path, name, "worded"))
            if name == "baseline" and bool(cell) != bool(years):
                found = "a baseline in a table without 'baseline_year'" if cell else "no 'baseline' in the row"
                self.fault(file, path, found, "a baseline in every row, and 'baseline_year'; or neither")

    def direction(self, file: YamlFile, path: Steps, row: Any) -> None:
        """A bare number of a target is read with the direction of its concept; 0% and 100% are exact."""
        loaded = self.everything.single.get("vocab/indicators.yaml")
        concepts = {c.id: c for c in loaded.record} if loaded and loaded.record else {}
        if row.concept not in concepts or row.target.value is None or not BARE.fullmatch(row.target.printed.strip()):
            return
        exact = row.unit == "%" and row.target.value in (0, 100)
        due = "=" if exact else ">=" if concepts[row.concept].direction == "higher" else "<="
        if (row.target.op or "=") != due:
            found = f"'{row.target.op or '='}' for the bare number {row.target.printed}"
            self.fault(file, (*path, "target"), found, f"'{due}', the direction of '{row.concept}'")

    def goals(self) -> None:
        if not (loaded := self.loaded("goals.yaml", "goal")):
            return
        for index, goal in enumerate(loaded.record):
            self.refs.define(self.key("goal"), goal.id, loaded.file, (index, "id"))
            self.placement(loaded.file, (index, "at"), goal.at)
            for field, kind in QUANTITY_NAMES:
                if value := getattr(goal, field):
                    self.refs.use(kind, value, loaded.file, (index, field))

    def completion(self) -> None:
        if not (loaded := self.loaded("completion.yaml", "completion")):
            return
        record, file = loaded.record, loaded.file
        self.placement(file, ("box", "at"), record.box.at)
        categories = {category.id for category in record.categories}
        for index, row in enumerate(record.rows):
            path: Steps = ("rows", index)
            self.refs.define(self.key("completion"), str(index + 1), file, (*path, "number"))
            if row.number != index + 1:
                self.fault(file, (*path, "number"), f"row number {row.number}", f"{index + 1}")
            if row.category not in categories:
                found, expected = f"unknown category '{row.category}'", f"one of {', '.join(sorted(categories))}"
                self.fault(file, (*path, "category"), found, expected)
            if row.concept:
                self.refs.use("concept", row.concept, file, (*path, "concept"))
            self.refs.use("unit", row.unit, file, (*path, "unit"))
            self.cells(file, path, row, ("planned", "achieved"))

    def declared(self, record: Any, file: YamlFile) -> None:
        """The counts the text gives must be those of the rows, unless a note of kind `count` says otherwise."""
        kinds = Counter(row.attribute for row in record.rows)
        counted = {"total": len(record.rows), "binding": kinds["binding"], "anticipatory": kinds["anticipatory"]}
        notes = self.plan.record("notes.yaml") or ()
        if any(note.kind == "count" and any(subject.indicator for subject in note.places) for note in notes):
            return
        if record.declared is None:
            return
        for name, number in counted.items():
            said = getattr(record.declared, name)
            if said != number:
                self.fault(
                    file,
                    ("declared", name),
                    f"{said} declared, {number} in the rows",
                    "the same count, or a note of kind 'count' about an indicator",
                )

    def placement(self, file: YamlFile, path: Steps, at: Any) -> None:
        name = f"{at.chapter}.{at.section}"
        self.refs.use(self.key("section"), name, file, (*path, "section"))
        section, _ = self.sections.get((at.chapter, at.section), (None, ()))
        if at.group and section and at.group > len(section.groups):
            self.fault(
                file, (*path, "group"), f"group {at.group}", f"at most {len(section.groups)} (the groups of {name})"
            )

    def projects(self) -> None:
        if not (loaded := self.loaded("projects.yaml", "project", "box")):
            return
        for index, box in enumerate(loaded.record.boxes):
            self.refs.define(self.key("box"), str(box.number), loaded.file, ("boxes", index, "number"))
            self.placement(loaded.file, ("boxes", index, "at"), box.at)
        for index, project in enumerate(loaded.record.projects):
            path: Steps = ("projects", index)
            self.refs.define(self.key("project"), project.id, loaded.file, (*path, "id"))
            self.refs.use(self.key("box"), str(project.box), loaded.file, (*path, "box"))
            self.quantities(loaded.file, (*path, "quantities"), project.quantities, [project.name, project.text])
            self.tags(loaded.file, path, project)
            for number, name in enumerate(project.measures):
                self.refs.use(self.key("measure"), name, loaded.file, (*path, "measures", number))

    def progress(self) -> None:
        if not (loaded := self.loaded("progress.yaml", "progress")):
            return
        for index, entry in enumerate(loaded.record):
            self.refs.define(self.key("progress"), entry.id, loaded.file, (index, "id"))
            self.placement(loaded.file, (index, "at"), entry.at)
            self.quantities(loaded.file, (index, "figures"), entry.figures, [entry.text], implied=False)
            self.tags(loaded.file, (index,), entry)

    def notes(self) -> None:
        if not (loaded := self.loaded("notes.yaml", "note")):
            return
        for index, note in enumerate(loaded.record):
            self.refs.define(self.key("note"), note.id, loaded.file, (index, "id"))
            for number, subject in enumerate(note.places):
                for field, kind in (
                    ("indicator", "row"),
                    ("measure", "measure"),
                    ("project", "project"),
                    ("progress", "progress"),
                    ("chapter", "chapter"),
                    ("section", "section"),
                    ("goal", "goal"),
                    ("completion", "completion"),
                ):
                    if (value := getattr(subject, field)) is not None:
                        self.refs.use(self.key(kind), str(value), loaded.file, (index, "places", number, field))
