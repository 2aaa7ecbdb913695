"""One module for each kind of page: a View in, pages out.

A new kind of page is a new module with a function `pages(view)`, its template, and a line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plansite import urls
from plansite.exports.feeds import plan_feeds
from plansite.page import Page
from plansite.pages import (
    about,
    cascade,
    changes,
    chapter,
    department,
    district,
    document,
    history,
    home,
    indicator,
    jump,
    measure,
    measure_history,
    note,
    place,
    plan,
    plan_indicators,
    plan_measures,
    progress,
    project,
    root,
    search,
    shared,
    target,
    topic,
    wording,
)
from plansite.view import View

KINDS = (
    home,
    district,
    plan,
    plan_measures,
    chapter,
    measure,
    measure_history,
    history,
    plan_indicators,
    project,
    progress,
    indicator,
    shared,
    wording,
    cascade,
    target,
    topic,
    department,
    place,
    document,
    note,
    changes,
    search,
    jump,
    about,
    root,
)


def all_pages(view: View) -> Iterator[Page]:
    """Every page of one language; those about a plan name its feed."""
    feeds = plan_feeds(view)
    for kind in KINDS:
        for page in kind.pages(view):
            feed = feeds.get(urls.plan_of(page.address))
            yield replace(page, feeds=(feed,)) if feed else page
