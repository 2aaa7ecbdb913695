"""The commands that work on the data: check, schema, ingest, families."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from plansite.commands.common import fail, known_plan, load_project, project_option, shown_stages, write
from plansite.compare.similar import LIKELY
from plansite.compare.suggest_families import suggestions
from plansite.errors import Stopped
from plansite.load import DataError
from plansite.load.reading import read_everything
from plansite.load.schema import write_schemas
from plansite.verify.report import as_json, summary


@click.command()
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
@click.option(
    "--plan",
    "plans",
    multiple=True,
    metavar="ID",
    help="Prove only this plan, and leave the pages (with --sources; repeatable).",
)
@click.option("--data", is_flag=True, help="Look at the data only, not at the pages made from it.")
def check(project: Path, sources: Path | None, report: Path | None, plans: tuple[str, ...], data: bool) -> None:
    """Check the data and the pages made from it; with --sources, prove the data against the official documents first.

    The pages: every link, anchor, asset, feed, pair of languages, canonical address and published address, the sitemap
    and what search engines are told. They are made in a temporary folder; nothing is published.

    \b
    Prints one line for each fault: file:line:column: what was found; what was expected
    (with --sources also [document:line], where the document says it).
    Exit status: 0 nothing wrong; 1 faults; 2 wrong options.

    \b
    Examples:
      python build.py check
      python build.py check --data
      python build.py check --sources ../shared/sources
      python build.py check --sources ../shared/sources --report proof.json
      python build.py check --sources ../shared/sources --plan jingyue-14
    """
    if report and not sources:
        raise click.UsageError("--report needs --sources: without the documents there is no proof to report")
    if plans and not sources:
        raise click.UsageError("--plan needs --sources: without the documents all plans are checked together")
    site, positions = load_project(project)
    for id in plans:
        known_plan(id, site.plans)
    if sources:
        from plansite.verify.facts import prove_all  # the readers' libraries are slow to load

        proofs = prove_all(site, positions, sources, plans)
        if report:
            write(report, as_json(proofs))
        for line in summary(proofs):
            click.echo(line)
        if faults := [fault for proof in proofs for fault in proof.faults]:
            fail("\n".join(map(str, faults)))
    else:
        for plan in site.plans.values():
            rows = len(plan.indicators.rows) if plan.indicators else 0
            click.echo(
                f"{plan.id}: {len(plan.measures)} measures, {rows} indicators, {len(plan.projects)} projects, "
                f"{len(plan.progress)} results, {len(plan.notes)} notes"
            )
    if data or plans:
        click.echo("No faults in the data. The pages were not looked at.")
        return
    click.echo(_pages(project))
    click.echo("No faults.")


def _pages(project: Path) -> str:
    """Make every page, in a temporary folder, and follow all that leads anywhere."""
    from plansite.pipeline import finish  # what makes pages is slow to load

    try:
        with shown_stages() as progress:
            done = finish(project, progress=progress, with_images=False)
    except Stopped as error:
        fail(error)
    return f"{done.pages} pages, {len(done.files)} files: every link, anchor and address leads somewhere"


@click.command()
@project_option
def schema(project: Path) -> None:
    """Write the JSON Schemas that let an editor complete and check the data.

    They hold the ids that exist, so run it again after adding a topic, place or body.

    \b
    Exit status: 0 written, or nothing new; 1 faults in the data; 2 wrong options.

    \b
    Examples:
      python build.py schema
    """
    written = write_schemas(load_project(project)[0], project / "data" / "schema")
    click.echo(f"{len(written)} schemas written" if written else "The schemas are up to date")


@click.command("ingest")
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
    its line. For a plan that has data nothing is written: a revised document is read by 'revise'.
    Exit status: 0 read; 1 the document cannot be read; 2 wrong options.

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


@click.command("families")
@click.option("--plan", default="", metavar="ID", help="Only the measures of this plan.")
@click.option("--all", "everything", is_flag=True, help="Also measures that are decided.")
@click.option(
    "--least", default=LIKELY, show_default=True, type=click.FloatRange(0, 100), help="How alike they must be, of 100."
)
@project_option
def families_command(plan: str, everything: bool, least: float, project: Path) -> None:
    """Suggest which measures of several plans are the same task; a person decides.

    For each measure that nobody decided on, the likest measures of other plans with the family they are in. Write the
    decision into data/shared-measures/ (a family) or data/particular-measures/ (of its plan only).

    \b
    Exit status: 0 told; 1 faulty data; 2 wrong options.

    \b
    Examples:
      python build.py families
      python build.py families --plan chaoyang-14 --all
    """
    positions = read_everything(project / "data", project / "content")
    if positions.faults:
        fail(DataError(positions.faults))
    if plan:
        known_plan(plan, positions.plans)
    for line in suggestions(positions, plan, least, everything_too=everything):
        click.echo(line)


def _id(value: str, param: click.Parameter) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 60:
        raise click.BadParameter(f"'{value}' is not an id of small letters, digits and single hyphens", param=param)
    return value
