"""Tables that a phone shows row by row: each cell has the heading of its column with it, each element its role.

A narrow window makes a block of every row (`static/css/stacked.css`). The label of a cell is for the eye only, as a
screen reader says the heading itself; the roles are written out because browsers forget them where a style sheet
changes how a table is displayed. Done once on the finished HTML, so that no template or text has to think of it.
"""

from __future__ import annotations

import re

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
UNLABELLED = re.compile(
    r'<a class="locator".*?</a>|<span class="visually-hidden">.*?</span>|<[^>]*>', re.DOTALL | re.IGNORECASE
)
"""What a heading has besides its words: places in the document, words for screen readers, tags."""

TAG = re.compile(r"<(table|thead|tbody|tr|th)(?=[ >])")
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row"}
"""A caption may have none: it names the table as it is."""


def label_cells(html: str) -> str:
    """The document with `data-label` on each cell of a table, and the roles of its elements.

    It reads the HTML that this program writes: no table within another, in a row first the headings, then the cells.
    """
    return TABLE.sub(lambda match: _table(match[0]), html) if "<table" in html else html


def _table(table: str) -> str:
    head, end, body = table.partition("</thead>")
    labels = [" ".join(UNLABELLED.sub("", cell).replace('"', "&quot;").split()) for cell in HEAD.findall(head)]
    rows = (_row(row, labels) for row in _with_roles(body, "rowheader").split("<tr"))
    return _with_roles(head, "columnheader") + end + "<tr".join(rows)


def _with_roles(part: str, heading: str) -> str:
    return TAG.sub(lambda match: f'{match[0]} role="{ROLES.get(match[1], heading)}"', part)


def _row(row: str, labels: list[str]) -> str:
    before, *cells = row.split("<td")
    first = before.count("<th")
    parts = [before]
    for column, cell in enumerate(cells, first):
        label = f' data-label="{labels[column]}"' if 0 < column < len(labels) else ""
        parts.append(f'<td role="cell"{label}{cell}')
    return "".join(parts)
