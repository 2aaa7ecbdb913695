"""The neutral form of an official document, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plansite.characters import visible

LONGEST_MESSAGE = 1000  # characters; a library's own words about a hostile file have no end

Format = Literal["txt", "docx", "pdf", "html"]


class SourceError(Exception):
    """A file that cannot be read as a document; the message is one line: file, what was found, what was expected."""

    def __init__(self, message: str) -> None:
        super().__init__(visible(message, LONGEST_MESSAGE))


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in its file: the number of the paragraph or line, and of the page (0: the file has none).

    Both count from 1. In a text file `number` is the line, elsewhere the paragraph.
    """

    number: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as read. `level` is the heading level the file declares (0: none), `lead` its bold start."""

    text: str
    place: Place
    level: int = 0
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read; merged cells repeat nothing, what they cover is empty.

    `row_places` says where each row stands, in files whose rows have places of their own (text: the line); else empty.
    """

    rows: tuple[tuple[str, ...], ...]
    place: Place
    row_places: tuple[Place, ...] = ()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file's blocks in reading order, with the checksum of the file (SHA-256, hexadecimal)."""

    name: str
    format: Format
    sha256: str
    blocks: tuple[Block, ...]
