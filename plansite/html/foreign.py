"""Chinese words on English pages, marked as such, so that a screen reader pronounces and a browser shapes them right.

WCAG 2.2, 3.1.2 Language of Parts. Done once on the finished HTML, so that no template or text has to think of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plansite.model import Locale

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{HAN}](?:[{HAN}\u3000-\u303f\uff00-\uffef“”·\d]*[{HAN}》」）”])?")
"""Chinese text: from the first to the last Chinese character, with the quotation marks and digits between."""
OPENING = "《「（“"  # belongs to the run that follows

PLAIN = re.compile(r"<(script|style|title|textarea|option|text|desc)\b[^>]*(?<!/)>")
"""Elements that hold text only; the last two and `title` also within SVG."""

LANGUAGE = re.compile(r'lang="(?<=\slang=")([^"]*)"[^>]*(?<!/)>')  # and not hreflang
NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSPANNED = {*VOID, "html"}
"""Elements whose end is not looked for: they have none, or it is that of the document."""
Span = tuple[int, int, bool]
"""From and to where in the document something is announced, and whether Chinese there is left alone."""


def mark_foreign(html: str, locale: Locale) -> str:
    """The document with `<span lang="zh-Hans">` around each run of Chinese that no element around it announces."""
    if locale == "zh" or not (runs := list(_runs(html))):
        return html
    parts: list[str] = []
    done = 0
    announced, around = _announced(html), list[Span]()
    for start, end in runs:
        while announced and announced[-1][0] <= start:
            around.append(announced.pop())
        while around and around[-1][1] <= start:
            around.pop()
        if (around and around[-1][2]) or html.rfind("<", 0, start) > html.rfind(">", 0, start):
            continue
        start -= html[start - 1] in OPENING
        parts += [html[done:start], f'<span lang="zh-Hans">{html[start:end]}</span>']
        done = end
    return "".join([*parts, html[done:]])


def _runs(html: str) -> Iterator[tuple[int, int]]:
    """Where Chinese stands: nearly all lines have none, which is quick to see."""
    start = 0
    for line in html.split("\n"):
        end = start + len(line)
        if not line.isascii():
            yield from (match.span() for match in RUN.finditer(html, start, end))
        start = end + 1


def _announced(html: str) -> list[Span]:
    """The spans in the order of their beginnings, the last first."""
    spans = [(match.start(), html.find("-->", match.end()), True) for match in re.finditer("<!--", html)]
    spans += [(match.start(), _end(html, match[1], match.end()), True) for match in PLAIN.finditer(html)]
    for match in LANGUAGE.finditer(html):
        start = html.rfind("<", 0, match.start())
        if (name := NAME.match(html, start)) and name[1].lower() not in UNSPANNED:
            spans.append((start, _end(html, name[1], match.end()), match[1].startswith("zh")))
    return sorted(spans, reverse=True)


def _end(html: str, name: str, start: int) -> int:
    """Where the element ends that was opened before `start`."""
    depth = 1
    for tag in _tags(name).finditer(html, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.start()
    return len(html)


@cache
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}\b(?![^>]*/>)", re.IGNORECASE)
