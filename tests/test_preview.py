"""The live preview: an edit is seen at once, then the whole site follows; a fault stands in the place of the page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import PROJECT
from playwright.sync_api import Browser, expect
from small_project import own_templates, small_project

MEASURE = "en/plans/testdistrict-14/measures/straw-burning-ban/"
FILE = "data/plans/testdistrict-14/measures/02.yaml"
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small_project(tmp_path_factory.mktemp("project"))
    own_templates(made)
    return made


@pytest.fixture(scope="module")
def address(project: Path, browser: Browser) -> Iterator[str]:
    """Where the preview is; in the end it stops at Ctrl-C and leaves no process behind.

    Who looks while the site is built for the first time is told so, and sees the site when it is there.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, str(PROJECT / "build.py"), "serve", "--project", str(project), "--port", port, "--no-search"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "Building the site first …\n"
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/en/")
        expect(page.get_by_role("heading", level=1)).to_have_text("The site is being built")
        while "Look at" not in (line := process.stdout.readline()):
            assert line, "the preview ended"
        expect(page.get_by_role("heading", level=1)).not_to_have_text(
            "The site is being built", timeout=PATIENCE * 1000
        )
        assert page.get_by_role("banner").count()
        page.close()
        yield f"http://127.0.0.1:{port}/"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        process.kill()


@pytest.fixture
def edit(project: Path) -> Iterator[Callable[[str, str], None]]:
    """Replaces a text of the file of the measure; in the end the file is as it was."""
    path = project / FILE
    before = path.read_text(encoding="utf-8")

    def replace(old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    yield replace
    path.write_text(before, encoding="utf-8")


def shown(url: str) -> str:
    try:
        with urllib.request.urlopen(url) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return error.read().decode()


def wait_for(url: str, text: str) -> str:
    end = time.monotonic() + PATIENCE
    while text not in (page := shown(url)):
        assert time.monotonic() < end, f"{text!r} is not in {page}"
        time.sleep(0.02)
    return page


def test_an_open_page_shows_an_edit_and_the_other_pages_follow(
    address: str, browser: Browser, edit: Callable[[str, str], None]
) -> None:
    page = browser.new_page()
    page.goto(address + MEASURE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Straw-burning ban")
    edit("en: Straw-burning ban", "en: No straw burning")
    expect(page.get_by_role("heading", level=1)).to_have_text("No straw burning", timeout=PATIENCE * 1000)
    page.close()
    wait_for(f"{address}en/plans/testdistrict-14/measures/", "No straw burning")


def test_a_fault_of_a_file_stands_in_the_place_of_the_page(address: str, edit: Callable[[str, str], None]) -> None:
    edit("topics: [straw]", "topicz: [straw]")
    page = wait_for(address + MEASURE, "unknown field &#x27;topicz&#x27;")
    assert f"<code>{FILE}, line 13, column 3</code>" in page
    assert "<span class=here>   13    topicz: [straw]</span>" in page
    edit("topicz: [straw]", "topics: [straw]")
    wait_for(address + MEASURE, "Straw-burning ban</h1>")


def test_a_fault_that_only_the_whole_data_shows_does_too(address: str, edit: Callable[[str, str], None]) -> None:
    edit("topics: [straw]", "topics: [strw]")
    assert f"<code>{FILE}, line 13, " in wait_for(address + MEASURE, "unknown topic &#x27;strw&#x27;")
    edit("topics: [strw]", "topics: [straw]")
    wait_for(address + MEASURE, "Straw-burning ban")


def test_a_fault_in_a_template_stands_there_until_it_is_mended(
    address: str, project: Path, edit: Callable[[str, str], None]
) -> None:
    template = project / "templates/measure.html"
    right = template.read_text(encoding="utf-8")
    template.write_text(right.replace("measure.title", "measured.title", 1), encoding="utf-8")
    page = wait_for(address + MEASURE, "&#x27;measured&#x27; is undefined")
    assert "<code>templates/measure.html, line 8, " in page
    edit("en: Straw-burning ban", "en: No straw burning")
    edit("en: No straw burning", "en: Straw-burning ban")
    template.write_text(right, encoding="utf-8")
    wait_for(address + MEASURE, "Straw-burning ban</h1>")


def test_a_page_is_told_to_reload_only_when_it_looks_different(address: str, edit: Callable[[str, str], None]) -> None:
    def told(path: str) -> list[str]:
        with urllib.request.urlopen(f"{address}-/events?/{path}", timeout=PATIENCE) as events:
            edit("en: Straw-burning ban", f"en: Ban {len(path)}")
            lines = [events.readline().decode().strip()]
        edit(f"en: Ban {len(path)}", "en: Straw-burning ban")
        wait_for(address + MEASURE, "Straw-burning ban")
        return lines

    assert told(MEASURE) == ["data: rebuilt"]
    assert told("en/about/") == [": still here"]


def test_the_preview_leaves_the_site_alone(address: str, project: Path) -> None:
    assert shown(address).startswith("<!doctype html>")
    assert not (project / "site").exists()
