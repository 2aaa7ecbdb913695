"""The commands: build, check, ingest, serve, schema."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from plansite import __version__
from plansite.load import DataError, load_with_positions
from plansite.load.reading import Everything
from plansite.load.schema import write_schemas
from plansite.model import Site
from plansite.pipeline import BuildError, Built, build
from plansite.search import SearchError
from plansite.translations import MissingTranslation
from plansite.verify.report import as_json, summary

PROJECT = Path(__file__).resolve().parent.parent
STAGES = {
    "load": "Reading and checking the data",
    "prove": "Proving the data against the documents",
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
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the official documents: prove the data and show the wording (default: sources/, if it is there).",
)
def build_command(project: Path, out: Path | None, base_url: str, search: bool, sources: Path | None) -> None:
    """Build the site.

    With the official documents at hand every plan is first proved against its own, and its pages show the wording.

    \b
    Exit status: 0 built; 1 faults in the data or pages (each on its own line, the old site stays); 2 wrong options.

    \b
    Examples:
      python build.py
      python build.py build --base-url https://example.org/plans/
      python build.py build --out /var/www/plans --no-search
      python build.py build --sources ../documents
    """
    target = out or project / "site"
    built = _run(project, target, base_url, search, sources or default_sources(project))
    done = built.published
    total = sum(built.seconds.values())
    click.echo(
        f"{built.pages} pages in {target} ({done.written} files written, {done.kept} unchanged, "
        f"{done.removed} removed) in {total:.1f} s"
    )


@main.command()
@project_option
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the official documents: prove every plan against its own.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the proof to this file too, as JSON (with --sources).",
)
def check(project: Path, sources: Path | None, report: Path | None) -> None:
    """Check every data file; with --sources, prove the data against the official documents.

    \b
    Prints one line for each fault: file:line:column: what was found; what was expected
    (with --sources also [document:line], where the document says it).
    Exit status: 0 nothing wrong; 1 faults; 2 wrong options.

    \b
    Examples:
      python build.py check
      python build.py check --sources ../shared/sources
      python build.py check --sources ../shared/sources --report proof.json
    """
    if report and not sources:
        raise click.UsageError("--report needs --sources: without the documents there is no proof to report")
    site, positions = _load_with_positions(project)
    if sources:
        from plansite.verify.facts import prove_all  # the readers' libraries are slow to load

        proofs = prove_all(site, positions, sources)
        if report:
            _write(report, as_json(proofs))
        for line in summary(proofs):
            click.echo(line)
        if faults := [fault for proof in proofs for fault in proof.faults]:
            _fail(BuildError("\n".join(map(str, faults))))
        click.echo("No faults.")
        return
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


@main.command("ingest")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", required=True, metavar="ID", callback=lambda _c, p, v: _id(v, p), help="Id of the plan.")
@click.option(
    "--jurisdiction",
    default="",
    metavar="ID",
    callback=lambda _c, p, v: v and _id(v, p),
    help="Whose plan it is (default: the plan's id without its last part, so 'jingyue' for 'jingyue-14').",
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the report there, too."
)
@project_option
def ingest_command(file: Path, plan: str, jurisdiction: str, report: Path | None, project: Path) -> None:
    """Read an official document (txt, docx, pdf, html) and write the skeleton of its data.

    \b
    What the document shows is filled in; what a person writes is marked TODO, and 'check' lists each TODO with
    its line. For a plan that has data nothing is written: the report says what the document has beside it.
    Exit status: 0 read; 1 the document cannot be read or does not fit the plan; 2 wrong options.

    \b
    Examples:
      python build.py ingest plan.docx --plan chaoyang-14
      python build.py ingest plan.pdf --plan jilin-city-14 --report report.txt
    """
    from plansite.ingest import IngestError, ingest
    from plansite.sources.document import SourceError

    try:
        done = ingest(file, plan, project, jurisdiction)
        if report:
            report.write_text(done.report, encoding="utf-8")
    except (DataError, IngestError, SourceError) as error:
        click.echo(f"{error}\nNothing written.", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename or file}: {error.strerror}; expected files that can be read and written", err=True)
        sys.exit(1)
    click.echo(done.report, nl=False)
    sys.exit(0 if done.fits else 1)


def default_sources(project: Path) -> Path | None:
    """The project's own folder of official documents, where there is one."""
    return project / "sources" if (project / "sources").is_dir() else None


def _run(project: Path, out: Path, base_url: str, search: bool, sources: Path | None) -> Built:
    console = Console(stderr=True)
    try:
        if not console.is_terminal:
            return build(project, out, base_url, with_search=search, sources=sources)
        with console.status("") as status:
            return build(
                project,
                out,
                base_url,
                with_search=search,
                sources=sources,
                progress=lambda s: status.update(f"{STAGES[s]} …"),
            )
    except (DataError, BuildError, SearchError, MissingTranslation) as error:
        _fail(error)
    except OSError as error:
        _fail(BuildError(f"{error.filename or out}: {error.strerror}; expected files that can be read and written"))


def _load(project: Path) -> Site:
    return _load_with_positions(project)[0]


def _load_with_positions(project: Path) -> tuple[Site, Everything]:
    try:
        return load_with_positions(project)
    except DataError as error:
        _fail(error)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        _fail(BuildError(f"{path}: {error.strerror}; expected a file that can be written"))


def _fail(error: Exception) -> NoReturn:
    """Every fault on standard error, then their number; exit status 1."""
    lines = str(error).splitlines()
    for line in lines:
        click.echo(line, err=True)
    click.echo(f"{len(lines)} fault{'s' if len(lines) != 1 else ''}; nothing was published.", err=True)
    sys.exit(1)


def _id(value: str, param: click.Parameter) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 60:
        raise click.BadParameter(f"'{value}' is not an id of small letters, digits and single hyphens", param=param)
    return value


def _base_url(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"'{value}' does not start with http:// or https://", param_hint="--base-url")
    return value if not value or value.endswith("/") else f"{value}/"
