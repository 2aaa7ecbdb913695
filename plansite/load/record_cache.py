"""Records of data files that were read before, so that only files with another text are parsed and validated again."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from plansite import kept
from plansite.kept import digest, digest_of_code

CACHE = ".cache/data"


class RecordCache:
    """Records by the names of their files; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str, text: str) -> Any:
        """The record of a file of this name and text, or None."""
        content = kept.read(self._folder / name) if self._folder else None
        if content and content[: kept.DIGEST] == _key(text):
            return pickle.loads(content[kept.DIGEST :])
        return None

    def put(self, name: str, text: str, record: Any) -> None:
        if self._folder:
            kept.keep(self._folder / name, _key(text) + pickle.dumps(record))


def _key(text: str) -> bytes:
    return digest(digest_of_code(), text.encode())
