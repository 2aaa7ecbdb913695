"""How long the search index takes, and how large it is: `python tests/bench/search_index.py`.

Indexes the pages of the real site, then 1,000 and 10,000 pages made from those of its measures (5 of 100 Han characters
and English words are other ones), then the 10,000 again with nothing changed, with one page and with all pages of one
plan of 100 changed. `--site DIR` names a site that is built already.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

from timed import timed

from plansite.build import build
from plansite.load import load_site
from plansite.search import Source, build_index

PROJECT = Path(__file__).resolve().parents[2]
PLANS = 100
VARIED = 0.05
TEXT = re.compile(r">[^<>]+<")
HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"(?<= )[a-z]{4,}(?= )")
TIMEOUT = 600

Pages = Iterable[tuple[str, str]]


def real_pages(site: Path) -> Iterator[tuple[str, str]]:
    """Path and HTML of the pages of a built site."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


def made_pages(site: Path, count: int) -> Iterator[tuple[str, str]]:
    """So many pages made from those of measures, in 100 plans."""
    found = {locale: sorted(site.glob(f"{locale}/plans/*/measures/*/index.html")) for locale in ("zh", "en")}
    pairs = cycle(zip(found["zh"], found["en"], strict=True))
    for number, paths in enumerate(islice(pairs, count // 2)):
        for locale, path in zip(("zh", "en"), paths, strict=True):
            where = f"{locale}/plans/plan-{number * 2 * PLANS // count}/measures/measure-{number}/index.html"
            yield where, varied(path.read_text(encoding="utf-8"), random.Random(f"{number} {locale}"))


def changed_pages(pages: Pages, count: int) -> Iterator[tuple[str, str]]:
    """The same pages, the first so many measures reading otherwise."""
    for where, html in pages:
        number = int(where.rpartition("measure-")[2].partition("/")[0])
        yield where, varied(html, random.Random(where)) if number < count else html


def varied(html: str, choice: random.Random) -> str:
    """The page with some characters and words of its text exchanged for others of the same page."""
    han, words = HAN.findall(html) or ["一"], WORD.findall(html) or ["word"]

    def other(pool: list[str]) -> object:
        return lambda match: choice.choice(pool) if choice.random() < VARIED else match[0]

    def text(match: re.Match[str]) -> str:
        return WORD.sub(other(words), HAN.sub(other(han), match[0]))  # type: ignore[call-overload, no-any-return]

    return TEXT.sub(text, html)


def keep(pages: Pages, path: Path) -> None:
    """Write pages into one file, and a list of them beside it: path, SHA-256, place in the file, bytes."""
    rows = []
    with path.open("wb") as file:
        for where, html in pages:
            content = html.encode()
            rows.append((where, sha256(content).hexdigest(), file.tell(), len(content)))
            file.write(content)
    path.with_suffix(".json").write_text(json.dumps(rows), encoding="utf-8")


def sources(path: Path) -> Iterator[Source]:
    """What `keep` wrote; the HTML of a page is read when it is asked for."""
    for where, digest, start, size in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")):
        yield Source(where, digest, partial(_read, path, start, size))


def kept(path: Path) -> Iterator[tuple[str, str]]:
    """The same as path and HTML."""
    yield from ((source.path, source.html()) for source in sources(path))


def _read(path: Path, start: int, size: int) -> str:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(size).decode()


def index_once(pages: Path, cache: Path | None) -> None:
    """What a run of its own does: index the pages of a file, tell time, sizes and numbers."""
    site = load_site(PROJECT)
    start = time.perf_counter()
    files = build_index(sources(pages), timeout=TIMEOUT, cache=cache, site=site)
    seconds = time.perf_counter() - start
    found = {"seconds": seconds, "files": len(files), "bytes": sum(map(len, files.values()))}
    print(json.dumps(found))


def run(name: str, pages: Path, count: int, cache: Path, first: float) -> float:
    """One line of the table; returns the processor time of a page."""
    output = pages.with_suffix(".out")
    own = [sys.executable, __file__, "--index", str(pages), "--cache", str(cache)]
    base = timed([sys.executable, __file__, "--nothing"])
    timing = timed(own, output=output)
    found = json.loads(output.read_text(encoding="utf-8").splitlines()[-1])
    cpu = max(0.0, timing.cpu - base.cpu)
    each = 1000 * cpu / count
    ratio = f"{each / first:7.2f}" if first else f"{1:7.2f}"
    print(
        f"{name:<42}{count:>7}{found['seconds']:>9.2f}{cpu:>8.2f}{each:>9.2f}{ratio}{timing.memory:>7.0f}"
        f"{found['files']:>8}{found['bytes'] / 1e6:>7.1f}",
        flush=True,
    )
    return each


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--sizes", default="1000,10000", help="how many pages to make (default: %(default)s)")
    parser.add_argument("--only-made", action="store_true", help="leave the real site out; ratios to the first size")
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--nothing", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.nothing:
        load_site(PROJECT)
        return 0
    if given.index:
        index_once(given.index, given.cache)
        return 0
    with tempfile.TemporaryDirectory(prefix="plansite-bench-") as name:
        folder = Path(name)
        site = given.site or folder / "site"
        if not given.site:
            build(PROJECT, site, with_search=False, with_images=False)
        print(f"{'':<42}{'pages':>7}{'seconds':>9}{'cpu':>8}{'ms/page':>9}{'ratio':>7}{'MB':>7}{'files':>8}{'size':>7}")
        pages, first = folder / "pages", 0.0
        if not given.only_made:
            keep(real_pages(site), pages)
            count = sum(1 for _ in sources(pages))
            first = run("the real site, from nothing", pages, count, folder / "cache-real", 0)
            run("the real site, nothing changed", pages, count, folder / "cache-real", first)
        for size in map(int, given.sizes.split(",")):
            cache = folder / f"cache-{size}"
            keep(made_pages(site, size), pages)
            each = run(f"{size} pages, from nothing", pages, size, cache, first)
            first = first or each
            run("  again, nothing changed", pages, size, cache, first)
            edited = folder / "edited"
            keep(changed_pages(kept(pages), 1), edited)
            run("  one page in each language changed", edited, size, cache, first)
            keep(changed_pages(kept(pages), size // 2 // PLANS), edited)
            run(f"  all pages of one plan of {PLANS} changed", edited, size, cache, first)
    return 0


if __name__ == "__main__":
    sys.exit(main())
