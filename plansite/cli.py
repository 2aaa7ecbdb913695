"""The commands: build, check, serve, schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from plansite import __version__
from plansite.load import DataError, load_site
from plansite.load.schema import write_schemas
from plansite.model import Site
from plansite.pipeline import BuildError, Built, build
from plansite.search import SearchError
from plansite.translations import MissingTranslation

PROJECT = Path(__file__).resolve().parent.parent
STAGES = {
    "load": "Reading and checking the data",
    "render": "Writing the pages",
    "export": "Writing the open data",
    "check": "Following every link",
    "index": "Indexing for search",
    "publish": "Publishing",
}

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT,
    help="Folder with data/, content/, templates/ and static/ (default: this one).",
)


class DefaultGroup(click.Group):
    """Without a command, or with options alone, `build` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=DefaultGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plansite")
def main() -> None:
    """Turn the structured data of public plans into a bilingual static site.

    \b
    Examples:
      python build.py                      build the site into site/
      python build.py serve                build it, show it, and rebuild when a file changes
      python build.py check                look for mistakes in the data, write nothing
      python build.py COMMAND --help       everything about one command
    """


@main.command("build")
@project_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the finished site (default: site/ in the project).",
)
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    callback=lambda _c, _p, value: _base_url(value),
    help="Address at which the site will be published (default: base_url of data/site.yaml).",
)
@click.option("--search/--no-search", default=True, help="Make the search index too (default: yes).")
def build_command(project: Path, out: Path | None, base_url: str, search: bool) -> None:
    """Build the site.

    \b
    Exit status: 0 built; 1 faults in the data or pages (each on its own line, the old site stays); 2 wrong options.

    \b
    Examples:
      python build.py
      python build.py build --base-url https://example.org/plans/
      python build.py build --out /var/www/plans --no-search
    """
    target = out or project / "site"
    built = _run(project, target, base_url, search)
    done = built.published
    total = sum(built.seconds.values())
    click.echo(
        f"{built.pages} pages in {target} ({done.written} files written, {done.kept} unchanged, "
        f"{done.removed} removed) in {total:.1f} s"
    )


@main.command()
@project_option
def check(project: Path) -> None:
    """Check every data file; write nothing.

    \b
    Prints one line for each fault: file:line:column: what was found; what was expected.
    Exit status: 0 nothing wrong; 1 faults.

    \b
    Examples:
      python build.py check
    """
    site = _load(project)
    for plan in site.plans.values():
        rows = len(plan.indicators.rows) if plan.indicators else 0
        click.echo(
            f"{plan.id}: {len(plan.measures)} measures, {rows} indicators, {len(plan.projects)} projects, "
            f"{len(plan.progress)} results, {len(plan.notes)} notes"
        )
    click.echo("No faults.")


@main.command()
@project_option
def schema(project: Path) -> None:
    """Write the JSON Schemas that let an editor complete and check the data.

    They hold the ids that exist, so run it again after adding a topic, place or body.

    \b
    Examples:
      python build.py schema
    """
    written = write_schemas(_load(project), project / "data" / "schema")
    click.echo(f"{len(written)} schemas written" if written else "The schemas are up to date")


@main.command()
@project_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--search/--no-search", default=True, help="Make the search index too (default: yes).")
def serve(project: Path, port: int, host: str, search: bool) -> None:
    """Build the site, show it in the browser, rebuild and reload when a file changes. Stop with Ctrl-C.

    \b
    Examples:
      python build.py serve
      python build.py serve --port 9000 --no-search
    """
    from plansite.serve import serve_site

    serve_site(project, host, port, with_search=search)


def _run(project: Path, out: Path, base_url: str, search: bool) -> Built:
    console = Console(stderr=True)
    try:
        if not console.is_terminal:
            return build(project, out, base_url, with_search=search)
        with console.status("") as status:
            return build(project, out, base_url, with_search=search, progress=lambda s: status.update(f"{STAGES[s]} …"))
    except (DataError, BuildError, SearchError, MissingTranslation) as error:
        _fail(error)
    except OSError as error:
        _fail(BuildError(f"{error.filename or out}: {error.strerror}; expected files that can be read and written"))


def _load(project: Path) -> Site:
    try:
        return load_site(project)
    except DataError as error:
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    """Every fault on standard error, then their number; exit status 1."""
    lines = str(error).splitlines()
    for line in lines:
        click.echo(line, err=True)
    click.echo(f"{len(lines)} fault{'s' if len(lines) != 1 else ''}; nothing was published.", err=True)
    sys.exit(1)


def _base_url(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"'{value}' does not start with http:// or https://", param_hint="--base-url")
    return value if not value or value.endswith("/") else f"{value}/"
