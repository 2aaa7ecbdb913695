"""indicators.yaml, completion.yaml and projects.yaml of the new edition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from plansite.ingest.suggest import Suggestions
from plansite.ingest.tables import cell_text, clean_name, declared, row_lines, section_of
from plansite.ingest.yaml_text import TODO, pair, scalar
from plansite.load.yaml_file import Steps
from plansite.revise.revision import Revision, same
from plansite.revise.rows import ATTRIBUTES, RowChange, TableChange
from plansite.revise.write_outline import retitle
from plansite.revise.yaml_edit import YamlText, items, with_items
from plansite.sources.outline import SourceBox, SourceTable


def table_file(name: str, text: str, change: TableChange, revision: Revision, suggest: Suggestions) -> str:
    """`indicators.yaml` or `completion.yaml` with the rows of the new table; without one every row waits for review,
    and where the table went with its section nothing is left."""
    if change.dropped:
        return ""
    record = revision.plan.record(name)
    edited = YamlText(text)
    if change.table is None:
        _placement(edited, ("box", "at"), record.box.at, revision)
        for index in range(len(record.rows)):
            edited.review(("rows", index))
        return edited.result()
    _table_box(edited, record.box, change.table, revision)
    for row in change.rows:
        _row(edited, row, record, suggest)
    if name == "indicators.yaml" and record.declared:
        _declared(edited, record.declared, change.table, revision)
    text = edited.result()
    entries = items(text, ("rows",))
    placed = {row.number: entries[row.index] for row in change.rows}
    taken = {row.record.concept for row in change.rows}
    for number, printed in change.new:
        category = _category(record, printed.category)
        lines = row_lines(number, printed, category, change.columns or {}, suggest, taken)
        placed[number] = "".join(f"{line}\n" for line in lines)
    return with_items(text, ("rows",), [placed[number] for number in sorted(placed)])


def projects_file(text: str, revision: Revision) -> str:
    """projects.yaml: boxes under their new numbers, without what is gone; empty if every project is gone."""
    record, change = revision.plan.record("projects.yaml"), revision.boxes
    edited = YamlText(text)
    for index, box in enumerate(record.boxes):
        if printed := change.images.get(box.number):
            path: Steps = ("boxes", index)
            if box.number != printed.number:
                edited.set((*path, "number"), str(printed.number))
            retitle(edited, (*path, "title"), box.title, printed.title)
            _place(edited, (*path, "at"), box.at, (printed.chapter, printed.section))
    for project in change.projects:
        if project.item is None:
            continue
        path = ("projects", project.index)
        if project.record.box != project.box:
            edited.set((*path, "box"), str(project.box))
        mark = project.item.mark
        if project.record.mark and mark and not same(project.record.mark, mark):
            edited.set((*path, "mark"), scalar(mark))
        if project.before and same(project.record.name.zh, project.before.title):
            retitle(edited, (*path, "name"), project.record.name, project.item.title)
        if project.changed:
            edited.review(path)
    text = edited.result()
    entries = items(text, ("projects",))
    kept = [entries[project.index] for project in change.projects if project.item]
    if not kept:
        return ""
    boxes = items(text, ("boxes",))
    kept_boxes = [boxes[index] for index, box in enumerate(record.boxes) if box.number in change.images]
    used = {project.box for project in change.projects if project.item}
    kept_boxes += [_new_box(box) for box in change.new_boxes if box.number in used]
    return with_items(with_items(text, ("projects",), kept), ("boxes",), kept_boxes)


def _new_box(box: SourceBox) -> str:
    at = f"{{chapter: {box.chapter}, section: {box.section}}}"
    return f"- number: {box.number}\n  title: {pair(box.title or TODO)}\n  at: {at}\n"


# --- rows -----------------------------------------------------------------------------------------------------------


def _row(text: YamlText, change: RowChange, record: Any, suggest: Suggestions) -> None:
    path: Steps = ("rows", change.index)
    row = change.record
    if row.number != change.number:
        text.set((*path, "number"), str(change.number))
    for cell in change.cells:
        if cell.cell == "name":
            text.set((*path, "printed_name"), json.dumps(cell.new, ensure_ascii=False))
            retitle(text, (*path, "name"), row.name, clean_name(cell.new))
        elif cell.cell == "attribute":
            text.set((*path, "attribute"), cell.new)
        elif cell.cell == "category":
            text.set((*path, "category"), _category(record, cell.new))
        else:
            plain_target = cell.cell == "target"
            read = suggest.target(cell.new, row.concept, row.unit) if plain_target else suggest.cell(cell.new)
            text.set((*path, cell.cell), cell_text(cell.new, read))
    if change.cells:
        text.review(path)


def _declared(text: YamlText, before: Any, table: SourceTable, revision: Revision) -> None:
    """The counts the text gives; that they are not those of the rows a person has to note."""
    fields = ("total", "binding", "anticipatory")
    said = declared(revision.outline) or tuple(getattr(before, field) for field in fields)
    for field, count in zip(fields, said, strict=True):
        if getattr(before, field) != count:
            text.set(("declared", field), str(count))
    kinds = [ATTRIBUTES.get(row.attribute) for row in table.rows]
    counted = (len(kinds), kinds.count("binding"), kinds.count("anticipatory"))
    notes = revision.plan.record("notes.yaml") or ()
    if said != counted and not any(note.kind == "count" and any(s.indicator for s in note.places) for note in notes):
        text.remark(("declared",), f"TODO: {counted[0]} rows, {counted[1]} binding: a note of kind count")


def _category(record: Any, printed: str) -> str:
    return next((c.id for c in record.categories if same(c.name.zh, printed)), TODO)


def _table_box(text: YamlText, box: Any, printed: SourceTable, revision: Revision) -> None:
    if printed.box and printed.box != box.number:
        text.set(("box", "number"), str(printed.box))
    if printed.title:
        retitle(text, ("box", "title"), box.title, printed.title)
    where = section_of(revision.outline, printed.place)
    _place(text, ("box", "at"), box.at, where if where[1] else (box.at.chapter, box.at.section))
    if box.at.group:
        _group(text, ("box", "at"), box.at, revision)


def _placement(text: YamlText, path: Steps, at: Any, revision: Revision) -> None:
    if now := revision.section_of(at.chapter, at.section):
        _place(text, path, at, now)
        if at.group:
            _group(text, path, at, revision)


def _place(text: YamlText, path: Steps, at: Any, now: tuple[int, int]) -> None:
    for field, number in zip(("chapter", "section"), now, strict=True):
        if getattr(at, field) != number:
            text.set((*path, field), str(number))


def _group(text: YamlText, path: Steps, at: Any, revision: Revision) -> None:
    image = revision.images.groups.get((at.chapter, at.section, at.group))
    if image is None:
        text.remove((*path, "group"))
    elif image[2] != at.group:
        text.set((*path, "group"), str(image[2]))


def row_numbers(change: TableChange | None) -> Mapping[int, int]:
    """Number of a row before → now; none where the table was not found."""
    return change.numbers() if change else {}
