"""The commands for whoever publishes the site: headers for the host, a check of copies, a copy for the disk, notes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from plansite.commands.common import base_url_option, load_project, project_option, write
from plansite.publish.manifest import FILE, Manifest, ManifestError, read_manifest
from plansite.publish.offline import OfflineError, make_offline
from plansite.publish.release_notes import read_release, release_notes
from plansite.publish.security_headers import HOSTS
from plansite.publish.verify_site import CopyError, Folder, Host, Progress, Verified, verify

SHOWN = 20  # paths of one kind, unless all are asked for


@click.command("headers")
@click.argument("host", type=click.Choice(list(HOSTS)))
@base_url_option("Where the site lives (default: as in data/site.yaml).")
@project_option
def headers_command(host: str, base_url: str, project: Path) -> None:
    """Print the security headers in the words of a host: nginx, apache, or static (the file _headers).

    \b
    Exit status: 0 printed; 1 faults in the data, which has the address; 2 wrong options.

    \b
    Examples:
      python build.py headers nginx > /etc/nginx/conf.d/plans.conf
      python build.py headers apache --base-url https://example.org/plans/ > site/.htaccess
    """
    click.echo(HOSTS[host](base_url or load_project(project)[0].info.base_url), nl=False)


@click.command("verify-site")
@click.argument("copy", metavar="URL-or-DIR")
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The manifest that decides (default: site/manifest.json of the project; without one, the copy's own).",
)
@click.option("--own", is_flag=True, help="Hold the copy against the manifest that it brings itself.")
@click.option("--all", "everything", is_flag=True, help=f"Name every file, not the first {SHOWN} of each kind.")
@project_option
def verify_command(copy: str, manifest: Path | None, own: bool, everything: bool, project: Path) -> None:
    """Check a published copy of the site, on a host or in a folder, file by file against a manifest.

    \b
    Names the files that are missing, changed or additional. (A host does not list its files, so additional ones are
    found in folders only; its settings, such as _headers, cannot be asked for.)
    Exit status: 0 the copy is whole; 1 it is not, or cannot be read; 2 wrong options.

    \b
    Examples:
      python build.py verify-site https://example.org/plans/
      python build.py verify-site /mnt/archive/plans --own
    """
    if manifest and own:
        raise click.UsageError("--manifest and --own: expected one of them")
    there = _copy(copy)
    built = project / "site" / FILE
    given = None if own else manifest or (built if built.is_file() else None)
    where = str(given) if given else "the copy's own manifest"
    try:
        against = read_manifest(given.read_bytes() if given else there.read(FILE), where)
        with _bar() as progress:
            found = verify(there, against, progress)
    except (CopyError, ManifestError) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{where}: {error.strerror}; expected a file that can be read")
    if not (found.right or found.changed or found.failed):
        _stop(f"{copy}: nothing of the site is there; expected the address or folder at which it begins")
    _tell(found, SHOWN if not everything else sys.maxsize)
    click.echo(f"{copy}: {found.right} files are as {where} says.")
    if not found.good:
        _stop(_hint(copy, found, against))


@click.command("offline")
@click.argument(
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    callback=lambda _c, param, value: _zip(value, param),
)
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The finished site (default: site/ in the project).",
)
@project_option
def offline_command(out: Path, site: Path | None, project: Path) -> None:
    """Write the finished site as a zip that works without a host: unpack it, open index.html; the search works, too.

    \b
    Exit status: 0 written; 1 no finished site with a search index, or a file that cannot be written; 2 wrong options.

    \b
    Examples:
      python build.py offline plans-offline.zip
    """
    try:
        count, size = make_offline(site or project / "site", project, out)
    except OfflineError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{error.filename or out}: {error.strerror}; expected files that can be read and written")
    click.echo(f"{out}: {count} files, {size / 1e6:.1f} MB")


@click.command("release-notes")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", default="")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write them to this file, not to the screen."
)
@project_option
def release_notes_command(old: str, new: str, out: Path | None, project: Path) -> None:
    """Write what changed between two published sites, in both languages, as Markdown.

    OLD and NEW are addresses or folders; NEW is site/ of the project if it is not given. Every record of the open data
    is compared: plans, measures, targets, indicators, notes and so on.

    \b
    Exit status: 0 written; 1 a site that cannot be read; 2 wrong options.

    \b
    Examples:
      python build.py release-notes https://example.org/plans/
      python build.py release-notes /var/www/plans site --out release.md
    """
    try:
        before, after = read_release(_copy(old)), read_release(_copy(new or str(project / "site")))
    except (CopyError, ManifestError) as error:
        _stop(str(error))
    text = release_notes(before, after)
    if out:
        write(out, text)
    else:
        click.echo(text, nl=False)


def _zip(out: Path, param: click.Parameter) -> Path:
    if out.suffix.lower() != ".zip":
        raise click.BadParameter(f"'{out}' does not end in .zip", param=param)
    return out


def _copy(name: str) -> Folder | Host:
    if name.startswith(("http://", "https://")):
        try:
            if "?" in name or "#" in name:
                raise ValueError
            return Host(name if name.endswith("/") else f"{name}/")
        except ValueError:
            expected = f"'{name}': expected the address at which the site begins"
            raise click.BadParameter(expected, param_hint="URL-or-DIR") from None
    if not Path(name).is_dir():
        raise click.BadParameter(f"'{name}': expected a folder, or an address with http(s)://", param_hint="URL-or-DIR")
    return Folder(Path(name))


def _tell(found: Verified, shown: int) -> None:
    kinds = {
        "missing": found.missing,
        "changed": found.changed,
        "additional": found.additional,
        "not read": found.failed,
    }
    for kind, paths in kinds.items():
        for path in paths[:shown]:
            click.echo(f"{kind}: {path}")
        if rest := len(paths) - len(paths[:shown]):
            click.echo(f"{kind}: and {rest} more (--all names them)")


def _hint(copy: str, found: Verified, against: Manifest) -> str:
    counts = (
        (len(found.missing), "missing"),
        (len(found.changed), "changed"),
        (len(found.additional), "additional"),
        (len(found.failed), "not read"),
    )
    told = ", ".join(f"{count} {kind}" for count, kind in counts if count)
    elsewhere = (
        copy.startswith("http") and f"{copy.rstrip('/')}/" != against.base_url and len(found.changed) > found.right
    )
    hint = f" The manifest is of a site built for {against.base_url}." if elsewhere else ""
    return f"The copy is not the site of the manifest: {told}.{hint}"


@contextmanager
def _bar() -> Iterator[Progress]:
    """Progress in a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, of: None
        return
    with Bar(
        TextColumn("Checking the copy"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _stop(told: str) -> NoReturn:
    click.echo(told, err=True)
    sys.exit(1)
