"""Shared measures: the same task in several plans, what differs first; who is silent; what only one plan has."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.compare.families import differences, numbers, silent, who
from plansite.exports.citations import citation_meta, citations, cite_comparison
from plansite.model import Family, Measure, Plan
from plansite.page import Page
from plansite.parts.listings import by_plan, notes_about, short_name, stale_words
from plansite.translations import both
from plansite.view import Link, Row, View


def pages(view: View) -> Iterator[Page]:
    """The list, a page for each family, the matrix of silence and the measures of one plan only."""
    yield _list(view)
    if view.site.families:
        for family in view.site.families.values():
            yield _page(view, family)
        yield _silence(view)
        yield _particular(view)


def _list(view: View) -> Page:
    _, families = view._, view.site.families
    title = _("Shared measures")
    context = {
        "groups": [
            (topic, view.text(view.site.topics[topic].name), [_card(view, family) for family in found])
            for topic, found in _by_field(view).items()
        ],
        "silence_path": view.path(urls.SILENCE),
        "particular_path": view.path(urls.PARTICULAR),
        "particular": len(view.site.particular),
        "cascades": [_cascade_link(view, plan) for plan in view.site.cascades],
        "json_path": "data/shared-measures.json",
    }
    return Page(
        kind="families",
        locale=view.locale,
        address=urls.families(),
        template="families.html",
        title=title,
        description=_(
            "%(families)s tasks that two or more plans have, side by side: first what differs, then what they share.",
            families=len(families),
        ),
        context=context,
        crumbs=((_("Home"), urls.HOME), (title, None)),
        section="shared",
        in_search=False,
    )


def _by_field(view: View) -> dict[str, list[Family]]:
    """Families under the first level of their topics, in the order of the topics."""
    groups: dict[str, list[Family]] = {}
    for family in view.site.families.values():
        topic = view.site.topics[family.topic]
        groups.setdefault(topic.parent or topic.id, []).append(family)
    return groups


def _card(view: View, family: Family) -> Row:
    return {
        "title": view.text(family.title),
        "path": view.path(urls.family(family.id)),
        "text": view.text(family.summary),
        "plans": view.join(short_name(view, view.site.plans[id]) for id in family.plans),
        "differs": view.join(view.text(each.what) for each in family.differences),
    }


def _cascade_link(view: View, plan: str) -> tuple[str, str]:
    city = view.site.jurisdictions[view.site.plans[plan].jurisdiction]
    return view._("What %(city)s asks and what its districts plan", city=view.text(city.name)), view.path(
        urls.cascade(plan)
    )


# --- one family -------------------------------------------------------------------------------------------------------


def _page(view: View, family: Family) -> Page:
    _, site = view._, view.site
    measures = [site.measure(key) for key in family.members]
    plans = [site.plans[id] for id in family.plans]
    title, address = view.text(family.title), urls.family(family.id)
    citation = cite_comparison(view, f"shared-{family.id}", family.title, address, family.plans)
    context = {
        "title": title,
        "stale": stale_words(view, "families", f"family/{family.id}"),
        "columns": [_column(view, family, plan) for plan in plans],
        "differences": differences(view, family),
        "summary": view.text(family.summary),
        "alike": view.text(family.alike),
        "common": [view.text(text) for text in family.common],
        "numbers": [row | {"plan": short_name(view, site.plans[row["data"]["plan"]])} for row in numbers(view, family)],
        "indicators": _indicators(view, measures),
        "who": who(view, family),
        "leads": [_leads(view, family, plan) for plan in plans],
        "silent": [view.plan_link(plan) for plan in silent(site, family)],
        "versions": [
            (
                group["link"],
                [
                    row | {"anchor": f"{plan.id}-{row['id']}", "actions": _actions(view, plan, row["id"])}
                    for row in group["rows"]
                ],
            )
            for plan, group in zip(plans, by_plan(view, measures), strict=True)
        ],
        "notes": notes_about(view, measures),
        "topics": view.topic_links([family.topic]),
        "wording_path": view.path(urls.wording(family.id)) if _has_wording(view, family) else "",
        "citations": citations(citation),
        "json_path": view.path(urls.twin(address)),
        "all_path": view.path(urls.families()),
    }
    topic = site.topics[family.topic]
    return Page(
        kind="family",
        locale=view.locale,
        address=address,
        template="family.html",
        title=_("%(title)s compared", title=title),
        description=view.text(family.summary),
        context=context,
        crumbs=((_("Home"), urls.HOME), (_("Shared measures"), urls.families()), (title, None)),
        section="shared",
        filters=(
            ("kind", "family"),
            *(("plan", id) for id in family.plans),
            *(("topic", id) for id in (topic.id, topic.parent) if id),
        ),
        meta=citation_meta(citation),
        og_type="article",
        has_twin=True,
    )


def _column(view: View, family: Family, plan: Plan) -> Row:
    """A plan at the head of a column: its short name, and the measures it has here."""
    return {
        "name": short_name(view, plan),
        "plan": view.plan_link(plan),
        "measures": [view.measure(plan.measures[id]) for id in family.of(plan.id)],
    }


def _leads(view: View, family: Family, plan: Plan) -> str:
    """The bodies that a plan names as leading one of its measures; empty if it names none."""
    leading = dict.fromkeys(
        assignment.department
        for id in family.of(plan.id)
        for assignment in plan.measures[id].assignments
        if assignment.role == "lead"
    )
    return view.join(view.body_name(department, plan) for department in leading)


def _indicators(view: View, measures: list[Measure]) -> list[Link]:
    """The indicators that the targets of some measures belong to, each with the page of all plans' numbers."""
    concepts = dict.fromkeys(target.concept for measure in measures for target in measure.targets if target.concept)
    return [(view.text(view.site.concepts[id].name), view.path(urls.indicator(id))) for id in concepts]


def _actions(view: View, plan: Plan, measure: str) -> list[str]:
    return [view.text(action) for action in plan.measures[measure].actions]


def _has_wording(view: View, family: Family) -> bool:
    return sum(id in view.official for id in family.plans) > 1


# --- who is silent ----------------------------------------------------------------------------------------------------


def _silence(view: View) -> Page:
    """Families by plans: where each plan stands, and which families it leaves out."""
    _, site = view._, view.site
    plans = list(site.plans.values())
    peers = [plan for plan in plans if plan.kind == "five-year-plan"]
    title = both("What each plan leaves out")
    citation = cite_comparison(view, "shared-silence", title, urls.SILENCE, [plan.id for plan in plans])
    groups = [
        (
            view.text(site.topics[topic].name),
            [
                {
                    "title": view.text(family.title),
                    "path": view.path(urls.family(family.id)),
                    "cells": [_cell(view, family, plan) for plan in plans],
                }
                for family in found
            ],
        )
        for topic, found in _by_field(view).items()
    ]
    missed: dict[str, list[Link]] = {plan.id: [] for plan in peers}
    for family in site.families.values():
        for plan in silent(site, family):
            missed[plan.id].append((view.text(family.title), view.path(urls.family(family.id))))
    left_out = [
        {
            "name": short_name(view, plan),
            "path": view.path(urls.plan(plan.id)),
            "count": len(missed[plan.id]),
            "families": missed[plan.id],
        }
        for plan in peers
    ]
    context = {
        "plans": [(short_name(view, plan), view.path(urls.plan(plan.id))) for plan in plans],
        "groups": groups,
        "left_out": left_out,
        "others": [view.plan_link(plan) for plan in plans if plan not in peers],
        "citations": citations(citation),
    }
    return Page(
        kind="silence",
        locale=view.locale,
        address=urls.SILENCE,
        template="silence.html",
        title=view.text(title),
        description=_(
            "%(families)s shared tasks against %(plans)s five-year plans: ○ means that the plan has no task of its own "
            "for it, while at least two plans have one.",
            families=len(site.families),
            plans=len(peers),
        ),
        context=context,
        crumbs=((_("Home"), urls.HOME), (_("Shared measures"), urls.families()), (view.text(title), None)),
        section="shared",
        meta=citation_meta(citation),
        in_search=False,
    )


def _cell(view: View, family: Family, plan: Plan) -> Row:
    """The places of a plan's measures, or that it has none: `gap` for a plan of the same kind and
    years, else `apart`."""
    found = [plan.measures[id] for id in family.of(plan.id)]
    places = [(measure.locator, view.path(urls.measure(plan.id, measure.id))) for measure in found]
    kind = "there" if places else "gap" if plan in silent(view.site, family) else "apart"
    return {"plan": short_name(view, plan), "kind": kind, "places": places}


# --- one plan only ----------------------------------------------------------------------------------------------------


def _particular(view: View) -> Page:
    _, site = view._, view.site
    title = _("Measures of one plan only")
    groups = [
        (
            view.plan_link(plan),
            [
                view.measure(plan.measures[id]) | {"why": view.text(entry.why)}
                for (owner, id), entry in site.particular.items()
                if owner == plan.id
            ],
        )
        for plan in site.plans.values()
    ]
    return Page(
        kind="particular",
        locale=view.locale,
        address=urls.PARTICULAR,
        template="particular.html",
        title=title,
        description=_(
            "%(count)s measures that the editors found in one plan only, each with the reason.",
            count=len(site.particular),
        ),
        context={"groups": [(link, rows) for link, rows in groups if rows]},
        crumbs=((_("Home"), urls.HOME), (_("Shared measures"), urls.families()), (title, None)),
        section="shared",
        in_search=False,
    )
