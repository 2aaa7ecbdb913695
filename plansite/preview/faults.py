"""What stands in the place of a page: faults, each with its file, line and the lines around it; that a build runs."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

PLACE = re.compile(r"(?P<file>[^:\s]+):(?P<line>\d+):(?P<column>\d+): (?P<what>.*)")
AROUND = 2  # lines before and after
STYLE = """
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.0625rem; margin: 2rem 0 0.25rem } p { margin: 0.25rem 0 }
pre { overflow-x: auto; padding: 0.5rem 0; border: 1px solid #8886; border-radius: 4px; font-size: 0.875rem }
pre span { display: block; padding: 0 0.75rem } pre .here { background: #c0392b26; border-left: 4px solid #c0392b }
"""


def faults_page(faults: str, project: Path) -> bytes:
    """An HTML page for faults, one a line."""
    lines = faults.splitlines()
    title = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
    parts = "".join(_fault(line, project) for line in lines)
    return _page(title, f"{title}: this page comes back when nothing is wrong", parts)


def waiting_page() -> bytes:
    """An HTML page for as long as nothing was built yet."""
    title = "The site is being built"
    return _page(title, title, "<p>This page shows itself when it is there.</p>")


def _page(title: str, heading: str, parts: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main><h1>{heading}</h1>{parts}</main></body></html>"
    ).encode()


def _fault(line: str, project: Path) -> str:
    match = PLACE.match(line)
    if not match:
        return f"<p>{escape(line)}</p>"
    place = f"{match['file']}, line {match['line']}, column {match['column']}"
    return f"<h2><code>{escape(place)}</code></h2><p>{escape(match['what'])}</p>{_excerpt(match, project)}"


def _excerpt(match: re.Match[str], project: Path) -> str:
    try:
        lines = (project / match["file"]).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    here = int(match["line"])
    first = max(here - AROUND, 1)
    shown = "".join(
        f"<span{' class=here' if number == here else ''}>{number:>5}  {escape(text) or ' '}</span>"
        for number, text in enumerate(lines[first - 1 : here + AROUND], first)
    )
    return f"<pre>{shown}</pre>"
