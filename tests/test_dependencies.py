"""Every package the program needs is used, has a lowest version, is pinned for the published site, and free."""

from __future__ import annotations

import tomllib

import pytest
from conftest import PROJECT
from dependency_audit import declared, faults
from lowest_versions import lowest
from packaging.requirements import Requirement


def test_packages_are_used_declared_pinned_and_free() -> None:
    assert faults(PROJECT) == []


def test_each_has_a_lowest_version_that_can_be_tried() -> None:
    assert len(lowest(PROJECT)) == len(declared(PROJECT))


@pytest.mark.parametrize(("readme", "heading"), [("README.md", "## Dependencies"), ("README.zh.md", "## 依赖的软件包")])
def test_the_readme_says_why_each_is_there(readme: str, heading: str) -> None:
    text = (PROJECT / readme).read_text(encoding="utf-8")
    table = text[text.index(heading) :].lower()
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    assert [line for line in lines if Requirement(line).name.lower() not in table] == []
