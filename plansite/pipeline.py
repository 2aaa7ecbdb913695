"""A build from beginning to end: load → link → pages → render → check → index → publish."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from plansite.assets import collect_assets
from plansite.check_site import broken_links
from plansite.exports.open_data import open_data
from plansite.exports.sitemap import site_files
from plansite.links import link
from plansite.load import load_with_positions
from plansite.load.reading import Everything
from plansite.model import LOCALES, Site
from plansite.official import Official
from plansite.page import Page
from plansite.pages import all_pages
from plansite.publish import Published, publish
from plansite.render import Renderer
from plansite.search import build_index
from plansite.view import View

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""

SEARCH_TIMEOUT = 300  # seconds


class BuildError(Exception):
    """The site cannot be built; each line of the message is one thing that is wrong."""


@dataclass(slots=True)
class Built:
    """What a build made: file counts, and seconds by stage."""

    pages: int
    published: Published
    seconds: dict[str, float] = field(default_factory=dict)


def build(
    project: Path,
    out: Path,
    base_url: str = "",
    *,
    with_search: bool = True,
    sources: Path | None = None,
    progress: Progress = lambda stage: None,
) -> Built:
    """Build the site of a project folder into `out`.

    `base_url` replaces the one of `data/site.yaml`. With `sources`, a folder of official documents, the data is proved
    against those that are there, and their wording is shown.

    Raises DataError for faults in the data, BuildError for faults that only the proof or the finished pages show; the
    old site then stays as it was.
    """
    clock = _Clock(progress)
    clock.start("load")
    site, positions = load_with_positions(project)
    official: dict[str, Official] = {}
    if sources:
        clock.start("prove")
        official = _prove(site, positions, sources)
    base_url = base_url or site.info.base_url
    clock.start("render")
    assets, files = collect_assets(project / "static")
    pages, html = _render(site, project / "templates", base_url, assets, official)
    files |= {path: text.encode() for path, text in html.items()}
    clock.start("export")
    files |= open_data(site, link(site), base_url)
    files |= site_files(pages, base_url)
    clock.start("check")
    if faults := broken_links(files, urlsplit(base_url).path):
        raise BuildError("\n".join(faults))
    if with_search:
        clock.start("index")
        files |= build_index(html.items(), timeout=SEARCH_TIMEOUT)
    clock.start("publish")
    published = publish(files, out)
    clock.stop()
    return Built(len(pages), published, clock.seconds)


def _render(
    site: Site, templates: Path, base_url: str, assets: dict[str, str], official: dict[str, Official]
) -> tuple[list[Page], dict[str, str]]:
    renderer, links = Renderer(templates, site, base_url, assets), link(site)
    pages: dict[str, Page] = {}
    html: dict[str, str] = {}
    for locale in LOCALES:
        for page in all_pages(View(site, links, locale, base_url, official)):
            if page.output in pages:
                raise BuildError(
                    f"two pages want the address {page.output}: '{pages[page.output].title}', '{page.title}'"
                )
            pages[page.output] = page
            html[page.output] = renderer.render(page)
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
