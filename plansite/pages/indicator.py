"""Indicators: a list with every plan's numbers, and a page for each one with its numbers in all plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite import formats, urls
from plansite.compare import comparison
from plansite.compare.comparison import Claim, Standing
from plansite.compare.families import claim_text, claim_texts
from plansite.exports.citations import citation_meta, citations, cite_indicator
from plansite.exports.json_ld import indicator_json_ld
from plansite.model import Concept, Indicator, Measure, Plan, Quantity
from plansite.page import Page
from plansite.pages.plan_indicators import numbers_address
from plansite.parts import distance, indicator_charts
from plansite.parts.descriptions import listed, named
from plansite.parts.indicator_comparison import (
    chart_row,
    charted,
    contradicting,
    earlier,
    extreme,
    guard,
    silent,
    standing,
    twofold,
)
from plansite.parts.listings import brief_name, indicator_place, short_name, targets_by_deadline_of
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """The list, and a page for each concept that a plan gives a row or a target."""
    yield _list(view)
    for concept in view.site.concepts.values():
        yield _page(view, concept)


# --- the list ---------------------------------------------------------------------------------------------------------


def _list(view: View) -> Page:
    _ = view._
    rows = sum(len(plan.indicators.rows) for plan in view.site.plans.values() if plan.indicators)
    found = {id: _leading(view, id) for id in view.site.concepts}
    plans = [plan for plan in view.site.plans.values() if any(plan.id in claims for claims in found.values())]
    title = _("Indicators")
    description = _(
        "What each plan is measured by: %(rows)s rows of indicator tables and the targets of the running text, "
        "side by side.",
        rows=rows,
    )
    context = {
        "plans": [
            {
                "name": short_name(view, plan),
                "title": view.text(plan.short_title),
                "path": view.path(numbers_address(plan)),
            }
            for plan in plans
        ],
        "groups": _groups(view, found, plans),
        "csv_path": "data/indicators.csv",
    }
    return Page(
        kind="indicators",
        locale=view.locale,
        address=urls.INDICATORS,
        template="indicators.html",
        title=title,
        description=description,
        context=context,
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="indicators",
        in_search=False,
    )


def _leading(view: View, concept: str) -> dict[str, Claim]:
    """Plan → the claim that stands for it: the row of its table, else a target of its text or of a measure."""
    return {claim.plan: claim for claim in comparison.leading(comparison.claims(view.site, view.links, concept))}


def _groups(view: View, found: dict[str, dict[str, Claim]], plans: list[Plan]) -> list[tuple[str, list[Row]]]:
    """Concepts under their first topic's group, in the order of the topics."""
    groups: dict[str, list[Row]] = {id: [] for id, topic in view.site.topics.items() if not topic.parent}
    for concept in view.site.concepts.values():
        topic = view.site.topics[concept.topics[0]]
        groups[topic.parent or topic.id].append(_list_row(view, concept, found[concept.id], plans))
    return [(view.text(view.site.topics[id].name), rows) for id, rows in groups.items() if rows]


def _list_row(view: View, concept: Concept, found: dict[str, Claim], plans: list[Plan]) -> Row:
    return {
        "name": view.text(concept.name),
        "path": view.path(urls.indicator(concept.id)),
        "cells": [_list_cell(view, found[plan.id]) if plan.id in found else None for plan in plans],
    }


def _list_cell(view: View, claim: Claim) -> Row:
    """Target, year and baseline of one plan, and how the number stands in it."""
    row = standing(view, Standing(claim, 0))
    known = claim.baseline is not None and claim.baseline.value is not None
    start = view._("from %(value)s in %(year)s", value=row["baseline"], year=row["base_year"]) if known else ""
    return row | {"start": start}


# --- one indicator ----------------------------------------------------------------------------------------------------


def _page(view: View, concept: Concept) -> Page:
    _, name = view._, view.text(concept.name)
    rows = view.links.rows_by_concept.get(concept.id, [])
    targets = view.links.by_concept.get(concept.id, [])
    found = comparison.claims(view.site, view.links, concept.id)
    standings = comparison.rank(concept, comparison.leading(found))
    citation = cite_indicator(view, concept)
    sentences = [_lead(view, concept, rows, targets, standings), *contradicting(view, standings)]
    lead = (" " if view.locale == "en" else "").join(sentences)
    ranks = [each.rank for each in standings if each.rank]
    context = {
        "equal": len(ranks) > 1 and set(ranks) == {1},
        "name": name,
        "topics": view.topic_links(concept.topics),
        "direction": _("Higher is better") if concept.direction == "higher" else _("Lower is better"),
        "unit": _unit(view, concept),
        "compared": [standing(view, each) for each in standings],
        "guard": guard(view, standings),
        "scopes": any(each.claim.scope for each in standings),
        "silent": [view.plan_link(plan) for plan in silent(view, found)],
        "twofold": twofold(view, found),
        "plans": [_plan(view, plan, row) for plan, row in rows],
        "earlier": earlier(view, concept),
        "targets": [
            row | {"plan": short_name(view, view.site.plans[row["data"]["plan"]])}
            for row in targets_by_deadline_of(view, targets)
        ],
        "goals": [
            view.goal(goal) | {"plan": view.text(plan.short_title), "path": view.path(urls.goal(plan.id, goal.id))}
            for plan in view.site.plans.values()
            for goal in plan.goals.values()
            if goal.quantity.concept == concept.id
        ],
        "charts": indicator_charts.figures(view, [chart_row(view, claim) for claim in charted(standings)]),
        "citations": citations(citation),
        "json_path": view.path(urls.twin(urls.indicator(concept.id))),
        "all_path": view.path(urls.INDICATORS),
    }
    return Page(
        kind="indicator",
        locale=view.locale,
        address=urls.indicator(concept.id),
        template="indicator.html",
        title=name,
        description=lead,
        told=(named(view, name, lead), _targets_told(view, standings)),
        context=context,
        crumbs=((_("Home"), urls.HOME), (_("Indicators"), urls.INDICATORS), (name, None)),
        section="indicators",
        filters=_filters(view, concept, rows, targets),
        json_ld=indicator_json_ld(view, concept),
        meta=citation_meta(citation),
        og_type="article",
        has_twin=True,
    )


def _targets_told(view: View, standings: Sequence[Standing]) -> str:
    """Every plan's target, with its year and what the number covers."""
    chinese, targets = view.locale == "zh", []
    for claim in (each.claim for each in standings):
        plan, target = brief_name(view, view.site.plans[claim.plan]), claim_texts(view, claim)
        year = f"{claim.year}年" if chinese and claim.year else str(claim.year or "")
        scope = view.text(view.site.scopes[claim.scope].name) if claim.scope else ""
        beside = ("，" if chinese else ", ").join(filter(None, (year, scope)))
        text = f"{plan}{target}" if chinese else f"{plan} {target}"
        targets.append((f"{text}（{beside}）" if chinese else f"{text} ({beside})") if beside else text)
    return view._("Targets: %(targets)s.", targets=listed(view, targets))


def _lead(
    view: View,
    concept: Concept,
    rows: list[tuple[Plan, Indicator]],
    targets: list[tuple[Measure, Quantity]],
    standings: Sequence[Standing],
) -> str:
    """Who is to reach what by when: in words for one or two plans; for more, whose comparable target is first."""
    _ = view._
    ranked = [each for each in standings if each.rank]
    if len(ranked) > 1:
        first = [each for each in ranked if each.rank == 1]
        values: Row = {
            "ranked": len(ranked),
            "plans": view.listing(short_name(view, view.site.plans[each.claim.plan]) for each in first),
            "target": claim_text(view, first[0].claim, words=True),
            "year": first[0].claim.year,
            "better": _better(view, concept),
            "extreme": extreme(view, concept),
        }
        if len(first) == len(ranked):
            return _(
                "The same target in %(plans)s: %(target)s by the end of %(year)s. No other plan gives a number to "
                "compare; %(better)s.",
                **values,
            )
        return view.counted(
            len(first),
            "Of %(ranked)s comparable targets for the end of %(year)s, that of %(plans)s is the %(extreme)s: "
            "%(target)s; %(better)s.",
            "Of %(ranked)s comparable targets for the end of %(year)s, those of %(plans)s are the %(extreme)s: "
            "%(target)s; %(better)s.",
            **values,
        )
    if not rows:
        plans = dict.fromkeys(view.text(view.site.plans[s.claim.plan].short_title) for s in standings)
        return _("A target in the text of the %(plans)s; no indicator table has a row for it.", plans=view.join(plans))
    if len(rows) > 2:
        return _("%(count)s plans have this indicator; %(lower)s.", count=len(rows), lower=_better(view, concept))
    return (" " if view.locale == "en" else "").join(_sentence(view, plan, row) for plan, row in rows)


def _sentence(view: View, plan: Plan, row: Indicator) -> str:
    _, table = view._, plan.indicators
    assert table
    values = {
        "district": view.jurisdiction_name(plan),
        "target": formats.cell(row.target, row.unit, view.locale, words=True),
        "year": table.target_year,
        "baseline": formats.cell(row.baseline, row.unit, view.locale),
        "base_year": table.baseline_year,
        "nature": _("binding") if row.attribute == "binding" else _("anticipatory"),
    }
    if row.target.value is None:
        return _("%(district)s sets no number for %(year)s but words: “%(target)s” (%(nature)s).", **values)
    if row.baseline.value is None:
        return _("%(district)s: %(target)s by the end of %(year)s (%(nature)s).", **values)
    return _(
        "%(district)s: from %(baseline)s in %(base_year)s to %(target)s by the end of %(year)s (%(nature)s).", **values
    )


def _better(view: View, concept: Concept) -> str:
    return view._("higher is better") if concept.direction == "higher" else view._("lower is better")


def _unit(view: View, concept: Concept) -> str:
    name, symbol = view.text(concept.unit.name), view.text(concept.unit.symbol)
    if not symbol or symbol == name:
        return name
    return view._("%(name)s (%(symbol)s)", name=name, symbol=symbol)


def _plan(view: View, plan: Plan, row: Indicator) -> Row:
    table = plan.indicators
    assert table
    shown = view.indicator(plan, row)
    return shown | {
        "contradictions": [note for note in shown["notes"] if note["kind_id"] == "contradiction"],
        "other_notes": [note for note in shown["notes"] if note["kind_id"] != "contradiction"],
        "title": view.text(plan.short_title),
        "plan_path": view.path(numbers_address(plan)),
        "baseline_year": table.baseline_year,
        "target_year": table.target_year,
        "distance": distance.in_words(view, row, table.baseline_year),
        "place": indicator_place(view, plan, row.number),
        "section": (
            view._("Section %(number)s", number=f"{table.box.chapter}.{table.box.section}"),
            view.path(urls.section(plan.id, table.box.chapter, table.box.section)),
        ),
        "edition": view.edition(plan),
    }


def _filters(
    view: View, concept: Concept, rows: list[tuple[Plan, Indicator]], targets: list[tuple[Measure, Quantity]]
) -> tuple[tuple[str, str], ...]:
    topics = dict.fromkeys(id for topic in concept.topics for id in (topic, view.site.topics[topic].parent) if id)
    plans = dict.fromkeys([*(plan.id for plan, _ in rows), *(measure.plan for measure, _ in targets)])
    years = dict.fromkeys(
        [
            *(str(plan.indicators.target_year) for plan, _ in rows if plan.indicators),
            *(str(target.year) for _, target in targets if target.year),
        ]
    )
    return (
        ("kind", "indicator"),
        *(("plan", id) for id in plans),
        *(("topic", id) for id in topics),
        *(("year", year) for year in years),
    )
