"""The command line: help with examples, exit codes, quiet in a pipe, clear words for wrong options."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import PROJECT, run
from in_process import run as run_here
from small_project import own_templates, small_project

from plansite.load import load_site
from plansite.load.records import FILES
from plansite.load.schema import schema_name, schemas


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["serve"], ["schema"], ["ingest"]])
def test_help_shows_examples(command: list[str]) -> None:
    done = (run_here if command else run)(*command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout and f"python build.py {' '.join(command)}".strip() in done.stdout


def test_an_unknown_option_is_exit_status_2() -> None:
    done = run("--no-such-option")
    assert done.returncode == 2
    assert "No such option" in done.stderr and "Traceback" not in done.stderr


def test_a_wrong_address_is_exit_status_2() -> None:
    done = run("build", "--base-url", "example.org")
    assert done.returncode == 2
    assert "'example.org' does not start with http:// or https://" in done.stderr


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
    assert count == "1 fault; nothing was published."


def test_a_port_in_use_is_told(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--project", project, "--port", port, "--no-search")
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: " in done.stderr and "choose another port with --port" in done.stderr


def test_ctrl_c_leaves_the_old_site(tmp_path: Path) -> None:
    (tmp_path / "site/data").mkdir(parents=True)
    (tmp_path / "site/data/datapackage.json").write_text("old")
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--out", str(tmp_path / "site")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in errors
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/data/datapackage.json").read_text() == "old"


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
