"""The home page: what this is, the ways in, the plans in short, what is new, and where plans contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.exports.json_ld import website_json_ld
from plansite.page import Page
from plansite.summaries import note_cards, plan_card, topic_cards
from plansite.view import View

CHANGES = 3  # entries of the log
NOTES = 3  # contradictions


def pages(view: View) -> Iterator[Page]:
    """One page."""
    info, plans = view.site.info, view.site.plans.values()
    notes = sum(len(plan.notes) for plan in plans)
    context = {
        "lead": view.text(info.description),
        "examples": _examples(view),
        "plans": [plan_card(view, plan) for plan in plans],
        "topics": topic_cards(view, view.links.measures),
        "notes": note_cards(view, plans, NOTES),
        "notes_link": (
            view.counted(notes, "The %(count)s editor’s note", "All %(count)s editor’s notes"),
            view.path(urls.NOTES),
        ),
        "changes": [
            {
                "date": view.date(change.date),
                "iso": change.date,
                "text": view.text(change.text),
                "plans": [view.plan_link(view.site.plans[id]) for id in change.plans],
            }
            for change in info.changes[:CHANGES]
        ],
        "search_path": view.path(urls.SEARCH),
        "documents_path": view.path(urls.CITED_DOCUMENTS),
        "changes_path": view.path(urls.CHANGES),
        "districts_path": view.path(urls.DISTRICTS),
        "plans_path": view.path(urls.PLANS),
    }
    yield Page(
        kind="home",
        locale=view.locale,
        address=urls.HOME,
        template="home.html",
        title=view.text(info.name),
        description=view.text(info.description),
        context=context,
        in_search=False,
        json_ld=website_json_ld(view),
    )


def _examples(view: View) -> list[str]:
    """Words to try the search with."""
    _ = view._
    return [_("straw burning"), _("PM2.5"), _("rural sewage"), _("loose coal")]
