"""Places: a list by kind, those named most often first, and a page for each with all that the plans do there."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import Measure, Place
from plansite.page import Page
from plansite.parts.descriptions import named, named_in
from plansite.parts.listings import by_plan, chapter_rows, counts, first_deadline, notes_about, plans_of
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """The list, and a page for each place."""
    yield _list(view)
    for place in view.site.places.values():
        yield _page(view, place)


def _list(view: View) -> Page:
    _, kinds = view._, _kinds(view)
    title = _("Places")
    groups = []
    for kind, (_one, many) in kinds.items():
        mentions = {place: _mentions(view, place) for place in view.site.places.values() if place.kind == kind}
        if mentions:
            rows = [
                {
                    "name": view.text(place.name),
                    "path": view.path(urls.place(place.id)),
                    "districts": _districts(view, place),
                    "count": counts(view, *numbers),
                }
                for place, numbers in sorted(mentions.items(), key=lambda pair: -sum(pair[1]))
            ]
            groups.append((many, rows))
    return Page(
        kind="places",
        locale=view.locale,
        address=urls.PLACES,
        template="places.html",
        title=title,
        description=_(
            "Where it happens: %(count)s rivers, reservoirs, townships, roads and zones that the plans name, "
            "and what is to be done there.",
            count=len(view.site.places),
        ),
        context={"groups": groups},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="places",
        in_search=False,
    )


def _page(view: View, place: Place) -> Page:
    _, links, name = view._, view.links, view.text(place.name)
    measures = links.by_place.get(place.id, [])
    projects = links.projects_by_place.get(place.id, [])
    results = links.progress_by_place.get(place.id, [])
    chapters = chapter_rows(view, links.chapters_by_place.get(place.id, []))
    kind = _kinds(view)[place.kind][0]
    context = {
        "name": name,
        "kind": kind,
        "chinese": place.name.zh if view.locale == "en" else "",
        "printed": place.printed,
        "jurisdictions": [
            (view.text(view.site.jurisdictions[id].name), view.path(urls.district(id))) for id in place.jurisdictions
        ],
        "measures": [
            group | {"rows": [_row(view, place, measure) for measure in measures if measure.plan == group["id"]]}
            for group in by_plan(view, measures)
        ],
        "projects": [view.project(project) for project in projects],
        "results": [view.progress(result) for result in results],
        "chapters": chapters,
        "notes": notes_about(view, (), [*projects, *results]),
        "all_path": view.path(urls.PLACES),
    }
    lead = _(
        "%(kind)s in %(district)s: %(counts)s.",
        kind=kind,
        district=_districts(view, place),
        counts=counts(view, len(measures), len(projects), len(results), len(chapters)),
    )
    if year := first_deadline(measures):
        first = _("The measures’ first target falls due at the end of %(year)s.", year=year)
        lead = f"{lead}{first}" if view.locale == "zh" else f"{lead} {first}"
    return Page(
        kind="place",
        locale=view.locale,
        address=urls.place(place.id),
        template="place.html",
        title=name,
        description=lead,
        told=(named(view, name, lead), *named_in(view, measures, projects, chapters)),
        context=context,
        crumbs=((_("Home"), urls.HOME), (_("Places"), urls.PLACES), (name, None)),
        section="places",
        filters=(("kind", "place"), *(("plan", id) for id in plans_of(measures, projects, results))),
    )


def _row(view: View, place: Place, measure: Measure) -> Row:
    """A measure with its commitments that name the place: text, number and path of each."""
    row = view.measure(measure)
    return row | {
        "commitments": [
            {
                "text": view.text(measure.actions[number - 1]),
                "label": view._("Commitment %(number)s", number=number),
                "path": f"{row['path']}#a{number}",
            }
            for number in _naming(view, place, measure)
        ]
    }


def _naming(view: View, place: Place, measure: Measure) -> list[int]:
    """The numbers of the commitments whose Chinese names a place, and not only another one with a longer name."""
    names = (place.name.zh, *place.printed)
    longer = [
        other
        for id in measure.places
        for other in (view.site.places[id].name.zh, *view.site.places[id].printed)
        if other not in names and any(name in other for name in names)
    ]
    numbers = []
    for number, action in enumerate(measure.actions, start=1):
        text = action.zh
        for other in longer:
            text = text.replace(other, "")
        if any(name in text for name in names):
            numbers.append(number)
    return numbers


def _districts(view: View, place: Place) -> str:
    return view.join(view.text(view.site.jurisdictions[id].name) for id in place.jurisdictions)


def _mentions(view: View, place: Place) -> tuple[int, int, int, int]:
    """How many measures, projects, claimed results and chapters name the place."""
    links, id = view.links, place.id
    return (
        len(links.by_place.get(id, [])),
        len(links.projects_by_place.get(id, [])),
        len(links.progress_by_place.get(id, [])),
        len(links.chapters_by_place.get(id, [])),
    )


def _kinds(view: View) -> dict[str, tuple[str, str]]:
    """Name of one place of a kind, and heading for all of them, in the order of the list."""
    _ = view._
    return {
        "river": (_("River"), _("Rivers and ditches")),
        "lake": (_("Lake"), _("Lakes")),
        "reservoir": (_("Reservoir"), _("Reservoirs")),
        "park": (_("Park"), _("Parks")),
        "mountain": (_("Mountain"), _("Mountains")),
        "township": (_("Township"), _("Townships")),
        "village": (_("Village"), _("Villages")),
        "road": (_("Road"), _("Roads")),
        "zone": (_("Zone"), _("Zones and quarters")),
        "reserve": (_("Nature reserve"), _("Nature reserves")),
        "county": (_("County, city or district"), _("Counties, cities and districts")),
        "facility": (_("Facility"), _("Facilities")),
    }
