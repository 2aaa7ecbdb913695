"""The pages of the last build: one that would come out the same is taken from there instead of being rendered."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from plansite.cache import kept
from plansite.cache.kept import digest
from plansite.check.check_site import PageLinks
from plansite.check.crawl import Told
from plansite.model import Locale

CACHE = ".cache/pages"


class KeptPage(NamedTuple):
    """A page that was rendered: the digest of all it was made from, its SHA-256, its links, what it tells machines."""

    key: bytes
    sha256: str
    links: PageLinks
    told: Told


class PageCache:
    """Pages of one language by their files. `folder` may be None: then nothing is kept.

    The HTML itself is not here: it is looked for in the site of the last build, under its SHA-256.
    """

    def __init__(self, folder: Path | None, locale: Locale) -> None:
        self._file = folder / locale if folder else None
        self._old: dict[str, KeptPage] = (kept.recall(self._file) if self._file else None) or {}
        self._new: dict[str, KeptPage] = {}

    def get(self, output: str, key: bytes) -> KeptPage | None:
        found = self._old.get(output)
        return found if found and found.key == key else None

    def put(self, output: str, page: KeptPage) -> None:
        self._new[output] = page

    def save(self) -> None:
        """Keep the pages that were put, and no others."""
        if self._file and self._new != self._old:
            kept.remember(self._file, self._new)


def folder_of(project: Path, out: Path | None) -> Path | None:
    """Where the pages of a published folder are kept; None for a site that is not published."""
    return project / CACHE / digest(str(out).encode()).hex()[:8] if out else None
