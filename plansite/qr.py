"""The QR code (ISO/IEC 18004) that leads from a printed page to its address."""

from __future__ import annotations

from collections.abc import Iterable

import segno

from plansite import urls
from plansite.model import Site

MASK = 2
"""Trying all eight masks takes four times as long; a printed code needs no choice between them."""

QUIET = 4  # modules of white around the code
LONGEST = 7  # modules drawn in one piece, the width of a finder pattern


def printed(site: Site) -> list[str]:
    """Addresses of the pages that carry a code: plans and their parts, measures, shared measures, indicators."""
    addresses = [urls.SILENCE, *map(urls.family, site.families), *map(urls.indicator, site.concepts)]
    addresses += map(urls.cascade, site.cascades)
    for plan in site.plans.values():
        addresses += [part(plan.id) for part in (urls.plan, urls.plan_indicators, urls.projects, urls.progress)]
        addresses += (urls.chapter(plan.id, chapter.number) for chapter in plan.chapters)
        addresses += (urls.measure(plan.id, id) for id in plan.measures)
    return addresses


class Codes:
    """The codes of a site's addresses, drawn when they are asked for.

    Error correction and mask are sums without a carry, so the codes of one size are a linear code: where an address is
    the sum of addresses whose codes are there, its code is the sum of theirs. segno draws the others. A site of many
    pages needs it for a few hundred of them only.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        """`addresses` are absolute: those that have a code."""
        self._addresses = frozenset(addresses)
        self._first: dict[int, tuple[int, int, int]] = {}
        """Length of an address → the first of this length: its bits, modules a side, modules."""
        self._basis: dict[tuple[int, int], tuple[int, int]] = {}
        """Modules a side and highest bit → differences of bits and of modules."""

    def __contains__(self, address: str) -> bool:
        return address in self._addresses

    def svg(self, address: str) -> str:
        """An address as an SVG element without style, class or size, one unit a module; empty if it has no code."""
        return _svg(*self._modules(address.encode())) if address in self else ""

    def _modules(self, content: bytes) -> tuple[int, int]:
        """Modules a side and all modules, row after row, as bits (1 is dark)."""
        bits = int.from_bytes(content, "little")
        if len(content) not in self._first:
            self._first[len(content)] = (bits, *_drawn(content))
        first, size, modules = self._first[len(content)]
        bits ^= first
        while bits:
            key = size, bits.bit_length()
            if key not in self._basis:
                drawn = _drawn(content)[1]
                self._basis[key] = bits, modules ^ drawn
                return size, drawn
            other_bits, other_modules = self._basis[key]
            bits ^= other_bits
            modules ^= other_modules
        return size, modules


def _drawn(content: bytes) -> tuple[int, int]:
    matrix = segno.make_qr(content, mode="byte", error="l", boost_error=False, mask=MASK).matrix
    return len(matrix), int("".join("1" if module else "0" for row in matrix for module in row), 2)


def _svg(size: int, modules: int) -> str:
    """Each row is a line of width 1, in pieces: move by so many modules, draw so many."""
    signs = f"{modules:0{size * size}b}".translate({ord("0"): "w", ord("1"): "b"})
    rows = "\n".join(signs[start : start + size] for start in range(0, size * size, size))
    for length in range(LONGEST, 0, -1):
        rows = rows.replace("b" * length, f"h{length}").replace("w" * length, f"m{length} 0")
    path = "".join(f"M0 {y}{row}" for y, row in enumerate(rows.split("\n")))
    side = size + 2 * QUIET
    box = f"{-QUIET} {-QUIET - 0.5} {side} {side}"
    return f'<svg viewBox="{box}" aria-hidden="true"><path stroke="#000" d="{path}"/></svg>'
