"""The search page: a form with filters, a place for the results, and lists to browse where no script runs."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.page import Page
from plansite.view import Link, Row, View

Option = tuple[str, str]
"""The value of a filter and what the reader sees."""


def pages(view: View) -> Iterator[Page]:
    """One page."""
    _, site = view._, view.site
    yield Page(
        kind="search",
        locale=view.locale,
        address=urls.SEARCH,
        template="search.html",
        title=_("Search"),
        description=_("Search every measure, indicator, project, note and place of the plans."),
        context={
            "filters": _filters(view),
            "browse": [
                (_("By topic"), "topic", _topics(view)),
                (_("By responsible body"), "department", _departments(view)),
                (_("By place"), "place", view.place_links(site.places)),
            ],
        },
        crumbs=((_("Home"), urls.HOME), (_("Search"), None)),
        section="search",
        in_search=False,
        modules=("search.js",),
    )


def _filters(view: View) -> list[Row]:
    """name, label, groups [(label or empty, options)]."""
    _, site = view._, view.site
    years = sorted({target.year for measure in view.links.measures for target in measure.targets if target.year})
    departments: list[Option] = [(id, view.text(entry.name)) for id, entry in site.departments.items()
                                 if id in view.links.by_department]
    return [
        {"name": "kind", "label": _("Kind"), "groups": [("", _kinds(view))]},
        {"name": "plan", "label": _("Plan"),
         "groups": [("", [(plan.id, view.text(plan.short_title)) for plan in site.plans.values()])]},
        {"name": "topic", "label": _("Topic"), "groups": _topic_groups(view)},
        {"name": "department", "label": _("Responsible body"), "groups": [("", departments)]},
        {"name": "year", "label": _("Target year"), "groups": [("", [(str(year), view.date(str(year))) for year in years])]},
    ]


def _kinds(view: View) -> list[Option]:
    """Kinds of page as the search index names them."""
    _ = view._
    return [
        ("measure", _("Measure")),
        ("indicator", _("Indicator")),
        ("chapter", _("Chapter")),
        ("plan", _("Plan")),
        ("district", _("City or district")),
        ("topic", _("Topic")),
        ("department", _("Responsible body")),
        ("place", _("Place")),
        ("document", _("Document named")),
        ("about", _("About this site")),
    ]


def _topic_groups(view: View) -> list[tuple[str, list[Option]]]:
    """Each upper topic with itself ("all of …") and its lower ones."""
    topics = view.site.topics
    return [
        (view.text(topic.name), [
            (topic.id, view._("All of %(topic)s", topic=view.text(topic.name))),
            *((id, view.text(topics[id].name)) for id in topic.children),
        ])
        for topic in topics.values() if not topic.parent
    ]


def _topics(view: View) -> list[Link]:
    return view.topic_links(view.site.topics)


def _departments(view: View) -> list[Link]:
    return [(view.text(department.name), view.path(urls.department(id))) for id, department in view.site.departments.items()]
