"""Official wording as pages show it: rows for the templates, and numbers that lead to their sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from plansite.parts.official import Official, Passage
from plansite.sources.document import Place
from plansite.translations import Gettext

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def passage_row(passage: Passage | None, _: Gettext) -> dict[str, Any] | None:
    """id, sentences, place (in words), file, sha256; None without the document."""
    if passage is None:
        return None
    return {
        "id": passage_id(passage),
        "sentences": passage.sentences,
        "place": source_place(passage.file, passage.places, _),
        "file": passage.file,
        "sha256": passage.sha256,
    }


def passage_id(passage: Passage | None) -> str:
    """An anchor for a passage that several things on a page may share."""
    return f"line-{passage.places[0].number}-o" if passage else ""


def source_file(official: Official | None) -> dict[str, str] | None:
    """file and sha256 of a plan's document; None without it."""
    return {"file": official.outline.name, "sha256": official.outline.sha256} if official else None


def source_place(file: str, places: Sequence[Place], _: Gettext) -> str:
    """Where something stands in its file, in words: lines of a text file, else paragraphs, with the page if known."""
    first, last = places[0], places[-1]
    if first.page:
        return _("page %(page)s, paragraph %(number)s", page=first.page, number=first.number)
    if not file.lower().endswith(".txt"):
        return _("paragraph %(number)s", number=first.number)
    if first.number == last.number:
        return _("line %(number)s", number=first.number)
    return _("lines %(first)s to %(last)s", first=first.number, last=last.number)


def sourced(text: str, passage: Passage | None) -> Markup:
    """A text whose numbers lead to the official sentences they stand in (on the page that shows the passage as `o`)."""
    if passage is None:
        return escape(text)
    parts, end = [], 0
    for match in NUMBER.finditer(text):
        if sentence := passage.sentence_with(Decimal(match[0].replace(",", ""))):
            link = Markup('<a class="sourced" href="#o{}">{}</a>').format(sentence, match[0])
            parts += [escape(text[end : match.start()]), link]
            end = match.end()
    return Markup().join([*parts, escape(text[end:])])
