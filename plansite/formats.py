"""Numbers, units and dates as people read them, in both languages."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.dates import format_date, parse_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from plansite.model import Cell, Locale, Quantity, Unit

BABEL = {"zh": "zh_Hans_CN", "en": "en_GB"}
SIGNS: dict[Locale, dict[str, str]] = {
    "zh": {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "约"},
    "en": {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "about "},
}
WORDS: dict[Locale, dict[str, str]] = {
    "zh": {"=": "", ">=": "不低于", "<=": "不高于", ">": "高于", "<": "低于", "~": "约"},
    "en": {"=": "", ">=": "at least ", "<=": "at most ", ">": "more than ", "<": "less than ", "~": "about "},
}

IN_WORDS: dict[Locale, list[str]] = {
    "zh": ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"],
    "en": ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}


SUBSCRIPT = re.compile(r" ?_\{([^{}]*)\}")


def as_printed(text: str) -> Markup:
    """A printed text with its subscripts (PM _{2.5}) and the signs that stand high (m ³) as they are on paper."""
    return Markup(SUBSCRIPT.sub(r"<sub>\1</sub>", re.sub(r" (?=[²³])", "", escape(text))))


@lru_cache(maxsize=4096)
def number(value: float | int, locale: Locale) -> str:
    """All digits of a value, grouped by thousands in English, never rounded."""
    grouping = locale == "en" and abs(value) >= 1_000
    return format_decimal(value, locale=BABEL[locale], group_separator=grouping, decimal_quantization=False)


def in_words(count: int, locale: Locale) -> str:
    """A count of things as running text has it: in words up to ten, in digits above."""
    return IN_WORDS[locale][count] if count < len(IN_WORDS[locale]) else number(count, locale)


def symbol(unit: Unit | None, locale: Locale, value: float | None) -> str:
    """What stands behind a number, in the singular behind an English 1; empty without a unit."""
    if unit is None:
        return ""
    return unit.one if unit.one and value == 1 and locale == "en" else unit.symbol[locale]


def with_unit(value: float, unit: Unit | None, locale: Locale) -> str:
    """A number and its unit: no space in Chinese, a no-break space in English, none before %."""
    text, behind = number(value, locale), symbol(unit, locale, value)
    return f"{text}\u00a0{behind}" if behind not in ("", "%") and locale == "en" else text + behind


def quantity(item: Quantity, locale: Locale, *, words: bool = False) -> str:
    """ "≥90%" or, with `words`, "at least 90%"; a worded value is its name."""
    if item.worded:
        return item.worded.name[locale]
    assert item.value is not None
    return (WORDS if words else SIGNS)[locale][item.op] + with_unit(item.value, item.unit, locale)


def bare(item: Quantity | Cell, locale: Locale) -> str:
    """A value without its unit, for a column whose head names the unit; a dash where nothing is printed."""
    if item.worded:
        return item.worded.name[locale]
    return SIGNS[locale][item.op] + number(item.value, locale) if item.value is not None else "–"


def cell(item: Cell, unit: Unit, locale: Locale, *, words: bool = False) -> str:
    """A table cell as a person would say it, `words` as in `quantity`; a dash where nothing is printed."""
    if item.worded:
        return item.worded.name[locale]
    if item.value is None:
        return "–"
    return (WORDS if words else SIGNS)[locale][item.op] + with_unit(item.value, unit, locale)


def shorten(text: str, locale: Locale, limit: int = 0) -> str:
    """A text cut, where it is longer than the limit or than a lead may be, after a sentence or a word."""
    limit = limit or (140 if locale == "zh" else 280)
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    sentence = max(start.rfind(mark) + 1 for mark in ("。", "；", ". "))
    if sentence > limit // 2:
        whole = start[:sentence].strip()
        return f"{whole[:-1]}。" if whole.endswith("；") else whole
    return (start if locale == "zh" else start.rsplit(" ", 1)[0]).rstrip("，、,;: ") + "…"


def date(text: str, locale: Locale) -> str:
    """A year, month or day (2023, 2023-04, 2023-04-25) in words."""
    parts = text.split("-")
    if len(parts) == 1:
        return f"{text}年" if locale == "zh" else text
    day = parse_date(text if len(parts) == 3 else f"{text}-01", format="yyyy-MM-dd")
    if len(parts) == 3:
        return format_date(day, "long", locale=BABEL[locale])
    return f"{parts[0]}年{int(parts[1])}月" if locale == "zh" else format_date(day, "MMMM y", locale="en_GB")
