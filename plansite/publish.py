"""From files in memory to the finished folder: unchanged files are kept, the whole tree is swapped in at once."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

AT_FDCWD = -100  # Linux, fcntl.h: paths are relative to the working directory
RENAME_EXCHANGE = 2  # Linux, renameat2(2)
RENAME_SWAP = 2  # macOS, renamex_np(2)


@dataclass(frozen=True, slots=True)
class Published:
    """Counts of files."""

    written: int
    kept: int
    removed: int


def publish(files: Mapping[str, bytes], out: Path) -> Published:
    """Make `out` hold exactly `files` (path below it → content).

    The new tree is built beside `out` and exchanged with it, so that a reader sees the old site or the new one and a
    killed build leaves the old one. Files whose bytes did not change are hard links to the old ones: same inode, same
    time stamp, nothing written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}.", dir=out.parent))
    try:
        staging.chmod(0o755)
        written = sum(_place(staging / name, out / name, content) for name, content in files.items())
        removed = sum(1 for path in out.rglob("*") if path.is_file() and path.relative_to(out).as_posix() not in files)
        if written or removed or not out.exists():
            _swap(staging, out)
        return Published(written, len(files) - written, removed)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _place(new: Path, old: Path, content: bytes) -> bool:
    """Put one file into the new tree; True if it had to be written."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        if old.stat().st_size == len(content) and old.read_bytes() == content:
            os.link(old, new)
            return False
    except OSError:
        pass  # no old file, or a file system without hard links
    new.write_bytes(content)
    return True


def _swap(staging: Path, out: Path) -> None:
    """Exchange the two trees; afterwards `staging` is the old one."""
    if not out.exists():
        staging.rename(out)
    elif not _exchange(staging, out):
        aside = staging.with_name(f"{staging.name}.old")
        out.rename(aside)
        staging.rename(out)
        shutil.rmtree(aside)


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


def _sweep(out: Path) -> None:
    """Clear away what killed builds left beside `out`; put the old site back if one was killed between two renames."""
    for path in out.parent.glob(f".{out.name}.*.*"):
        pid = path.name.removeprefix(f".{out.name}.").split(".")[0]
        if not pid.isdigit() or (int(pid) != os.getpid() and _alive(int(pid))):
            continue
        if path.name.endswith(".old") and not out.exists():
            path.rename(out)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
