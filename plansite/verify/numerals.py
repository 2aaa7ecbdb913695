"""Numbers in Chinese and English text, by what they say: 十二区 and "twelve zones" are 12, 5万 is 50,000, 国六 is VI.

Every number comes as a mention with its readings. How far a mention must be found in the other text is its force:

- `figure`: a quantity, year, grade or limit; it must stand in both texts;
- `term`: a numeral inside a name (三线一单, 第三方, "dual carbon"); only a text that was added may not bring a new one;
- `filler`: 一批, "one by one", "both"; it counts nothing, but a figure may lean on it.

Left out altogether: list numbers ((一), 12., ①) and the figures of names of substances and units (PM2.5, m3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from plansite.model import Locale
from plansite.verify.number_words import ENGLISH_NUMBERS, english_value, han_value, roman_value

Force = Literal["figure", "term", "filler"]

# Numbers and letters in full width, and the marks that stand inside numbers.
WIDTH = str.maketrans({c + 0xFEE0: c for c in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *b"%.+"]})
SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
SCALES |= {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
UNITS = {  # canonical unit: what may stand behind a number for it, in either language
    "%": r"[%％]|per ?cent\b",
    "ug/m3": r"微克[/每]立方米|[μµu]g/m(?:³|3)",
    "t/h": r"蒸吨|t/h\b|tonnes? of steam\b",
    "t": r"吨|tonnes?\b|t\b",
    "km2": r"平方公里|平方千米|km(?:²|2)|square kilomet",
    "m2": r"平方米|m(?:²|2)|square met",
    "m3": r"立方米|m(?:³|3)|cubic met",
    "km": r"公里|千米|km\b|kilomet",
    "ha": r"公顷|ha\b|hectares?\b",
    "mu": r"亩|mu\b",
    "m": r"米|m\b|metres?\b",
    "yuan": r"元|yuan\b",
    "day": r"天|days?\b",
}
UNIT = re.compile("|".join(f"(?P<u{number}>{pattern})" for number, pattern in enumerate(UNITS.values())))
UNIT_NAMES = list(UNITS)

DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
HAN_DIGITS = "零〇一二三四五六七八九十百千万亿两双"
COUNTERS = (
    "个项条类种处家座级大区廊片心轴带镇乡村户次轮件套批期年月日天倍成吨米亩公平立元人名台辆所支段层档步阶园篇方面控"
)
SIDES = tuple("侧岸旁边手端")  # 两侧 counts nothing
NAMES = (  # names with numerals that count nothing a reader would ask for
    "三线一单|双随机、?一公开|双随机一抽查|三区三线|三同时|双碳|双控|双减|三农|五化|四旁|一岗双责|五位一体|两山|两个一百年|"
    "四个意识|四个自信|两个维护|两个确立|四个全面|百姓|千方百计|十分|二氧化|二噁英|二恶英|二次|零部件|零售|万一"
)
ABOUT_BEFORE = re.compile(r"(?<![节集制公条契签预])约[有为]?\s*$")
ABOUT_AFTER = re.compile(r"[^，。；：、,;:\d]{0,8}?左右(?![岸侧两手])")
LIST_MARK = re.compile(
    r"(?:^|(?<=[。；：\n]))\s*(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|\d{1,2}[、．)）]|\d{1,2}\.(?!\d)"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)
SUBSTANCE = re.compile(r"PM\s*_?\{?(?:2\.5|10)\}?|\b(?:CO|SO|NO|N|O|CH|H|k?m|c?m|AO?)_?\{?[2-4]\}?[A-Z]?(?![\d.])")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH = "|".join(MONTHS)

CHINESE = re.compile(
    rf"(?P<plan>第?(?:(?P<plan_name>十[一二三四五]|[七八九](?=五[”\"’」期时]|个五))(?:五|个五年)))"
    rf"|(?P<day>(?P<day_month>\d{{1,2}}|六)[.·]?(?P<day_day>\d{{1,2}}|五)(?=[”\"]?\s*(?:世界|国家|全国|国际|全民)?[^，。、“”]{{0,6}}日))"
    rf"|(?P<date>(?P<month>\d{{1,2}})月(?:(?P<of_month>\d{{1,2}})日)?)"
    rf"|(?P<digits>{DIGITS})\s?(?P<scale>万亿|千万|百万|[百万亿](?!分)|千(?![米克瓦伏卡]))?"
    rf"|(?P<code>(?<![A-Za-z])[A-Za-z]+[-_]?\{{?\d+(?:\.\d+)?\}}?)"
    rf"|百分之(?P<percent>[{HAN_DIGITS}点]+)"
    rf"|(?P<unit>千(?=[米克瓦伏卡]))"
    rf"|(?P<name>{NAMES})"
    rf"|(?<=国)(?P<standard>[二三四五六])(?=及|以|排|标|阶|车|柴|汽|燃|[、，。；）”ABab]|$)"
    rf"|第(?P<ordinal>[{HAN_DIGITS}]+)(?P<ordered>阶段|轮|批|期|次|季度)?"
    rf"|(?P<roman>[Ⅰ-Ⅻ]|(?<![A-Za-z])(?:VIII|VII|VI|IV|IX|III|II|V|X)(?=\s?[类级]))"
    rf"|(?P<han>[{HAN_DIGITS}]+)(?P<counted>[{COUNTERS}])?"
)
WORD = "|".join(sorted((word for word in ENGLISH_NUMBERS if word not in ("zero", "one")), key=len, reverse=True))
ENGLISH_TERMS = {"dual": 2, "double": 2, "twin": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
ENGLISH_FILLERS = {"one": 1, "first": 1, "once": 1, "single": 1, "both": 2, "twice": 2, "pair": 2, "secondary": 2}
ENGLISH_FILLERS |= {"zero": 0, "no": 0}
ENGLISH = re.compile(
    rf"(?P<han>[\d.,]*[\u3400-\u9fff][\u3400-\u9fff\d、，“”·（）]*)"
    rf"|(?P<plan>(?P<plan_name>\d+)th [Ff]ive-[Yy]ear(?: [Pp]lan)?(?: period)?(?: \((?P<years>\d{{4}}–\d{{4}})\))?)"
    rf"|(?-i:(?P<date>\b(?P<of_month>\d{{1,2}}) (?P<month>{MONTH})\b)|(?P<only_month>\b(?:{MONTH})\b))"
    rf"|(?-i:(?P<sign>\b[A-Z][a-z]+-(?P<sign_number>\d+)\b))"
    rf"|(?P<digits>{DIGITS})(?P<scale> (?:hundred|thousand|million|billion)\b)?"
    rf"|(?P<code>(?<![A-Za-z])[A-Za-z]+[-_]?\d+(?:\.\d+)?)"
    rf"|\b(?-i:(?P<roman>VIII|VII|VI|IV|IX|III|II|V|X|(?<=Grade )I|(?<=Class )I|(?<=China )I))\b"
    rf"|\b(?P<words>(?:{WORD})(?:[- ](?:{WORD}))*)\b"
    rf"|\b(?P<term>{'|'.join(ENGLISH_TERMS)})\b|\b(?P<filler>{'|'.join(ENGLISH_FILLERS)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number as a text says it.

    `readings` are canonical: "30.1", "day:6-5" for 5 June, "plan:14" for the 14th five-year period
    (which is also a deadline, "2025"). `unit` is empty when
    the text does not say it next to the number. `spelled` is True for words; `before` and `after` hold what stands
    beside it, `quoted` tells whether it stands between “ and ”.
    """

    text: str
    readings: frozenset[str]
    force: Force
    unit: str = ""
    spelled: bool = False
    before: str = ""
    after: str = ""
    quoted: bool = False

    @property
    def plain(self) -> bool:
        """A number, neither a day nor a five-year plan."""
        return not any(":" in reading for reading in self.readings)

    @property
    def about(self) -> bool:
        """Whether a Chinese text says it as about so much: 约25%, 25%左右."""
        return bool(ABOUT_BEFORE.search(self.before) or ABOUT_AFTER.match(self.after))

    @property
    def key(self) -> str:
        """One reading that stands for all."""
        return min(self.readings)

    def agrees(self, other: Mention) -> bool:
        """The same number, and no other unit."""
        return bool(self.readings & other.readings) and (not self.unit or not other.unit or self.unit == other.unit)


def mentions(text: str, locale: Locale) -> tuple[Mention, ...]:
    """Every number of a text, in its order."""
    text = SUBSTANCE.sub(_blank, text.translate(WIDTH))
    if locale == "en":
        found = (_english(match) for match in ENGLISH.finditer(text))
    else:
        text = LIST_MARK.sub(_blank, text)
        found = (_chinese(match) for match in CHINESE.finditer(text))
    return tuple(mention for several in found for mention in several)


def canonical(value: Decimal | int | float | str) -> str:
    """One spelling for equal values: 12.0 and 12 are "12"."""
    text = f"{Decimal(str(value)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _mention(
    match: re.Match[str], readings: set[str], force: Force, *, text: str = "", unit: str = "", spelled: bool = False
) -> Mention:
    before, after = match.string[: match.start()], match.string[match.end() : match.end() + 24]
    return Mention(
        text=(text or match[0]).strip(),
        readings=frozenset(readings),
        force=force,
        unit=unit,
        spelled=spelled,
        before=before[-8:],
        after=after,
        quoted=before.rfind("“") > before.rfind("”"),
    )


def _unit(match: re.Match[str], end: int) -> str:
    found = UNIT.match(match.string, end + (match.string[end : end + 1] == " "))
    return UNIT_NAMES[int(found.lastgroup[1:])] if found and found.lastgroup else ""


def _digits(match: re.Match[str]) -> Mention:
    value = Decimal(match["digits"].replace(",", ""))
    scale = (match["scale"] or "").strip().lower()
    return _mention(match, {canonical(value * SCALES.get(scale, 1))}, "figure", unit=_unit(match, match.end()))


def _code(match: re.Match[str]) -> Mention:
    return _mention(match, {re.sub(r"[_{}-]", "", match["code"]).lower()}, "term")


def _chinese(match: re.Match[str]) -> list[Mention]:
    if match["plan"]:
        return [_mention(match, _plan(int(han_value(match["plan_name"]) or 0)), "figure")]
    if match["day"]:
        month, day = match["day_month"].replace("六", "6"), match["day_day"].replace("五", "5")
        return [_mention(match, {f"day:{int(month)}-{int(day)}", f"{month}.{day}"}, "figure")]
    if match["date"]:
        day = f"day:{match['month']}-{match['of_month']}" if match["of_month"] else f"month:{match['month']}"
        return [_mention(match, {day}, "figure")]
    if match["digits"]:
        return [_digits(match)]
    if match["code"]:
        return [_code(match)]
    if match["unit"]:
        return []
    if match["percent"]:
        value = han_value(match["percent"])
        return [_mention(match, {canonical(value)}, "figure", unit="%")] if value is not None else []
    if match["roman"]:
        return [_mention(match, {canonical(roman_value(match["roman"]))}, "figure")]
    if match["standard"]:
        return [_mention(match, {canonical(han_value(match["standard"]) or 0)}, "figure", text=f"国{match[0]}")]
    return _han(match)


def _han(match: re.Match[str]) -> list[Mention]:
    """Chinese numerals: a figure where they count something or are two digits and more, otherwise part of a name."""
    if match["name"]:
        digits = [char for char in match["name"] if char in HAN_DIGITS]
        return [_mention(match, {canonical(han_value(digit) or 0)}, "term", spelled=True) for digit in digits]
    numeral = match["ordinal"] or match["han"]
    value = han_value(numeral)
    if value is None:  # 三三, 一二三: no number but a row of digits
        return [_mention(match, {canonical(han_value(digit) or 0)}, "term", spelled=True) for digit in numeral]
    force: Force = "term"
    if value == 1 or (numeral == "两" and match.string[match.end("han") :][:1] in SIDES):
        force = "filler"
    elif match["ordered"] or (match["counted"] and "双" not in numeral) or (len(numeral) > 1 and value > 10):
        force = "figure"
    unit = _unit(match, match.end("ordinal" if match["ordinal"] else "han"))
    return [_mention(match, {canonical(value)}, force, unit=unit, spelled=True)]


def _english(match: re.Match[str]) -> list[Mention]:
    if match["han"]:  # a Chinese name in brackets proves nothing
        return []
    if match["plan"]:
        number = int(match["plan_name"])
        mention = _mention(match, _plan(number), "figure")
        if match["years"] in (None, f"{1951 + 5 * number}–{1955 + 5 * number}"):
            return [mention]
        return [mention, _mention(match, {match["years"]}, "figure", text=match["years"])]
    if match["date"]:
        return [_mention(match, {f"day:{_month(match['month'])}-{match['of_month']}"}, "figure")]
    if match["only_month"]:
        return [_mention(match, {f"month:{_month(match['only_month'])}"}, "filler")]
    if match["sign"]:
        return [_mention(match, {canonical(match["sign_number"])}, "term", spelled=True)]
    if match["digits"]:
        return [_digits(match)]
    if match["code"]:
        return [_code(match)]
    if match["roman"]:
        return [_mention(match, {canonical(roman_value(match["roman"]))}, "figure")]
    if match["words"]:
        value = english_value(match["words"].lower())
        alone = match["words"].lower() in ("hundred", "thousand", "million")
        unit = _unit(match, match.end())
        return [_mention(match, {canonical(value)}, "term" if alone else "figure", unit=unit, spelled=True)]
    word = match[0].lower()
    if word in ENGLISH_TERMS:
        return [_mention(match, {canonical(ENGLISH_TERMS[word])}, "term", spelled=True)]
    return [_mention(match, {canonical(ENGLISH_FILLERS[word])}, "filler", spelled=True)]


def _plan(number: int) -> set[str]:
    """A five-year plan, and the year it ends: the 14th in 2025."""
    return {f"plan:{number}", str(1955 + 5 * number)}


def _month(name: str) -> int:
    return MONTHS.index(name.capitalize()) + 1
