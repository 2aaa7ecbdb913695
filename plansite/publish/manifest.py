"""`manifest.json` at the root of the site: the SHA-256 of every file of it, and of every file it was made from.

One line a file, sorted, no time: the same data makes the same manifest, and two manifests can be compared with `diff`.
It cannot name itself. The files it was made from are the data, texts, templates and styles, the program, and the
official documents that were at hand; their names are those in the project's folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plansite.model import Site

FILE = "manifest.json"
ABOUT = (
    "SHA-256 of every file of this site but this one, and of the files it was made from. "
    "To check a copy: python build.py verify-site URL-or-DIR, or sha256sum."
)
INPUTS = (("data", "*.yaml"), ("data", "*.txt"), ("content", "*.md"), ("templates", "*.html"), ("static", "*"))
PROGRAM = ("*.py", "*.po")
DOCUMENTS = "sources"


class ManifestError(Exception):
    """A manifest cannot be read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps paths on the site to digests, `made_from` paths in the project."""

    base_url: str
    files: Mapping[str, str]
    made_from: Mapping[str, str]


def manifest_of(files: Mapping[str, str], base_url: str, made_from: Mapping[str, str]) -> bytes:
    """The manifest of files (path on the site → SHA-256)."""
    listed = {"files": dict(sorted(files.items())), "made_from": dict(sorted(made_from.items()))}
    data = {"about": ABOUT, "base_url": base_url, **listed}
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()


def made_from(project: Path, site: Site, sources: Path | None = None) -> dict[str, str]:
    """Name in the project → digest, for every file that shapes the site. `sources` holds the official documents."""
    program = Path(__file__).parents[1]
    documents = [sources / plan.source.file for plan in site.plans.values()] if sources else []
    return {
        **dict(_digests(project, (path for folder, kind in INPUTS for path in (project / folder).rglob(kind)))),
        **dict(_digests(program.parent, (path for kind in PROGRAM for path in program.rglob(kind)))),
        **{f"{DOCUMENTS}/{path.name}": digest(path) for path in documents if path.is_file()},
    }


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits. Raises OSError."""
    return sha256(path.read_bytes()).hexdigest()


def read_manifest(content: bytes, where: str) -> Manifest:
    """Raises ManifestError, naming `where` it was found."""
    try:
        data = json.loads(content)
        found = Manifest(data["base_url"], data["files"], data["made_from"])
        sound = isinstance(found.base_url, str) and all(map(_sound, found.files.items()))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ManifestError(f"{where}: no manifest ({type(error).__name__}: {error}); expected {FILE}") from error
    if not sound:
        raise ManifestError(f"{where}: no manifest; expected a path and a SHA-256 for each of its files")
    return found


def _sound(entry: tuple[object, object]) -> bool:
    """Whether a line names a file below the site, so that a foreign manifest cannot lead out of a folder."""
    path, hexadecimal = entry
    return (
        isinstance(path, str)
        and isinstance(hexadecimal, str)
        and len(hexadecimal) == 64
        and not path.startswith("/")
        and not {"", ".", ".."} & set(path.split("/"))
        and "\\" not in path
    )


def _digests(project: Path, paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        name = path.relative_to(project)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), digest(path)
