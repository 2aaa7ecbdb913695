"""The measure files, withdrawn.yaml and new-tasks.yaml of the new edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plansite.ingest.yaml_text import TODO, file_text, scalar, sequence
from plansite.load.yaml_file import Steps
from plansite.model import ROLES
from plansite.revise.before import named_bodies
from plansite.revise.likeness import plain
from plansite.revise.revision import Revision, same
from plansite.revise.yaml_edit import YamlText, items, with_items
from plansite.sources.outline import NamedBody, Task

Spell = Callable[[str], str]
"""A body's name as printed → as the vocabulary spells it."""


def measure_files(texts: dict[str, str], revision: Revision, spell: Spell) -> dict[str, str]:
    """`measures/NN.yaml` → text: every measure that stays, in the file of its chapter and in the order of the document.

    A chapter keeps its file under its new number; only entries that moved leave their place.
    """
    edited = dict(_edited(texts, revision, spell))
    entries = {
        id: entry for name in edited for id, entry in zip(_ids(name, revision), items(edited[name]), strict=True)
    }
    chapters = {new: old for old, new in revision.images.chapters.items()}
    result = {}
    for number in sorted({each.pair.new.chapter for each in revision.changes}):
        row = sorted((c.pair for c in revision.changes if c.pair.new.chapter == number), key=lambda p: _place(p.new))
        chosen = [entries[pair.old.id] for pair in row]
        home = f"measures/{chapters.get(number, 0):02d}.yaml"
        if home in edited:
            result[f"measures/{number:02d}.yaml"] = with_items(edited[home], (), chosen)
        else:
            result[f"measures/{number:02d}.yaml"] = file_text("measures", 3, ["\n".join(chosen).rstrip("\n")])
    return result


def withdrawn_file(text: str, revision: Revision) -> str:
    """withdrawn.yaml with the measures that are gone or merged; empty if there are none and were none."""
    last = revision.record.edition
    lines: list[str] = []
    for old in revision.alignment.gone:
        lines += [f"- id: {old.id}", f"  last: {scalar(last)}", "  fate: dropped"]
    for id, into in revision.into.items():
        lines += [f"- id: {id}", f"  last: {scalar(last)}", "  fate: merged", f"  into: [{into}]"]
    if not lines:
        return text
    return (text.rstrip("\n") + "\n" if text else file_text("withdrawn", 2, [])) + "\n".join(lines) + "\n"


def new_tasks_file(revision: Revision, spell: Spell) -> str:
    """new-tasks.yaml: the paragraphs that nobody has restated; empty if there are none."""
    tasks = [(task, "") for task in revision.alignment.new]
    tasks += [(part, pair.old.id) for pair in revision.alignment.pairs for part in pair.parts]
    lines: list[str] = []
    for task, origin in sorted(tasks, key=lambda each: _place(each[0])):
        lines += [
            f"- at: {{chapter: {task.chapter}, section: {task.section}, item: {task.item}}}",
            f"  heading: {scalar(task.heading or TODO)}",
            "  departments:",
            *(f"    {line}" for line in _departments(task.bodies, spell)),
            *([f"  split_from: {origin}"] if origin else []),
        ]
    return file_text("new-tasks", 2, lines) if lines else ""


def _edited(texts: dict[str, str], revision: Revision, spell: Spell) -> Iterator[tuple[str, str]]:
    """Each measure file with the new places, headings and bodies, in the old order."""
    for loaded in revision.plan.measures:
        name = _name(loaded.file.name)
        text = YamlText(texts[name])
        for index, record in enumerate(loaded.record):
            if not (change := revision.by_id.get(record.id)):
                continue
            task = change.pair.new
            for field, now in (("chapter", task.chapter), ("section", task.section), ("item", task.item)):
                if getattr(record.at, field) != now:
                    text.set((index, "at", field), str(now))
            if not same(record.heading, task.heading):
                text.set((index, "heading"), scalar(task.heading or TODO))
            if change.bodies or change.reordered:
                _set_departments(text, (index, "departments"), named_bodies(record.departments), task.bodies, spell)
            if change.to_restate:
                text.review((index,))
        yield name, text.result()


def _set_departments(
    text: YamlText, path: Steps, old: Sequence[NamedBody], new: Sequence[NamedBody], spell: Spell
) -> None:
    """Write the bodies of the new note: role by role where the roles are the same, else all."""
    before, after = ({body.role for body in bodies} for bodies in (old, new))
    if before == after and after - {"with"}:
        for role in ROLES:
            names = [spell(body.printed) for body in new if body.role == role]
            if names != [body.printed for body in old if body.role == role]:
                text.set((*path, role), sequence(names))
        return
    lines = _departments(new, spell)
    if text.source(path).startswith("{"):
        text.set(path, "{" + ", ".join(lines) + "}")
        return
    text.set(path, ("\n" + " " * text.column(path)).join(lines))


def _departments(bodies: Sequence[NamedBody], spell: Spell) -> list[str]:
    lines = []
    for role in ROLES:
        if names := list(dict.fromkeys(spell(body.printed) for body in bodies if body.role == role)):
            lines.append(f"{role}: {sequence(names)}")
    if not any(body.role != "with" for body in bodies):
        lines.append(f"responsible: [{TODO}]")
    return lines


def _ids(name: str, revision: Revision) -> list[str]:
    return [r.id for loaded in revision.plan.measures if _name(loaded.file.name) == name for r in loaded.record]


def _name(path: str) -> str:
    return f"measures/{path.rsplit('/', 1)[1]}"


def _place(task: Task) -> tuple[int, int, int]:
    return task.chapter, task.section, task.item


def speller(known: Sequence[str]) -> Spell:
    """Spells a body as the vocabulary does; one it does not have stays as printed."""
    table = {plain(word): word for word in known}
    return lambda printed: table.get(plain(printed), printed)
