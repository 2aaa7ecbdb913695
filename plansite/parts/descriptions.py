"""What a search engine or a shared link tells of a page in two lines: not too short, not cut off, unlike any other."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.formats import shorten
from plansite.model import Locale, Measure, Project
from plansite.parts.listings import brief_name
from plansite.view import Row, View

LEAST: dict[Locale, int] = {"zh": 40, "en": 70}
MOST: dict[Locale, int] = {"zh": 90, "en": 160}
"""Characters that result pages have room for; of Chinese about half as many."""


def describe(sentences: Iterable[str], locale: Locale) -> str:
    """As many of the sentences as it takes, cut where they are too long."""
    text = ""
    for sentence in sentences:
        if len(text) >= LEAST[locale]:
            break
        text = text + sentence if locale == "zh" or not text else f"{text} {sentence}"
    return shorten(text, locale, MOST[locale])


def named_in(
    view: View, measures: Iterable[Measure] = (), projects: Iterable[Project] = (), chapters: Iterable[Row] = ()
) -> tuple[str, ...]:
    """A sentence that lists what names a thing, by title and place; nothing if nothing does."""
    places = [
        *(f"{view.text(each.title)} ({brief_name(view, view.plan_of(each))} {each.locator})" for each in measures),
        *(f"{view.text(each.name)} ({brief_name(view, view.plan_of(each))})" for each in projects),
        *(f"{each['title']} ({brief_name(view, view.site.plans[each['plan_id']])})" for each in chapters),
    ]
    if view.locale == "zh":
        places = [place.replace(" (", "（").replace(")", "）") for place in places]
    return (view._("Named in: %(places)s.", places=listed(view, places)),) if places else ()


def named(view: View, name: str, text: str) -> str:
    """A text that says what a thing is, behind its name."""
    return f"{name}，{text}" if view.locale == "zh" else f"{name}. {text}"


def belongs(view: View, name: str, text: str) -> str:
    """A text behind the name of what it belongs to."""
    return f"{name}：{text}" if view.locale == "zh" else f"{name}: {text}"


def listed(view: View, things: Iterable[str]) -> str:
    """Names in a row; in English they may hold commas themselves."""
    return ("、" if view.locale == "zh" else "; ").join(things)
