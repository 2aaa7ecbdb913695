"""Runs the quick tests with the lowest version of every package that pyproject.toml allows.

    python tests/lowest_versions.py [--keep FOLDER] [PYTEST ARGUMENTS …]

Makes a virtual environment of its own with those versions and pytest; needs a connection to the package index. The
lower bounds in pyproject.toml are those with which this passes.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
QUICK = (
    "test_crawl.py",
    "test_manifest.py",
    "test_release_notes.py",
    "test_packing.py",
    "test_data_faults.py",
    "test_numerals.py",
    "test_outline.py",
    "test_prose.py",
    "test_readers.py",
    "test_publish.py",
    "test_translations.py",
    "test_revise_small.py",
)
"""Tests without a browser and without the whole site, which together use every package."""
TOOLS = ("pytest", "reportlab", "html5lib", "jsonschema", "playwright")
"""What these tests need to be loaded, in any version."""


def lowest(project: Path) -> list[str]:
    """Every package that the program needs, as NAME==LOWEST. Raises ValueError for one without a lower bound."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = []
    for line in table["dependencies"]:
        match = re.fullmatch(r"([\w.\-]+(?:\[[\w,]+\])?)(?:>=|==)([\w.]+)", line)
        if not match:
            raise ValueError(f"pyproject.toml: '{line}': expected NAME>=VERSION")
        found.append(f"{match[1]}=={match[2]}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="make the environment in this folder, or use the one that is there")
    given, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="lowest-") as folder:
        place = given.keep or Path(folder)
        python = place / "bin" / "python"
        if not python.exists():
            venv.create(place, with_pip=True)
            packages = [*lowest(PROJECT), *TOOLS]
            subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        tests = rest or [str(PROJECT / "tests" / name) for name in QUICK]
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", *tests]
        sys.exit(subprocess.run(command, cwd=PROJECT, check=False).returncode)


if __name__ == "__main__":
    main()
