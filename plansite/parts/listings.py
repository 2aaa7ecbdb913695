"""Counts in words and lists by plan, which several kinds of page share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from plansite import formats, urls
from plansite.model import Chapter, Measure, Note, Plan, Progress, Project, Quantity
from plansite.parts.summaries import count_measures
from plansite.review import Awaiting
from plansite.translations import plural
from plansite.view import Link, Row, View

NO_YEAR = 9999  # sorts a target without a deadline after all others


def count_targets(view: View, count: int) -> str:
    return view.counted(count, "%(count)s target", "%(count)s targets")


def counts(view: View, measures: int, projects: int, results: int, chapters: int = 0) -> str:
    """ "3 measures, 1 project": what there is; "0 measures" where there is nothing."""
    kinds = (
        (measures, count_measures(view, measures)),
        (projects, view.counted(projects, "%(count)s project", "%(count)s projects")),
        (results, view.counted(results, "%(count)s claimed result", "%(count)s claimed results")),
        (chapters, view.counted(chapters, "the text of %(count)s chapter", "the text of %(count)s chapters")),
    )
    parts = [words for count, words in kinds if count]
    return view.join(parts) or count_measures(view, 0)


def awaiting_words(view: View, waiting: Iterable[Awaiting]) -> str:
    """What awaits review, counted by kind; empty if nothing does."""
    counts = Counter(each.kind for each in waiting)
    kinds = (
        ("measure", plural("%(count)s measure", "%(count)s measures")),
        ("new task", plural("%(count)s new task", "%(count)s new tasks")),
        ("indicator", plural("%(count)s indicator", "%(count)s indicators")),
        ("goal", plural("%(count)s target of the running text", "%(count)s targets of the running text")),
        ("completion row", plural("%(count)s row of the earlier period", "%(count)s rows of the earlier period")),
        ("project", plural("%(count)s project", "%(count)s projects")),
        ("result", plural("%(count)s claimed result", "%(count)s claimed results")),
        ("note", plural("%(count)s editor’s note", "%(count)s editor’s notes")),
        ("chapter", plural("%(count)s chapter", "%(count)s chapters")),
        ("plan", plural("%(count)s summary", "%(count)s summaries")),
    )
    return view.join(view.counted(counts[kind], *texts) for kind, texts in kinds if counts[kind])


def stale_words(view: View, home: str, record: str) -> Row | None:
    """That facts of a record changed after its text in the reader's language was written; None if they did not.

    `other` tells that the other language says them as they are.
    """
    stale = view.site.stale.get((home, record), ())
    if view.locale not in stale:
        return None
    words = (
        view._("Facts changed after this text was written, and it may not say them all.")
        if len(stale) > 1
        else view._("This text may not say what the Chinese now says: facts changed after it was written.")
    )
    return {"text": words, "other": len(stale) == 1}


def chapter_rows(view: View, chapters: Iterable[tuple[Plan, Chapter]]) -> list[Row]:
    """Chapters whose running text, outside the measures, names a place or a document."""
    return [
        {
            "plan": view.text(plan.short_title),
            "path": view.path(urls.chapter(plan.id, chapter.number)),
            "title": f"{chapter.number} {view.text(chapter.title)}",
            "plan_id": plan.id,
        }
        for plan, chapter in chapters
    ]


def short_name(view: View, plan: Plan) -> str:
    """What to call a plan in a narrow column: its jurisdiction, or its short title where that has several plans."""
    return view.text(plan.short_title) if plan.jurisdiction in view.crowded else view.jurisdiction_name(plan)


def brief_name(view: View, plan: Plan) -> str:
    """What to call a plan in the title of a page: "Kuancheng 4.3.1"."""
    return short_name(view, plan).removesuffix(" District")


def by_plan(view: View, measures: Iterable[Measure]) -> list[Row]:
    """Measures under the plan they belong to, in the order of the plans: id and link of the plan, rows, their count."""
    groups: dict[str, list[Row]] = {}
    for measure in measures:
        groups.setdefault(measure.plan, []).append(view.measure(measure))
    return [
        {
            "id": plan,
            "link": view.plan_link(view.site.plans[plan]),
            "rows": rows,
            "count": count_measures(view, len(rows)),
        }
        for plan, rows in groups.items()
    ]


def plans_of(*lists: Iterable[Measure] | Iterable[Project] | Iterable[Progress]) -> list[str]:
    """The ids of the plans that some things belong to, each once."""
    return list(dict.fromkeys(thing.plan for things in lists for thing in things))


def targets_by_deadline(view: View, measures: Iterable[Measure]) -> list[Row]:
    """Every target of some measures, the first deadline first; those without one at the end."""
    return targets_by_deadline_of(view, [(measure, target) for measure in measures for target in measure.targets])


def targets_by_deadline_of(view: View, pairs: Iterable[tuple[Measure, Quantity]]) -> list[Row]:
    """Rows for the target table, the first deadline first."""
    return [view.target(measure, target) for measure, target in sorted(pairs, key=lambda pair: deadline(pair[1]))]


def passed_deadlines(view: View, plans: Iterable[Plan]) -> Row | None:
    """How many targets of some plans fell due before the newest entry of the publication log; None if none did.

    A target counts from the year after its own on. `path` leads to what a plan does not say.
    """
    changes = view.site.info.changes
    years = [year for plan in plans for year in _target_years(plan)]
    passed = sum(0 < year < int(changes[0].date[:4]) for year in years) if changes else 0
    if not passed:
        return None
    date, all_ = view.date(changes[0].date), formats.number(len(years), view.locale)
    if passed == len(years):
        text = view._("As of %(date)s, the deadlines of all %(all)s targets have passed.", date=date, all=all_)
    else:
        text = view.counted(
            passed,
            "As of %(date)s, the deadline of %(count)s of %(all)s targets has passed.",
            "As of %(date)s, the deadlines of %(count)s of %(all)s targets have passed.",
            date=date,
            all=all_,
        )
    return {"text": text, "path": view.path(urls.NOT_SAID)}


def _target_years(plan: Plan) -> Iterator[int]:
    """The year of each target: of measures, of the indicator table and of the running text; 0 where there is none."""
    yield from (target.year for measure in plan.measures.values() for target in measure.targets)
    yield from (plan.indicators.target_year for _ in plan.indicators.rows) if plan.indicators else ()
    yield from (goal.quantity.year for goal in plan.goals.values())


def deadline(target: Quantity) -> int:
    return target.year or NO_YEAR


def first_deadline(measures: Iterable[Measure]) -> int:
    """The earliest year by which one of the measures has a target; 0 if none has."""
    return min((target.year for measure in measures for target in measure.targets if target.year), default=0)


def notes_about(
    view: View,
    measures: Iterable[Measure],
    others: Iterable[Project | Progress] = (),
    rows: Iterable[tuple[Plan, int]] = (),
) -> list[Row]:
    """The notes that speak of some measures, projects, claimed results or indicator rows, each once."""
    links = view.links
    found: dict[tuple[str, str], Note] = {}
    lists = [links.notes_on(measure.plan, "measure", measure.id) for measure in measures]
    lists += [
        links.notes_on(thing.plan, "project" if isinstance(thing, Project) else "progress", thing.id)
        for thing in others
    ]
    lists += [links.notes_on(plan.id, "indicator", number) for plan, number in rows]
    for notes in lists:
        found |= {(note.plan, note.id): note for note in notes}
    return [view.note(note) for note in found.values()]


def indicator_place(view: View, plan: Plan, number: int) -> Link:
    """ "Box 1, row 3" and the row's address."""
    assert plan.indicators
    label = view._("Box %(box)s, row %(row)s", box=plan.indicators.box.number, row=number)
    return label, view.path(urls.plan_indicator(plan.id, number))
