"""The same data makes the same bytes, whatever the machine's settings: on the small project, in a few seconds.

`identical_builds.py` does the same with two clones of the whole site.
"""

from __future__ import annotations

from pathlib import Path

from conftest import PROJECT
from identical_builds import FIRST, SECOND, build, differences
from small_project import small_project


def test_builds_in_other_circumstances_have_the_same_manifest(tmp_path: Path) -> None:
    """Other locale, time zone, seed of hashes, number of processes, folder; and once from what a build kept."""
    projects = {}
    for given in (FIRST, SECOND):
        folder = tmp_path / given.folder
        folder.mkdir(parents=True)
        projects[given.name] = small_project(folder)
    first, _ = build(PROJECT, projects[FIRST.name], FIRST)
    second, _ = build(PROJECT, projects[SECOND.name], SECOND)
    assert differences(first, second) == []
    again, _ = build(PROJECT, projects[SECOND.name], FIRST)
    assert differences(first, again) == []
    assert b'"pagefind/' in first and b'"images/' in first
