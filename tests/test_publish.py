"""The finished tree is swapped in whole; what did not change is not written."""

from __future__ import annotations

import os
from pathlib import Path

from plansite.publish.claim import claimed
from plansite.publish.tree import Published, Tree


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def publish(files: dict[str, bytes], out: Path) -> Published:
    with Tree(out) as tree:
        tree.add_all(files)
        return tree.publish()


def test_the_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish({"a.txt": b"1", "b/c.txt": b"2"}, out)
    done = publish({"a.txt": b"1", "b/d.txt": b"3"}, out)
    assert tree(out) == {"a.txt": b"1", "b/d.txt": b"3"}
    assert (done.written, done.kept, done.removed) == (1, 1, 1)


def test_unchanged_files_keep_their_time_stamp(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish({"same.txt": b"1", "other.txt": b"2"}, out)
    for path in out.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    publish({"same.txt": b"1", "other.txt": b"3"}, out)
    assert (out / "same.txt").stat().st_mtime == 1_000_000_000
    assert (out / "other.txt").stat().st_mtime != 1_000_000_000


def test_nothing_is_left_beside_the_site(tmp_path: Path) -> None:
    publish({"a.txt": b"1"}, tmp_path / "site")
    publish({"a.txt": b"2"}, tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    for name in (".site.1234.ab_12xyz", ".site.1234.ab_12xyz.old", ".site.notes.txt", ".sites.1.a"):
        (tmp_path / name).mkdir()
    (tmp_path / "site").mkdir()
    with claimed(tmp_path / "site", tmp_path / "project"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.notes.txt", ".sites.1.a", "site"]
