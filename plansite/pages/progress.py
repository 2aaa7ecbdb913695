"""The results that a plan claims for the five years before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from plansite import formats, urls
from plansite.model import CompletionRow, CompletionTable, Plan, Progress, Section
from plansite.page import Page
from plansite.parts.listings import brief_name
from plansite.parts.wording import source_place
from plansite.view import Row, View

YEARS = 5


def pages(view: View) -> Iterator[Page]:
    """One page for each plan that claims results."""
    for plan in view.site.plans.values():
        if plan.progress or plan.completion:
            yield _page(view, plan)


def _page(view: View, plan: Plan) -> Page:
    _, name = view._, view.text(plan.short_title)
    first, last = plan.period[0] - YEARS, plan.period[0] - 1
    title = _("Results claimed for %(first)s–%(last)s", first=first, last=last)
    entries = sorted(plan.progress.values(), key=_place)
    context = {
        "title": title,
        "plan": view.plan_link(plan),
        "completion": _completion(view, plan, plan.completion) if plan.completion else None,
        "undated": _undated(view, entries, first, last),
        "groups": [_group(view, plan, list(group)) for _, group in groupby(entries, key=_place)],
    }
    return Page(
        kind="progress",
        locale=view.locale,
        address=urls.progress(plan.id),
        template="progress.html",
        title=f"{title} · {brief_name(view, plan)}",
        description=_(
            "What the plan itself says was reached in %(first)s–%(last)s, in %(count)s figures. They are the "
            "plan’s own claims; this site has not verified them.",
            first=first,
            last=last,
            count=sum(len(entry.figures) for entry in entries),
        ),
        context=context,
        crumbs=((_("Home"), urls.HOME), (name, urls.plan(plan.id)), (title, None)),
        section="plans",
        filters=(("kind", "progress"), ("plan", plan.id)),
    )


def _undated(view: View, entries: list[Progress], first: int, last: int) -> str:
    """What it means that some of the figures have no year."""
    if all(figure.year for entry in entries for figure in entry.figures):
        return ""
    return view._(
        "A year stands beside a figure only where the document gives it one. The others belong to %(first)s–%(last)s "
        "as a whole or to its end, unless their text says otherwise.",
        first=first,
        last=last,
    )


def _completion(view: View, plan: Plan, table: CompletionTable) -> Row:
    """The table that tells how the earlier targets were met: normalised, with what is printed where that differs."""
    rows = [(row.category, _completion_row(view, plan, row)) for row in table.rows]
    return {
        "caption": view._("Box %(number)s: %(title)s", number=table.box.number, title=view.text(table.box.title)),
        "year": table.year,
        "place": (
            view._("Section %(number)s", number=f"{table.box.chapter}.{table.box.section}"),
            view.path(urls.section(plan.id, table.box.chapter, table.box.section)),
        ),
        "groups": [
            (view.text(name), [row for category, row in rows if category == id])
            for id, name in table.categories.items()
        ],
        "notes": notes_of_rows(view, plan, table),
    }


def _completion_row(view: View, plan: Plan, row: CompletionRow) -> Row:
    cells = {
        name: {
            "text": formats.bare(cell, view.locale),
            "worded": cell.worded is not None,
            "printed": cell.printed if cell.printed.strip() != formats.bare(cell, view.locale) else "",
        }
        for name, cell in (("planned", row.planned), ("achieved", row.achieved))
    }
    official = view.official.get(plan.id)
    place = official.completion_row(plan, row) if official else None
    return {
        "number": row.number,
        "name": view.text(row.name),
        "printed_name": formats.as_printed(row.printed_name),
        "path": view.path(urls.indicator(row.concept)) if row.concept else "",
        "unit": view.text(row.unit.symbol),
        "attribute": row.attribute or "",
        "remark": view.text(row.remark),
        "place": source_place(official.outline.name, [place], view._) if official and place else "",
        **cells,
    }


def notes_of_rows(view: View, plan: Plan, table: CompletionTable) -> list[Row]:
    """The notes that speak of rows of the table, each once."""
    notes = (note for row in table.rows for note in view.links.notes_on(plan.id, "completion", row.number))
    return list({note.id: view.note(note) for note in notes}.values())


def _place(entry: Progress) -> tuple[int, int, int]:
    return entry.chapter, entry.section, entry.group


def _group(view: View, plan: Plan, entries: list[Progress]) -> Row:
    """The results below one sub-heading of the document (or in a section without one)."""
    chapter, number, group = _place(entries[0])
    section = next(s for s in plan.chapter(chapter).sections if s.number == number)
    rows = [view.progress(entry) for entry in entries]
    return {
        "id": f"g{chapter}-{number}-{group}",
        "title": _title(view, section, group),
        "place": (_section(view, chapter, section, group), view.path(urls.section(plan.id, chapter, number))),
        "entries": rows,
        "official": list({row["official"]["id"]: row["official"] for row in rows if row["official"]}.values()),
        "notes": list({note["id"]: note for row in rows for note in row["notes"]}.values()),
    }


def _title(view: View, section: Section, group: int) -> str:
    return view.text(section.groups[group - 1].title if group else section.title)


def _section(view: View, chapter: int, section: Section, group: int) -> str:
    """Where the results stand, with the printed mark of their sub-heading: "Section 1.1, part 2 (二)"."""
    number = f"{chapter}.{section.number}"
    if not group:
        return view._("Section %(number)s", number=number)
    mark = section.groups[group - 1].mark
    part = mark if view.locale == "zh" else f"{group} ({mark})"
    return view._("Section %(number)s, part %(part)s", number=number, part=part)
