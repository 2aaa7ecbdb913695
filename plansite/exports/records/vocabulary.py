"""Entries of the vocabularies as JSON records, some with the measures that name them."""

from __future__ import annotations

from plansite import urls
from plansite.exports.records.base import Context, Record, pair, references
from plansite.model import CitedDocument, Place, Scope, Term, Topic, Unit, WordedValue


def topic(context: Context, topic: Topic) -> Record:
    return {
        "id": topic.id,
        "parent": topic.parent or None,
        "name": pair(topic.name),
        "measures": references(context.links.by_topic.get(topic.id, [])),
        "url": context.url(urls.topic(topic.id)),
    }


def place(context: Context, place: Place) -> Record:
    return {
        "id": place.id,
        "kind": place.kind,
        "name": pair(place.name),
        "jurisdictions": list(place.jurisdictions),
        "printed": list(place.printed),
        "measures": references(context.links.by_place.get(place.id, [])),
        "url": context.url(urls.place(place.id)),
    }


def document(context: Context, document: CitedDocument) -> Record:
    return {
        "id": document.id,
        "level": document.level,
        "name": pair(document.name),
        "measures": references(context.links.by_cite.get(document.id, [])),
        "basis_of": [plan.id for plan in context.links.plans_by_basis.get(document.id, [])],
        "url": context.url(urls.cited_document(document.id)),
    }


def term(context: Context, term: Term) -> Record:
    return {
        "id": term.id,
        "term": pair(term.term),
        "definition": pair(term.definition),
        "aliases": {"zh": list(term.aliases_zh), "en": list(term.aliases_en)},
        "topics": list(term.topics),
        "url": context.url(urls.glossary_term(term.id)),
    }


def unit(unit: Unit) -> Record:
    return {"id": unit.id, "name": pair(unit.name), "symbol": pair(unit.symbol)}


def named(entry: WordedValue | Scope) -> Record:
    return {"id": entry.id, "name": pair(entry.name)}
