"""The kinds of input that `fuzz.py` spoils: for each, how a case is made and what the program does with it."""

from __future__ import annotations

import atexit
import json
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import mutations as m
from harmless import harms
from small_revision import DOCUMENT, PLAN, project_with_document
from source_files import write_docx, write_html, write_pdf, write_txt

from plansite.build import build
from plansite.characters import HIDDEN
from plansite.errors import BuildError
from plansite.html import prose
from plansite.ingest.front import Front
from plansite.ingest.report import found, missing_names
from plansite.ingest.run import IngestError
from plansite.ingest.skeleton import skeleton
from plansite.ingest.suggest import Suggestions
from plansite.load import DataError, load_site, load_with_positions
from plansite.load.articles import read_articles
from plansite.load.line_file import parse_lines
from plansite.load.numbers import check_pairs
from plansite.load.permalinks import read_permalinks
from plansite.load.reading import read_everything
from plansite.load.record_cache import RecordCache
from plansite.load.records import FILES, MEMORY
from plansite.load.text_file import read_text_file
from plansite.load.validate import validate
from plansite.load.yaml_file import YamlFile, parse_yaml
from plansite.revise.run import revise
from plansite.sources.document import Block, Document, SourceError
from plansite.sources.parse import parse
from plansite.sources.readers import process, read_document
from plansite.sources.readers.limits import check_blocks
from plansite.sources.readers.text import read_text
from plansite.verify.facts import prove

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent

Files = dict[str, bytes]
"""Path below the folder of a case → content; a case is these files."""


class Unclear(AssertionError):
    """A refusal that does not tell a maintainer what is wrong where, or an outcome that could harm a reader."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: how a case of it is made, and what is then done with its files.

    `weight` is its share of the cases. The files lie in the folder that `run` is given, unless it puts them elsewhere.
    """

    name: str
    weight: float
    make: Callable[[random.Random], Files]
    run: Callable[[Path, Files], None]
    elsewhere: bool = False


# --- the data files, one record file at a time ---


def read_data(path: Path, name: str) -> YamlFile:
    """A data file as the loader reads it; `name` is the one in faults."""
    text, faults = read_text_file(path, name)
    if faults:
        return YamlFile(name, faults=faults)
    return (parse_lines if name.endswith(MEMORY) else parse_yaml)(text, name)


@cache
def seeds(pattern: str) -> tuple[tuple[Any, bytes], ...]:
    """The data and the text of every file of a kind: of the site and of the projects of the tests."""
    roots = (PROJECT / "data", TESTS / "small_data", TESTS / "two_plans")
    paths = [path for root in roots for path in sorted(root.glob(pattern))]
    found = [(read_data(path, path.name).data, path.read_bytes()) for path in paths]
    return tuple(found) or ((m.SEED[pattern], m.as_yaml(m.SEED[pattern])),)


def make_record(pattern: str, rng: random.Random) -> Files:
    data, raw = rng.choice(seeds(pattern))
    emit = m.as_lines if pattern.endswith(MEMORY) else m.as_yaml
    if rng.random() < 0.65:
        return {"file": emit(m.spoil(rng, m.sample(rng, data), rng.choice((1, 1, 2, 5))))}
    start = rng.randrange(len(raw)) if len(raw) > 3000 else 0
    start = raw.rfind(b"\n- ", 0, start) + 1
    part = raw[start : start + 3000] if rng.random() < 0.5 else emit(m.sample(rng, data, 1))
    return {"file": m.spoil_bytes(rng, part)}


def run_record(pattern: str, folder: Path, files: Files) -> None:
    file = read_data(folder / "file", f"data/{pattern}")
    record = validate(file, FILES[pattern]) if not file.faults else None
    if record is not None:
        file.faults += check_pairs(file, record)
    if file.faults:
        raise DataError(file.faults)
    if record is None:
        raise Unclear("neither a record nor a fault")


def make_permalinks(rng: random.Random) -> Files:
    lines = (PROJECT / "data/permalinks.txt").read_text(encoding="utf-8").split("\n")
    start = rng.randrange(max(len(lines) - 20, 1))
    text = "\n".join(lines[start : start + 20])
    bits = ("#", "/", "./", "..", "a/b/", "plans/x/#y", "é", "A")
    return {"file": m.spoil_lines(rng, text, bits).encode("utf-8", "surrogatepass")}


def run_permalinks(folder: Path, files: Files) -> None:
    _, faults = read_permalinks(folder / "file", "data/permalinks.txt")
    if faults:
        raise DataError(faults)


# --- Markdown ---


@cache
def articles() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "content").rglob("*.md")))


def make_markdown(rng: random.Random) -> Files:
    text = rng.choice(articles())
    _, front, body = text.split("---\n", 2)
    blocks = body.split("\n\n")
    start = rng.randrange(len(blocks))
    body = "\n\n".join(blocks[start : start + rng.randint(1, 4)])
    if rng.random() < 0.2:
        body = rng.choice(m.MARKDOWN_BITS) * rng.choice((1, 30, 500, 5000))
    text = f"---\n{front}---\n{body}"
    text = m.spoil_lines(rng, text if rng.random() < 0.3 else body, m.MARKDOWN_BITS)
    raw = (text if text.startswith("---") else f"---\n{front}---\n{text}").encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        raw = m.spoil_bytes(rng, raw, times=1)
    return {"zh/a.md": raw, "en/a.md": raw}


def run_markdown(folder: Path, files: Files) -> None:
    read, faults = read_articles(folder, RecordCache(None))
    if faults:
        raise DataError(faults)
    html = str(prose.html(read["a"].markdown.en, base="../en/"))
    if found := harms(html):
        raise Unclear(f"the page holds {found[:3]}")


# --- whole projects ---


@cache
def project() -> tuple[Path, Files]:
    """A small project, and its data files and articles as they are."""
    folder = Path(tempfile.mkdtemp(prefix="plansite-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    project_with_document(folder)
    paths = [path for name in ("data", "content") for path in (folder / name).rglob("*") if path.is_file()]
    return folder, {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


@cache
def project_data(name: str) -> Any:
    folder, _ = project()
    return read_data(folder / name, name).data


def make_project(rng: random.Random) -> Files:
    """One or two files of the small project spoiled, the rest as it is."""
    names = [name for name in project()[1] if name.endswith(".yaml")]
    changed: Files = {}
    for name in rng.sample(names, rng.choice((1, 1, 2))):
        emit = m.as_lines if name.endswith(MEMORY) else m.as_yaml
        change = m.disorder if rng.random() < 0.6 else m.spoil
        changed[name] = emit(change(rng, project_data(name), rng.choice((1, 1, 1, 3))))
    return changed


def make_texts(rng: random.Random) -> Files:
    """Hostile words put behind texts of the small project, which stays sound otherwise."""
    words = [word for word in m.HOSTILE if word.strip() and not HIDDEN.search(word) and "\n" not in word]
    names = [name for name in project()[1] if name.endswith(".yaml") and "translations" not in name]
    changed: Files = {}
    for name in rng.sample(names, rng.randint(1, len(names))):
        data = json.loads(json.dumps(project_data(name)))
        pairs = [(holder, key) for holder, key in m.slots(data) if key in ("zh", "en") and isinstance(holder[key], str)]
        for holder, key in rng.sample(pairs, min(len(pairs), rng.randint(1, 9))):
            other = "en" if key == "zh" else "zh"
            word = rng.choice([word for word in words if len(word) < 200])
            if isinstance(holder.get(other), str):
                holder[key], holder[other] = f"{holder[key]} {word}", f"{holder[other]} {word}"
        changed[name] = m.as_yaml(data)
    return changed


def make_names(rng: random.Random) -> Files:
    """Files with hostile names beside the right ones."""
    known = list(project()[1])
    name = rng.choice(known)
    parts = name.split("/")
    word = m.hostile(rng).replace("\x00", "%00").encode("utf-8", "replace").decode()
    word = re.sub(r"\.\.|^/", "dots", word)[:60]
    word = word if word.strip(". ") else f"{word}x"
    parts[rng.randrange(1, len(parts))] = word + rng.choice(("", ".yaml", ".md"))
    return {"/".join(parts)[:200]: project()[1][name]}


def run_project(folder: Path, files: Files, *, whole: bool = False) -> None:
    """The small project with these files in place of, or beside, its own."""
    root, sound = project()
    made: list[Path] = []
    try:
        for name, content in files.items():
            path = root / name
            made += [parent for parent in path.parents if not parent.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if whole:
            _whole_site(root, folder / "site")
        else:
            load_site(root)
    finally:
        for name in files:
            if name in sound:
                (root / name).write_bytes(sound[name])
            else:
                (root / name).unlink(missing_ok=True)
        for parent in made:
            shutil.rmtree(parent, ignore_errors=True)


def _whole_site(root: Path, out: Path) -> None:
    build(root, out, with_search=False, with_images=False)
    for path in sorted(out.rglob("*.html")):
        if found := harms(path.read_text(encoding="utf-8")):
            raise Unclear(f"{path.relative_to(out)} holds {found[:3]}")


# --- official documents ---


@cache
def sources(suffix: str) -> tuple[bytes, ...]:
    folder = Path(tempfile.mkdtemp(prefix="plansite-fuzz-"))
    write = {"txt": write_txt, "docx": write_docx, "pdf": write_pdf, "html": write_html}[suffix]
    content = write(folder / f"a.{suffix}").read_bytes()
    shutil.rmtree(folder)
    return (content,)


def make_source(suffix: str, rng: random.Random) -> Files:
    raw = rng.choice(sources(suffix))
    if suffix == "docx" and rng.random() < 0.7:
        return {"a.docx": m.spoil_archive(rng, raw)}
    if suffix in ("txt", "html") and rng.random() < 0.6:
        bits = m.HTML_BITS if suffix == "html" else m.DOCUMENT_BITS
        return {f"a.{suffix}": m.spoil_lines(rng, raw.decode(), bits).encode("utf-8", "surrogatepass")}
    if suffix == "pdf" and rng.random() < 0.7:
        return {"a.pdf": m.spoil_pdf(rng, raw)}
    return {f"a.{suffix}": m.spoil_bytes(rng, raw, times=rng.choice((1, 3, 20)))}


def run_source(suffix: str, folder: Path, files: Files) -> None:
    """As the reader's own process does it, but here; then the outline of what it read."""
    path = folder / f"a.{suffix}"
    blocks: tuple[Block, ...]
    if suffix == "txt":
        blocks = read_text(path)
    else:
        answer = process._answer(suffix, path)
        if isinstance(answer, str):
            raise SourceError(answer)
        blocks = answer
    check_blocks(path.name, blocks)
    parse(Document(path.name, suffix, "0" * 64, blocks))  # type: ignore[arg-type]


def run_apart(folder: Path, files: Files) -> None:
    for name in files:
        parse(read_document(folder / name))


def make_apart(rng: random.Random) -> Files:
    return make_source(rng.choice(("txt", "docx", "pdf", "html")), rng)


def make_outline(rng: random.Random) -> Files:
    text = m.spoil_lines(rng, sources("txt")[0].decode(), m.DOCUMENT_BITS, times=12)
    return {"a.txt": text.encode("utf-8", "surrogatepass")}


@cache
def suggestions() -> tuple[Any, Suggestions]:
    root, _ = project()
    everything = read_everything(root / "data", root / "content")
    return everything, Suggestions(everything, next(iter(everything.plans)).rpartition("-")[0])


def run_ingest(folder: Path, files: Files) -> None:
    """The skeleton of a plan's data, which must be YAML that the loader reads, whatever the document holds."""
    path = folder / "a.txt"
    document = Document(path.name, "txt", "0" * 64, read_text(path))
    check_blocks(path.name, document.blocks)
    outline = parse(document)
    if not outline.tasks:
        raise IngestError(f"{path.name}: no task paragraph")  # as the command does
    everything, suggest = suggestions()
    front = Front.of(document, outline)
    found(outline, front)
    missing_names(outline, suggest, everything)
    for name, text in skeleton("a-1", document, front, outline, suggest).items():
        (folder / "made").write_text(text, encoding="utf-8", errors="surrogatepass")
        text, faults = read_text_file(folder / "made", name)
        file = parse_yaml(text, name) if not faults else YamlFile(name, faults=faults)
        if not faults and (file.data is None or any("second time" in fault.found for fault in file.faults)):
            raise Unclear(f"ingest writes what cannot be read: {file.faults[0]}")


def make_revised(rng: random.Random) -> Files:
    """The document of the small project spoiled, mildly or not."""
    text = m.spoil_lines(rng, DOCUMENT, m.DOCUMENT_BITS, times=rng.choice((1, 3, 12)))
    return {"a.txt": text.encode("utf-8", "surrogatepass")}


def run_revise(folder: Path, files: Files) -> None:
    """What would become of the small plan if this were its new edition; nothing is written."""
    revise(folder / "a.txt", PLAN, "2024-05", project()[0], dry_run=True)


@cache
def loaded() -> tuple[Any, Any]:
    return load_with_positions(project()[0])


def run_proof(folder: Path, files: Files) -> None:
    """The data of the small plan held against this document."""
    site, positions = loaded()
    document = Document("a.txt", "txt", site.plans[PLAN].source.sha256, read_text(folder / "a.txt"))
    check_blocks(document.name, document.blocks)
    if faults := prove(site.plans[PLAN], site, parse(document), positions).faults:
        raise BuildError("\n".join(map(str, faults)))


# --- all of them ---


def kinds() -> list[Kind]:
    """Every kind of input; weights are shares of the cases."""
    records = [
        Kind(f"data/{pattern}", 2.0, partial(make_record, pattern), partial(run_record, pattern)) for pattern in FILES
    ]
    return [
        *records,
        Kind("data/permalinks.txt", 1.0, make_permalinks, run_permalinks),
        Kind("content/*.md", 8.0, make_markdown, run_markdown),
        Kind("names of files", 1.5, make_names, run_project, elsewhere=True),
        Kind("whole project: data spoiled", 9.0, make_project, run_project, elsewhere=True),
        Kind("whole site: hostile texts", 0.1, make_texts, partial(run_project, whole=True), elsewhere=True),
        *(
            Kind(f"document: {suffix}", weight, partial(make_source, suffix), partial(run_source, suffix))
            for suffix, weight in (("txt", 7.0), ("html", 5.0), ("docx", 3.0), ("pdf", 1.5))
        ),
        Kind("document: in its own process", 0.05, make_apart, run_apart),
        Kind("ingest of a spoiled document", 5.0, make_outline, run_ingest),
        Kind("revise with a spoiled document", 0.3, make_revised, run_revise),
        Kind("proof by a spoiled document", 1.5, make_revised, run_proof),
    ]
