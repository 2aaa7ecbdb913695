"""The model as JSON records.

Field names are English, texts stand in both languages, what the plan does not give is None, addresses are absolute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plansite import urls
from plansite.links import Links
from plansite.model import (
    LOCALES,
    Assignment,
    Cell,
    CitedDocument,
    Concept,
    Indicator,
    IndicatorTable,
    Jurisdiction,
    Measure,
    Note,
    Place,
    Plan,
    Progress,
    Project,
    Quantity,
    Site,
    Subject,
    SubjectKind,
    Term,
    Text,
    Topic,
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """Makes the record of anything. `base_url` ends in a slash."""

    site: Site
    links: Links
    base_url: str

    def url(self, address: str) -> Record:
        return {locale: self.base_url + urls.path(locale, address) for locale in LOCALES}

    def notes_on(self, plan: str, kind: SubjectKind, key: str | int) -> list[str]:
        """Ids of the notes about something in a plan."""
        return [note.id for note in self.links.notes_on(plan, kind, key)]

    def measure(self, measure: Measure) -> Record:
        plan = self.site.plans[measure.plan]
        return {
            "id": measure.id,
            "plan": measure.plan,
            "jurisdiction": plan.jurisdiction,
            "chapter": measure.chapter,
            "section": measure.section,
            "item": measure.item,
            "locator": measure.locator,
            "heading": measure.heading,
            "title": pair(measure.title),
            "summary": pair(measure.summary),
            "actions": [pair(action) for action in measure.actions],
            "targets": [quantity(target) for target in measure.targets],
            "departments": [assignment(entry, measure) for entry in measure.assignments],
            "topics": list(measure.topics),
            "places": list(measure.places),
            "cites": list(measure.cites),
            "notes": self.notes_on(plan.id, "measure", measure.id),
            "projects": [project.id for project in self.links.projects_by_measure.get((plan.id, measure.id), [])],
            "url": self.url(urls.measure(plan.id, measure.id)),
        }

    def indicator(self, plan: Plan, table: IndicatorTable, row: Indicator) -> Record:
        return {
            "plan": plan.id,
            "number": row.number,
            "category": row.category,
            "name": pair(row.name),
            "printed_name": row.printed_name,
            "concept": row.concept,
            "unit": row.unit.id,
            "baseline": {"year": table.baseline_year, **cell(row.baseline)},
            "target": {"year": table.target_year, **cell(row.target)},
            "attribute": row.attribute,
            "box": table.box.number,
            "locator": f"{table.box.chapter}.{table.box.section}",
            "notes": self.notes_on(plan.id, "indicator", row.number),
            "url": self.url(urls.plan_indicator(plan.id, row.number)),
        }

    def concept(self, concept: Concept) -> Record:
        """An indicator by itself; `direction` says whether higher or lower is better."""
        return {
            "id": concept.id,
            "name": pair(concept.name),
            "direction": concept.direction,
            "unit": concept.unit.id,
            "topics": list(concept.topics),
            "url": self.url(urls.indicator(concept.id)),
        }

    def concept_in_plans(self, concept: Concept) -> Record:
        """An indicator with its rows in the tables of all plans and its targets in the text of measures."""
        rows = self.links.rows_by_concept.get(concept.id, [])
        return self.concept(concept) | {
            "rows": [self.indicator(plan, plan.indicators, row) for plan, row in rows if plan.indicators],
            "targets": [
                {
                    "plan": measure.plan,
                    "measure": measure.id,
                    "locator": measure.locator,
                    **quantity(target),
                    "url": self.url(urls.measure(measure.plan, measure.id)),
                }
                for measure, target in self.links.by_concept.get(concept.id, [])
            ],
        }

    def project(self, project: Project) -> Record:
        return {
            "id": project.id,
            "plan": project.plan,
            "box": project.box,
            "mark": project.mark,
            "name": pair(project.name),
            "text": pair(project.text),
            "quantities": [quantity(item) for item in project.quantities],
            "topics": list(project.topics),
            "places": list(project.places),
            "cites": list(project.cites),
            "measures": list(project.measures),
            "notes": self.notes_on(project.plan, "project", project.id),
            "url": self.url(urls.project(project.plan, project.id)),
        }

    def progress(self, entry: Progress) -> Record:
        return {
            "id": entry.id,
            "plan": entry.plan,
            "chapter": entry.chapter,
            "section": entry.section,
            "group": entry.group or None,
            "locator": f"{entry.chapter}.{entry.section}",
            "text": pair(entry.text),
            "figures": [quantity(item) for item in entry.figures],
            "topics": list(entry.topics),
            "places": list(entry.places),
            "cites": list(entry.cites),
            "notes": self.notes_on(entry.plan, "progress", entry.id),
            "url": self.url(urls.progress_entry(entry.plan, entry.id)),
        }

    def note(self, note: Note) -> Record:
        """`zh` and `en` hold the text; `says` tells what stands in a place, `printed` gives it to the letter."""
        return {
            "id": note.id,
            "plan": note.plan,
            "kind": note.kind,
            "title": pair(note.title),
            "zh": note.text.zh,
            "en": note.text.en,
            "places": [
                {
                    "kind": subject.kind,
                    "key": subject.key,
                    "says": pair(subject.says),
                    "printed": subject.printed or None,
                    "url": self.url(self.subject_address(note.plan, subject)),
                }
                for subject in note.subjects
            ],
            "url": self.url(urls.note(note.plan, note.id)),
        }

    def subject_address(self, plan: str, subject: Subject) -> str:
        """The address of a place in a plan that a note speaks of."""
        key = subject.key
        match subject.kind:
            case "indicator":
                return urls.plan_indicator(plan, int(key))
            case "measure":
                return urls.measure(plan, key)
            case "project":
                return urls.project(plan, key)
            case "progress":
                return urls.progress_entry(plan, key)
            case "chapter":
                return urls.chapter(plan, int(key))
            case "section":
                chapter, section = map(int, key.split("."))
                return urls.section(plan, chapter, section)
            case "goal":
                return urls.goal(plan, key)
            case "completion":
                return urls.completion_row(plan, int(key))
            case "front":
                return urls.plan(plan)

    def plan(self, plan: Plan) -> Record:
        return {
            "id": plan.id,
            "jurisdiction": plan.jurisdiction,
            "kind": plan.kind,
            "title": pair(plan.title),
            "short_title": pair(plan.short_title),
            "issuer": pair(plan.issuer),
            "document_number": plan.document_number or None,
            "period": list(plan.period),
            "edition": plan.edition,
            "issued": plan.issued or None,
            "summary": pair(plan.summary),
            "based_on": list(plan.based_on),
            "source": {
                "file": plan.source.file,
                "sha256": plan.source.sha256,
                "original": plan.source.original,
                "url": plan.url or None,
            },
            "counts": {
                "measures": len(plan.measures),
                "indicators": len(plan.indicators.rows) if plan.indicators else 0,
                "projects": len(plan.projects),
                "progress": len(plan.progress),
                "notes": len(plan.notes),
            },
            "boxes": [
                {"number": box.number, "title": pair(box.title), "locator": f"{box.chapter}.{box.section}"}
                for box in plan.boxes
            ],
            "chapters": [
                {
                    "number": chapter.number,
                    "title": pair(chapter.title),
                    "subtitle": pair(chapter.subtitle),
                    "intro": pair(chapter.intro),
                    "places": list(chapter.places),
                    "cites": list(chapter.cites),
                    "sections": [
                        {
                            "number": section.number,
                            "title": pair(section.title),
                            "intro": pair(section.intro),
                            "groups": [
                                {
                                    "mark": group.mark,
                                    "title": pair(group.title),
                                    "items": list(group.items) if any(group.items) else None,
                                }
                                for group in section.groups
                            ],
                            "url": self.url(urls.section(plan.id, chapter.number, section.number)),
                        }
                        for section in chapter.sections
                    ],
                    "url": self.url(urls.chapter(plan.id, chapter.number)),
                }
                for chapter in plan.chapters
            ],
            "url": self.url(urls.plan(plan.id)),
        }

    def jurisdiction(self, jurisdiction: Jurisdiction) -> Record:
        return {
            "id": jurisdiction.id,
            "kind": jurisdiction.kind,
            "name": pair(jurisdiction.name),
            "official_name": pair(jurisdiction.official_name),
            "parent": jurisdiction.parent or None,
            "url": self.url(urls.district(jurisdiction.id)),
        }

    def topic(self, topic: Topic) -> Record:
        measures = self.links.by_topic.get(topic.id, [])
        return {
            "id": topic.id,
            "parent": topic.parent or None,
            "name": pair(topic.name),
            "measures": _references(measures),
            "url": self.url(urls.topic(topic.id)),
        }

    def place(self, place: Place) -> Record:
        return {
            "id": place.id,
            "kind": place.kind,
            "name": pair(place.name),
            "jurisdictions": list(place.jurisdictions),
            "printed": list(place.printed),
            "measures": _references(self.links.by_place.get(place.id, [])),
            "url": self.url(urls.place(place.id)),
        }

    def document(self, document: CitedDocument) -> Record:
        return {
            "id": document.id,
            "level": document.level,
            "name": pair(document.name),
            "measures": _references(self.links.by_cite.get(document.id, [])),
            "basis_of": [plan.id for plan in self.links.plans_by_basis.get(document.id, [])],
            "url": self.url(urls.cited_document(document.id)),
        }

    def term(self, term: Term) -> Record:
        return {
            "id": term.id,
            "term": pair(term.term),
            "definition": pair(term.definition),
            "aliases": {"zh": list(term.aliases_zh), "en": list(term.aliases_en)},
            "topics": list(term.topics),
            "url": self.url(urls.glossary_term(term.id)),
        }


def pair(text: Text | None) -> Record | None:
    return {"zh": text.zh, "en": text.en} if text else None


def quantity(item: Quantity) -> Record:
    """`op` and `value`, or `worded`; `year` is the deadline or the year of a result."""
    return {
        "what": pair(item.what),
        "indicator": item.concept or None,
        "op": None if item.worded else item.op,
        "value": item.value,
        "unit": item.unit.id if item.unit else None,
        "worded": item.worded.id if item.worded else None,
        "year": item.year or None,
        "compared_with": item.compared_with or None,
    }


def cell(item: Cell) -> Record:
    """A cell of an indicator table, as printed and as a number or words."""
    return {
        "printed": item.printed,
        "op": item.op if item.value is not None else None,
        "value": item.value,
        "worded": item.worded.id if item.worded else None,
    }


def assignment(entry: Assignment, measure: Measure) -> Record:
    """`role` is lead (leads or is responsible) or with (takes part); `responsibility` tells the four cases apart."""
    return {
        "id": entry.department,
        "role": "with" if entry.role == "with" else "lead",
        "printed": entry.printed,
        "responsibility": responsibility(entry, measure),
    }


def responsibility(entry: Assignment, measure: Measure) -> str:
    if entry.role == "lead":
        return "named-lead"
    if entry.role == "with":
        return "supporting"
    return "sole" if len(measure.assignments) == 1 else "shared"


def _references(measures: list[Measure]) -> list[Record]:
    return [{"plan": measure.plan, "id": measure.id} for measure in measures]
