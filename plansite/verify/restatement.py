"""Numbers of a restatement against those of the official text: none missing, none added, in either language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from plansite.load.yaml_file import Steps
from plansite.model import LOCALES, Locale, NumberException, Quantity, Text
from plansite.verify.numerals import Mention, canonical, mentions

BODIES = re.compile(r"\s*(?:有关|相关)?(?:单位|部门|机构)|\s*(?:other )?(?:bodies|bureaus|departments|organisations)\b")
OTHER = re.compile(r"另外|其他|其余|other")
CLAUSE_END = re.compile(r"[，。；：:;（）()“”\"]")
LIST_JOINT = re.compile(r"、|以及|和|与|及")
AFTER_COLON = re.compile(r"：([^。]*)")
YEARS = range(1949, 2101)
LANGUAGE = {"zh": "Chinese", "en": "English"}

Report = Callable[[str, Steps, str, str], None]
"""Called with kind, path in the data, what was found, what was expected."""


@dataclass(slots=True)
class Statement:
    """What the data says of a part of the document: text pairs and quantities, each with its path in the file.

    `home` is where a missing number is told when nothing better is known; `summary` repeats what the texts say;
    `bodies` are the numbers of bodies the data may give: all, those beside the lead; `exceptions` are declared;
    `names` are Chinese names whose numerals count nothing (三家子沟).
    """

    home: Steps
    texts: list[tuple[Steps, Text]] = field(default_factory=list)
    quantities: list[tuple[Steps, Quantity]] = field(default_factory=list)
    summary: tuple[Steps, Text] | None = None
    bodies: tuple[int, int] = (0, 0)
    exceptions: Sequence[NumberException] = ()
    exceptions_path: Steps = ()
    names: Sequence[str] = ()

    def pairs(self) -> list[tuple[Steps, Text]]:
        """The summary and the texts."""
        return ([self.summary] if self.summary else []) + self.texts


def compare(official: str, statement: Statement, report: Report, *, complete: bool = True, context: str = "") -> int:
    """Report every disagreement; the number of figures of the official text that both languages give.

    `complete=False` asks only that nothing was added. `context` (headings) may lend numbers but demands none.
    """
    return _Comparison(official, context, statement, report).run(complete)


def number_of(quantity: Quantity) -> Mention:
    """The value of a quantity as a text says it: 5 of the unit 万吨 is 50,000."""
    value = canonical(quantity.value or 0)
    symbol = quantity.unit.symbol.zh if quantity.unit else ""
    scale = 10**4 if symbol.startswith("万") else 10**8 if symbol.startswith("亿") else 1
    return Mention(value, frozenset({canonical((quantity.value or 0) * scale)}), "figure", spelled=True)


class _Comparison:
    def __init__(self, official: str, context: str, statement: Statement, report: Report) -> None:
        self.statement, self.report = statement, report
        self.official = self.mentions(official, "zh")
        self.known = [*self.official, *mentions(official, "zh"), *mentions(context, "zh")]
        self.stated: dict[Locale, list[tuple[Steps, Mention]]] = {
            locale: [(path, m) for path, text in statement.pairs() for m in self.mentions(text[locale], locale)]
            for locale in LOCALES
        }
        self.excused = [
            [m for locale in LOCALES for m in mentions(exception.number, locale)] for exception in statement.exceptions
        ]
        self.used: set[int] = set()

    def mentions(self, text: str, locale: Locale) -> tuple[Mention, ...]:
        """The numbers of a text, but for those inside names; English may spell these out ("Three Lakes") or not."""
        for name in self.statement.names if locale == "zh" else ():
            text = text.replace(name, "·" * len(name))
        return mentions(text, locale)

    def run(self, complete: bool) -> int:
        proved = 0
        for mention, times in _distinct(self.official) if complete else ():
            given = [self.given(mention, locale, times) for locale in LOCALES]
            proved += times * all(given)
        for path, text in self.statement.pairs():
            for locale in LOCALES:
                for mention in self.mentions(text[locale], locale):
                    self.founded(locale, path, text, mention)
            self.alike(path, text)
        for path, quantity in self.statement.quantities:
            self.quantity(path, quantity)
        for index, exception in enumerate(self.statement.exceptions):
            if index not in self.used:
                path = (*self.statement.exceptions_path, index, "number")
                found = f"an exception for {exception.number}, which is not needed"
                self.report("exception", path, found, "only numbers that differ from the document")
        return proved

    # --- from the document to the data ---

    def given(self, mention: Mention, locale: Locale, times: int) -> bool:
        """An official figure stands in a language; one in digits that is no year, as often as in the document."""
        said = [path for path, other in self.stated[locale] if mention.agrees(other)]
        summary = self.statement.summary[0] if self.statement.summary else None
        often = sum(path != summary for path in said) + sum(
            mention.agrees(number_of(quantity))
            for _, quantity in self.statement.quantities
            if quantity.value is not None
        )
        countable = not mention.spelled and not any(_is_year(reading) for reading in mention.readings)
        if (said and (often >= times or not countable)) or self.excuses(mention):
            return True
        if said:
            found = f"'{mention.text}' {often} times in the {LANGUAGE[locale]} actions and targets"
            self.report("number-missing", self.place(mention, locale), found, f"{times} times, as in the document")
        else:
            found = f"no '{mention.text}' in the {LANGUAGE[locale]} restatement"
            self.report("number-missing", self.place(mention, locale), found, "every number of the official paragraph")
        return False

    def place(self, mention: Mention, locale: Locale) -> Steps:
        """The text whose other language has the number, or the home of the statement."""
        mine = {path for path, said in self.stated[locale] if mention.agrees(said)}
        for other in LOCALES:
            for path, said in reversed(self.stated[other]):
                if other != locale and mention.agrees(said) and path not in mine:
                    return (*path, locale)
        return self.statement.home

    # --- from the data to the document ---

    def founded(self, locale: Locale, path: Steps, text: Text, mention: Mention) -> None:
        """A number the data states stands in the document, or counts what stands there."""
        if mention.force == "filler" or self.is_known(mention) or self.is_count(locale, text, mention):
            return
        if not self.excuses(mention):
            found = f"'{mention.text}', which the official paragraph does not say"
            self.report("number-added", (*path, locale), found, "only numbers of the official paragraph")

    def is_known(self, mention: Mention) -> bool:
        """Said by the document; a number in digits not merely by 一批 or 统一."""
        return any(mention.agrees(other) and (mention.spelled or other.force != "filler") for other in self.known)

    def is_count(self, locale: Locale, text: Text, mention: Mention) -> bool:
        """An editor may count in words: the bodies of the note, the members of a list that stands beside the number."""
        if not mention.spelled or mention.quoted:
            return False
        if named := BODIES.match(mention.after):
            total, others = self.statement.bodies
            counts = {others} if OTHER.search(mention.before + named[0]) else {total, others}
            return bool(mention.readings & {str(count) for count in counts})
        if locale == "en" and any(mention.agrees(other) for other in mentions(text.zh, "zh")):
            return True  # the Chinese count is judged by itself
        if mention.force != "figure" and not mention.after.startswith("者"):  # two of a name: 双碳
            return False
        near = text.zh if locale == "en" else _beside(text.zh, mention)
        lengths = _list_lengths(near) | {len(re.split("[，；]", listed)) for listed in AFTER_COLON.findall(text.zh)}
        return bool(mention.readings & {str(length) for length in lengths})

    def alike(self, path: Steps, text: Text) -> None:
        """Both languages give each number in digits equally often."""
        said = {locale: self.mentions(text[locale], locale) for locale in LOCALES}
        for locale, other in (LOCALES, LOCALES[::-1]):
            digits = [m for m in said[locale] if m.force == "figure" and not m.spelled and m.plain]
            fewer = Counter(m.key for m in digits) - Counter(m.key for m in said[other])
            for shown in dict.fromkeys(m.text for m in digits if m.key in fewer):
                found = f"'{shown}' fewer times in the {LANGUAGE[other]} text than in the {LANGUAGE[locale]}"
                self.report("number-missing", (*path, other), found, "the same numbers in both languages")

    def quantity(self, path: Steps, quantity: Quantity) -> None:
        """The value, whether it is “about” so much, and the years of a target stand in the document."""
        numbers = [("value", number_of(quantity))] if quantity.value is not None else []
        for name, year in (("year", quantity.year), ("compared_with", quantity.compared_with)):
            numbers += [(name, Mention(str(year), frozenset({str(year)}), "figure"))] if year else []
        for name, number in numbers:
            if not self.is_known(number) and not self.excuses(number):
                found = f"{number.text} as {name}, which the official paragraph does not say"
                self.report("target", (*path, name), found, "a number of the official paragraph")
        if quantity.value is not None:
            self.about(path, quantity)

    def about(self, path: Steps, quantity: Quantity) -> None:
        """The sign is ~ where the document prints 左右 or 约 with the value, and only there."""
        number = number_of(quantity)
        there = [m for m in self.known if m.force == "figure" and number.agrees(m)]
        there = [m for m in there if quantity.unit and m.unit == quantity.unit.id] or there
        if there and (quantity.op == "~") not in {m.about for m in there}:
            due = "another sign, since the official paragraph prints neither 左右 nor 约 with it"
            expected = due if quantity.op == "~" else "'~', since the official paragraph prints 左右 or 约 with it"
            self.report("target", (*path, "op"), f"'{quantity.op}' for {number.text}", expected)

    def excuses(self, mention: Mention) -> bool:
        for index, excused in enumerate(self.excused):
            if any(mention.agrees(other) for other in excused):
                self.used.add(index)
                return True
        return False


def _is_year(reading: str) -> bool:
    return reading.isdigit() and int(reading) in YEARS


def _distinct(official: Iterable[Mention]) -> list[tuple[Mention, int]]:
    """The figures, each number and unit once, and how often it is written in digits (at least 1)."""
    seen: dict[tuple[frozenset[str], str], list[Mention]] = {}
    for mention in official:
        if mention.force == "figure":
            seen.setdefault((mention.readings, mention.unit), []).append(mention)
    return [(min(same, key=lambda m: m.spelled), max(1, sum(not m.spelled for m in same))) for same in seen.values()]


def _list_lengths(text: str) -> set[int]:
    """How many members the lists of a Chinese text have (甲、乙和丙: 3, and 2 by the marks 、 alone)."""
    lengths: set[int] = set()
    for clause in CLAUSE_END.split(text):
        lengths |= {len(clause.split("、")), len(LIST_JOINT.split(clause))}
    return lengths - {1}


def _beside(text: str, mention: Mention) -> str:
    """The clause a number stands in, the one before it, and two after it (四类产业，即甲、乙、丙和丁)."""
    clauses = CLAUSE_END.split(text)
    index = next((i for i, clause in enumerate(clauses) if mention.text in clause), 0)
    return "。".join(clauses[max(0, index - 1) : index + 3])
