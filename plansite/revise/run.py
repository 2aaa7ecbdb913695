"""From a new document to the new edition of a plan: read, align, refuse or write, and report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plansite.ingest.suggest import Suggestions
from plansite.load.checks import check
from plansite.load.faults import DataError, Fault
from plansite.load.memory import excused, text_states
from plansite.load.reading import Everything, PlanFiles, read_everything
from plansite.revise.addresses import lost_addresses
from plansite.revise.elsewhere import alone, mentions
from plansite.revise.files import as_bytes, moved_articles, read_texts
from plansite.revise.foresee import faults_with
from plansite.revise.refusals import ReviseError, refuse_document, refuse_plan, refuse_revision
from plansite.revise.report import report
from plansite.revise.revision import Revision, analyse
from plansite.revise.stage import replace, sweep
from plansite.revise.write_measures import speller
from plansite.revise.write_plan import new_folder
from plansite.revise.yaml_edit import EditError
from plansite.sources.document import SourceError
from plansite.sources.outline import Outline
from plansite.sources.parse import parse
from plansite.sources.readers import read_document


def revise(
    file: Path,
    id: str,
    edition: str,
    project: Path,
    sources: Path | None = None,
    *,
    tell: Callable[[str], None] = lambda text: None,
    dry_run: bool = False,
) -> int:
    """Make a document the new edition of a plan; how many files of the plan's folder are new or changed by that.

    `sources` is the folder of official documents, where the one of the current edition is looked for. `tell` is given
    the report before anything is written, and also if the document is refused for what the report shows.
    Raises DataError for faulty data, SourceError for a document that cannot be read, ReviseError for one that cannot
    become the new edition; then nothing was written.
    """
    if not dry_run:
        sweep(project)
    everything = _read(project)
    plan = refuse_plan(everything, id, edition)
    document = read_document(file)
    outline = parse(document)
    refuse_document(everything, plan, document, outline)
    official, missing = _official(plan, sources)
    revision = analyse(plan, edition, document, outline, official, missing)
    jurisdiction = plan.record("plan.yaml").jurisdiction
    suggest = Suggestions(everything, jurisdiction)
    known = [
        word
        for role in suggest.departments
        if jurisdiction in role.bodies
        for word in role.bodies[jurisdiction].printed
    ]
    texts, raw = read_texts(project / "data/plans" / id)
    try:
        written = new_folder(texts, revision, suggest, speller(known))
    except EditError as error:
        raise ReviseError(f"{plan.folder}: {error}") from error
    lonely = alone(everything, plan, revision.gone)
    lost = lost_addresses(revision, written.notes, lonely, everything.permalinks)
    named = mentions(everything, plan)
    tell(report(revision, written, named, lonely, lost, _unknown_documents(revision, suggest)))
    refuse_revision(revision, suggest, known)
    files = as_bytes(written.files, texts, raw)
    articles = moved_articles(
        project, id, revision.images.chapters, [chapter.number for chapter in plan.record("outline.yaml")]
    )
    if faults := faults_with(everything, id, files):
        head = "The new edition would leave faults in the data that only a person can mend:"
        raise ReviseError(head, *(f"  {fault}" for fault in faults))
    if not dry_run:
        replace(project, id, files, articles)
    return sum(raw.get(name) != content for name, content in files.items())


def _unknown_documents(revision: Revision, suggest: Suggestions) -> list[str]:
    """Names in 《》 of new and changed paragraphs that the earlier document did not have and no vocabulary has."""
    before = "".join(task.text for task in revision.official.tasks) if revision.official else ""
    texts = [change.pair.new.text for change in revision.changes if change.to_restate]
    texts += [task.text for task in revision.alignment.new]
    texts += [part.text for pair in revision.alignment.pairs for part in pair.parts]
    names = dict.fromkeys(name for text in texts for name in suggest.cites(text)[1])
    return [f"《{name}》" for name in names if name not in before]


def _read(project: Path) -> Everything:
    """All data, without faults. Names of bodies that nothing uses yet may wait for the new document."""
    everything = read_everything(project / "data", project / "content")
    known_apart = excused(text_states(everything))
    faults = everything.faults + [fault for fault in check(everything, known_apart) if not _waits(fault)]
    if faults:
        raise DataError(faults)
    return everything


def _waits(fault: Fault) -> bool:
    return fault.found.startswith("the name of a body '") and fault.found.endswith("which nothing uses")


def _official(plan: PlanFiles, sources: Path | None) -> tuple[Outline | None, str]:
    """The document of the current edition, or why it is not at hand."""
    source = plan.record("plan.yaml").source
    if sources is None:
        return None, "no folder of documents; name it with --sources"
    path = sources / source.file
    if not path.is_file():
        return None, f"no {source.file} in {sources}"
    try:
        document = read_document(path)
    except SourceError as error:
        return None, str(error)
    if document.sha256 != source.sha256:
        return None, f"{path} is another document: its SHA-256 is {document.sha256[:12]}…, not {source.sha256[:12]}…"
    return parse(document), ""
