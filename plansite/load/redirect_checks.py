"""Redirects among themselves: each address once, one step to where it leads, never round in a circle."""

from __future__ import annotations

from typing import Any

from plansite.load.faults import Fault
from plansite.load.numbers import check_pairs
from plansite.load.reading import Everything

REDIRECTS = "redirects.yaml"
MOST_STEPS = 100  # that a chain of redirects is followed


def check_redirects(everything: Everything) -> list[Fault]:
    """Every fault that the file shows by itself; whether its addresses exist only the finished pages show."""
    loaded = everything.single.get(REDIRECTS)
    if loaded is None or loaded.record is None:
        return []
    first: dict[str, int] = {}
    for index, entry in enumerate(loaded.record):
        first.setdefault(entry.from_, index)
    faults = [*check_pairs(loaded.file, loaded.record)]

    def fault(index: int, field: str, found: str, expected: str) -> None:
        faults.append(Fault(loaded.file.name, *loaded.file.position((index, field)), found, expected))

    for index, entry in enumerate(loaded.record):
        if first[entry.from_] != index:
            line = loaded.file.position((first[entry.from_], "from"))[0]
            fault(index, "from", f"'{entry.from_}' a second time (first in line {line})", "each address once")
        elif entry.to and (told := _onward(entry.to, loaded.record, first)):
            fault(index, "to", *told)
    return faults


def _onward(to: str, records: list[Any], first: dict[str, int]) -> tuple[str, str] | None:
    """What is wrong if an address is redirected itself, or lies on a page that is."""
    way = [to]
    while len(way) < MOST_STEPS and (step := _entry(way[-1], first)) is not None:
        onward = records[step].to
        if not onward:
            return f"'{to}', which leads nowhere in the end", "an address that answers, or no 'to'"
        if onward in way:
            return f"'{to}', which leads round in a circle", "an address that is not redirected"
        way.append(onward)
    return (f"'{to}', which is redirected itself", f"'{way[-1]}', where it leads in the end") if len(way) > 1 else None


def _entry(address: str, first: dict[str, int]) -> int | None:
    """The redirect of an address, or of the page it lies on."""
    return first.get(address, first.get(address.partition("#")[0]))
