"""Exchange two folders in one step, so that whoever looks sees the one or the other and nothing between."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

AT_FDCWD = -100  # Linux, fcntl.h: paths are relative to the working directory
RENAME_EXCHANGE = 2  # Linux, renameat2(2)
RENAME_SWAP = 2  # macOS, renamex_np(2)


def swap(new: Path, old: Path) -> None:
    """Put `new` into the place of `old`, and `old` into that of `new`; without an `old`, `new` is only moved there.

    Where the system cannot exchange two names, three renames do it, with `old` set aside as `aside(new)` in between.
    """
    if not old.exists():
        new.rename(old)
    elif not _exchange(new, old):
        old.rename(aside(new))
        try:
            new.rename(old)
        except OSError:
            aside(new).rename(old)
            raise
        aside(new).rename(new)


def aside(new: Path) -> Path:
    """Where the old folder lies for a moment on a system that cannot exchange two names."""
    return new.with_name(f"{new.name}.old")


def alive(pid: int) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step where the system can."""
    if os.name != "posix":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        return bool(libc.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), RENAME_SWAP) == 0)
    return False
