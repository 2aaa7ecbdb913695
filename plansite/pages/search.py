"""The search page: a box, filters that the script fills with counts, and an index of links for when nothing is typed."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.page import Page
from plansite.view import Link, Row, View

MODULE = "search.js"


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
        context={"filters": _filters(view), "groups": _groups(view), "topics_path": view.path(urls.TOPICS)},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        in_search=False,
        modules=(MODULE,),
    )


def _filters(view: View) -> list[Row]:
    """The select elements: name, label, groups of options as (heading, [(value, label)])."""
    _, site = view._, view.site
    years = sorted({str(target.year) for measure in view.links.measures for target in measure.targets if target.year})
    topics = [(view.text(topic.name), [(id, _("%(topic)s: all", topic=view.text(topic.name))),
                                       *((child, view.text(site.topics[child].name)) for child in topic.children)])
              for id, topic in site.topics.items() if not topic.parent]
    return [
        {"name": "kind", "label": _("Kind of page"), "groups": [("", _kinds(view))]},
        {"name": "plan", "label": _("Plan"),
         "groups": [("", [(id, view.text(plan.short_title)) for id, plan in site.plans.items()])]},
        {"name": "topic", "label": _("Topic"), "groups": topics},
        {"name": "department", "label": _("Responsible body"),
         "groups": [("", [(id, view.text(entry.name)) for id, entry in site.departments.items()])]},
        {"name": "year", "label": _("Year of a target"), "groups": [("", [(year, view.date(year)) for year in years])]},
    ]


def _kinds(view: View) -> list[Link]:
    """Kinds of pages in the order of the results; a value may name several, separated by spaces."""
    _ = view._
    return [
        ("measure", _("Measures")),
        ("indicator indicators plan-indicators", _("Indicators")),
        ("project projects", _("Projects")),
        ("progress", _("Results claimed")),
        ("place places", _("Places")),
        ("topic topics", _("Topics")),
        ("department departments", _("Responsible bodies")),
        ("chapter", _("Chapters")),
        ("plan plans district districts measures", _("Plans and districts")),
        ("document documents", _("Documents named")),
        ("note notes", _("Editor’s notes")),
        ("other", _("Other pages")),
    ]


def _groups(view: View) -> list[tuple[str, str, list[Link]]]:
    """The index: (kind of chip, heading, links)."""
    _, site = view._, view.site
    topics = [id for id, topic in site.topics.items() if topic.parent]
    departments = [(view.text(entry.name), view.path(urls.department(id))) for id, entry in site.departments.items()]
    return [
        ("topic", _("By topic"), view.topic_links(topics)),
        ("department", _("By responsible body"), departments),
        ("place", _("By place"), view.place_links(site.places)),
    ]
