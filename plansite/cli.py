"""The commands. Here: build and serve; those that work on the data are in `cli_data`."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import click
from jinja2 import TemplateError, TemplateSyntaxError
from rich.console import Console
from rich.live import Live

from plansite import __version__
from plansite.claim import claimed
from plansite.cli_common import FAULTS, fail, project_option
from plansite.cli_data import check, families_command, ingest_command, schema
from plansite.cli_font import font_command
from plansite.cli_permalinks import permalinks
from plansite.cli_publish import headers_command, offline_command, release_notes_command, verify_command
from plansite.cli_revise import revise_command
from plansite.cli_texts import reviewed_command, stats_command
from plansite.file_errors import told
from plansite.pipeline import Built, build

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
@click.option("--images/--no-images", default=True, help="Draw the pictures of shared links too (default: yes).")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the official documents: prove the data and show the wording (default: sources/, if it is there).",
)
@click.option("--strict", is_flag=True, help="Publish only what nothing is left to do about.")
def build_command(
    project: Path, out: Path | None, base_url: str, search: bool, images: bool, sources: Path | None, strict: bool
) -> None:
    """Build the site.

    With the official documents at hand every plan is first proved against its own, and its pages show the wording.
    At the end it says what is left to do before publishing; with --strict it then refuses.

    \b
    Exit status: 0 built; 1 faults in the data or pages (each on its own line, the old site stays); 2 wrong options.

    \b
    Examples:
      python build.py
      python build.py build --base-url https://example.org/plans/
      python build.py build --out /var/www/plans --no-search
      python build.py build --sources ../documents
      python build.py build --strict
    """
    target = out or project / "site"
    make = partial(
        build,
        project,
        base_url=base_url,
        with_search=search,
        with_images=images,
        sources=sources or default_sources(project),
        strict=strict,
    )
    built = _run(make, target, project)
    done = built.published
    total = sum(built.seconds.values())
    click.echo(
        f"{built.pages} pages in {target} ({done.written} files written, {done.kept} unchanged, "
        f"{done.removed} removed) in {total:.1f} s"
    )
    for reason in built.reasons:
        click.echo(f"To do before publishing: {reason}")


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
    from plansite.preview import serve_site

    serve_site(project, host, port, with_search=search)


for command in (
    check,
    schema,
    ingest_command,
    revise_command,
    families_command,
    permalinks,
    font_command,
    stats_command,
    reviewed_command,
    headers_command,
    verify_command,
    offline_command,
    release_notes_command,
):
    main.add_command(command)


def default_sources(project: Path) -> Path | None:
    """The project's own folder of official documents, where there is one."""
    return project / "sources" if (project / "sources").is_dir() else None


def _run(make: Callable[..., Built], out: Path, project: Path) -> Built:
    console = Console(stderr=True)
    try:
        with claimed(out, project) as folder:
            if not console.is_terminal:
                return make(out=folder)
            with Live(console=console, auto_refresh=False, transient=True) as line:  # a thread would forbid processes
                return make(out=folder, progress=lambda stage: line.update(f"{STAGES[stage]} …", refresh=True))
    except FAULTS as error:
        fail(error)
    except TemplateError as error:
        fail(_template_fault(error, project))
    except OSError as error:
        fail(told(error, out))


def _template_fault(error: TemplateError, project: Path) -> str:
    """Where in the templates it happened, and what."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    name, line = (frames[-1].filename, frames[-1].lineno) if frames else ("templates", 1)
    if isinstance(error, TemplateSyntaxError):
        name, line = error.filename or name, error.lineno
    with suppress(ValueError):
        name = Path(name).relative_to(project.resolve()).as_posix()
    return f"{name}:{line}:1: {error.message}; expected a template that Jinja2 can fill in"


def _base_url(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"'{value}' does not start with http:// or https://", param_hint="--base-url")
    return value if not value or value.endswith("/") else f"{value}/"
