"""goals.yaml, progress.yaml and notes.yaml of the new edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plansite.load.yaml_file import Steps
from plansite.revise.named_places import Places, rename
from plansite.revise.passages import EntryChange
from plansite.revise.revision import Revision
from plansite.revise.write_tables import row_numbers
from plansite.revise.yaml_edit import YamlText, items, with_items

SUBJECTS = ("indicator", "measure", "project", "progress", "chapter", "section", "front", "goal", "completion")


def entries_file(text: str, changes: Sequence[EntryChange]) -> str:
    """goals.yaml or progress.yaml: each entry where it stands now; empty if the sections of all are gone."""
    edited = YamlText(text)
    for change in changes:
        if change.at is None:
            continue
        path: Steps = (change.index, "at")
        at, (chapter, section, group) = change.record.at, change.at
        if bool(at.group) != bool(group):
            below = f", group: {group}" if group else ""
            edited.set(path, f"{{chapter: {chapter}, section: {section}{below}}}")
        else:
            for field, now in (("chapter", chapter), ("section", section), ("group", group)):
                if (getattr(at, field) or 0) != now:
                    edited.set((*path, field), str(now))
        if change.changed:
            edited.review((change.index,))
    text = edited.result()
    entries = items(text)
    kept = [entries[change.index] for change in changes if change.at]
    return with_items(text, (), kept) if kept else ""


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note (by its index) with why a person must look at it again; `removed` if nothing it speaks of is left."""

    index: int
    record: Any
    reasons: tuple[str, ...]
    renamed: bool = False
    removed: bool = False


Subject = tuple[str, str]
"""Kind and key, as ("measure", "straw-burning-ban") or ("section", "2.3"), with the numbers of the data."""


def notes_file(
    text: str, revision: Revision, places: Places, changed: Callable[[str, str, str], bool]
) -> tuple[str, tuple[NoteChange, ...]]:
    """notes.yaml: its places follow, in its fields and in its words; notes about what changed wait for review.

    `changed` says of a place (kind and key) whether what a note finds there may have changed.
    """
    records = revision.plan.record("notes.yaml")
    edited, follow = YamlText(text), _Follow(revision)
    found = []
    for index, note in enumerate(records):
        reasons: dict[str, None] = {}
        left = len(note.places)
        for number, subject in enumerate(note.places):
            kind = next(kind for kind in SUBJECTS if getattr(subject, kind) is not None)
            key = str(getattr(subject, kind))
            words = (subject.says.zh if subject.says else "") + (subject.printed or "")
            now = follow(kind, key)
            if now is None or now[0] != kind or (kind == "measure" and key not in revision.by_id):
                reasons[f"{kind} {key} is gone"] = None
            elif changed(kind, key, words):
                reasons[f"{kind} {key} changed"] = None
            if now is None:
                left -= 1
                if left:
                    edited.remove((index, "places", number))
            elif now != (kind, key):
                quoted = f'"{now[1]}"' if now[0] == "section" else now[1]
                edited.rename((index, "places", number, kind), now[0], quoted)
        renamed = _rename_words(edited, index, note, places, reasons)
        if left and reasons:
            edited.review((index,))
        if reasons or renamed or not left:
            found.append(NoteChange(index, note, tuple(reasons), renamed, removed=not left))
    text = edited.result()
    gone = {change.index for change in found if change.removed}
    entries = items(text)
    kept = [entry for index, entry in enumerate(entries) if index not in gone]
    return (with_items(text, (), kept) if kept else ""), tuple(found)


def _rename_words(edited: YamlText, index: int, note: Any, places: Places, reasons: dict[str, None]) -> bool:
    """Lead the places on that the note's words name; whether any was."""
    paths: list[Steps] = [(index, "title"), (index, "text")]
    paths += [(index, "places", n, "says") for n, place in enumerate(note.places) if place.says]
    renamed = [rename_pair(edited, path, places, reasons) for path in paths]
    return any(renamed)


def rename_pair(edited: YamlText, path: Steps, places: Places, reasons: dict[str, None]) -> bool:
    """Lead the places on that a text names, as it is written in the file; whether any was."""
    zh, en = edited.source((*path, "zh")), edited.source((*path, "en"))
    result = rename(zh, en, places)
    reasons |= dict.fromkeys(result.lost)
    edited.set((*path, "zh"), result.zh)
    edited.set((*path, "en"), result.en)
    return (result.zh, result.en) != (zh, en)


class _Follow:
    """Where a subject of a note is now: the same, its section or chapter if it is gone, None if that is gone too."""

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.rows = {
            "indicator": (revision.indicators, revision.plan.record("indicators.yaml")),
            "completion": (revision.completion, revision.plan.record("completion.yaml")),
        }
        projects = revision.plan.record("projects.yaml")
        boxes = {box.number: box.at for box in projects.boxes} if projects else {}
        self.lost: Mapping[Subject, Any] = {
            **{("project", p.record.id): boxes[p.record.box] for p in revision.boxes.projects if not p.item},
            **{("goal", each.record.id): each.record.at for each in revision.goals if each.at is None},
            **{("progress", each.record.id): each.record.at for each in revision.progress if each.at is None},
        }

    def __call__(self, kind: str, key: str) -> Subject | None:
        if kind in self.rows:
            change, record = self.rows[kind]
            numbers = row_numbers(change)
            if int(key) in {row.number for _, row in (change.gone if change else ())}:
                return self._section(record.box.at.chapter, record.box.at.section)
            return kind, str(numbers.get(int(key), key))
        if kind == "section":
            chapter, section = map(int, key.split("."))
            return self._section(chapter, section)
        if kind == "chapter":
            return self._chapter(int(key))
        if at := self.lost.get((kind, key)):
            return self._section(at.chapter, at.section)
        return kind, key

    def _section(self, chapter: int, section: int) -> Subject | None:
        now = self.revision.section_of(chapter, section)
        return ("section", f"{now[0]}.{now[1]}") if now else self._chapter(chapter)

    def _chapter(self, number: int) -> Subject | None:
        now = self.revision.images.chapters.get(number)
        return ("chapter", str(now)) if now else None
