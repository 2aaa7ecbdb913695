"""How a build grows with the site: `python tests/bench/scale.py` prints time and memory a page by number of pages.

Each project is built from nothing, without search and pictures, and then once more with nothing changed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peers import our_command  # noqa: E402
from synthetic_project import plans_for, synthetic_project  # noqa: E402
from timed import Timing, timed  # noqa: E402

SIZES = "1000,10000"
CONSTANT = 0.15  # by how much the time a page may differ from the first size's
MEMORY = 1500  # megabytes, at most
NOTHING = 0.1  # of a full build, at most, when nothing changed


@dataclass(frozen=True)
class Measured:
    """`html` in bytes, all pages together."""

    plans: int
    pages: int
    html: int
    full: Timing
    nothing: Timing

    @property
    def each(self) -> float:
        """Milliseconds of the processors for one page."""
        return 1000 * self.full.cpu / self.pages


def measured(pages: int, work: Path, under: str) -> Measured:
    plans = plans_for(pages)
    project, out = work / f"project-{pages}", work / f"site-{pages}"
    synthetic_project(project, plans)
    full = timed(our_command(project, out), under=under)
    sizes = [path.stat().st_size for path in out.rglob("*.html")]
    nothing = timed(our_command(project, out), under=under)
    return Measured(plans, len(sizes), sum(sizes), full, nothing)


def table(found: list[Measured]) -> Iterator[str]:
    """The lines; ratios are those to the first size."""
    first = found[0]
    yield (
        f"{'pages':>8} {'plans':>5} {'kB/page':>7} {'seconds':>8} {'cpu s':>7} {'ms/page':>7} {'ratio':>6} "
        f"{'ms/100 kB':>9} {'ratio':>6} {'MB':>7} {'kB/page':>7} {'nothing changed':>15}"
    )
    for each in found:
        by_size = [1e8 * one.full.cpu / one.html for one in (each, first)]
        yield (
            f"{each.pages:8,} {each.plans:5} {each.html / each.pages / 1000:7.1f} {each.full.seconds:8.1f} "
            f"{each.full.cpu:7.1f} {each.each:7.2f} {each.each / first.each:6.2f} {by_size[0]:9.1f} "
            f"{by_size[0] / by_size[1]:6.2f} {each.full.memory:7,.0f} {1000 * each.full.memory / each.pages:7.1f} "
            f"{each.nothing.seconds:6.2f} s ({each.nothing.seconds / each.full.seconds:4.0%})"
        )


def verdicts(found: list[Measured]) -> Iterator[str]:
    for each in found[1:]:
        off = each.each / found[0].each - 1
        yield f"{each.pages:,} pages: time a page {off:+.0%} (goal: within {CONSTANT:.0%})"
    yield f"memory at {found[-1].pages:,} pages: {found[-1].full.memory:,.0f} MB (goal at 100,000: at most {MEMORY:,})"
    worst = max(each.nothing.seconds / each.full.seconds for each in found)
    yield f"nothing changed: at most {worst:.0%} of a full build (goal: less than {NOTHING:.0%})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of pages, with commas ({SIZES}; 100000 takes long)")
    parser.add_argument("--under", default="", help="command to run each under, for instance 'taskset -c 0,1'")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        found: list[Measured] = []
        for size in options.sizes.split(","):
            found.append(measured(int(size), Path(work), options.under))
            print("\n".join([*table(found), *verdicts(found)]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
