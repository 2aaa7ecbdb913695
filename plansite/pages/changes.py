"""The publication log: what this site published or corrected, and when."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.page import Page
from plansite.view import View


def pages(view: View) -> Iterator[Page]:
    """One page, the newest entry first."""
    _ = view._
    changes = sorted(view.site.info.changes, key=lambda change: change.date, reverse=True)
    title, description = _("Changes"), _("What this site published or corrected, and when.")
    if changes:
        description = _(
            "What this site published or corrected, and when; last changed on %(date)s.",
            date=view.date(changes[0].date),
        )
    context = {
        "changes": [
            {
                "date": change.date,
                "day": view.date(change.date),
                "text": view.text(change.text),
                "plans": [view.plan_link(view.site.plans[id]) for id in change.plans],
            }
            for change in changes
        ]
    }
    yield Page(
        kind="changes",
        locale=view.locale,
        address=urls.CHANGES,
        template="changes.html",
        title=title,
        description=description,
        context=context,
        crumbs=((_("Home"), urls.HOME), (title, None)),
    )
