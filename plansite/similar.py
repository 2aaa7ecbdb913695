"""Which measures of other plans are like one: for suggestions only, a person decides.

Measures are compared by the pairs of Chinese characters in their headings and restatements. Rare pairs find the
candidates, so the work grows with the number of measures and not with its square; rapidfuzz then ranks them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
RARE = 12
"""Pairs of characters that stand in more measures than this for each plan find no candidates."""
CANDIDATES = 12
"""How many candidates are compared in full."""
LIKELY = 55.0
"""Of 100: from here on two measures are likely the same task."""


class Similar:
    """An index over measures: records or model objects with `heading`, `title` and `actions`, by PLAN/MEASURE."""

    def __init__(self, measures: Mapping[str, Any]) -> None:
        self.text = {name: _text(measure) for name, measure in measures.items()}
        self.pairs = {name: _pairs(text) for name, text in self.text.items()}
        self.holders: dict[str, list[str]] = defaultdict(list)
        for name, pairs in self.pairs.items():
            for pair in pairs:
                self.holders[pair].append(name)
        self.most = RARE * len({name.partition("/")[0] for name in measures})

    def near(self, name: str, least: float = 0.0) -> list[tuple[str, float]]:
        """Measures of other plans that are like one, the likest first, with their likeness from 0 to 100."""
        plan = name.partition("/")[0]
        shared: Counter[str] = Counter()
        for pair in self.pairs[name]:
            holders = self.holders[pair]
            if len(holders) <= self.most:
                for other in holders:
                    if other.partition("/")[0] != plan:
                        shared[other] += 1
        found = [(other, self._likeness(name, other)) for other, _ in shared.most_common(CANDIDATES)]
        return sorted(((o, score) for o, score in found if score >= least), key=lambda pair: (-pair[1], pair[0]))

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
