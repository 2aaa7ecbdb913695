"""Which task paragraph of the new document is which measure of the data: kept, split, merged, gone or new.

With the official paragraphs of the current edition at hand, paragraphs are compared with paragraphs; otherwise
restatements, headings and bodies with the new paragraphs. In both cases unrelated tasks are far from alike: the likest
two paragraphs of different tasks in the five plans share a third of their text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.revise.before import Known
from plansite.revise.likeness import Grams, Index, held, likeness, plain, runs, word_pairs
from plansite.sources.outline import Task

SAME = 0.5  # likeness of two paragraphs from here on: the same task
HELD = 0.6  # share of the shorter paragraph that the longer one holds: a part of it
LEAST_RUNS = 12  # a paragraph with fewer runs is too short to be called a part
TAKEN = 0.5  # share of a paragraph that is text another one has given up: it was split off, or merged
RESTATED = 0.45  # share of a restatement's pairs that its paragraph holds
RESTATED_UNDER = 0.25  # the same, below the same heading
PERHAPS = 0.36  # likeness that is worth a hint
HEADING, PLACE, BODIES = 0.05, 0.01, 0.05  # what the same heading, locator and bodies add to a likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure and its paragraph. `parts` were split off from it, `merged` are measures that went into it.

    `sure` is false where only the restatement could be compared.
    """

    old: Known
    new: Task
    parts: tuple[Task, ...] = ()
    merged: tuple[Known, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Hint:
    """A measure that is gone and a paragraph that is alike enough for a person to look; `of` is the measure that has
    the paragraph now, empty if it is new."""

    old: Known
    new: Task
    likeness: float
    of: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """`pairs`, `new` in the order of the document, `gone` in that of the data. Parts are not among `new`."""

    pairs: tuple[Pair, ...]
    gone: tuple[Known, ...]
    new: tuple[Task, ...]
    hints: tuple[Hint, ...] = ()

    @property
    def found(self) -> int:
        """How many measures are in the document."""
        return sum(1 + len(pair.merged) for pair in self.pairs)


def align(old: Sequence[Known], new: Sequence[Task]) -> Alignment:
    """Pair measures with paragraphs, the likest first, then look for parts among what is left over."""
    work = _Work(old, new)
    work.pair(work.equal())
    work.pair(work.alike())
    work.pair(work.restated())
    work.pair(work.headed())
    return work.result()


Candidate = tuple[float, int, int]
"""Likeness, index of the measure, index of the paragraph."""


class _Work:
    def __init__(self, old: Sequence[Known], new: Sequence[Task]) -> None:
        self.old, self.new = old, new
        self.old_text = [plain(known.task.text) if known.task else "" for known in old]
        self.new_text = [plain(task.text) for task in new]
        self.old_heading = [plain(known.heading) for known in old]
        self.new_heading = [plain(task.heading) for task in new]
        self.old_runs = [runs(text) for text in self.old_text]
        self.new_runs = [runs(text) for text in self.new_text]
        self.partner: dict[int, int] = {}  # measure → paragraph
        self.taken: dict[int, int] = {}  # paragraph → measure

    def pair(self, candidates: Iterable[Candidate]) -> None:
        """Take the likest of the candidates, then the likest of what it leaves, and so on."""
        for _, o, n in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1], candidate[2])):
            if o not in self.partner and n not in self.taken:
                self.partner[o], self.taken[n] = n, o

    # --- candidates ---

    def equal(self) -> Iterator[Candidate]:
        """The same text to the letter; of several, the one whose place in the document is nearest."""
        there = defaultdict(list)
        for n, text in enumerate(self.new_text):
            there[text].append(n)
        for o, text in enumerate(self.old_text):
            for n in there[text] if text else ():
                yield 1 - abs(o - n) / (len(self.old) + len(self.new)) + self._same_heading(o, n), o, n

    def alike(self) -> Iterator[Candidate]:
        """Much of the text is common, or the shorter text is most of it a part of the longer."""
        left = self._left_new()
        index = Index({n: self.new_runs[n] for n in left})
        headed = self._by_heading(left)
        for o in self._left_old(lambda o: bool(self.old_text[o])):
            for n in {*index.near(self.old_runs[o]), *headed[self.old_heading[o]]}:
                score = likeness(self.old_text[o], self.new_text[n])
                shorter, longer = sorted((self.old_runs[o], self.new_runs[n]), key=len)
                if score >= SAME or (len(shorter) >= LEAST_RUNS and held(shorter, longer) >= HELD):
                    yield score + self._same_heading(o, n) + self._same_place(o, n), o, n

    def restated(self) -> Iterator[Candidate]:
        """The paragraph holds the words of the restatement: for measures whose own paragraph is not at hand."""
        left = self._left_new()
        pairs = {n: word_pairs(self.new[n].text) for n in left}
        index = Index(pairs)
        headed, there = self._by_heading(left), {self.new[n].locator: n for n in left}
        for o in self._left_old(lambda o: not self.old_text[o]):
            words = word_pairs(self.old[o].words)
            same = {*headed[self.old_heading[o]], *self._renamed(o, there)}
            for n in {*index.near(words), *same}:
                share = held(words, pairs[n])
                if share >= (RESTATED_UNDER if n in same else RESTATED):
                    told = BODIES * (_printed(self.old[o].bodies) == _printed(self.new[n].bodies))
                    yield share + 4 * self._same_heading(o, n) + self._same_place(o, n) + told, o, n

    def headed(self) -> Iterator[Candidate]:
        """The same heading, which nothing else that is left has: a paragraph that was written anew."""
        there = self._by_heading(self._left_new())
        here = Counter(self.old_heading[o] for o in self._left_old())
        for o in self._left_old():
            heading = self.old_heading[o]
            if here[heading] == 1 and len(there[heading]) == 1:
                yield 1.0, o, there[heading][0]

    def _left_old(self, wanted: Callable[[int], bool] = lambda _: True) -> list[int]:
        return [o for o in range(len(self.old)) if o not in self.partner and wanted(o)]

    def _left_new(self) -> list[int]:
        return [n for n in range(len(self.new)) if n not in self.taken]

    def _by_heading(self, left: Iterable[int]) -> defaultdict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for n in left:
            found[self.new_heading[n]].append(n)
        return found

    def _renamed(self, o: int, there: Mapping[str, int]) -> Iterator[int]:
        """What stands at the same place, if its heading is alike."""
        n = there.get(self.old[o].locator)
        if n is not None and likeness(self.old_heading[o], self.new_heading[n]) >= HELD:
            yield n

    def _same_heading(self, o: int, n: int) -> float:
        return HEADING * (self.old_heading[o] == self.new_heading[n])

    def _same_place(self, o: int, n: int) -> float:
        return PLACE * (self.old[o].locator == self.new[n].locator)

    # --- parts ---

    def result(self) -> Alignment:
        parts = self._parts(self._left_new(), self.new_runs, self.old_runs, self.taken, self.new_runs)
        merged = self._parts(self._left_old(), self.old_runs, self.new_runs, self.partner, self.old_runs)
        pairs = tuple(
            Pair(
                self.old[o],
                self.new[n],
                tuple(self.new[part] for part, whole in parts.items() if whole == o),
                tuple(self.old[part] for part, whole in merged.items() if whole == n),
                bool(self.old_text[o]),
            )
            for n, o in sorted(self.taken.items())
        )
        gone = [o for o in self._left_old() if o not in merged]
        new = [n for n in self._left_new() if n not in parts]
        hints = tuple(self._hints(gone, new))
        return Alignment(pairs, tuple(self.old[o] for o in gone), tuple(self.new[n] for n in new), hints)

    @staticmethod
    def _parts(
        left: list[int], own: list[Grams], wholes: list[Grams], kept: dict[int, int], keepers: list[Grams]
    ) -> dict[int, int]:
        """Of what is left on one side, what is text of a whole on the other that the whole's own partner has not.

        `kept` leads from the partner, on the side of what is left, to the whole.
        """
        keeper = {whole: partner for partner, whole in kept.items()}
        index = Index({whole: wholes[whole] for whole in keeper})
        found: dict[int, int] = {}
        for part in left:
            shares = [
                (held(own[part], wholes[whole] - keepers[keeper[whole]]), whole) for whole in index.near(own[part])
            ]
            share, whole = max(shares, default=(0.0, -1))
            if share >= TAKEN and len(own[part]) >= LEAST_RUNS:
                found[part] = whole
        return found

    def _hints(self, gone: list[int], new: list[int]) -> Iterator[Hint]:
        """The likest paragraph for each measure that is gone, if it is at all alike: a new one, or (where only the
        restatement can be compared) any that holds its words."""
        index = Index({n: self.new_runs[n] for n in new})
        for o in gone:
            words = word_pairs(self.old[o].words)
            if self.old_text[o]:
                near = index.near(self.old_runs[o])
                scored = [(likeness(self.old_text[o], self.new_text[n]), n) for n in near]
            else:
                scored = [(held(words, word_pairs(task.text)), n) for n, task in enumerate(self.new)]
            score, n = max(scored, default=(0.0, -1))
            if score >= (PERHAPS if self.old_text[o] else RESTATED):
                yield Hint(self.old[o], self.new[n], score, self.old[self.taken[n]].id if n in self.taken else "")


def _printed(bodies: Iterable[object]) -> list[str]:
    return [plain(str(getattr(body, "printed", ""))) for body in bodies]
