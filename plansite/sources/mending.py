"""Mends what extraction did to the text of one paragraph: bookmarks, bold signs, formulas, punctuation, spaces."""

from __future__ import annotations

import re

from plansite.characters import HIDDEN
from plansite.sources.document import Place
from plansite.sources.headings import heading_prefix
from plansite.sources.pieces import CJK, Ledger

PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】〔〕…"
WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
OPEN, CLOSE = "([（〔", ")]）〕"
WIDE_BRACKETS = {"(": "（", ")": "）", "[": "〔", "]": "〕"}
LATEX = {
    r"\times": "×", r"\Phi": "Φ", r"\phi": "φ", r"\mu": "μ", r"\geq": "≥", r"\ge": "≥", r"\leq": "≤", r"\le": "≤",
    r"\pm": "±", r"\%": "%", r"\sim": "~", r"\cdot": "·", r"\circ": "°",
}  # fmt: skip
SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]\s*")
_HIDDEN = re.compile(f"(?!\t){HIDDEN.pattern}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PM = re.compile(r"(?<![A-Za-z])PM\s*_\s*\{?\s*(2\.5|10)\s*\}?")
_MATH = re.compile(r"\$([^$]+)\$")
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z])\s?_\{(\w+)\}")
_COMMA = re.compile(r"\s*[,;:?!]\s*")
_SPACE = re.compile(r"[ \t\u00a0\u3000]+")
_IS_CJK = re.compile(rf"[{CJK}]")
_ASIDE = PUNCTUATION + '"'


def drop_bookmarks(text: str, place: Place, ledger: Ledger) -> str:
    """The text without bookmarks, and without characters that nobody sees: a page shows what a reader would print."""
    return ledger.replace("bookmark", place, _BOOKMARK, "", ledger.replace("hidden", place, _HIDDEN, "", text))


def drop_bold(text: str, place: Place, ledger: Ledger) -> tuple[str, tuple[str, ...]]:
    """The text without `**`, and the bold runs."""
    runs = tuple(match[1] for match in _BOLD.finditer(text))
    return ledger.replace("bold", place, _BOLD, r"\1", text), runs


def mend_formulas(text: str, place: Place, ledger: Ledger) -> str:
    """PM_{2.5} → PM2.5; $5.3\\text{m} \\times 0.7$ → 5.3m×0.7; other subscripts lose their braces."""
    text = ledger.replace("formula", place, _PM, r"PM\1", text)
    text = ledger.replace("formula", place, _MATH, lambda match: _plain_math(match[1]), text)
    return ledger.replace("formula", place, _SUBSCRIPT, r"\1", text)


def mend_text(text: str, place: Place, ledger: Ledger) -> str:
    """Punctuation and stray spaces; the mark of a heading or list item stays as printed."""
    start = heading_prefix(text)
    body = _mend_quotes(text[start:].strip(), place, ledger)
    body = _mend_brackets(body, place, ledger)
    body = ledger.replace("punctuation", place, _COMMA, lambda match: _wide_sign(match), body)
    body = ledger.replace("stray-space", place, _SPACE, lambda match: _kept_space(match), body)
    return _SPACE.sub(" ", text[:start].lstrip()) + body


def _plain_math(source: str) -> str:
    text = re.sub(r"\\(?:text|mathrm|mathbf|rm)\s*\{([^}]*)\}", r"\1", source)
    for command, sign in LATEX.items():
        text = re.sub(re.escape(command) + r"(?![A-Za-z])", sign, text)
    text = re.sub(r"\^\{?([0-9+-]+)\}?", lambda match: match[1].translate(SUPERSCRIPTS), text)
    return re.sub(r"[\\{}_\s]", "", text)


def _mend_quotes(text: str, place: Place, ledger: Ledger) -> str:
    """Straight double quotes become “ and ” by turns; an odd number of them is reported and left."""
    count = text.count('"')
    if not count or not _IS_CJK.search(text):
        return text
    if count % 2:
        ledger.report("unpaired-quote", place, text[text.rfind('"') :][:20])
        return text
    signs = iter("“”" * (count // 2))
    return ledger.replace("punctuation", place, re.compile('"'), lambda _: next(signs), text)


def _mend_brackets(text: str, place: Place, ledger: Ledger) -> str:
    """Half-width brackets beside or around Chinese characters become full-width, [市] becomes 〔市〕."""
    change: dict[int, str] = {}
    opened: list[int] = []
    for index, sign in enumerate(text):
        if sign in OPEN:
            opened.append(index)
        elif sign in CLOSE:
            pair = (opened.pop(), index) if opened else (index,)
            change.update(_wide_pair(text, pair))
    for index in opened:
        change.update(_wide_pair(text, (index,)))
    if not change:
        return text
    ends = re.compile(r"[\[\]()]")
    return ledger.replace("punctuation", place, ends, lambda match: change.get(match.start(), match[0]), text)


def _wide_pair(text: str, pair: tuple[int, ...]) -> dict[int, str]:
    outside = any(_chinese_at(text, index, step) for index in pair for step in (-1, 1))
    square = any(text[index] in "[]" for index in pair)
    inside = len(pair) == 2 and bool(_IS_CJK.search(text[pair[0] : pair[1]]))
    if not (inside if square else outside):
        return {}
    return {index: WIDE_BRACKETS[text[index]] for index in pair if text[index] in WIDE_BRACKETS}


def _chinese_at(text: str, index: int, step: int) -> bool:
    index += step
    while 0 <= index < len(text) and text[index] == " ":
        index += step
    return 0 <= index < len(text) and bool(_IS_CJK.match(text[index]) or text[index] in _ASIDE)


def _wide_sign(match: re.Match[str]) -> str:
    """，for a comma in Chinese text; one between two digits or two Latin letters stays."""
    text, sign = match.string, match[0].strip()
    left = text[match.start() - 1 : match.start()]
    right = text[match.end() : match.end() + 1]
    if sign == ":" and right == "/":
        return match[0]
    if not _IS_CJK.search(text) or (left.isascii() and left.isalnum() and right.isascii() and right.isalnum()):
        return match[0]
    return WIDE[sign]


def _kept_space(match: re.Match[str]) -> str:
    """Nothing between two Chinese characters or beside Chinese punctuation, one space elsewhere."""
    text = match.string
    left = text[match.start() - 1 : match.start()]
    right = text[match.end() : match.end() + 1]
    if left and right and (left in PUNCTUATION or right in PUNCTUATION):
        return ""
    return "" if _IS_CJK.match(left) and _IS_CJK.match(right) else " "
