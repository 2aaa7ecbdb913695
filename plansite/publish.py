"""From files in memory to the finished folder: unchanged files are kept, the whole tree is swapped in at once."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from plansite.swap import swap


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
    time stamp, nothing written. The caller holds the folder (`claimed`): what else lies beside it is of killed builds.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.{os.getpid()}.", dir=out.parent))
    try:
        staging.chmod(0o755)
        written = sum(_place(staging / name, out / name, content) for name, content in files.items())
        removed = sum(1 for path in out.rglob("*") if path.is_file() and path.relative_to(out).as_posix() not in files)
        if written or removed or not out.exists():
            swap(staging, out)
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


def _sweep(out: Path) -> None:
    """Clear away what killed builds left beside `out`; put the old site back if one was killed between two renames."""
    for path in out.parent.glob(f".{escape(out.name)}.*.*"):
        if not re.fullmatch(r"\d+\.\w+(\.old)?", path.name.removeprefix(f".{out.name}.")):
            continue
        if path.name.endswith(".old") and not out.exists():
            path.rename(out)
        else:
            shutil.rmtree(path, ignore_errors=True)
