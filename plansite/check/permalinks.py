"""The promise that no published address is lost: `data/permalinks.txt` held against the finished site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from plansite import urls
from plansite.check.addresses import DATA, Addresses
from plansite.load.faults import Fault
from plansite.load.permalinks import FILE
from plansite.load.redirect_checks import REDIRECTS
from plansite.model import Site

NAME = f"data/{FILE}"


def lost(registered: Mapping[str, int], addresses: Addresses, site: Site) -> list[Fault]:
    """A fault for each registered address that nothing answers, with its line and the nearest address there is.

    `registered` maps addresses to lines. What goes with a lost page – its anchors, its JSON – comes back with it, so it
    is told in the page's fault, counted.
    """
    missing = [address for address in registered if not addresses.has(address)]
    pages = {address for address in missing if address.endswith("/")}
    beside = {file: page for page in pages for file in urls.records(page)}
    along: dict[str, list[str]] = defaultdict(list)
    alone: list[str] = []
    for address in missing:
        page = beside.get(address, address.partition("#")[0])
        if address in pages or page not in pages:
            alone.append(address)
        else:
            along[page].append(address)
    return [Fault(NAME, registered[address], 1, *_told(address, along[address], addresses, site)) for address in alone]


def _told(address: str, along: list[str], addresses: Addresses, site: Site) -> tuple[str, str]:
    near = addresses.nearest(address)
    found = f"the published address '{address}'{_with(along)}, which nothing answers; the nearest now is '{near}'"
    return found, _expected(address, site)


def _with(along: list[str]) -> str:
    """What is lost with a page, counted."""
    anchors, files = sum("#" in each for each in along), sum("#" not in each for each in along)
    counts = [(anchors, "anchor"), (files, "file")]
    words = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return f" (with its {' and '.join(words)})" if words else ""


def _expected(address: str, site: Site) -> str:
    if address.startswith(DATA) or "." in address.rpartition("/")[2]:
        return "the file; programs read it, keep its name"
    thing = "the anchor" if "#" in address else "the page"
    return f"{thing}, or a redirect in data/{REDIRECTS}" + _withdrawn(address, site)


def _withdrawn(address: str, site: Site) -> str:
    """The other way to answer for a measure's page."""
    match = re.fullmatch(r"plans/([^/]+)/measures/[^/]+/", address)
    return f", or an entry in data/plans/{match[1]}/withdrawn.yaml" if match and match[1] in site.plans else ""
