"""Puts the runs of a line or paragraph together; what Word, web and PDF readers share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d\u2026\u3000-\u303f]"
)


SOFT = "\v"
"""Marks in the text of runs where a line ends that only the width of the page or the layout of the file ended."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one weight."""

    text: str
    bold: bool = False


def split_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each line, where a `\\n` ends a line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.bold))
        lines.extend([Run(text, run.bold)] for text in others)
    return lines


def text_and_lead(runs: Sequence[Run]) -> tuple[str, str]:
    """The text without white space at its edges, soft line ends joined, and the bold words at its start."""
    text = "".join(run.text for run in runs)
    bold = ""
    for run in runs:
        if run.text.strip() and not run.bold:
            break
        bold += run.text
    return join_lines(text.split(SOFT)), join_lines(bold.split(SOFT))


def join_lines(lines: Iterable[str]) -> str:
    """Lines that only the width of a page or cell parted: Chinese joins without a space, other words with one."""
    text = ""
    for line in (line.strip() for line in lines):
        if text and line and not (WIDE.match(text[-1]) or WIDE.match(line[0])):
            text += " "
        text += line
    return text
