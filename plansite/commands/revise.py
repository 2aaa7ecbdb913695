"""The command that makes a revised document the new edition of a plan."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from plansite.commands.common import project_option
from plansite.load import DataError


@click.command("revise")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", required=True, metavar="ID", help="Id of the plan.")
@click.option(
    "--edition",
    required=True,
    metavar="DATE",
    callback=lambda _c, _p, value: _date(value),
    help="Month or day of the new edition, as 2026-03 or 2026-03-15.",
)
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the official document of the current edition (default: sources/, if it is there).",
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the report there, too."
)
@click.option("--dry-run", is_flag=True, help="Only report; write nothing below data/ and content/.")
@project_option
def revise_command(
    file: Path, plan: str, edition: str, sources: Path | None, report: Path | None, dry_run: bool, project: Path
) -> None:
    """Make a revised document (txt, docx, pdf, html) the new edition of a plan that has data.

    The tasks of the document are aligned with the measures: moved, reworded, split, merged, new, gone. The report says
    which, with the changed numbers and the differences of wording. The data of the current edition goes to
    data/plans/ID/editions/; in the new one the places are led on, ids stay, and what a person must restate is marked
    needs_review. All is written at once or nothing.

    \b
    Exit status: 0 written, or a dry run that could be; 1 refused, nothing written; 2 wrong options.

    \b
    Examples:
      python build.py revise plan-2026.docx --plan jingyue-14 --edition 2026-03 --dry-run
      python build.py revise plan-2026.docx --plan jingyue-14 --edition 2026-03 --report report.md
      python build.py revise plan-2026.txt --plan jingyue-14 --edition 2026-03 --sources ../documents
    """
    from plansite.revise import ReviseError, UnknownPlan, revise  # the readers' libraries are slow to load
    from plansite.sources.document import SourceError

    default = project / "sources"
    folder = sources or (default if default.is_dir() else None)

    def tell(text: str) -> None:
        click.echo(text, nl=False)
        if report:
            report.write_text(text, encoding="utf-8")

    try:
        files = revise(file, plan, edition, project, folder, tell=tell, dry_run=dry_run)
    except UnknownPlan as error:
        raise click.BadParameter(str(error), param_hint="--plan") from None
    except (DataError, ReviseError, SourceError) as error:
        click.echo(f"{error}\nNothing written.", err=True)
        sys.exit(1)
    except OSError as error:
        told = f"{error.filename or file}: {error.strerror}; expected files that can be read and written"
        click.echo(f"{told}\nNothing written.", err=True)
        sys.exit(1)
    click.echo(f"\n{files} files {'would be written' if dry_run else 'written'} in data/plans/{plan}/.")


def _date(value: str) -> str:
    parts = [int(part) for part in value.split("-")] if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value) else []
    try:
        date(*[*parts, 1][:3])
    except (TypeError, ValueError) as error:
        raise click.BadParameter(f"'{value}' is no month or day as in 2026-03 or 2026-03-15") from error
    return value
