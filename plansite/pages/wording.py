"""The official wording of a shared measure, two plans at a time, character by character."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from plansite import formats, urls
from plansite.compare.compare_wording import compare, likeness
from plansite.model import Family, Measure
from plansite.page import Page
from plansite.parts.listings import short_name
from plansite.parts.official import Passage
from plansite.parts.wording import source_place
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page for each family of which two plans' documents are at hand."""
    for family in view.site.families.values():
        passages = _passages(view, family)
        if len({measure.plan for measure, _ in passages}) > 1:
            yield _page(view, family, passages)


def _passages(view: View, family: Family) -> list[tuple[Measure, Passage]]:
    found = ((measure, view.official_measure(measure)) for measure in map(view.site.measure, family.members))
    return [(measure, passage) for measure, passage in found if passage]


def _page(view: View, family: Family, passages: list[tuple[Measure, Passage]]) -> Page:
    _, name = view._, view.text(family.title)
    pairs = [_pair(view, one, other) for one, other in combinations(passages, 2) if one[0].plan != other[0].plan]
    pairs.sort(key=lambda pair: -pair["likeness"])
    title = _("%(title)s: the official wording", title=name)
    return Page(
        kind="wording",
        locale=view.locale,
        address=urls.wording(family.id),
        template="wording.html",
        title=title,
        description=_(
            "The official Chinese wording of this task in %(count)s plans, two at a time, character by character.",
            count=len({measure.plan for measure, _passage in passages}),
        ),
        context={"name": name, "pairs": pairs, "family_path": view.path(urls.family(family.id))},
        crumbs=(
            (_("Home"), urls.HOME),
            (_("Shared measures"), urls.families()),
            (name, urls.family(family.id)),
            (_("Official wording"), None),
        ),
        section="shared",
        in_search=False,
        permanent=False,
    )


def _pair(view: View, one: tuple[Measure, Passage], other: tuple[Measure, Passage]) -> Row:
    (first, first_passage), (second, second_passage) = one, other
    texts = "".join(first_passage.sentences), "".join(second_passage.sentences)
    share = likeness(*texts)
    return {
        "id": f"{first.plan}-{first.id}-{second.plan}-{second.id}",
        "first": _side(view, first, first_passage),
        "second": _side(view, second, second_passage),
        "pieces": compare(*texts),
        "likeness": share,
        "share": formats.number(round(share * 100), view.locale),
    }


def _side(view: View, measure: Measure, passage: Passage) -> Row:
    return view.measure(measure) | {
        "name": short_name(view, view.plan_of(measure)),
        "place": source_place(passage.file, passage.places, view._),
        "file": passage.file,
    }
