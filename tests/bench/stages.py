"""How the time of a build is shared out: `python tests/bench/stages.py` prints the share of each stage.

Everything runs in one process, so that the shares are those of the work and not of the clock; only the search index is
made by another program, whose time counts by the clock.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from synthetic_project import plans_for, synthetic_project  # noqa: E402

from plansite import pipeline  # noqa: E402
from plansite.build import build  # noqa: E402
from plansite.html.render import Renderer  # noqa: E402
from plansite.publish.tree import Tree  # noqa: E402
from plansite.qr import Codes  # noqa: E402

STAGES = {
    "compare": "see whether anything changed",
    "load": "load: read and check the data",
    "link": "link: what connects things",
    "codes": "codes for printed pages",
    "pages": "pages: what stands on them",
    "render": "render: templates to HTML",
    "read": "links and head of each page",
    "write": "write: files into the new site",
    "export": "open data, feeds, sitemap",
    "check": "check: follow every link",
    "draw": "pictures of shared links",
    "index": "index for the search",
}


class Clock:
    """Seconds by part; what runs within another part counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stack = [""]
        self._since = time.perf_counter()

    def stage(self, name: str) -> None:
        """A stage of the build begins; that of pages has its templates and writing apart."""
        self._turn()
        self._stack = [{"render": "pages", "publish": "write"}.get(name, name)]

    def within(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed under a name."""

        @wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            self._turn()
            self._stack.append(name)
            try:
                return function(*args, **options)
            finally:
                self._turn()
                self._stack.pop()

        return timed

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now


def measured(project: Path, out: Path, *, search: bool) -> tuple[int, dict[str, float]]:
    """Pages, and seconds by stage, of one build from nothing."""
    os.cpu_count = lambda: 1
    clock = Clock()
    for owner, name, part in (
        (pipeline, "link", "link"),
        (Codes, "svg", "codes"),
        (pipeline, "read_links", "read"),
        (pipeline, "read_head", "read"),
        (Renderer, "render", "render"),
        (Tree, "add", "write"),
        (Tree, "keep", "write"),
        (Tree, "publish", "write"),
    ):
        if hasattr(owner, name):
            setattr(owner, name, clock.within(part, getattr(owner, name)))
    built = build(project, out, with_search=search, with_images=False, progress=clock.stage)
    clock.stage("")
    return built.pages, clock.seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2_250, help="about how many pages (2,250: the real plans)")
    parser.add_argument("--search", action=argparse.BooleanOptionalAction, default=True, help="make the index (yes)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        project = synthetic_project(Path(work) / "project", plans_for(options.pages))
        pages, seconds = measured(project, Path(work) / "site", search=options.search)
    total = sum(seconds[name] for name in STAGES)
    print(f"{pages:,} pages in {total:.1f} s, one process")
    for name, label in STAGES.items():
        if took := seconds[name]:
            print(f"{label:32} {took:7.2f} s {took / total:6.1%} {1000 * took / pages:7.2f} ms/page")
    return 0


if __name__ == "__main__":
    sys.exit(main())
