"""The addresses that were ever published: `data/permalinks.txt`, one a line, sorted."""

from __future__ import annotations

import re
from pathlib import Path

from plansite.load.faults import Fault
from plansite.load.limits import MAX_FAULTS, MAX_PERMALINKS
from plansite.load.text_file import read_text_file

FILE = "permalinks.txt"
HOME = "./"  # the home page's line: its address below the language is empty
FOLDER, PAGE = r"(?:[a-z0-9-]+/)", r"[a-z0-9-]+"
LINE = re.compile(rf"(?:\./|{FOLDER}+)(?:#\S+)?|{FOLDER}*{PAGE}\.[a-z0-9]+")


def read_permalinks(path: Path, name: str) -> tuple[dict[str, int], list[Fault]]:
    """Each address with its line, and what is wrong with the file; none of either if there is no file.

    `name` is the file's name in faults.
    """
    if not path.exists():
        return {}, []
    text, faults = read_text_file(path, name, MAX_PERMALINKS)
    found: dict[str, int] = {}
    last = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fault := _fault(line, last, found):
            faults.append(Fault(name, number, 1, *fault))
        else:
            last = line
        found.setdefault(line, number)
        if len(faults) >= MAX_FAULTS:
            break
    return found, faults


def _fault(line: str, last: str, found: dict[str, int]) -> tuple[str, str] | None:
    """What was found and what was expected, if a line is not what it should be after the `last` good one."""
    if not LINE.fullmatch(line):
        expected = f"an address below the language, as in plans/jingyue-14/#anchor or data/plans.json ({HOME} is home)"
        return f"'{line[:200]}'" if line.strip() else "an empty line", expected
    if line in found:
        return f"'{line}' a second time (first in line {found[line]})", "each address once"
    if line < last:
        return f"'{line}' after '{last}'", "the lines sorted by their characters' code points (LC_ALL=C sort)"
    return None


def permalinks_text(addresses: set[str]) -> str:
    """The content of the file."""
    return "".join(f"{address}\n" for address in sorted(addresses))
