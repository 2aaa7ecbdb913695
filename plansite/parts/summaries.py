"""What several pages say about plans: their key numbers, their counts, their topics, the card of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, zip_longest

from plansite import formats, urls
from plansite.model import Measure, Plan
from plansite.view import Row, View


def plan_card(view: View, plan: Plan) -> Row:
    """title, path, summary, meta (period and issuer), figures, key_numbers: the arguments of the macro `plan_card`."""
    return {
        "id": plan.id,
        "title": view.text(plan.short_title),
        "path": view.path(urls.plan(plan.id)),
        "summary": view.text(plan.summary),
        "meta": " · ".join(filter(None, (period(view, plan), view.text(plan.issuer)))),
        "figures": figures(view, plan),
        "key_numbers": key_numbers(view, plan),
    }


def period(view: View, plan: Plan) -> str:
    """ "2021–2025"; only the last year where the document does not say the first."""
    return period_between(view, *plan.period)


def period_between(view: View, first: int, last: int) -> str:
    if not first or first == last:
        return view._("to %(last)s", last=last)
    return view._("%(first)s–%(last)s", first=first, last=last)


def figures(view: View, plan: Plan) -> list[Row]:
    """How much a plan holds: number, label and path of each kind it has."""
    _, id = view._, plan.id
    rows_of_table = len(plan.indicators.rows) if plan.indicators else 0
    progress = sum(len(entry.figures) for entry in plan.progress.values())
    rows = (
        (len(plan.measures), _("measure"), _("measures"), urls.measures(id)),
        (rows_of_table, _("indicator"), _("indicators"), urls.plan_indicators(id)),
        (len(plan.projects), _("project"), _("projects"), urls.projects(id)),
        (progress, _("figure claimed"), _("figures claimed"), urls.progress(id)),
        (len(plan.notes), _("editor’s note"), _("editor’s notes"), urls.plan_notes(id)),
    )
    return [
        {"number": formats.number(count, view.locale), "label": one if count == 1 else many, "path": view.path(address)}
        for count, one, many, address in rows
        if count
    ]


def key_numbers(view: View, plan: Plan) -> list[Row]:
    """The indicators a plan is known by: baseline, target, unit, years, and the row of the table they come from."""
    table = plan.indicators
    if not table:
        return []
    rows = {row.number: row for row in table.rows}
    return [
        view.indicator(plan, rows[number])
        | {
            "baseline_year": table.baseline_year,
            "target_year": table.target_year,
            "source": view._("Box %(box)s, row %(row)s", box=table.box.number, row=number),
            "source_path": view.path(urls.plan_indicator(plan.id, number)),
        }
        for number in plan.key_numbers
    ]


def topic_cards(view: View, measures: Iterable[Measure], *, own: bool = False) -> list[Row]:
    """The groups of topics that the measures are about, each with its topics and its count of measures.

    The links lead to the page of the topic, or (`own`) to these measures on it, those of their first plan.
    """
    found = by_topic(view, measures)
    cards = []
    for topic in view.site.topics.values():
        if not topic.parent and topic.id in found:
            shown = [view.site.topics[id] for id in (topic.id, *topic.children) if id in found]
            links = [
                (view.text(each.name), view.path(urls.topic(each.id, found[each.id][0].plan if own else "")))
                for each in shown
            ]
            (title, path), *inner = links
            cards.append(
                {"title": title, "path": path, "links": inner, "meta": count_measures(view, len(found[topic.id]))}
            )
    return cards


def by_topic(view: View, measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    """Measures by topic; a group has each measure of its topics once."""
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        parents = (view.site.topics[id].parent for id in measure.topics)
        for id in dict.fromkeys([*measure.topics, *filter(None, parents)]):
            found.setdefault(id, []).append(measure)
    return found


def count_measures(view: View, count: int) -> str:
    return view.counted(count, "%(count)s measure", "%(count)s measures")


def note_cards(view: View, plans: Iterable[Plan], limit: int) -> list[Row]:
    """Contradictions of the plans in turn: the first of each, then the second of each, up to a limit."""
    lists = [[note for note in plan.notes.values() if note.kind == "contradiction"] for plan in plans]
    in_turn = (note for found in zip_longest(*lists) for note in found if note)
    return [
        {
            "title": view.text(note.title),
            "path": view.path(urls.note(note.plan, note.id)),
            "text": view.text(note.text),
            "meta": view.text(view.site.plans[note.plan].short_title),
        }
        for note in islice(in_turn, limit)
    ]
