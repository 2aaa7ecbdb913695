"""Reads the text layer of a PDF: lines become paragraphs by where they begin and end, ruled tables become tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from plansite.sources.document import Block, Paragraph, Place, SourceError, Table
from plansite.sources.readers.limits import MAX_PAGES, more_time
from plansite.sources.readers.radicals import with_ideographs
from plansite.sources.readers.runs import SOFT, Run, join_lines, text_and_lead

BOLD_FONT = re.compile(r"bold|black|heavy|simhei|heiti|[-_]hei\b|fzhei|黑体", re.IGNORECASE)
SPACE = 0.3  # of the size of the letters: a wider gap is a space
SHIFT = 0.5  # of the size: how far sub- and superscripts stand off their line
INDENT = 1.0  # of the size: a line that begins further in begins a paragraph
SHORT = 2.5  # of the size: a line that ends earlier than this before the margin ends a paragraph
LEADING = 1.6  # times the usual distance of lines: a wider one parts paragraphs
OTHER_SIZE = 1.15  # lines whose sizes differ by more belong to different paragraphs
COMMON = 0.1  # share of the lines that begin or end at a margin
FEW_LETTERS = 10  # letters a page; a document with fewer is a scan
EDGE = 3.0  # points by which the edges of the parts of a table may differ
MOST_RULES = 4000  # lines and boxes on a page; one with more is a map, where looking for tables takes minutes
END = 2048  # bytes in which the end mark stands

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page; x from the left, top from the upper edge, and size of letters in points."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on a page; x from the left, top from the upper edge, in points."""

    rows: Rows
    x0: float
    x1: float
    top: float


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines begin and end in the document, and their usual distance, in points."""

    left: float
    right: float
    pitch: float


def read_pdf(path: Path) -> tuple[Block, ...]:
    """The blocks of a PDF. Raises SourceError for one that is encrypted, cut off or has no text layer.

    Page headers and page numbers are paragraphs like others, and a paragraph that goes over a page is cut there:
    cleaning mends both. Table cells that wrap are joined, and so are the parts of a table that goes over pages.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END))
        if b"%%EOF" not in file.read():
            raise SourceError(f"{path.name}: the PDF is cut off (no end mark); expected the whole file: get it again")
    try:
        with pdfplumber.open(path) as pdf:
            pages = _joined(_pages(path.name, pdf))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise SourceError(
                f"{path.name}: the PDF is encrypted; expected one without a password: open it, print it to a new PDF"
            ) from error
        raise
    margins = {
        width: _margins([line for other, items in pages if other == width for line in items if isinstance(line, Line)])
        for width in {width for width, _ in pages}
    }
    blocks: list[Block] = []
    for page, (width, items) in enumerate(pages, 1):
        for block in _blocks(items, margins[width]):
            place = Place(len(blocks) + 1, page)
            blocks.append(
                Table(block.rows, place) if isinstance(block, Grid) else Paragraph(block[0], place, 0, block[1])
            )
    return tuple(blocks)


def _pages(name: str, pdf: PDF) -> list[tuple[int, list[Line | Grid]]]:
    """Width and contents of each page."""
    if not pdf.pages:
        raise SourceError(f"{name}: the PDF has no pages (broken?); expected the whole file: get it again")
    if len(pdf.pages) > MAX_PAGES:
        raise SourceError(f"{name}: {len(pdf.pages)} pages; expected at most {MAX_PAGES}")
    pages: list[tuple[int, list[Line | Grid]]] = []
    letters = pictures = 0
    for page in pdf.pages:
        more_time()
        letters += sum(1 for char in page.chars if char["text"].strip())
        pictures += bool(page.images)
        pages.append((round(page.width), sorted(_items(page), key=lambda item: item.top)))
        page.close()
    more_time()
    if letters < FEW_LETTERS * len(pages) and (pictures or not letters):
        raise SourceError(
            f"{name}: a scanned PDF ({len(pages)} pages, no text layer); expected text: "
            "run it through text recognition (OCR, Chinese simplified), save it as PDF or txt, and read that"
        )
    return pages


def _joined(pages: list[tuple[int, list[Line | Grid]]]) -> list[tuple[int, list[Line | Grid]]]:
    """The pages with each table on the page where it begins; a head that is printed again is left out.

    A table goes on if the next page begins with one of the same columns and edges; below the one a line may stand
    (the page number), and above the other (the running title).
    """
    for (_, items), (_, following) in reversed(list(pairwise(pages))):
        ends = [index for index, item in enumerate(items) if isinstance(item, Grid)]
        begins = [index for index, item in enumerate(following) if isinstance(item, Grid)]
        if not ends or not begins or len(items) - ends[-1] > 2 or begins[0] > 1:
            continue
        first, second = items[ends[-1]], following[begins[0]]
        if isinstance(first, Grid) and isinstance(second, Grid) and _same_columns(first, second):
            again = second.rows[0] == first.rows[0]
            items[ends[-1]] = replace(first, rows=first.rows + second.rows[again:])
            del following[begins[0]]
    return pages


def _same_columns(first: Grid, second: Grid) -> bool:
    return (
        len(first.rows[0]) == len(second.rows[0])
        and abs(first.x0 - second.x0) < EDGE
        and abs(first.x1 - second.x1) < EDGE
    )


def _items(page: Page) -> Iterator[Line | Grid]:
    size = median([char["size"] for char in page.chars] or [0])
    if not size:
        return
    options = {"x_tolerance_ratio": SPACE, "y_tolerance": SHIFT * size}
    rest: Any = page
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    for table in page.find_tables() if rules <= MOST_RULES else ():
        rows = tuple(
            tuple(with_ideographs(join_lines((cell or "").splitlines())) for cell in row)
            for row in table.extract(**options)
            if any(row)
        )
        if rows and max(map(len, rows)) > 1:
            yield Grid(rows, table.bbox[0], table.bbox[2], table.bbox[1])
            rest = rest.outside_bbox(_within(table.bbox, page.bbox))
    for line in rest.extract_text_lines(**options):
        sizes = Counter(round(char["size"], 1) for char in line["chars"])
        yield Line(tuple(_runs(line)), line["x0"], line["x1"], line["top"], sizes.most_common(1)[0][0])


def _within(box: Sequence[float], page: Sequence[float]) -> tuple[float, float, float, float]:
    return max(box[0], page[0]), max(box[1], page[1]), min(box[2], page[2]), min(box[3], page[3])


def _runs(line: dict[str, Any]) -> Iterator[Run]:
    """The text of a line by weight; it has spaces that are no letters in the file, all else is in the same order."""
    letters = iter([(letter, char) for char in line["chars"] for letter in char["text"] if not letter.isspace()])
    weights: list[tuple[str, bool]] = []
    bold = False
    for letter in line["text"]:
        if not letter.isspace():
            _, char = next(letters, (letter, None))
            bold = bool(char and BOLD_FONT.search(char["fontname"]))
        weights.append((letter, bold))
    for weight, run in groupby(weights, key=lambda pair: pair[1]):
        yield Run(with_ideographs("".join(letter for letter, _ in run)), weight)


def _margins(lines: Sequence[Line]) -> Margins:
    if not lines:
        return Margins(0, 0, 0)
    enough = max(2, COMMON * len(lines))
    size = median(line.size for line in lines)
    starts, ends = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    left = next((x for x in starts if sum(1 for other in starts if abs(other - x) < size / 2) >= enough), starts[0])
    right = next((x for x in ends if sum(1 for other in ends if abs(other - x) < size) >= enough), ends[0])
    steps = [below.top - above.top for above, below in pairwise(lines) if below.top > above.top]
    return Margins(left, right, median(steps) if steps else 0)


def _blocks(items: Iterable[Line | Grid], margins: Margins) -> Iterator[tuple[str, str] | Grid]:
    """Text and lead of each paragraph, and the tables, of one page."""
    open_lines: list[Line] = []
    for item in items:
        if open_lines and (isinstance(item, Grid) or _begins(item, open_lines[-1], margins)):
            yield _paragraph(open_lines)
            open_lines = []
        if isinstance(item, Grid):
            yield item
        else:
            open_lines.append(item)
    if open_lines:
        yield _paragraph(open_lines)


def _begins(line: Line, last: Line, margins: Margins) -> bool:
    return (
        line.x0 > margins.left + INDENT * line.size
        or last.x1 < margins.right - SHORT * last.size
        or line.top - last.top > LEADING * margins.pitch
        or max(line.size, last.size) > OTHER_SIZE * min(line.size, last.size)
    )


def _paragraph(lines: Sequence[Line]) -> tuple[str, str]:
    wrapped = [(*line.runs, Run(SOFT, line.runs[-1].bold)) for line in lines]
    return text_and_lead(list(chain.from_iterable(wrapped)))
