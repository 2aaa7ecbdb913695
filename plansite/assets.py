"""Style sheets, scripts and pictures, named after their content so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

CSS_ORDER = ("tokens", "base", "layout", "components", "print")


def collect_assets(static: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The static files: (name → path on the site, path → content). All style sheets become one, `site.css`."""
    sources: dict[str, bytes] = {}
    css = {path.stem: path.read_bytes() for path in sorted((static / "css").glob("*.css"))}
    order = [name for name in CSS_ORDER if name in css] + [name for name in css if name not in CSS_ORDER]
    sources["site.css"] = b"\n".join(css[name] for name in order)
    for path in sorted([*(static / "js").glob("*.js"), *static.glob("*.svg")]):
        sources[path.name] = path.read_bytes()
    names, files = {}, {}
    for name, content in sources.items():
        stem, dot, suffix = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()[:10]
        names[name] = f"assets/{stem}.{digest}{dot}{suffix}"
        files[names[name]] = content
    return names, files
