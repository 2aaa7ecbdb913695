"""Everything that was loaded, and what stands above the plans."""

from __future__ import annotations

from dataclasses import dataclass, field

from plansite.model.connections import Cascade, Family, MeasureKey, Particular
from plansite.model.history import Redirect
from plansite.model.plan import Measure, Plan
from plansite.model.search import SearchWords
from plansite.model.text import Locale, Text
from plansite.model.vocabulary import (
    CitedDocument,
    Concept,
    Department,
    Place,
    Scope,
    Term,
    Topic,
    Unit,
    WordedValue,
)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A city or district; `names` are short names a reader may type before a locator (净月 4.3.1)."""

    id: str
    kind: str
    name: Text
    official_name: Text
    parent: str
    names: tuple[str, ...]
    summary: Text


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the publication log: what this site published or corrected, and when."""

    date: str
    title: Text
    text: Text
    plans: tuple[str, ...]
    measures: tuple[MeasureKey, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteInfo:
    name: Text
    tagline: Text
    description: Text
    publisher: Text
    base_url: str
    repository: str
    contact: str
    changes: tuple[Change, ...] = ()
    key_indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A prose page: Markdown with front matter. `key` is its path below `content/LOCALE/` without the suffix."""

    key: str
    title: Text
    description: Text
    markdown: Text
    order: int


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that was loaded; mappings keep the order of the files."""

    info: SiteInfo
    jurisdictions: dict[str, Jurisdiction]
    plans: dict[str, Plan]
    departments: dict[str, Department]
    topics: dict[str, Topic]
    places: dict[str, Place]
    cited_documents: dict[str, CitedDocument]
    concepts: dict[str, Concept]
    units: dict[str, Unit]
    worded_values: dict[str, WordedValue]
    scopes: dict[str, Scope]
    terms: dict[str, Term]
    articles: dict[str, Article] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    particular: dict[MeasureKey, Particular] = field(default_factory=dict)
    cascades: dict[str, Cascade] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    search_words: SearchWords = field(default_factory=SearchWords)
    stale: dict[tuple[str, str], list[Locale]] = field(default_factory=dict)
    """Plan (or `families`) and record (`measure/straw-burning-ban`) → languages whose text older facts underlie."""

    def measure(self, key: MeasureKey) -> Measure:
        return self.plans[key[0]].known(key[1])

    def body(self, department: str, jurisdiction: str) -> Text:
        """The name of the body that has a department's role in a jurisdiction."""
        entry = self.departments[department]
        body = entry.bodies.get(jurisdiction)
        return body.name if body else entry.name
