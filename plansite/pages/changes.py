"""What changed: on this site (its log in data/site.yaml) and in the plans (their dated editions)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from plansite import urls
from plansite.exports.feeds import feed_link, plan_feed_link
from plansite.model import Plan
from plansite.page import Page
from plansite.parts.changes import Entry, change_row, changed_plans, entries
from plansite.view import Link, Row, View


def pages(view: View) -> Iterator[Page]:
    """One page with every change, the newest first, and one for each plan."""
    _ = view._
    yield _page(view, None, _("Changes"), ((_("Home"), urls.HOME), (_("Changes"), None)))
    for plan in changed_plans(view.site):
        name = view.text(plan.short_title)
        crumbs = ((_("Home"), urls.HOME), (_("Changes"), urls.CHANGES), (name, None))
        yield _page(view, plan, _("%(plan)s: changes", plan=name), crumbs)


def _page(view: View, plan: Plan | None, title: str, crumbs: tuple[tuple[str, str | None], ...]) -> Page:
    _, found = view._, entries(view.site, plan.id if plan else "")
    description = _("What this site published or corrected, and what editions the plans have.")
    if plan and found:
        description = _(
            "What this site published or corrected about the %(plan)s, and its editions; last change: %(date)s.",
            plan=view.text(plan.short_title),
            date=view.date(found[0].date),
        )
    elif found:
        last = view.date(found[0].date)
        description = _(
            "What this site published or corrected, and what editions the plans have; last change: %(date)s.",
            date=last,
        )
    feed = plan_feed_link(view, plan) if plan else feed_link(view)
    return Page(
        kind="changes",
        locale=view.locale,
        address=urls.plan_changes(plan.id) if plan else urls.CHANGES,
        template="changes.html",
        title=title,
        description=description,
        context={
            "days": [_day(view, date, list(group)) for date, group in groupby(found, key=lambda entry: entry.date)],
            "choices": _choices(view, plan),
            "feed_path": view.path(feed[1]),
            "everywhere": plan is None,
        },
        crumbs=crumbs,
        in_search=plan is None,
        feeds=(feed,),
    )


def _day(view: View, date: str, found: list[Entry]) -> Row:
    return {"date": view.date(date), "iso": date, "changes": [change_row(view, entry) for entry in found]}


def _choices(view: View, chosen: Plan | None) -> list[Link]:
    """All changes, or those of one plan; the page itself has no path."""
    _ = view._
    links = [(_("All plans"), view.path(urls.CHANGES) if chosen else "")]
    for plan in changed_plans(view.site):
        links.append((view.text(plan.short_title), "" if plan is chosen else view.path(urls.plan_changes(plan.id))))
    return links
