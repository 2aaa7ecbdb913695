"""What the commands share: the project they work on, how they load it, how they tell of faults."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from plansite.load.reading import Everything
    from plansite.model import Site

PROJECT = Path(__file__).resolve().parents[2]

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT,
    help="Folder with data/, content/, templates/ and static/ (default: this one).",
)


def load_project(project: Path) -> tuple[Site, Everything]:
    """The site of a project and where its facts stand; faults end the command."""
    from plansite.load import DataError, load_with_positions  # slow to load

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
