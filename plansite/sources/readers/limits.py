"""What a file may cost: sizes that are looked at before reading, time and memory while reading."""

from __future__ import annotations

import hashlib
import signal
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from plansite.sources.document import Block, Format, Paragraph, SourceError

MEGABYTE = 1024 * 1024
MAX_FILE = 100 * MEGABYTE
MAX_TEXT_FILE = 4 * MEGABYTE  # the text of a real plan has under half of one
MAX_WEB_FILE = 20 * MEGABYTE  # with its pictures, as browsers save pages
MAX_MEMORY = 900 * MEGABYTE  # address space of the reading process
MAX_SECONDS = 7  # for opening a file, and then for each page
MAX_PAGES = 3000
MAX_UNPACKED = 300 * MEGABYTE  # all files in a docx together
MAX_XML = 50 * MEGABYTE  # one XML file in a docx, unpacked
MAX_RATIO = 200  # unpacked to packed, of a file above one megabyte; Word's own XML stays below 50
MAX_ENTRIES = 5000
MAX_SPAN = 100  # columns or rows of one cell
MAX_BLOCKS = 20_000  # paragraphs and rows of tables in a document; real plans have about 1,000
MAX_PARAGRAPH = 10_000  # characters; the longest of a real plan has under 1,000

MOST: dict[Format, int] = {"txt": MAX_TEXT_FILE, "html": MAX_WEB_FILE, "docx": MAX_FILE, "pdf": MAX_FILE}


def check_size(path: Path, kind: Format | None) -> None:
    """Raise SourceError if the file is not there, empty or larger than is read; None: its kind is not known yet."""
    try:
        size = path.stat().st_size if path.is_file() else -1
    except OSError as error:
        raise SourceError(
            f"{path.name}: cannot be opened ({error.strerror}); expected a file that can be read"
        ) from error
    if size < 0:
        raise SourceError(f"{path.name}: no such file; expected a .txt, .docx, .pdf or .html file")
    if size == 0:
        raise SourceError(f"{path.name}: the file is empty (0 bytes); expected a document")
    most = MOST[kind] if kind else MAX_FILE
    if size > most:
        raise SourceError(
            f"{path.name}: {size / MEGABYTE:.0f} MB; expected at most {most // MEGABYTE} MB: "
            "save it without pictures, or as several files"
        )


def checksum(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_archive(name: str, archive: zipfile.ZipFile) -> None:
    """Raise SourceError if the directory of a docx announces more than a document can need.

    Python's zipfile never unpacks more of a file than its directory entry declares, so the directory is enough.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise SourceError(f"{name}: {len(entries)} files in the docx; expected at most {MAX_ENTRIES}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise SourceError(
            f"{name}: unpacks to {unpacked // MEGABYTE} MB (a zip bomb?); "
            f"expected at most {MAX_UNPACKED // MEGABYTE} MB"
        )
    for entry in entries:
        if entry.flag_bits & 1:
            raise SourceError(f"{name}: {entry.filename} in the docx is encrypted; expected a file without a password")
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > MEGABYTE and ratio > MAX_RATIO:
            raise SourceError(
                f"{name}: {entry.filename} unpacks to {ratio:.0f} times its size (a zip bomb?); "
                f"expected at most {MAX_RATIO} times"
            )
        if entry.filename.endswith((".xml", ".rels")) and entry.file_size > MAX_XML:
            raise SourceError(
                f"{name}: {entry.filename} unpacks to {entry.file_size // MEGABYTE} MB; "
                f"expected at most {MAX_XML // MEGABYTE} MB"
            )


def check_blocks(name: str, blocks: Sequence[Block]) -> None:
    """Raise SourceError for more or longer paragraphs than the outline can be found in within reasonable time."""
    count = sum(1 if isinstance(block, Paragraph) else len(block.rows) for block in blocks)
    if count > MAX_BLOCKS:
        raise SourceError(f"{name}: {count:,} paragraphs and rows of tables; expected at most {MAX_BLOCKS:,}")
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else ["\t".join(row) for row in block.rows]
        if (longest := max(map(len, texts), default=0)) > MAX_PARAGRAPH:
            raise SourceError(
                f"{name}: {longest:,} characters in one paragraph or row (number {block.place.number}); "
                f"expected at most {MAX_PARAGRAPH:,}"
            )


def limit_memory() -> None:
    """Let this process have MAX_MEMORY of address space and no more (where the system can: not on Windows)."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def more_time() -> None:
    """Give this process MAX_SECONDS from now; when they are over, the system ends it with SIGALRM (not on Windows)."""
    if sys.platform != "win32":
        signal.alarm(MAX_SECONDS)
