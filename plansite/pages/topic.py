"""Topics on two levels: a list, and a page for each with all that the plans say about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

from plansite import urls
from plansite.model import Concept, Indicator, Measure, Plan, Progress, Project, Quantity, Topic
from plansite.page import Crumb, Page
from plansite.pages.target import goal_rows
from plansite.parts.descriptions import listed
from plansite.parts.listings import (
    NO_YEAR,
    by_plan,
    counts,
    notes_about,
    short_name,
    targets_by_deadline_of,
)
from plansite.parts.summaries import count_measures
from plansite.view import Link, Row, View

Thing = TypeVar("Thing", Measure, Project, Progress)
BODIES = 2  # how many kinds of body named most often the first lines name, and more if they are named as often
MOST_BODIES = 4
SHOWN = 8  # more comparisons of the same task than this are folded
MANY = 40  # measures from here on only by name: each has its page, and each smaller topic tells more of its own


def pages(view: View) -> Iterator[Page]:
    """The list, and a page for each topic of both levels."""
    yield _list(view)
    for topic in view.site.topics.values():
        yield _page(view, topic)


def _list(view: View) -> Page:
    _, topics = view._, view.site.topics
    tops = [topic for topic in topics.values() if not topic.parent]
    title = _("Topics")
    context = {
        "groups": [
            {
                "title": view.text(top.name),
                "path": view.path(urls.topic(top.id)),
                "count": _counts(view, top),
                "topics": [(*_link(view, topics[id]), _counts(view, topics[id])) for id in top.children],
            }
            for top in tops
        ]
    }
    return Page(
        kind="topics",
        locale=view.locale,
        address=urls.TOPICS,
        template="topics.html",
        title=title,
        description=_(
            "What the plans are about: %(tops)s fields with %(topics)s topics, each with its measures, "
            "targets, projects and results.",
            tops=len(tops),
            topics=len(topics) - len(tops),
        ),
        context=context,
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="topics",
        in_search=False,
    )


def _page(view: View, topic: Topic) -> Page:
    ids, name = (topic.id, *topic.children), view.text(topic.name)
    measures = _collect(view, view.links.by_topic, ids)
    projects = _collect(view, view.links.projects_by_topic, ids)
    results = _collect(view, view.links.progress_by_topic, ids)
    rows = _rows(view, ids)
    targets, others = _targets(view, measures, set(ids))
    years = [int(row["year"]) for row in targets if row["year"]]
    years += [plan.indicators.target_year for plan, _row in rows if plan.indicators]
    families = [
        (view.text(family.title), view.path(urls.family(family.id)))
        for family in view.site.families.values()
        if family.topic in ids
    ]
    topics = view.site.topics
    parent = topics[topic.parent] if topic.parent else None
    context = {
        "name": name,
        "parent": _link(view, parent) if parent else None,
        "children": [(*_link(view, topics[id]), _counts(view, topics[id])) for id in topic.children],
        "siblings": [_link(view, topics[id]) for id in parent.children if id != topic.id] if parent else [],
        "indicators": [view.indicator(plan, row) | _indicator_words(view, plan) for plan, row in rows],
        "targets": targets,
        "others": others,
        "concepts": [
            (view.text(concept.name), view.path(urls.indicator(concept.id))) for concept in _concepts(view, ids)
        ],
        "families": families,
        "families_count": view.counted(len(families), "%(count)s task compared", "%(count)s tasks compared")
        if len(families) > SHOWN
        else "",
        "brief": len(measures) > MANY,
        "projects_count": counts(view, 0, len(projects), 0),
        "results_count": counts(view, 0, 0, len(results)),
        "measures": by_plan(view, measures),
        "silent": _silent(view, measures),
        "projects": [view.project(project) for project in projects],
        "results": [view.progress(result) for result in results],
        "terms": [
            {
                "term": view.text(term.term),
                "other": term.term.zh if view.locale == "en" else term.term.en,
                "definition": view.text(term.definition),
                "path": view.path(urls.glossary_term(term.id)),
            }
            for term in view.site.terms.values()
            if set(term.topics) & set(ids)
        ],
        "notes": notes_about(view, measures, [*projects, *results], [(plan, row.number) for plan, row in rows]),
        "topics_path": view.path(urls.TOPICS),
    }
    return Page(
        kind="topic",
        locale=view.locale,
        address=urls.topic(topic.id),
        template="topic.html",
        title=name,
        description=_lead(view, name, measures, projects, results, min(years, default=0)),
        context=context,
        crumbs=_crumbs(view, topic, parent),
        section="topics",
        filters=_filters(topic, ids, measures),
    )


def _lead(
    view: View, name: str, measures: list[Measure], projects: list[Project], results: list[Progress], year: int
) -> str:
    """How much there is about the topic, the year of its first target (0: there is none), and who does most of it."""
    _ = view._
    if not measures:
        return (
            _("No plan has a measure on %(topic)s.", topic=name)
            if not projects and not results
            else _("%(counts)s.", counts=counts(view, 0, len(projects), len(results)))
        )
    plans = dict.fromkeys(short_name(view, view.plan_of(measure)) for measure in measures)
    parts = [
        _(
            "%(counts)s of %(plans)s.",
            counts=counts(view, len(measures), len(projects), len(results)),
            plans=view.join(plans),
        )
    ]
    if year:
        parts.append(_("First target: by the end of %(year)s.", year=year))
    if most := _named_most(measures):
        bodies = [
            _("%(body)s (%(count)s)", body=view.text(view.site.departments[id].name), count=count) for id, count in most
        ]
        parts.append(_("Named in most measures, by kind of body: %(bodies)s.", bodies=listed(view, bodies)))
    return ("" if view.locale == "zh" else " ").join(parts)


def _named_most(measures: Iterable[Measure]) -> list[tuple[str, int]]:
    """The kinds of body that most measures name, and how many do; none where too many are named equally often."""
    counts = Counter(id for measure in measures for id in {a.department: None for a in measure.assignments})
    ranked = counts.most_common()
    least = ranked[:BODIES][-1][1]
    most = [(id, count) for id, count in ranked if count >= least]
    return most if len(most) <= MOST_BODIES else [(id, count) for id, count in most if count > least]


def _targets(view: View, measures: list[Measure], topics: set[str]) -> tuple[list[Row], list[Row]]:
    """Targets about the topic, of measures and of the running text, and the others of these measures.

    A target is about the topic it names or those of its indicator, otherwise about the main topic of its measure. The
    first deadline stands first, and each has its plan in short.
    """
    pairs = [(measure, target) for measure in measures for target in measure.targets]
    others = [pair for pair in pairs if not topics & set(_topics(view, *pair))]
    own = [pair for pair in pairs if topics & set(_topics(view, *pair))]
    here = {(measure.plan, measure.id) for measure in measures}
    own += [
        (measure, target)
        for concept in _concepts(view, topics)
        for measure, target in view.links.by_concept.get(concept.id, [])
        if (measure.plan, measure.id) not in here
    ]
    goals = [row for row in goal_rows(view) if topics & set(row["data"]["topic"].split())]
    own_rows, other_rows = (
        [row | {"plan": short_name(view, view.site.plans[row["data"]["plan"]])} for row in rows]
        for rows in (targets_by_deadline_of(view, own) + goals, targets_by_deadline_of(view, others))
    )
    return sorted(own_rows, key=lambda row: int(row["year"] or NO_YEAR)), other_rows


def _topics(view: View, measure: Measure, target: Quantity) -> tuple[str, ...]:
    if target.topic:
        return (target.topic,)
    return view.site.concepts[target.concept].topics if target.concept else measure.topics[:1]


def _concepts(view: View, topics: Iterable[str]) -> list[Concept]:
    wanted = set(topics)
    return [concept for concept in view.site.concepts.values() if wanted & set(concept.topics)]


def _silent(view: View, measures: list[Measure]) -> list[tuple[str, str]]:
    """Id and name of the plans without a measure on the topic, so that the anchor of each plan is always there."""
    plans = {measure.plan for measure in measures}
    return [(plan.id, short_name(view, plan)) for plan in view.site.plans.values() if plan.id not in plans]


def _counts(view: View, topic: Topic) -> str:
    ids = (topic.id, *topic.children)
    return count_measures(view, len(_collect(view, view.links.by_topic, ids)))


def _collect(view: View, index: dict[str, list[Thing]], ids: Iterable[str]) -> list[Thing]:
    """What has one of some topics, each thing once, in the order of the plans' pages."""
    found = {(thing.plan, thing.id): thing for id in ids for thing in index.get(id, [])}
    plans = list(view.site.plans)
    return sorted(found.values(), key=lambda thing: _place(plans, thing))


def _place(plans: list[str], thing: Measure | Project | Progress) -> tuple[int, ...]:
    """By plan; there measures stand by their number, projects and results keep the order they were found in."""
    place = (thing.chapter, thing.section, thing.item) if isinstance(thing, Measure) else ()
    return (plans.index(thing.plan), *place)


def _rows(view: View, ids: tuple[str, ...]) -> list[tuple[Plan, Indicator]]:
    return [pair for concept in _concepts(view, ids) for pair in view.links.rows_by_concept.get(concept.id, [])]


def _indicator_words(view: View, plan: Plan) -> Row:
    assert plan.indicators
    return {
        "plan": short_name(view, plan),
        "baseline_year": plan.indicators.baseline_year,
        "target_year": plan.indicators.target_year,
    }


def _link(view: View, topic: Topic) -> Link:
    return view.text(topic.name), view.path(urls.topic(topic.id))


def _crumbs(view: View, topic: Topic, parent: Topic | None) -> tuple[Crumb, ...]:
    above = ((view.text(parent.name), urls.topic(parent.id)),) if parent else ()
    return ((view._("Home"), urls.HOME), (view._("Topics"), urls.TOPICS), *above, (view.text(topic.name), None))


def _filters(topic: Topic, ids: Iterable[str], measures: list[Measure]) -> tuple[tuple[str, str], ...]:
    plans = dict.fromkeys(measure.plan for measure in measures)
    topics = dict.fromkeys(id for id in (*ids, topic.parent) if id)
    return (("kind", "topic"), *(("plan", id) for id in plans), *(("topic", id) for id in topics))
