"""Units of pages that are indexed together and kept from build to build: what did not change is not indexed again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from plansite.cache import kept
from plansite.search.postings import Postings
from plansite.search.text import essence

UNIT = 64
"""Pages of a unit: so many are indexed again when one of them changes. A plan's own pages are one unit or several."""
INDEX = "index.html"
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


class Source(NamedTuple):
    """A page that may be searched: path of its file, SHA-256 of its HTML, and how to get the HTML, if it is needed."""

    path: str
    sha256: str
    html: Callable[[], str]

    @classmethod
    def of(cls, path: str, html: str) -> Source:
        """A page whose HTML is at hand."""
        return cls(path, hashlib.sha256(html.encode()).hexdigest(), lambda: html)

    def essence(self) -> str:
        return essence(self.html())


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit yet to be indexed. `key` is the same as long as the paths of its pages and their essence are."""

    language: str
    key: str
    pages: list[Source]

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh")


class Essence(NamedTuple):
    """What is kept of the essence of a page: its language (empty: the page is not searched) and its SHA-256."""

    language: str
    sha256: str


def drafts(pages: Iterable[Source], store: Store) -> list[Draft]:
    """The pages that are searched, in units.

    A unit holds pages of one plan or one part of the site in one language. Which ones follows from their paths and
    from how many there are, so that a new page moves few others to another unit.
    """
    known, essences = store.essences(), dict[str, Essence]()
    groups: defaultdict[tuple[str, ...], list[Source]] = defaultdict(list)
    for page in pages:
        found = essences[page.sha256] = known.get(page.sha256) or _essence_of(page)
        if found.language:
            folders = page.path.split("/")
            group = (*folders[:2], folders[2] if folders[1:2] == ["plans"] and len(folders) > 4 else "")
            groups[(found.language, *group)].append(page)
    if essences != known:
        store.keep_essences(essences)
    units = []
    for group in sorted(groups):
        parts: defaultdict[int, list[Source]] = defaultdict(list)
        count = 1
        while len(groups[group]) > count * UNIT:
            count *= 2
        for page in sorted(groups[group]):
            parts[zlib.crc32(page.path.removesuffix(INDEX).encode()) % count].append(page)
        units += [Draft(group[0], _key(parts[number], essences), parts[number]) for number in sorted(parts)]
    return units


def _essence_of(page: Source) -> Essence:
    content = page.essence()
    return Essence(content.partition("\n")[0], hashlib.sha256(content.encode()).hexdigest())


def _key(pages: Iterable[Source], essences: Mapping[str, Essence]) -> str:
    names = "\n".join(f"{essences[page.sha256].sha256} {page.path}" for page in pages)
    return hashlib.sha256(_program() + names.encode()).hexdigest()[:NAME]


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

    def essences(self) -> dict[str, Essence]:
        """What the last build knew of the essence of each page, by the SHA-256 of the page."""
        return self._read(f"essences-{_program().hex()[:NAME]}") or {}

    def keep_essences(self, essences: Mapping[str, Essence]) -> None:
        self._write(f"essences-{_program().hex()[:NAME]}", essences)

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
