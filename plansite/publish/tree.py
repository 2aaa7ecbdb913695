"""From finished files to the finished folder: unchanged files are kept, the whole tree is swapped in at once."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plansite.publish.swap import swap


@dataclass(frozen=True, slots=True)
class Published:
    """Counts of files."""

    written: int
    kept: int
    removed: int


class Placed(NamedTuple):
    """A file of the new tree: the SHA-256 of its content in hexadecimal digits, and whether it had to be written."""

    sha256: str
    written: bool


class Tree(Mapping[str, bytes]):
    """The next site as it grows, path → content, in a folder beside the one that it will replace.

    A reader of the published folder sees the old site until `publish` exchanges the two, and a killed build leaves it
    as it is. Files whose bytes did not change are hard links to the old ones: same inode, same time stamp, nothing
    written. Without `out` the tree lies in a temporary folder and cannot be published. Several processes may add files
    to a tree at the same time; each tells the first one by `placed` and `merge`. The caller holds the folder
    (`claimed`).
    """

    def __init__(self, out: Path | None = None) -> None:
        if out:
            out.parent.mkdir(parents=True, exist_ok=True)
            prefix = f".{out.name}.{os.getpid()}."
            self._folder = tempfile.mkdtemp(prefix=prefix, dir=out.parent)
            Path(self._folder).chmod(0o755)
        else:
            self._folder = tempfile.mkdtemp(prefix="plansite-")
        self.out, self._old = out, str(out) if out else ""
        self._folders = {""}
        self.placed: dict[str, Placed] = {}
        self._close = weakref.finalize(self, _remove, self._folder, os.getpid())

    def __getitem__(self, path: str) -> bytes:
        if path not in self.placed:
            raise KeyError(path)
        return self._read(f"{self._folder}/{path}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.placed)

    def __len__(self) -> int:
        return len(self.placed)

    def __contains__(self, path: object) -> bool:
        return path in self.placed

    def add(self, path: str, content: bytes) -> Placed:
        """Put one file into the tree. Raises OSError."""
        if self._old_content(path, len(content)) == content:
            return self._link(path, sha256(content).hexdigest(), content)
        return self._write(path, sha256(content).hexdigest(), content)

    def add_all(self, files: Mapping[str, bytes]) -> None:
        for path, content in files.items():
            self.add(path, content)

    def keep(self, path: str, digest: str) -> bool:
        """Take a file of the old site over, if it is there with this SHA-256."""
        content = self._old_content(path)
        if content is None or sha256(content).hexdigest() != digest:
            return False
        self._link(path, digest, content)
        return True

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file."""
        return {path: place.sha256 for path, place in self.placed.items()}

    def merge(self, placed: Mapping[str, Placed]) -> None:
        """Take note of what another process put into the tree."""
        self.placed |= placed

    def publish(self) -> Published:
        """Put the tree into its place; it is used up then. Raises OSError."""
        if not self.out:
            raise ValueError("a tree without a place cannot be published")
        written = sum(place.written for place in self.placed.values())
        removed = sum(1 for path in _files(self._old) if path not in self.placed)
        if written or removed or not self.out.exists():
            swap(Path(self._folder), self.out)
        self.close()
        return Published(written, len(self.placed) - written, removed)

    def close(self) -> None:
        """Take away what was not published."""
        self._close()

    def __enter__(self) -> Tree:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _old_content(self, path: str, size: int | None = None) -> bytes | None:
        """The content of a file of the old site; None if there is none, or none of this size."""
        if not self._old:
            return None
        with suppress(OSError):
            name = f"{self._old}/{path}"
            if size is None or os.stat(name).st_size == size:  # noqa: PTH116 (a Path for each file would take as long)
                return self._read(name)
        return None

    def _link(self, path: str, digest: str, content: bytes) -> Placed:
        self._make_folder(path)
        try:
            os.link(f"{self._old}/{path}", f"{self._folder}/{path}")
        except OSError:  # a file system without hard links
            return self._write(path, digest, content)
        self.placed[path] = Placed(digest, False)
        return self.placed[path]

    def _write(self, path: str, digest: str, content: bytes) -> Placed:
        self._make_folder(path)
        with open(f"{self._folder}/{path}", "wb", buffering=0) as file:  # noqa: PTH123
            view = memoryview(content)
            while view:
                view = view[file.write(view) :]
        self.placed[path] = Placed(digest, True)
        return self.placed[path]

    def _make_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self._folder}/{folder}", exist_ok=True)  # noqa: PTH103 (as for stat)
            self._folders.add(folder)

    @staticmethod
    def _read(name: str) -> bytes:
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123
            return file.readall()


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # not in a process that was split off
        shutil.rmtree(folder, ignore_errors=True)


def _files(folder: str) -> Iterator[str]:
    """Paths of the files below a folder."""
    for place, _, names in os.walk(folder):
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        yield from (name if below == "." else f"{below}/{name}" for name in names)


def sweep(out: Path) -> None:
    """Clear away what killed builds left beside `out`; put the old site back if one was killed between two renames.

    The caller holds the folder: what else lies beside it is of builds that are gone.
    """
    for path in out.parent.glob(f".{escape(out.name)}.*.*"):
        if not re.fullmatch(r"\d+\.\w+(\.old)?", path.name.removeprefix(f".{out.name}.")):
            continue
        if path.name.endswith(".old") and not out.exists():
            path.rename(out)
        else:
            shutil.rmtree(path, ignore_errors=True)
