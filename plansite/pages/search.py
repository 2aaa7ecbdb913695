"""The search page: a box, filters to which the script adds counts, and lists of links for when nothing is typed."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.page import Page
from plansite.view import Link, Row, View

Option = tuple[str, str]
"""The value of a filter and its name."""


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
        context={"filters": _filters(view), "browse": _browse(view), "topics_path": view.path(urls.TOPICS)},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        in_search=False,
        modules=("search.js",),
    )


def _filters(view: View) -> list[Row]:
    """The select elements: name, label, groups of options [(heading or nothing, options)]."""
    _, site, links = view._, view.site, view.links
    years = sorted({str(target.year) for measure in links.measures for target in measure.targets if target.year})
    rows: list[tuple[str, str, list[tuple[str, list[Option]]]]] = [
        ("kind", _("Kind of page"), [("", _kinds(view))]),
        ("plan", _("Plan"), [("", [(id, view.text(plan.short_title)) for id, plan in site.plans.items()])]),
        ("topic", _("Topic"), _topics(view)),
        ("department", _("Responsible body"), [("", [(id, view.text(department.name))
                                                     for id, department in site.departments.items()
                                                     if id in links.by_department])]),
        ("year", _("Target year"), [("", [(year, view.date(year)) for year in years])]),
    ]
    return [{"name": name, "label": label, "groups": groups} for name, label, groups in rows]


def _kinds(view: View) -> list[Option]:
    """Kinds of page in the order of the results; a value may name several, "other" is all that are not named."""
    _ = view._
    return [
        ("measure", _("Measures")),
        ("indicator indicators plan-indicators targets", _("Indicators and targets")),
        ("project projects", _("Projects")),
        ("progress", _("Results claimed")),
        ("place places", _("Places")),
        ("topic topics", _("Topics")),
        ("department departments", _("Responsible bodies")),
        ("chapter", _("Chapters")),
        ("plan plans measures district districts", _("Plans and districts")),
        ("document documents", _("Documents named")),
        ("note notes", _("Editor’s notes")),
        ("other", _("Other pages")),
    ]


def _topics(view: View) -> list[tuple[str, list[Option]]]:
    """Each upper topic, as a whole and by its parts."""
    topics = view.site.topics
    return [
        (view.text(topic.name), [
            (id, view._("%(topic)s: all", topic=view.text(topic.name))),
            *((child, view.text(topics[child].name)) for child in topic.children),
        ])
        for id, topic in topics.items() if not topic.parent
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
