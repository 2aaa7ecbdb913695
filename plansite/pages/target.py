"""Every number with a deadline: targets of measures and rows of indicator tables, in one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from plansite import urls
from plansite.model import Indicator, Plan
from plansite.page import Page
from plansite.parts import charts
from plansite.parts.listings import NO_YEAR, count_targets, indicator_place, passed_deadlines, short_name
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page."""
    _ = view._
    rows = sorted([*_measures(view), *_indicators(view), *goal_rows(view)], key=lambda row: int(row["year"] or NO_YEAR))
    title = _("Targets")
    context = {
        "rows": rows,
        "passed": passed_deadlines(view, view.site.plans.values()),
        "fields": _fields(view, rows),
        "timeline": _timeline(view, rows),
        "chart": _chart(view, rows),
        "csv_path": "data/targets.csv",
    }
    yield Page(
        kind="targets",
        locale=view.locale,
        address=urls.TARGETS,
        template="targets.html",
        title=title,
        description=_description(view, rows),
        context=context,
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="targets",
        in_search=False,
    )


def _description(view: View, rows: list[Row]) -> str:
    _, years = view._, sorted({row["year"] for row in rows if row["year"]})
    measures = sum(row["data"]["kind"] == "measure" for row in rows)
    text = _(
        "%(count)s targets by deadline: %(measures)s from measures, %(indicators)s from indicator tables, "
        "%(goals)s from the running text.",
        count=len(rows),
        measures=measures,
        indicators=sum(row["data"]["kind"] == "indicator" for row in rows),
        goals=sum(row["data"]["kind"] == "goal" for row in rows),
    )
    if not years:
        return text
    ends = _(
        "The first fall due at the end of %(first)s, the last at the end of %(last)s.", first=years[0], last=years[-1]
    )
    return f"{text}{ends}" if view.locale == "zh" else f"{text} {ends}"


def _measures(view: View) -> Iterable[Row]:
    for measure in view.links.measures:
        for target in measure.targets:
            row = view.target(measure, target)
            yield row | {
                "plan": short_name(view, view.plan_of(measure)),
                "data": row["data"] | {"topic": _topics(view, measure.topics)},
            }


def _indicators(view: View) -> Iterable[Row]:
    for plan in view.site.plans.values():
        for row in plan.indicators.rows if plan.indicators else ():
            yield _indicator(view, plan, row)


def _indicator(view: View, plan: Plan, indicator: Indicator) -> Row:
    """A row of an indicator table in the form of View.target."""
    assert plan.indicators
    row, year = view.indicator(plan, indicator), str(plan.indicators.target_year)
    place, path = indicator_place(view, plan, indicator.number)
    value = indicator.target.value
    return {
        "what": row["name"],
        "value": row["target_with_unit"],
        "worded": row["target_worded"],
        "source": f"{view.path(urls.plan_indicators(plan.id))}#p{indicator.number}" if plan.id in view.official else "",
        "year": year,
        "title": place,
        "path": path,
        "locator": "",
        "plan": short_name(view, plan),
        "sort": "" if value is None else str(value),
        "data": {
            "year": year,
            "plan": plan.id,
            "kind": "indicator",
            "topic": _topics(view, view.site.concepts[indicator.concept].topics),
        },
    }


def goal_rows(view: View) -> Iterable[Row]:
    """The targets of the running text, in the form of View.target."""
    for plan in view.site.plans.values():
        for goal in plan.goals.values():
            row, item = view.goal(goal), goal.quantity
            topics = (item.topic,) if item.topic else view.site.concepts[item.concept].topics if item.concept else ()
            yield row | {
                "title": row["place"][0],
                "path": view.path(urls.goal(plan.id, goal.id)),
                "source": f"{view.path(urls.plan_indicators(plan.id))}{row['source']}" if row["source"] else "",
                "locator": "",
                "plan": short_name(view, plan),
                "sort": "" if item.value is None else str(item.value),
                "data": {"year": row["year"], "plan": plan.id, "kind": "goal", "topic": _topics(view, topics)},
            }


def _topics(view: View, ids: Iterable[str]) -> str:
    """Topics of both levels, for the filter."""
    both = (each for id in ids for each in (id, view.site.topics[id].parent) if each)
    return " ".join(dict.fromkeys(both))


def _fields(view: View, rows: list[Row]) -> list[Row]:
    """The filters, with only those choices that find something."""
    _, site = view._, view.site
    data = [row["data"] for row in rows]
    years = sorted({each["year"] for each in data if each["year"]})
    plans = [plan for plan in site.plans.values() if plan.id in {each["plan"] for each in data}]
    used = {id for each in data for id in each["topic"].split()}
    topics = [id for top in site.topics.values() if not top.parent for id in (top.id, *top.children) if id in used]
    return [
        {"name": "year", "label": _("By the end of"), "options": [(year, year) for year in years]},
        {
            "name": "kind",
            "label": _("Kind"),
            "options": [
                ("measure", _("From a measure")),
                ("indicator", _("From an indicator table")),
                ("goal", _("From the running text")),
            ],
        },
        {"name": "topic", "label": _("Topic"), "options": [(id, _topic_label(view, id)) for id in topics]},
        {"name": "plan", "label": _("Plan"), "options": [(plan.id, view.text(plan.short_title)) for plan in plans]},
    ]


def _topic_label(view: View, id: str) -> str:
    topic = view.site.topics[id]
    name = view.text(topic.name)
    return f"{view.text(view.site.topics[topic.parent].name)} › {name}" if topic.parent else name


def _timeline(view: View, rows: list[Row]) -> list[Row]:
    """By year: how many end then, and which; the years when many do are left to the table."""
    timeline = []
    for year in sorted({row["year"] for row in rows if row["year"]}):
        due = [row for row in rows if row["year"] == year]
        listed = due if len(due) <= LISTED else []
        timeline.append({"year": year, "count": count_targets(view, len(due)), "rows": listed})
    if undated := sum(not row["year"] for row in rows):
        timeline.append({"year": view._("Without a year"), "count": count_targets(view, undated), "rows": []})
    return timeline


LISTED = 12  # a year with more targets than this names none of them in the timeline


def _chart(view: View, rows: list[Row]) -> Row | None:
    """How many targets end in each year, as bars and as a table by kind."""
    if not rows:
        return None
    _ = view._
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row["year"] or _("No year"), Counter())[row["data"]["kind"]] += 1
    title = _("Targets by the year in which they fall due")
    return {
        "id": "chart-years",
        "svg": charts.bars("chart-years", title, [(year, kinds.total()) for year, kinds in counts.items()]),
        "caption": title,
        "head": (_("Year"), _("From measures"), _("From indicator tables"), _("From the running text"), _("Together")),
        "rows": tuple(
            (year, str(kinds["measure"]), str(kinds["indicator"]), str(kinds["goal"]), str(kinds.total()))
            for year, kinds in counts.items()
        ),
    }
