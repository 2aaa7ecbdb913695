"""indicators.yaml: the rows of the plan's indicator table as printed, with what can be read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.ingest.suggest import Suggestions
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
        yield from _row(
            number, row, categories.index(row.category) + 1, baseline if len(dated) > 1 else -1, target, suggest
        )


def _declared(outline: Outline, table: SourceTable) -> str:
    """The counts the text gives; those of the rows where it gives none."""
    texts = (p.text for chapter in outline.chapters for section in chapter.sections for p in section.intro)
    said = DECLARED.search("".join("".join(texts).split()))
    if said:
        total, binding, anticipatory = map(int, said.groups())
        return f"declared: {{total: {total}, binding: {binding}, anticipatory: {anticipatory}}}"
    kinds = [ATTRIBUTES.get(row.attribute) for row in table.rows]
    counted = f"total: {len(kinds)}, binding: {kinds.count('binding')}, anticipatory: {kinds.count('anticipatory')}"
    return f"declared: {{{counted}}}{comment('counted in the rows: the text gives no counts')}"


def _row(number: int, row: SourceRow, category: int, baseline: int, target: int, suggest: Suggestions) -> Iterator[str]:
    concept = suggest.concept(row.name)
    yield f"  - number: {number}{comment('' if row.number in (0, number) else f'printed as {row.number}')}"
    yield f"    category: category-{category}"
    yield f"    name: {pair(clean_name(row.name) or TODO)}"
    yield f"    printed_name: {scalar(row.name)}"
    yield f"    concept: {scalar(concept or TODO)}{comment('suggested' if concept else '')}"
    yield f"    unit: {scalar(suggest.unit(row.name, concept) or TODO)}"
    yield f"    baseline: {_cell(row, baseline, suggest)}"
    yield f"    target: {_cell(row, target, suggest)}"
    yield f"    attribute: {ATTRIBUTES.get(row.attribute, TODO)}"


def _cell(row: SourceRow, column: int, suggest: Suggestions) -> str:
    printed = row.columns[column] if 0 <= column < len(row.columns) else ""
    parsed = suggest.cell(printed)
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
