"""The memory of texts: from which facts each language version was written, and what has changed since.

A text is everything a record says in one language. Two things can change under it: the fields of its record, and what
the other language says. Fields are remembered as they are. Of the numbers in the words nothing need be remembered: a
number that was changed on one side only is the one in which the two sides disagree now and did not then.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from rapidfuzz import fuzz

from plansite.load.numbers import SCALE, Excused
from plansite.load.reading import Everything
from plansite.load.records import MEMORY
from plansite.load.restatements import FAMILIES, Fact, Restatement, restatements
from plansite.model import LOCALES, Locale
from plansite.verify.numerals import Mention, mentions

QUANTITIES = ("target", "figure")
NUMBER = re.compile(r"-?\d+(\.\d+)?")

State = Literal["current", "edited", "behind", "stale", "new"]
"""Of a text: `current`; `edited`: its own words were changed, from the facts as they are now; `behind`: only the words
of the other language were; `stale`: facts were, and its words not; `new`: nothing is remembered of it."""


@dataclass(frozen=True, slots=True)
class Written:
    """One language version as it was written: its words, the other language's words beside it, the facts."""

    words: str
    beside: str
    facts: tuple[Fact, ...]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that changed after a text was written; one that is new has no `was`, one that is gone no `now`."""

    kind: str
    was: str
    now: str

    def __str__(self) -> str:
        if self.was and self.now:
            return f"{self.kind} {self.was} → {self.now}"
        return f"{self.kind} {self.now}, which is new" if self.now else f"no longer {self.kind} {self.was}"


@dataclass(frozen=True)
class TextState:
    """What became of one language version since it was written."""

    of: Restatement
    locale: Locale
    state: State
    changes: tuple[Changed, ...] = ()

    @property
    def waits(self) -> bool:
        """Marked for a person to restate again."""
        return self.locale in self.of.needs_review

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column of the words that a changed fact made doubtful."""
        said = next((change.was for change in self.changes if change.kind == "number" and change.was), "")
        return self.of.place(self.locale, said)


def text_states(everything: Everything) -> list[TextState]:
    """The state of every text: record by record, Chinese before English."""
    known = remembered(everything)
    return [state for record in restatements(everything) for state in states(record, known.get(record.home, {}))]


def states(record: Restatement, known: dict[str, dict[Locale, Written]]) -> list[TextState]:
    """The states of the texts of one record, from what its home remembers."""
    written, now = known.get(record.name, {}), Now(record)
    return [_state(now, locale, written) for locale in LOCALES]


def _state(now: Now, locale: Locale, written: dict[Locale, Written]) -> TextState:
    other: Locale = "en" if locale == "zh" else "zh"
    mine, theirs = written.get(locale), written.get(other)
    if mine is None:
        return TextState(now.record, locale, "new")
    if mine.words != now.words[locale]:
        return TextState(now.record, locale, "edited")
    told = mine.beside == now.words[other]
    if changes := (*_fields(mine.facts, now.record.facts), *(() if told else now.disagreements(locale, mine.alone))):
        return TextState(now.record, locale, "stale", tuple(dict.fromkeys(changes)))
    catching_up = theirs is not None and (theirs.beside, theirs.facts) != (mine.words, mine.facts)
    return TextState(now.record, locale, "current" if told or catching_up else "behind")


class Now:
    """A record's texts as they are: checksums, and the numbers that only one language says."""

    def __init__(self, record: Restatement) -> None:
        self.record = record
        self.words: dict[Locale, str] = {locale: _checksum(record.words(locale)) for locale in LOCALES}

    def written(self, locale: Locale) -> Written:
        """The text, taken as written from the facts as they are."""
        beside = self.words["en" if locale == "zh" else "zh"]
        return Written(self.words[locale], beside, self.record.facts, frozenset(self.alone))

    def is_as(self, written: Written | None, locale: Locale) -> bool:
        """Nothing differs from what was written once."""
        beside = self.words["en" if locale == "zh" else "zh"]
        known = written and (written.words, written.beside, written.facts)
        return known == (self.words[locale], beside, self.record.facts)

    @cached_property
    def alone(self) -> dict[str, Mention]:
        """`zh:12` or `en:12` → the number that is said in this language only."""
        said = {loc: [m for text in self.record.words(loc) for m in mentions(text, loc)] for loc in LOCALES}
        return {
            f"{locale}:{mention.key}": mention
            for locale, other in (LOCALES, LOCALES[::-1])
            for mention in said[locale]
            if mention.force == "figure" and not any(mention.agrees(each) for each in said[other])
        }

    def disagreements(self, locale: Locale, before: frozenset[str]) -> Iterator[Changed]:
        """Numbers this language still says and the other does not any more, each with the likeliest successor."""
        added = {key: mention for key, mention in self.alone.items() if key not in before}
        was = [mention.text for key, mention in added.items() if key.startswith(locale)]
        now = [mention.text for key, mention in added.items() if not key.startswith(locale)]
        return _paired("number", was, now)


def _checksum(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]


def _fields(before: Sequence[Fact], now: Sequence[Fact]) -> Iterator[Changed]:
    """What differs between the facts of fields; their order is none."""
    if before == now:
        return
    gone, new = Counter(before) - Counter(now), Counter(now) - Counter(before)
    for kind in dict.fromkeys(kind for kind, _ in (*before, *now)):
        yield from _paired(
            kind, *([value for name, value in facts.elements() if name == kind] for facts in (gone, new))
        )


def _paired(kind: str, was: list[str], now: list[str]) -> Iterator[Changed]:
    """What is gone beside what is new, the likest together."""
    left = list(now)
    for value in was:
        nearest = max(left, key=lambda other: fuzz.ratio(value, other), default="")
        if nearest:
            left.remove(nearest)
        yield Changed(kind, value, nearest)
    yield from (Changed(kind, "", value) for value in left)


# --- what the check of numbers leaves out -----------------------------------------------------------------------------


def excused(states: Iterable[TextState]) -> Excused:
    """Records whose languages are known to be apart, so that it is no slip if their numbers are.

    Known is what a person or `revise` marked for review; and, of a stale text, the numbers of the fields that changed:
    who changes a number together with its field means it.
    """
    result: Excused = {}
    for state in states:
        if state.of.needs_review:
            result[state.of.file.name, state.of.path] = None
        elif state.state == "stale":
            fields = [change for change in state.changes if change.kind in QUANTITIES]
            numbers = frozenset(number for change in fields for number in _numbers(f"{change.was} {change.now}"))
            result[state.of.file.name, state.of.path] = numbers
    return result


def _numbers(text: str) -> Iterator[Decimal]:
    """The numbers of a field, also in the scale that a unit like 万吨 gives them."""
    for part in text.split():
        if NUMBER.fullmatch(part):
            yield from (Decimal(part) * scale for scale in set(SCALE.values()))


# --- the file ---------------------------------------------------------------------------------------------------------


def remembered(everything: Everything) -> dict[str, dict[str, dict[Locale, Written]]]:
    """Home → name of the record → what is remembered of each language."""
    homes = {plan.id: plan.single.get(MEMORY) for plan in everything.plans.values()}
    homes[FAMILIES] = everything.single.get(MEMORY)
    files = {home: loaded.record for home, loaded in homes.items() if loaded and loaded.record}
    return {home: {name: _read(record) for name, record in records.items()} for home, records in files.items()}


def _read(record: Any) -> dict[Locale, Written]:
    words: dict[Locale, str | None] = {"zh": record.zh, "en": record.en}
    result: dict[Locale, Written] = {}
    common = _flat(record.facts)
    for locale, other in (LOCALES, LOCALES[::-1]):
        if own := words[locale]:
            apart = record.apart.get(locale)
            facts = common if apart is None or apart.facts is None else _flat(apart.facts)
            alone = record.alone if apart is None or apart.alone is None else apart.alone
            beside = (apart.beside if apart else None) or words[other] or ""
            result[locale] = Written(own, beside, facts, frozenset(alone))
    return result


def _flat(facts: dict[str, list[str]]) -> tuple[Fact, ...]:
    return tuple((kind, value) for kind, values in facts.items() for value in values)
