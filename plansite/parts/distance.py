"""How far a target lies from its baseline, in plain words and exact decimal numbers."""

from __future__ import annotations

from decimal import Decimal

from plansite import formats
from plansite.model import Cell, Indicator, Unit
from plansite.view import View


def decimal(cell: Cell) -> Decimal | None:
    """The number of a cell exactly as it was written (83.3, not 83.2999…), None where it holds none."""
    return None if cell.value is None else Decimal(str(cell.value))


def difference(row: Indicator) -> Decimal | None:
    """Target minus baseline in the row's unit (90 - 83.3 is 6.7), None unless both are numbers."""
    baseline, target = decimal(row.baseline), decimal(row.target)
    return None if baseline is None or target is None else target - baseline


def in_words(view: View, row: Indicator, baseline_year: int) -> str:
    """ "At least 6.7 percentage points more than in 2020"; empty unless both cells hold numbers."""
    distance, _ = difference(row), view._
    if distance is None:
        return ""
    if distance == 0:
        return _("None: the target equals the number for %(year)s", year=baseline_year)
    values = {"amount": amount(view, abs(distance), row.unit), "year": baseline_year}
    more, op = distance > 0, row.target.op
    if op in ((">=", ">") if more else ("<=", "<")):
        return (
            _("At least %(amount)s more than in %(year)s", **values)
            if more
            else _("At least %(amount)s less than in %(year)s", **values)
        )
    if op == "~":
        return (
            _("About %(amount)s more than in %(year)s", **values)
            if more
            else _("About %(amount)s less than in %(year)s", **values)
        )
    if op == "=":
        return (
            _("%(amount)s more than in %(year)s", **values) if more else _("%(amount)s less than in %(year)s", **values)
        )
    return (
        _("At most %(amount)s more than in %(year)s", **values)
        if more
        else _("At most %(amount)s less than in %(year)s", **values)
    )


def amount(view: View, distance: Decimal, unit: Unit) -> str:
    """A distance with its unit; between percentages it is counted in percentage points."""
    number = float(distance)
    return (
        view._("%(number)s percentage points", number=formats.number(number, view.locale))
        if unit.id == "%"
        else formats.with_unit(number, unit, view.locale)
    )
