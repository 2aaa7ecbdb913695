"""Characters that a text may not hold, because readers do not see them or programs take them for orders."""

from __future__ import annotations

import re

MAX_SHOWN = 300  # characters of a faulty value that a message repeats

HIDDEN = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f"  # control characters but the line break
    "\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff0-\\ufffb"  # bidi, zero width
    "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0"  # fillers, variations
    "\\ud800-\\udfff\\ue000-\\uf8ff\\ufffe\\uffff"  # halves of a pair, private use, what XML cannot hold
    "\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U000f0000-\\U0010ffff]"
)

FORMULA = re.compile(r"(?![-+]*[\d., ]*[%‰]?$)[=@+-]")
"""The start of a text that a spreadsheet would calculate in the CSV files; signs with a plain number pass."""


def hidden(char: str) -> str:
    """The name of an invisible character in messages."""
    return f"an invisible character (U+{ord(char):04X})"


def visible(text: str, most: int = MAX_SHOWN) -> str:
    """A text on one line, without its end if it is long, with escapes for what is invisible (`\\u200b`)."""
    short = text if len(text) <= most else f"{text[:most]}…"
    return HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", short.replace("\n", "\\n"))
