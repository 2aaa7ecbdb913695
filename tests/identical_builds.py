"""Builds one project in two clones that differ in all but the data, and holds their manifests against each other.

    python tests/identical_builds.py                the real site; prints a report
    python tests/identical_builds.py --python EXE   a third build with another Python that has the same packages

Each clone lies in a folder of its own, with its own caches, and is built with another locale, time zone, seed for
hashing, working directory and number of processes, and then once more from what it kept. What one machine cannot show
is told at the end of the report.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What must not matter. `processors` is how many the build may see."""

    name: str
    environment: Mapping[str, str]
    processors: int
    folder: str
    python: str = sys.executable

    def told(self) -> str:
        settings = " ".join(f"{name}={value}" for name, value in self.environment.items())
        return f"{self.name}: {settings}, {self.processors} processor(s), in {self.folder!r}"


def _environment(language: str, zone: str, seed: str) -> dict[str, str]:
    return {"LC_ALL": language, "LANG": language, "TZ": zone, "PYTHONHASHSEED": seed}


FIRST = Circumstances("first clone", _environment("C", "America/St_Johns", "1"), 1, "a")
SECOND = Circumstances(
    "second clone", _environment("tr_TR.UTF-8", "Asia/Shanghai", "4711"), 2, "of another path/规划 b"
)
THIRD = Circumstances("third clone", _environment("zh_CN.UTF-8", "Pacific/Chatham", "0"), 2, "c")

LIMIT = """import os, runpy, sys
processors = int(sys.argv[1])
os.cpu_count = lambda: processors
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])
sys.argv = sys.argv[2:]
sys.path.insert(0, os.path.dirname(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a program with fewer processors, which decide how many processes a build has."""


def build(program: Path, project: Path, given: Circumstances) -> tuple[bytes, float]:
    """Build a project with the program in a folder; returns the manifest, and the processor's seconds that it took.

    Raises RuntimeError with what the build said.
    """
    kept = ("PATH", "HOME", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | dict(given.environment)
    command = [given.python, "-c", LIMIT, str(given.processors), str(program / "build.py"), "build"]
    command += ["--project", str(project)]
    before = os.times()
    done = subprocess.run(command, cwd=project.parent, env=environment, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        raise RuntimeError(f"{given.name}: {done.stderr}")
    seconds = after.children_user - before.children_user
    return (project / "site" / "manifest.json").read_bytes(), seconds


def differences(one: bytes, other: bytes) -> list[str]:
    """The lines in which two manifests differ."""
    first, second = one.decode().splitlines(), other.decode().splitlines()
    return sorted({*first} ^ {*second})


def clone(project: Path, into: Path) -> Path:
    """A clone of what is committed; the program of the clone is used, not that of the project."""
    into.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--quiet", str(project), str(into)], check=True)
    return into


def report(project: Path, folder: Path, others: list[Circumstances]) -> tuple[str, bool]:
    """What was built and whether all is the same."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True, check=True
    ).stdout
    lines = [f"Commit {commit.strip()[:12]}, built by python tests/identical_builds.py", ""]
    manifests: list[bytes] = []
    for given in [FIRST, SECOND, *others]:
        place = clone(project, folder / given.folder)
        for state in ("nothing kept", "from what was kept"):
            found, seconds = build(place, place, given)
            manifests.append(found)
            version = subprocess.run([given.python, "-V"], capture_output=True, text=True, check=True).stdout.strip()
            lines += [
                f"{given.told()}, {version}, {state}",
                f"    manifest {sha256(found).hexdigest()} ({seconds:.0f} s)",
            ]
        if given is not FIRST:
            shutil.rmtree(place)
    same = len(set(manifests)) == 1
    told = json.loads(manifests[0])
    lines += ["", f"{len(manifests)} builds of {len(told['files'])} files from {len(told['made_from'])}: "]
    lines[-1] += "the same manifest" if same else "DIFFERENT"
    for found in manifests[1:]:
        lines += differences(manifests[0], found)[:20]
    return "\n".join([*lines, "", LIMITS, ""]), same


LIMITS = """What one machine cannot show: another processor, operating system or file system. Nothing in the build asks
for them. What shapes the bytes beside the data is the program and the versions of its packages: those that
constraints.txt names, which `make site` installs."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="another Python with the same packages")
    parser.add_argument("--report", type=Path, help="write the report to this file, too")
    given = parser.parse_args()
    others = [
        Circumstances(THIRD.name, THIRD.environment, THIRD.processors, f"c{number}", path)
        for number, path in enumerate(given.python)
    ]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="identical-") as folder:
        told, same = report(PROJECT, Path(folder), others)
    print(told)
    if given.report:
        given.report.write_text(told, encoding="utf-8")
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    sys.exit(not same)


if __name__ == "__main__":
    main()
