"""What binds the editions of a plan together, and a plan to the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plansite.load.faults import Fault, nearest
from plansite.load.reading import Everything, PlanFiles
from plansite.load.references import References
from plansite.load.yaml_file import Steps, YamlFile


def check_history(everything: Everything, refs: References) -> list[Fault]:
    """Faults of editions, withdrawn measures, tasks not yet restated and successions; names go to the references."""
    faults: list[Fault] = []
    for plan in everything.plans.values():
        _History(plan, everything, refs, faults).run()
    return faults


def measure_ids(plan: PlanFiles) -> set[str]:
    """The measures of one edition, as far as its files could be read."""
    return {measure.id for loaded in plan.measures for measure in loaded.record or ()}


class _History:
    def __init__(self, plan: PlanFiles, everything: Everything, refs: References, faults: list[Fault]) -> None:
        self.plan, self.everything, self.refs, self.faults = plan, everything, refs, faults
        self.record = plan.record("plan.yaml")
        self.ids = measure_ids(plan)
        self.readable = all(loaded.record is not None for files in self._all() for loaded in files.files)

    def run(self) -> None:
        self.editions()
        self.withdrawn()
        self.split()
        self.succession()

    def _all(self) -> Iterable[PlanFiles]:
        return self.plan, *self.plan.earlier.values()

    def fault(self, file: YamlFile, path: Steps, found: str, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(file.name, *file.position(path), found, expected, hint))

    def editions(self) -> None:
        """Each earlier edition lies in a folder of its own date, and is older than the current one."""
        for name, files in self.plan.earlier.items():
            record = files.record("plan.yaml")
            if record is None:
                continue
            file = files.single["plan.yaml"].file
            if record.edition != name:
                self.fault(file, ("edition",), f"the edition '{record.edition}'", f"the name of its folder, '{name}'")
            elif self.record and record.edition != "undated" and record.edition >= self.record.edition:
                expected = f"one before '{self.record.edition}', the current one"
                self.fault(file, ("edition",), f"the edition '{record.edition}' among the earlier ones", expected)
            if self.record and record.jurisdiction != self.record.jurisdiction:
                expected = f"'{self.record.jurisdiction}', as in the current edition"
                self.fault(file, ("jurisdiction",), f"'{record.jurisdiction}'", expected)

    def withdrawn(self) -> None:
        """A withdrawn measure is one of its last edition and not of the current one; none vanishes without a word."""
        loaded = self.plan.single.get("withdrawn.yaml")
        records = loaded.record or [] if loaded else []
        for index, entry in enumerate(records):
            assert loaded
            if entry.id in self.ids:
                expected = "a measure that the current edition no longer has"
                self.fault(loaded.file, (index, "id"), f"'{entry.id}', which the plan has", expected)
            elif entry.last not in self.plan.earlier:
                expected = (
                    f"one of {', '.join(self.plan.earlier)}" if self.plan.earlier else "a folder editions/EDITION/"
                )
                self.fault(loaded.file, (index, "last"), f"no edition '{entry.last}'", expected)
            elif self.readable and entry.id not in (known := measure_ids(self.plan.earlier[entry.last])):
                found = f"'{entry.id}', which the edition {entry.last} has not"
                self.fault(loaded.file, (index, "id"), found, "a measure of it", nearest(entry.id, known))
            for number, name in enumerate(entry.into):
                self.refs.use(f"measure:{self.plan.key}", name, loaded.file, (index, "into", number))
        if self.readable and not (loaded and loaded.record is None):
            told = {entry.id for entry in records}
            for files in self.plan.earlier.values():
                self._vanished(files, told)

    def _vanished(self, files: PlanFiles, told: set[str]) -> None:
        for loaded in files.measures:
            for index, measure in enumerate(loaded.record):
                if measure.id not in self.ids | told:
                    found = f"'{measure.id}' of the edition {files.edition}, which the current edition has not"
                    expected = f"the measure, or an entry in {self.plan.folder}/withdrawn.yaml"
                    self.fault(loaded.file, (index, "id"), found, expected, nearest(measure.id, self.ids - told, 85))

    def split(self) -> None:
        """What was split off came from a measure of an earlier edition."""
        known = {id for files in self.plan.earlier.values() for id in measure_ids(files)}
        tasks = self.plan.single.get("new-tasks.yaml")
        for loaded in [*self.plan.measures, *([tasks] if tasks else [])]:
            for index, record in enumerate(loaded.record or ()):
                if record.split_from and self.readable and record.split_from not in known:
                    found, expected = f"no earlier measure '{record.split_from}'", "a measure of an earlier edition"
                    path = (index, "split_from")
                    self.fault(loaded.file, path, found, expected, nearest(record.split_from, known))

    def succession(self) -> None:
        """The plan before is one of the same jurisdiction, and what is said of its measures speaks of ones it has."""
        before = self._before()
        loaded = self.plan.single.get("succession.yaml")
        if loaded is None or loaded.record is None or self.record is None:
            return
        if not self.record.follows:
            self.fault(loaded.file, (), "a succession", "'follows' in plan.yaml, with the id of the earlier plan")
            return
        for index, entry in enumerate(loaded.record):
            if entry.measure:
                self.refs.use(f"measure:{self.plan.key}", entry.measure, loaded.file, (index, "measure"))
            for number, name in enumerate(entry.earlier if before else ()):
                self.refs.use(f"measure:{self.record.follows}", name, loaded.file, (index, "earlier", number))

    def _before(self) -> Any:
        """The record of the plan that this one follows; None if there is none or it cannot be used."""
        if self.record is None or not self.record.follows:
            return None
        file = self.plan.single["plan.yaml"].file
        self.refs.use("plan", self.record.follows, file, ("follows",))
        files = self.everything.plans.get(self.record.follows)
        before = files.record("plan.yaml") if files else None
        if before and before.jurisdiction != self.record.jurisdiction:
            found = f"'{before.id}', a plan of '{before.jurisdiction}'"
            self.fault(file, ("follows",), found, f"a plan of '{self.record.jurisdiction}'")
        elif before and before.id == self.plan.id:
            self.fault(file, ("follows",), "the plan itself", "the plan of the period before")
        return before
