"""Units of pages that are indexed together and kept from build to build: what did not change is not indexed again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import time
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from plansite import kept
from plansite.search.postings import Postings
from plansite.search.text import essence

UNIT = 64
"""Pages of a unit: so many are indexed again when one of them changes. A plan's own pages are one unit or several."""
NAME = 32  # hexadecimal digits in the name of what is kept
KEPT = 30 * 24 * 3600
"""Seconds after which a unit that no build used is thrown away."""


class Indexed(NamedTuple):
    """A page in the index. `leading` is the number of words in its title and summary, `own` of those before its notes;
    `fragment` is Pagefind's file with its text."""

    path: str
    title: str
    filters: list[list[str]]
    locator: str
    words: int
    leading: int
    own: int
    fragment: bytes


class Unit(NamedTuple):
    """Pages in the order of their paths, and the words on them."""

    pages: list[Indexed]
    postings: Postings


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit yet to be indexed: path and `essence` of its pages. `key` is the same as long as they are."""

    language: str
    key: str
    pages: list[tuple[str, str]]

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh")


def drafts(pages: Iterable[tuple[str, str]]) -> list[Draft]:
    """The pages that are searched, given as (path of the HTML file, HTML), in units.

    A unit holds pages of one plan or one part of the site in one language. Which ones follows from their paths and
    from how many there are, so that a new page moves few others to another unit.
    """
    groups: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for path, html in pages:
        if content := essence(html):
            folders = path.split("/")
            group = (*folders[:2], folders[2] if folders[1:2] == ["plans"] and len(folders) > 4 else "")
            groups[(content.partition("\n")[0], *group)].append((path.removesuffix("index.html"), content))
    units = []
    for group in sorted(groups):
        parts: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        count = 1
        while len(groups[group]) > count * UNIT:
            count *= 2
        for path, content in sorted(groups[group]):
            parts[zlib.crc32(path.encode()) % count].append((path, content))
        units += [Draft(group[0], _key(parts[number]), parts[number]) for number in sorted(parts)]
    return units


def _key(pages: list[tuple[str, str]]) -> str:
    text = "\0".join(part for page in pages for part in page)
    return hashlib.sha256(_program() + text.encode()).hexdigest()[:NAME]


@cache
def _program() -> bytes:
    """What else decides what an index looks like: this program and Pagefind."""
    digest = hashlib.sha256(f"{version('pagefind')} {version('pagefind_bin_extended')}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def key_of_all(units: Iterable[Draft], *more: bytes) -> str:
    """The key of an index that is made of these units and of more."""
    names = "\n".join(f"{unit.language} {unit.key}" for unit in units)
    return hashlib.sha256(b"\0".join((_program(), names.encode(), *more))).hexdigest()[:NAME]


class Store:
    """A folder of units and whole indexes by their keys; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def unit(self, draft: Draft) -> Unit | None:
        return self._read(draft.key)  # type: ignore[no-any-return]

    def keep(self, draft: Draft, unit: Unit) -> None:
        self._write(draft.key, unit)

    def files(self, key: str) -> dict[str, bytes] | None:
        """The files of a whole index."""
        return self._read(key)  # type: ignore[no-any-return]

    def keep_files(self, key: str, files: Mapping[str, bytes]) -> None:
        self._write(key, files)
        self._clear()

    def _read(self, key: str) -> Any:
        if not self._folder:
            return None
        with contextlib.suppress(OSError):
            os.utime(self._folder / key)  # it is in use
        content = kept.read(self._folder / key)
        return pickle.loads(content) if content else None

    def _write(self, key: str, value: object) -> None:
        if self._folder:
            kept.keep(self._folder / key, pickle.dumps(value))

    def _clear(self) -> None:
        if not self._folder:
            return
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    if path.lstat().st_mtime < time.time() - KEPT:
                        path.unlink()
