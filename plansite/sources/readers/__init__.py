"""Readers: an official document as txt, docx, pdf or html becomes a `Document` of paragraphs and tables."""

from __future__ import annotations

from pathlib import Path

from plansite.sources.document import Document
from plansite.sources.readers.kinds import SUFFIXES, kind_of
from plansite.sources.readers.limits import check_blocks, check_size, checksum
from plansite.sources.readers.process import read_apart
from plansite.sources.readers.text import read_text

__all__ = ["read_document"]


def read_document(path: Path) -> Document:
    """The paragraphs and tables of a file, in reading order.

    What the file holds decides how it is read; its suffix must agree. Text is read as it stands: spaces at the edges
    of a paragraph are left out, nothing else is mended here. A table of one column is a frame around text and
    gives paragraphs. A cell of several paragraphs has a line for each.

    Raises SourceError, with a message of one line, for a file that is broken, locked, too large or of another kind.
    """
    check_size(path, SUFFIXES.get(path.suffix.lower()))
    kind = kind_of(path)
    check_size(path, kind)
    blocks = read_text(path) if kind == "txt" else read_apart(path, kind)
    check_blocks(path.name, blocks)
    return Document(path.name, kind, checksum(path), blocks)
