"""Whether a build has anything to do: it has not if all it would read, and the site it made last, are as they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from plansite.cache import kept
from plansite.cache.kept import digest_of_files, key_of
from plansite.publish.claim import INPUTS
from plansite.publish.manifest import FILE, read_manifest

CACHE = ".cache/built"


@dataclass(frozen=True, slots=True)
class Made:
    """What the last build made: the SHA-256 of its manifest, the numbers of files and pages, and what a
    strict build would have refused it for."""

    manifest: str
    files: int
    pages: int
    reasons: list[str]


def state_of(project: Path, sources: Path | None, *options: object) -> bytes:
    """A digest of everything that decides what a build makes: the files it may read, the program, its options.

    Raises OSError if a file cannot be read.
    """
    folders = [project / name for name in INPUTS] + ([sources] if sources else [])
    files = [Path(place, name) for folder in folders for place, _, names in os.walk(folder) for name in names]
    return key_of(digest_of_files(files), str(project), str(sources), options)


def last_made(project: Path, state: bytes, out: Path) -> Made | None:
    """What the last build made, if it was made in the same state and stands in `out` untouched."""
    made: Made | None = kept.recall(project / CACHE, state)
    if not made:
        return None
    with suppress(OSError, ValueError):
        manifest = (out / FILE).read_bytes()
        if sha256(manifest).hexdigest() == made.manifest:
            expected = {FILE: made.manifest, **read_manifest(manifest, FILE).files}
            found = dict(_digests(out))
            return made if found == expected else None
    return None


def remember(project: Path, state: bytes, made: Made) -> None:
    kept.remember(project / CACHE, made, state)


def _digests(out: Path) -> Iterator[tuple[str, str]]:
    for place, _, names in os.walk(out):
        for name in names:
            path = Path(place, name)
            yield path.relative_to(out).as_posix(), sha256(path.read_bytes()).hexdigest()
