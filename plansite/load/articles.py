"""The prose pages of `content/`: Markdown with a title and a description at the top, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from plansite.html import prose
from plansite.load.faults import Fault, nearest
from plansite.load.limits import (
    MAX_ARTICLE,
    MAX_BLOCK,
    MAX_BLOCK_LINES,
    MAX_BRACKETS,
    MAX_FAULTS,
    MAX_INDENT,
    MAX_LINE,
)
from plansite.load.record_cache import RecordCache
from plansite.load.text_file import decode_file, hidden_characters
from plansite.model import LOCALES, Article, Text

FRONT_MATTER = {"title", "description", "order"}
KEY = re.compile(r"[a-z0-9]+([-/][a-z0-9]+)*")
ORDER = re.compile(r"[0-9]{1,4}")
INDENT = re.compile(rf" {{{MAX_INDENT + 1}}}")


def read_articles(content: Path, cache: RecordCache) -> tuple[dict[str, Article], list[Fault]]:
    """Key → article, and the faults of all files; a key is the way to both files below the folder of the language."""
    keys = {
        locale: {
            path.relative_to(content / locale).with_suffix("").as_posix(): path
            for path in sorted((content / locale).rglob("*.md"))
        }
        for locale in LOCALES
    }
    articles: dict[str, Article] = {}
    faults: list[Fault] = []
    for key in sorted({*keys["zh"], *keys["en"]}):
        sides: dict[str, tuple[dict[str, str], str]] = {}
        for locale in LOCALES:
            name = f"{content.name}/{locale}/{key}.md"
            if key not in keys[locale]:
                other = "zh" if locale == "en" else "en"
                faults.append(Fault(name, 1, 1, "no such file", f"the same page as content/{other}/{key}.md"))
                continue
            side = _read_article(keys[locale][key], key, name, faults, cache)
            if side:
                sides[locale] = side
        if len(sides) == len(LOCALES):
            (zh, zh_body), (en, en_body) = sides["zh"], sides["en"]
            order = en.get("order") or zh.get("order") or "0"
            articles[key] = Article(
                key,
                Text(zh["title"], en["title"]),
                Text(zh["description"], en["description"]),
                Text(zh_body, en_body),
                int(order),
            )
    return articles, faults


def _read_article(
    path: Path, key: str, name: str, faults: list[Fault], cache: RecordCache
) -> tuple[dict[str, str], str] | None:
    """Front matter (`title`, `description`, `order`) and the Markdown after it."""
    before = len(faults)
    if not KEY.fullmatch(key):
        faults.append(Fault(name, 1, 1, f"the file name '{key}.md'", "small letters, digits and single hyphens"))
        return None
    text, found = decode_file(path, name, MAX_ARTICLE)
    if not found and (known := cache.get(name, text)):
        front, end = known
        return front, text[end:]
    if found := found or hidden_characters(text, name):
        faults += found
        return None
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        faults.append(Fault(name, 1, 1, "no front matter", "'---', title and description, '---' at the top"))
        return None
    fields: dict[str, str] = {}
    for number, line in enumerate(match[1].split("\n")[:MAX_FAULTS], 2):
        field, _, value = line.partition(":")
        if fault := _front_fault(field, value.strip(), fields):
            faults.append(Fault(name, number, 1, *fault))
        fields[field] = value.strip()
    for field in ("title", "description"):
        if not fields.get(field) and len(faults) == before:
            faults.append(Fault(name, 1, 1, f"no '{field}'", f"a line '{field}: …' between the --- lines"))
    body = text[match.end() :]
    faults += _body_faults(body, name, text.count("\n", 0, match.end()) + 1)
    if len(faults) > before:
        return None
    cache.put(name, text, (fields, match.end()))
    return fields, body


def _front_fault(field: str, value: str, before: dict[str, str]) -> tuple[str, str] | tuple[str, str, str] | None:
    """What is wrong with a field of the front matter after those `before` it."""
    if field not in FRONT_MATTER:
        known = ", ".join(sorted(FRONT_MATTER))
        return f"unknown field '{field}'", f"one of {known}", nearest(field[:MAX_LINE], FRONT_MATTER)
    if field in before:
        return f"'{field}' a second time", "it once"
    if field == "order" and not ORDER.fullmatch(value):
        return f"'{value}' as order", "a whole number of at most four digits"
    if len(value) > MAX_LINE:
        return f"a {field} of {len(value):,} characters", f"at most {MAX_LINE:,}"
    return None


def _body_faults(body: str, name: str, first: int) -> list[Fault]:
    """What is wrong with the Markdown, which begins in line `first` of its file."""
    if costly := list(_costly(body, name, first)):
        return costly[:MAX_FAULTS]
    try:
        prose.html(body)
    except prose.UnsafeText as error:
        where = max(body.find(error.near), 0)
        line, column = first + body.count("\n", 0, where), where - body.rfind("\n", 0, where)
        return [Fault(name, line, column, error.found, error.expected)]
    except RecursionError:
        return [Fault(name, first, 1, "lists or quotes too deep in each other", "at most ten deep")]
    return []


def _costly(body: str, name: str, first: int) -> Iterator[Fault]:
    """What Markdown would need minutes for: each is far more than prose has."""
    numbered = enumerate(body.split("\n"), first)
    for empty, run in groupby(numbered, key=lambda line: not line[1].strip()):
        if empty:
            continue
        lines = list(run)
        number, block = lines[0][0], "\n".join(line for _, line in lines)
        if len(lines) > MAX_BLOCK_LINES:
            yield Fault(name, number, 1, f"{len(lines)} lines without an empty one", f"at most {MAX_BLOCK_LINES}")
        if len(block) > MAX_BLOCK:
            yield Fault(name, number, 1, f"{len(block):,} characters without an empty line", f"at most {MAX_BLOCK:,}")
        if (brackets := block.count("[")) > MAX_BRACKETS:
            yield Fault(name, number, 1, f"{brackets} '[' without an empty line between", f"at most {MAX_BRACKETS}")
        for place, line in lines:
            if INDENT.match(line):
                yield Fault(name, place, 1, f"a line set in by more than {MAX_INDENT} spaces", "fewer")
