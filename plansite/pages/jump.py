"""The index of numbers: every chapter, section and measure of every plan by its locator."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import LANG, Locale, Plan
from plansite.page import Page
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page."""
    _ = view._
    title = _("Go to a number in a plan")
    yield Page(
        kind="jump",
        locale=view.locale,
        address=urls.JUMP,
        template="jump.html",
        title=title,
        description=_("Every chapter, section and measure of the plans by its number, such as 4.3.1."),
        context={"title": title, "plans": [_plan(view, plan) for plan in view.site.plans.values()]},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="jump",
        in_search=False,
    )


def _plan(view: View, plan: Plan) -> Row:
    """id, title, path, names to type with their language, chapters with sections and measures (number, title, path)."""
    return {
        "id": plan.id,
        "title": view.text(plan.short_title),
        "path": view.path(urls.plan(plan.id)),
        "names": [(name, _language(view, name)) for name in view.site.jurisdictions[plan.jurisdiction].names],
        "chapters": [
            {
                "number": chapter.number,
                "title": view.text(chapter.title),
                "path": view.path(urls.chapter(plan.id, chapter.number)),
                "sections": [
                    {
                        "number": f"{chapter.number}.{section.number}",
                        "title": view.text(section.title),
                        "path": view.path(urls.section(plan.id, chapter.number, section.number)),
                        "measures": [
                            (measure.locator, view.text(measure.title), view.path(urls.measure(plan.id, measure.id)))
                            for measure in plan.measures.values()
                            if (measure.chapter, measure.section) == (chapter.number, section.number)
                        ],
                    }
                    for section in chapter.sections
                ],
            }
            for chapter in plan.chapters
        ],
    }


def _language(view: View, name: str) -> str:
    """The language of a name where it is not that of the page."""
    own: Locale = "en" if name.isascii() else "zh"
    return "" if own == view.locale else LANG[own]
