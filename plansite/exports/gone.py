"""What stands in the open data at the address of a record that is no more: where it went and why.

Measures and indicators have a JSON file each. Of one that was withdrawn, or whose page moved, a program finds at the
old address what a reader finds on the page.
"""

from __future__ import annotations

from plansite import urls
from plansite.exports.records.base import Context, Record, member, pair
from plansite.model import Plan, Redirect, Withdrawn


def gone(context: Context) -> dict[str, Record]:
    """Address of the page that had a record → what is told in the record's place."""
    told = {
        urls.measure(plan.id, entry.id): _withdrawn(context, plan, entry)
        for plan in context.site.plans.values()
        for entry in plan.withdrawn.values()
    }
    return told | {each.source: _moved(context, each) for each in context.site.redirects if urls.records(each.source)}


def _withdrawn(context: Context, plan: Plan, entry: Withdrawn) -> Record:
    """`last_edition` is the last one that had the measure, null if it has no date; `into` is what it went into."""
    return {
        "id": entry.id,
        "plan": plan.id,
        "withdrawn": {
            "last_edition": entry.last or None,
            "fate": entry.fate,
            "into": [member((plan.id, id)) for id in entry.into],
            "text": pair(entry.text),
        },
        "url": context.url(urls.measure(plan.id, entry.id)),
    }


def _moved(context: Context, redirect: Redirect) -> Record:
    """`to` is null for what moved nowhere."""
    return {
        "moved": {"to": context.url(redirect.to) if redirect.to else None, "why": pair(redirect.why)},
        "url": context.url(redirect.source),
    }
