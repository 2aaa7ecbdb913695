"""The search page: a box, filters to which the script adds counts, and lists of links for when nothing is typed."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.page import Page
from plansite.view import Link, Row, View

Option = tuple[str, str, str]
"""The value of a filter, its name, and the name of one such page (kinds only)."""


def pages(view: View) -> Iterator[Page]:
    """One page."""
    _ = view._
    title = _("Search")
    yield Page(
        kind="search",
        locale=view.locale,
        address=urls.SEARCH,
        template="search.html",
        title=title,
        description=_("Search every measure, indicator, project, place and responsible body of the plans."),
        context={
            "filters": _filters(view),
            "browse": _browse(view),
            "covered": _covered(view),
            "topics_path": view.path(urls.TOPICS),
        },
        crumbs=((_("Home"), urls.HOME), (title, None)),
        in_search=False,
        modules=("stem.js", "postings.js", "query.js", "lookup.js", "ranking.js", "results.js", "search.js"),
    )


def _filters(view: View) -> list[Row]:
    """The select elements: name, label, groups of options [(heading or nothing, options)]."""
    _, site, links = view._, view.site, view.links
    plans = [(id, view.text(plan.short_title), "") for id, plan in site.plans.items()]
    departments = [
        (id, view.text(department.name), "") for id, department in site.departments.items() if id in links.by_department
    ]
    years = sorted({str(target.year) for measure in links.measures for target in measure.targets if target.year})
    rows: list[tuple[str, str, list[tuple[str, list[Option]]]]] = [
        ("kind", _("Kind of page"), [("", _kinds(view))]),
        ("plan", _("Plan"), [("", plans)]),
        ("topic", _("Topic"), _topics(view)),
        ("department", _("Responsible body"), [("", departments)]),
        ("year", _("Target year"), [("", [(year, view.date(year), "") for year in years])]),
    ]
    return [{"name": name, "label": label, "groups": groups} for name, label, groups in rows]


def _kinds(view: View) -> list[Option]:
    """Kinds of page in the order of the results; a value may name several, "other" is all that are not named."""
    _ = view._
    return [
        ("measure", _("Measures"), _("Measure")),
        ("family families cascade", _("Shared measures"), _("Shared measure")),
        ("indicator indicators plan-indicators targets", _("Indicators and targets"), _("Indicator")),
        ("project projects", _("Projects"), _("Project")),
        ("progress", _("Results claimed"), _("Results claimed")),
        ("place places", _("Places"), _("Place")),
        ("topic topics", _("Topics"), _("Topic")),
        ("department departments", _("Responsible bodies"), _("Responsible body")),
        ("chapter", _("Chapters"), _("Chapter")),
        ("plan plans measures district districts", _("Plans and districts"), _("Plan or district")),
        ("document documents", _("Documents named"), _("Document named")),
        ("note notes plan-notes", _("Editor’s notes"), _("Editor’s note")),
        ("other", _("Other pages"), _("Other page")),
    ]


def _topics(view: View) -> list[tuple[str, list[Option]]]:
    """Each upper topic, as a whole and by its parts."""
    topics = view.site.topics
    return [
        (
            view.text(topic.name),
            [
                (id, view._("%(topic)s: all", topic=view.text(topic.name)), ""),
                *((child, view.text(topics[child].name), "") for child in topic.children),
            ],
        )
        for id, topic in topics.items()
        if not topic.parent
    ]


def _covered(view: View) -> list[Link]:
    """The districts and cities that have a plan here."""
    areas = {plan.jurisdiction for plan in view.site.plans.values()}
    return [
        (view.text(area.name), view.path(urls.district(id)))
        for id, area in view.site.jurisdictions.items()
        if id in areas
    ]


def _browse(view: View) -> list[tuple[str, str, list[Link]]]:
    """Lists of links: (kind of chip, heading, links)."""
    _, site = view._, view.site
    departments = [(view.text(entry.name), view.path(urls.department(id))) for id, entry in site.departments.items()]
    return [
        ("topic", _("By topic"), view.topic_links(site.topics)),
        ("department", _("By responsible body"), departments),
        ("place", _("By place"), view.place_links(site.places)),
    ]
