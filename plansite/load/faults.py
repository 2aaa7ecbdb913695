"""Faults in the data: where, what was found, what was expected, and the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz, process

from plansite.characters import visible
from plansite.errors import Stopped
from plansite.load.limits import MAX_FAULTS, MAX_LINE

NEAREST_SCORE = 60  # of 100; below that a suggestion confuses more than it helps


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one place. `line` and `column` count from 1; `hint` names what may have been meant,
    `aside` says something about it."""

    file: str
    line: int
    column: int
    found: str
    expected: str
    hint: str = ""
    aside: str = ""

    def __str__(self) -> str:
        where = f"{visible(self.file)}:{self.line}:{self.column}"
        text = f"{where}: {visible(self.found)}; expected {visible(self.expected, MAX_LINE)}"
        aside = f" ({visible(self.aside)})" if self.aside else ""
        return f"{text}; did you mean '{visible(self.hint)}'{aside}?" if self.hint else text


class DataError(Stopped):
    """The data cannot be used; `faults` says why, sorted by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = _told(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def _told(faults: list[Fault]) -> list[Fault]:
    """The first faults of each file; one more says how many it has beyond."""
    told: list[Fault] = []
    for file, several in groupby(faults, key=lambda fault: fault.file):
        those = list(several)
        told += those[:MAX_FAULTS]
        if more := those[MAX_FAULTS:]:
            found = f"{len(more):,} more faults in this file"
            told.append(Fault(file, more[0].line, more[0].column, found, "none; mend those above first"))
    return told


def nearest(name: str, valid: Iterable[str], score: int = NEAREST_SCORE) -> str:
    """The valid name most like `name`, or an empty string when none reaches `score`."""
    best = process.extractOne(name, list(valid), scorer=fuzz.ratio, score_cutoff=score)
    return str(best[0]) if best else ""
