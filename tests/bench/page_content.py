"""What stands on the pages of a finished site, as plain data that another generator can make the same pages of.

It reads the HTML that this project writes (and no other): a heading opens a section, and a section has paragraphs,
entries (with a link or without), commitments and tables.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>([^<]*)")
HREF = re.compile(r'\bhref="([^"]*)"')
QUOTE = re.compile(r'\bdata-quote="([^"]*)"')
META = {
    "title": re.compile(r"<title>(.*?)</title>"),
    "description": re.compile(r'<meta name="description" content="([^"]*)"'),
    "canonical": re.compile(r'<link rel="canonical" href="([^"]*)"'),
    "stylesheet": re.compile(r'<link rel="stylesheet" href="([^"]*)"'),
    "language": re.compile(r'<html lang="([^"]*)"'),
}
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"')
CRUMB = re.compile(r'<li><(?:a href="([^"]*)"|span[^>]*)>(.*?)</')
CODE = re.compile(r'<div class="qr">(<svg.*?</svg>)', re.DOTALL)
CITATION = re.compile(r'<pre class="citation-text" id="([^"]*)">(.*?)</pre>', re.DOTALL)
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SKIPPED = {"svg", "script", "style", "select", "template"}
TEXTS = {"p", "li", "dt", "dd", "td", "th", "h2", "h3", "h4", "summary", "figcaption", "caption"}


@dataclass
class Section:
    """`entries` are (address or "", text); a table is its rows of (address or "", text)."""

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    tables: list[list[list[tuple[str, str]]]] = field(default_factory=list)


def pages(site: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path below the site ("en/plans/", "" for the root) and content of every page that has one."""
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if file.name == "index.html" and "<main" in text:
            below = file.parent.relative_to(site).as_posix()
            yield "" if below == "." else f"{below}/", content(text)


def content(page: str) -> dict[str, Any]:
    """One page as plain data, ready for JSON."""
    head, _, rest = page.partition("<main")
    main = rest.rpartition("</main>")[0]
    meta: dict[str, Any] = {name: _first(pattern, head) for name, pattern in META.items()}
    crumbs = head.partition('class="breadcrumbs"')[2]
    title, lead, sections = _sections(main)
    return {
        **meta,
        "alternates": [{"language": language, "href": href} for language, href in ALTERNATE.findall(head)],
        "crumbs": [{"href": href, "text": _plain(text)} for href, text in CRUMB.findall(crumbs)],
        "linked_data": _raw(LINKED_DATA, head),
        "code": _raw(CODE, main),
        "citations": [{"id": id, "text": html.unescape(text)} for id, text in CITATION.findall(main)],
        "heading": title,
        "lead": lead,
        "sections": [
            {
                "heading": section.heading,
                "entries": [{"href": href, "text": text} for href, text in section.entries],
                "actions": section.actions,
                "tables": [
                    [[{"href": href, "text": text} for href, text in row] for row in table] for table in section.tables
                ],
            }
            for section in sections
        ],
        "prose": [{"heading": section.heading, "paragraphs": section.paragraphs} for section in sections],
    }


def markdown(record: dict[str, Any]) -> str:
    """The prose of a page as Markdown: what a person would write below the front matter."""
    parts: list[str] = []
    for section in record["prose"]:
        if section["paragraphs"]:
            parts += (
                [f"## {section['heading']}", *section["paragraphs"]] if section["heading"] else section["paragraphs"]
            )
    return "\n\n".join(parts) + "\n"


def _sections(main: str) -> tuple[str, str, list[Section]]:
    title, lead, sections = "", "", [Section()]
    opened, attributes, href, quote, words = "", "", "", "", [""]
    skipped = 0

    def close() -> None:
        nonlocal lead, opened, href, quote
        text = _plain("".join(words))
        here = sections[-1]
        if not opened or not (text or opened in ("td", "th")):
            pass
        elif opened in ("h2", "h3"):
            sections.append(Section(text))
        elif opened in ("td", "th"):
            if here.tables and here.tables[-1]:
                here.tables[-1][-1].append((href, text))
        elif 'class="lead"' in attributes:
            lead = text
        elif quote:
            here.actions.append(html.unescape(quote))
        elif opened == "p":
            here.paragraphs.append(f"[{text}]({href})" if href and len(text) < 80 else text)
        else:
            here.entries.append((href, text))
        opened, href, quote = "", "", ""
        words.clear()

    for closing, name, attrs, after in TAG.findall(main):
        if name in SKIPPED:
            skipped += -1 if closing else 1
        if skipped:
            continue
        if name == "h1":
            title = title or _plain(after)
        elif name == "table" and not closing:
            close()
            sections[-1].tables.append([])
        elif name == "tr" and not closing:
            close()
            sections[-1].tables[-1].append([])
        elif name in TEXTS:
            within = opened in ("li", "td", "th", "dd") and name == "p"
            if not within:
                close()
            if not closing and not within:
                opened, attributes = name, attrs
        elif not closing:
            href = href or _first(HREF, attrs)
            quote = quote or _first(QUOTE, attrs)
        if opened:
            words.append(after)
    close()
    return title, lead, [section for section in sections if section != Section()]


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return html.unescape(match.group(1)) if match else ""


def _raw(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group(1) if match else ""


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())
