"""What changed, and when: what editors tell in `data/site.yaml`, and the dated editions of the plans themselves.

Every date comes from the data, none from the clock.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from plansite import urls
from plansite.model import Change, MeasureKey, Plan, Site, Text
from plansite.view import Row, View


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of this site (`title`, `text`), or of a plan: an `edition`, with the one `before` it.

    `anchor` is its address on the page of changes, the same for ever; `date` is a day, or a month or year if the
    document gives no more; `here` is the day on which it was published on this site.
    """

    anchor: str
    date: str
    here: str
    plans: tuple[str, ...]
    measures: tuple[MeasureKey, ...] = ()
    title: Text | None = None
    text: Text | None = None
    edition: Plan | None = None
    before: Plan | None = None

    @property
    def first_day(self) -> str:
        """The date, or the first day of its month or year."""
        return self.date + "-01" * (2 - self.date.count("-"))


def entries(site: Site, plan: str = "") -> list[Entry]:
    """Every change, or every change that concerns one plan, the newest first; official ones first within a day."""
    everything = [*_official(site), *editorial(site)]
    found = [entry for entry in everything if not plan or plan in entry.plans]
    return sorted(found, key=lambda entry: entry.first_day, reverse=True)


def changed_plans(site: Site) -> list[Plan]:
    """The plans that have a page and a feed of changes."""
    named = {id for entry in entries(site) for id in entry.plans}
    return [plan for plan in site.plans.values() if plan.id in named]


def concerned(change: Change) -> dict[str, None]:
    """The plans that an entry of the log names, itself or by a measure."""
    return dict.fromkeys([*change.plans, *(plan for plan, _ in change.measures)])


def editorial(site: Site) -> list[Entry]:
    """The newest first, as the file has them; of one day's entries the oldest has the day as its anchor, later ones
    the day and a number."""
    counts: Counter[str] = Counter()
    result: list[Entry] = []
    for change in reversed(site.info.changes):
        counts[change.date] += 1
        anchor = change.date if counts[change.date] == 1 else f"{change.date}-{counts[change.date]}"
        plans = tuple(concerned(change))
        result.append(Entry(anchor, change.date, change.date, plans, change.measures, change.title, change.text))
    return result[::-1]


def _official(site: Site) -> list[Entry]:
    """One for each edition with a date; an anchor is the plan and its edition."""
    result: list[Entry] = []
    for plan in site.plans.values():
        editions = (plan, *plan.earlier)
        for edition, before in zip(editions, (*plan.earlier, None), strict=True):
            if date := _date(edition):
                anchor = f"{plan.id}-{edition.edition or 'undated'}"
                here = _published(site, plan, date)
                result.append(Entry(anchor, date, here, (plan.id,), edition=edition, before=before))
    return result


def _published(site: Site, plan: Plan, date: str) -> str:
    """The day of the first entry about a plan since an edition has its date; the newest day of the log if none is."""
    days = sorted(change.date for change in site.info.changes if plan.id in concerned(change))
    return next((day for day in days if day >= date), site.info.changes[0].date)


def _date(plan: Plan) -> str:
    """The day of issue if it is that of the edition, else the date of the edition."""
    return plan.issued if plan.issued.startswith(plan.edition) else plan.edition


def change_row(view: View, entry: Entry) -> Row:
    """anchor, path, date (in words), iso, official, kind (in words), title, text, plans, measures, history (links)."""
    _, edition = view._, entry.edition
    plans = [view.plan_link(view.site.plans[id]) for id in entry.plans]
    if edition:
        text = _told(view, entry.before, entry.date)
        title = _edition_title(view, edition, entry.before)
    else:
        text, title = view.text(entry.text), view.text(entry.title)
    step = f"#to-{edition.edition or 'undated'}" if edition and entry.before else ""
    return {
        "anchor": entry.anchor,
        "path": view.path(urls.change(entry.anchor)),
        "date": view.date(entry.date),
        "iso": entry.date,
        "official": edition is not None,
        "kind": _("Official document") if edition else _("This site"),
        "title": title,
        "text": text,
        "plans": plans,
        "measures": [
            (f"{view.text(measure.title)} · {view.jurisdiction_name(view.plan_of(measure))}", view.path(address))
            for measure, address in ((view.site.measure(key), urls.measure(*key)) for key in entry.measures)
        ],
        "history": (_("What changed"), view.path(urls.history(entry.plans[0])) + step) if step else None,
    }


def _edition_title(view: View, edition: Plan, before: Plan | None) -> str:
    """Which document: a new edition of a plan, or the one that this site began with."""
    _, plan, date = view._, view.text(edition.short_title), view.edition(edition)
    if before:
        return _("%(plan)s: new edition, %(date)s", plan=plan, date=date)
    return _("%(plan)s: document of %(date)s", plan=plan, date=date)


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
