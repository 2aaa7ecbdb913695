"""Every record that says something in both languages, with its texts and the facts they were written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from plansite.load.reading import Everything, Loaded, PlanFiles
from plansite.load.records import Pair
from plansite.load.yaml_file import Steps, YamlFile
from plansite.model import Locale, Text

FAMILIES = "families"
"""Stands for a plan's id where the record is a shared measure."""

Fact = tuple[str, str]
"""What it is (target, lead, place …) and its value, as the data has it."""

LISTS = (  # kind, file, where its list is, field that names an entry
    ("chapter", "outline.yaml", "", "number"),
    ("indicator", "indicators.yaml", "rows", "number"),
    ("goal", "goals.yaml", "", "id"),
    ("completion", "completion.yaml", "rows", "number"),
    ("project", "projects.yaml", "projects", "id"),
    ("result", "progress.yaml", "", "id"),
    ("note", "notes.yaml", "", "id"),
)
DOCUMENT = re.compile(r"《[^《》]+》")
NAMED = {  # field → what it is
    **{"heading": "heading", "printed_name": "heading", "edition": "edition", "issued": "issued"},
    **{"document_number": "document number", "unit": "unit", "attribute": "attribute", "scope": "scope"},
}
LISTED = {"places": "place", "cites": "cited document", "members": "member"}
CELLS = ("baseline", "target", "planned", "achieved")
QUANTITIES = {"targets": "target", "quantities": "figure", "figures": "figure"}


@dataclass(frozen=True, slots=True)
class Restatement:
    """A record with its texts. `home` is the plan's id; `path` leads to the record in its file.

    `texts` are its pairs, each with its path in the file; a chapter's prose has the name of its file below `content/`.
    """

    home: str
    kind: str
    key: str
    file: YamlFile
    path: Steps
    texts: tuple[tuple[Steps | str, Text], ...]
    facts: tuple[Fact, ...]
    needs_review: tuple[Locale, ...] = ()

    @property
    def name(self) -> str:
        """Its name in its home: measure/straw-burning-ban, indicator/9; the plan itself is `plan`."""
        return f"{self.kind}/{self.key}" if self.key else self.kind

    def words(self, locale: Locale) -> tuple[str, ...]:
        """Everything it says in one language."""
        return tuple(text[locale] for _, text in self.texts)

    def place(self, locale: Locale, holding: str = "") -> tuple[str, int, int]:
        """File, line and column of the first text that holds certain words, otherwise of what it says first."""
        where = next((place for place, text in self.texts if holding and holding in text[locale]), None)
        if where is None:
            where = next((place for place, _ in self.texts if place and place[-1] == "summary"), self.texts[0][0])
        if isinstance(where, str):
            return f"content/{locale}/{where}.md", 1, 1
        return self.file.name, *self.file.position((*where, locale))


def restatements(everything: Everything) -> Iterator[Restatement]:
    """Those of every plan's current edition, in the order of its files, then the families."""
    for plan in everything.plans.values():
        for kind, key, loaded, path, record in _of_plan(plan):
            yield _restatement(plan.id, kind, key, loaded, path, record, everything)
    for loaded in everything.several["shared-measures/*.yaml"]:
        for index, family in enumerate(loaded.record or ()):
            yield _restatement(FAMILIES, "family", family.id, loaded, (index,), family, everything)


def _of_plan(plan: PlanFiles) -> Iterator[tuple[str, str, Loaded, Steps, Any]]:
    if record := plan.record("plan.yaml"):
        yield "plan", "", plan.single["plan.yaml"], (), record
    for loaded in plan.measures:
        for index, measure in enumerate(loaded.record or ()):
            yield "measure", measure.id, loaded, (index,), measure
    for kind, name, field, key in LISTS:
        if not (record := plan.record(name)):
            continue
        before: Steps = (field,) if field else ()
        for index, entry in enumerate(getattr(record, field) if field else record):
            yield kind, str(getattr(entry, key)), plan.single[name], (*before, index), entry


def _restatement(
    home: str, kind: str, key: str, loaded: Loaded, path: Steps, record: Any, everything: Everything
) -> Restatement:
    texts: list[tuple[Steps | str, Text]] = [*_texts(record, path)]
    article = f"plans/{home}/{key}"
    if kind == "chapter" and article in everything.articles:
        texts.append((article, everything.articles[article].markdown))
    documents = dict.fromkeys(name for _, text in texts for name in DOCUMENT.findall(text.zh))
    fields = vars(record)
    facts = (*_facts(fields), *(("document", name) for name in documents))
    return Restatement(home, kind, key, loaded.file, path, tuple(texts), facts, tuple(fields.get("needs_review", ())))


def _texts(record: Any, path: Steps) -> Iterator[tuple[Steps, Text]]:
    if isinstance(record, Pair):
        yield path, Text(record.zh, record.en)
    elif isinstance(record, list):
        for index, part in enumerate(record):
            yield from _texts(part, (*path, index))
    elif isinstance(record, dict):
        for key, part in record.items():
            yield from _texts(part, (*path, key))
    else:
        for name, alias in _fields(record.__class__):
            yield from _texts(getattr(record, name), (*path, alias))


@cache
def _fields(shape: Any) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of record that can hold texts: name, and name in the file."""
    fields = getattr(shape, "model_fields", {}).items()
    plain = (str, int, float, bool, type(None))
    return tuple((name, info.alias or name) for name, info in fields if info.annotation not in plain)


# --- facts ------------------------------------------------------------------------------------------------------------


def _facts(fields: dict[str, Any]) -> Iterator[Fact]:
    """The facts that have a field. Where a task stands, its topics and its projects are none that a text tells."""
    if "what" in fields:  # a goal
        yield "target", _quantity(fields)
        return
    for name, label in NAMED.items():
        if value := fields.get(name):
            yield label, value
    if years := fields.get("period"):
        yield "period", "–".join("" if year is None else str(year) for year in years)
    for name in CELLS:
        if cell := fields.get(name):
            yield name, cell.printed
    for name, label in QUANTITIES.items():
        yield from ((label, _quantity(vars(each))) for each in fields.get(name, ()))
    if bodies := fields.get("departments"):
        yield from ((role, word) for role, words in bodies.by_role() for word in words)
    if standing := fields.get("standing"):
        yield from (("with", word) for word in standing.with_)
    for name, label in LISTED.items():
        yield from ((label, _place(each)) for each in fields.get(name, ()))
    for difference in fields.get("differences", ()):
        yield "difference", f"{difference.facet} {' '.join(difference.values)}"


def _quantity(fields: dict[str, Any]) -> str:
    """pm25 <= 30 ug/m3 2025"""
    relation = fields["worded"] or fields["op"] or "="
    known = [fields["indicator"], relation, fields["value"], fields["unit"], fields["year"], fields["scope"]]
    if year := fields["compared_with"]:
        known.append(f"against {year}")
    return " ".join(str(part) for part in known if part is not None)


def _place(entry: Any) -> str:
    """An id; or, in a note, what stands where: measure straw-burning-ban 市场监管分局."""
    if isinstance(entry, str):
        return entry
    where = " ".join(f"{n} {v}" for n, v in vars(entry).items() if v is not None and n not in ("says", "printed"))
    return f"{where} {entry.printed}" if entry.printed else where
