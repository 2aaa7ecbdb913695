"""The report beside the measures: outline, tables, boxes, goals and results, paragraphs, notes, and other files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.revise.boxes import ProjectChange, whole
from plansite.revise.elsewhere import Alone, Mention
from plansite.revise.headings import HeadingChange
from plansite.revise.likeness import plain
from plansite.revise.passages import EntryChange, ParagraphChange
from plansite.revise.revision import Revision
from plansite.revise.rows import TableChange
from plansite.revise.telling import count, in_new, in_old, number_lines, section, titled
from plansite.revise.wording import difference
from plansite.revise.write_plan import Written

EXCERPT = 24
UNREAD = ("cover", "contents")


def rest(revision: Revision, written: Written, mentions: Sequence[Mention], alone: Sequence[Alone]) -> Iterator[str]:
    headings = [_heading(each, revision) for each in revision.headings]
    yield from section("Outline", headings, len(headings))
    for title, table in (("Indicators", revision.indicators), ("Earlier targets", revision.completion)):
        lines = list(_table(table, revision)) if table else []
        yield from section(title, lines, sum(line.startswith("-") for line in lines))
    boxes = list(_boxes(revision))
    yield from section("Boxes and projects", boxes, sum(line.startswith("-") for line in boxes))
    entries = [*_entries("goal", revision.goals), *_entries("result", revision.progress)]
    yield from section("Goals and results", entries, sum(line.startswith("-") for line in entries))
    paragraphs = [line for change in revision.paragraphs for line in _paragraph(change, revision)]
    yield from section("Paragraphs that are no tasks", paragraphs, len(revision.paragraphs))
    yield from _notes(revision, written)
    yield from _elsewhere(revision, mentions, alone)
    yield from _left_over(revision)


def _heading(change: HeadingChange, revision: Revision) -> str:
    at = f" · {in_new(revision, [change.place])}" if change.place else ""
    if not change.old:
        return f"- new {change.level}: {change.new} {titled(change.new_title)}{at}"
    if not change.new:
        return f"- {change.level} gone: {change.old} {titled(change.old_title)}"
    number = change.new if change.old == change.new else f"{change.old} → {change.new}"
    if change.retitled:
        return f"- {change.level} {number}: {titled(change.old_title)} → {titled(change.new_title)}{at}"
    return f"- {change.level} {number} {titled(change.new_title)}{at}"


def _table(table: TableChange, revision: Revision) -> Iterator[str]:
    if table.dropped:
        yield "- the table is gone with its section"
    if table.table is None and not table.dropped:
        yield "- the table was not found in the document; every row is marked for review"
    for row in table.rows:
        name, at = row.record.name.zh, in_new(revision, [row.row.place])
        if row.cells or row.record.number != row.number:
            yield f"- row {_number(row.record.number, row.number)} {titled(name)} · {at}"
        for cell in row.cells:
            yield f"  - {cell.cell}: {cell.old} → {cell.new}"
    for _, record in table.gone if table.table else ():
        yield f"- row gone: {record.number} {titled(record.name.zh)}"
    for number, printed in table.new:
        cells, at = " | ".join(printed.columns), in_new(revision, [printed.place])
        yield f"- new row: {number} {titled(printed.name)} | {cells} · {at}"


def _boxes(revision: Revision) -> Iterator[str]:
    change = revision.boxes
    projects = revision.plan.record("projects.yaml")
    for box in projects.boxes if projects else ():
        printed = change.images.get(box.number)
        if printed is None:
            yield f"- box gone: {box.number} {titled(box.title.zh)}"
        elif printed.number != box.number or plain(printed.title) != plain(box.title.zh):
            shown = _number(box.number, printed.number)
            title = titled(printed.title)
            if plain(printed.title) != plain(box.title.zh):
                title = f"{titled(box.title.zh)} → {title}"
            yield f"- box {shown} {title} · {in_new(revision, [printed.place])}"
    for new_box in change.new_boxes:
        yield f"- new box: {new_box.number} {titled(new_box.title)} · {in_new(revision, [new_box.place])}"
    for project in change.projects:
        yield from _project(project, revision)
    for new_box, item in change.new_items:
        where = in_new(revision, item.places)
        yield f"- new item of box {new_box.number}: {item.mark}{titled(item.title)} · {where}"


def _project(project: ProjectChange, revision: Revision) -> Iterator[str]:
    if project.item is None:
        yield f"- project gone: `{project.record.id}` of box {project.record.box}"
    elif project.before and project.changed:
        places = f"{in_old(revision, project.before.places)} → {in_new(revision, project.item.places)}"
        yield f"- project `{project.record.id}` of box {project.box} changed · {places}"
        yield from number_lines(project.numbers)
        yield f"  - {difference(whole(project.before), whole(project.item))}"


def _entries(kind: str, entries: Sequence[EntryChange]) -> Iterator[str]:
    for entry in entries:
        record, at = entry.record, entry.at
        if at is None:
            gone = f"{record.at.chapter}.{record.at.section}"
            yield f"- {kind} `{record.id}`: its section {gone} is gone; it was taken out"
        elif entry.sentences:
            yield f"- {kind} `{record.id}` {at[0]}.{at[1]}"
            for old, new in entry.sentences:
                yield f"  - {difference(old, new)}" if new else f"  - no longer there: {_excerpt(old)}"


def _paragraph(change: ParagraphChange, revision: Revision) -> Iterator[str]:
    home = ".".join(map(str, filter(None, change.home))) or "preface"
    if change.old and change.new:
        places = f"{in_old(revision, change.old.places)} → {in_new(revision, change.new.places)}"
        yield f"- {home} · {places}"
        yield f"  - {difference(change.old.text, change.new.text)}"
    elif change.old:
        yield f"- {home} gone: {_excerpt(change.old.text)} · {in_old(revision, change.old.places)}"
    elif change.new:
        yield f"- {home} new: {_excerpt(change.new.text)} · {in_new(revision, change.new.places)}"


def _notes(revision: Revision, written: Written) -> Iterator[str]:
    file = revision.plan.single["notes.yaml"].file if "notes.yaml" in revision.plan.single else None
    lines = []
    for note in written.notes:
        if file and (note.reasons or note.removed):
            what = "nothing it speaks of is left; taken out" if note.removed else "; ".join(note.reasons)
            lines.append(f"- `{note.record.id}` {file.name}:{file.position((note.index,))[0]}: {what}")
    yield from section("Notes to look at again", lines, len(lines))
    others = [
        note.id for note in revision.plan.record("notes.yaml") or () if any(p.front in UNREAD for p in note.places)
    ]
    if others:
        yield f"Not compared, because they speak of the cover or the table of contents: {', '.join(others)}."
        yield ""
    if renamed := sum(note.renamed for note in written.notes):
        yield (
            f"The places that {count(renamed, 'note')} {'names' if renamed == 1 else 'name'} in words "
            "(5.2.2, 2.3节, Box 4) were led on to their new numbers."
        )
        yield ""


def _elsewhere(revision: Revision, mentions: Sequence[Mention], alone: Sequence[Alone]) -> Iterator[str]:
    named = [m for m in mentions if m.measure in revision.gone]
    lines = [f"- `{m.measure}`: {m.by}, {m.where}" for m in named]
    yield from section("Names of measures that are gone or merged; decide what to do with each", lines, len(lines))
    changed = {each.pair.old.id for each in revision.changes if each.to_restate and each.pair.sure}
    again = [m for m in mentions if m.measure in changed and m.by.startswith(("family", "the cascade"))]
    lines = [f"- `{m.measure}`: {m.by}, {m.where}" for m in again]
    yield from section("Comparisons with measures that changed; see whether they still hold", lines, len(lines))
    lines = [f"- `{each.family}`, {each.where}: left is {'/'.join(each.left)}" for each in alone]
    yield from section("Families that are left with one plan, so that their page is gone", lines, len(lines))


def _left_over(revision: Revision) -> Iterator[str]:
    known = {plain(each.text) for each in revision.official.leftovers} if revision.official else set()
    left = [each for each in revision.outline.leftovers if not revision.front.holds(each.text)]
    left = [each for each in left if plain(each.text) not in known]
    lines = [f"- {in_new(revision, [each.place])}: {_excerpt(each.text)}: {each.reason}" for each in left]
    yield from section("Could not be placed in the new document", lines, len(lines))


def _number(old: int, new: int) -> str:
    return f"{old}" if old == new else f"{old} → {new}"


def _excerpt(text: str) -> str:
    text = "".join(text.split())
    return titled(text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…")
