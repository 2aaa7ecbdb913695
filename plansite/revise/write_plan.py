"""plan.yaml of the new edition, and all files of its folder together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plansite.ingest.suggest import Suggestions
from plansite.ingest.yaml_text import scalar, sequence
from plansite.load.records import OF_THE_CURRENT
from plansite.load.yaml_file import Steps
from plansite.revise.named_places import Places
from plansite.revise.review import Changed, chapters_to_review, summary_reasons
from plansite.revise.revision import Revision, same
from plansite.revise.write_entries import NoteChange, entries_file, notes_file, rename_pair
from plansite.revise.write_measures import Spell, measure_files, new_tasks_file, withdrawn_file
from plansite.revise.write_memory import memory_file
from plansite.revise.write_outline import outline_file
from plansite.revise.write_tables import projects_file, row_numbers, table_file
from plansite.revise.yaml_edit import YamlText, items, with_items, without_key
from plansite.sources.notes import remark_bodies

SCHEMA = re.compile(r"(?<=\$schema=)(?=\.\./)")
EDITIONS = "editions"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of the plan's folder (path below it → text), and what the report tells of them."""

    files: dict[str, str]
    notes: tuple[NoteChange, ...]
    plan: tuple[str, ...]


def new_folder(texts: dict[str, str], revision: Revision, suggest: Suggestions, spell: Spell) -> Written:
    """Everything below `data/plans/ID/` for the new edition; `texts` are the files as they are."""
    places = Places.of(revision)
    current = {name: text for name, text in texts.items() if not name.startswith(f"{EDITIONS}/")}
    files = {name: text for name, text in texts.items() if name.startswith(f"{EDITIONS}/")}
    files |= _earlier(current, revision.record.edition)
    files["outline.yaml"] = outline_file(current["outline.yaml"], revision, chapters_to_review(revision))
    files |= measure_files(current, revision, spell)
    files["withdrawn.yaml"] = withdrawn_file(current.get("withdrawn.yaml", ""), revision)
    files["new-tasks.yaml"] = new_tasks_file(revision, spell)
    files["succession.yaml"] = current.get("succession.yaml", "")
    if "translations.yaml" in current:
        files["translations.yaml"] = memory_file(current["translations.yaml"], revision)
    for name, change in (("indicators.yaml", revision.indicators), ("completion.yaml", revision.completion)):
        if change:
            files[name] = table_file(name, current[name], change, revision, suggest)
    if "projects.yaml" in current:
        files["projects.yaml"] = projects_file(current["projects.yaml"], revision)
    for name, entries in (("goals.yaml", revision.goals), ("progress.yaml", revision.progress)):
        if name in current:
            files[name] = entries_file(current[name], entries)
    notes: tuple[NoteChange, ...] = ()
    if "notes.yaml" in current:
        files["notes.yaml"], notes = notes_file(current["notes.yaml"], revision, places, Changed(revision))
    files["plan.yaml"], reasons = _plan(current["plan.yaml"], revision, places, spell)
    return Written({name: text for name, text in files.items() if text}, notes, reasons)


def _earlier(current: dict[str, str], edition: str) -> dict[str, str]:
    """The files of the edition that was the current one, two folders deeper; their first line names the schema."""
    return {
        f"{EDITIONS}/{edition}/{name}": SCHEMA.sub("../../", text, count=1)
        for name, text in current.items()
        if name not in OF_THE_CURRENT
    }


def _plan(source: str, revision: Revision, places: Places, spell: Spell) -> tuple[str, tuple[str, ...]]:
    record, document = revision.record, revision.document
    reasons = dict.fromkeys(summary_reasons(revision))
    text = YamlText(source)
    rename_pair(text, ("summary",), places, reasons)
    text.set(("edition",), scalar(revision.edition))
    if "issued" in record.model_fields_set:
        text.set(("issued",), scalar(revision.edition))
    else:
        text.add((), "issued", scalar(revision.edition), after="edition")
    title, number = revision.front.title, revision.front.document_number
    if title and not same(title, record.title.zh):
        text.set(("title", "zh"), scalar(title))
    if number and not same(number, record.document_number):
        if record.document_number:
            text.set(("document_number",), scalar(number))
        else:
            text.add((), "document_number", scalar(number), after="issuer" if record.issuer else "short_title")
    text.set(("source", "file"), scalar(document.name))
    text.set(("source", "sha256"), scalar(document.sha256))
    if document.format not in ("txt", record.source.original):
        text.set(("source", "original"), document.format)
    _standing(text, revision, spell)
    if reasons:
        text.review(())
    return _key_numbers(text.result(), revision), tuple(reasons)


def _standing(text: YamlText, revision: Revision, spell: Spell) -> None:
    """The bodies that a remark adds to later tasks, and the measure whose note holds the remark."""
    standing = revision.record.standing
    stated = next((task for task in revision.outline.tasks if task.remark), None)
    names = [spell(body.printed) for body in remark_bodies(stated.remark)] if stated else []
    if standing and not names:
        text.remove(("standing",))
    if not names or stated is None:
        return
    measure = next((c.pair.old.id for c in revision.changes if c.pair.new == stated), "TODO")
    value = f"{{measure: {measure}, with: {sequence(names)}}}"
    if standing is None:
        text.add((), "standing", value, after="summary")
        return
    if standing.measure != measure:
        text.set(("standing", "measure"), measure)
    if [*map(spell, standing.with_)] != names:
        text.set(("standing", "with"), sequence(names))


def _key_numbers(source: str, revision: Revision) -> str:
    """The rows that the plan's page shows first follow their numbers; those that are gone go."""
    numbers, table = row_numbers(revision.indicators), revision.indicators
    chosen = revision.record.key_numbers
    if not chosen or table is None or (table.table is None and not table.dropped):
        return source
    text, path = YamlText(source), ("key_numbers",)
    for index, entry in enumerate(chosen):
        now = numbers.get(entry.indicator)
        if now and now != entry.indicator:
            where: Steps = (*path, index, "indicator")
            text.set(where, str(now))
    result = text.result()
    entries = [item for item, entry in zip(items(result, path), chosen, strict=True) if entry.indicator in numbers]
    return with_items(result, path, entries) if entries else without_key(result, path)
