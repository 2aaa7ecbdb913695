"""The commands about the state of the texts: stats and reviewed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from plansite.commands.common import load_project, project_option
from plansite.load import DataError
from plansite.model import LOCALES, Locale
from plansite.reviewed import Reviewed, UnknownName, review, write
from plansite.stats import HEAD, LANGUAGE, as_data, contents, listed, stats, table

UNKNOWN_STATE = {"new": "new", "edited": "edited", "stale": "stale before", "behind": "behind before"}


@click.command("stats")
@click.option("--list", "with_list", is_flag=True, help="Name each text that is stale, behind or awaits review.")
@click.option("--json", "json_", is_flag=True, help="Everything for programs, as JSON.")
@project_option
def stats_command(with_list: bool, json_: bool, project: Path) -> None:
    """Show how far the restatement of each plan has come, in both languages.

    \b
    A text is what a record (a measure, a goal, a note …) says in one language.
    stale           facts changed after it was written, and its words did not
    behind          only words of the other language changed
    await review    marked needs_review, because the official document changed
    not remembered  new or edited since 'reviewed' was last run
    complete        neither stale nor marked; new tasks count as texts that are missing
    length          characters without white space, or words

    \b
    Exit status: 0 told; 1 faults in the data; 2 wrong options.

    \b
    Examples:
      python build.py stats
      python build.py stats --list
      python build.py stats --json
    """
    found = stats(load_project(project)[1])
    if json_:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=1))
        return
    for line in contents(found):
        click.echo(line)
    click.echo()
    rows = list(table(found))
    console = Console()
    if console.is_terminal:
        shown = Table(*HEAD)
        for column in shown.columns[2:]:
            column.justify = "right"
        for row in rows:
            shown.add_row(*row, end_section=not row[0])
        console.print(shown)
    else:
        for row in (HEAD, *rows):
            click.echo(_aligned(row, [max(len(each[i]) for each in (HEAD, *rows)) for i in range(len(HEAD))]))
    if with_list:
        click.echo()
        for line in listed(found):
            click.echo(line)
        if not found.doubtful:
            click.echo("Nothing is stale, behind or awaits review.")


@click.command("reviewed")
@click.argument("names", nargs=-1, metavar="[PLAN[/RECORD]]...")
@click.option("--locale", type=click.Choice(LOCALES), help="Only the texts in this language (default: both).")
@project_option
def reviewed_command(names: tuple[str, ...], locale: Locale | None, project: Path) -> None:
    """Remember that texts say the facts as they are now.

    \b
    Without names: every text whose own words are new or edited is taken as written from the facts as they are.
    Run it after each edit. What is stale or behind stays so, because nobody has looked at it.
    With names (PLAN, PLAN/RECORD, PLAN/KIND/RECORD; 'families' stands for the shared measures): you have read these
    texts and they are right; their marks needs_review are taken away.

    \b
    The memory is data/plans/PLAN/translations.yaml, and data/translations.yaml for the shared measures.
    Exit status: 0 done; 1 faults in the data, or numbers that differ (nothing written); 2 wrong options.

    \b
    Examples:
      python build.py reviewed
      python build.py reviewed jingyue-14/straw-burning-ban
      python build.py reviewed jingyue-14/indicator/9 families/straw-burning-ban --locale en
    """
    positions = load_project(project)[1]
    try:
        done = review(project, positions, names, (locale,) if locale else LOCALES)
        write(project, done.files)
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="PLAN/RECORD") from None
    except DataError as error:
        click.echo(f"{error}\nNothing written.", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename}: {error.strerror}; expected a file that can be written", err=True)
        sys.exit(1)
    for line in _told(done):
        click.echo(line)


def _told(done: Reviewed) -> list[str]:
    lines = []
    for text in done.named:
        was = [
            *(["awaited review"] if text.waits else []),
            *([f"was {text.state}"] if text.state in UNKNOWN_STATE else []),
        ]
        lines.append(f"{text.of.home}/{text.of.name}, {LANGUAGE[text.locale]}: {' and '.join(was)}")
    parts = [f"{count:,} {state}" for state, count in done.remembered.items()]
    total = done.remembered.total()
    told = f"{total:,} {'text' if total == 1 else 'texts'} remembered ({', '.join(parts)})" if total else "Nothing new"
    if done.forgotten:
        records = "record forgotten that is" if done.forgotten == 1 else "records forgotten that are"
        told += f", {done.forgotten:,} {records} there no more"
    lines.append(told + ".")
    if done.left:
        parts = [f"{count:,} {state}" for state, count in done.left.items()]
        lines.append(f"Left as they are: {', '.join(parts)}. See 'build.py stats --list'; name what you have read.")
    lines += [f"{name} written" for name in done.files]
    return lines


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    """A row of plain text: names to the left, numbers to the right."""
    cells = [
        cell.ljust(width) if index < 2 else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
