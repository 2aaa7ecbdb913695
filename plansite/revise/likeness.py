"""How alike two pieces of wording are, and which of many are worth comparing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Indel

from plansite.verify.proof import fold

Grams = frozenset[str]

RUN = 4
"""Characters of a run: of two official texts, one that both hold is rarely chance."""
PAIR = 2
"""Characters of a pair: what a restatement and its official text have in common."""
RARE = 12
"""A run that more texts than this hold finds no candidates."""
CANDIDATES = 12
"""How many texts are compared in full with one."""

MARKS = re.compile(r"[_^{}$]")
WORDS = re.compile(r"[㐀-鿿A-Za-z0-9]+")


def plain(text: str) -> str:
    """A text without what the printing and the extraction of a document may change: spaces, widths, formula marks."""
    return MARKS.sub("", fold(text))


def likeness(one: str, other: str) -> float:
    """How much of the two texts is common, from 0 to 1."""
    return Indel.normalized_similarity(one, other)


def runs(text: str, size: int = RUN) -> Grams:
    """Every run of so many characters of a text that was made plain."""
    return frozenset(text[start : start + size] for start in range(len(text) - size + 1))


def word_pairs(text: str) -> Grams:
    """The pairs of characters of a text, punctuation left out."""
    return runs("".join(WORDS.findall(text)), PAIR)


def held(part: Grams, whole: Grams) -> float:
    """Which share of the runs of one text another text holds, from 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0


class Index:
    """Finds the texts that share rare runs with another; the work grows with the number of texts, not its square."""

    def __init__(self, grams: Mapping[int, Grams]) -> None:
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for key, found in grams.items():
            for gram in found:
                self._holders[gram].append(key)

    def near(self, grams: Iterable[str]) -> list[int]:
        """The keys of the texts that share most rare runs with these."""
        shared: Counter[int] = Counter()
        for gram in grams:
            if len(holders := self._holders.get(gram, ())) <= RARE:
                shared.update(holders)
        return [key for key, _ in shared.most_common(CANDIDATES)]
