"""Excel files (.xlsx): sheets of texts and numbers, the same bytes on every machine.

The form is ECMA-376-1 (Office Open XML), as little of it as a spreadsheet needs: texts stand once in a list of their
own (18.4.9) and cells name them by their number, which every program reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from plansite.packing import zipped

Value = str | int | float

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Style 0 is plain, 1 bold."""


def workbook(sheets: Mapping[str, Iterable[Sequence[Value]]]) -> bytes:
    """A workbook of sheets by name (at most 31 characters), each with its rows, the first of which is its head."""
    texts: dict[str, int] = {}
    parts = {f"xl/worksheets/sheet{n}.xml": _sheet(rows, texts) for n, rows in enumerate(sheets.values(), start=1)}
    names = [f"xl/{name}" for name in ("workbook.xml", "styles.xml", "sharedStrings.xml")]
    files = {
        "[Content_Types].xml": _types([*names, *parts]),
        "_rels/.rels": _relations([("officeDocument", names[0])]),
        names[0]: _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [(_kind(name), name.removeprefix("xl/")) for name in (*parts, *names[1:])]
        ),
        names[1]: STYLES,
        names[2]: _strings(texts),
        **parts,
    }
    return zipped({name: (HEAD + content).encode() for name, content in files.items()})


def _sheet(rows: Iterable[Sequence[Value]], texts: dict[str, int]) -> str:
    """Its first row stays in sight."""
    body = "".join(f'<row r="{n}">{"".join(_cells(n, row, texts))}</row>' for n, row in enumerate(rows, start=1))
    view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>{body}</sheetData></worksheet>'
    )


def _cells(number: int, row: Sequence[Value], texts: dict[str, int]) -> Iterator[str]:
    style = ' s="1"' if number == 1 else ""
    for index, value in enumerate(row):
        if isinstance(value, str):
            if value:
                text = texts.setdefault(value, len(texts))
                yield f'<c r="{_column(index)}{number}"{style} t="s"><v>{text}</v></c>'
        else:
            yield f'<c r="{_column(index)}{number}"><v>{value}</v></c>'


def _column(index: int) -> str:
    """A, B … Z, AA, AB …"""
    before, last = divmod(index, 26)
    return (_column(before - 1) if before else "") + chr(ord("A") + last)


def _strings(texts: Iterable[str]) -> str:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def _book(names: Iterable[str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def _kind(name: str) -> str:
    """What a part is to the workbook: worksheet, styles or sharedStrings."""
    return "worksheet" if "/worksheets/" in name else name.removeprefix("xl/").removesuffix(".xml")


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def _types(names: Iterable[str]) -> str:
    items = "".join(f'<Override PartName="/{name}" ContentType="{MEDIA}.{_media(_kind(name))}+xml"/>' for name in names)
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{items}</Types>'
    )


def _media(kind: str) -> str:
    return "sheet.main" if kind == "workbook" else kind
