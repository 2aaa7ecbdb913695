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
    """`certain` is false for a numeral that may be part of a name (两季, 第三方): it counts if another replaced it."""

    shown: str
    key: tuple[str, str]
    around: str
    certain: bool


def number_changes(old: str, new: str) -> tuple[NumberChange, ...]:
    """The numbers that only one of two texts holds, each old one beside the new one in the likest surroundings."""
    before, after = _figures(old), _figures(new)
    gone = _only(before, after)
    come = _only(after, before)
    ranked = sorted(
        (-likeness(one.around, other.around) - 0.3 * (one.key[1] == other.key[1]), i, j)
        for i, one in enumerate(gone)
        for j, other in enumerate(come)
        if (one.certain and other.certain) or one.key[1] == other.key[1]
    )
    partner: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in partner and j not in partner.values():
            partner[i] = j
    changes = [
        NumberChange(one.shown, come[partner[i]].shown if i in partner else "")
        for i, one in enumerate(gone)
        if i in partner or one.certain
    ]
    alone = (one for j, one in enumerate(come) if j not in partner.values() and one.certain)
    return (*changes, *(NumberChange("", one.shown) for one in alone))


def is_numeral(piece: str) -> bool:
    """Whether a differing piece of two texts holds nothing but signs of numbers."""
    return bool(piece) and set(piece) <= NUMERALS


def _figures(text: str) -> list[_Figure]:
    return [_figure(mention) for mention in mentions(text, "zh") if mention.force != "filler"]


def _figure(mention: Mention) -> _Figure:
    match = BEHIND.match(mention.after)
    behind = "".join(match[0].split()) if match else ""
    around = mention.before[-AROUND:] + "|" + mention.after[:AROUND]
    certain = mention.force == "figure"
    counted = behind or (mention.after[:1] if not certain else "")
    return _Figure(mention.text + counted, (mention.key, counted), around, certain)


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
