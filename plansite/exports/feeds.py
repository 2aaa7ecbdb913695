"""Atom feeds of changes (RFC 4287): one of all, and one for each plan, in both languages.

The id of an entry is its permanent address. Times are the days of the log of changes, at 00:00 UTC; an edition of a
plan has the day on which this site published it, its own date stands in words, as exact as the document gives it.
"""

from __future__ import annotations

from xml.etree import ElementTree

from markupsafe import Markup

from plansite import urls
from plansite.model import LANG, Plan
from plansite.parts.changes import Entry, change_row, changed_plans, entries
from plansite.view import Link, Row, View

ATOM = "http://www.w3.org/2005/Atom"
RIGHTS = "CC BY 4.0"


def feeds(view: View) -> dict[str, bytes]:
    """Path on the site → content, for the view's language; a plan without a change has no feed."""
    found = {urls.FEED: _feed(view, feed_link(view), urls.CHANGES, entries(view.site))}
    for plan in changed_plans(view.site):
        link, page = plan_feed_link(view, plan), urls.plan_changes(plan.id)
        found[link[1]] = _feed(view, link, page, entries(view.site, plan.id))
    return {view.path(address): content for address, content in found.items()}


def feed_link(view: View) -> Link:
    """Title and address of the feed of all changes."""
    return view._("%(site)s: changes", site=view.text(view.site.info.name)), urls.FEED


def plan_feed_link(view: View, plan: Plan) -> Link:
    """Title and address of a plan's feed."""
    return view._("%(plan)s: changes", plan=view.text(plan.short_title)), urls.plan_feed(plan.id)


def plan_feeds(view: View) -> dict[str, Link]:
    """Plan id → title and address of its feed."""
    return {plan.id: plan_feed_link(view, plan) for plan in changed_plans(view.site)}


def _feed(view: View, link: Link, page: str, found: list[Entry]) -> bytes:
    """The newest first, by the day on which it was published here."""
    title, address = link
    found = sorted(found, key=lambda entry: entry.here, reverse=True)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": LANG[view.locale]})
    _text(feed, "title", title)
    _text(feed, "id", view.absolute(page))
    _text(feed, "updated", _time(found[0]))
    _link(feed, "self", view.absolute(address), "application/atom+xml")
    _link(feed, "alternate", view.absolute(page), "text/html")
    author = ElementTree.SubElement(feed, "author")
    _text(author, "name", view.text(view.site.info.publisher))
    _text(author, "uri", view.absolute(urls.HOME))
    _text(feed, "rights", RIGHTS)
    for entry in found:
        _entry(view, feed, entry)
    ElementTree.indent(feed, "")
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(view: View, feed: ElementTree.Element, entry: Entry) -> None:
    row = change_row(view, entry)
    address = view.base_url + row["path"]
    element = ElementTree.SubElement(feed, "entry")
    _text(element, "title", row["title"])
    _text(element, "id", address)
    _text(element, "updated", _time(entry))
    _link(element, "alternate", address, "text/html")
    category = {"term": "official" if row["official"] else "editorial", "label": row["kind"]}
    ElementTree.SubElement(element, "category", category)
    _text(element, "content", _content(view, row), type="html")


def _content(view: View, row: Row) -> str:
    """The text, and links to what it is about."""
    links = [*row["plans"], *row["measures"], *([row["history"]] if row["history"] else [])]
    items = Markup().join(
        Markup('<li><a href="{}">{}</a></li>').format(view.base_url + path, label) for label, path in links
    )
    return str(Markup("<p>{}</p>").format(row["text"]) + (Markup("<ul>{}</ul>").format(items) if items else ""))


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text


def _link(parent: ElementTree.Element, rel: str, href: str, type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": type, "href": href})


def _time(entry: Entry) -> str:
    return f"{entry.here}T00:00:00Z"
