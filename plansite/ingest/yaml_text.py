"""YAML as the data files are written: one key a line, texts plain where YAML allows it, otherwise in double quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

TODO = "TODO"

PLAIN = re.compile(r"[A-Za-z0-9\u2018-\u201d\u3400-\u9fff《（〔Ⅰ-Ⅻ≥≤][^\x00-\x1f,\[\]{}\"'#:&*!|>%@`\\]*")
READ_AS_ANOTHER = re.compile(r"-?[0-9][0-9._]*|true|false|null|yes|no|on|off", re.IGNORECASE)


def scalar(value: str | int | float) -> str:
    """A number, or a text on one line, safe in block and flow context."""
    if not isinstance(value, str):
        return str(value)
    text = " ".join(value.split())
    if PLAIN.fullmatch(text) and not READ_AS_ANOTHER.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def sequence(values: Iterable[str | int | float]) -> str:
    """A list on one line."""
    return f"[{', '.join(map(scalar, values))}]"


def pair(zh: str = TODO, en: str = TODO) -> str:
    """A text in both languages on one line; what is not known yet is TODO, which the loader reports."""
    return f"{{zh: {scalar(zh)}, en: {scalar(en)}}}"


def comment(text: str) -> str:
    """A remark behind a value; empty for an empty one."""
    return f"  # {' '.join(text.split())}" if text else ""


def file_text(schema: str, depth: int, lines: Iterable[str]) -> str:
    """A data file: the line that names its schema (`depth` folders up to `data/`), then its lines."""
    head = f"# yaml-language-server: $schema={'../' * depth}schema/{schema}.json"
    return "\n".join([head, *lines]) + "\n"
