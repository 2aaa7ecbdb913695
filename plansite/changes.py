"""What changed, and when: what editors tell in `data/site.yaml`, and the dated editions of the plans themselves.

Every date comes from the data, none from the clock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from plansite import urls
from plansite.model import MeasureKey, Plan, Site, Text
from plansite.view import Row, View


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of this site (`text`), or of a plan: an `edition`, with the one `before` it.

    `anchor` is its address on the page of changes, the same for ever; `date` is a day, or a month or year if the
    document gives no more.
    """

    anchor: str
    date: str
    plans: tuple[str, ...]
    measures: tuple[MeasureKey, ...] = ()
    text: Text | None = None
    edition: Plan | None = None
    before: Plan | None = None

    @property
    def first_day(self) -> str:
        """The date, or the first day of its month or year."""
        return self.date + "-01" * (2 - self.date.count("-"))


def entries(site: Site, plan: str = "") -> list[Entry]:
    """Every change, or every change that concerns one plan, the newest first; official ones first within a day."""
    everything = [*_official(site), *_editorial(site)]
    found = [entry for entry in everything if not plan or plan in entry.plans]
    return sorted(found, key=lambda entry: entry.first_day, reverse=True)


def changed_plans(site: Site) -> list[Plan]:
    """The plans that have a page and a feed of changes."""
    named = {id for entry in entries(site) for id in entry.plans}
    return [plan for plan in site.plans.values() if plan.id in named]


def _editorial(site: Site) -> list[Entry]:
    """The newest first, as the file has them; of one day's entries the oldest has the day as its anchor, later ones
    the day and a number."""
    counts: Counter[str] = Counter()
    result: list[Entry] = []
    for change in reversed(site.info.changes):
        counts[change.date] += 1
        anchor = change.date if counts[change.date] == 1 else f"{change.date}-{counts[change.date]}"
        plans = dict.fromkeys([*change.plans, *(plan for plan, _ in change.measures)])
        result.append(Entry(anchor, change.date, tuple(plans), change.measures, change.text))
    return result[::-1]


def _official(site: Site) -> list[Entry]:
    """One for each edition with a date; an anchor is the plan and its edition."""
    result: list[Entry] = []
    for plan in site.plans.values():
        editions = (plan, *plan.earlier)
        for edition, before in zip(editions, (*plan.earlier, None), strict=True):
            if date := _date(edition):
                anchor = f"{plan.id}-{edition.edition or 'undated'}"
                result.append(Entry(anchor, date, (plan.id,), edition=edition, before=before))
    return result


def _date(plan: Plan) -> str:
    """The day of issue if it is that of the edition, else the date of the edition."""
    return plan.issued if plan.issued.startswith(plan.edition) else plan.edition


def change_row(view: View, entry: Entry) -> Row:
    """anchor, path, date (in words), iso, official, kind (in words), title, text, plans, measures, history (links)."""
    _, edition = view._, entry.edition
    text = _told(view, entry.before, entry.date) if edition else view.text(entry.text)
    plans = [view.plan_link(view.site.plans[id]) for id in entry.plans]
    step = f"#to-{edition.edition or 'undated'}" if edition and entry.before else ""
    return {
        "anchor": entry.anchor,
        "path": view.path(urls.change(entry.anchor)),
        "date": view.date(entry.date),
        "iso": entry.date,
        "official": edition is not None,
        "kind": _("Official document") if edition else _("This site"),
        "title": _("%(plan)s: %(text)s", plan=plans[0][0], text=text) if edition else text,
        "text": text,
        "plans": plans,
        "measures": [
            (f"{view.text(measure.title)} · {view.jurisdiction_name(view.plan_of(measure))}", view.path(address))
            for measure, address in ((view.site.measure(key), urls.measure(*key)) for key in entry.measures)
        ],
        "history": (_("What changed"), view.path(urls.history(entry.plans[0])) + step) if step else None,
    }


def _told(view: View, before: Plan | None, date: str) -> str:
    """What the data say of an edition."""
    _, day = view._, view.date(date)
    if before is None:
        return _("The document is dated %(date)s.", date=day)
    if not before.edition:
        return _("A new edition, dated %(date)s, takes the place of the undated one.", date=day)
    return _(
        "A new edition, dated %(date)s, takes the place of the one dated %(before)s.",
        date=day,
        before=view.date(before.edition),
    )
