"""A build that takes over what did not change makes the very site that a build from nothing makes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT
from in_process import run
from small_project import small_project

Edit = Callable[[Path], None]


def build(project: Path, *options: str) -> str:
    done = run("build", "--project", project, "--no-search", "--no-images", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def site(project: Path) -> dict[str, bytes]:
    root = project / "site"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def replace(name: str, old: str, new: str) -> Edit:
    def edit(project: Path) -> None:
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("project"))
    for name in ("templates", "static"):  # copies, to be edited
        (project / name).unlink()
        shutil.copytree(PROJECT / name, project / name)
    build(project)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project", symlinks=True, copy_function=_link))


def _link(source: str, target: str) -> None:
    """Hard links for the site, as a build makes them; true copies of what the tests edit."""
    if "/site/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def test_with_nothing_changed_nothing_is_written(project: Path) -> None:
    before = {path: path.stat().st_ino for path in (project / "site").rglob("*.html")}
    build(project)
    assert "(0 files written" in build(project)
    assert {path: path.stat().st_ino for path in (project / "site").rglob("*.html")} == before


DATA = (
    replace("data/plans/testdistrict-14/measures/02.yaml", "en: Straw-burning ban", "en: No straw burning"),
    replace("data/vocab/topics.yaml", "en: Crop straw", "en: Straw of crops"),
)
FRAME = (
    replace("templates/base.html", "</footer>", "<!-- another --></footer>"),
    replace("content/en/about/method.md", "A test.", "Another test."),
)


@pytest.mark.parametrize(("edits", "pages"), [(DATA, 6), (FRAME, 20)], ids=["data", "frame"])
def test_after_an_edit_the_site_is_that_of_a_build_from_nothing(
    project: Path, edits: tuple[Edit, ...], pages: int
) -> None:
    for edit in edits:
        edit(project)
    before = site(project)
    build(project)
    after = site(project)
    changed = [path for path in after if path.endswith(".html") and after[path] != before.get(path)]
    assert len(changed) >= pages
    for name in ("site", ".cache"):
        shutil.rmtree(project / name)
    build(project)
    assert site(project) == after


def test_a_file_of_the_site_that_somebody_changed_is_put_right(project: Path) -> None:
    before = site(project)
    page = project / "site/en/index.html"
    page.unlink()
    page.write_bytes(b"somebody's page")
    (project / "site/more.html").write_bytes(b"more")
    told = build(project)
    assert "1 removed" in told and site(project) == before


def test_other_options_make_another_site(project: Path) -> None:
    build(project, "--base-url", "https://example.org/plans/")
    assert json.loads(site(project)["manifest.json"])["base_url"] == "https://example.org/plans/"
    assert b"https://example.org/plans/en/" in site(project)["en/index.html"]


def test_a_strict_build_is_refused_again_though_nothing_changed(project: Path) -> None:
    told = build(project)
    assert "To do before publishing" in told
    assert told.partition("To do")[2] == build(project).partition("To do")[2]
    done = run("build", "--project", project, "--no-search", "--no-images", "--strict")
    assert done.returncode == 1


def test_what_was_kept_may_be_lost_or_spoilt(project: Path) -> None:
    before = site(project)
    for path in (project / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"?")
    build(project)
    assert site(project) == before
