"""Charts of indicator rows: one chart for each unit, never two units on one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from plansite import formats
from plansite.model import Cell, Indicator, Plan, Quantity, Unit
from plansite.parts import charts
from plansite.view import View


@dataclass(frozen=True, slots=True)
class Row:
    """What a chart shows in one row; `label` names it in the chart and in its table."""

    label: str
    unit: Unit
    baseline: Cell | None
    target: Cell | Quantity
    baseline_year: int
    target_year: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with what stands below it: a caption, and its numbers as a table (head, rows of cells)."""

    id: str
    svg: Markup
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def of_table(plan: Plan, row: Indicator, label: str) -> Row:
    """A row of a plan's indicator table."""
    table = plan.indicators
    assert table
    return Row(label, row.unit, row.baseline, row.target, table.baseline_year, table.target_year)


def figures(view: View, rows: Iterable[Row]) -> list[Figure]:
    """A chart for each unit, for the rows whose target is a number; the unit with most rows first."""
    units: dict[str, list[Row]] = {}
    for row in rows:
        if row.target.value is not None:
            units.setdefault(row.unit.id, []).append(row)
    ordered = sorted(units.values(), key=lambda group: -len(group))
    return [_figure(view, f"chart-{number}", group) for number, group in enumerate(ordered, 1)]


def _figure(view: View, id: str, rows: list[Row]) -> Figure:
    _, unit = view._, rows[0].unit
    base_years = {row.baseline_year for row in rows if row.baseline and row.baseline.value is not None}
    years = {row.target_year for row in rows}
    legend = (
        _("Baseline %(year)s", year=base_years.pop()) if len(base_years) == 1 else _("Baseline"),
        _("Target %(year)s", year=years.pop()) if len(years) == 1 else _("Target"),
    )
    name = view.text(unit.name)
    many = len(rows) > 1
    title = (
        _("Baseline and target of %(count)s rows (%(unit)s)", count=len(rows), unit=name)
        if many
        else _("%(name)s: baseline and target (%(unit)s)", name=rows[0].label, unit=name)
    )
    caption = _("Baseline and target in %(unit)s. A ring is the baseline, a diamond the target.", unit=name)

    def tick(value: Decimal) -> str:
        return formats.with_unit(float(value), unit, view.locale)

    return Figure(
        id=id,
        svg=charts.spans(id, title, [_span(view, row) for row in rows], legend, tick),
        caption=caption,
        head=(_("Row"), _("Baseline"), _("Target")),
        rows=tuple((row.label, *_texts(view, row, with_year=True)) for row in rows),
    )


def _span(view: View, row: Row) -> charts.Span:
    baseline, target = _texts(view, row, with_year=False)
    return charts.Span(
        label=row.label,
        unit=row.unit.id,
        baseline=_decimal(row.baseline),
        target=_decimal(row.target),
        baseline_text=baseline,
        target_text=target,
        same=view._("%(value)s in both years", value=target) if baseline == target else f"{baseline} → {target}",
    )


def _texts(view: View, row: Row, *, with_year: bool) -> tuple[str, str]:
    """Baseline and target as read in the chart or, with the years, in its table; a dash where there is none."""
    baseline = formats.cell(row.baseline, row.unit, view.locale) if row.baseline else "–"
    sign = formats.SIGNS[view.locale][row.target.op]
    assert row.target.value is not None
    target = sign + formats.with_unit(row.target.value, row.unit, view.locale)
    if not with_year:
        return baseline, target
    has_baseline = row.baseline is not None and row.baseline.value is not None
    return (
        view._("%(value)s (%(year)s)", value=baseline, year=row.baseline_year) if has_baseline else baseline,
        view._("%(value)s (%(year)s)", value=target, year=row.target_year) if row.target_year else target,
    )


def _decimal(cell: Cell | Quantity | None) -> Decimal | None:
    return None if cell is None or cell.value is None else Decimal(str(cell.value))
