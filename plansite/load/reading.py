"""Find, read and validate every data file and every prose page."""

from __future__ import annotations

import fnmatch
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from plansite.load.articles import read_articles
from plansite.load.faults import Fault, nearest
from plansite.load.line_file import parse_lines
from plansite.load.numbers import check_pairs
from plansite.load.permalinks import FILE, read_permalinks
from plansite.load.record_cache import RecordCache
from plansite.load.records import FILES, MEMORY, OF_THE_CURRENT, OPTIONAL, REQUIRED_OF_PLAN
from plansite.load.text_file import decode_file, hidden_characters
from plansite.load.unwritten import unwritten
from plansite.load.validate import validate
from plansite.load.yaml_file import YamlFile, parse_yaml
from plansite.model import Article
from plansite.parallel import together

if TYPE_CHECKING:
    from plansite.load.memory import TextState

IGNORED = {"schema", FILE}
WORTH_A_PROCESS = 300_000
"""Characters from which on files are read by two processes."""


@dataclass(slots=True)
class Loaded:
    """One file with its validated record (None: faulty). One in which texts are unwritten has faults and a record."""

    file: YamlFile
    record: Any


@dataclass(slots=True)
class PlanFiles:
    """The files of one edition of a plan; `measures` in the order of the file names.

    `edition` is empty for the current one, which holds its `earlier` ones by their folders' names.
    """

    id: str
    edition: str = ""
    single: dict[str, Loaded] = field(default_factory=dict)
    measures: list[Loaded] = field(default_factory=list)
    earlier: dict[str, PlanFiles] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """Where the files lie, below the project."""
        return f"data/plans/{self.id}" + (f"/editions/{self.edition}" if self.edition else "")

    @property
    def key(self) -> str:
        """Tells this edition from every other plan and edition."""
        return f"{self.id}@{self.edition}" if self.edition else self.id

    @property
    def files(self) -> list[Loaded]:
        return [*self.single.values(), *self.measures]

    def record(self, name: str) -> Any:
        return self.single[name].record if name in self.single else None


@dataclass(slots=True)
class Everything:
    """All that was read, with the faults met on the way.

    `several` holds the files of a pattern above the plans; `permalinks` are published addresses, each with its line;
    `texts` says of every text what became of it since it was written.
    """

    single: dict[str, Loaded] = field(default_factory=dict)
    several: dict[str, list[Loaded]] = field(default_factory=lambda: defaultdict(list))
    plans: dict[str, PlanFiles] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    permalinks: dict[str, int] = field(default_factory=dict)
    texts: list[TextState] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def editions(self) -> list[PlanFiles]:
        """Every plan, each followed by its earlier editions."""
        return [files for plan in self.plans.values() for files in (plan, *plan.earlier.values())]

    def forget(self) -> None:
        """Give up what the site was made from. Lines are still found in the files that are there once (redirects)."""
        self.several.clear()
        self.plans.clear()
        self.texts.clear()
        for loaded in self.single.values():
            loaded.record = None


def read_everything(data: Path, content: Path, cache: Path | None = None) -> Everything:
    """Read `data/` and `content/`. Faults are collected, nothing is raised.

    `cache` is a folder where the records of files are kept for the next time.
    """
    result = Everything()
    jobs: list[_Job] = []
    for path in sorted(data.rglob("*")):
        relative = path.relative_to(data).as_posix()
        if relative.split("/")[0] in IGNORED or path.name.startswith("."):
            continue
        if path.is_symlink():
            result.faults.append(Fault(f"{data.name}/{relative}", 1, 1, "a symbolic link", "the file itself"))
        elif not path.is_dir() and (pattern := _pattern(relative, f"{data.name}/{relative}", result.faults)):
            jobs.append(_Job(path, relative, f"{data.name}/{relative}", pattern))
    records = RecordCache(cache)
    for job, loaded in zip(jobs, _read_all(jobs, records), strict=True):
        result.faults += loaded.file.faults
        _place(job, loaded, result)
    for folder in (data, content):
        result.faults += _closed_folders(folder)
    _report_missing(data, result)
    result.articles, faults = read_articles(content, records)
    result.permalinks, more = read_permalinks(data / FILE, f"{data.name}/{FILE}")
    result.faults += faults + more
    return result


def reread(path: Path, name: str) -> Loaded:
    """One file that lies in the data as `name`, read again; it has to be one of FILES."""
    relative = name.partition("/")[2]
    job = _Job(path, relative, name, _pattern(relative, name, []))
    return _read_all([job], RecordCache(None))[0]


class _Job(NamedTuple):
    """A file to read: where it lies, its name below data/ and in faults, and which of FILES it is."""

    path: Path
    relative: str
    name: str
    pattern: str


def _pattern(relative: str, name: str, faults: list[Fault]) -> str:
    """Which of FILES a file is, or empty after it was reported."""
    edition, of_edition = _edition(relative)
    depth = of_edition.count("/")
    pattern = next((p for p in FILES if fnmatch.fnmatchcase(of_edition, p) and p.count("/") == depth), None)
    if pattern and not (edition and PurePosixPath(relative).name in OF_THE_CURRENT):
        return pattern
    folder = re.match(r"plans/[^/]+/", of_edition)
    below = folder[0] if folder else ""  # the files of a plan are named as they lie in its folder
    home = "plans/*/" if folder else ""
    known = [p.removeprefix(home) for p in FILES if p.startswith("plans/") == bool(folder)]
    hint = nearest(of_edition.removeprefix(below), [p for p in known if "*" not in p])
    faults.append(Fault(name, 1, 1, "a file the site does not read", f"one of {', '.join(sorted(known))}", hint))
    return ""


def _read_all(jobs: Sequence[_Job], cache: RecordCache) -> list[Loaded]:
    """What is in the files, in their order; many that were not read before are read by two processes."""
    texts = [decode_file(job.path, job.name) for job in jobs]
    found: dict[int, Loaded] = {}
    for number, (job, (text, faults)) in enumerate(zip(jobs, texts, strict=True)):
        if faults:
            found[number] = Loaded(YamlFile(job.name, faults=faults), None)
        elif known := cache.get(job.name, text):
            record, agrees = known
            found[number] = Loaded(YamlFile(job.name, text=text, locate=_parser(job), agrees=agrees), record)
    missing = [(number, texts[number][0]) for number in range(len(jobs)) if number not in found]
    parts = [missing]
    if sum(len(text) for _, text in missing) > WORTH_A_PROCESS:
        by_size = sorted(missing, key=lambda one: len(one[1]))
        parts = [by_size[0::2], by_size[1::2]]
    read = together([partial(_parse_all, part, jobs, cache) for part in parts])
    found |= {number: loaded for part in read for number, loaded in part}
    return [found[number] for number in range(len(jobs))]


def _parse_all(texts: Sequence[tuple[int, str]], jobs: Sequence[_Job], cache: RecordCache) -> list[tuple[int, Loaded]]:
    return [(number, _parse(jobs[number], text, cache)) for number, text in texts]


def _parse(job: _Job, text: str, cache: RecordCache) -> Loaded:
    if hidden := hidden_characters(text, job.name):
        return Loaded(YamlFile(job.name, faults=hidden), None)
    file = _parser(job)(text, job.name)
    record = validate(file, FILES[job.pattern]) if not file.faults else None
    told = {(fault.line, fault.column) for fault in file.faults}
    file.faults += [fault for fault in unwritten(text, job.name) if (fault.line, fault.column) not in told]
    if file.faults:
        return Loaded(file, record)
    file.agrees = not any(check_pairs(file, record))
    file.forget()
    cache.put(job.name, text, (record, file.agrees))
    return Loaded(file, record)


def _parser(job: _Job) -> Callable[[str, str], YamlFile]:
    return parse_lines if job.path.name == MEMORY else parse_yaml


def _place(job: _Job, loaded: Loaded, result: Everything) -> None:
    pattern = job.pattern
    if "*" not in pattern:
        result.single[pattern] = loaded
        return
    if not pattern.startswith("plans/"):
        result.several[pattern].append(loaded)
        return
    id = job.relative.split("/")[1]
    plan = result.plans.setdefault(id, PlanFiles(id))
    if edition := _edition(job.relative)[0]:
        plan = plan.earlier.setdefault(edition, PlanFiles(id, edition))
    if pattern.endswith("measures/*.yaml"):
        plan.measures.append(loaded)
    else:
        plan.single[job.path.name] = loaded


def _edition(relative: str) -> tuple[str, str]:
    """The earlier edition a file belongs to (empty: the current one), and where its like lies in the current one."""
    match = re.fullmatch(r"(plans/[^/]+)/editions/([^/]+)/(.+)", relative)
    return (match[2], f"{match[1]}/{match[3]}") if match else ("", relative)


def _closed_folders(folder: Path) -> Iterator[Fault]:
    """A fault for each folder that may not be looked into: the files in it would be missed without a word."""
    errors: list[OSError] = []
    for _ in os.walk(folder, onerror=errors.append):
        pass
    for error in errors:
        if Path(error.filename) != folder:  # that one is missing altogether
            name = Path(error.filename).relative_to(folder.parent).as_posix()
            yield Fault(name, 1, 1, f"a folder that cannot be read ({error.strerror})", "a readable folder")


def _report_missing(data: Path, result: Everything) -> None:
    for pattern in FILES:
        if "*" not in pattern and pattern not in result.single and pattern not in OPTIONAL:
            result.faults.append(Fault(f"{data.name}/{pattern}", 1, 1, "no such file", "this file"))
    for plan in result.editions:
        for name in REQUIRED_OF_PLAN:
            if name not in plan.single:
                result.faults.append(Fault(f"{plan.folder}/{name}", 1, 1, "no such file", "this file"))
    if not result.plans:
        result.faults.append(Fault(f"{data.name}/plans", 1, 1, "no plan", "at least one folder with a plan.yaml"))
