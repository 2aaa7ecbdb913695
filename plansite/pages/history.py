"""The history of a plan: its editions, what each changed, what awaits review, what became of the plan before."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import formats, urls
from plansite.model import Cell, Goal, Indicator, Measure, Plan, Quantity, Succeeded
from plansite.page import Page
from plansite.parts.descriptions import belongs
from plansite.parts.editions import Change, Figure, Kind, Step, steps
from plansite.parts.listings import awaiting_words
from plansite.parts.summaries import count_measures
from plansite.review import awaiting
from plansite.translations import plural
from plansite.view import Link, Row, View


def pages(view: View) -> Iterator[Page]:
    """One page for each plan."""
    for plan in view.site.plans.values():
        yield _page(view, plan)


def _page(view: View, plan: Plan) -> Page:
    _, name = view._, view.text(plan.short_title)
    title = _("%(plan)s: editions and changes", plan=name)
    path = [_step(view, step) for step in steps(plan)]
    if path:
        description = _(
            "The editions of this plan that were restated here, and what each changed. The latest: %(what)s.",
            what=path[0]["summary"],
        )
    else:
        description = _(
            "Which edition of this plan is restated here, and from which file. There is one so far: no later one has "
            "changed anything."
        )
    waiting = awaiting(plan)
    return Page(
        kind="history",
        locale=view.locale,
        address=urls.history(plan.id),
        template="history.html",
        title=title,
        description=description,
        told=(belongs(view, name, description),),
        context={
            "plan": view.plan_link(plan),
            "editions": [_edition(view, each) for each in (plan, *plan.earlier)],
            "steps": path,
            "waiting": awaiting_words(view, waiting),
            "new_tasks": [_new_task(view, plan, index) for index in range(len(plan.new_tasks))],
            "before": _before(view, plan),
            "after": [_after(view, plan, other) for other in view.links.plans_after.get(plan.id, [])],
        },
        crumbs=(
            (_("Home"), urls.HOME),
            (_("Plans"), urls.PLANS),
            (name, urls.plan(plan.id)),
            (_("Editions and changes"), None),
        ),
        section="plans",
        in_search=False,
    )


def _edition(view: View, plan: Plan) -> Row:
    """An edition and its document."""
    return {
        "name": view.edition(plan),
        "current": plan is view.site.plans[plan.id],
        "measures": count_measures(view, len(plan.measures)),
        "file": plan.source.file,
        "sha256": plan.source.sha256,
    }


def _step(view: View, step: Step) -> Row:
    _, id = view._, step.newer.id
    return {
        "id": f"to-{step.newer.edition or 'undated'}",
        "older": view.edition(step.older),
        "newer": view.edition(step.newer),
        "summary": _summary(view, step),
        "figures": [_figure(view, step, figure) for figure in step.figures],
        "changed": [_changed(view, change) for change in step.changed],
        "moved": [_changed(view, change) for change in step.moved],
        "came": [
            _link(view, measure) | {"split_from": _split_from(view, step.newer, measure)} for measure in step.came
        ],
        "gone": [_gone(view, view.site.plans[id], measure) for measure in step.gone],
        "unchanged": count_measures(view, step.unchanged) if step.unchanged else "",
    }


def _summary(view: View, step: Step) -> str:
    """What happened, in counts."""
    parts = (
        (len(step.figures), plural("%(count)s number changed", "%(count)s numbers changed")),
        (len(step.changed), plural("%(count)s measure changed", "%(count)s measures changed")),
        (len(step.came), plural("%(count)s new measure", "%(count)s new measures")),
        (len(step.gone), plural("%(count)s measure withdrawn", "%(count)s measures withdrawn")),
        (len(step.moved), plural("%(count)s measure only moved", "%(count)s measures only moved")),
    )
    words = [view.counted(count, *texts) for count, texts in parts if count]
    return view.join(words) or view._("nothing that this site restates")


def _figure(view: View, step: Step, figure: Figure) -> Row:
    """A changed number: what it is, where it stands, before and after."""
    _, id, of = view._, step.newer.id, figure.of
    newest = step.newer is view.site.plans[id]
    if isinstance(of, Indicator):
        label, place = view.text(of.name), _("Indicator %(number)s", number=of.number)
        path = view.path(urls.plan_indicator(id, of.number)) if newest and figure.after else ""
    elif isinstance(of, Goal):
        label, place = view.text(of.quantity.what), _("Section %(number)s", number=f"{of.chapter}.{of.section}")
        path = view.path(urls.goal(id, of.id)) if newest and figure.after else ""
    else:
        known = figure.after or figure.before
        label = view.text(known.what) if isinstance(known, Quantity) else ""
        place, path = f"{of.locator} {view.text(of.title)}", view.path(urls.measure_history(id, of.id))
    return {
        "label": label,
        "place": (place, path),
        "before": _value(view, of, figure.before),
        "after": _value(view, of, figure.after),
    }


def _value(view: View, of: Measure | Indicator | Goal, value: Quantity | Cell | None) -> str:
    """A value with its unit and year; empty if there is none."""
    if isinstance(value, Cell) and isinstance(of, Indicator):
        return formats.cell(value, of.unit, view.locale)
    if isinstance(value, Quantity):
        words = formats.quantity(value, view.locale)
        return view._("%(value)s by %(year)s", value=words, year=value.year) if value.year else words
    return ""


def _changed(view: View, change: Change) -> Row:
    before, after = change.before.locator, change.after.locator
    return _link(view, change.after) | {
        "kinds": kind_words(view, change.kinds),
        "was": before if before != after else "",
        "history_path": view.path(urls.measure_history(change.after.plan, change.after.id)),
        "waiting": bool(change.after.needs_review),
    }


def _link(view: View, measure: Measure) -> Row:
    """id, locator, title and path; the address answers for a withdrawn measure too."""
    return {
        "locator": measure.locator,
        "title": view.text(measure.title),
        "path": view.path(urls.measure(measure.plan, measure.id)),
    }


def kind_words(view: View, kinds: tuple[Kind, ...]) -> str:
    """In what a measure changed, as words."""
    _ = view._
    names: dict[Kind, str] = {
        "numbers": _("numbers"),
        "bodies": _("responsible bodies"),
        "text": _("what is to be done"),
        "heading": _("printed heading"),
        "place": _("place in the document"),
    }
    return view.join(names[kind] for kind in kinds)


def _split_from(view: View, plan: Plan, measure: Measure) -> Link | None:
    if not measure.split_from:
        return None
    origin = view.site.plans[plan.id].known(measure.split_from)
    return view.text(origin.title), view.path(urls.measure(plan.id, origin.id))


def _gone(view: View, plan: Plan, measure: Measure) -> Row:
    """A withdrawn measure and what became of it."""
    return _link(view, measure) | {"fate": fate(view, plan, measure.id)}


def fate(view: View, plan: Plan, id: str) -> Row:
    """What became of a withdrawn measure: words, links to what it went into, an editor's remark."""
    _, entry = view._, plan.withdrawn[id]
    words = {
        "dropped": _("No task of the later edition takes its place."),
        "merged": _("It was merged into:"),
        "split": _("It was divided among:"),
        "replaced": _("It was replaced by:"),
    }
    return {
        "words": words[entry.fate],
        "into": [view.measure(plan.known(name)) for name in entry.into],
        "text": view.text(entry.text),
    }


def _new_task(view: View, plan: Plan, index: int) -> Row:
    """A task that nobody has restated: what the document itself tells about it."""
    task = plan.new_tasks[index]
    return {
        "locator": task.locator,
        "heading": task.heading,
        "bodies": view.join(view.body_name(entry.department, plan) for entry in task.assignments),
    }


# --- the plan of the period before ---


def _before(view: View, plan: Plan) -> Row | None:
    """The plan that this one follows, and what it makes of each of its measures."""
    if not plan.follows:
        return None
    earlier = view.site.plans[plan.follows]
    said = {id for entry in plan.succession for id in entry.earlier}
    return {
        "plan": view.plan_link(earlier),
        "rows": [_succession(view, plan, earlier, entry) for entry in plan.succession],
        "silent": [view.measure(measure) for id, measure in earlier.measures.items() if id not in said],
    }


def _succession(view: View, plan: Plan, earlier: Plan, entry: Succeeded) -> Row:
    return {
        "earlier": [view.measure(earlier.known(id)) for id in entry.earlier],
        "measure": view.measure(plan.known(entry.measure)) if entry.measure else None,
        "relation": succession_words(view, entry),
        "how": view.text(entry.how),
    }


def succession_words(view: View, entry: Succeeded) -> str:
    """ "Continued by", "Replaced by", "Dropped"."""
    _ = view._
    return {"continues": _("Continued by"), "replaces": _("Replaced by"), "drops": _("Dropped")}[entry.relation]


def _after(view: View, plan: Plan, later: Plan) -> Row:
    """The plan that follows this one."""
    return {"plan": view.plan_link(later), "path": f"{view.path(urls.history(later.id))}#before"}
