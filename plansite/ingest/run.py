"""Reading a document for a plan that has no data yet: it becomes a skeleton of data files."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plansite.ingest.front import Front
from plansite.ingest.report import found, missing_names
from plansite.ingest.skeleton import skeleton
from plansite.ingest.suggest import Suggestions
from plansite.load import DataError
from plansite.load.reading import Everything, read_everything
from plansite.sources.parse import parse
from plansite.sources.readers import read_document

HAS_DATA = """Nothing written: data/plans/{plan}/ has data. What a revised document changes in it, says
  python build.py revise {file} --plan {plan} --edition DATE --dry-run"""


class IngestError(Exception):
    """The document cannot be used for the plan; the message is one line."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """`report` is for reading; `written` is empty for a plan that has data."""

    report: str
    written: tuple[Path, ...]


def ingest(file: Path, plan: str, project: Path, jurisdiction: str = "") -> Ingested:
    """Write `data/plans/PLAN/` for a document; for a plan that has data, only say what the document holds.

    Without a jurisdiction, the plan's id without its last part is meant (`jingyue-14`: jingyue). Nothing that exists is
    changed. Raises SourceError for a file that cannot be read, DataError for faulty vocabularies, IngestError for a
    document without a task.
    """
    document = read_document(file)
    outline = parse(document)
    everything = _read(project)
    if not outline.tasks:
        raise IngestError(
            f"{file.name}: no task paragraph in {len(document.blocks)} paragraphs and tables "
            f"({len(outline.chapters)} chapters found); expected a plan with numbered chapters and tasks"
        )
    front = Front.of(document, outline)
    suggest = Suggestions(everything, jurisdiction or _jurisdiction(plan, everything))
    head = f"{found(outline, front)}\n{missing_names(outline, suggest, everything)}"
    if plan in everything.plans:
        return Ingested(f"{head}\n{HAS_DATA.format(plan=plan, file=file)}\n", ())
    written = _write(skeleton(plan, document, front, outline, suggest), project / "data" / "plans" / plan, project)
    todo = sum(path.read_text(encoding="utf-8").count("TODO") for path in written)
    listed = "\n".join(f"  {path.relative_to(project).as_posix()}" for path in written)
    text = f"{head}\nWritten, with {todo} places marked TODO:\n{listed}\n"
    return Ingested(text, written)


def _jurisdiction(plan: str, everything: Everything) -> str:
    """Of the data the plan has, else its id without the last part."""
    record = everything.plans[plan].record("plan.yaml") if plan in everything.plans else None
    return record.jurisdiction if record else plan.rpartition("-")[0] or plan


def _read(project: Path) -> Everything:
    """All data; other plans may be unfinished, but the vocabularies must be sound."""
    everything = read_everything(project / "data", project / "content")
    faults = [f for f in everything.faults if f.file.startswith(("data/vocab/", "data/jurisdictions.yaml"))]
    if faults:
        raise DataError(faults)
    return everything


def _write(files: dict[str, str], folder: Path, project: Path) -> tuple[Path, ...]:
    """All files or none: they are written beside the data and moved there as one folder."""
    if folder.exists():
        if any(folder.iterdir()):
            raise IngestError(f"{folder}: a folder without data files but not empty; expected no folder, or a plan")
        folder.rmdir()
    with tempfile.TemporaryDirectory(prefix=".ingest-", dir=project) as temporary:
        made = Path(temporary) / folder.name
        for name, text in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, folder)
    return tuple(folder / name for name in files)
