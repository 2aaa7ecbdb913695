"""How the time of the family suggestions grows: `python tests/bench/family_suggestions.py` prints a table.

The measures of the site are copied into as many plans as are wanted, each copy a little different from the other ones,
always in the same way (README.md beside this file).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from plansite.compare.suggest_families import suggestions  # noqa: E402
from plansite.load.reading import Everything, Loaded, PlanFiles, read_everything  # noqa: E402

SIZES = (500, 1_000, 2_000, 4_000, 8_000)
RUNS = 3  # of which the quickest counts
LEAST = 55.0  # likeness from which on a measure is suggested, as the command has it
CHANGED = 12  # of 100 characters are another one in a copy
ALLOWED = 2.0  # times the time for one measure at the smallest size, at the largest


@dataclass(frozen=True)
class Words:
    zh: str
    en: str


@dataclass(frozen=True)
class Varied:
    """As much of a measure as the suggestions read."""

    id: str
    at: Any
    heading: str
    title: Words
    actions: tuple[Words, ...]


def real_measures(everything: Everything) -> list[tuple[str, Varied]]:
    """Plan and measure, plan by plan."""
    return [
        (
            files.id,
            Varied(
                measure.id,
                measure.at,
                measure.heading,
                Words(measure.title.zh, measure.title.en),
                tuple(Words(action.zh, "") for action in measure.actions),
            ),
        )
        for files in everything.plans.values()
        for loaded in files.measures
        for measure in loaded.record
    ]


def copies(real: list[tuple[str, Varied]], count: int) -> Everything:
    """So many measures: the real ones, then copies of them, each round of copies in plans of its own."""
    letters = sorted({letter for _, measure in real for action in measure.actions for letter in action.zh})
    result = Everything()
    for number in range(count):
        turn, place = divmod(number, len(real))
        plan, measure = real[place]
        plan = f"{plan}-{turn}" if turn else plan
        varied = vary(measure, random.Random(f"{turn} {place}"), letters) if turn else measure
        files = result.plans.setdefault(plan, PlanFiles(plan, measures=[Loaded(None, [])]))  # type: ignore[arg-type]
        files.measures[0].record.append(varied)
    return result


def vary(measure: Varied, chance: random.Random, letters: list[str]) -> Varied:
    """Other letters here and there, and one commitment less where there are several."""

    def changed(text: str) -> str:
        return "".join(chance.choice(letters) if chance.random() * 100 < CHANGED else letter for letter in text)

    actions = list(measure.actions)
    if len(actions) > 2:
        actions.pop(chance.randrange(len(actions)))
    return replace(measure, actions=tuple(Words(changed(action.zh), "") for action in actions))


def measured(everything: Everything) -> tuple[float, list[str]]:
    """Seconds of the processor, and what was suggested."""
    start = process_time()
    lines = list(suggestions(everything, "", LEAST))
    return process_time() - start, lines


def found(lines: list[str]) -> Iterator[bool]:
    """For each measure that has a copy, whether one of its copies is among those suggested."""
    measures = [line for line in lines if line and line[0] != " " and "/" in line.split()[0]]
    names = [line.split()[0].partition("/") for line in measures]
    plans = {(origin(plan), id): 0 for plan, _, id in names}
    for plan, _, id in names:
        plans[origin(plan), id] += 1
    own, hit = ("", ""), False
    for line in [*lines, "end/end"]:
        if line.startswith(" "):
            other = line.split()[1].partition("/")
            hit = hit or (origin(other[0]), other[2]) == own
        elif "/" in line.split()[0]:
            if plans.get(own, 0) > 1:
                yield hit
            plan, _, id = line.split()[0].partition("/")
            own, hit = (origin(plan), id), False


def origin(plan: str) -> str:
    """The real plan of a copy: chaoyang-14-3 → chaoyang-14."""
    head, _, tail = plan.rpartition("-")
    return head if head.rpartition("-")[2].isdigit() and tail.isdigit() else plan


def main() -> int:
    """Print the table; 1 if the time for one measure grows more than ALLOWED."""
    real = real_measures(read_everything(PROJECT / "data", PROJECT / "content"))
    inputs = {size: copies(real, size) for size in SIZES}
    seconds: dict[int, float] = {}
    hits: dict[int, list[bool]] = {}
    for _ in range(RUNS):  # size after size, so that a busy minute of the machine does not fall on one size alone
        for size, everything in inputs.items():
            took, lines = measured(everything)
            seconds[size] = min(took, seconds.get(size, took))
            hits[size] = list(found(lines))
    each = {size: 1000 * seconds[size] / size for size in SIZES}
    print(f"{len(real)} real measures; the quickest of {RUNS} runs, time of the processor")
    print(f"{'measures':>8} {'plans':>6} {'seconds':>8} {'ms each':>8} {'× the first':>11} {'copy found':>10}")
    for size, everything in inputs.items():
        share = f"{100 * sum(hits[size]) / len(hits[size]):.1f}%" if hits[size] else "–"
        ratio = each[size] / each[SIZES[0]]
        print(f"{size:8,} {len(everything.plans):6} {seconds[size]:8.2f} {each[size]:8.2f} {ratio:11.2f} {share:>10}")
    return int(each[SIZES[-1]] / each[SIZES[0]] > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
