"""Which kind of document a file is, from its first bytes; a suffix that says something else is a fault."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from plansite.sources.document import Format, SourceError

SUFFIXES: dict[str, Format] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
NAMES: dict[Format, str] = {"txt": "plain text", "docx": "a Word file (docx)", "pdf": "a PDF", "html": "a web page"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file, [MS-CFB] 2.2
HTML = re.compile(rb"<(!doctype\s+html|html|head|body|meta|div|p|table|h[1-6])\b", re.IGNORECASE)
FOREIGN = {  # first bytes: what it is; what to do
    b"{\\rtf": "an RTF file; expected a .docx: open it and save it as Word",
    b"\xff\xd8\xff": "a JPEG picture; expected text: run it through text recognition (OCR) first",
    b"\x89PNG": "a PNG picture; expected text: run it through text recognition (OCR) first",
    b"II*\0": "a TIFF picture; expected text: run it through text recognition (OCR) first",
    b"MM\0*": "a TIFF picture; expected text: run it through text recognition (OCR) first",
    b"Rar!": "a RAR archive; expected the document in it",
    b"7z\xbc\xaf": "a 7-Zip archive; expected the document in it",
    b"\x1f\x8b": "a gzip archive; expected the document in it",
}


def kind_of(path: Path) -> Format:
    """The format of a file. Raises SourceError for one that is not read, or whose suffix says otherwise."""
    with path.open("rb") as file:
        head = file.read(4096)
    found = _found(path, head)
    declared = SUFFIXES.get(path.suffix.lower())
    if declared == "html" and found == "txt" and HTML.search(path.read_bytes()):
        found = "html"
    if declared is not None and declared != found:
        raise SourceError(
            f"{path.name}: holds {NAMES[found]}, not {NAMES[declared]} as its suffix says; "
            f"expected a file that is what its suffix says: rename it, or get it again"
        )
    return found


def _found(path: Path, head: bytes) -> Format:
    for start, what in FOREIGN.items():
        if head.startswith(start):
            raise SourceError(f"{path.name}: {what}")
    if head.startswith(OLE):
        raise SourceError(f"{path.name}: {_compound(path)}")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _archive(path)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "html" if start.startswith(b"<") and HTML.search(start) else "txt"


def _archive(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(
            f"{path.name}: a cut-off or broken Word file or archive ({' '.join(str(error).split())}); "
            "expected one that is whole: get it again"
        ) from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    for mark, what in (
        ("xl/", "an Excel file"),
        ("ppt/", "a PowerPoint file"),
        ("content.xml", "an OpenDocument file"),
    ):
        if any(name.startswith(mark) for name in names):
            raise SourceError(f"{path.name}: {what}; expected a .docx: open it and save it as Word")
    raise SourceError(f"{path.name}: a zip archive without a Word document in it; expected .txt, .docx, .pdf or .html")


def _compound(path: Path) -> str:
    """Word keeps both its old files and its encrypted new ones in a compound file; its directory tells which."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "the Word file is encrypted; expected one without a password: open it, remove the password, save it"
    return "an old Word or WPS file (.doc); expected a .docx: open it and save it as .docx"
