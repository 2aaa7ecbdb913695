"""One build at a time for a folder, and only into a folder that a build may replace."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from plansite.cache import kept
from plansite.errors import Stopped
from plansite.publish.tree import sweep

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

INPUTS = ("data", "content", "templates", "static")
MARK = "data/datapackage.json"  # every site has it
PAUSE = 0.1  # seconds between two looks at a lock


class ClaimError(Stopped):
    """The folder may not be built into, or not now; the message says why and what to do."""


@contextmanager
def claimed(out: Path, project: Path, *, wait: float = 0) -> Iterator[Path]:
    """Hold the folder `out` for one build; yields where it really lies, if its name is a symbolic link.

    What killed builds left beside it is cleared away first. The lock is a file there, which the system frees when the
    process ends, however it ends; the file then stays until the next build takes it over. Folders above `out` are made,
    and go again if nothing came to stand in them. `wait` is how many seconds another build is waited for. (On Windows,
    and on a disk that knows no locks, nothing is locked.)

    Raises ClaimError, and OSError where no file can be made beside the folder.
    """
    folder = Path(os.path.realpath(out))
    _check(out, folder, project)
    made = _make(folder.parent)
    try:
        with _locked(out, folder.with_name(f".{folder.name}.lock"), wait):
            sweep(folder)
            kept.sweep(project)
            yield folder
    finally:
        for parent in made:
            with suppress(OSError):  # it holds something by now
                parent.rmdir()


def _check(out: Path, folder: Path, project: Path) -> None:
    """Refuse to replace what is no site: the build would take everything else in the folder away."""
    expected = "expected a new or empty folder, or one that holds a site of an earlier build"
    if folder.exists() and not folder.is_dir():
        raise ClaimError(f"{out}: a file has this name; {expected}")
    home = Path(os.path.realpath(project))
    if home.is_relative_to(folder):
        raise ClaimError(f"{out}: the project lies in this folder and would be replaced by the site; {expected}")
    for name in INPUTS:
        of_project = Path(os.path.realpath(home / name))
        if folder.is_relative_to(of_project) or of_project.is_relative_to(folder):
            raise ClaimError(f"{out}: {of_project}, from which the site is built, is no place for it; {expected}")
    held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if held and (".git" in held or not (folder / MARK).is_file()):
        other = ".git" if ".git" in held else held[0]
        raise ClaimError(f"{out}: holds '{other}', which no build put there and this one would delete; {expected}")


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; those that were missing, the lowest first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


@contextmanager
def _locked(out: Path, lock: Path, wait: float) -> Iterator[None]:
    end = time.monotonic() + wait
    while (handle := _take(lock)) is None:
        if time.monotonic() >= end:
            raise ClaimError(f"{out}: {_holder(lock)} Wait until it has ended, or end it; then build again.")
        time.sleep(PAUSE)
    try:
        with suppress(OSError):  # no room for it: the build will say so
            os.truncate(handle, 0)
            os.write(handle, _told().encode())
        yield
    finally:
        with suppress(OSError):
            lock.unlink()  # while it is held: who waits for it then finds it gone, not free
        os.close(handle)


def _take(lock: Path) -> int | None:
    """The open and locked file, or None while another process holds it."""
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if fcntl:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            return None
        except OSError:
            return handle
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), lock.stat()):
                return handle
        os.close(handle)  # taken away by its holder just before we had it


def _told() -> str:
    """What the file says to whoever opens it."""
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return (
        f"Process {os.getpid()} on {socket.gethostname()} has been building this site since {since} ({command}).\n"
        "When that process has ended this file means nothing: the next build takes it over.\n"
    )


def _holder(lock: Path) -> str:
    try:
        first = lock.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    except OSError:
        first = ""
    return first or "Another process is building this site."
