"""What editors decided about several plans: every measure decided once, differences that the measures bear out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from plansite.compare.similar import Similar
from plansite.load.faults import Fault
from plansite.load.numbers import Excused, check_pairs, numbers
from plansite.load.reading import Everything, Loaded
from plansite.load.references import References
from plansite.load.yaml_file import Steps, YamlFile
from plansite.model import periods_meet

FAMILIES, PARTICULAR, CASCADES = "shared-measures/*.yaml", "particular-measures/*.yaml", "cascades/*.yaml"


def check_connections(everything: Everything, refs: References, excused: Excused) -> list[Fault]:
    """Every fault of families, particular measures and cascades; names go to the shared references."""
    return [*_Connections(everything, refs, excused).faults()]


class _Connections:
    def __init__(self, everything: Everything, refs: References, excused: Excused) -> None:
        self.everything, self.refs, self.excused = everything, refs, excused
        self.measures: dict[str, tuple[Loaded, int, Any]] = {}
        for plan in everything.plans.values():
            for loaded in plan.measures:
                for index, measure in enumerate(loaded.record or ()):  # of two with one id the first counts
                    self.measures.setdefault(f"{plan.id}/{measure.id}", (loaded, index, measure))
        self.decided: dict[str, str] = {}

    def faults(self) -> Iterator[Fault]:
        self.refs.kind("family", "shared measure", "data/shared-measures", must_be_used=False)
        if any(loaded.record is None for loaded in self.everything.several[FAMILIES]):
            self.refs.incomplete("family")
        for pattern in (FAMILIES, PARTICULAR, CASCADES):
            for loaded in self.everything.several[pattern]:
                if loaded.record is not None:
                    yield from check_pairs(loaded.file, loaded.record, self.excused)
        for loaded in self._loaded(FAMILIES):
            for index, family in enumerate(loaded.record):
                yield from self.family(loaded.file, (index,), family)
        for loaded in self._loaded(PARTICULAR):
            for index, entry in enumerate(loaded.record):
                yield from self.particular(loaded.file, (index,), entry)
        for loaded in self._loaded(CASCADES):
            yield from self.cascade(loaded.file, loaded.record)
        if not self.everything.faults:
            yield from self.undecided()

    def _loaded(self, pattern: str) -> list[Loaded]:
        return [loaded for loaded in self.everything.several[pattern] if loaded.record is not None]

    # --- families ---

    def family(self, file: YamlFile, path: Steps, family: Any) -> Iterator[Fault]:
        self.refs.define("family", family.id, file, (*path, "id"))
        self.refs.use("topic", family.topic, file, (*path, "topic"))
        for number, name in enumerate(family.members):
            self._use_member(name, file, (*path, "members", number))
            if name in family.members[:number]:
                yield _fault(file, (*path, "members", number), f"'{name}' a second time", "each member once")
            self.decided[name] = f"the family '{family.id}'"
        plans = list(dict.fromkeys(name.partition("/")[0] for name in family.members))
        if len(plans) < 2:
            yield _fault(file, (*path, "members"), f"members of {plans[0]} only", "members of two plans or more")
        for number, difference in enumerate(family.differences):
            yield from self._difference(file, (*path, "differences", number), family, difference, plans)
        if family.alike and (told := self._different_targets(family)):
            yield _fault(file, (*path, "alike"), f"targets that differ: {told}", "a difference that names them")

    def _difference(
        self, file: YamlFile, path: Steps, family: Any, difference: Any, plans: list[str]
    ) -> Iterator[Fault]:
        for plan, value in difference.values.items():
            where = (*path, "values", plan)
            if plan not in plans:
                yield _fault(file, where, f"'{plan}', which has no member here", f"one of {', '.join(plans)}")
                continue
            members = [
                self.measures[name][2]
                for name in family.members
                if name.startswith(f"{plan}/") and name in self.measures
            ]
            known = {number for measure in members for number in _numbers_of(measure)}
            if members and (strange := sorted(numbers(value.zh) - known)):
                shown = " and ".join(f"{number.normalize():f}" for number in strange)
                yield _fault(file, (*where, "zh"), f"{shown}, which no member of {plan} says", "numbers of its members")
        texts = [(value.zh, value.en) for value in difference.values.values()]
        if len(difference.values) == len(plans) and len(set(texts)) == 1:
            yield _fault(file, (*path, "values"), "the same for every plan", "something that differs; else 'common'")

    def _different_targets(self, family: Any) -> str:
        """The targets with numbers that some members of other plans do not have, in words; empty if all agree.

        Members that their plan has withdrawn say nothing.
        """
        by_plan: dict[str, set[str]] = {}
        for name in family.members:
            if name in self.measures:
                targets = self.measures[name][2].targets
                told = {f"{t.value} {t.unit} {t.year or ''}".strip() for t in targets if t.value is not None}
                by_plan.setdefault(name.partition("/")[0], set()).update(told)
        everywhere = set.intersection(*by_plan.values()) if by_plan else set()
        return "; ".join(f"{plan} {', '.join(sorted(t - everywhere))}" for plan, t in by_plan.items() if t - everywhere)

    def particular(self, file: YamlFile, path: Steps, entry: Any) -> Iterator[Fault]:
        self._use_member(entry.measure, file, (*path, "measure"))
        if already := self.decided.get(entry.measure):
            yield _fault(file, (*path, "measure"), f"'{entry.measure}', which is in {already}", "one decision")
        self.decided[entry.measure] = "the particular measures"

    def _use_member(self, name: str, file: YamlFile, path: Steps) -> None:
        plan, _, measure = name.partition("/")
        self.refs.use("plan", plan, file, path)
        if plan in self.everything.plans:
            self.refs.use(f"measure:{plan}", measure, file, path)

    def undecided(self) -> Iterator[Fault]:
        """With two plans or more, every measure must be shared or particular; the likeliest family is named."""
        if len(self.everything.plans) < 2:
            return
        left = [name for name in self.measures if name not in self.decided]
        similar = Similar({name: measure for name, (_, _, measure) in self.measures.items()}) if left else None
        for name in left:
            loaded, index, _ = self.measures[name]
            near = [other for other, _ in similar.near(name)] if similar else []
            likely = next((self.decided[other] for other in near if other in self.decided), "")
            hint = f"; most like a member of {likely}" if likely else f"; most like {near[0]}" if near else ""
            yield _fault(
                loaded.file,
                (index, "id"),
                f"'{name}', of which nobody decided whether it is shared{hint}",
                "a member of a family in data/shared-measures, or an entry in data/particular-measures",
            )

    # --- cascades ---

    def cascade(self, file: YamlFile, tasks: list[Any]) -> Iterator[Fault]:
        plan = PurePath(file.name).stem
        self.refs.use("plan", plan, file, ())
        places = self.everything.single.get("jurisdictions.yaml")
        if plan not in self.everything.plans or not (places and places.record):
            return
        below = self._plans_below(plan, places.record)
        if below is None:
            return
        named = {id for task in tasks for commitment in task.commitments for id in commitment.districts}
        for id in below:
            if id not in named:
                yield _fault(file, (), f"nothing about {id}", f"each plan below {plan}, in every commitment")
        below_named = [id for id in below if id in named]
        for index, task in enumerate(tasks):
            self.refs.use(f"measure:{plan}", task.measure, file, (index, "measure"))
            _, _, measure = self.measures.get(f"{plan}/{task.measure}", (None, 0, None))
            for number, commitment in enumerate(task.commitments):
                path: Steps = (index, "commitments", number)
                if measure and commitment.action > len(measure.actions):
                    found, expected = f"action {commitment.action}", f"at most {len(measure.actions)} (its actions)"
                    yield _fault(file, (*path, "action"), found, expected)
                for id in below_named:
                    if id not in commitment.districts:
                        yield _fault(file, (*path, "districts"), f"nothing about {id}", "each plan below the city's")
                for id, follow in commitment.districts.items():
                    where = (*path, "districts", id)
                    if id not in below:
                        expected = ", ".join(below) or "a plan of a district of the city, for the same years"
                        yield _fault(file, where, f"'{id}', which is no plan below {plan}", expected)
                        continue
                    for place, name in enumerate(follow.measures):
                        self.refs.use(f"measure:{id}", name, file, (*where, "measures", place))
        told = {task.measure for task in tasks}
        for name in (name.partition("/")[2] for name in self.measures if name.startswith(f"{plan}/")):
            if name not in told:
                yield _fault(file, (), f"no task '{name}'", f"every measure of {plan}")

    def _plans_below(self, plan: str, jurisdictions: list[Any]) -> list[str] | None:
        """The plans, for the same years, of the jurisdictions below a plan's own; None while that cannot be known."""
        parents = {entry.id: entry.parent for entry in jurisdictions}
        records = {id: files.record("plan.yaml") for id, files in self.everything.plans.items()}
        if any(record is None or record.jurisdiction not in parents for record in records.values()):
            return None
        own, period = records[plan].jurisdiction, _period(records[plan])
        below = {id: record for id, record in records.items() if parents[record.jurisdiction] == own}
        return [id for id, record in below.items() if periods_meet(_period(record), period)]


def _period(plan: Any) -> tuple[int, int]:
    """First and last year, 0 where the document does not say."""
    return plan.period[0] or 0, plan.period[1] or 0


def _numbers_of(measure: Any) -> set[Decimal]:
    """Every number a measure's restatement says."""
    return {number for text in (measure.title, measure.summary, *measure.actions) for number in numbers(text.zh)}


def _fault(file: YamlFile, path: Steps, found: str, expected: str) -> Fault:
    return Fault(file.name, *file.position(path), found, expected)
