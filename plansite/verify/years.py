"""The year a paragraph gives for a figure: the last one its sentence says before the figure.

2015年 in 比2015年上升 is what the figure is compared with; 2016—2020年 and “十三五”期间 are periods
and give no year. A paragraph that opens with the end of a year (截至2020年底) says so of all its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.model import Quantity
from plansite.verify.numerals import mentions
from plansite.verify.restatement import number_of

SAID = re.compile(
    r"(?P<period>\d{4}年?[-—–~至到]+\d{4}年|“?十[一二三四]五”?(?:期间|时期|以来))"
    r"|(?<![比较\d])(?P<year>\d{4})年"
    r"|“?十(?P<plan>[一二三四])五”?期?末"
)
OPENING = re.compile(r"(?:截[至止]至?|到)?(\d{4})年年?[底末]")


def years_of(figure: Quantity, paragraph: str) -> set[int]:
    """The years that a paragraph gives for a figure, one for each time it says the figure; 0 where it gives none."""
    value = number_of(figure)
    return {
        year for year, words in _dated(paragraph) if any(value.agrees(mention) for mention in mentions(words, "zh"))
    }


def _dated(paragraph: str) -> Iterator[tuple[int, str]]:
    """The words of a paragraph in pieces, each with its year, 0 without one."""
    paragraph = "".join(paragraph.split())
    opening = OPENING.match(paragraph)
    for sentence in paragraph.split("。"):
        year, start = int(opening[1]) if opening else 0, 0
        for said in SAID.finditer(sentence):
            yield year, sentence[start : said.start()]
            year, start = _year(said), said.end()
        yield year, sentence[start:]


def _year(said: re.Match[str]) -> int:
    """A five-year plan ends five years after the one before: the 13th in 2020."""
    if said["plan"]:
        return 2005 + 5 * ("一二三四".index(said["plan"]) + 1)
    return int(said["year"] or 0)
