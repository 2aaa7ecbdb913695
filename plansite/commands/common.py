"""What the commands share: the project they work on, how they load it, how they tell of faults."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from plansite.stages import STAGE, Progress

if TYPE_CHECKING:
    from plansite.load.reading import Everything
    from plansite.model import Site

PROJECT = Path(__file__).resolve().parents[2]
Stages = Callable[[], AbstractContextManager[Progress]]
"""Shows the stages of the work that is done within."""
STAGES = {
    "compare": "Looking for what changed",
    "load": "Reading and checking the data",
    "prove": "Proving the data against the documents",
    "render": "Writing the pages",
    "export": "Writing the open data",
    "check": "Following every link",
    "draw": "Drawing the pictures of shared links",
    "index": "Indexing for search",
    "publish": "Publishing",
}

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT,
    help="Folder with data/, content/, templates/ and static/ (default: this one).",
)


def base_url_option(help: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """`--base-url`: an address with http(s), which then ends in a slash."""
    return click.option(
        "--base-url", default="", metavar="URL", callback=lambda _c, _p, value: _base_url(value), help=help
    )


def known_plan(id: str, plans: Collection[str]) -> str:
    """The id, if it is one of those; otherwise the option --plan is wrong."""
    if id in plans:
        return id
    from plansite.load.faults import nearest  # slow to load

    hint = nearest(id, plans)
    meant = f"; did you mean '{hint}'?" if hint else ""
    raise click.BadParameter(f"no plan '{id}'; expected one of {', '.join(plans)}{meant}", param_hint="--plan")


@contextmanager
def shown_stages() -> Iterator[Progress]:
    """The stage that the work is in, on a line of the terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console  # slow to load
    from rich.live import Live

    with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as line:  # a thread forbids processes
        yield lambda stage: line.update(f"{STAGES[stage]} …", refresh=True)


@contextmanager
def printed_stages() -> Iterator[Progress]:
    """Each stage on a line of the output, for the preview, which reads it."""
    yield lambda stage: click.echo(f"{STAGE}{stage}")


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


def fail(error: Exception | str, outcome: str = "") -> NoReturn:
    """Every fault on standard error, then their number and what did not happen for them; exit status 1."""
    lines = str(error).splitlines()
    for line in lines:
        click.echo(line, err=True)
    count = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
    click.echo(f"{count}; {outcome}." if outcome else f"{count}.", err=True)
    sys.exit(1)


def _base_url(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"'{value}' does not start with http:// or https://", param_hint="--base-url")
    return value if not value or value.endswith("/") else f"{value}/"
