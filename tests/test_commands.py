"""The command line: help with examples, exit codes, quiet in a pipe, clear words for wrong options."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import PROJECT, run
from in_process import run as run_here
from small_project import own_templates, small_project

from plansite.commands import COMMANDS
from plansite.load import load_site
from plansite.load.records import FILES
from plansite.load.schema import schema_name, schemas
from plansite.publish.claim import MARK


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_examples_and_the_exit_status(command: str) -> None:
    done = run_here(command, "--help") if command else run("--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout and f"python build.py {command}".strip() in done.stdout
    assert not command or re.search(r"Exit status: 0 [^;]+; 1 [^;]+;\s+2 wrong options\.", done.stdout)


def test_an_unknown_option_is_exit_status_2() -> None:
    done = run("--no-such-option")
    assert done.returncode == 2
    assert "No such option" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["build"], ["headers", "nginx"]])
def test_a_wrong_address_is_exit_status_2(command: list[str]) -> None:
    done = run_here(*command, "--base-url", "example.org")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'example.org' does not start with http:// or https://" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["families", "--plan", "testdistrikt-14"],
        ["check", "--sources", ".", "--plan", "testdistrikt-14"],
        ["reviewed", "testdistrikt-14"],
        ["revise", "README.md", "--edition", "2026-03", "--plan", "testdistrikt-14"],
    ],
)
def test_an_unknown_plan_is_exit_status_2_with_the_nearest_name(command: list[str], project: Path) -> None:
    done = run_here(*command, "--project", project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no plan 'testdistrikt-14'; expected one of" in done.stderr
    assert "did you mean 'testdistrict-14'?" in done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("project"))


def test_a_build_in_a_pipe_prints_one_line(project: Path) -> None:
    assert run("permalinks", "--project", project).returncode == 0
    done = run("build", "--project", project, "--no-search")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1 and "pages in" in done.stdout


def test_a_folder_that_cannot_be_written_is_told(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = run("build", "--project", project, "--out", tmp_path / "file" / "site", "--no-search")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "1 fault; nothing was published." in done.stderr


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ("{{ view.no_such_thing }}", "'view' is undefined"),
        ("{% if %}", "Expected an expression, got 'end of statement block'"),
        ("{% include 'nowhere.html' %}", "nowhere.html"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check", "permalinks"])
def test_a_fault_in_a_template_is_told_with_its_line(command: str, mistake: str, told: str, tmp_path: Path) -> None:
    project = small_project(tmp_path)
    path = own_templates(project) / "measure.html"
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(number for number, line in enumerate(lines, 1) if "{% block main %}" in line)
    path.write_text("\n".join([*lines[:number], mistake, *lines[number:]]), encoding="utf-8")
    done = run_here(command, "--project", project, *(["--no-search"] if command == "build" else []))
    assert done.returncode == 1
    fault, count = done.stderr.splitlines()
    assert fault.startswith(f"templates/measure.html:{number + 1}:1: ") and told in fault
    outcome = {"build": "; nothing was published", "check": "", "permalinks": "; nothing was written"}[command]
    assert count == f"1 fault{outcome}."


def test_a_port_in_use_is_told(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--project", project, "--port", port, "--no-search")
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: " in done.stderr and "choose another port with --port" in done.stderr


@pytest.mark.parametrize("command", ["build", "check", "permalinks", "serve"])
def test_a_terminal_shows_what_is_being_done(command: str, tmp_path: Path) -> None:
    project = small_project(tmp_path)
    with on_a_terminal(command, "--project", str(project)) as (process, terminal):
        shown = read_until(terminal, "Following every link …")
        if command == "serve":
            assert shown.startswith("Building the site first …")
            shown += read_until(terminal, "Look at http://")
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    stages = ["Reading and checking the data …", "Writing the pages …", "Following every link …"]
    places = [shown.index(stage) for stage in stages]
    assert places == sorted(places)


@pytest.mark.parametrize("command", ["build", "check", "permalinks"])
def test_ctrl_c_is_exit_status_130_and_leaves_everything_as_it_was(command: str, tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (project / "site/data").mkdir(parents=True)
    (project / "site" / MARK).write_text("{}", encoding="utf-8")  # by which a build knows a site
    before = files(project)
    with on_a_terminal(command, "--project", str(project)) as (process, terminal):
        read_until(terminal, "Writing the pages …")
        process.send_signal(signal.SIGINT)
        shown = read_until(terminal, "Stopped.")
        assert process.wait(timeout=60) == 130
    assert "Traceback" not in shown
    assert files(project) == before


def files(project: Path) -> dict[Path, bytes]:
    """All but what is kept to save time, with the bytes."""
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and ".cache" not in path.parts}


@contextmanager
def on_a_terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command with a terminal of its own, and the end from which that is read."""
    terminal, end = pty.openpty()
    process = subprocess.Popen([sys.executable, str(PROJECT / "build.py"), *arguments], stdout=end, stderr=end)
    os.close(end)
    try:
        yield process, terminal
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def read_until(terminal: int, text: str) -> str:
    """What the terminal shows until a text has come."""
    shown, deadline = b"", time.monotonic() + 60
    while text.encode() not in shown:
        assert time.monotonic() < deadline and select.select([terminal], [], [], 60)[0], shown.decode()
        shown += os.read(terminal, 1 << 16)
    return shown.decode()


def test_the_schemas_are_up_to_date() -> None:
    folder = PROJECT / "data/schema"
    for name, text in schemas(load_site(PROJECT)).items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"run: python build.py schema ({name})"


def test_the_real_data_fits_the_schemas() -> None:
    for pattern in FILES:
        schema = json.loads((PROJECT / "data/schema" / f"{schema_name(pattern)}.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        for path in (PROJECT / "data").glob(pattern):
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            jsonschema.validate(json.loads(json.dumps(data, default=str)), schema)


def test_every_data_file_names_its_schema() -> None:
    for pattern in FILES:
        for path in (PROJECT / "data").glob(pattern):
            first = path.read_text(encoding="utf-8").split("\n", 1)[0]
            assert first.startswith("# yaml-language-server: $schema="), path
            assert (path.parent / first.split("=", 1)[1]).resolve().is_file(), path
