"""Numbers agree: what one language says, the other says; what a field says, the text says.

A slip of one digit in one place then shows. Numbers inside names and dates that only English writes with digits are
left out: "14th Five-Year Plan (2021–2025)", "5 June", "Jilin-1".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from plansite.load.faults import Fault
from plansite.load.records import Pair
from plansite.load.yaml_file import Steps, YamlFile

NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(\s?(?:万|亿|thousand|million|billion))?")
SCALE = {"": 1, "万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
ONLY_ENGLISH = re.compile(rf"\d+th [Ff]ive-[Yy]ear|\(\d{{4}}–\d{{4}}\)|\b\d{{1,2}} (?:{MONTHS})\b|\b[A-Z][a-z]+-\d+\b")
ONLY_CHINESE = re.compile(r"\d{1,2}月")

Excused = dict[tuple[str, Steps], frozenset[Decimal] | None]
"""File and path of a record → numbers in which its two languages may differ for a time; None: in all."""


def numbers(text: str) -> set[Decimal]:
    """Every number of a text by its value: "1,428", "5万" (50,000) and "5.3 million" are understood."""
    return {Decimal(digits.replace(",", "")) * SCALE[scale.strip()] for digits, scale in NUMBER.findall(text)}


def check_pairs(file: YamlFile, record: Any, excused: Excused | None = None) -> Iterator[Fault]:
    """Every text pair of a file holds the same numbers in both languages, but for excused ones."""
    return iter(()) if file.agrees else _pairs(file, record, (), excused or {}, frozenset())


def _pairs(file: YamlFile, record: Any, path: Steps, excused: Excused, spare: frozenset[Decimal]) -> Iterator[Fault]:
    allowed = excused.get((file.name, path), frozenset())
    if allowed is None:
        return
    spare |= allowed
    if isinstance(record, Pair):
        zh, en = numbers(record.zh), numbers(record.en)
        spare |= numbers(" ".join(ONLY_ENGLISH.findall(record.en) + ONLY_CHINESE.findall(record.zh)))
        missing, added = sorted(zh - en - spare), sorted(en - zh - spare)
        if missing and added:
            found = f"{_list(added)} in the English text, {_list(missing)} in the Chinese text"
            yield _fault(file, (*path, "en"), found, "the same numbers in both")
        elif missing:
            yield _fault(
                file, (*path, "en"), f"no {_list(missing)} in the English text", "every number of the Chinese text"
            )
        elif added:
            yield _fault(
                file, (*path, "zh"), f"no {_list(added)} in the Chinese text", "every number of the English text"
            )
    elif isinstance(record, list):
        for index, part in enumerate(record):
            yield from _pairs(file, part, (*path, index), excused, spare)
    elif isinstance(record, dict):
        for key, part in record.items():
            yield from _pairs(file, part, (*path, key), excused, spare)
    elif hasattr(type(record), "model_fields"):
        for name, info in type(record).model_fields.items():
            yield from _pairs(file, getattr(record, name), (*path, info.alias or name), excused, spare)


def check_quantities(
    file: YamlFile, path: Steps, quantities: Iterable[Any], texts: Iterable[Pair], *, implied: bool
) -> Iterator[Fault]:
    """The value and the year of each quantity stand in the texts they belong to, in one language or the other.

    `implied`: the last year of a five-year plan need not be said.
    """
    text = " ".join(f"{text.zh} {ONLY_ENGLISH.sub('', text.en)}" for text in texts)
    known = numbers(text) | {Decimal(digits.replace(",", "")) for digits, _ in NUMBER.findall(text)}
    for index, quantity in enumerate(quantities):
        for field in ("value", "year"):
            value = getattr(quantity, field)
            unsaid = value is not None and Decimal(str(value)) not in known
            if unsaid and not (implied and field == "year" and value % 5 == 0):
                yield _fault(
                    file,
                    (*path, index, field),
                    f"{value} as {field}, which the text does not say",
                    "a number of the text",
                )


def _fault(file: YamlFile, path: Steps, found: str, expected: str) -> Fault:
    return Fault(file.name, *file.position(path), found, expected)


def _list(values: list[Decimal]) -> str:
    return " and ".join(f"{value.normalize():f}" for value in values)
