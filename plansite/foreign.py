"""Chinese words on English pages, marked as such, so that a screen reader pronounces and a browser shapes them right.

WCAG 2.2, 3.1.2 Language of Parts. Done once on the finished HTML, so that no template or text has to think of it.
"""

from __future__ import annotations

import re

from plansite.model import Locale

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[《「（“]?[{HAN}](?:[{HAN}\u3000-\u303f\uff00-\uffef“”·\d]*[{HAN}》」）”])?")
"""Chinese text: from the first to the last Chinese character, with the quotation marks and digits between."""

TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")
PLAIN = {"script", "style", "title", "textarea", "option", "text", "desc"}
"""Elements that hold text only; the last two and `title` also within SVG."""

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def mark_foreign(html: str, locale: Locale) -> str:
    """The document with `<span lang="zh-Hans">` around each run of Chinese that no element around it announces."""
    if locale == "zh" or not RUN.search(html):
        return html
    parts: list[str] = []
    known: list[bool] = []  # for each open element: is text in it left alone?
    for token in TOKEN.findall(html):
        tag = TAG.match(token)
        if tag is None:
            leave = (known and known[-1]) or token.startswith("<")
            parts.append(token if leave else RUN.sub(_span, token))
            continue
        parts.append(token)
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if closing:
            if known:
                known.pop()
        elif name not in VOID and not attributes.endswith("/"):
            known.append(_announced(name, attributes, bool(known) and known[-1]))
    return "".join(parts)


def _announced(name: str, attributes: str, around: bool) -> bool:
    language = re.search(r"""\slang="([^"]*)\"""", attributes)
    if name in PLAIN:
        return True
    return language[1].startswith("zh") if language else around


def _span(match: re.Match[str]) -> str:
    return f'<span lang="zh-Hans">{match[0]}</span>'
