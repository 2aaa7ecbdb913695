"""Which numbers of a text became which: in digits or in words, with their unit and bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from plansite.ingest.suggest import BEHIND
from plansite.revise.likeness import likeness
from plansite.verify.numerals import HAN_DIGITS, Mention, mentions

NUMERALS = frozenset("0123456789０１２３４５６７８９.．,，点%％ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ第" + HAN_DIGITS)
AROUND = 8  # characters on each side by which a number is known again


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number as printed before and now, with its unit; empty where there is none."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Figure:
    shown: str
    key: tuple[str, str]
    around: str


def number_changes(old: str, new: str) -> tuple[NumberChange, ...]:
    """The numbers that only one of two texts holds, each old one beside the new one in the likest surroundings."""
    before, after = _figures(old), _figures(new)
    gone = _only(before, after)
    come = _only(after, before)
    ranked = sorted(
        (
            (-likeness(one.around, other.around) - 0.3 * (one.key[1] == other.key[1]), i, j)
            for i, one in enumerate(gone)
            for j, other in enumerate(come)
        ),
    )
    partner: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in partner and j not in partner.values():
            partner[i] = j
    changes = [NumberChange(one.shown, come[partner[i]].shown if i in partner else "") for i, one in enumerate(gone)]
    return (*changes, *(NumberChange("", one.shown) for j, one in enumerate(come) if j not in partner.values()))


def is_numeral(piece: str) -> bool:
    """Whether a differing piece of two texts holds nothing but signs of numbers."""
    return bool(piece) and set(piece) <= NUMERALS


def _figures(text: str) -> list[_Figure]:
    return [_figure(mention) for mention in mentions(text, "zh") if mention.force == "figure"]


def _figure(mention: Mention) -> _Figure:
    match = BEHIND.match(mention.after)
    behind = "".join(match[0].split()) if match else ""
    around = mention.before[-AROUND:] + "|" + mention.after[:AROUND]
    return _Figure(mention.text + behind, (mention.key, behind), around)


def _only(these: Sequence[_Figure], those: Sequence[_Figure]) -> list[_Figure]:
    """What the first has more often than the second, the last occurrences of it."""
    spare = Counter(figure.key for figure in those)
    found = []
    for figure in these:
        if spare[figure.key]:
            spare[figure.key] -= 1
        else:
            found.append(figure)
    return found
