"""What cleaning works on: paragraphs with the places they come from, and the ledger of what was mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from plansite.sources.document import Place, Table
from plansite.sources.outline import Repair, SourceParagraph

CJK = "㐀-䶿一-鿿"
CONTEXT = 6  # characters shown on each side of a repair


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph while it is cleaned; `level` and `lead` as in `Paragraph`."""

    text: str
    places: tuple[Place, ...]
    level: int = 0
    lead: str = ""

    @property
    def place(self) -> Place:
        return self.places[0]

    def paragraph(self) -> SourceParagraph:
        return SourceParagraph(self.text, self.places)


Part = Piece | Table


@dataclass(slots=True)
class Ledger:
    """Collects repairs in the order they are made."""

    repairs: list[Repair] = field(default_factory=list)

    def mend(self, kind: str, place: Place, before: str, after: str) -> None:
        self.repairs.append(Repair(kind, place, before, after))

    def report(self, kind: str, place: Place, found: str) -> None:
        """Something that looks like a slip of recognition and stays as it is."""
        self.repairs.append(Repair(kind, place, found, found, reported=True))

    def replace(
        self, kind: str, place: Place, pattern: re.Pattern[str], to: str | Callable[[re.Match[str]], str], text: str
    ) -> str:
        """`pattern.sub(to, text)`, with one repair for every match that changes something."""

        def change(match: re.Match[str]) -> str:
            new = match.expand(to) if isinstance(to, str) else to(match)
            if new != match[0]:
                before, after = text[max(0, match.start() - CONTEXT) : match.start()], text[match.end() :][:CONTEXT]
                self.mend(kind, place, before + match[0] + after, before + new + after)
            return new

        return pattern.sub(change, text)
