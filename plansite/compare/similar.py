"""Which measures of other plans are like one: for suggestions only, a person decides.

Measures are compared by the pairs of Chinese characters in their headings and restatements. The rarest pairs of a
measure find its candidates, until a fixed number of measures has been looked at: the work for one measure does not grow
with their number (`tests/bench/family_suggestions.py` shows it). rapidfuzz then ranks the candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from math import log
from typing import Any

from rapidfuzz import fuzz

HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
LOOKED_AT = 800
"""How many measures, counted once for each rare pair they share with one, are looked at to find its candidates."""
CANDIDATES = 12
"""How many candidates are compared in full."""
LIKELY = 55.0
"""Of 100: from here on two measures are likely the same task."""


class Similar:
    """An index over measures: records or model objects with `heading`, `title` and `actions`, by PLAN/MEASURE."""

    def __init__(self, measures: Mapping[str, Any]) -> None:
        self.text = {name: _text(measure) for name, measure in measures.items()}
        self.pairs = {name: _pairs(text) for name, text in self.text.items()}
        self.plan = {name: name.partition("/")[0] for name in measures}
        self.holders: dict[str, list[str]] = defaultdict(list)
        for name, pairs in self.pairs.items():
            for pair in pairs:
                self.holders[pair].append(name)

    def near(self, name: str, least: float = 0.0) -> list[tuple[str, float]]:
        """Measures of other plans that are like one, the likest first, with their likeness from 0 to 100."""
        found = [(other, self._likeness(name, other)) for other in self._candidates(name)]
        return sorted(((o, score) for o, score in found if score >= least), key=lambda pair: (-pair[1], pair[0]))

    def _candidates(self, name: str) -> list[str]:
        """The measures of other plans that share most of the rarest pairs, a rarer pair counting more."""
        plan, looked_at = self.plan[name], 0
        shared: dict[str, float] = defaultdict(float)
        for pair in sorted(self.pairs[name], key=lambda pair: (len(self.holders[pair]), pair)):
            holders = self.holders[pair]
            looked_at += len(holders)
            if looked_at > LOOKED_AT and shared:
                break
            weight = log(len(self.plan) / len(holders)) ** 2
            for other in holders:
                if self.plan[other] != plan:
                    shared[other] += weight
        return sorted(shared, key=lambda other: (-shared[other], other))[:CANDIDATES]

    def _likeness(self, one: str, other: str) -> float:
        """The better of shared pairs (Dice) and of a likeness of headings and texts in order."""
        a, b = self.pairs[one], self.pairs[other]
        dice = 200 * len(a & b) / (len(a) + len(b) or 1)
        return max(dice, fuzz.ratio(self.text[one], self.text[other]))


def _text(measure: Any) -> str:
    parts = [measure.heading, measure.title.zh, *(action.zh for action in measure.actions)]
    return "".join(HAN.findall("".join(parts)))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
