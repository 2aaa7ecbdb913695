"""What stands at addresses that were published and are no more: where it went and why (data/redirects.yaml).

A page that works on any static host: it says in words that it moved, links there, and leads there without delay by a
meta element (WCAG 2.2, technique H76: a refresh of zero seconds). Where scripts run, whoever asks for an anchor of the
old page is led to the same anchor of the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from plansite import urls
from plansite.model import Redirect
from plansite.page import Moved, Page
from plansite.view import View

KIND = "moved"
SCRIPT = "moved.js"


def with_redirects(view: View, pages: Iterable[Page]) -> Iterator[Page]:
    """The pages of one language, one more for each redirected address, and on each of them what moved from it.

    Where a page is, a redirect from its address makes none: the check of the redirects tells that. Pages from which
    something moved come last, when the titles of all others are known.
    """
    sources = {redirect.source.partition("#")[0] for redirect in view.site.redirects}
    titles: dict[str, str] = {}
    waiting: list[Page] = []
    for page in pages:
        if page.at or page.address not in sources:
            yield page
        else:
            waiting.append(page)
        if not page.at:
            titles[page.address] = page.title
    whole = [redirect for redirect in view.site.redirects if "#" not in redirect.source]
    stand_ins = {r.source: _page(view, r, titles) for r in whole if r.source not in titles}
    things = _moved_things(view, titles)
    for page in (*waiting, *stand_ins.values()):
        yield replace(page, moved=things[page.address]) if page.address in things else page


def _page(view: View, redirect: Redirect, titles: Mapping[str, str]) -> Page:
    _, why = view._, view.text(redirect.why)
    title = _("This page has moved") if redirect.to else _("This page was withdrawn")
    label, path = _target(view, redirect, titles)
    return Page(
        kind=KIND,
        locale=view.locale,
        address=redirect.source,
        template="moved.html",
        title=title,
        description=why,
        context={"why": why, "target": label, "target_path": path},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        in_search=False,
        modules=(SCRIPT,) if redirect.to else (),
        canonical=redirect.to.partition("#")[0],
        listed=False,
    )


def _moved_things(view: View, titles: Mapping[str, str]) -> dict[str, tuple[Moved, ...]]:
    """Address of a page → what stood on it once, each at an anchor of its own."""
    things: dict[str, tuple[Moved, ...]] = {}
    for redirect in view.site.redirects:
        address, _, anchor = redirect.source.partition("#")
        if anchor:
            moved = Moved(anchor, view.text(redirect.why), *_target(view, redirect, titles))
            things[address] = (*things.get(address, ()), moved)
    return things


def _target(view: View, redirect: Redirect, titles: Mapping[str, str]) -> tuple[str, str]:
    """The title of the page that a redirect leads to, and the path; both empty if it leads nowhere."""
    if not redirect.to:
        return "", ""
    return titles.get(redirect.to.partition("#")[0], redirect.to), view.path(redirect.to)
