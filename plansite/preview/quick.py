"""The pages of a measure that was edited, made at once; the build that follows makes all others and checks everything.

Nothing else of the site is read or made, so it takes as long for a hundred plans as for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plansite.assets import collect_assets
from plansite.html.render import Renderer
from plansite.links import Links, link
from plansite.load import load_with_positions
from plansite.load.assemble import plan_of
from plansite.load.reading import Everything, Loaded, PlanFiles, reread
from plansite.model import LOCALES, Measure, Site
from plansite.pages.measure import page_of
from plansite.qr import Codes, printed
from plansite.view import View


@dataclass(frozen=True, slots=True)
class Quick:
    """What an edit led to: pages, as path on the site → HTML, or the faults of the files that were edited."""

    pages: dict[str, bytes]
    faults: list[str]


class QuickPages:
    """A site held in memory. Raises DataError if it has faults when it is loaded."""

    def __init__(self, project: Path, base_url: str) -> None:
        self._project, self._base_url = project, base_url
        self._site: Site
        self._everything: Everything
        self._links: Links
        self._renderer: Renderer
        self.load()

    def load(self) -> None:
        """Read everything anew."""
        self._site, self._everything = load_with_positions(self._project)
        self._links = link(self._site)
        assets, _ = collect_assets(self._project / "static")
        codes = Codes(view.absolute(address) for view in self._views(self._site) for address in printed(self._site))
        self._renderer = Renderer(self._project / "templates", self._site, self._base_url, assets, None, codes)
        self._pages(self._site, self._links.measures[:1])  # whatever is made at the first page is made now

    def after(self, paths: Iterable[Path]) -> Quick | None:
        """The pages of the measures that edits of these files changed.

        None if the edits are of another kind, or name what is not there: the build will tell.
        """
        found = [self._files(path) for path in paths]
        edits = [
            (files, old, reread(self._project / old.file.name, old.file.name)) for files, old in filter(None, found)
        ]
        if len(edits) < len(found):
            return None
        if faults := [str(fault) for _, _, new in edits for fault in new.file.faults]:
            return Quick({}, faults)
        try:
            return Quick(self._after(edits), [])
        except KeyError:
            return None

    def _after(self, edits: Sequence[tuple[PlanFiles, Loaded, Loaded]]) -> dict[str, bytes]:
        """The pages that files changed, given with what was read from them before and now."""
        site, edited = self._site, list[Measure]()
        for files, old, new in edits:
            measures = [new if loaded is old else loaded for loaded in files.measures]
            plan = plan_of(replace(files, measures=measures), site)
            known = site.plans[plan.id].measures
            if plan.measures.keys() != known.keys():
                raise KeyError("a measure is new or gone")
            edited += [measure for id, measure in plan.measures.items() if measure != known[id]]
            site = replace(site, plans={**site.plans, plan.id: plan})
        pages = self._pages(site, edited)
        self._site = site
        for files, old, new in edits:
            files.measures[files.measures.index(old)] = new
        return pages

    def _files(self, path: Path) -> tuple[PlanFiles, Loaded] | None:
        """The current edition of a plan, and which of its files with measures lies at a path."""
        try:
            name = path.relative_to(self._project).as_posix()
        except ValueError:
            return None
        for files in self._everything.plans.values():
            if name.startswith(f"{files.folder}/"):
                return next(((files, loaded) for loaded in files.measures if loaded.file.name == name), None)
        return None

    def _pages(self, site: Site, measures: Sequence[Measure]) -> dict[str, bytes]:
        pages = [page_of(view, measure) for view in self._views(site) for measure in measures]
        return {page.output: self._renderer.render(page).encode() for page in pages}

    def _views(self, site: Site) -> list[View]:
        return [View(site, self._links, locale, self._base_url, {}) for locale in LOCALES]
