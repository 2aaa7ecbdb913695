"""Reads `search_quality.yaml`, the queries that the search is measured with, and holds it against the data.

`python tests/check_search_quality.py` prints how many queries there are of each kind and every mistake in the file:
a page that does not exist, a query given twice, a literal query whose list is not what a string search finds.
Exit status: 0 no mistake, 1 mistakes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from plansite import urls
from plansite.load import load_site
from plansite.model import LOCALES, Locale, Measure, Site

PROJECT = Path(__file__).resolve().parent.parent
QUERIES = Path(__file__).with_name("search_quality.yaml")
ENOUGH = 180

HOLDERS = "holders"
"""In place of a list: `relevant` is every measure that holds `literal`."""

EXACT = {"chinese-literal", "english-literal"}
"""Groups in which the measures named are the holders of `literal` and no other."""

GROUPS = (
    "chinese-literal",
    "chinese-question",
    "mixed",
    "traditional",
    "variant",
    "everyday",
    "typo",
    "english-literal",
    "english-question",
    "english-on-chinese",
    "chinese-on-english",
    "district-topic",
    "place",
    "document",
    "locator",
    "absent",
)
FIELDS = {"query", "page", "group", "literal", "best", "relevant", "none"}
HAN = re.compile(r"[\u4e00-\u9fff]")
SIGNS = re.compile(r"\W+")
LOCATOR = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Query:
    """What someone types into the search of the `page` language, and the addresses below it that answer.

    `best` must come first; `relevant` are the other answers. Both are empty for what the documents do not speak of
    (`none`), and nothing may be found.
    """

    query: str
    page: Locale
    group: str
    best: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()
    none: bool = False
    by_search: bool = field(default=False, compare=False)


def read_queries(site: Site, path: Path = QUERIES) -> list[Query]:
    """The queries in the order of the file, `holders` replaced by the measures that hold the literal words."""
    return [_read(site, entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _read(site: Site, entry: dict[str, Any]) -> Query:
    if unknown := set(entry) - FIELDS:
        raise ValueError(f"{entry.get('query')}: unknown field {', '.join(sorted(unknown))}")
    literal, best = _list(entry.get("literal")), _list(entry.get("best"))
    relevant = entry.get("relevant")
    by_search = relevant == HOLDERS
    if by_search:
        relevant = [address for address in holders(site, literal, entry["page"]) if address not in best]
    return Query(
        query=str(entry["query"]),
        page=entry["page"],
        group=entry["group"],
        best=best,
        relevant=_list(relevant),
        literal=literal,
        none=entry.get("none", False),
        by_search=by_search,
    )


def _list(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value if isinstance(value, list) else [] if value is None else [value]))


# --- string search in the data ---------------------------------------------------------------------------------------


def holders(site: Site, words: Iterable[str], page: Locale) -> list[str]:
    """Addresses of the measures that hold one of the words, in the order of the plans.

    Words with a Han character are looked up in the Chinese text, others in that of the page's language.
    """
    tests = [_Holds(word, "zh" if HAN.search(word) else page) for word in words]
    return [
        urls.measure(plan.id, measure.id)
        for plan in site.plans.values()
        for measure in plan.measures.values()
        if any(holds(site, measure) for holds in tests)
    ]


class _Holds:
    """Whether a measure holds a word: in Chinese the characters to the letter, in English whole words that may grow
    at the end (boiler, boilers), signs and spaces being one."""

    def __init__(self, word: str, locale: Locale) -> None:
        self.locale = locale
        sought = word.lower() if locale == "zh" else SIGNS.sub(" ", word.lower())
        self.pattern = re.compile(re.escape(sought) if locale == "zh" else rf"\b{re.escape(sought)}")

    def __call__(self, site: Site, measure: Measure) -> bool:
        texts = (text.lower() for text in measure_texts(site, measure, self.locale))
        if self.locale == "en":
            texts = (SIGNS.sub(" ", text) for text in texts)
        return any(self.pattern.search(text) for text in texts)


def measure_texts(site: Site, measure: Measure, locale: Locale) -> Iterator[str]:
    """Title, heading, summary, actions, what the targets count, and the names of the bodies."""
    jurisdiction = site.plans[measure.plan].jurisdiction
    yield measure.title[locale]
    if locale == "zh":
        yield measure.heading
    yield measure.summary[locale]
    yield from (action[locale] for action in measure.actions)
    yield from (target.what[locale] for target in measure.targets)
    yield from (site.body(entry.department, jurisdiction)[locale] for entry in measure.assignments)


# --- checking --------------------------------------------------------------------------------------------------------


def searched_pages(site: Site) -> Iterator[str]:
    """Addresses of the pages that the search can find, below the language."""
    for plan in site.plans.values():
        yield urls.plan(plan.id)
        yield from (urls.measure(plan.id, id) for id in plan.measures)
        yield from (urls.chapter(plan.id, chapter.number) for chapter in plan.chapters)
        if plan.indicators or plan.goals:
            yield urls.plan_indicators(plan.id)
        if plan.projects:
            yield urls.projects(plan.id)
        if plan.progress or plan.completion:
            yield urls.progress(plan.id)
        if plan.notes:
            yield urls.plan_notes(plan.id)
    yield from map(urls.district, site.jurisdictions)
    yield from map(urls.family, site.families)
    yield from map(urls.indicator, site.concepts)
    yield from map(urls.department, site.departments)
    yield from map(urls.topic, site.topics)
    yield from map(urls.place, site.places)
    yield from map(urls.cited_document, site.cited_documents)
    yield from map(urls.article, site.articles)


def mistakes(site: Site, queries: list[Query]) -> list[str]:
    """What is wrong with the queries, one line each."""
    pages = set(searched_pages(site))
    asked = Counter((query.page, query.query.lower()) for query in queries)
    found = [f"{page}: {query}: given {count} times" for (page, query), count in asked.items() if count > 1]
    if len(queries) < ENOUGH:
        found.append(f"{len(queries)} queries, {ENOUGH} wanted")
    for query in queries:
        found += [f"{query.page}: {query.query}: {fault}" for fault in _faults(site, pages, query)]
    return found


def _faults(site: Site, pages: set[str], query: Query) -> Iterator[str]:
    named = (*query.best, *query.relevant)
    if query.page not in LOCALES or query.group not in GROUPS:
        yield f"no such page or group: {query.page}, {query.group}"
    if query.none == bool(named):
        yield "names pages and says that there are none" if query.none else "names no page; say `none: true`"
    if query.none != (query.group == "absent"):
        yield "`none: true` and the group absent go together"
    for address, count in Counter(named).items():
        if address not in pages:
            yield f"no such page: {address}"
        if count > 1:
            yield f"named {count} times: {address}"
    if query.group in EXACT and query.query not in query.literal and holders(site, [query.query], query.page):
        yield "a literal query stands in `literal`, too"
    if query.literal:
        yield from _literal_faults(site, query)
    if query.group == "locator" and (number := LOCATOR.search(query.query)):
        yield from _locator_faults(site, query, number[0])


def _locator_faults(site: Site, query: Query, locator: str) -> Iterator[str]:
    """The measures named against those that stand there: all of them where the query is the number alone."""
    own = {
        urls.measure(plan.id, measure.id)
        for plan in site.plans.values()
        for measure in plan.measures.values()
        if measure.locator == locator
    }
    if set(query.best) - own or (query.query == locator and own - set(query.best)):
        yield f"at {locator} stand {', '.join(sorted(own)) or 'none'}"


def _literal_faults(site: Site, query: Query) -> Iterator[str]:
    """The measures named against those that a string search finds."""
    own = holders(site, query.literal, query.page)
    named = [address for address in (*query.best, *query.relevant) if "/measures/" in address]
    if not own:
        yield f"no measure holds {', '.join(query.literal)}"
    for address in own:
        if address not in named:
            yield f"holds {', '.join(query.literal)} and is not named: {address}"
    if query.group in EXACT:
        for address in named:
            if address not in own:
                yield f"named and does not hold {', '.join(query.literal)}: {address}"


def main() -> int:
    site = load_site(PROJECT)
    queries = read_queries(site)
    counts = Counter((query.group, query.page) for query in queries)
    print(f"{'group':<20}{'zh':>5}{'en':>5}{'all':>5}")
    for group in GROUPS:
        zh, en = counts[group, "zh"], counts[group, "en"]
        print(f"{group:<20}{zh:>5}{en:>5}{zh + en:>5}")
    zh, en = (sum(query.page == locale for query in queries) for locale in LOCALES)
    print(f"{'all':<20}{zh:>5}{en:>5}{zh + en:>5}")
    found = mistakes(site, queries)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
