"""Automatic numbers of Word paragraphs (第一章, 一、, （一）, 1.), which stand in no text; ECMA-376 part 1, 17.9."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

CHINESE = ("chineseCounting", "taiwaneseCounting", "japaneseCounting", "ideograph", "taiwaneseDigital")
"""How the names of the forms begin whose numbers are 一, 二, 三."""
DIGITS = "零一二三四五六七八九"
CLOSED = tuple("、.．。，,：:）)」』】]")  # after these no space is set before the text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its pattern (`第%1章`), the form of its number, where it starts and what follows it."""

    pattern: str
    form: str
    start: int
    suffix: str


class Numbering:
    """Counts the numbered paragraphs of a file in reading order."""

    def __init__(self, file: WordFile) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._abstract: dict[int, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarts: dict[int, dict[int, int]] = {}
        try:
            root: Any = file.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
        except KeyError:
            return
        for abstract in root.iterfind(qn("w:abstractNum")):
            for level in abstract.iterfind(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"))))
                self._levels[key] = _level(level)
        for entry in root.iterfind(qn("w:num")):
            number = int(entry.get(qn("w:numId")))
            self._abstract[number] = _value(entry, "w:abstractNumId", "")
            self._restarts[number] = {
                int(override.get(qn("w:ilvl"))): int(_value(override, "w:startOverride", "1"))
                for override in entry.iterfind(qn("w:lvlOverride"))
                if override.find(qn("w:startOverride")) is not None
            }

    def label(self, number: tuple[int, int] | None) -> str:
        """The number of the next paragraph of a list (list id, level) and what parts it from the text; "" for none."""
        if number is None:
            return ""
        list_id, depth = number
        abstract = self._abstract.get(list_id, "")
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if depth in (restarts := self._restarts.get(list_id, {})):
            counts.pop(depth, None)
            start = restarts.pop(depth)  # only the first paragraph of the list starts anew
        else:
            start = level.start
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""
        text = re.sub(r"%([1-9])", lambda match: self._shown(abstract, int(match[1]) - 1), level.pattern)
        return text if not text or level.suffix == "nothing" or text.endswith(CLOSED) else f"{text} "

    def _shown(self, abstract: str, depth: int) -> str:
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        return _formatted(self._counts[abstract].get(depth, level.start), level.form)


def _level(element: Any) -> Level:
    return Level(
        _value(element, "w:lvlText", ""),
        _value(element, "w:numFmt", "decimal"),
        int(_value(element, "w:start", "1")),
        _value(element, "w:suff", "tab"),
    )


def _value(element: Any, name: str, default: str) -> str:
    found = element.find(qn(name))
    return default if found is None else str(found.get(qn("w:val"), default))


def _formatted(number: int, form: str) -> str:
    if form.startswith(CHINESE) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        if not tens:
            return DIGITS[ones]
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    return str(number)
