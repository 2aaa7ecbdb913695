"""The difference of two official texts for a terminal: what went in [-…-], what came in {+…+}, little around it."""

from __future__ import annotations

import re

from plansite.compare.compare_wording import compare

AROUND = 10  # characters of common text shown on each side of a change
LONGEST = 60  # characters of a change shown in full
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PRIVATE = 0xE000  # from here on characters are free to stand for numbers (Unicode, private use)


def difference(old: str, new: str) -> str:
    """Both texts in one line, shortened to what changed; a number changes as a whole."""
    table: dict[str, str] = {}
    before, after = (_coded("".join(text.split()), table) for text in (old, new))
    numbers = {sign: number for number, sign in table.items()}
    pieces = compare(before, after)
    shown = []
    for index, piece in enumerate(pieces):
        text = "".join(numbers.get(char, char) for char in piece.text)
        if piece.kind == "only-first":
            shown.append(f"[-{_shortened(text)}-]")
        elif piece.kind == "only-second":
            shown.append(f"{{+{_shortened(text)}+}}")
        else:
            shown.append(_common(text, first=index == 0, last=index == len(pieces) - 1))
    return "".join(shown)


def _coded(text: str, table: dict[str, str]) -> str:
    """The text with one character in the place of each number."""
    return NUMBER.sub(lambda match: table.setdefault(match[0], chr(PRIVATE + len(table))), text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"


def _common(text: str, *, first: bool, last: bool) -> str:
    before, after = "" if first else text[:AROUND], "" if last else text[-AROUND:]
    return text if len(text) <= len(before) + len(after) + 1 else f"{before}…{after}"
