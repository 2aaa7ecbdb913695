"""Puts paragraphs together again that a page break cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plansite.sources.document import Table
from plansite.sources.headings import Heading, item_mark, read_heading, split_lead
from plansite.sources.notes import closes_a_bracket, ends_in_open_note, find_note
from plansite.sources.pieces import CONTEXT, Ledger, Part, Piece

ENDS = "。！？!?：:"
LONGEST_PARAGRAPH = 5000  # characters; what is longer is no paragraph but a list without full stops
SHORTEST_CUT_IN_BOX = 60  # in a box a short line without a full stop is the title of an item

_INSIDE = re.compile(r"[，。、；,;]")


def join_cut(parts: Sequence[Part], ledger: Ledger) -> tuple[Part, ...]:
    """The parts with every cut paragraph whole again.

    A paragraph is cut that ends in the middle of a sentence or bracket; so is one whose note stands alone in the next
    paragraph, and one that opens with a lead and ends without a note before a paragraph that has one and no lead or
    stands on the next page.
    Nothing before the first heading is joined: a cover has no sentences.
    """
    joined: list[Part] = []
    begun = in_box = False
    for part in parts:
        heading = read_heading(part.text) if isinstance(part, Piece) else None
        if heading:
            begun = True
            in_box = heading.kind == "box" or (in_box and heading.kind == "subgroup")
        last = joined[-1] if joined else None
        if begun and not heading and isinstance(part, Piece) and isinstance(last, Piece) and _cut(last, part, in_box):
            joined[-1] = _join(last, part, ledger)
        else:
            joined.append(part)
    return _join_at_sentence_ends(joined, ledger)


def join_tables(parts: Sequence[Part], ledger: Ledger) -> tuple[Part, ...]:
    """The parts with tables that go over a page as one; a head row that is printed again is left out."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Table) and isinstance(last, Table) and _same_table(last, part):
            again = part.rows[0] in last.rows[:2]
            ledger.mend("page-break", part.place, "¶" + " ".join(part.rows[0]), " ".join(part.rows[0]))
            joined[-1] = Table(last.rows + part.rows[again:], last.place)
        else:
            joined.append(part)
    return tuple(joined)


def _same_table(first: Table, second: Table) -> bool:
    heading = read_heading("".join(second.rows[0]))
    return len(first.rows[0]) == len(second.rows[0]) and not (heading and heading.kind == "box")


def _cut(first: Piece, second: Piece, in_box: bool) -> bool:
    if read_heading(first.text) or first.level or second.level or _is_cell(first) or _is_cell(second):
        return False
    text = first.text.rstrip()
    if len(text) > LONGEST_PARAGRAPH:
        return False
    if ends_in_open_note(text) and closes_a_bracket(second.text):
        return True
    if item_mark(second.text)[0]:
        return False
    following = find_note(second.text)
    if following and following.whole and not following.before:
        return not find_note(text)
    if text[-1] in ENDS or find_note(text):
        return False
    return not in_box or len(text) >= SHORTEST_CUT_IN_BOX or (len(text) > 20 and bool(_INSIDE.search(text)))


def _is_cell(piece: Piece) -> bool:
    """Whether a paragraph is a row of a table: cells between tabs, or a single number or dash."""
    return "\t" in piece.text.strip() or len(piece.text.strip()) < 2 or not re.search(r"[^\d\s.,%≥≤<>/—-]", piece.text)


def _join_at_sentence_ends(parts: Sequence[Part], ledger: Ledger) -> tuple[Part, ...]:
    joined: list[Part] = []
    in_box = False
    for part in parts:
        heading: Heading | None = read_heading(part.text) if isinstance(part, Piece) else None
        if heading:
            in_box = heading.kind == "box" or (in_box and heading.kind == "subgroup")
        last = joined[-1] if joined else None
        if (
            isinstance(part, Piece)
            and isinstance(last, Piece)
            and not (heading or in_box or read_heading(last.text))
            and split_lead(last.text)[0]
            and not find_note(last.text)
            and _continues(last, part)
        ):
            joined[-1] = _join(last, part, ledger)
        else:
            joined.append(part)
    return tuple(joined)


def _continues(first: Piece, second: Piece) -> bool:
    """Whether a paragraph has a note and either no lead of its own or stands on the next page."""
    note = find_note(second.text)
    if note is None:
        return False
    over_a_page = second.places[0].page > first.places[-1].page
    return over_a_page or not (second.lead or split_lead(note.before)[0])


def _join(first: Piece, second: Piece, ledger: Ledger) -> Piece:
    left, right = first.text.rstrip(), second.text.lstrip()
    gap = " " if left[-1].isascii() and left[-1].isalpha() and right[0].isascii() and right[0].isalpha() else ""
    before = left[-CONTEXT:] + "¶" + right[:CONTEXT]
    ledger.mend("page-break", second.place, before, left[-CONTEXT:] + gap + right[:CONTEXT])
    return Piece(left + gap + right, first.places + second.places, first.level, first.lead)
