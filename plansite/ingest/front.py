"""What the first pages of a document say about it: title, document number, date, period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plansite.sources.document import Document, Paragraph
from plansite.sources.outline import Outline

FRONT_PARAGRAPHS = 40
LONGEST_TITLE = 60
TITLE_END = r"(?:规划|计划|方案|纲要)"
DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
DATE = re.compile(
    r"([12二一][〇零○\d一二三四五六七八九]{3})\s*年\s*([\d一二三四五六七八九十]{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"
)
NUMBER = re.compile(r"[\u3400-\u9fff]{1,8}[〔\[［【（(]\d{4}[〕\]］】）)]\s*\d+\s*号")
ISSUER = re.compile(r"[\u3400-\u9fff]{2,26}(?:人民政府|管理委员会|管委会|委员会|生态环境局|办公室)")
FIVE_YEARS = {"十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}


@dataclass(frozen=True, slots=True)
class Front:
    """Empty where the document does not say; `date` is a month or day as the data writes it."""

    title: str
    issuer: str
    document_number: str
    date: str
    period: tuple[int, int] | None

    @classmethod
    def of(cls, document: Document, outline: Outline) -> Front:
        """Read the first paragraphs, up to the first chapter."""
        end = min((chapter.place for chapter in outline.chapters), default=None)
        paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)][:FRONT_PARAGRAPHS]
        texts = [
            re.sub(r"\[bookmark:[^\]]*\]|\s+", "", block.text)
            for block in paragraphs
            if end is None or block.place < end
        ]
        texts = [text for text in texts if text]
        title = _title(texts)
        short = [text for text in texts if len(text) < LONGEST_TITLE]
        number = next((found[0] for text in short if (found := NUMBER.search(text))), "")
        issuer = next((text for text in short if ISSUER.fullmatch(text)), "")
        return cls(title, issuer, number, _date(texts), _period(title))

    def holds(self, text: str) -> bool:
        """Whether a line of the document is told here."""
        text = _quotes("".join(text.split()))
        return text in self.title or text in (self.issuer, self.document_number) or bool(DATE.fullmatch(text))


def _title(texts: list[str]) -> str:
    """The first short paragraph (or two) that ends as a title does, else the first plan named in 《》."""
    for index, text in enumerate(texts[:3]):
        if re.search(rf"{TITLE_END}$", text) and "《" not in text and len(text) <= LONGEST_TITLE:
            return _quotes("".join(texts[:index]) + text) if index and len(texts[0]) < 20 else _quotes(text)
    named = re.search(rf"《([^《》]{{4,{LONGEST_TITLE}}}{TITLE_END})》", "".join(texts))
    return _quotes(named[1]) if named else ""


def _quotes(title: str) -> str:
    """Straight quotation marks, as recognition leaves them, in pairs."""
    return re.sub(r'"([^"]*)"', r"“\1”", title)


def _date(texts: list[str]) -> str:
    """The first date that stands on a line of its own."""
    for text in texts:
        if match := DATE.fullmatch(text):
            year, month, day = match[1].translate(DIGITS), _month(match[2]), match[3]
            return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return ""


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return (10 if "十" in text else 0) + int(text.replace("十", "").translate(DIGITS) or 0)


def _period(title: str) -> tuple[int, int] | None:
    for name, years in FIVE_YEARS.items():
        if name in title:
            return years
    named = re.search(r"(20\d\d)\D{1,3}(20\d\d)", title)
    return (int(named[1]), int(named[2])) if named else None
