"""Cities and districts: a list, and everything about each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plansite import urls
from plansite.model import Jurisdiction, Measure, Plan
from plansite.page import Crumb, Page
from plansite.parts.listings import passed_deadlines
from plansite.parts.summaries import count_measures, note_cards, period_between, plan_card, topic_cards
from plansite.view import Row, View

NOTES = 6  # contradictions


def pages(view: View) -> Iterator[Page]:
    """The list, and a page for each jurisdiction that has a plan or is the parent of one that has."""
    shown = [j for j in view.site.jurisdictions.values() if _plans(view, j) or _children(view, j)]
    yield _list(view, shown)
    for jurisdiction in shown:
        yield _page(view, jurisdiction)


def _list(view: View, shown: list[Jurisdiction]) -> Page:
    title = view._("Cities and districts")
    groups = [
        {**_card(view, j), "children": [_card(view, child) for child in _children(view, j)]}
        for j in shown
        if not j.parent
    ]
    return Page(
        kind="districts",
        locale=view.locale,
        address=urls.DISTRICTS,
        template="districts.html",
        title=title,
        description=view._("Every city and district whose environmental plans this site restates, with its plans."),
        context={"groups": groups},
        crumbs=((view._("Home"), urls.HOME), (title, None)),
        section="districts",
        in_search=False,
    )


def _page(view: View, jurisdiction: Jurisdiction) -> Page:
    plans, name = _plans(view, jurisdiction), view.text(jurisdiction.name)
    measures = [measure for plan in plans for measure in plan.measures.values()]
    bodies = _bodies(view, jurisdiction, measures)
    notes = sum(len(plan.notes) for plan in plans)
    context = {
        "name": name,
        "official_name": view.text(jurisdiction.official_name),
        "printed_name": jurisdiction.official_name.zh if view.locale == "en" else "",
        "parent": _link(view, jurisdiction.parent) if jurisdiction.parent else None,
        "summary": view.text(jurisdiction.summary),
        "children": [_card(view, child) for child in _children(view, jurisdiction)],
        "passed": passed_deadlines(view, plans),
        "plans": [plan_card(view, plan) for plan in plans],
        "chapters": [(view.text(plan.short_title), _chapters(view, plan)) for plan in plans],
        "bodies": bodies,
        "topics": topic_cards(view, measures, own=True),
        "places": _places(view, jurisdiction, plans),
        "notes": note_cards(view, plans, NOTES),
        "notes_link": (
            view.counted(notes, "The %(count)s editor’s note", "All %(count)s editor’s notes"),
            view.path(urls.NOTES),
        ),
        "plans_path": view.path(urls.PLANS),
    }
    return Page(
        kind="district",
        locale=view.locale,
        address=urls.district(jurisdiction.id),
        template="district.html",
        title=name,
        description=_description(view, jurisdiction, plans, len(measures), len(bodies)),
        context=context,
        crumbs=_crumbs(view, jurisdiction),
        section="districts",
        filters=(("kind", "district"), *(("plan", plan.id) for plan in plans)),
    )


def _description(view: View, jurisdiction: Jurisdiction, plans: list[Plan], measures: int, bodies: int) -> str:
    _, name = view._, view.text(jurisdiction.name)
    if not plans:
        return _("%(name)s and the districts whose environmental plans this site restates.", name=name)
    years = [year for plan in plans for year in plan.period if year]
    return _(
        "What %(name)s has promised for its environment (%(period)s): %(measures)s measures of %(bodies)s responsible "
        "bodies, with targets, places and topics.",
        name=name,
        measures=measures,
        bodies=bodies,
        period=period_between(view, min(years), max(years)),
    )


def _plans(view: View, jurisdiction: Jurisdiction) -> list[Plan]:
    return [plan for plan in view.site.plans.values() if plan.jurisdiction == jurisdiction.id]


def _children(view: View, jurisdiction: Jurisdiction) -> list[Jurisdiction]:
    return [j for j in view.site.jurisdictions.values() if j.parent == jurisdiction.id and _plans(view, j)]


def _link(view: View, id: str) -> tuple[str, str]:
    return view.text(view.site.jurisdictions[id].name), view.path(urls.district(id))


def _crumbs(view: View, jurisdiction: Jurisdiction) -> tuple[Crumb, ...]:
    parents = [view.site.jurisdictions[jurisdiction.parent]] if jurisdiction.parent else []
    return (
        (view._("Home"), urls.HOME),
        (view._("Cities and districts"), urls.DISTRICTS),
        *((view.text(parent.name), urls.district(parent.id)) for parent in parents),
        (view.text(jurisdiction.name), None),
    )


def _card(view: View, jurisdiction: Jurisdiction) -> Row:
    plans = _plans(view, jurisdiction)
    name, path = _link(view, jurisdiction.id)
    counts = [
        view.counted(len(plans), "%(count)s plan", "%(count)s plans"),
        count_measures(view, sum(len(plan.measures) for plan in plans)),
    ]
    return {
        "title": name,
        "path": path,
        "text": view.text(jurisdiction.summary),
        "meta": " · ".join(counts) if plans else "",
    }


def _chapters(view: View, plan: Plan) -> list[Row]:
    rows = []
    for chapter in plan.chapters:
        count = sum(measure.chapter == chapter.number for measure in plan.measures.values())
        rows.append(
            {
                "number": chapter.number,
                "title": view.text(chapter.title),
                "path": view.path(urls.chapter(plan.id, chapter.number)),
                "measures": count_measures(view, count) if count else "",
            }
        )
    return rows


def _bodies(view: View, jurisdiction: Jurisdiction, measures: list[Measure]) -> list[Row]:
    """The bodies by how many measures name them."""
    named = [assignment for measure in measures for assignment in measure.assignments]
    rows = []
    for id in dict.fromkeys(assignment.department for assignment in named):
        roles = [assignment.role for assignment in named if assignment.department == id]
        rows.append(
            {
                "name": view.text(view.site.body(id, jurisdiction.id)),
                "path": view.path(urls.department(id)),
                "measures": len(roles),
                "leads": roles.count("lead"),
                "responsible": roles.count("responsible") + roles.count("shared"),
                "with": roles.count("with"),
                "unstated": roles.count("unstated"),
            }
        )
    return sorted(rows, key=lambda row: -row["measures"])


def _places(view: View, jurisdiction: Jurisdiction, plans: list[Plan]) -> list[tuple[str, str]]:
    """Links to the places the plans name, with how often, most often first.

    Where other plans have measures too, a link leads to those of the first of these plans.
    """
    things = [
        thing for plan in plans for group in (plan.measures, plan.projects, plan.progress) for thing in group.values()
    ]
    counts = Counter(id for thing in things for id in thing.places)
    first = {id: thing.plan for thing in reversed(things) if isinstance(thing, Measure) for id in thing.places}
    shared = {id for id in first if len({measure.plan for measure in view.links.by_place[id]}) > 1}
    return [
        (
            f"{view.text(view.site.places[id].name)} {count}",
            view.path(urls.place(id, first[id] if id in shared else "")),
        )
        for id, count in counts.most_common()
        if jurisdiction.id in view.site.places[id].jurisdictions
    ]
