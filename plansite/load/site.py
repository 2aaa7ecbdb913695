"""The one way from files to a site."""

from __future__ import annotations

from pathlib import Path

from plansite.load.assemble import assemble
from plansite.load.checks import check
from plansite.load.faults import DataError
from plansite.load.memory import excused, text_states
from plansite.load.reading import Everything, read_everything
from plansite.load.record_cache import CACHE
from plansite.model import Site


def load_site(project: Path) -> Site:
    """Read `data/` and `content/` below the project folder.

    Raises DataError with every fault of every file.
    """
    return load_with_positions(project)[0]


def load_with_positions(project: Path) -> tuple[Site, Everything]:
    """The site, and the files it was read from, which know the line and column of everything.

    Raises DataError as `load_site` does.
    """
    everything = read_everything(project / "data", project / "content", project / CACHE)
    everything.texts = text_states(everything)
    unread = {(fault.file, fault.line) for fault in everything.faults}  # what these lines hold is no news
    more = check(everything, excused(everything.texts))
    faults = everything.faults + [fault for fault in more if (fault.file, fault.line) not in unread]
    if faults:
        raise DataError(faults)
    site = assemble(everything)
    for text in everything.texts:
        if text.state == "stale":
            site.stale.setdefault((text.of.home, text.of.name), []).append(text.locale)
    return site, everything
