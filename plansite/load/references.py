"""Names and who uses them: every use must be defined, every definition used, no name defined twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from plansite.load.faults import NEAREST_SCORE, Fault, nearest
from plansite.load.yaml_file import Steps, YamlFile

ALIKE_SCORE = 90  # of 100: so like a name that need not be used that it must be meant


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name stands."""

    file: YamlFile
    path: Steps

    def place(self) -> str:
        """File and line."""
        return f"{self.file.name}:{self.file.position(self.path)[0]}"

    def fault(self, found: str, expected: str, hint: str = "", aside: str = "") -> Fault:
        return Fault(self.file.name, *self.file.position(self.path), found, expected, hint, aside)


@dataclass(slots=True)
class Names:
    """The names of one kind, for instance all topics, or the measures of one plan."""

    label: str
    home: str
    must_be_used: bool
    defined: dict[str, Spot] = field(default_factory=dict)
    used: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    incomplete: bool = False


class References:
    """Collects definitions and uses; `faults()` compares them."""

    def __init__(self) -> None:
        self._kinds: dict[str, Names] = {}
        self._faults: list[Fault] = []

    def kind(self, key: str, label: str, home: str, *, must_be_used: bool = True) -> None:
        """Announce a kind of names: `label` as in "unknown LABEL", `home` is the file that defines them."""
        self._kinds[key] = Names(label, home, must_be_used)

    def incomplete(self, key: str) -> None:
        """Some definitions of this kind could not be read: do not judge its uses."""
        self._kinds[key].incomplete = True

    def define(self, key: str, name: str, file: YamlFile, path: Steps) -> None:
        names, spot = self._kinds[key], Spot(file, path)
        if name in names.defined:
            names.incomplete = True  # the name that is missing elsewhere may be this one
            first = names.defined[name]
            self._faults.append(
                spot.fault(
                    f"the {names.label} '{name}' a second time (first in {first.place()})", f"each {names.label} once"
                )
            )
        else:
            names.defined[name] = spot

    def use(self, key: str, name: str, file: YamlFile, path: Steps) -> None:
        self._kinds[key].used[name].append(Spot(file, path))

    def faults(self, *, judge_unused: bool) -> list[Fault]:
        """All faults; `judge_unused` is False when some files could not be read.

        Unused names are told only when nothing else is wrong: a slip elsewhere may hide their use.
        """
        kinds = [names for names in self._kinds.values() if not names.incomplete]
        result = self._faults + [fault for names in kinds for fault in _unknown(names)]
        if judge_unused and not result:
            result = [fault for names in kinds for fault in _unused(names)]
        return result


def _unknown(names: Names) -> list[Fault]:
    unused = {name for name in names.defined if name not in names.used}
    faults: list[Fault] = []
    for name, spots in names.used.items():
        if name in names.defined:
            continue
        twin = nearest(name, unused, NEAREST_SCORE if names.must_be_used else ALIKE_SCORE)
        if twin and len(spots) > 1:  # many uses agree: the definition is the slip
            unused.discard(twin)
            faults.append(
                names.defined[twin].fault(
                    f"the {names.label} '{twin}', which nothing uses, while '{name}' is used {len(spots)} times "
                    f"(first in {spots[0].place()})",
                    "one spelling",
                    name,
                )
            )
            continue
        unused.discard(twin)
        hint = twin or nearest(name, names.defined)
        aside = f"{names.defined[twin].place()}, used nowhere" if twin else ""
        faults += [
            spot.fault(f"unknown {names.label} '{name}'", f"one defined in {names.home}", hint, aside) for spot in spots
        ]
    return faults


def _unused(names: Names) -> list[Fault]:
    return [
        spot.fault(f"the {names.label} '{name}', which nothing uses", "only what is used; delete it or use it")
        for name, spot in names.defined.items()
        if names.must_be_used and name not in names.used
    ]
