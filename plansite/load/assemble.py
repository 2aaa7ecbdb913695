"""From checked records to the model. Nothing here can fail: every name was looked up before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from plansite import model
from plansite.load.connect import connect, member
from plansite.load.reading import Everything, PlanFiles
from plansite.load.records import SEARCH_TERMS

Entry = TypeVar("Entry")


def assemble(everything: Everything) -> model.Site:
    """The whole site from records without faults."""
    records = {name: loaded.record for name, loaded in everything.single.items()}
    units = _by_id(
        records["vocab/units.yaml"],
        lambda r: model.Unit(r.id, _text(r.name), model.Text(r.symbol.zh, r.symbol.en), r.one or ""),
    )
    worded = _by_id(records["vocab/worded-values.yaml"], lambda r: model.WordedValue(r.id, _text(r.name)))
    site = model.Site(
        info=_info(records["site.yaml"]),
        jurisdictions=_by_id(records["jurisdictions.yaml"], _jurisdiction),
        plans={},
        departments=_by_id(records["vocab/departments.yaml"], _department),
        topics=_topics(records["vocab/topics.yaml"]),
        places=_by_id(
            records["vocab/places.yaml"],
            lambda r: model.Place(r.id, r.kind, _text(r.name), tuple(r.jurisdictions), tuple(r.printed)),
        ),
        cited_documents=_by_id(
            records["vocab/cited-documents.yaml"], lambda r: model.CitedDocument(r.id, _text(r.name), r.level)
        ),
        concepts=_by_id(
            records["vocab/indicators.yaml"],
            lambda r: model.Concept(r.id, _text(r.name), r.direction, units[r.unit], tuple(r.topics), r.change),
        ),
        units=units,
        worded_values=worded,
        scopes=_by_id(records["vocab/scopes.yaml"], lambda r: model.Scope(r.id, _text(r.name))),
        terms=_by_id(
            records["vocab/glossary.yaml"],
            lambda r: model.Term(
                r.id,
                _text(r.term),
                _text(r.definition),
                tuple(r.aliases.zh),
                tuple(r.aliases.en),
                tuple(r.topics),
                r.pinyin,
                tuple(r.forms.zh),
                tuple(r.forms.en),
                tuple(r.not_in.zh),
                tuple(r.not_in.en),
            ),
        ),
        articles=dict(everything.articles),
        search_words=_search_words(records.get(SEARCH_TERMS)),
        redirects=tuple(model.Redirect(r.from_, r.to or "", _text(r.why)) for r in records.get("redirects.yaml", ())),
    )
    for plan in sorted(everything.plans.values(), key=lambda plan: _rank(plan, site)):
        site.plans[plan.id] = plan_of(plan, site)
    connect(everything, site)
    return site


def plan_of(files: PlanFiles, site: model.Site) -> model.Plan:
    """A plan with its earlier editions, from checked files; `site` holds the vocabularies."""
    return _Plan(files, site).current()


def _rank(plan: PlanFiles, site: model.Site) -> tuple[int, str]:
    """Plans stand in the order of their jurisdictions, then by id."""
    return list(site.jurisdictions).index(plan.record("plan.yaml").jurisdiction), plan.id


def _by_id(records: Iterable[Any], make: Callable[[Any], Entry]) -> dict[str, Entry]:
    return {record.id: make(record) for record in records}


def _text(pair: Any) -> model.Text:
    return model.Text(pair.zh, pair.en)


def _maybe(pair: Any) -> model.Text | None:
    return _text(pair) if pair else None


def _edition(date: str) -> str:
    return "" if date == "undated" else date


def _info(r: Any) -> model.SiteInfo:
    changes = tuple(
        model.Change(c.date, _text(c.title), _text(c.text), tuple(c.plans), tuple(map(member, c.measures)))
        for c in r.changes
    )
    return model.SiteInfo(
        _text(r.name),
        _text(r.tagline),
        _text(r.description),
        _text(r.publisher),
        r.base_url,
        r.repository,
        r.contact,
        tuple(sorted(changes, key=lambda c: c.date, reverse=True)),
        tuple(r.key_indicators),
    )


def _jurisdiction(r: Any) -> model.Jurisdiction:
    return model.Jurisdiction(
        r.id, r.kind, _text(r.name), _text(r.official_name), r.parent or "", tuple(r.names), _text(r.summary)
    )


def _department(r: Any) -> model.Department:
    bodies = {key: model.Body(_text(body.name), tuple(body.printed)) for key, body in r.bodies.items()}
    return model.Department(r.id, _text(r.name), bodies, dict(r.held_by))


def _topics(records: Iterable[Any]) -> dict[str, model.Topic]:
    result: dict[str, model.Topic] = {}
    for group in records:
        result[group.id] = model.Topic(group.id, _text(group.name), "", tuple(topic.id for topic in group.topics))
        for topic in group.topics:
            result[topic.id] = model.Topic(topic.id, _text(topic.name), group.id)
    return result


def _search_words(r: Any) -> model.SearchWords:
    if r is None:
        return model.SearchWords()

    def words(entry: Any) -> model.Words:
        return model.Words(tuple(entry.zh), tuple(entry.en))

    leads = (
        model.Lead(
            tuple(lead.typed),
            words(lead),
            tuple(lead.topics),
            tuple(lead.shared),
            tuple(lead.indicators),
            tuple(lead.departments),
            tuple(lead.documents),
        )
        for lead in r.leads
    )
    return model.SearchWords(
        tuple(model.Spelling(tuple(spelling.typed), spelling.text) for spelling in r.spellings),
        words(r.asking),
        words(r.weak),
        words(r.defining),
        tuple(map(words, r.same)),
        tuple(leads),
    )


class _Plan:
    """Builds one plan; vocabulary entries are looked up in the site."""

    def __init__(self, files: PlanFiles, site: model.Site) -> None:
        self.files, self.site = files, site

    def current(self) -> model.Plan:
        """The plan with its earlier editions, the newest first."""
        earlier = (_Plan(files, self.site).build() for files in self.files.earlier.values())
        return replace(
            self.build(),
            earlier=tuple(sorted(earlier, key=lambda plan: plan.edition, reverse=True)),
            withdrawn={w.id: self.withdrawn(w) for w in self.files.record("withdrawn.yaml") or ()},
            new_tasks=tuple(map(self.new_task, self.files.record("new-tasks.yaml") or ())),
            succession=tuple(
                model.Succeeded(s.measure or "", s.relation, tuple(s.earlier), _maybe(s.how))
                for s in self.files.record("succession.yaml") or ()
            ),
        )

    def build(self) -> model.Plan:
        """One edition."""
        r = self.files.record("plan.yaml")
        projects = self.files.record("projects.yaml")
        return model.Plan(
            id=r.id,
            jurisdiction=r.jurisdiction,
            kind=r.kind,
            title=_text(r.title),
            short_title=_text(r.short_title),
            issuer=_maybe(r.issuer),
            document_number=r.document_number,
            period=(r.period[0] or 0, r.period[1] or 0),
            edition=_edition(r.edition),
            issued=r.issued,
            url=r.url,
            based_on=tuple(r.based_on),
            summary=_text(r.summary),
            key_numbers=tuple(number.indicator for number in r.key_numbers),
            source=model.Source(r.source.file, r.source.sha256, r.source.original),
            chapters=tuple(self.chapter(chapter) for chapter in self.files.record("outline.yaml")),
            measures={m.id: self.measure(m) for loaded in self.files.measures for m in loaded.record},
            indicators=self.indicators(self.files.record("indicators.yaml")),
            goals={g.id: self.goal(g) for g in self.files.record("goals.yaml") or ()},
            completion=self.completion(self.files.record("completion.yaml")),
            standing=self.standing(r.standing),
            boxes=tuple(self.box(box) for box in projects.boxes) if projects else (),
            projects={p.id: self.project(p) for p in projects.projects} if projects else {},
            progress={p.id: self.progress(p) for p in self.files.record("progress.yaml") or ()},
            notes={n.id: self.note(n) for n in self.files.record("notes.yaml") or ()},
            follows=r.follows or "",
            needs_review=tuple(r.needs_review),
        )

    def chapter(self, r: Any) -> model.Chapter:
        return model.Chapter(
            r.number,
            _text(r.title),
            _maybe(r.subtitle),
            _maybe(r.intro),
            tuple(r.places),
            tuple(r.cites),
            tuple(
                model.Section(
                    s.number,
                    _text(s.title),
                    _maybe(s.intro),
                    tuple(
                        model.Group(g.mark, _text(g.title), (g.items[0], g.items[1]) if g.items else (0, 0))
                        for g in s.groups
                    ),
                )
                for s in r.sections
            ),
            tuple(r.needs_review),
        )

    def quantity(self, r: Any) -> model.Quantity:
        return model.Quantity(
            what=_text(r.what),
            op=r.op or "=",
            value=r.value,
            unit=self.site.units[r.unit] if r.unit else None,
            worded=self.site.worded_values[r.worded] if r.worded else None,
            year=r.year or 0,
            compared_with=r.compared_with or 0,
            concept=r.indicator or "",
            scope=r.scope or "",
            topic=r.topic or "",
        )

    def goal(self, r: Any) -> model.Goal:
        return model.Goal(r.id, self.files.id, r.at.chapter, r.at.section, self.quantity(r), tuple(r.needs_review))

    def roles(self) -> dict[str, str]:
        """Every spelling of a body → its role."""
        jurisdiction = self.files.record("plan.yaml").jurisdiction
        return {
            word: role.id
            for role in self.site.departments.values()
            for word in (role.bodies[jurisdiction].printed if jurisdiction in role.bodies else ())
        }

    def standing(self, r: Any) -> model.Standing | None:
        if r is None:
            return None
        roles = self.roles()
        return model.Standing(r.measure, tuple(model.Assignment(roles[word], "with", word) for word in r.with_))

    def measure(self, r: Any) -> model.Measure:
        return model.Measure(
            id=r.id,
            plan=self.files.id,
            chapter=r.at.chapter,
            section=r.at.section,
            item=r.at.item,
            heading=r.heading,
            title=_text(r.title),
            summary=_text(r.summary),
            actions=tuple(map(_text, r.actions)),
            targets=tuple(map(self.quantity, r.targets)),
            assignments=self.assignments(r.departments),
            topics=tuple(r.topics),
            places=tuple(r.places),
            cites=tuple(r.cites),
            exceptions=tuple(model.NumberException(e.number, _text(e.why)) for e in r.exceptions),
            split_from=r.split_from or "",
            needs_review=tuple(r.needs_review),
        )

    def assignments(self, r: Any) -> tuple[model.Assignment, ...]:
        roles = self.roles()
        return tuple(model.Assignment(roles[word], role, word) for role, words in r.by_role() for word in words)

    def new_task(self, r: Any) -> model.NewTask:
        return model.NewTask(
            r.at.chapter, r.at.section, r.at.item, r.heading, self.assignments(r.departments), r.split_from or ""
        )

    def withdrawn(self, r: Any) -> model.Withdrawn:
        return model.Withdrawn(r.id, _edition(r.last), r.fate, tuple(r.into), _maybe(r.text))

    def cell(self, r: Any) -> model.Cell:
        return model.Cell(r.printed, r.op or "=", r.value, self.site.worded_values[r.worded] if r.worded else None)

    def box(self, r: Any) -> model.Box:
        return model.Box(r.number, _text(r.title), r.at.chapter, r.at.section)

    def indicators(self, r: Any) -> model.IndicatorTable | None:
        if r is None:
            return None
        rows = tuple(
            model.Indicator(
                row.number,
                row.category,
                _text(row.name),
                row.printed_name,
                row.concept,
                self.site.units[row.unit],
                self.cell(row.baseline) if row.baseline else model.Cell(""),
                self.cell(row.target),
                row.attribute,
                row.scope or "",
                tuple(row.needs_review),
            )
            for row in r.rows
        )
        return model.IndicatorTable(
            self.box(r.box),
            (r.declared.total, r.declared.binding, r.declared.anticipatory) if r.declared else None,
            r.baseline_year or 0,
            r.target_year,
            {c.id: _text(c.name) for c in r.categories},
            rows,
        )

    def completion(self, r: Any) -> model.CompletionTable | None:
        if r is None:
            return None
        rows = tuple(
            model.CompletionRow(
                row.number,
                row.category,
                _text(row.name),
                row.printed_name,
                self.site.units[row.unit],
                self.cell(row.planned),
                self.cell(row.achieved),
                row.attribute,
                row.concept or "",
                _maybe(row.remark),
                tuple(row.needs_review),
            )
            for row in r.rows
        )
        return model.CompletionTable(self.box(r.box), r.year, {c.id: _text(c.name) for c in r.categories}, rows)

    def project(self, r: Any) -> model.Project:
        return model.Project(
            r.id,
            self.files.id,
            r.box,
            r.mark or "",
            _text(r.name),
            _text(r.text),
            tuple(map(self.quantity, r.quantities)),
            tuple(r.topics),
            tuple(r.places),
            tuple(r.cites),
            tuple(r.measures),
            tuple(r.needs_review),
        )

    def progress(self, r: Any) -> model.Progress:
        return model.Progress(
            r.id,
            self.files.id,
            r.at.chapter,
            r.at.section,
            r.at.group or 0,
            _text(r.text),
            tuple(map(self.quantity, r.figures)),
            tuple(r.topics),
            tuple(r.places),
            tuple(r.cites),
            tuple(r.needs_review),
        )

    def note(self, r: Any) -> model.Note:
        kinds: tuple[model.SubjectKind, ...] = (
            "indicator",
            "measure",
            "project",
            "progress",
            "chapter",
            "section",
            "front",
            "goal",
            "completion",
        )
        subjects = tuple(
            model.Subject(kind, str(getattr(s, kind)), _maybe(s.says), s.printed or "")
            for s in r.places
            for kind in kinds
            if getattr(s, kind) is not None
        )
        return model.Note(r.id, self.files.id, r.kind, _text(r.title), _text(r.text), subjects, tuple(r.needs_review))
