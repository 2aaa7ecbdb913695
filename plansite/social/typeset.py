"""Lines of Chinese and Latin text (https://www.w3.org/TR/clreq/): where a line may break, and even lines for titles."""

from __future__ import annotations

import re
from collections.abc import Callable

from plansite.html.foreign import HAN

Measure = Callable[[str], int]
"""The width of a text in pixels."""

OPENING = "（《〈“‘「『【〔("
CLOSING = "，。、；：？！）》〉”’」』】〕…%,.;:?!)"
PIECE = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[{HAN}]|[^\s{HAN}{re.escape(OPENING)}]+)[{re.escape(CLOSING)}]*\s*|\S\s*"
)
"""What no line breaks: a Chinese character or a word, with the marks that must not stand apart from it."""


def lines(text: str, width: int, measure: Measure, limit: int, *, even: bool = False) -> list[str]:
    """The text in lines no wider than `width`; what would need more than `limit` lines is cut with an ellipsis.

    `even` makes the lines of a title about equally long.
    """
    pieces = [part for piece in PIECE.findall(text.strip()) for part in _fitting(piece, width, measure)]
    found = _filled(pieces, width, measure)
    if len(found) > limit:
        return [*found[: limit - 1], _cut("".join(found[limit - 1 :]), width, measure)]
    if even and len(found) == 2 and (parts := _by_marks(pieces, width, measure)):
        return parts
    if even and len(found) > 1:
        low, high = 1, width
        while low < high:
            middle = (low + high) // 2
            tried = _filled(pieces, middle, measure)
            if len(tried) > len(found) or any(measure(line.rstrip()) > middle for line in tried):
                low = middle + 1
            else:
                high = middle
        found = _filled(pieces, high, measure)
    return [line.rstrip() for line in found]


def fits(text: str, width: int, measure: Measure, limit: int) -> bool:
    """Whether a text can stand whole in so many lines, without a break inside a word."""
    pieces = PIECE.findall(text.strip())
    return all(measure(piece.rstrip()) <= width for piece in pieces) and len(_filled(pieces, width, measure)) <= limit


def _filled(pieces: list[str], width: int, measure: Measure) -> list[str]:
    """Each line as full as it gets, with its trailing space."""
    found, used = [""], 0
    for piece in pieces:
        last = found[-1][-1:]
        before = measure(last)
        if last and used - before + measure(last + piece.rstrip()) > width:
            found.append("")
            last, before, used = "", 0, 0
        found[-1] += piece
        used += measure(last + piece) - before
    return found


def _by_marks(pieces: list[str], width: int, measure: Measure) -> list[str]:
    """Two lines that part before or after a mark, the most even ones; none if no such lines fit or look well."""
    found: list[tuple[int, list[str]]] = []
    for at in range(1, len(pieces)):
        parts = ["".join(pieces[:at]).rstrip(), "".join(pieces[at:]).rstrip()]
        widths = [measure(part) for part in parts]
        whole = max(widths) <= width and min(widths) > max(widths) * 2 // 5
        if whole and (parts[0][-1] in CLOSING or parts[1][0] in OPENING):
            found.append((abs(widths[0] - widths[1]), parts))
    return min(found)[1] if found else []


def _fitting(piece: str, width: int, measure: Measure) -> list[str]:
    """A piece, or its letters where it is wider than a line."""
    return [piece] if measure(piece.rstrip()) <= width else list(piece)


def _cut(text: str, width: int, measure: Measure) -> str:
    while text and measure(text + _dots(text)) > width:
        text = text[:-1].rstrip(f" {CLOSING}")
    return text + _dots(text)


def _dots(text: str) -> str:
    """The ellipsis of a Chinese font stands at half height, where it looks wrong after a Latin word."""
    return "..." if text[-1:].isascii() else "…"
