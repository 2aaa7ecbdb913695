"""Interface texts that have no Chinese: all of them, with the place where each stands."""

from __future__ import annotations

from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from babel.messages.extract import extract_from_dir

from plansite.load.faults import Fault, nearest
from plansite.translations import CATALOGUE, chinese

PACKAGE = Path(__file__).parent
LIKE = 80
"""Of 100: so like is a text in the catalogue to one that was changed a little in its template."""
KEYWORDS = {"_": None, "gettext": None, "both": None, "counted": (2, 3), "plural": (1, 2)}
"""Functions that take interface texts, and which of their arguments are such."""


def untranslated(templates: Path) -> list[Fault]:
    """A fault for each interface text of the program and of the templates that the catalogue lacks."""
    have = chinese()
    catalogue = f"{PACKAGE.name}/{CATALOGUE.relative_to(PACKAGE).as_posix()}"
    return sorted(
        Fault(file, line, 1, f"{text!r}, which has no Chinese", f"it in {catalogue}", nearest(text, have, LIKE))
        for text, (file, line) in used(templates).items()
        if text not in have
    )


def used(templates: Path) -> dict[str, tuple[str, int]]:
    """Each interface text, and the file and line where it stands first."""
    places: dict[str, tuple[str, int]] = {}
    sources = ((PACKAGE, "**.py", "python"), (templates, "**.html", "jinja2.ext:babel_extract"))
    with redirect_stderr(StringIO()):  # babel complains of values that are put together, which are no texts
        for folder, pattern, method in sources:
            for file, line, message, _, _ in extract_from_dir(folder, [(pattern, method)], keywords=KEYWORDS):
                for text in message if isinstance(message, tuple) else (message,):
                    places.setdefault(str(text), (f"{folder.name}/{file}", line))
    return places
