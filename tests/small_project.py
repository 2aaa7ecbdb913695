"""A whole project that builds in a second or two: the plans of `two_plans/` with the vocabularies of `small_data/`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from conftest import PROJECT

TESTS = Path(__file__).resolve().parent


def small_project(folder: Path) -> Path:
    """Make the project in an empty folder; its articles have the keys of the real ones, one sentence each, and the
    headings that have an id of their own."""
    for source in ("two_plans", "small_data"):
        shutil.copytree(TESTS / source, folder / "data", dirs_exist_ok=True)
    for pattern in ("*/about.md", "*/about/*.md"):
        for path in (PROJECT / "content").glob(pattern):
            _stub(path, folder)
    for name in ("templates", "static"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def own_templates(project: Path) -> Path:
    """Give the project a copy of the templates, to change; returns their folder."""
    folder = project / "templates"
    folder.unlink()
    shutil.copytree(PROJECT / "templates", folder)
    return folder


def _stub(path: Path, folder: Path) -> None:
    text = path.read_text(encoding="utf-8")
    front, headings = text.split("---\n")[1], re.findall(r"^#+ .*\{#.*\}$", text, re.MULTILINE)
    target = folder / path.relative_to(PROJECT)
    target.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(["试验。" if "zh" in path.parts else "A test.", *headings])
    target.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")
