"""What the commands share: the project they work on, how they load it, how they tell of faults."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from plansite.claim import ClaimError
from plansite.load import DataError, load_with_positions
from plansite.load.reading import Everything
from plansite.model import Site
from plansite.parallel import WorkerLost
from plansite.pipeline import BuildError
from plansite.search import SearchError
from plansite.translations import MissingTranslation

FAULTS = (BuildError, ClaimError, DataError, MissingTranslation, SearchError, WorkerLost)
"""What may stop a build; each line of the message is one thing that is wrong."""

PROJECT = Path(__file__).resolve().parent.parent

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT,
    help="Folder with data/, content/, templates/ and static/ (default: this one).",
)


def load_project(project: Path) -> tuple[Site, Everything]:
    try:
        return load_with_positions(project)
    except DataError as error:
        fail(error)


def write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{path}: {error.strerror}; expected a file that can be written")


def fail(error: Exception | str) -> NoReturn:
    """Every fault on standard error, then their number; exit status 1."""
    lines = str(error).splitlines()
    for line in lines:
        click.echo(line, err=True)
    click.echo(f"{len(lines)} fault{'s' if len(lines) != 1 else ''}; nothing was published.", err=True)
    sys.exit(1)
