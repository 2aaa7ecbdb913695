"""What `ingest` and `revise` leave to a person: every TODO of a data file, also in remarks, and the ids put in for now.

They are looked for in the text, not in the records, so that the rest of a file is checked while some is unwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from plansite.load.faults import Fault
from plansite.load.limits import MAX_FAULTS

TODO = re.compile(r"\bTODO\b")
NUMBERED = re.compile(r" *- (?:\{)?id: (m\d+-\d+-\d+|p\d+-\d+)\b")
REMARK = re.compile(r"(?:^|\s)#")
SIDE = re.compile(r"\b(zh|en): *[\"']?$")
VALUE = re.compile(r"[:\[,-] *[\"']?$")
LANGUAGES = {"zh": "Chinese", "en": "English"}


def unwritten(text: str, name: str) -> list[Fault]:
    """A fault for each thing still to be written in the text of a data file."""
    return list(islice(_all(text, name), MAX_FAULTS + 1))


def _all(text: str, name: str) -> Iterator[Fault]:
    if not TODO.search(text) and not NUMBERED.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if id := NUMBERED.match(line):
            found = f"the id '{id[1]}', which ingest put in for the time being"
            yield Fault(name, number, id.start(1) + 1, found, "an id from the English title")
            continue
        for match in TODO.finditer(line):
            yield Fault(name, number, match.start() + 1, *_left(line[: match.start()], line[match.start() :]))


def _left(before: str, rest: str) -> tuple[str, str]:
    """What is left to do, and what is expected."""
    if REMARK.search(before):
        return f"the remark '{rest}'", "what it says done, and the remark taken away"
    if side := SIDE.search(before):
        return "a text still to be written", f"the {LANGUAGES[side[1]]} text"
    if VALUE.search(before):
        return "a text still to be written", "the words as printed"
    return "'TODO' within a text", "the whole text"
