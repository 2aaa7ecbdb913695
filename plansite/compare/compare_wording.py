"""Two texts side by side: what both say, what only the one and only the other says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

Kind = Literal["same", "only-first", "only-second"]
WORD = re.compile(r"\w+|\s+|[^\w\s]")
SHORT = 2
"""A run of up to so many characters between two changes is no common ground: it joins them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one kind."""

    kind: Kind
    text: str


def compare(first: str, second: str, *, by_words: bool = False) -> tuple[Piece, ...]:
    """The pieces of two texts in order; without "only-second" they make the first, without "only-first" the second.

    Character by character, or `by_words` for a script that puts spaces between them.
    """
    if by_words:
        return tuple(_merged(list(_pieces(WORD.findall(first), WORD.findall(second)))))
    return tuple(_merged(list(_pieces(first, second))))


def likeness(first: str, second: str) -> float:
    """How much of the two texts is common, from 0 to 1."""
    return Indel.normalized_similarity(first, second)


def _pieces(first: Sequence[str], second: Sequence[str]) -> Iterator[Piece]:
    for code in Indel.opcodes(first, second):
        if code.tag == "equal":
            yield Piece("same", "".join(first[code.src_start : code.src_end]))
        elif code.tag == "delete":
            yield Piece("only-first", "".join(first[code.src_start : code.src_end]))
        else:
            yield Piece("only-second", "".join(second[code.dest_start : code.dest_end]))


def _merged(pieces: list[Piece]) -> Iterator[Piece]:
    """Changes that only a few common characters separate become one change."""
    gone, come = "", ""
    for number, piece in enumerate(pieces):
        between = 0 < number < len(pieces) - 1 and (gone or come)
        if piece.kind == "only-first":
            gone += piece.text
        elif piece.kind == "only-second":
            come += piece.text
        elif between and len(piece.text) <= SHORT:
            gone, come = gone + piece.text, come + piece.text
        else:
            yield from _change(gone, come)
            gone, come = "", ""
            yield piece
    yield from _change(gone, come)


def _change(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("only-first", gone)
    if come:
        yield Piece("only-second", come)
