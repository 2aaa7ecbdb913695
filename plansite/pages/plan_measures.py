"""All measures of a plan in one table, to sort and filter."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import Measure, Plan
from plansite.page import Page
from plansite.parts.descriptions import listed
from plansite.parts.summaries import by_topic, period
from plansite.view import Row, View

TABLE = "measures"


def pages(view: View) -> Iterator[Page]:
    """One page for each plan that has measures."""
    for plan in view.site.plans.values():
        if plan.measures:
            yield _page(view, plan)


def _page(view: View, plan: Plan) -> Page:
    _, name, measures = view._, view.text(plan.short_title), list(plan.measures.values())
    title = _("Measures")
    context = {
        "plan": view.plan_link(plan),
        "caption": _("Measures, %(period)s", period=period(view, plan)),
        "table": TABLE,
        "fields": _fields(view, plan, measures),
        "rows": [_row(view, plan, measure) for measure in measures],
    }
    lead = view.counted(
        len(measures),
        "The plan’s one measure for %(period)s, with its bodies and targets.",
        "All %(count)s measures for %(period)s, each with its responsible bodies and targets.",
        period=period(view, plan),
    )
    things = listed(view, (view.text(measure.title) for measure in measures))
    return Page(
        kind="measures",
        locale=view.locale,
        address=urls.measures(plan.id),
        template="plan_measures.html",
        title=f"{title} · {name}",
        description=lead,
        told=(lead, _("Among them: %(things)s.", things=things)),
        context=context,
        crumbs=((_("Home"), urls.HOME), (name, urls.plan(plan.id)), (title, None)),
        section="plans",
        in_search=False,
    )


def _row(view: View, plan: Plan, measure: Measure) -> Row:
    parents = (view.site.topics[id].parent for id in measure.topics)
    return view.measure(measure) | {
        "sort": f"{measure.chapter:02}.{measure.section:02}.{measure.item:02}",
        "chapter": (
            f"{measure.chapter} {view.text(plan.chapter(measure.chapter).title)}",
            view.path(urls.chapter(plan.id, measure.chapter)),
        ),
        "targets": len(measure.targets),
        "data": {
            "chapter": measure.chapter,
            "department": " ".join(dict.fromkeys(assignment.department for assignment in measure.assignments)),
            "topic": " ".join(dict.fromkeys([*measure.topics, *filter(None, parents)])),
            "year": " ".join(dict.fromkeys(str(target.year) for target in measure.targets if target.year)),
        },
    }


def _fields(view: View, plan: Plan, measures: list[Measure]) -> list[Row]:
    """The filters: chapter, responsible body, topic of either level, target year."""
    _, topics = view._, view.site.topics
    about = by_topic(view, measures)
    groups = [[topic.id, *topic.children] for topic in topics.values() if not topic.parent]
    departments = dict.fromkeys(a.department for measure in measures for a in measure.assignments)
    years = sorted({target.year for measure in measures for target in measure.targets if target.year})
    used = {measure.chapter for measure in measures}
    return [
        {
            "name": "chapter",
            "label": _("Chapter"),
            "options": [
                (chapter.number, f"{chapter.number} {view.text(chapter.title)}")
                for chapter in plan.chapters
                if chapter.number in used
            ],
        },
        {
            "name": "department",
            "label": _("Responsible body"),
            "options": [(id, view.body_name(id, plan)) for id in departments],
        },
        {
            "name": "topic",
            "label": _("Topic"),
            "options": [
                (id, view.text(topics[id].name) if id == group[0] else f"— {view.text(topics[id].name)}")
                for group in groups
                for id in group
                if id in about
            ],
        },
        {"name": "year", "label": _("Target year"), "options": [(str(year), str(year)) for year in years]},
    ]
