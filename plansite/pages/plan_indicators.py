"""A plan's indicator table: normalised and as printed, with charts, notes and the counts the text declares."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from plansite import formats, urls
from plansite.model import Indicator, IndicatorTable, Plan
from plansite.page import Page
from plansite.parts import indicator_charts
from plansite.parts.descriptions import listed
from plansite.parts.listings import notes_about
from plansite.parts.wording import source_file, source_place
from plansite.view import Row, View


def pages(view: View) -> Iterator[Page]:
    """One page for each plan that has an indicator table or goals in its running text."""
    for plan in view.site.plans.values():
        if has_page(plan):
            yield _page(view, plan)


def has_page(plan: Plan) -> bool:
    """Whether a plan has targets of its own: a table, or goals of the running text."""
    return bool(plan.indicators or plan.goals)


def numbers_address(plan: Plan) -> str:
    """Where the numbers of a plan stand together: the page of its targets, else its list of measures."""
    return urls.plan_indicators(plan.id) if has_page(plan) else urls.measures(plan.id)


def _page(view: View, plan: Plan) -> Page:
    _, name, table = view._, view.text(plan.short_title), plan.indicators
    goals = [view.goal(goal) for goal in plan.goals.values()]
    lead = _lead(view, plan, table) if table else _goals_lead(view, plan)
    years = [table.target_year] if table else sorted({g.quantity.year for g in plan.goals.values() if g.quantity.year})
    return Page(
        kind="plan-indicators",
        locale=view.locale,
        address=urls.plan_indicators(plan.id),
        template="plan_indicators.html",
        title=_("Indicators of the %(plan)s", plan=name),
        description=lead,
        told=(lead, _("Among them: %(things)s.", things=listed(view, _names(view, plan)))),
        context={
            "plan": name,
            "goals": goals,
            "goal_passages": list({g["official"]["id"]: g["official"] for g in goals if g["official"]}.values()),
            "goal_notes": list({note["id"]: note for g in goals for note in g["notes"]}.values()),
            "table": _table(view, plan, table) if table else None,
        },
        crumbs=((_("Home"), urls.HOME), (name, urls.plan(plan.id)), (_("Indicators"), None)),
        section="plans",
        filters=(("kind", "indicator"), ("plan", plan.id), *(("year", str(year)) for year in years)),
    )


def _names(view: View, plan: Plan) -> list[str]:
    """What the plan is measured by: the rows of its table, or its goals."""
    table = plan.indicators
    names = [row.name for row in table.rows] if table else [goal.quantity.what for goal in plan.goals.values()]
    return list(dict.fromkeys(map(view.text, names)))


def _table(view: View, plan: Plan, table: IndicatorTable) -> Row:
    """All that the page says of the indicator table."""
    charted = [row for row in table.rows if row.target.value is not None]
    chapter = plan.chapter(table.box.chapter)
    section = next(s for s in chapter.sections if s.number == table.box.section)
    return {
        "groups": _groups(view, plan, table),
        "baseline_year": table.baseline_year or "",
        "target_year": table.target_year,
        "caption": view._("Box %(number)s: %(title)s", number=table.box.number, title=view.text(table.box.title)),
        "printed": [_printed(view, plan, row) for row in table.rows],
        "source_file": source_file(view.official.get(plan.id)),
        "declared": _declared(view, table),
        "charts": indicator_charts.figures(
            view, [indicator_charts.of_table(plan, row, f"{row.number} {view.text(row.name)}") for row in charted]
        )
        if table.baseline_year
        else [],
        "without_chart": [
            (f"{row.number} {view.text(row.name)}", view.path(urls.plan_indicator(plan.id, row.number)))
            for row in table.rows
            if row not in charted
        ],
        "notes": [
            note
            for note in notes_about(view, (), rows=[(plan, row.number) for row in table.rows])
            if note["kind_id"] == "contradiction"
        ],
        "where": {
            "plan": (view.text(plan.title), view.path(urls.plan(plan.id))),
            "chapter": (
                f"{chapter.number} {view.text(chapter.title)}",
                view.path(urls.chapter(plan.id, chapter.number)),
            ),
            "section": (
                f"{chapter.number}.{section.number} {view.text(section.title)}",
                view.path(urls.section(plan.id, chapter.number, section.number)),
            ),
            "heading": f"专栏{table.box.number} {table.box.title.zh}",
        },
        "csv_path": "data/indicators.csv",
    }


def _goals_lead(view: View, plan: Plan) -> str:
    return view._(
        "%(district)s has no table of indicators; its running text sets %(count)s targets.",
        district=view.jurisdiction_name(plan),
        count=len(plan.goals),
    )


def _lead(view: View, plan: Plan, table: IndicatorTable) -> str:
    binding = sum(row.attribute == "binding" for row in table.rows)
    if not table.baseline_year:
        return view._(
            "%(district)s is to meet %(total)s indicators by the end of %(year)s: %(binding)s are binding, "
            "%(anticipatory)s anticipatory.",
            district=view.jurisdiction_name(plan),
            total=len(table.rows),
            year=table.target_year,
            binding=binding,
            anticipatory=len(table.rows) - binding,
        )
    return view._(
        "%(district)s is to meet %(total)s indicators by the end of %(year)s, measured against %(base)s: %(binding)s "
        "are binding, %(anticipatory)s anticipatory.",
        district=view.jurisdiction_name(plan),
        total=len(table.rows),
        year=table.target_year,
        base=table.baseline_year,
        binding=binding,
        anticipatory=len(table.rows) - binding,
    )


def _declared(view: View, table: IndicatorTable) -> str:
    """The counts in the text, and whether the rows bear them out; empty where the text gives none."""
    if table.declared is None:
        return ""
    binding = sum(row.attribute == "binding" for row in table.rows)
    counted = (len(table.rows), binding, len(table.rows) - binding)
    total, fixed, hoped = table.declared
    place = f"{table.box.chapter}.{table.box.section}"
    if counted == table.declared:
        return view._(
            "Section %(place)s announces %(total)s indicators, %(binding)s binding and %(anticipatory)s anticipatory. "
            "The table has as many.",
            place=place,
            total=total,
            binding=fixed,
            anticipatory=hoped,
        )
    return view._(
        "Section %(place)s announces %(total)s indicators, %(binding)s binding and %(anticipatory)s anticipatory. "
        "The table has %(rows)s, %(rows_binding)s and %(rows_anticipatory)s.",
        place=place,
        total=total,
        binding=fixed,
        anticipatory=hoped,
        rows=counted[0],
        rows_binding=counted[1],
        rows_anticipatory=counted[2],
    )


def _groups(view: View, plan: Plan, table: IndicatorTable) -> list[tuple[str, list[Row]]]:
    rows = [(row.category, _row(view, plan, row)) for row in table.rows]
    return [
        (view.text(name), [row for category, row in rows if category == id]) for id, name in table.categories.items()
    ]


def _row(view: View, plan: Plan, indicator: Indicator) -> Row:
    """The shared row with its notes below the name, and a cell as printed only where the normalised one differs."""
    row, root = view.indicator(plan, indicator), urls.root(view.path(urls.plan_indicators(plan.id)))
    note = view._("Note: %(title)s", title="{}")
    row["note"] = Markup().join(
        Markup('<span class="row-notes">{}</span>').format(
            Markup(note).format(Markup('<a href="{}{}">{}</a>').format(root, each["path"], each["title"]))
        )
        for each in row["notes"]
    )
    for cell in ("baseline", "target"):
        if row[f"{cell}_printed"] == row[cell]:
            row[f"{cell}_printed"] = ""
    row["source"] = f"#p{indicator.number}" if view.official.get(plan.id) else ""
    return row


def _printed(view: View, plan: Plan, row: Indicator) -> Row:
    """A row to the letter; `place` says where it stands in the file, when that is at hand."""
    official = view.official.get(plan.id)
    place = official.row(row) if official else None
    return {
        "id": f"p{row.number}",
        "place": source_place(official.outline.name, [place], view._) if official and place else "",
        "number": row.number,
        "name": formats.as_printed(row.printed_name),
        "baseline": row.baseline.printed,
        "target": row.target.printed,
        "attribute": row.attribute,
    }
