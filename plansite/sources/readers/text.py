"""Reads plain text: one paragraph a line, tables from runs of lines with tabs."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from pathlib import Path

from plansite.sources.document import Block, Paragraph, Place, SourceError, Table

LEAD = re.compile(r"\*\*(?P<lead>[^*]+)\*\*")
CONTENTS = re.compile(r"\s*第.{1,4}[章节]")
LEAST_TABS = 2  # lines with one tab are list items, contents, or cells set one a line
LEAST_ROWS = 2
USUAL = 0.8  # share of GB 2312 among the characters above ASCII in Chinese text in GB 18030; in misread text it is half


def read_text(path: Path) -> tuple[Block, ...]:
    """The lines of a text file. Raises SourceError for bytes that are no text.

    Empty lines give nothing, but the numbers of the places show them; a line of one tab is an empty cell and stays.
    Two or more lines with the same number (two or more) of tabs are a table, unless they look like a table of
    contents. Other lines keep their tabs. Bold words (`**…**`) at the start become the lead; later ones stay marked.
    """
    lines = [
        (number, line.strip(" \u3000\r\xa0"))
        for number, line in enumerate(decode(path.name, path.read_bytes()).split("\n"), 1)
    ]
    blocks: list[Block] = []
    for tabs, run in groupby(((n, line) for n, line in lines if line), key=lambda entry: entry[1].count("\t")):
        rows = list(run)
        if tabs >= LEAST_TABS and len(rows) >= LEAST_ROWS and not _is_contents([line for _, line in rows]):
            cells = tuple(tuple(cell.strip() for cell in line.split("\t")) for _, line in rows)
            places = tuple(Place(number) for number, _ in rows)
            blocks.append(Table(cells, places[0], places))
        else:
            blocks.extend(_paragraph(line, Place(number)) for number, line in rows)
    if not any(_has_text(block) for block in blocks):
        raise SourceError(f"{path.name}: the file holds only white space; expected the text of a plan")
    return tuple(blocks)


def decode(name: str, data: bytes) -> str:
    """Text in UTF-8 (with or without a byte order mark), else in GB 18030. Raises SourceError for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{name}: text in UTF-16; expected UTF-8 or GB 18030: save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > 0 and error.end == len(data) and error.reason == "unexpected end of data":
            raise SourceError(
                f"{name}: ends in the middle of a character (cut off at byte {len(data)}); expected the whole file"
            ) from error
        text = _decode_gb18030(name, data)
    noise = sum(1 for c in text if unicodedata.category(c) in ("Cc", "Cn") and c not in "\t\n\r\f\v")
    if noise > len(text) / 1000:
        raise SourceError(f"{name}: binary data ({noise} characters that no text has); expected text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_gb18030(name: str, data: bytes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: neither UTF-8 nor GB 18030 (byte {error.start + 1}): unknown encoding or no text at all; "
            "expected text: save it as UTF-8"
        ) from error
    beyond = [c for c in text if c > "\x7f"]
    usual = sum(1 for c in beyond if c.encode("gb2312", "ignore"))
    if usual < USUAL * len(beyond):
        raise SourceError(
            f"{name}: unknown encoding (read as GB 18030, {1 - usual / len(beyond):.0%} are characters that "
            "plans do not use); expected UTF-8 or GB 18030: save it as UTF-8"
        )
    return text


def _is_contents(lines: list[str]) -> bool:
    return 2 * sum(1 for line in lines if CONTENTS.match(line)) > len(lines)


def _paragraph(line: str, place: Place) -> Paragraph:
    found = LEAD.match(line)
    if not found:
        return Paragraph(line, place)
    return Paragraph(found["lead"] + line[found.end() :], place, lead=found["lead"].strip())


def _has_text(block: Block) -> bool:
    return isinstance(block, Table) or bool(block.text.strip())
