"""Charts as SVG, drawn at build time.

Every number stands at its mark, so that nobody has to read it off an axis, and one chart has one unit. A chart is
360 units wide, which is a phone's width: texts keep a readable size there. The look is in `static/css`; the form tells
baseline (ring) from target (diamond), colour only helps.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

WIDTH = 360
RAIL = (48, 300)  # where a scale begins and ends
TEXT = 14  # size of labels and values, as .chart-label and .chart-value
LINE = 19  # height of a line of labels
GAP = 11  # between a mark and its number
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
CLOSING = set("，。、；：）》”’％%)")


@dataclass(frozen=True, slots=True)
class Span:
    """A row of a chart: from a baseline to a target, either of which may be missing.

    `unit` is the id of the unit; the texts are the numbers as they are to be read, with unit. `same` is the text where
    both are equal.
    """

    label: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    baseline_text: str
    target_text: str
    same: str = ""


def spans(id: str, title: str, rows: Sequence[Span], legend: tuple[str, str], tick: Callable[[Decimal], str]) -> Markup:
    """Rows of baseline → target on one scale from 0.

    `id` is unique on the page, `legend` names baseline and target, `tick` writes a number of the scale.
    Raises ValueError for rows of different units, which must not share a scale, and for values below 0.
    """
    values = [value for row in rows for value in (row.baseline, row.target) if value is not None]
    if len({row.unit for row in rows}) != 1:
        raise ValueError(f"chart '{id}': one unit for all rows, not {sorted({row.unit for row in rows})}")
    if min(values) < 0:
        raise ValueError(f"chart '{id}': a value below 0")
    top = scale_end(max(values))
    parts, y = [_legend(legend, any(row.baseline is not None for row in rows))], 30
    for row in rows:
        drawn, y = _row(row, top, y)
        parts += drawn
    parts += [_text("chart-tick", _x(value, top), y - 2, tick(value), "middle") for value in _ticks(top)]
    described = "; ".join(f"{row.label}: {_described(row)}" for row in rows)
    return _svg(id, title, described, y + 8, parts)


def bars(id: str, title: str, items: Sequence[tuple[str, int]]) -> Markup:
    """Counts as bars from 0, one below the other, each with its number."""
    left = max(_width(label) for label, _ in items) + GAP
    most, room = max(count for _, count in items), WIDTH - left - 44
    parts: list[Markup] = []
    for row, (label, count) in enumerate(items):
        y, length = 6 + row * 36, room * count / most
        parts += [
            _text("chart-label", 0, y + 17, label),
            Markup('<rect class="chart-bar chart-bar-accent" x="{}" y="{}" width="{}" height="24"/>').format(
                _n(left), y, _n(length)
            ),
            _text("chart-value", left + length + 8, y + 17, str(count)),
        ]
    height = 6 + len(items) * 36
    parts.append(Markup('<path class="chart-axis" d="M{} 0V{}"/>').format(_n(left), height - 6))
    return _svg(id, title, "; ".join(f"{label}: {count}" for label, count in items), height, parts)


def scale_end(highest: Decimal) -> Decimal:
    """The round number a scale from 0 ends with: 42 → 50, 15 → 20, 100 → 100."""
    if highest <= 0:
        return Decimal(1)
    power = Decimal(10) ** highest.adjusted()
    return next(step * power for step in STEPS if step * power >= highest)


def _row(row: Span, top: Decimal, y: int) -> tuple[list[Markup], int]:
    """The marks of a row whose label begins at `y`, and where the next one begins."""
    lines = _wrap(row.label, WIDTH - 4)
    parts = [_text("chart-label", 0, y + TEXT + number * LINE, line) for number, line in enumerate(lines)]
    rail = y + len(lines) * LINE + 16
    ticks = "".join(f"M{_n(_x(value, top))} {rail - 5}v10" for value in _ticks(top))
    parts.append(Markup('<path class="chart-grid" d="M{} {}H{}{}"/>').format(RAIL[0], rail, RAIL[1], ticks))
    below = False
    start = None if row.baseline is None else _x(row.baseline, top)
    end = None if row.target is None else _x(row.target, top)
    texts: list[tuple[float, int, str]] = []
    if start is not None and end is not None and start == end:
        texts = [(end, 1, row.same or row.target_text)]
    else:
        if start is not None and end is not None:
            parts.append(Markup('<path class="chart-range" d="M{} {}H{}"/>').format(_n(start), rail, _n(end)))
        outward = 1 if start is None or end is None or end > start else -1
        texts += [] if start is None else [(start, -outward if end is not None else 1, row.baseline_text)]
        texts += [] if end is None else [(end, outward, row.target_text)]
    if start is not None:
        radius = 9 if start == end else 6
        parts.append(Markup('<circle class="chart-baseline" cx="{}" cy="{}" r="{}"/>').format(_n(start), rail, radius))
    if end is not None:
        parts.append(_diamond(end, rail, 5 if start == end else 8))
    both, gap = len(texts) == 2, GAP + 4 if start == end else GAP
    for x, side, text in texts:
        if not _fits(x, side * gap, text) and not both:
            side = -side
        if _fits(x, side * gap, text):
            parts.append(_text("chart-value", x + side * gap, rail + 5, text, "start" if side > 0 else "end"))
        else:
            half = _width(text) / 2
            parts.append(_text("chart-value", min(max(x, half), WIDTH - half), rail + 25, text, "middle"))
            below = True
    return parts, rail + (44 if below else 24)


def _fits(x: float, gap: int, text: str) -> bool:
    """Whether a text ends inside the chart, `gap` (to the left if negative) from the middle of its mark."""
    edge = x + gap + (_width(text) if gap > 0 else -_width(text))
    return 0 <= edge <= WIDTH


def _described(row: Span) -> str:
    texts = [row.baseline_text if row.baseline is not None else "", row.target_text if row.target is not None else ""]
    return row.same if row.same and row.baseline == row.target else " → ".join(text for text in texts if text)


def _legend(legend: tuple[str, str], with_baseline: bool) -> Markup:
    ring = Markup('<circle class="chart-baseline" cx="7" cy="11" r="6"/>') + _text("chart-tick", 19, 15, legend[0])
    x = 19 + _width(legend[0]) + 20 if with_baseline else 8
    return (ring if with_baseline else Markup()) + _diamond(x, 11, 8) + _text("chart-tick", x + 13, 15, legend[1])


def _diamond(x: float, y: int, size: int) -> Markup:
    path = f"M{_n(x)} {y - size}l{size} {size}l-{size} {size}l-{size} -{size}z"
    return Markup('<path class="chart-target" d="{}"/>').format(path)


def _svg(id: str, title: str, described: str, height: int, parts: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="chart chart-narrow" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{id}-title" '
        'aria-describedby="{id}-desc"><title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>'
        "{parts}</svg>"
    ).format(w=WIDTH, h=height, id=id, title=title, desc=described, parts=Markup().join(parts))


def _text(kind: str, x: float, y: float, text: str, anchor: str = "start") -> Markup:
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return Markup(f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}"{where}>{escape(text)}</text>')


def _x(value: Decimal, top: Decimal) -> float:
    return float(RAIL[0] + (RAIL[1] - RAIL[0]) * value / top)


def _ticks(top: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(0), top / 2, top


def _n(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _width(text: str) -> float:
    """About how wide a text of the labels' size is: a Chinese character is a square, a Latin one about half."""
    return TEXT * sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)


def _wrap(text: str, room: float) -> list[str]:
    """Lines that fit: broken at spaces, between Chinese characters, never before closing punctuation."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _width(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        before = pieces[-1][-1] if pieces else " "
        if (pieces and char in CLOSING) or (before != " " and not _wide(char) and not _wide(before)):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
