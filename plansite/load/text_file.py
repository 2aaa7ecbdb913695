"""The text of a file, or what is wrong with it as a file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from plansite.characters import HIDDEN, hidden
from plansite.load.faults import Fault
from plansite.load.limits import MAX_FAULTS, MAX_FILE


def read_text_file(path: Path, name: str, most: int = MAX_FILE) -> tuple[str, list[Fault]]:
    """The text with line breaks as `\\n`, and no fault; or an empty text and the faults.

    A file has at most `most` bytes, in UTF-8, and shows every character it holds. `name` is the file's name in faults.
    """
    text, faults = decode_file(path, name, most)
    faults = faults or hidden_characters(text, name)
    return "" if faults else text, faults


def decode_file(path: Path, name: str, most: int = MAX_FILE) -> tuple[str, list[Fault]]:
    """The same, whatever characters the text holds."""
    try:
        if path.is_symlink() or not path.is_file():  # out of the project; a pipe, which would be read for ever
            return "", [Fault(name, 1, 1, "a link, or no ordinary file", "a text file in UTF-8")]
        size = path.stat().st_size
        if size > most:
            return "", [Fault(name, 1, 1, f"a file of {size:,} bytes", f"at most {most:,} bytes")]
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return "", [Fault(name, line, column, "a byte that is not UTF-8", "a text file in UTF-8")]
    except OSError as error:
        return "", [Fault(name, 1, 1, f"the file cannot be read ({error.strerror})", "a readable file")]
    return text, []


def hidden_characters(text: str, name: str) -> list[Fault]:
    """A fault for each character that a reader of the text cannot see."""
    faults: list[Fault] = []
    for match in islice(HIDDEN.finditer(text), MAX_FAULTS):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        faults.append(Fault(name, line, column, hidden(match[0]), "visible characters only"))
    return faults
