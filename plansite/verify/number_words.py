"""The value of a written numeral: Chinese (positional and by digit), Roman, English."""

from __future__ import annotations

from decimal import Decimal

HAN = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "双": 2}
HAN_STEPS = {"十": 10, "百": 100, "千": 1000}
HAN_MYRIADS = {"万": 10**4, "亿": 10**8}
ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ENGLISH = {
    **{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    **{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16},
    **{"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
ENGLISH_STEPS = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
ENGLISH_NUMBERS = (*ENGLISH, *ENGLISH_STEPS)


def han_value(text: str) -> Decimal | None:
    """十二 → 12, 一百零五 → 105, 三点五 → 3.5, 二〇二五 → 2025; None for what is no number (三三, 十四五)."""
    whole, point, fraction = text.partition("点")
    if point:
        value, digits = han_value(whole), [HAN.get(char) for char in fraction]
        if value is None or not digits or None in digits:
            return None
        return value + Decimal(f"0.{''.join(map(str, digits))}")
    if len(text) >= 3 and all(char in HAN for char in text):
        return Decimal("".join(str(HAN[char]) for char in text)) if len(text) == 4 else None
    return _positional(text)


def _positional(text: str) -> Decimal | None:
    total = part = 0
    digit: int | None = None
    for char in text:
        if char in HAN:
            if digit:
                return None
            digit = HAN[char]
        elif char in HAN_STEPS:
            part += (1 if digit is None else digit) * HAN_STEPS[char]
            digit = None
        elif char in HAN_MYRIADS:
            total = (total + part + (digit or 0) or 1) * HAN_MYRIADS[char]
            part, digit = 0, None
        else:
            return None
    return Decimal(total + part + (digit or 0)) if text else None


def roman_value(text: str) -> int:
    """Ⅲ or III → 3."""
    return ROMAN_SIGNS.index(text) + 1 if text in ROMAN_SIGNS else ROMAN.index(text.upper()) + 1


def english_value(text: str) -> int:
    """ "twenty-five" → 25, "ten thousand" → 10000, "thousand" → 1000."""
    total = part = 0
    for word in text.replace("-", " ").split():
        if word == "hundred":
            part = (part or 1) * 100
        elif word in ENGLISH_STEPS:
            total, part = total + (part or 1) * ENGLISH_STEPS[word], 0
        else:
            part += ENGLISH[word]
    return total + part
