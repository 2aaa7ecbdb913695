"""The difference of two official texts for a terminal: what went in [-…-], what came in {+…+}, little around it."""

from __future__ import annotations

from plansite.compare_wording import compare

AROUND = 10  # characters of common text shown on each side of a change
LONGEST = 60  # characters of a change shown in full


def difference(old: str, new: str) -> str:
    """Both texts in one line, shortened to what changed."""
    pieces = compare("".join(old.split()), "".join(new.split()))
    shown = []
    for number, piece in enumerate(pieces):
        if piece.kind == "only-first":
            shown.append(f"[-{_shortened(piece.text)}-]")
        elif piece.kind == "only-second":
            shown.append(f"{{+{_shortened(piece.text)}+}}")
        else:
            shown.append(_common(piece.text, first=number == 0, last=number == len(pieces) - 1))
    return "".join(shown)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"


def _common(text: str, *, first: bool, last: bool) -> str:
    before, after = "" if first else text[:AROUND], "" if last else text[-AROUND:]
    return text if len(text) <= len(before) + len(after) + 1 else f"{before}…{after}"
