"""From the blocks of a file to cleaned paragraphs, with a record of every repair.

Nothing is corrected silently: each repair has a kind, a place, and the text before and after. A slip of recognition
that changes a character (第l节 for 第1节) is reported and left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plansite.sources.document import Block, Paragraph, Place, Table
from plansite.sources.headings import numeral, read_heading
from plansite.sources.joining import join_cut, join_tables
from plansite.sources.mending import drop_bold, drop_bookmarks, mend_formulas, mend_text
from plansite.sources.outline import Repair
from plansite.sources.pieces import CJK, Ledger, Part, Piece

LONGEST_CONTENTS_LINE = 80

_PAGE_LINE = re.compile(r"[-—–·]\s*\d{1,3}\s*[-—–·]|第\s*\d{1,3}\s*页(?:\s*共\s*\d+\s*页)?")
_PAGE_AT_END = re.compile(rf"(?<=[{CJK}，、,])\s*[-—–]\s?\d{{1,3}}\s?[-—–]$")
_PAGE_INSIDE = re.compile(rf"(?<=[{CJK}，、,])\s*[-—–]\s?\d{{1,3}}\s?[-—–]\s*(?=[{CJK}])")
_CONTENTS_ENTRY = re.compile(r"\t|[.．…·]{3,}|[^。]\d{1,3}$")
_CHAPTER_SLIP = re.compile(r"第\s*([^\s\d第章节，。、]{1,2})\s*[章节]\s")
_BOX_SLIP = re.compile(r"\W{0,3}\w?\s*([^专\s])栏\s*\d")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of the blocks when noise is gone, in reading order; tables stay as printed."""

    parts: tuple[Part, ...]
    repairs: tuple[Repair, ...]


def clean(blocks: Sequence[Block]) -> Cleaned:
    """Drops noise and the table of contents, joins what page breaks cut, then mends the text of each paragraph."""
    ledger = Ledger()
    parts: Sequence[Part] = tuple(_without_noise(blocks, ledger))
    _report_slips(parts, ledger)
    parts = _without_contents(_without_page_numbers(parts, ledger), ledger)
    parts = join_cut(join_tables(parts, ledger), ledger)
    return Cleaned(tuple(_mended(part, ledger) for part in parts), tuple(ledger.repairs))


def _without_noise(blocks: Sequence[Block], ledger: Ledger) -> Iterator[Part]:
    """Blocks without bookmarks and bold signs; one-column tables become paragraphs; empty ones are left out."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block.text, block.place, block.level, block.lead, ledger)
        elif max(map(len, block.rows), default=0) == 1:
            for row in block.rows:
                for line in row[0].split("\n"):
                    yield from _paragraph(line, block.place, 0, "", ledger)
        elif block.rows:
            rows = tuple(tuple(drop_bookmarks(cell, block.place, ledger).strip() for cell in row) for row in block.rows)
            yield replace(block, rows=rows)


def _paragraph(source: str, place: Place, level: int, lead: str, ledger: Ledger) -> Iterator[Piece]:
    text = drop_bookmarks(source, place, ledger)
    text, bold = drop_bold(text, place, ledger)
    if not lead and bold and text.strip().startswith(bold[0]):
        lead = bold[0]
    if len(text.strip(" \t()（）")) > 0:
        yield Piece(text.strip("\n\r \u3000\u00a0"), (place,), level, lead.strip("。 "))
    elif text.strip():
        ledger.mend("fragment", place, text.strip(), "")


def _report_slips(parts: Sequence[Part], ledger: Ledger) -> None:
    for part in parts:
        if isinstance(part, Table):
            lines = [" ".join(row) for row in part.rows]
        else:
            lines = [re.sub(r"(?<=\S)\t(?=[章节])", "", part.text.strip())]
        place = part.place
        for line in lines:
            match = _CHAPTER_SLIP.match(line.strip())
            if (match and not numeral(match[1]) and match[1] not in "前后本各") or _BOX_SLIP.match(line.strip()):
                ledger.report("slip", place, line.strip().replace("\t", " ")[:24])


def _without_contents(parts: Sequence[Part], ledger: Ledger) -> tuple[Part, ...]:
    """Without the table of contents: the lines after 目录 that end in a page number or come again as a heading."""
    start = next((index for index, part in enumerate(parts) if _kind(part) == "contents"), -1)
    if start < 0:
        return tuple(parts)
    end = start + 1
    while end < len(parts) and _is_contents_entry(parts, end):
        end += 1
    for part in parts[start:end]:
        lines = [part.text] if isinstance(part, Piece) else ["\t".join(row) for row in part.rows]
        for line in lines:
            ledger.mend("contents", part.place, line.strip().replace("\t", " "), "")
    return (*parts[:start], *parts[end:])


def _is_contents_entry(parts: Sequence[Part], index: int) -> bool:
    part = parts[index]
    if isinstance(part, Table):
        return sum(bool(re.search(r"\d\s*$", " ".join(row))) for row in part.rows) * 2 > len(part.rows)
    text = part.text.strip()
    if len(text) > LONGEST_CONTENTS_LINE:
        return False
    if _CONTENTS_ENTRY.search(text):
        return True
    again = re.sub(r"\s", "", text)
    return read_heading(text) is not None and any(
        isinstance(later, Piece) and re.sub(r"\s", "", later.text) == again for later in parts[index + 1 :]
    )


def _kind(part: Part) -> str:
    heading = read_heading(part.text) if isinstance(part, Piece) else None
    return heading.kind if heading else ""


def _without_page_numbers(parts: Sequence[Part], ledger: Ledger) -> list[Part]:
    kept: list[Part] = []
    for index, part in enumerate(parts):
        if isinstance(part, Table):
            kept.append(part)
            continue
        text = part.text.strip()
        if _PAGE_LINE.fullmatch(text) or (re.fullmatch(r"\d{1,3}", text) and _between_prose(parts, index)):
            ledger.mend("page-number", part.place, text, "")
            continue
        text = ledger.replace("page-number", part.place, _PAGE_AT_END, "", part.text.rstrip())
        kept.append(replace(part, text=ledger.replace("page-number", part.place, _PAGE_INSIDE, "", text)))
    return kept


def _between_prose(parts: Sequence[Part], index: int) -> bool:
    """Whether both neighbours are running text, so that a lone number between them is the page's."""
    sides = (parts[index - 1] if index else None, parts[index + 1] if index + 1 < len(parts) else None)
    return all(isinstance(side, Piece) and len(side.text) > 20 and "\t" not in side.text.strip() for side in sides)


def _mended(part: Part, ledger: Ledger) -> Part:
    if isinstance(part, Table) or "\t" in part.text.strip():
        return part
    text = mend_formulas(part.text.strip(), part.place, ledger)
    return replace(part, text=mend_text(text, part.place, ledger))
