"""What an editor did who wrote YAML that cannot be read: the parser's findings in the words of the data guide."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

MERGE = re.compile(r"^(<<<<<<<|>>>>>>>|=======)(?: .*)?$", re.MULTILINE)
QUOTED = "the whole text in quotes"
SPACES = "the same number of spaces"
CLOSING = {"[": "]", "{": "}"}


class Slip(NamedTuple):
    """Line and column, counted from 1; what was found, what was expected."""

    line: int
    column: int
    found: str
    expected: str


def slip(error: yaml.MarkedYAMLError, text: str, last: yaml.ScalarEvent | None) -> Slip:
    """What is wrong with a text for which the parser raised an error after it had read a last value."""
    if mark := MERGE.search(text):
        line = text.count("\n", 0, mark.start()) + 1
        return Slip(line, 1, f"a mark of a merge by git ('{mark[1]}')", "the lines that hold, without such marks")
    place = _Place(error, text, last)
    problem = error.problem or ""
    if open_quote := place.open_quote():
        return open_quote
    if "mapping values are not allowed" in problem:
        return place.colon() or place.here("a field set in further than the one before it", SPACES)
    if "cannot start any token" in problem:
        return place.here(f"a text that begins with '{place.character}'", QUOTED)
    if "did not find expected ',' or" in problem:
        return _in_brackets(place)
    if "did not find expected key" in problem or "expected <block end>" in problem:
        return (
            place.quote()
            or place.closed()
            or place.here(
                f"a line set in otherwise than the fields from line {place.begun[0]} on", "the same number of spaces"
            )
        )
    if "did not find expected '-'" in problem:
        found = f"a line set in otherwise than the list from line {place.begun[0]} on"
        return place.here(found, "'- ' below the others, or a field of the entry above, two spaces further in")
    if "could not find expected ':'" in problem:
        found = "no space after the ':'" if ":" in place.lines[place.begun[0] - 1] else "a line without ':'"
        return Slip(*place.begun, found, "a field and its value, as in 'unit: day'")
    if "unexpected end of stream" in problem and "quoted" in (error.context or ""):
        return Slip(*place.begun, "a quote that is not closed", "the closing quote where the text ends")
    begun = f"; begun in line {place.begun[0]}" if place.begun[0] != place.at[0] else ""
    return place.here(f"YAML that cannot be read ({problem or 'unreadable'}{begun})".replace("\n", " "), "valid YAML")


class _Place:
    """Where the parser stopped (`at`), with the character there, and where what it was reading had begun."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str, last: yaml.ScalarEvent | None) -> None:
        self.lines = [*text.split("\n"), ""]
        self.at = position_of(error.problem_mark or error.context_mark)
        self.begun = position_of(error.context_mark or error.problem_mark)
        self.last = last
        line, column = self.at
        self.before, self.character = self.lines[line - 1][: column - 1], self.lines[line - 1][column - 1 : column]

    def here(self, found: str, expected: str) -> Slip:
        return Slip(*self.at, found, expected)

    def colon(self) -> Slip | None:
        """A colon that is not the first of its line stands within a text."""
        if self.character == ":" and re.search(r":\s", self.before):
            return self.here("a ': ' within a text", QUOTED)
        return None

    def open_quote(self) -> Slip | None:
        """The last value is in quotes and goes over several lines: it was meant to end in its first."""
        if self.last and self._after_quote() and (start := position_of(self.last.start_mark))[0] != self.at[0]:
            found = f"a quote that is not closed before line {self.at[0]}"
            return Slip(*start, found, "the closing quote where the text ends")
        return None

    def quote(self) -> Slip | None:
        """The last value is in quotes, and more follows."""
        return self.here("more after a text in quotes", QUOTED) if self._after_quote() else None

    def _after_quote(self) -> bool:
        last = self.last
        return bool(last and last.style in ("'", '"') and position_of(last.end_mark)[0] == self.at[0])

    def closed(self) -> Slip | None:
        """A closing bracket stands before."""
        bracket = self.before.rstrip()[-1:]
        return self.here(f"more after a '{bracket}'", QUOTED) if bracket and bracket in "]}" else None


def _in_brackets(place: _Place) -> Slip:
    """A list or mapping between brackets that does not go on as it should."""
    line, column = place.begun
    opened = place.lines[line - 1][column - 1 : column]
    if found := place.colon() or place.quote():
        return found
    if place.character and place.character in "[]{}" and place.at[0] == line:
        return place.here(f"a '{place.character}' within a text between '{opened}' and '{_closing(opened)}'", QUOTED)
    return Slip(line, column, f"a '{opened}' that is not closed before line {place.at[0]}", f"its '{_closing(opened)}'")


def _closing(bracket: str) -> str:
    return CLOSING.get(bracket, "")


def position_of(mark: Any) -> tuple[int, int]:
    """The line and column of a mark of the YAML parser, which counts from 0."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
