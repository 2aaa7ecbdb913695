"""What changed between two sites, told in both languages."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from in_process import run
from small_project import small_project

from plansite.pipeline import finish
from plansite.publish.manifest import manifest_of
from plansite.publish.release_notes import read_release, release_notes

BASE = "https://example.org/plans/"
MEASURE = "en/plans/testdistrict-14/measures/straw-burning-ban/"


class Copy:
    """A site in memory."""

    def __init__(self, files: dict[str, bytes], made_from: dict[str, str]) -> None:
        digests = {path: sha256(content).hexdigest() for path, content in files.items()}
        self.files = files | {"manifest.json": manifest_of(digests, BASE, made_from)}

    def read(self, path: str) -> bytes:
        return self.files[path]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return dict(finish(small_project(tmp_path_factory.mktemp("project")), BASE, with_images=False).files)


def edited(files: dict[str, bytes], name: str, edit: Any) -> dict[str, bytes]:
    """The files after a change of one file of the open data."""
    data = json.loads(files[f"data/{name}.json"])
    edit(data)
    return files | {f"data/{name}.json": json.dumps(data).encode()}


def notes(old: dict[str, bytes], new: dict[str, bytes], made_from: dict[str, str] | None = None) -> str:
    return release_notes(read_release(Copy(old, {})), read_release(Copy(new, made_from or {})))


def test_nothing_new_is_said_so_in_both_languages(files: dict[str, bytes]) -> None:
    told = notes(files, files)
    assert "数据没有变化。" in told and "The data did not change." in told


def test_a_changed_measure_is_linked_and_its_changed_fields_named(files: dict[str, bytes]) -> None:
    def edit(data: Any) -> None:
        record = next(each for each in data["measures"] if each["id"] == "straw-burning-ban")
        record["summary"]["en"] = "Another summary."
        record["locator"] = "9.9.9"

    told = notes(files, edited(files, "measures", edit))
    line = next(line for line in told.splitlines() if f"{BASE}{MEASURE}" in line)
    assert line.startswith("- Changed: [") and line.endswith("→ 9.9.9; summary")
    assert "### 任务" in told and f"{BASE}zh/plans/testdistrict-14/measures/straw-burning-ban/" in told


def test_a_number_is_told_with_what_it_was(files: dict[str, bytes]) -> None:
    def edit(data: Any) -> None:
        data["targets"][0]["value"] = 30

    assert "value 32 → 30" in notes(files, edited(files, "targets", edit))


def test_new_and_removed_records_are_named(files: dict[str, bytes]) -> None:
    fewer = edited(files, "notes", lambda data: data["notes"].clear())
    assert "- Editors’ notes" not in notes(fewer, files)
    assert "- New: [Two targets for PM2.5 (Test District plan)]" in notes(fewer, files)
    assert "- 不再列出：PM2.5目标有两个（试验区规划）" in notes(files, fewer)


def test_maintainers_learn_of_gone_pages_and_a_changed_program(files: dict[str, bytes]) -> None:
    fewer = {path: content for path, content in files.items() if path != f"{MEASURE}index.html"}
    told = notes(files, fewer, {"plansite/html/render.py": "0" * 64})
    assert f"- Gone: {MEASURE}index.html" in told
    assert "- Changed in `plansite/`: 1 file" in told


def test_markup_in_the_data_stays_text(files: dict[str, bytes]) -> None:
    def edit(data: Any) -> None:
        data["notes"][0]["title"] = {"zh": "a*b", "en": "<b>[x](y)"}

    assert r"\<b\>\[x\](y)" in notes(files, edited(files, "notes", edit))


def test_the_command_takes_folders(files: dict[str, bytes], tmp_path: Path) -> None:
    for path, content in Copy(files, {}).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    done = run("release-notes", tmp_path, tmp_path)
    assert done.returncode == 0 and "The data did not change." in done.stdout
    (tmp_path / "manifest.json").unlink()
    done = run("release-notes", tmp_path, tmp_path)
    assert done.returncode == 1 and "expected the manifest.json of a site" in done.stderr
