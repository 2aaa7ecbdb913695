"""The build command's work: whether there is anything to do, and if so a whole new site, published in one step."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from plansite.cache.unchanged import Made, last_made, remember, state_of
from plansite.errors import BuildError
from plansite.publish.manifest import FILE as MANIFEST
from plansite.publish.manifest import made_from, manifest_of
from plansite.publish.tree import Published, Tree
from plansite.stages import Progress

UNSETTLED = "files changed while the site was built from them, and it may show some as they were before: build again"
SEARCH_TIMEOUT = 300  # seconds
SEARCH_CACHE = ".cache/search"
"""Where the parts of the search index are kept from build to build."""


@dataclass(slots=True)
class Built:
    """What a build made: file counts, seconds by stage, and what a strict build would refuse it for."""

    pages: int
    published: Published
    reasons: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def build(
    project: Path,
    out: Path,
    base_url: str = "",
    *,
    with_search: bool = True,
    with_images: bool = True,
    sources: Path | None = None,
    strict: bool = False,
    progress: Progress = lambda stage: None,
) -> Built:
    """Build the site of a project folder into `out`.

    `base_url` replaces the one of `data/site.yaml`. With `sources`, a folder of official documents, the data is proved
    against those that are there, and their wording is shown. `strict` publishes only what nothing is left to do about.

    Raises DataError for faults in the data, BuildError for faults that only the proof or the finished pages show; the
    old site then stays as it was.
    """
    clock = _Clock(progress)
    clock.start("compare")
    state = state_of(project, sources, base_url, with_search, with_images)
    made = last_made(project, state, out)
    if made and not (strict and made.reasons):
        clock.stop()
        return Built(made.pages, Published(0, made.files, 0), made.reasons, clock.seconds)
    from plansite.pipeline import finish, strict_reasons  # what makes pages is slow to load
    from plansite.search import build_index
    from plansite.social.pictures import CACHE as DRAWN

    with Tree(out) as tree:
        done = finish(project, base_url, sources, clock.start, with_images=with_images, tree=tree)
        reasons = strict_reasons(done)
        if strict and reasons:
            raise BuildError("\n".join(reasons))
        if done.pictures:
            clock.start("draw")
            tree.add_all(done.pictures.files(project / DRAWN))
        if with_search:
            clock.start("index")
            cache = project / SEARCH_CACHE
            tree.add_all(build_index(done.sources(), timeout=SEARCH_TIMEOUT, cache=cache, site=done.site))
        clock.start("publish")
        inputs = made_from(project, done.site, sources)
        manifest = tree.add(MANIFEST, manifest_of(tree.digests(), base_url or done.site.info.base_url, inputs))
        settled = False
        with suppress(OSError):  # a file that is gone
            settled = state == state_of(project, sources, base_url, with_search, with_images)
        if not settled:
            reasons = [*reasons, UNSETTLED]
        if strict and not settled:
            raise BuildError(UNSETTLED)
        published = tree.publish()
    if settled:
        remember(project, state, Made(manifest.sha256, len(tree), done.pages, reasons))
    clock.stop()
    return Built(done.pages, published, reasons, clock.seconds)


class _Clock:
    """Seconds by stage."""

    def __init__(self, progress: Progress) -> None:
        self.seconds: dict[str, float] = {}
        self._progress, self._stage, self._since = progress, "", 0.0

    def start(self, stage: str) -> None:
        self.stop()
        self._stage, self._since = stage, time.perf_counter()
        self._progress(stage)

    def stop(self) -> None:
        if self._stage:
            self.seconds[self._stage] = time.perf_counter() - self._since
            self._stage = ""
