"""The font of the pictures: those characters of Noto Sans CJK SC (SIL Open Font License) that are listed beside it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FONT = "fonts/NotoSansCJKsc-subset.otf"
CHARACTERS = "fonts/characters.txt"


@dataclass(frozen=True, slots=True)
class CardFont:
    """A variable font file (axis `wght`), the characters it has, and the digest of its bytes."""

    path: Path
    characters: frozenset[str]
    digest: str

    def missing(self, text: str) -> str:
        """The characters of a text that the font cannot show, each once."""
        return "".join(dict.fromkeys(c for c in text if c not in self.characters))


def read_font(static: Path) -> CardFont:
    """The font of a project. Raises OSError if it is not there."""
    path = static / FONT
    characters = (static / CHARACTERS).read_text(encoding="utf-8")
    return CardFont(path, frozenset(characters) - {"\n"}, sha256(path.read_bytes()).hexdigest())
