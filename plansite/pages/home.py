"""The home page answers in one look: which plans, key numbers compared, themes, search, what is new."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import formats, urls
from plansite.compare import comparison
from plansite.compare.families import claim_path, claim_text
from plansite.exports.feeds import feed_link
from plansite.exports.json_ld import website_json_ld
from plansite.model import Concept, Plan
from plansite.page import Page
from plansite.parts.changes import change_row, editorial
from plansite.parts.indicator_comparison import extreme, others
from plansite.parts.listings import short_name
from plansite.parts.summaries import figures, note_cards, period, topic_cards
from plansite.view import Link, Row, View

CHANGES = 3  # entries of the log
NOTES = 6  # contradictions


def pages(view: View) -> Iterator[Page]:
    """One page."""
    info, plans = view.site.info, view.site.plans.values()
    notes = sum(len(plan.notes) for plan in plans)
    columns, numbers = _numbers(view)
    context = {
        "lead": view.text(info.description),
        "examples": _examples(view),
        "plans": [_plan(view, plan) for plan in plans],
        "columns": columns,
        "numbers": numbers,
        "ways": _ways(view),
        "topics": topic_cards(view, view.links.measures),
        "notes": note_cards(view, plans, NOTES),
        "notes_link": (
            view.counted(notes, "The %(count)s editor’s note", "All %(count)s editor’s notes"),
            view.path(urls.NOTES),
        ),
        "changes": [change_row(view, entry) for entry in editorial(view.site)[:CHANGES]],
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
        feeds=(feed_link(view),),
    )


def _plan(view: View, plan: Plan) -> Row:
    """A plan as a small card: its name, whose it is and for when, and how much it holds."""
    held = figures(view, plan)
    return {
        "title": view.text(plan.short_title),
        "path": view.path(urls.plan(plan.id)),
        "text": " · ".join(f"{item['number']} {item['label']}" for item in held),
        "meta": f"{view.jurisdiction_name(plan)} · {period(view, plan)}",
    }


def _numbers(view: View) -> tuple[list[Link], list[Row]]:
    """Heads and rows of the key numbers; plans that give more of them come first, those with mostly gaps last."""
    plans = list(view.site.plans.values())
    rows = [_number(view, view.site.concepts[id]) for id in view.site.info.key_indicators]
    order = sorted(range(len(plans)), key=lambda index: -sum(bool(row["cells"][index]) for row in rows))
    columns = [(short_name(view, plan), view.path(urls.plan(plan.id))) for plan in map(plans.__getitem__, order)]
    return columns, [row | {"cells": [row["cells"][index] for index in order]} for row in rows]


def _number(view: View, concept: Concept) -> Row:
    """One indicator over all plans: each plan's target, and whether they may be ranked."""
    found = comparison.leading(comparison.claims(view.site, view.links, concept.id))
    ranked = {standing.claim.plan: standing for standing in comparison.rank(concept, found)}
    equal = len({standing.rank for standing in ranked.values() if standing.rank}) < 2
    return {
        "name": view.text(concept.name),
        "path": view.path(urls.indicator(concept.id)),
        "extreme": extreme(view, concept),
        "cells": [
            {
                "text": claim_text(view, ranked[plan].claim),
                "path": claim_path(view, ranked[plan].claim),
                "baseline": _baseline(view, ranked[plan].claim),
                **others(view, ranked[plan].claim),
                "first": ranked[plan].rank == 1 and not equal,
            }
            if plan in ranked
            else None
            for plan in view.site.plans
        ],
    }


def _baseline(view: View, claim: comparison.Claim) -> str:
    if not claim.baseline or claim.baseline.value is None or not claim.unit:
        return ""
    value = formats.cell(claim.baseline, claim.unit, view.locale)
    return view._("from %(value)s in %(year)s", value=value, year=claim.base_year)


def _ways(view: View) -> list[Row]:
    """The ways to compare: shared measures, silence, city and districts, contradictions, departments, deadlines."""
    _, site = view._, view.site
    rows: list[tuple[str, str, str]] = []
    if site.families:
        rows += [
            (
                _("The same task in several plans"),
                urls.families(),
                _("%(count)s shared tasks, what differs first", count=len(site.families)),
            ),
            (_("What each plan leaves out"), urls.SILENCE, _("A table of tasks and plans, with the gaps")),
        ]
    for plan in map(site.plans.__getitem__, site.cascades):
        rows.append(
            (
                _("City and districts"),
                urls.cascade(plan.id),
                _(
                    "What %(city)s asks, and who repeats, tightens or leaves it out",
                    city=view.jurisdiction_name(plan),
                ),
            )
        )
    rows += [
        (_("Who has to do it"), urls.DEPARTMENTS, _("Each department’s duties in each district")),
        (_("What ends when"), urls.TARGETS, _("All targets by deadline, to filter and sort")),
        (_("Where plans contradict themselves"), urls.NOTES, _("Both figures, both places, no guess")),
    ]
    return [{"title": title, "path": view.path(address), "text": text} for title, address, text in rows]


def _examples(view: View) -> list[str]:
    """Words to try the search with."""
    _ = view._
    return [_("straw burning"), _("PM2.5"), _("rural sewage"), _("loose coal")]
