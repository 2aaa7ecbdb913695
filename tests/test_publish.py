"""The finished tree is swapped in whole; what did not change is not written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from conftest import PROJECT
from small_project import small_project

from plansite.publish import Published, Tree


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
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f".site.{dead.pid}.xyz").mkdir()
    publish({"a.txt": b"1"}, tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    """Six builds of a changed copy of the site, each killed a little later; what is served is always old or new."""
    project, out = small_project(tmp_path / "project"), tmp_path / "site"
    command = [
        sys.executable,
        str(PROJECT / "build.py"),
        "build",
        "--project",
        str(project),
        "--out",
        str(out),
        "--no-search",
    ]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    old = tree(out)

    path = project / "data/site.yaml"
    renamed = re.sub(r"en: [^,}]+}", "en: Other Plans}", path.read_text(encoding="utf-8"), count=1)
    path.write_text(renamed, encoding="utf-8")
    subprocess.run([*command[:-2], str(tmp_path / "other"), "--no-search"], check=True, capture_output=True)
    new = tree(tmp_path / "other")
    assert old != new

    for step in range(6):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * (0.4 + 0.11 * step))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert tree(out) in (old, new), f"half a site after a build killed at step {step}"
    subprocess.run(command, check=True, capture_output=True)
    assert tree(out) == new
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def test_a_killed_build_leaves_no_process_behind(tmp_path: Path) -> None:
    """Each language has a process of its own; whoever kills the build ends them all."""
    project = small_project(tmp_path / "project")
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--project", str(project), "--no-search"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while process.poll() is None and len(of_session(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 60
    while of_session(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert of_session(process.pid) == []


def of_session(leader: int) -> list[int]:
    """The processes of a session (Linux: field 6 of /proc/PID/stat, see proc(5)); elsewhere none can be told."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found
