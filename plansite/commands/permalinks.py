"""The command that writes new addresses into the list of those that have to answer for ever."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.check.permalinks import NAME
from plansite.commands.common import fail, project_option, shown_stages
from plansite.errors import Stopped
from plansite.load.permalinks import permalinks_text
from plansite.pipeline import finish

SHOWN = 20


@click.command()
@project_option
def permalinks(project: Path) -> None:
    """Write the addresses of the site that are new into data/permalinks.txt, before you publish them.

    From then on a build that would lose one of them is refused. Only a site without faults has its addresses written,
    and no line is ever taken out.

    \b
    Exit status: 0 written, or nothing new; 1 faults in the data or pages (nothing written); 2 wrong options.

    \b
    Examples:
      python build.py permalinks
    """
    try:
        with shown_stages() as progress:
            done = finish(project, progress=progress)
    except Stopped as error:
        fail(error, "nothing was written")
    new = done.unregistered
    if not new:
        click.echo(f"Nothing new: {NAME} holds all {len(done.permalinks)} addresses.")
        return
    _write(project / NAME, permalinks_text({*done.permalinks, *new}))
    for address in new[:SHOWN]:
        click.echo(f"+ {address}")
    if len(new) > SHOWN:
        click.echo(f"+ {len(new) - SHOWN} more")
    total = len(done.permalinks) + len(new)
    click.echo(f"{len(new)} new, {total} in {NAME}.")


def _write(path: Path, text: str) -> None:
    """In one step, so that no line is lost if the command is stopped."""
    beside = path.with_name(f".{path.name}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        fail(f"{path}: {error.strerror}; expected a file that can be written")
