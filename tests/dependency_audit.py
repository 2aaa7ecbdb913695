"""Looks over the packages that the program needs: used, pinned, under which licence, with which known weaknesses.

    python tests/dependency_audit.py        or: make audit

The last asks a database of vulnerabilities through pip-audit, and so needs a connection; without one it says that
nothing is known. Exit status: 0 nothing wrong; 1 something is; 2 the vulnerabilities could not be looked up.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import metadata, packages_distributions, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
FREE = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL", re.IGNORECASE)
"""Licences under which a package may be used, changed and passed on with this program."""


def declared(project: Path) -> dict[str, Requirement]:
    """What pyproject.toml says the program needs, by name."""
    return {canonicalize_name(each.name): each for each in map(Requirement, _pyproject(project)["dependencies"])}


def pinned(project: Path) -> dict[str, str]:
    """Name → version of constraints.txt."""
    lines = (project / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def faults(project: Path) -> list[str]:
    """One line for each package that is not used, not declared, not pinned or not free."""
    return sorted((*_use_faults(project), *_pin_faults(project), *_licence_faults(project)))


def _use_faults(project: Path) -> Iterator[str]:
    known = packages_distributions()
    optional = _pyproject(project)["optional-dependencies"]["font"]  # of one command, which says so when it lacks them
    allowed = declared(project).keys() | {canonicalize_name(Requirement(line).name) for line in optional}
    allowed |= {
        canonicalize_name(Requirement(line).name) for name in declared(project) for line in requires(name) or ()
    }
    used: set[str] = set()
    for path in sorted((project / "plansite").rglob("*.py")):
        for module in _imports(path):
            if module in sys.stdlib_module_names or module in ("plansite", "_typeshed"):
                continue
            owners = {canonicalize_name(name) for name in known.get(module, [module])}
            used |= owners
            if not owners & allowed:
                yield f"{path.relative_to(project)}: imports {module}, which nothing in pyproject.toml brings"
    for name in declared(project).keys() - used:
        yield f"pyproject.toml: names {name}, which nothing imports"


def _imports(path: Path) -> set[str]:
    """The top-level modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _pin_faults(project: Path) -> Iterator[str]:
    versions = pinned(project)
    for name, requirement in declared(project).items():
        if name in versions and not requirement.specifier.contains(versions[name]):
            yield f"constraints.txt: {name}=={versions[name]} is not {requirement.specifier}, as pyproject.toml wants"
    needed = _closure(declared(project).values())
    yield from (f"constraints.txt: lacks {name}" for name in needed - versions.keys())
    yield from (f"constraints.txt: names {name}, which nothing needs" for name in versions.keys() - needed)


def _closure(requirements: Iterable[Requirement]) -> set[str]:
    """The names of packages and of all that they need in turn, as they are installed here."""
    open_ = [(each, "") for each in requirements]
    seen: dict[str, set[str]] = {}
    while open_:
        requirement, extra = open_.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        new = {"", *requirement.extras} - seen.setdefault(name, set())
        seen[name] |= new
        open_ += [(Requirement(line), each) for each in new for line in requires(name) or ()]
    return set(seen)


def _licence_faults(project: Path) -> Iterator[str]:
    for name in pinned(project):
        if not FREE.search(licence(name)):
            yield f"{name}: licence '{licence(name)}'; expected one of {FREE.pattern}"


def licence(name: str) -> str:
    """As the package states it."""
    about = metadata(name)
    kinds = [kind.rpartition(" :: ")[2] for kind in about.get_all("Classifier", []) if kind.startswith("License ::")]
    words = [line.splitlines()[0] for line in about.get_all("License", [])]
    return "; ".join(about.get_all("License-Expression", []) or kinds or words) or "none"


def vulnerabilities(project: Path) -> tuple[list[str], list[str]]:
    """Known weaknesses of the pinned versions, one line each, and the packages about which nothing could be learnt.

    Raises RuntimeError if nothing can be asked.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(project / "constraints.txt")]
    command += ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if "No module named" in done.stderr:
        raise RuntimeError("pip-audit is not installed; 'make audit' brings it")
    try:
        rows = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer") from error
    found = [
        f"{row['name']} {row['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'no version'}"
        for row in rows
        for known in row.get("vulns", ())
    ]
    return found, [row["name"] for row in rows if "skip_reason" in row]


def _pyproject(project: Path) -> Any:
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def main() -> int:
    for name, version in pinned(PROJECT).items():
        print(f"{name} {version}: {licence(name)}")
    if wrong := faults(PROJECT):
        print("\n".join(wrong), file=sys.stderr)
        return 1
    print(f"{len(pinned(PROJECT))} packages: each used, declared, pinned and free.")
    try:
        found, unknown = vulnerabilities(PROJECT)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        print(f"Vulnerabilities were NOT looked up: {error}", file=sys.stderr)
        return 2
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    if unknown:
        print(
            f"Vulnerabilities of {len(unknown)} packages were NOT looked up: the database does not answer for "
            f"{', '.join(unknown[:3])} …",
            file=sys.stderr,
        )
        return 2
    print("No known vulnerability.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
