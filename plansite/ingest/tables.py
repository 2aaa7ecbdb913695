"""indicators.yaml: the rows of the plan's indicator table as printed, with what can be read from them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from plansite.ingest.suggest import Parsed, Suggestions
from plansite.ingest.yaml_text import TODO, comment, file_text, pair, scalar
from plansite.sources.document import Place
from plansite.sources.outline import Outline, SourceRow, SourceTable

ATTRIBUTES = {"约束性": "binding", "预期性": "anticipatory"}
DECLARED = re.compile(r"指标(\d+)项.{0,6}约束性(?:指标)?(\d+)项.{0,6}预期性(?:指标)?(\d+)项")
YEAR = re.compile(r"(?:19|20)\d\d")


def indicators_file(outline: Outline, suggest: Suggestions) -> str:
    """The text of indicators.yaml; empty if the document has no such table."""
    table = indicator_table(outline)
    return file_text("indicators", 2, _lines(outline, table, suggest)) if table else ""


def indicator_table(outline: Outline) -> SourceTable | None:
    """The table with the latest year in its head; one with earlier years tells results of the period before."""
    return max((t for t in outline.tables if t.rows), key=lambda table: max(_years(table), default=0), default=None)


def section_of(outline: Outline, place: Place) -> tuple[int, int]:
    """Chapter and section in which something stands; (0, 0) before the first."""
    before = [
        (section.place, chapter.number, section.number)
        for chapter in outline.chapters
        for section in chapter.sections
        if section.place <= place
    ]
    return max(before)[1:] if before else (0, 0)


def _years(table: SourceTable) -> list[int]:
    return [int(year) for head in (*table.heads, table.title) for year in YEAR.findall(head)]


def _lines(outline: Outline, table: SourceTable, suggest: Suggestions) -> Iterator[str]:
    chapter, section = section_of(outline, table.place)
    dated = {index: int(found[0]) for index, head in enumerate(table.heads) if (found := YEAR.search(head))}
    target = max(dated, key=lambda index: dated[index], default=len(table.heads) - 1)
    baseline = min(dated, key=lambda index: dated[index], default=0)
    categories = list(dict.fromkeys(row.category for row in table.rows))
    yield "box:"
    yield f"  number: {table.box}"
    yield f"  title: {pair(table.title or TODO)}"
    yield f"  at: {{chapter: {chapter}, section: {section}}}"
    yield _declared(outline, table)
    yield f"baseline_year: {dated[baseline] if len(dated) > 1 else TODO}"
    yield f"target_year: {dated.get(target, TODO)}"
    yield "categories:"
    for number, category in enumerate(categories, 1):
        remark = comment("TODO: an id in English") if number == 1 else ""
        yield f"  - {{id: category-{number}, name: {pair(category or TODO)}}}{remark}"
    yield "rows:"
    for number, row in enumerate(table.rows, 1):
        columns = {"baseline": baseline if len(dated) > 1 else -1, "target": target}
        category = f"category-{categories.index(row.category) + 1}"
        yield from (f"  {line}" for line in row_lines(number, row, category, columns, suggest))


def declared(outline: Outline) -> tuple[int, int, int] | None:
    """The counts of indicators that the text gives: total, binding, anticipatory; None where it gives none."""
    texts = (p.text for chapter in outline.chapters for section in chapter.sections for p in section.intro)
    said = DECLARED.search("".join("".join(texts).split()))
    return (int(said[1]), int(said[2]), int(said[3])) if said else None


def _declared(outline: Outline, table: SourceTable) -> str:
    """The counts the text gives; those of the rows where it gives none."""
    if said := declared(outline):
        return declared_line(*said)
    kinds = [ATTRIBUTES.get(row.attribute) for row in table.rows]
    counted = declared_line(len(kinds), kinds.count("binding"), kinds.count("anticipatory"))
    return f"{counted}{comment('counted in the rows: the text gives no counts')}"


def declared_line(total: int, binding: int, anticipatory: int) -> str:
    return f"declared: {{total: {total}, binding: {binding}, anticipatory: {anticipatory}}}"


def row_lines(
    number: int,
    row: SourceRow,
    category: str,
    columns: Mapping[str, int],
    suggest: Suggestions,
    taken: Container[str] = (),
) -> list[str]:
    """The entry of a row; `columns` leads from a cell's name to its column, `taken` are concepts of other rows."""
    concept = suggest.concept(row.name)
    concept = "" if concept in taken else concept
    unit = suggest.unit(row.name, concept)
    printed = {name: row.columns[n] if 0 <= n < len(row.columns) else "" for name, n in columns.items()}
    cells = {
        name: suggest.target(text, concept, unit) if name == "target" else suggest.cell(text)
        for name, text in printed.items()
    }
    return [
        f"- number: {number}{comment('' if row.number in (0, number) else f'printed as {row.number}')}",
        f"  category: {category}",
        f"  name: {pair(clean_name(row.name) or TODO)}",
        f"  printed_name: {scalar(row.name)}",
        f"  concept: {scalar(concept or TODO)}{comment('suggested' if concept else '')}",
        f"  unit: {scalar(unit or TODO)}",
        *(f"  {name}: {cell_text(printed[name], cell)}" for name, cell in cells.items()),
        f"  attribute: {ATTRIBUTES.get(row.attribute, TODO)}",
    ]


def cell_text(printed: str, parsed: Parsed) -> str:
    """A cell as printed, with what was read from it."""
    fields = [f'printed: "{printed}"' if '"' not in printed and "\\" not in printed else f"printed: {scalar(printed)}"]
    if parsed.value is not None:
        fields += [f'op: "{parsed.op}"'] if parsed.op != "=" else []
        fields.append(f"value: {parsed.value}")
    if parsed.worded:
        fields.append(f"worded: {parsed.worded}")
    return f"{{{', '.join(fields)}}}"


def clean_name(name: str) -> str:
    """An indicator's name as the site writes it: formulas without marks, no unit in brackets behind it, no spaces."""
    name = re.sub(r"_\{([^}]*)\}", r"\1", name)
    name = re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")
    return re.sub(r"（(?:%|％|天|吨|万吨|[^（）]*[/／][^（）]*|平方公里|公里|[a-zμµ³²]+)）$", "", name)
