"""What a build keeps for the next one, in files below `.cache/`: it saves time, and nothing else depends on it.

A file is written beside its place and moved there; before its content stands a checksum. So it is read whole or not at
all, whatever became of it, and what cannot be read is made again.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = ".cache"
NEW = ".new"  # ends the name of a file that is being written
DIGEST = 16  # bytes
CODE = Path(__file__).resolve().parents[1]
LIBRARIES = (
    "babel",
    "jinja2",
    "markdown",
    "markupsafe",
    "opencc",
    "pagefind",
    "pagefind_bin_extended",
    "pdfplumber",
    "pillow",
    "pydantic",
    "pypinyin",
    "python-docx",
    "pyyaml",
    "segno",
    "xlsxwriter",
)


def read(path: Path) -> bytes | None:
    """What was kept, or None."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    content = data[DIGEST:]
    return content if data[:DIGEST] == digest(content) else None


def keep(path: Path, content: bytes) -> None:
    """Keep it, if that can be."""
    new = path.with_name(path.name + NEW)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(digest(content) + content)
        new.replace(path)
    except OSError:
        drop(new)


def recall(path: Path, key: bytes = b"") -> Any:
    """What `remember` kept under this key, or None. What another state of the program kept is not even looked into."""
    head = digest(digest_of_code(), key)
    content = read(path)
    return pickle.loads(content[DIGEST:]) if content and content[:DIGEST] == head else None


def remember(path: Path, value: object, key: bytes = b"") -> None:
    """Keep a value for `recall`."""
    keep(path, digest(digest_of_code(), key) + pickle.dumps(value))


def drop(path: Path) -> None:
    """Take a file away, if it is there and that can be."""
    with suppress(OSError):
        path.unlink()


def sweep(project: Path) -> None:
    """Take away what killed builds did not finish writing."""
    with suppress(OSError):
        for path in (project / FOLDER).rglob(f"*{NEW}"):
            drop(path)


@cache
def digest_of_code() -> bytes:
    """The same as long as this package and the libraries that shape the site are."""
    names = "".join(f"{name} {version(name)}\n" for name in LIBRARIES).encode()
    return digest(names, digest_of_files(path for kind in ("*.py", "*.po") for path in CODE.rglob(kind)))


def digest_of_files(paths: Iterable[Path]) -> bytes:
    """Of names and contents, in the order of the names. Raises OSError."""
    return digest(*(part for path in sorted(paths) for part in (str(path).encode(), digest(path.read_bytes()))))


def digest(*parts: bytes | memoryview) -> bytes:
    made = blake2b(digest_size=DIGEST)
    for part in parts:
        made.update(part)
    return made.digest()


def key_of(*ingredients: object) -> bytes:
    """A digest that is another one whenever an ingredient is."""
    return digest(pickle.dumps(ingredients))
