"""The one way from files to a site."""

from __future__ import annotations

from pathlib import Path

from plansite.load.assemble import assemble
from plansite.load.checks import check
from plansite.load.faults import DataError
from plansite.load.reading import read_everything
from plansite.model import Site


def load_site(project: Path) -> Site:
    """Read `data/` and `content/` below the project folder.

    Raises DataError with every fault of every file.
    """
    everything = read_everything(project / "data", project / "content")
    faults = everything.faults + check(everything)
    if faults:
        raise DataError(faults)
    return assemble(everything)
