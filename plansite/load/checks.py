"""What no single file can show: names that one file defines and others use."""

from __future__ import annotations

from typing import Any

from plansite.load.connect import member
from plansite.load.connection_checks import check_connections
from plansite.load.faults import Fault
from plansite.load.history_checks import check_history
from plansite.load.numbers import Excused, check_pairs
from plansite.load.plan_checks import PlanCheck
from plansite.load.reading import Everything
from plansite.load.records import MEMORY
from plansite.load.redirect_checks import check_redirects
from plansite.load.references import References
from plansite.load.search_checks import check_search_terms
from plansite.load.yaml_file import YamlFile
from plansite.model import LOCALES

VOCABULARIES = {
    # kind: (file, label, must be used)
    "jurisdiction": ("jurisdictions.yaml", "jurisdiction", True),
    "department": ("vocab/departments.yaml", "department", False),
    "topic": ("vocab/topics.yaml", "topic", True),
    "place": ("vocab/places.yaml", "place", True),
    "cite": ("vocab/cited-documents.yaml", "cited document", True),
    "unit": ("vocab/units.yaml", "unit", True),
    "worded": ("vocab/worded-values.yaml", "worded value", True),
    "concept": ("vocab/indicators.yaml", "indicator", True),
    "scope": ("vocab/scopes.yaml", "scope", True),
    "term": ("vocab/glossary.yaml", "glossary term", False),
}


def check(everything: Everything, excused: Excused) -> list[Fault]:
    """Every fault that needs more than one record to see; `excused` are numbers in which languages may differ."""
    refs = References()
    for key, (home, label, must) in VOCABULARIES.items():
        refs.kind(key, label, f"data/{home}", must_be_used=must)
    _define_vocabularies(everything, refs)
    refs.kind("plan", "plan", "data/plans", must_be_used=False)
    for id, plan in everything.plans.items():
        if loaded := plan.single.get("plan.yaml"):
            refs.define("plan", id, loaded.file, ("id",))
    faults: list[Fault] = []
    for plan in everything.editions:
        PlanCheck(plan, everything, refs, faults).run()
        for loaded in (each for each in plan.files if not each.file.name.endswith(MEMORY)):
            faults += check_pairs(loaded.file, loaded.record, excused)
    faults += check_history(everything, refs)
    faults += check_connections(everything, refs, excused)
    faults += check_redirects(everything)
    faults += check_search_terms(everything, refs)
    _use_site(everything, refs)
    complete = not everything.faults
    return faults + refs.faults(judge_unused=complete and not faults)


def _define_vocabularies(everything: Everything, refs: References) -> None:
    for key, (home, _, _) in VOCABULARIES.items():
        loaded = everything.single.get(home)
        if loaded is None or loaded.record is None:
            refs.incomplete(key)
            continue
        for index, entry in enumerate(loaded.record):
            if key == "topic":
                for child, topic in enumerate(entry.topics):
                    refs.define(key, topic.id, loaded.file, (index, "topics", child, "id"))
            else:
                refs.define(key, entry.id, loaded.file, (index, "id"))
            _use_within(key, entry, loaded.file, index, refs)
    _define_words(everything, refs)
    _define_spellings(everything, refs)


def _define_words(everything: Everything, refs: References) -> None:
    """A word leads to one glossary term only."""
    loaded = everything.single.get(VOCABULARIES["term"][0])
    if loaded is None:
        return
    for locale in LOCALES:
        kind = f"word:{locale}"
        refs.kind(kind, "word of the glossary", "data/vocab/glossary.yaml", must_be_used=False)
        for index, entry in enumerate(loaded.record or ()):
            refs.define(kind, getattr(entry.term, locale), loaded.file, (index, "term", locale))
            for field in ("aliases", "forms"):
                for number, word in enumerate(getattr(getattr(entry, field), locale)):
                    refs.define(kind, word, loaded.file, (index, field, locale, number))


def _define_spellings(everything: Everything, refs: References) -> None:
    home = "vocab/departments.yaml"
    loaded = everything.single.get(home)
    places = everything.single.get("jurisdictions.yaml")
    for entry in places.record if places and places.record else ():
        refs.kind(f"spelling:{entry.id}", "name of a body", f"data/{home} under {entry.id}")
        if loaded is None or loaded.record is None:
            refs.incomplete(f"spelling:{entry.id}")
    if loaded is None or loaded.record is None:
        return
    known = {entry.id for entry in places.record} if places and places.record else set()
    for index, role in enumerate(loaded.record):
        for jurisdiction, body in role.bodies.items():
            if jurisdiction not in known:  # told as such; the names below it may belong to any
                for name in known:
                    refs.incomplete(f"spelling:{name}")
                continue
            for number, word in enumerate(body.printed):
                refs.define(
                    f"spelling:{jurisdiction}", word, loaded.file, (index, "bodies", jurisdiction, "printed", number)
                )


def _use_within(key: str, entry: Any, file: YamlFile, index: int, refs: References) -> None:
    """Names that vocabulary entries use."""
    if key == "jurisdiction" and entry.parent:
        refs.use("jurisdiction", entry.parent, file, (index, "parent"))
    elif key == "department":
        for name in entry.bodies:
            refs.use("jurisdiction", name, file, (index, "bodies", name))
        for name, role in entry.held_by.items():
            refs.use("jurisdiction", name, file, (index, "held_by", name))
            refs.use("department", role, file, (index, "held_by", name))
    elif key == "place":
        for number, name in enumerate(entry.jurisdictions):
            refs.use("jurisdiction", name, file, (index, "jurisdictions", number))
    elif key == "concept":
        refs.use("unit", entry.unit, file, (index, "unit"))
    if key in ("concept", "term"):
        for number, name in enumerate(entry.topics):
            refs.use("topic", name, file, (index, "topics", number))


def _use_site(everything: Everything, refs: References) -> None:
    loaded = everything.single.get("site.yaml")
    if loaded is None or loaded.record is None:
        return
    for index, concept in enumerate(loaded.record.key_indicators):
        refs.use("concept", concept, loaded.file, ("key_indicators", index))
    for index, change in enumerate(loaded.record.changes):
        for number, plan in enumerate(change.plans):
            refs.use("plan", plan, loaded.file, ("changes", index, "plans", number))
        for number, (plan, measure) in enumerate(map(member, change.measures)):
            path = ("changes", index, "measures", number)
            refs.use("plan", plan, loaded.file, path)
            if plan in everything.plans:
                refs.use(f"measure:{plan}", measure, loaded.file, path)
