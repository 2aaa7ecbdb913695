"""From the data to the finished files of a site: load → link → pages → render → export → check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from plansite.assets import collect_assets
from plansite.cache.page_cache import KeptPage, PageCache, folder_of
from plansite.check.addresses import Addresses
from plansite.check.check_site import PageLinks, follow_links, read_links
from plansite.check.crawl import Told, crawl, read_head
from plansite.check.permalinks import NAME as PERMALINKS
from plansite.check.permalinks import lost
from plansite.check.redirects import redirect_faults
from plansite.errors import BuildError
from plansite.exports.feeds import feeds
from plansite.exports.open_data import open_data
from plansite.exports.redirects import redirect_rules
from plansite.exports.sitemap import site_files
from plansite.html.prose_links import placed
from plansite.html.render import Renderer
from plansite.links import link
from plansite.load import load_with_positions
from plansite.load.reading import Everything
from plansite.model import LOCALES, Site
from plansite.page import Page
from plansite.pages import all_pages
from plansite.pages.moved import with_redirects
from plansite.parallel import together
from plansite.parts.official import Official
from plansite.publish.tree import Placed, Tree
from plansite.qr import Codes, printed
from plansite.search import Source
from plansite.social.cards import cards
from plansite.social.pictures import Pictures
from plansite.stages import Progress
from plansite.stats import stats
from plansite.translations import MissingTranslation
from plansite.view import View


@dataclass(frozen=True, slots=True)
class Finished:
    """A site without faults, its files not yet published.

    `permalinks` are the lines of `data/permalinks.txt`, `unregistered` the addresses of the site that it does not hold;
    `doubts` say what is wrong with texts.
    """

    site: Site
    permalinks: dict[str, int]
    pages: int
    files: Tree
    doubts: tuple[str, ...]
    unregistered: list[str]
    pictures: Pictures | None

    def sources(self) -> Iterator[Source]:
        """Every page, for the search."""
        for path, sha256 in self.files.digests().items():
            if path.endswith(".html"):
                yield Source(path, sha256, partial(self._html, path))

    def _html(self, path: str) -> str:
        return self.files[path].decode()


class Rendered(NamedTuple):
    """The pages of one language: the pages without what only their templates needed, their links by file, what they
    tell machines, and the files put into the tree."""

    pages: list[Page]
    links: dict[str, PageLinks]
    told: list[Told]
    placed: dict[str, Placed]


def finish(
    project: Path,
    base_url: str = "",
    sources: Path | None = None,
    progress: Progress = lambda stage: None,
    *,
    with_images: bool = True,
    tree: Tree | None = None,
) -> Finished:
    """Everything but pictures and search index; parameters and errors as those of `build`.

    `tree` takes the files; without one they lie in a temporary folder for as long as the result is in use.
    """
    try:
        return _finish(project, base_url, sources, progress, with_images, Tree() if tree is None else tree)
    except MissingTranslation as error:
        from plansite.untranslated import untranslated  # slow to load

        raise BuildError("\n".join(map(str, untranslated(project / "templates"))) or str(error)) from error


def _finish(
    project: Path, base_url: str, sources: Path | None, progress: Progress, with_images: bool, tree: Tree
) -> Finished:
    progress("load")
    site, positions = load_with_positions(project)
    official: dict[str, Official] = {}
    if sources:
        progress("prove")
        official = _prove(site, positions, sources)
    doubts = stats(positions).reasons
    positions.forget()
    base_url = base_url or site.info.base_url
    progress("render")
    assets, files = collect_assets(project / "static")
    tree.add_all(files)
    links = link(site)
    views = [View(site, links, locale, base_url, official) for locale in LOCALES]
    pictures = _pictures(project, site, views) if with_images else None
    codes = Codes(view.absolute(address) for view in views for address in printed(site))
    renderer = Renderer(project / "templates", site, base_url, assets, pictures, codes)
    rendered = together([partial(_render, view, renderer, tree, folder_of(project, tree.out)) for view in views])
    pages = _distinct(page for part in rendered for page in part.pages)
    for part in rendered:
        tree.merge(part.placed)
    if pictures:
        tree.add_all(pictures.icon())
    progress("export")
    for path, content in open_data(site, links, base_url):
        tree.add(path, content)
    for view in views:
        tree.add_all(feeds(view))
    tree.add_all(site_files(pages, base_url))
    tree.add_all(redirect_rules(site.redirects, base_url))
    progress("check")
    found = {path: there for part in rendered for path, there in part.links.items()}
    followed = follow_links(found, tree, urlsplit(base_url).path)
    addresses = Addresses(pages, tree, followed)
    if redirects := redirect_faults(site, positions, addresses):  # they make links and addresses faulty in turn
        raise BuildError("\n".join(map(str, redirects)))
    in_pages = placed(followed.faults, pages, project, addresses)
    faults = [*in_pages, *crawl((told for part in rendered for told in part.told), tree, base_url)]
    if faults := [*faults, *map(str, lost(positions.permalinks, addresses, site))]:
        raise BuildError("\n".join(faults))
    unregistered = sorted(addresses.to_register(base_url) - positions.permalinks.keys())
    return Finished(site, positions.permalinks, len(pages), tree, doubts, unregistered, pictures)


def strict_reasons(done: Finished) -> list[str]:
    """Why a strict build refuses a site that has no faults, one line each."""
    reasons: list[str] = []
    if new := done.unregistered:
        what = "1 address is" if len(new) == 1 else f"{len(new)} addresses are"
        reasons.append(f"{what} not in {PERMALINKS} ('{new[0]}' …): write them there with 'build.py permalinks'")
    reasons += (f"{told}: see 'build.py stats --list'" for told in done.doubts)
    if done.pictures and (missing := done.pictures.missing):
        reasons.append(f"pictures are not drawn, because their font lacks {missing}: make it anew with 'build.py font'")
    return reasons


def _pictures(project: Path, site: Site, views: list[View]) -> Pictures:
    try:
        return Pictures(project / "static", cards({view.locale: view for view in views}), site.info.name)
    except ValueError as error:
        raise BuildError(str(error)) from error


def _render(view: View, renderer: Renderer, tree: Tree, cache: Path | None) -> Rendered:
    """Put every page of one language into the tree, rendered or from the last build."""
    kept = PageCache(cache, view.locale)
    pages: list[Page] = []
    links: dict[str, PageLinks] = {}
    told: list[Told] = []
    for page in with_redirects(view, all_pages(view)):
        key = renderer.key(page)
        found = kept.get(page.output, key)
        if not found or not tree.keep(page.output, found.sha256):
            html = renderer.render(page)
            digest = tree.add(page.output, html.encode()).sha256
            found = KeptPage(key, digest, read_links(html), read_head(page.output, html))
        kept.put(page.output, found)
        links[page.output] = found.links
        told.append(found.told)
        pages.append(replace(page, context={}, json_ld=None, meta=(), told=(), filters=()))
    kept.save()
    return Rendered(pages, links, told, {page.output: tree.placed[page.output] for page in pages})


def _distinct(pages: Iterable[Page]) -> list[Page]:
    """The pages, of which no two may want the same address."""
    found: dict[str, Page] = {}
    for page in pages:
        if page.output in found:
            raise BuildError(f"two pages want the address {page.output}: '{found[page.output].title}', '{page.title}'")
        found[page.output] = page
    return list(found.values())


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
