"""The projects that a plan lists in its boxes."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import Box, Plan
from plansite.page import Page
from plansite.parts.descriptions import belongs
from plansite.parts.summaries import period
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page for each plan that has projects."""
    for plan in view.site.plans.values():
        if plan.projects:
            yield _page(view, plan)


def _page(view: View, plan: Plan) -> Page:
    _, name = view._, view.text(plan.short_title)
    title = _("Projects")
    lead = view.counted(
        len(plan.projects),
        "The one project of the plan’s boxes for %(period)s, with its quantities and measures.",
        "The %(count)s projects of the plan’s boxes for %(period)s, with the quantities the plan gives and the "
        "measures they carry out.",
        period=period(view, plan),
    )
    context = {
        "plan": view.plan_link(plan),
        "boxes": [_box(view, plan, box) for box in plan.boxes],
    }
    return Page(
        kind="projects",
        locale=view.locale,
        address=urls.projects(plan.id),
        template="projects.html",
        title=f"{title} · {name}",
        description=lead,
        told=(belongs(view, name, lead),),
        context=context,
        crumbs=((_("Home"), urls.HOME), (name, urls.plan(plan.id)), (title, None)),
        section="plans",
        filters=(("kind", "project"), ("plan", plan.id)),
    )


def _box(view: View, plan: Plan, box: Box) -> Row:
    number, projects = f"{box.chapter}.{box.section}", plan.projects.values()
    section = urls.section(plan.id, box.chapter, box.section)
    return {
        "id": f"box{box.number}",
        "title": view._("Box %(number)s: %(title)s", number=box.number, title=view.text(box.title)),
        "place": (view._("Section %(number)s", number=number), view.path(section)),
        "projects": [view.project(project) for project in projects if project.box == box.number],
    }
