"""The commands that make the site: build and serve."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from plansite.build import Built, build
from plansite.commands.common import Stages, base_url_option, fail, printed_stages, project_option, shown_stages
from plansite.errors import Stopped
from plansite.publish.claim import claimed
from plansite.publish.file_errors import told

NOTHING = "nothing was published"


@click.command("build")
@project_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the finished site (default: site/ in the project).",
)
@base_url_option("Address at which the site will be published (default: base_url of data/site.yaml).")
@click.option("--search/--no-search", default=True, help="Make the search index too (default: yes).")
@click.option("--images/--no-images", default=True, help="Draw the pictures of shared links too (default: yes).")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the official documents: prove the data and show the wording (default: sources/, if it is there).",
)
@click.option("--strict", is_flag=True, help="Publish only what nothing is left to do about.")
@click.option("--tell-stages", is_flag=True, hidden=True)  # a line each, for the preview
def build_command(
    project: Path,
    out: Path | None,
    base_url: str,
    search: bool,
    images: bool,
    sources: Path | None,
    strict: bool,
    tell_stages: bool,
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
    built = _run(make, target, project, printed_stages if tell_stages else shown_stages)
    done = built.published
    total = sum(built.seconds.values())
    click.echo(
        f"{built.pages} pages in {target} ({done.written} files written, {done.kept} unchanged, "
        f"{done.removed} removed) in {total:.1f} s"
    )
    for reason in built.reasons:
        click.echo(f"To do before publishing: {reason}")


@click.command()
@project_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--search/--no-search", default=True, help="Make the search index too (default: yes).")
def serve(project: Path, port: int, host: str, search: bool) -> None:
    """Build the site, show it in the browser, rebuild and reload when a file changes. Stop with Ctrl-C.

    \b
    Exit status: 0 stopped with Ctrl-C; 1 the port cannot be used; 2 wrong options.

    \b
    Examples:
      python build.py serve
      python build.py serve --port 9000 --no-search
    """
    from plansite.preview import serve_site

    serve_site(project, host, port, with_search=search, stages=shown_stages)


def default_sources(project: Path) -> Path | None:
    """The project's own folder of official documents, where there is one."""
    return project / "sources" if (project / "sources").is_dir() else None


def _run(make: Callable[..., Built], out: Path, project: Path, stages: Stages) -> Built:
    try:
        with claimed(out, project) as folder, stages() as progress:
            return make(out=folder, progress=progress)
    except Stopped as error:
        fail(error, NOTHING)
    except OSError as error:
        fail(told(error, out), NOTHING)
