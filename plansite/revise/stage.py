"""Puts a plan's new folder in the place of the old one, whole or not at all.

The new folder is made in `.revise.PID.PLAN` in the project and exchanged with the old one in a single step. Where a
chapter with a prose page changes its number, the folders of these pages are exchanged right after it; a run that is
killed between is finished by the next.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plansite.model import LOCALES
from plansite.publish.swap import alive, aside, swap

Articles = Mapping[str, Mapping[str, bytes]]
"""Language → name of the file below `content/LANGUAGE/plans/PLAN/` → content; only where a name changes."""

NEW = ".new"  # marks a folder that is to be exchanged, until all are


def replace(project: Path, plan: str, files: Mapping[str, bytes], articles: Articles) -> None:
    """Exchange the folders; on return, or after any interruption, the old ones or the new ones are there, whole."""
    sweep(project)
    staging = project / f".revise.{os.getpid()}.{plan}"
    staging.mkdir()
    try:
        for name, content in {"plan": files, **articles}.items():
            _write(staging / name, content)
            (staging / name / NEW).touch()
        with _uninterrupted():
            _exchange(project, staging, plan)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def sweep(project: Path) -> None:
    """Clear away what killed runs left; one that was killed between its exchanges is finished first."""
    for staging in sorted(project.glob(".revise.*.*")):
        pid, plan = staging.name.removeprefix(".revise.").split(".", 1)
        if not pid.isdigit() or (int(pid) != os.getpid() and alive(int(pid))):
            continue
        for name, home in _homes(project, plan).items():
            if not home.exists() and aside(staging / name).exists():
                aside(staging / name).rename(home)
        if (project / "data/plans" / plan / NEW).exists():
            _exchange(project, staging, plan)
        for home in _homes(project, plan).values():
            (home / NEW).unlink(missing_ok=True)
        shutil.rmtree(staging, ignore_errors=True)


def _exchange(project: Path, staging: Path, plan: str) -> None:
    """Exchange what is not exchanged yet, the plan's folder first; then take the marks away."""
    homes = _homes(project, plan)
    for name, home in homes.items():
        if (staging / name / NEW).exists():
            swap(staging / name, home)
    for home in homes.values():
        (home / NEW).unlink(missing_ok=True)


def _homes(project: Path, plan: str) -> dict[str, Path]:
    """Name in the staging folder → the folder it is exchanged with."""
    homes = {"plan": project / "data/plans" / plan}
    return homes | {locale: project / "content" / locale / "plans" / plan for locale in LOCALES}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the exchange is done."""
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt
