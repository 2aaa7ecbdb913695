"""The site as one language shows it: short names, formatted values and the rows that many pages share.

A page module asks a View for ready values; templates only place them. Paths in rows carry the language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from babel.lists import format_list
from markupsafe import Markup, escape

from plansite import formats, urls
from plansite.html import prose
from plansite.links import Links, section_of
from plansite.model import (
    ROLES,
    Assignment,
    Goal,
    Indicator,
    Locale,
    Measure,
    Note,
    Plan,
    Progress,
    Project,
    Quantity,
    Site,
    Subject,
    Text,
)
from plansite.parts.official import Official, Passage
from plansite.parts.wording import passage_id, passage_row
from plansite.translations import Gettext, gettext

Row = dict[str, Any]
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a page module needs in one language.

    `base_url` ends in a slash. `official` maps a plan's id to its official wording; it is empty without the documents.
    """

    site: Site
    links: Links
    locale: Locale
    base_url: str
    official: dict[str, Official] = field(default_factory=dict)
    _: Gettext = field(init=False)
    crowded: frozenset[str] = field(init=False)
    """Jurisdictions with several plans."""
    _rows: dict[tuple[str, str, str], Row] = field(default_factory=dict, init=False)
    """Rows that many pages show, made once; nobody may change them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_", gettext(self.locale))
        counts = Counter(plan.jurisdiction for plan in self.site.plans.values())
        object.__setattr__(self, "crowded", frozenset(id for id, count in counts.items() if count > 1))

    # --- texts and addresses ---

    def quote_source(self, plan: Plan, place: str) -> str:
        """Who says what stands at a place of a plan, for whoever quotes it: this site, not the plan."""
        return self._(
            "%(site)s, unofficial restatement of: %(plan)s, %(locator)s",
            site=self.text(self.site.info.name),
            plan=self.text(plan.title),
            locator=place,
        )

    def text(self, text: Text | None) -> str:
        return text[self.locale] if text else ""

    def path(self, address: str) -> str:
        return urls.path(self.locale, address)

    def absolute(self, address: str) -> str:
        return self.base_url + self.path(address)

    def join(self, parts: Iterable[str]) -> str:
        """A list in running text."""
        return ("、" if self.locale == "zh" else ", ").join(parts)

    def listing(self, parts: Iterable[str]) -> str:
        """A list with its conjunction: A, B and C."""
        return format_list(list(parts), locale=formats.BABEL[self.locale])

    def counted(self, count: int, one: str, many: str, *, in_words: bool = False, **values: object) -> str:
        """A count and what it counts: `one` and `many` are interface texts that hold %(count)s."""
        shown = (formats.in_words if in_words else formats.number)(count, self.locale)
        return self._(one if count == 1 else many, count=shown, **values)

    def date(self, text: str) -> str:
        return formats.date(text, self.locale)

    def edition(self, plan: Plan) -> str:
        """The date of the document, or that it has none."""
        return self.date(plan.edition) if plan.edition else self._("undated")

    def prose(self, text: Text, address: str, *, deeper: int = 0) -> Markup:
        """Markdown as HTML for the page at an address, headings lowered by `deeper` levels."""
        base = urls.root(self.path(address)) + self.path(urls.HOME)
        return prose.html(text[self.locale], base=base, deeper=deeper)

    # --- names ---

    def plan_of(self, thing: Measure | Project | Progress | Note) -> Plan:
        return self.site.plans[thing.plan]

    def jurisdiction_name(self, plan: Plan) -> str:
        return self.text(self.site.jurisdictions[plan.jurisdiction].name)

    def body_name(self, department: str, plan: Plan) -> str:
        return self.text(self.site.body(department, plan.jurisdiction))

    def topic_links(self, ids: Iterable[str]) -> list[Link]:
        return [(self.text(self.site.topics[id].name), self.path(urls.topic(id))) for id in ids]

    def place_links(self, ids: Iterable[str]) -> list[Link]:
        return [(self.text(self.site.places[id].name), self.path(urls.place(id))) for id in ids]

    def cite_links(self, ids: Iterable[str]) -> list[Link]:
        return [(self.document_name(id), self.path(urls.cited_document(id))) for id in ids]

    def document_name(self, id: str) -> str:
        name = self.text(self.site.cited_documents[id].name)
        return f"《{name}》" if self.locale == "zh" else name

    def plan_link(self, plan: Plan) -> Link:
        return self.text(plan.short_title), self.path(urls.plan(plan.id))

    # --- rows ---

    def measure(self, measure: Measure) -> Row:
        """title, path, locator, summary, plan (short title), jurisdiction, bodies (text)."""
        return self._once(("measure", measure.plan, measure.id), lambda: self._measure(measure))

    def _once(self, key: tuple[str, str, str], make: Callable[[], Row]) -> Row:
        if key not in self._rows:
            self._rows[key] = make()
        return self._rows[key]

    def _measure(self, measure: Measure) -> Row:
        plan = self.plan_of(measure)
        return {
            "id": measure.id,
            "title": self.text(measure.title),
            "path": self.path(urls.measure(measure.plan, measure.id)),
            "locator": measure.locator,
            "summary": self.text(measure.summary),
            "plan": self.text(plan.short_title),
            "jurisdiction": self.jurisdiction_name(plan),
            "bodies": self.join(self.body_name(a.department, plan) for a in measure.assignments),
        }

    def bodies(self, measure: Measure) -> list[tuple[str, list[Row]]]:
        """The bodies by role, in the order of the note."""
        plan = self.plan_of(measure)
        return [(role, [self.body(a, plan) for a in measure.assignments if a.role == role]) for role in ROLES]

    def body(self, assignment: Assignment, plan: Plan) -> Row:
        """name, path, and how the note spells it if not like the Chinese name (`printed`, else empty)."""
        name = self.site.body(assignment.department, plan.jurisdiction)
        return {
            "name": self.text(name),
            "path": self.path(urls.department(assignment.department)),
            "printed": assignment.printed if assignment.printed != name.zh else "",
        }

    def quantity(self, item: Quantity) -> Row:
        """what, value (with unit), bare (without), unit, worded, year, concept, op, words."""
        return {
            "what": self.text(item.what),
            "value": formats.quantity(item, self.locale),
            "words": formats.quantity(item, self.locale, words=True),
            "bare": formats.bare(item, self.locale),
            "unit": formats.symbol(item.unit, self.locale, item.value),
            "worded": item.worded is not None,
            "year": str(item.year) if item.year else "",
            "compared_with": str(item.compared_with) if item.compared_with else "",
            "concept": item.concept,
            "concept_path": self.path(urls.indicator(item.concept)) if item.concept else "",
        }

    def official_measure(self, measure: Measure) -> Passage | None:
        """The official paragraph a measure restates, when the document is at hand."""
        official = self.official.get(measure.plan)
        return official.measure(measure) if official else None

    def target(self, measure: Measure, item: Quantity) -> Row:
        """A row for the target table: a quantity and the measure it belongs to."""
        row, plan = self.quantity(item), self.plan_of(measure)
        passage = self.official_measure(measure)
        sentence = passage.sentence_of(item) if passage else 0
        path = self.path(urls.measure(measure.plan, measure.id))
        return row | {
            "source": f"{path}#o{sentence}" if sentence else "",
            "title": self.text(measure.title),
            "path": self.path(urls.measure(measure.plan, measure.id)),
            "locator": measure.locator,
            "plan": self.text(plan.short_title),
            "sort": "" if item.value is None else str(item.value),
            "data": {"year": row["year"], "plan": plan.id, "topic": " ".join(measure.topics), "kind": "measure"},
        }

    def indicator(self, plan: Plan, row: Indicator) -> Row:
        """A row for the indicator table."""
        notes = self.links.notes_on(plan.id, "indicator", row.number)
        return {
            "id": f"i{row.number}",
            "number": row.number,
            "name": self.text(row.name),
            "printed_name": formats.as_printed(row.printed_name),
            "printed_path": f"{self.path(urls.plan_indicators(plan.id))}#p{row.number}"
            if plan.id in self.official
            else "",
            "path": self.path(urls.indicator(row.concept)),
            "unit": self.text(row.unit.symbol),
            "baseline": formats.bare(row.baseline, self.locale),
            "target": formats.bare(row.target, self.locale),
            "baseline_with_unit": formats.cell(row.baseline, row.unit, self.locale),
            "target_with_unit": formats.cell(row.target, row.unit, self.locale),
            "baseline_printed": row.baseline.printed,
            "target_printed": row.target.printed,
            "baseline_worded": row.baseline.worded is not None,
            "target_worded": row.target.worded is not None,
            "attribute": row.attribute,
            "notes": [self.note(note) for note in notes],
        }

    def _with_source(self, item: Quantity, passage: Passage | None, id: str) -> Row:
        """A quantity with the anchor of its official sentence on the same page ("#ID3"; empty: none)."""
        sentence = passage.sentence_of(item) if passage else 0
        return self.quantity(item) | {"source": f"#{id}{sentence}" if sentence else ""}

    def project(self, project: Project) -> Row:
        plan = self.plan_of(project)
        official = self.official.get(plan.id)
        passage = official.project(project) if official else None
        return {
            "id": project.id,
            "name": self.text(project.name),
            "path": self.path(urls.project(project.plan, project.id)),
            "text": self.text(project.text),
            "mark": project.mark,
            "box": project.box,
            "plan": self.text(plan.short_title),
            "quantities": [self._with_source(item, passage, f"{project.id}-o") for item in project.quantities],
            "official": passage_row(passage, self._),
            "topics": self.topic_links(project.topics),
            "places": self.place_links(project.places),
            "cites": self.cite_links(project.cites),
            "measures": [self.measure(plan.known(id)) for id in project.measures],
            "notes": [self.note(note) for note in self.links.notes_on(plan.id, "project", project.id)],
        }

    def goal(self, goal: Goal) -> Row:
        """A target of the running text: a quantity with id, place (link to its section) and its official sentence."""
        official = self.official.get(goal.plan)
        passage = official.goal(goal) if official else None
        place = f"{goal.chapter}.{goal.section}"
        return self._with_source(goal.quantity, passage, passage_id(passage)) | {
            "id": goal.id,
            "place": (
                self._("Section %(number)s", number=place),
                self.path(urls.section(goal.plan, goal.chapter, goal.section)),
            ),
            "official": passage_row(passage, self._),
            "notes": [self.note(note) for note in self.links.notes_on(goal.plan, "goal", goal.id)],
        }

    def progress(self, entry: Progress) -> Row:
        plan = self.plan_of(entry)
        official = self.official.get(plan.id)
        passage = official.result(entry) if official else None
        return {
            "id": entry.id,
            "path": self.path(urls.progress_entry(entry.plan, entry.id)),
            "text": self.text(entry.text),
            "plan": self.text(plan.short_title),
            "place": f"{entry.chapter}.{entry.section}",
            "figures": [self._with_source(item, passage, passage_id(passage)) for item in entry.figures],
            "official": passage_row(passage, self._),
            "topics": self.topic_links(entry.topics),
            "places": self.place_links(entry.places),
            "cites": self.cite_links(entry.cites),
            "notes": [self.note(note) for note in self.links.notes_on(plan.id, "progress", entry.id)],
        }

    def note(self, note: Note) -> Row:
        """title, text, kind (words), path, subjects [(label, path, says)]."""
        return self._once(("note", note.plan, note.id), lambda: self._note(note))

    def _note(self, note: Note) -> Row:
        plan = self.plan_of(note)
        return {
            "id": f"{note.plan}-{note.id}",
            "title": self.text(note.title),
            "text": self.text(note.text),
            "kind_id": note.kind,
            "kind": self.note_kind(note.kind),
            "plan": self.text(plan.short_title),
            "path": self.path(urls.note(note.plan, note.id)),
            "subjects": [(*self.subject(plan, subject), self.says(subject)) for subject in note.subjects],
        }

    def note_kind(self, kind: str) -> str:
        _ = self._
        return {
            "contradiction": _("Contradiction"),
            "count": _("Counts differ"),
            "numbering": _("Numbering"),
            "naming": _("Names differ"),
            "slip": _("Slip"),
            "unit": _("Unit"),
            "unclear": _("Unclear"),
        }[kind]

    def says(self, subject: Subject) -> Markup:
        """What stands in a place: the printed words in quotation marks, the value in the page's language."""
        inner = subject.printed.replace("“", "‘").replace("”", "’")
        parts = [Markup('<q lang="zh-Hans">{}</q>').format(inner)] if inner else []
        parts += [escape(self.text(subject.says))] if subject.says else []
        return Markup(" ").join(parts)

    def subject(self, plan: Plan, subject: Subject) -> Link:
        """Label and path of a place in a plan."""
        _, key = self._, subject.key
        match subject.kind:
            case "indicator":
                return _("Indicator %(number)s", number=key), self.path(urls.plan_indicator(plan.id, int(key)))
            case "measure":
                measure = plan.known(key)
                return f"{measure.locator} {self.text(measure.title)}", self.path(urls.measure(plan.id, key))
            case "project":
                return self.text(plan.projects[key].name), self.path(urls.project(plan.id, key))
            case "progress":
                entry = plan.progress[key]
                return _("Result claimed in %(place)s", place=f"{entry.chapter}.{entry.section}"), self.path(
                    urls.progress_entry(plan.id, key)
                )
            case "chapter":
                return _("Chapter %(number)s", number=key), self.path(urls.chapter(plan.id, int(key)))
            case "section":
                chapter, section = map(int, key.split("."))
                return _("Section %(number)s", number=key), self.path(urls.section(plan.id, chapter, section))
            case "goal":
                name = self.text(plan.goals[key].quantity.what)
                return name, self.path(urls.goal(plan.id, key))
            case "completion":
                return _("Row %(number)s of the earlier period", number=key), self.path(
                    urls.completion_row(plan.id, int(key))
                )
            case "front":
                names = {"contents": _("Table of contents"), "preface": _("Preface"), "cover": _("Cover")}
                return names[key], self.path(urls.plan(plan.id))

    def where(self, measure: Measure) -> Row:
        """Arguments of the macro `source_place`: plan, chapter, section as (label, path), group, item, heading."""
        plan = self.plan_of(measure)
        chapter, section, group = section_of(plan, measure)
        return {
            "plan": (self.text(plan.title), self.path(urls.plan(plan.id))),
            "chapter": (f"{measure.chapter} {self.text(chapter)}", self.path(urls.chapter(plan.id, measure.chapter))),
            "section": (
                f"{measure.chapter}.{measure.section} {self.text(section)}",
                self.path(urls.section(plan.id, measure.chapter, measure.section)),
            ),
            "group": self.text(group),
            "item": measure.item,
            "heading": measure.heading,
            "locator": measure.locator,
        }
