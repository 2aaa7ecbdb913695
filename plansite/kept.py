"""What a build keeps for the next one, in files below `.cache/`: it saves time, and nothing else depends on it.

A file is written beside its place and moved there; before its content stands a checksum. So it is read whole or not at
all, whatever became of it, and what cannot be read is made again.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

FOLDER = ".cache"
NEW = ".new"  # ends the name of a file that is being written
DIGEST = 16  # bytes


def read(path: Path) -> bytes | None:
    """What was kept, or None."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, content = data[:DIGEST], data[DIGEST:]
    return content if digest == _digest(content) else None


def keep(path: Path, content: bytes) -> None:
    """Keep it, if that can be."""
    new = path.with_name(path.name + NEW)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(_digest(content) + content)
        new.replace(path)
    except OSError:
        drop(new)


def drop(path: Path) -> None:
    """Take a file away, if it is there and that can be."""
    with suppress(OSError):
        path.unlink()


def sweep(project: Path) -> None:
    """Take away what killed builds did not finish writing."""
    with suppress(OSError):
        for path in (project / FOLDER).rglob(f"*{NEW}"):
            drop(path)


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST).digest()
