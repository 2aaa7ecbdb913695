"""Find, read and validate every data file and every prose page."""

from __future__ import annotations

import fnmatch
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plansite.load.articles import read_articles
from plansite.load.faults import Fault, nearest
from plansite.load.line_file import read_lines
from plansite.load.permalinks import FILE, read_permalinks
from plansite.load.records import FILES, MEMORY, OF_THE_CURRENT, OPTIONAL, REQUIRED_OF_PLAN
from plansite.load.validate import validate
from plansite.load.yaml_file import YamlFile, read_yaml
from plansite.model import Article

if TYPE_CHECKING:
    from plansite.load.memory import TextState

IGNORED = {"schema", FILE}


@dataclass(slots=True)
class Loaded:
    """One file with its validated record (None: faulty)."""

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


def read_everything(data: Path, content: Path) -> Everything:
    """Read `data/` and `content/`. Faults are collected, nothing is raised."""
    result = Everything()
    for path in sorted(data.rglob("*")):
        relative = path.relative_to(data).as_posix()
        if relative.split("/")[0] in IGNORED or path.name.startswith("."):
            continue
        if path.is_symlink():
            result.faults.append(Fault(f"{data.name}/{relative}", 1, 1, "a symbolic link", "the file itself"))
            continue
        if path.is_dir():
            continue
        _read_one(path, relative, f"{data.name}/{relative}", result)
    _report_missing(data, result)
    result.articles, faults = read_articles(content)
    result.permalinks, more = read_permalinks(data / FILE, f"{data.name}/{FILE}")
    result.faults += faults + more
    return result


def _read_one(path: Path, relative: str, name: str, result: Everything) -> None:
    edition, of_edition = _edition(relative)
    depth = of_edition.count("/")
    pattern = next((p for p in FILES if fnmatch.fnmatchcase(of_edition, p) and p.count("/") == depth), None)
    if pattern is None or (edition and path.name in OF_THE_CURRENT):
        expected = sorted(p.replace("*", "PLAN", 1) for p in FILES)
        hint = nearest(relative, [p for p in FILES if "*" not in p]) if not relative.startswith("plans/") else ""
        result.faults.append(Fault(name, 1, 1, "a file the site does not read", f"one of {', '.join(expected)}", hint))
        return
    file = read_lines(path, name) if path.name == MEMORY else read_yaml(path, name)
    record = validate(file, FILES[pattern]) if not file.faults else None
    result.faults += file.faults
    loaded = Loaded(file, None if file.faults else record)
    if "*" not in pattern:
        result.single[pattern] = loaded
        return
    if not pattern.startswith("plans/"):
        result.several[pattern].append(loaded)
        return
    id = relative.split("/")[1]
    plan = result.plans.setdefault(id, PlanFiles(id))
    if edition:
        plan = plan.earlier.setdefault(edition, PlanFiles(id, edition))
    if pattern.endswith("measures/*.yaml"):
        plan.measures.append(loaded)
    else:
        plan.single[path.name] = loaded


def _edition(relative: str) -> tuple[str, str]:
    """The earlier edition a file belongs to (empty: the current one), and where its like lies in the current one."""
    match = re.fullmatch(r"(plans/[^/]+)/editions/([^/]+)/(.+)", relative)
    return (match[2], f"{match[1]}/{match[3]}") if match else ("", relative)


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
