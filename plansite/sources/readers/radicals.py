"""Radicals that some PDFs give in place of the ideographs they look like (⽔ for 水, ⻓ for 长).

Programs that write PDFs map a glyph back to a code; where radical and ideograph share a glyph, many pick the radical.
In running text the ideograph is always meant. Unicode: Kangxi radicals by compatibility (NFKC), the simplified ones
of the CJK Radicals Supplement as EquivalentUnifiedIdeograph.txt pairs them.
"""

from __future__ import annotations

import unicodedata

KANGXI = range(0x2F00, 0x2FD6)
SUPPLEMENT = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马"
SUPPLEMENT += "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
IDEOGRAPHS = {code: unicodedata.normalize("NFKC", chr(code)) for code in KANGXI} | dict(
    zip(map(ord, SUPPLEMENT[::2]), SUPPLEMENT[1::2], strict=True)
)
IDEOGRAPHS[0x2F3E] = "户"  # compatibility gives the traditional 戶; the plans are in simplified Chinese


def with_ideographs(text: str) -> str:
    """The text with ideographs for radicals."""
    return text.translate(IDEOGRAPHS)
