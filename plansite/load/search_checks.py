"""The words of the search: each in one place only, each leading to what exists."""

from __future__ import annotations

from typing import Any

from plansite.load.faults import Fault
from plansite.load.reading import Everything
from plansite.load.records import SEARCH_TERMS
from plansite.load.references import References
from plansite.load.yaml_file import Steps

USES = {
    "topics": "topic",
    "shared": "family",
    "indicators": "concept",
    "departments": "department",
    "documents": "cite",
}
"""Field of a lead → what its ids name."""


def check_search_terms(everything: Everything, refs: References) -> list[Fault]:
    """Every fault that the file shows beside the others."""
    loaded = everything.single.get(SEARCH_TERMS)
    if loaded is None or loaded.record is None:
        return []
    topics = everything.single.get("vocab/topics.yaml")
    upper = {entry.id for entry in topics.record} if topics and topics.record else set()
    for index, lead in enumerate(loaded.record.leads):
        for name, kind in USES.items():
            for number, id in enumerate(getattr(lead, name)):
                if not (kind == "topic" and id in upper):  # everyday words may mean a whole field
                    refs.use(kind, id, loaded.file, ("leads", index, name, number))
    faults: list[Fault] = []
    first: dict[tuple[str, str], int] = {}
    for kind, word, path in _typed(loaded.record):
        line, column = loaded.file.position(path)
        key = (kind, word.lower())
        if key in first:
            found = f"'{word}' a second time (first in line {first[key]})"
            faults.append(Fault(loaded.file.name, line, column, found, "each word once"))
        first.setdefault(key, line)
    return faults


def _typed(record: Any) -> list[tuple[str, str, Steps]]:
    """Words that may stand only once among their kind: (kind, word, where)."""
    found: list[tuple[str, str, Steps]] = []
    for name in ("asking", "weak", "defining"):
        words = getattr(record, name)
        for locale in ("zh", "en"):
            found += [("asking", word, (name, locale, i)) for i, word in enumerate(getattr(words, locale))]
    for index, entry in enumerate(record.same):
        for locale in ("zh", "en"):
            found += [(locale, word, ("same", index, locale, i)) for i, word in enumerate(getattr(entry, locale))]
    for name in ("spellings", "leads"):
        for index, lead in enumerate(getattr(record, name)):
            found += [("typed", word, (name, index, "typed", i)) for i, word in enumerate(lead.typed)]
    return found
