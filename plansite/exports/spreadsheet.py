"""Excel files (.xlsx): sheets of texts and numbers, the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from xlsxwriter import Workbook

from plansite.publish.packing import zipped

Value = str | int | float

MADE = datetime(1980, 1, 1)
"""The day of a file without one: the first that a zip can name."""
AS_TEXT = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
WIDTH = 16  # characters


def workbook(sheets: Mapping[str, Iterable[Sequence[Value]]]) -> bytes:
    """A workbook of sheets by name (at most 31 characters), each with its rows, the first of which is its head.

    The head is bold and stays in sight; an empty text leaves its cell empty.
    """
    file = BytesIO()
    with Workbook(file, {"in_memory": True, **AS_TEXT}) as book:
        book.set_properties({"created": MADE})
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row, None if number else bold)
            sheet.set_column(0, sheet.dim_colmax, WIDTH)
    with ZipFile(file) as parts:
        return zipped({name: parts.read(name) for name in parts.namelist()})
