"""Small phrases that the parts of the report share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plansite.model import Role
from plansite.revise.figures import NumberChange
from plansite.revise.revision import Revision
from plansite.sources.document import Place
from plansite.sources.outline import NamedBody

SHORT: dict[Role, str] = {
    "lead": "leading",
    "responsible": "responsible",
    "shared": "responsible for its part",
    "with": "supporting",
    "unstated": "named without a role",
}


def count(number: int, word: str, words: str = "") -> str:
    """ "1 row", "2 rows"."""
    return f"{number} {word if number == 1 else words or f'{word}s'}"


def section(title: str, lines: Iterable[str], number: int) -> Iterator[str]:
    """A part of the report with the number of its entries; nothing without entries."""
    if number:
        yield f"## {title} ({number})"
        yield ""
        yield from lines
        yield ""


def printed_at(name: str, places: Sequence[Place]) -> str:
    """jingyue.txt:421, or report.pdf:12 (page 3)."""
    place = places[0]
    return f"{name}:{place.number}" + (f" (page {place.page})" if place.page else "")


def in_new(revision: Revision, places: Sequence[Place]) -> str:
    return printed_at(revision.document.name, places)


def in_old(revision: Revision, places: Sequence[Place]) -> str:
    return printed_at(revision.official.name, places) if revision.official else ""


def number_lines(changes: Iterable[NumberChange]) -> Iterator[str]:
    for change in changes:
        if change.old and change.new:
            yield f"  - number: {change.old} → {change.new}"
        elif change.old:
            yield f"  - number gone: {change.old}"
        else:
            yield f"  - number new: {change.new}"


def bodies(named: Iterable[NamedBody]) -> str:
    """Who carries something out, role by role."""
    by_role: dict[str, list[str]] = {}
    for body in named:
        by_role.setdefault(SHORT[body.role], []).append(body.printed)
    return "; ".join(f"{role}: {'、'.join(names)}" for role, names in by_role.items()) or "nobody named"


def titled(title: str) -> str:
    return f"‘{title}’"
