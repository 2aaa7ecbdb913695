"""The QR code (ISO/IEC 18004) that leads from a printed page to its address."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import segno

from plansite import kept, urls
from plansite.model import Site
from plansite.parallel import together

CACHE = f"{kept.FOLDER}/qr"
MASK = 2
"""Trying all eight masks takes four times as long; a printed code needs no choice between them."""

QUIET = 4  # modules of white around the code
WORTH_A_PROCESS = 200  # codes


def cache_of(project: Path, base_url: str) -> Path:
    """The file that keeps the codes of a site for its next build; a preview has other addresses than the site."""
    return project / CACHE / sha256(base_url.encode()).hexdigest()[:8]


def printed(site: Site) -> list[str]:
    """Addresses of the pages that carry a code: plans and their parts, measures, shared measures, indicators."""
    addresses = [urls.SILENCE, *map(urls.family, site.families), *map(urls.indicator, site.concepts)]
    addresses += map(urls.cascade, site.cascades)
    for plan in site.plans.values():
        addresses += [part(plan.id) for part in (urls.plan, urls.plan_indicators, urls.projects, urls.progress)]
        addresses += (urls.chapter(plan.id, chapter.number) for chapter in plan.chapters)
        addresses += (urls.measure(plan.id, id) for id in plan.measures)
    return addresses


def qr_codes(wanted: Iterable[str], cache: Path) -> dict[str, str]:
    """Absolute address → SVG. `cache` is a file that keeps the codes of the last build."""
    wanted = list(dict.fromkeys(wanted))
    known = _read(cache)
    new = [url for url in wanted if url not in known]
    halves = [new[0::2], new[1::2]] if len(new) >= WORTH_A_PROCESS else [new]
    drawn = dict(pair for part in together([partial(_draw, half) for half in halves]) for pair in part)
    codes = {url: known.get(url) or drawn[url] for url in wanted}
    if codes.keys() != known.keys():
        _write(cache, codes)
    return codes


def qr_svg(url: str) -> str:
    """An address as an SVG element without style, class or size, one unit a module; a row is a line of width 1."""
    matrix = segno.make_qr(url, mode="byte", error="l", boost_error=False, mask=MASK).matrix
    size = len(matrix) + 2 * QUIET
    rows = "".join(f"M0 {y}{_runs(row)}" for y, row in enumerate(matrix))
    box = f"{-QUIET} {-QUIET - 0.5} {size} {size}"
    return f'<svg viewBox="{box}" aria-hidden="true"><path stroke="#000" d="{rows}"/></svg>'


def _runs(row: Iterable[int]) -> str:
    """The dark modules of a row as pieces of a path: move by so many, draw so many."""
    pieces = ""
    for dark, modules in groupby(row):
        pieces += f"{'h' if dark else 'm'}{len(list(modules))}{'' if dark else ' 0'}"
    return pieces


def _draw(wanted: Iterable[str]) -> list[tuple[str, str]]:
    return [(url, qr_svg(url)) for url in wanted]


def _form() -> str:
    """Changes when codes would be drawn in another way."""
    return sha256(f"{segno.__version__}{inspect.getsource(sys.modules[__name__])}".encode()).hexdigest()


def _read(cache: Path) -> dict[str, str]:
    try:
        found = json.loads(kept.read(cache) or b"{}")
        return dict(found["codes"]) if found["form"] == _form() else {}
    except (ValueError, KeyError, TypeError):
        return {}


def _write(cache: Path, codes: Mapping[str, str]) -> None:
    kept.keep(cache, json.dumps({"form": _form(), "codes": codes}).encode())
