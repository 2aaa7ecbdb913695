"""Records of data files that were read before, so that only files with another text are parsed and validated again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plansite.cache import kept

CACHE = ".cache/data"


class RecordCache:
    """Records by the names of their files; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str, text: str) -> Any:
        """The record of a file of this name and text, or None."""
        return kept.recall(self._folder / name, text.encode()) if self._folder else None

    def put(self, name: str, text: str, record: Any) -> None:
        if self._folder:
            kept.remember(self._folder / name, record, text.encode())
