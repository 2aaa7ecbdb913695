"""A build from beginning to end: load → link → pages → render → check → draw → index → publish."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from plansite.addresses import Addresses
from plansite.assets import collect_assets
from plansite.check_site import follow_links
from plansite.exports.feeds import feeds
from plansite.exports.open_data import open_data
from plansite.exports.redirects import redirect_rules
from plansite.exports.sitemap import site_files
from plansite.links import link
from plansite.load import load_with_positions
from plansite.load.reading import Everything
from plansite.manifest import FILE as MANIFEST
from plansite.manifest import made_from, manifest_of
from plansite.model import LOCALES, Site
from plansite.official import Official
from plansite.page import Page
from plansite.pages import all_pages
from plansite.pages.moved import with_redirects
from plansite.parallel import together
from plansite.permalinks import NAME as PERMALINKS
from plansite.permalinks import lost
from plansite.publish import Published, publish
from plansite.qr import CACHE as CODES
from plansite.qr import printed, qr_codes
from plansite.redirects import redirect_faults
from plansite.render import Renderer
from plansite.search import build_index
from plansite.social.cards import cards
from plansite.social.pictures import CACHE, Pictures
from plansite.stats import stats
from plansite.view import View

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""

SEARCH_TIMEOUT = 300  # seconds
SEARCH_CACHE = ".cache/search"
"""Where the parts of the search index are kept from build to build."""


class BuildError(Exception):
    """The site cannot be built; each line of the message is one thing that is wrong."""


@dataclass(slots=True)
class Built:
    """What a build made: file counts, seconds by stage, and what a strict build would refuse it for."""

    pages: int
    published: Published
    reasons: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """A site without faults, in memory. `unregistered` are its addresses that `data/permalinks.txt` does not hold."""

    site: Site
    positions: Everything
    pages: int
    html: dict[str, str]
    files: dict[str, bytes]
    unregistered: list[str]
    pictures: Pictures | None


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
    done = finish(project, base_url, sources, clock.start, with_images=with_images)
    reasons = strict_reasons(done)
    if strict and reasons:
        raise BuildError("\n".join(reasons))
    files = done.files
    if done.pictures:
        clock.start("draw")
        files |= done.pictures.files(project / CACHE)
    if with_search:
        clock.start("index")
        cache = project / SEARCH_CACHE
        files |= build_index(done.html.items(), timeout=SEARCH_TIMEOUT, cache=cache, site=done.site)
    clock.start("publish")
    files[MANIFEST] = manifest_of(files, base_url or done.site.info.base_url, made_from(project, done.site, sources))
    published = publish(files, out)
    clock.stop()
    return Built(done.pages, published, reasons, clock.seconds)


def finish(
    project: Path,
    base_url: str = "",
    sources: Path | None = None,
    progress: Progress = lambda stage: None,
    *,
    with_images: bool = True,
) -> Finished:
    """Everything but pictures and search index; parameters and errors as those of `build`."""
    progress("load")
    site, positions = load_with_positions(project)
    official: dict[str, Official] = {}
    if sources:
        progress("prove")
        official = _prove(site, positions, sources)
    base_url = base_url or site.info.base_url
    progress("render")
    assets, files = collect_assets(project / "static")
    links = link(site)
    views = [View(site, links, locale, base_url, official) for locale in LOCALES]
    pictures = _pictures(project, site, views) if with_images else None
    codes = qr_codes([view.absolute(address) for view in views for address in printed(site)], project / CODES)
    pages, html = _render(views, Renderer(project / "templates", site, base_url, assets, pictures, codes))
    files |= {path: text.encode() for path, text in html.items()}
    if pictures:
        files |= pictures.icon()
    progress("export")
    files |= open_data(site, links, base_url)
    for view in views:
        files |= feeds(view)
    files |= site_files(pages, base_url)
    files |= redirect_rules(site.redirects, base_url)
    progress("check")
    followed = follow_links(files, urlsplit(base_url).path)
    addresses = Addresses(pages, files, followed)
    if redirects := redirect_faults(site, positions, addresses):  # they make links and addresses faulty in turn
        raise BuildError("\n".join(map(str, redirects)))
    if faults := [*followed.faults, *map(str, lost(positions.permalinks, addresses, site))]:
        raise BuildError("\n".join(faults))
    unregistered = sorted(addresses.to_register(base_url) - positions.permalinks.keys())
    return Finished(site, positions, len(pages), html, files, unregistered, pictures)


def strict_reasons(done: Finished) -> list[str]:
    """Why a strict build refuses a site that has no faults, one line each."""
    reasons: list[str] = []
    if new := done.unregistered:
        what = "1 address is" if len(new) == 1 else f"{len(new)} addresses are"
        reasons.append(f"{what} not in {PERMALINKS} ('{new[0]}' …): write them there with 'build.py permalinks'")
    reasons += (f"{told}: see 'build.py stats --list'" for told in stats(done.positions).reasons)
    if done.pictures and (missing := done.pictures.missing):
        reasons.append(f"pictures are not drawn, because their font lacks {missing}: make it anew with 'build.py font'")
    return reasons


def _pictures(project: Path, site: Site, views: list[View]) -> Pictures:
    try:
        return Pictures(project / "static", cards({view.locale: view for view in views}), site.info.name)
    except ValueError as error:
        raise BuildError(str(error)) from error


def _render(views: list[View], renderer: Renderer) -> tuple[list[Page], dict[str, str]]:
    """Every page, without what only its template needed, and the HTML by file. Each language has its own process."""

    def render(view: View) -> list[tuple[Page, str]]:
        pages = with_redirects(view, list(all_pages(view)))
        return [(replace(page, context={}, json_ld=None), renderer.render(page)) for page in pages]

    pages: dict[str, Page] = {}
    html: dict[str, str] = {}
    for page, text in chain.from_iterable(together([partial(render, view) for view in views])):
        if page.output in pages:
            raise BuildError(f"two pages want the address {page.output}: '{pages[page.output].title}', '{page.title}'")
        pages[page.output], html[page.output] = page, text
    return list(pages.values()), html


def _prove(site: Site, positions: Everything, sources: Path) -> dict[str, Official]:
    """Plan id → official wording, after the data was held against it, for the plans whose document is there."""
    from plansite.sources.document import SourceError
    from plansite.sources.parse import parse
    from plansite.sources.readers import read_document  # its libraries are slow to load
    from plansite.verify.facts import prove

    official: dict[str, Official] = {}
    faults: list[str] = []
    for plan in site.plans.values():
        path = sources / plan.source.file
        if not path.is_file():
            continue
        try:
            outline = parse(read_document(path))
        except SourceError as error:
            faults.append(str(error))
            continue
        faults += map(str, prove(plan, site, outline, positions).faults)
        official[plan.id] = Official(outline)
    if faults:
        raise BuildError("\n".join(faults))
    return official


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
