"""Recognises headings (第一章, 第一节, 一、, （一）, 专栏 1) and the lead of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["preface", "contents", "chapter", "section", "group", "subgroup", "box", "subtitle"]

NUMERALS = "零一二三四五六七八九十百"
LONGEST_HEADING = 60
LONGEST_LEAD = 40

_CHAPTER_OR_SECTION = re.compile(r"第\s*(?P<number>[^\s第章节]{1,3})\s*(?P<unit>[章节])(?P<gap>\s*)(?P<title>.*)", re.S)
_GROUP = re.compile(rf"(?P<mark>[{NUMERALS}]{{1,3}}、)\s*(?P<title>.*)", re.S)
_SUBGROUP = re.compile(rf"(?P<mark>[（(][{NUMERALS}]{{1,3}}[）)])\s*(?P<title>.*)", re.S)
_BOX = re.compile(r"\W{0,3}\w?\s*(?P<word>\S栏)\s*(?P<number>\d+)(?!\d)[\s.、:：]*(?P<title>.*)", re.S)
_SUBTITLE = re.compile(r"[-—–―]{2,}\s*(?P<title>.+)", re.S)
_ITEM_MARK = re.compile(rf"(?P<mark>[（(][{NUMERALS}\d]{{1,3}}[）)]|\d{{1,2}}\s?[.．、](?!\d))\s*(?P<title>.*)", re.S)
_LEAD = re.compile(rf"(?P<lead>[^。！？；]{{2,{LONGEST_LEAD}}})。(?P<rest>.+)", re.S)


@dataclass(frozen=True, slots=True)
class Heading:
    """A structural line. `number` is 0 where the printed one is no numeral (a slip); `mark` as printed."""

    kind: Kind
    number: int
    mark: str
    title: str


def numeral(printed: str) -> int:
    """The value of 三, 十一, 二十 or 3; 0 if it is none."""
    if re.fullmatch(r"[0-9]+", printed):
        return int(printed)
    if not printed or any(sign not in NUMERALS for sign in printed):
        return 0
    tens, ten, units = printed.rpartition("十")
    value = {sign: index for index, sign in enumerate("零一二三四五六七八九")}
    try:
        return (value[tens or "一"] * 10 + value[units or "零"]) if ten else value[units]
    except KeyError:
        return 0


def read_heading(text: str) -> Heading | None:
    """The heading a line is; None for running text."""
    line = text.strip()
    bare = re.sub(r"\s", "", line)
    if bare in ("前言", "序言", "引言"):
        return Heading("preface", 0, "", bare)
    if bare == "目录":
        return Heading("contents", 0, "", bare)
    if len(line) > LONGEST_HEADING:
        return None
    if (match := _CHAPTER_OR_SECTION.fullmatch(line)) and (numeral(match["number"]) or match["gap"]):
        if "。" in match["title"]:
            return None
        kind: Kind = "chapter" if match["unit"] == "章" else "section"
        mark = f"第{match['number']}{match['unit']}"
        return Heading(kind, numeral(match["number"]), mark, match["title"].strip())
    if (match := _BOX.fullmatch(line)) and "。" not in match["title"]:
        return Heading("box", int(match["number"]), match["word"], match["title"].strip())
    if match := _SUBTITLE.fullmatch(line):
        return Heading("subtitle", 0, "", match["title"].strip())
    for kind, pattern in (("group", _GROUP), ("subgroup", _SUBGROUP)):
        if (match := pattern.fullmatch(line)) and "。" not in match["title"].rstrip("。"):
            title = match["title"].strip().removesuffix("。")
            return Heading(kind, numeral(match["mark"].strip("、（）()")), match["mark"], title) if title else None
    return None


def heading_prefix(text: str) -> int:
    """How many characters of a heading are its mark with the space after it; these are never mended."""
    for pattern in (_CHAPTER_OR_SECTION, _BOX, _SUBGROUP, _GROUP, _ITEM_MARK, _SUBTITLE):
        match = pattern.fullmatch(text)
        if match and (pattern is not _CHAPTER_OR_SECTION or read_heading(text)):
            return match.start("title")
    return 0


def item_mark(text: str) -> tuple[str, str]:
    """The mark of a list item, as printed ("（一）", "1.", ""), and what follows it."""
    match = _ITEM_MARK.fullmatch(text)
    return (re.sub(r"\s", "", match["mark"]), match["title"]) if match else ("", text)


def split_lead(text: str) -> tuple[str, str]:
    """The first sentence of a paragraph if it reads as a heading, and the rest; ("", text) if it does not.

    It does when it is at most 40 characters long, closed by a full stop and followed by more text.
    """
    match = _LEAD.fullmatch(item_mark(text)[1])
    return (match["lead"], match["rest"]) if match else ("", text)
