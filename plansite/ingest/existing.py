"""A document beside the data a plan already has: what is new, moved, renamed or gone. Nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from plansite.ingest.outline_text import where
from plansite.ingest.skeleton import project_boxes
from plansite.ingest.tables import indicator_table
from plansite.load.reading import Loaded, PlanFiles
from plansite.sources.outline import Outline, Task

FITS = 0.5  # share of the data's headings that the document must have


@dataclass(frozen=True, slots=True)
class Comparison:
    text: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure in the data, as much of it as could be read."""

    id: str
    locator: str
    heading: str
    at: str


def compare(plan: PlanFiles, outline: Outline) -> Comparison:
    """What the document has and the data has not, and the other way round."""
    entries = [entry for loaded in plan.measures for entry in _entries(loaded)]
    pairs = _pair(outline.tasks, entries)
    same = sum(1 for task, entry in pairs if task and entry and _letters(task.heading) == _letters(entry.heading))
    lines = [
        f"Compared with data/plans/{plan.id}/: {len(entries)} measures, {same} of them in the document",
        *(line for task, entry in pairs for line in _difference(task, entry)),
        *_outline(plan, outline),
        *_counts(plan, outline),
    ]
    fits = same >= len(entries) * FITS
    if not fits:
        lines.append(f"The document does not fit: fewer than half of the headings of '{plan.id}' are in it.")
    elif len(lines) == 1:
        lines.append("  nothing to add")
    return Comparison("\n".join(lines), fits)


def _entries(loaded: Loaded) -> Iterator[Entry]:
    """Read from the plain data: a file with texts still to be written has no record yet."""
    for index, raw in enumerate(_list(loaded.file.data)):
        at = _dict(raw.get("at"))
        locator = ".".join(str(at.get(key, "?")) for key in ("chapter", "section", "item"))
        line, _ = loaded.file.position((index,))
        yield Entry(str(raw.get("id", "?")), locator, str(raw.get("heading", "")), f"{loaded.file.name}:{line}")


def _pair(tasks: Iterable[Task], entries: list[Entry]) -> list[tuple[Task | None, Entry | None]]:
    """Tasks with their measures: by place and heading, then by heading alone, then by place alone."""
    left_tasks, left = list(tasks), list(entries)
    pairs: list[tuple[Task | None, Entry | None]] = []
    for key_task, key_entry in (
        (lambda t: (t.locator, _letters(t.heading)), lambda e: (e.locator, _letters(e.heading))),
        (lambda t: _letters(t.heading), lambda e: _letters(e.heading)),
        (lambda t: t.locator, lambda e: e.locator),
    ):
        for task in list(left_tasks):
            if match := next((entry for entry in left if key_entry(entry) == key_task(task)), None):
                pairs.append((task, match))
                left_tasks.remove(task)
                left.remove(match)
    pairs += [(task, None) for task in left_tasks]
    return pairs + [(None, entry) for entry in left]


def _difference(task: Task | None, entry: Entry | None) -> Iterator[str]:
    if task and entry:
        if _letters(task.heading) != _letters(entry.heading):
            told = f"{task.locator} '{task.heading}' ({where(task.places)})"
            yield f"  changed heading: {told}, '{entry.heading}' in {entry.at}"
        elif task.locator != entry.locator:
            yield f"  moved: '{task.heading}' is {task.locator} ({where(task.places)}), {entry.locator} in {entry.at}"
    elif task:
        yield f"  new: {task.locator} '{task.heading}' ({where(task.places)})"
    elif entry:
        yield f"  not in the document: {entry.locator} '{entry.heading}' ({entry.id}, {entry.at})"


def _outline(plan: PlanFiles, outline: Outline) -> Iterator[str]:
    """Chapters and sections that the data lacks or titles otherwise."""
    loaded = plan.single.get("outline.yaml")
    known = {
        key: title
        for chapter in _list(loaded.file.data if loaded else None)
        for key, title in [
            (str(chapter.get("number")), _title(chapter)),
            *((f"{chapter.get('number')}.{s.get('number')}", _title(s)) for s in _list(chapter.get("sections"))),
        ]
    }
    for chapter in outline.chapters:
        named = [(str(chapter.number), chapter.title, chapter.place)]
        named += [(f"{chapter.number}.{s.number}", s.title, s.place) for s in chapter.sections]
        for key, title, place in named:
            kind = "section" if "." in key else "chapter"
            if key not in known:
                yield f"  new {kind}: {key} '{title}' ({where([place])})"
            elif _letters(known[key]) != _letters(title):
                yield f"  changed title: {kind} {key} '{title}' ({where([place])}), '{known[key]}' in outline.yaml"


def _counts(plan: PlanFiles, outline: Outline) -> Iterator[str]:
    """Rows and projects are compared by number only; `check --sources` proves each."""
    table = indicator_table(outline)
    printed = {
        "indicators.yaml": ("rows", len(table.rows) if table else 0),
        "projects.yaml": ("projects", sum(len(box.items) for box in project_boxes(outline))),
    }
    for name, (field, number) in printed.items():
        loaded = plan.single.get(name)
        known = len(_list(_dict(loaded.file.data).get(field))) if loaded else 0
        if known != number:
            yield f"  {field}: {number} in the document, {known} in {name}"


def _title(part: dict[str, Any]) -> str:
    return str(_dict(part.get("title")).get("zh", ""))


def _letters(text: str) -> str:
    """A heading without spaces and quotation marks, with full-width punctuation."""
    return re.sub(r"[\s“”\"'‘’]", "", text).replace(",", "，").replace("(", "（").replace(")", "）")


def _list(value: Any) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
