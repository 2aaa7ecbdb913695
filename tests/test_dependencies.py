"""Every package the program needs is used, has a lowest version, is pinned for the published site, and free."""

from __future__ import annotations

from conftest import PROJECT
from dependency_audit import declared, faults
from lowest_versions import lowest


def test_packages_are_used_declared_pinned_and_free() -> None:
    assert faults(PROJECT) == []


def test_each_has_a_lowest_version_that_can_be_tried() -> None:
    assert len(lowest(PROJECT)) == len(declared(PROJECT))


def test_the_readme_says_why_each_is_there() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8").lower()
    table = text[text.index("## dependencies") :]
    assert [name for name in declared(PROJECT) if name not in table] == []
