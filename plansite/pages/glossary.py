"""The entries of the glossary page: by topic, in alphabetical order within each, with where each term is used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from plansite import urls
from plansite.html.glossary import glossary_of
from plansite.model import Locale, Measure, Term
from plansite.view import Link, Row, View

GENERAL = "plans"
"""Where the terms stand that belong to no topic."""


class Usage(NamedTuple):
    """In how many measures a term occurs, by any of its names, and the name that occurs most."""

    measures: int
    word: str


def entries(view: View) -> Row:
    """`count`; `letters`: (letter, links); `groups`: id, title and terms."""
    terms = sorted(view.site.terms.values(), key=lambda term: _order(term, view.locale))
    used = usage(view.site.terms.values(), view.links.measures, view.locale)
    groups: dict[str, list[Row]] = {GENERAL: [], **{id: [] for id, topic in view.site.topics.items() if topic.children}}
    letters: dict[str, list[Link]] = defaultdict(list)
    for term in terms:
        groups[_group(view, term)].append(_entry(view, term, used.get(term.id)))
        letters[_letter(term, view.locale)].append((view.text(term.term), f"#{term.id}"))
    return {
        "count": len(terms),
        "letters": list(letters.items()),
        "groups": [
            {"id": f"topic-{id}", "title": _title(view, id), "terms": rows} for id, rows in groups.items() if rows
        ],
    }


def usage(terms: Iterable[Term], measures: Iterable[Measure], locale: Locale) -> dict[str, Usage]:
    """Term id → where it is used, for the terms that occur in a measure."""
    glossary = glossary_of(tuple(terms), locale)
    found: Counter[str] = Counter()
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for measure in measures:
        in_measure: set[str] = set()
        for text in (measure.title, measure.summary, *measure.actions, *(target.what for target in measure.targets)):
            for use in glossary.uses(text[locale]):
                in_measure.add(use.term)
                words[use.term][text[locale][use.start : use.end]] += 1
        found.update(in_measure)
    return {id: Usage(count, words[id].most_common(1)[0][0]) for id, count in found.items()}


def _entry(view: View, term: Term, used: Usage | None) -> Row:
    """id, term, other names and definition in the page's language, the other language's term, topics, use."""
    search = f"{view.path(urls.SEARCH)}?q={quote(used.word)}" if used else ""
    measures = view.counted(used.measures, "In %(count)s measure", "In %(count)s measures") if used else ""
    return {
        "id": term.id,
        "term": view.text(term.term),
        "other": term.term.en if view.locale == "zh" else term.term.zh,
        "definition": view.text(term.definition),
        "aliases": "、".join(term.aliases_zh) if view.locale == "zh" else "; ".join(term.aliases_en),
        "topics": view.topic_links(term.topics),
        "used": (measures, search) if used else None,
    }


def _order(term: Term, locale: Locale) -> tuple[bool, str, str]:
    """By the alphabet, in Chinese by pinyin; what begins with no letter of the language's own comes last."""
    key = term.pinyin if locale == "zh" else re.sub(r"^\W+", "", term.term.en).lower()
    return not key[:1].isalpha(), key, term.id


def _letter(term: Term, locale: Locale) -> str:
    last, key, _ = _order(term, locale)
    return "0–9" if last and locale == "en" else "0–9 A–Z" if last else key[0].upper()


def _group(view: View, term: Term) -> str:
    return view.site.topics[term.topics[0]].parent if term.topics else GENERAL


def _title(view: View, id: str) -> str:
    return view._("Plans and their numbers") if id == GENERAL else view.text(view.site.topics[id].name)
