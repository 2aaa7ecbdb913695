"""What the search makes of the words of a query: which mean the same, which lead to others, which ask and name nothing.

Most of it is known already: the glossary and the names of topics, places, bodies, indicators, documents and shared
measures; `data/vocab/search-terms.yaml` holds the rest. The script reads it as `terms.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from plansite import urls
from plansite.model import Locale, Site, Text, Words

GLOSSARY = urls.glossary_term("").removesuffix("#")
QUOTES = re.compile(r"[“”‘’《》]")
COUNTY = "county"
"""The kind of places that are districts, counties and cities without a plan here."""
KINDS = re.compile(r"[区县市]$| (?:District|County|City)$")
ASIDE = re.compile(r"^(.*?)\s*[（(]([^（）()]*)[)）]$")


def query_words(site: Site) -> dict[str, Any]:
    """The words by their use.

    `same` and `leads` are lists of {zh, en, pages, departments} and, for `leads`, typed; what is empty is left out.
    `pages` are addresses of what is about the words. `plans` holds the names of each plan's jurisdiction, `uncovered`
    those of the districts and counties that the documents name and that have no plan here, by the page of each.
    """
    own = site.search_words
    return {
        "spellings": [[list(spelling.typed), spelling.text] for spelling in own.spellings],
        "asking": _words(own.asking),
        "weak": _words(own.weak),
        "defining": _words(own.defining),
        "plans": {plan.id: list(site.jurisdictions[plan.jurisdiction].names) for plan in site.plans.values()},
        "uncovered": _uncovered(site),
        "same": [*_known(site), *(_words(words) for words in own.same)],
        "leads": [
            _entry(
                lead.words.zh,
                lead.words.en,
                [
                    *map(urls.topic, lead.topics),
                    *map(urls.family, lead.families),
                    *map(urls.indicator, lead.concepts),
                    *map(urls.department, lead.departments),
                    *map(urls.cited_document, lead.cited_documents),
                ],
                lead.departments,
            )
            | {"typed": list(lead.typed)}
            for lead in own.leads
        ],
    }


def _known(site: Site) -> Iterator[dict[str, Any]]:
    """Words that other files already hold."""
    for term in site.terms.values():
        yield _entry((term.term.zh, *term.aliases_zh), (term.term.en, *term.aliases_en), [GLOSSARY])
    for topic in site.topics.values():
        yield _named(topic.name, urls.topic(topic.id))
    for place in site.places.values():
        yield _entry((place.name.zh, *place.printed), (place.name.en,), [urls.place(place.id)])
    for concept in site.concepts.values():
        yield _named(concept.name, urls.indicator(concept.id))
    for document in site.cited_documents.values():
        yield _named(document.name, urls.cited_document(document.id))
    for family in site.families.values():
        yield _named(family.title, urls.family(family.id))
    for department in site.departments.values():
        bodies = department.bodies.values()
        yield _entry(
            (department.name.zh, *(word for body in bodies for word in (body.name.zh, *body.printed))),
            (department.name.en, *(body.name.en for body in bodies)),
            [urls.department(department.id)],
            [department.id],
        )
    for plan in site.plans.values():
        yield _entry((plan.title.zh, plan.short_title.zh), (plan.title.en, plan.short_title.en), [urls.plan(plan.id)])
    for area in site.jurisdictions.values():
        plans = [urls.plan(plan.id) for plan in site.plans.values() if plan.jurisdiction == area.id]
        names = [name for name in area.names if name.isascii()]
        yield _entry(
            (area.name.zh, area.official_name.zh, *(name for name in area.names if not name.isascii())),
            (area.name.en, area.official_name.en, *names),
            [urls.district(area.id), *plans],
        )


def _uncovered(site: Site) -> dict[str, list[str]]:
    """Names with and without the word for what it is; 蛟河 is none of 蛟河市, because a river is called so."""
    counties = [place for place in site.places.values() if place.kind == COUNTY]
    others = {name for place in site.places.values() if place.kind != COUNTY for name in (place.name.zh, place.name.en)}
    others.update(name for plan in site.plans.values() for name in site.jurisdictions[plan.jurisdiction].names)
    names = {place.id: (place.name.zh, *place.printed, place.name.en) for place in counties}
    return {
        urls.place(id): [
            *dict.fromkeys(form for name in own for form in (name, KINDS.sub("", name)) if form not in others)
        ]
        for id, own in names.items()
    }


def _named(name: Text, page: str) -> dict[str, Any]:
    return _entry((name.zh,), (name.en,), [page])


def _words(words: Words) -> dict[str, Any]:
    return {"zh": list(words.zh), "en": list(words.en)}


def _entry(
    zh: Iterable[str], en: Iterable[str], pages: Sequence[str] = (), departments: Sequence[str] = ()
) -> dict[str, Any]:
    fields = {"zh": _plain(zh), "en": _plain(en), "pages": list(pages), "departments": list(departments)}
    return {name: value for name, value in fields.items() if value}


def _plain(names: Iterable[str]) -> list[str]:
    """The names without quotation marks, a name in brackets behind another as one of its own."""
    found: dict[str, None] = {}
    for name in names:
        name = QUOTES.sub("", name)
        match = ASIDE.match(name)
        for part in match.groups() if match else (name,):
            found.setdefault(part.strip())
    return list(found)


def for_pages(words: dict[str, Any], locale: Locale, titles: Mapping[str, str]) -> dict[str, Any]:
    """What the pages of one language need of the words: its own to look up, those of both to recognise.

    `titles` are those of its pages by their addresses; the name of a page is left out where it is the title.
    """
    other = "en" if locale == "zh" else "zh"
    same = []
    for entry in words["same"]:
        page = entry.get("pages", [""])[0]
        title = "" if page == GLOSSARY else QUOTES.sub("", titles.get(page, ""))
        own = [word for word in entry.get(locale, ()) if word != title]
        same.append({name: value for name, value in (entry | {locale: own}).items() if value})
    leads = [{name: value for name, value in entry.items() if name != other} for entry in words["leads"]]
    return words | {"same": same, "leads": leads}


def simplified(characters: Iterable[str]) -> list[str]:
    """Traditional characters and, in the same order, the simplified ones of the texts that they stand for."""
    from opencc import OpenCC  # only a build that makes the index anew needs it

    converter, wanted = OpenCC("t2s"), set(characters)
    traditional = "\n".join(map(chr, range(0x4E00, 0xA000)))
    every = zip(traditional.split(), converter.convert(traditional).split(), strict=True)
    pairs = [(one, other) for one, other in every if one != other and other in wanted]
    return ["".join(one for one, _ in pairs), "".join(other for _, other in pairs)]


def sounds() -> dict[str, str]:
    """Syllable without its tone → the characters of everyday Chinese (GB 2312) that are read so."""
    from pypinyin import Style, pinyin  # slow to load

    found: dict[str, list[str]] = {}
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            for syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0] if character else ():
                found.setdefault(syllable, []).append(character)
    return {syllable: "".join(characters) for syllable, characters in sorted(found.items())}
