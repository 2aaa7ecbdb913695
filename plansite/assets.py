"""Style sheets, scripts and pictures, named after their content so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from plansite.load.faults import DataError, Fault

IMPORT = re.compile(rb"(?:^import .* from |\bimport\()'\./([\w-]+\.js)'", re.MULTILINE)
"""A script that another imports: in its folder, on one line."""

CSS_ORDER = ("tokens", "base", "layout", "components", "print")


def collect_assets(static: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The static files: (name → path on the site, path → content). All style sheets become one, `site.css`.

    Raises DataError for one that is a link: what lies elsewhere on the machine is not published.
    """
    sources: dict[str, bytes] = {}
    styles = sorted((static / "css").glob("*.css"))
    others = sorted([*(static / "js").glob("*.js"), *static.glob("*.svg")])
    if links := [path for path in (*styles, *others) if path.is_symlink() or not path.is_file()]:
        raise DataError(
            Fault(f"{static.name}/{path.relative_to(static).as_posix()}", 1, 1, "a link, or no ordinary file", "a file")
            for path in links
        )
    css = {path.stem: path.read_bytes() for path in styles}
    order = [name for name in CSS_ORDER if name in css] + [name for name in css if name not in CSS_ORDER]
    sources["site.css"] = b"\n".join(css[name] for name in order)
    for path in others:
        sources[path.name] = path.read_bytes()
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name in sources:
        _add(name, sources, names, files)
    return names, files


def _add(name: str, sources: dict[str, bytes], names: dict[str, str], files: dict[str, bytes]) -> None:
    """Name one file and those that it imports, which come first because their names stand in it."""
    if name in names:
        return
    content = sources[name]
    for other in dict.fromkeys(IMPORT.findall(content)) if name.endswith(".js") else ():
        _add(other.decode(), sources, names, files)
        own = names[other.decode()].rpartition("/")[2].encode()
        content = content.replace(b"'./" + other + b"'", b"'./" + own + b"'")
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    names[name] = f"assets/{stem}.{digest}{dot}{suffix}"
    files[names[name]] = content
