"""A measure: what was promised, by when, by whom, where it stands, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from plansite import urls
from plansite.compare.families import relation_name, silent
from plansite.exports.citations import citation_meta, citations, cite_measure
from plansite.exports.json_ld import measure_json_ld
from plansite.model import Family, Measure, Plan, Succeeded
from plansite.page import Page
from plansite.pages.history import succession_words
from plansite.parts.descriptions import MOST, belongs
from plansite.parts.listings import brief_name, short_name, stale_words
from plansite.parts.wording import passage_row, sourced
from plansite.view import Row, View

WORDING = {"naming", "numbering", "slip"}
"""Kinds of notes that stand folded: they concern the document's wording, not what it promises."""


def pages(view: View) -> Iterator[Page]:
    """One page for each measure of each plan."""
    for measure in view.links.measures:
        yield page_of(view, measure)


def page_of(view: View, measure: Measure) -> Page:
    """The page of one measure."""
    plan = view.plan_of(measure)
    address = urls.measure(plan.id, measure.id)
    title, summary = view.text(measure.title), view.text(measure.summary)
    where = view.where(measure)
    neighbours = view.links.neighbours[plan.id, measure.id]
    notes = view.links.notes_on(plan.id, "measure", measure.id)
    passage = view.official_measure(measure)
    citation = cite_measure(view, measure)
    context = {
        "measure": view.measure(measure),
        "actions": [
            {"text": sourced(view.text(action), passage), "quote": view.text(action)} for action in measure.actions
        ],
        "quote_source": view.quote_source(plan, measure.locator),
        "targets": [view.target(measure, target) for target in measure.targets],
        "bodies": view.bodies(measure),
        "sharing": _sharing(view, measure),
        "topics": view.topic_links(measure.topics),
        "places": view.place_links(measure.places),
        "cites": view.cite_links(measure.cites),
        "official": passage_row(passage, view._),
        "notes": [view.note(note) for note in notes if note.kind not in WORDING],
        "wording_notes": [view.note(note) for note in notes if note.kind in WORDING],
        "projects": [
            view.project(project) for project in view.links.projects_by_measure.get((plan.id, measure.id), [])
        ],
        "standing": _standing(view, measure),
        "families": [_family(view, family, measure) for family in view.links.families.get((plan.id, measure.id), [])],
        "particular": view.text(view.site.particular[plan.id, measure.id].why)
        if (plan.id, measure.id) in view.site.particular
        else "",
        "city_tasks": _city_tasks(view, measure),
        "cascade_path": f"{view.path(urls.cascade(plan.id))}#task-{measure.id}"
        if plan.id in view.site.cascades
        else "",
        "related": [_named_by_place(view, other) for other in view.links.related[plan.id, measure.id]],
        "where": where,
        "edition": view.edition(plan),
        "versions_path": view.path(urls.measure_history(plan.id, measure.id))
        if (plan.id, measure.id) in view.links.changed
        else "",
        "since": _since(view, measure),
        "history_path": view.path(urls.history(plan.id)),
        "waiting": bool(measure.needs_review),
        "stale": stale_words(view, plan.id, f"measure/{measure.id}"),
        "split_from": _origin(view, measure),
        "earlier": [_earlier(view, plan, entry) for entry in plan.succession if entry.measure == measure.id],
        "later": [_later(view, *found) for found in view.links.succeeded.get((plan.id, measure.id), [])],
        "citations": citations(citation),
        "json_path": view.path(urls.twin(address)),
        "before": view.measure(neighbours.before) if neighbours.before else None,
        "after": view.measure(neighbours.after) if neighbours.after else None,
    }
    return Page(
        kind="measure",
        locale=view.locale,
        address=address,
        template="measure.html",
        title=f"{title} · {brief_name(view, plan)} {measure.locator}",
        description=summary,
        told=_told(view, measure),
        context=context,
        crumbs=(
            (view._("Home"), urls.HOME),
            (view.text(plan.short_title), urls.plan(plan.id)),
            (where["chapter"][0], urls.chapter(plan.id, measure.chapter)),
            (title, None),
        ),
        section="plans",
        filters=search_filters(view, measure),
        json_ld=measure_json_ld(view, measure),
        meta=citation_meta(citation),
        og_type="article",
        has_twin=True,
    )


def _told(view: View, measure: Measure) -> tuple[str, ...]:
    """The summary, or the commitments where it is too long to say them beside all the bodies; plan, place, bodies."""
    row, plan = view.measure(measure), view.plan_of(measure)
    long = len(row["summary"]) > MOST[view.locale]
    first, *others = [view.text(action) for action in measure.actions] if long and measure.actions else [row["summary"]]
    source = view._("%(plan)s, %(locator)s; bodies named: %(bodies)s.", **row)
    restated = view._("%(plan)s (unofficial restatement)", plan=brief_name(view, plan))
    return (belongs(view, restated, first), *others, source)


def _sharing(view: View, measure: Measure) -> str:
    """What the note does not say of who does what; empty if the roles on the page say all."""
    _, parts = view._, {measure.responsibility(entry) for entry in measure.assignments}
    if parts == {"unstated"}:
        return _("The note names bodies without saying who is responsible.")
    if "unstated" in parts:
        return _("The note names others, too, without saying what part they have.")
    if parts == {"joint"}:
        return _("Several bodies are responsible; the note does not say how they share the task.")
    return _("Each is responsible for its part; the plan names no lead.") if parts == {"shared"} else ""


def _standing(view: View, measure: Measure) -> Row | None:
    """Bodies that a remark adds to this measure, and the measure in whose note the remark stands."""
    plan = view.plan_of(measure)
    added = plan.standing_for(measure)
    if not plan.standing or not added:
        return None
    return {
        "bodies": [view.body(entry, plan) for entry in added],
        "stated": view.measure(plan.known(plan.standing.measure)),
    }


def _family(view: View, family: Family, measure: Measure) -> Row:
    """A family with its other members, and in what they differ."""
    others = [view.site.measure(key) for key in family.members if key != (measure.plan, measure.id)]
    return {
        "title": view.text(family.title),
        "path": view.path(urls.family(family.id)),
        "differs": view.join(view.text(each.what) for each in family.differences),
        "members": [
            view.measure(other) | {"name": short_name(view, view.plan_of(other)), "own": other.plan == measure.plan}
            for other in others
        ],
        "silent": view.join(short_name(view, plan) for plan in silent(view.site, family)),
    }


def _city_tasks(view: View, measure: Measure) -> list[Row]:
    """The commitments of the city's plan that the measure carries out."""
    rows = []
    for plan_id, city_measure, commitment in view.links.city_tasks.get((measure.plan, measure.id), []):
        plan = view.site.plans[plan_id]
        follow = commitment.follows[measure.plan]
        rows.append(
            {
                "city": view.jurisdiction_name(plan),
                "what": view.text(commitment.what),
                "path": f"{view.path(urls.measure(plan_id, city_measure))}#a{commitment.action}",
                "relation": follow.relation,
                "name": relation_name(view, follow.relation),
                "how": view.text(follow.how),
                "cascade_path": f"{view.path(urls.cascade(plan_id))}#task-{city_measure}",
            }
        )
    return rows


def _named_by_place(view: View, measure: Measure) -> Row:
    """A measure with the name of its district before its number."""
    return view.measure(measure) | {"locator": f"{brief_name(view, view.plan_of(measure))} {measure.locator}"}


def _since(view: View, measure: Measure) -> str:
    """The oldest edition that says just what the current one says; empty where there is only one edition."""
    versions = view.plan_of(measure).versions(measure.id)
    same = list(takewhile(lambda version: version[1] == measure, versions))
    return view.edition(same[-1][0]) if len(same) > 1 else ""


def _origin(view: View, measure: Measure) -> Row | None:
    """The measure it was split off from."""
    return view.measure(view.plan_of(measure).known(measure.split_from)) if measure.split_from else None


def _earlier(view: View, plan: Plan, entry: Succeeded) -> Row:
    """The measures of the plan before that this one continues or replaces."""
    before = view.site.plans[plan.follows]
    return {
        "continues": entry.relation == "continues",
        "plan": view.plan_link(before),
        "measures": [view.measure(before.known(id)) for id in entry.earlier],
        "how": view.text(entry.how),
    }


def _later(view: View, plan: Plan, entry: Succeeded) -> Row:
    """What the plan after makes of this measure."""
    return {
        "words": succession_words(view, entry),
        "plan": view.plan_link(plan),
        "measure": view.measure(plan.known(entry.measure)) if entry.measure else None,
        "how": view.text(entry.how),
    }


def search_filters(view: View, measure: Measure) -> tuple[tuple[str, str], ...]:
    """kind, plan, topics of both levels, departments and target years, as ids."""
    site = view.site
    topics = dict.fromkeys(id for topic in measure.topics for id in (topic, site.topics[topic].parent))
    departments = dict.fromkeys(assignment.department for assignment in measure.assignments)
    years = dict.fromkeys(str(target.year) for target in measure.targets if target.year)
    return (
        ("kind", "measure"),
        ("plan", measure.plan),
        *(("topic", id) for id in topics),
        *(("department", id) for id in departments),
        *(("year", year) for year in years),
    )
