"""What the tests share: one built site, served below a sub-path, and one browser."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from find_browser import find_browser
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = PROJECT.parent / "shared" / "sources"
BASE = "/plans/"  # the site is served below a folder, as on many hosts

BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

Run = Callable[..., subprocess.CompletedProcess[str]]


def run(*arguments: str | Path, cwd: Path = PROJECT, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """`python build.py ARGUMENTS` as a maintainer would type it."""
    command = [sys.executable, str(PROJECT / "build.py"), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """Address of the served site; known before the site is built, so that its absolute addresses are true."""
    yield _server.url


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once."""
    out = tmp_path_factory.mktemp("host") / "plans"
    done = run("build", "--out", out, "--base-url", _server.url)
    assert done.returncode == 0, done.stderr
    _server.folder = out.parent
    return out


@pytest.fixture(scope="session")
def server(site: Path) -> str:
    """Base URL at which the built site is served, ending in a slash."""
    return _server.url


class _Server:
    """A static host without any setting, one for the whole session."""

    def __init__(self) -> None:
        self.folder = PROJECT
        handler = type("Handler", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: partial(handler, directory=str(self.folder))(*a))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}{BASE}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()


_server = _Server()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    assert path, "no browser found: run tests/find_browser.py --install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """open_page(path, **context options): the page at a path of the site, in a fresh context.

    Whatever the page sends to another host, prints as an error or refuses for its policy fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def watch(page: Page) -> None:
        page.on("request", lambda r: None if r.url.startswith((server, "data:", "blob:")) else complaints.append(r.url))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))

    def open_(path: str, **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(server + path, wait_until="load")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture(scope="session")
def soup(site: Path) -> Callable[[str], BeautifulSoup]:
    """soup(path): the parsed page at a path such as 'en/plans/jingyue-14/'."""
    return lambda path: BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def html_files(site: Path) -> dict[str, str]:
    """Path of each HTML file of the site → its text."""
    return {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def document() -> str:
    """The official document of jingyue-14 without white space; tests that need it say so when it is not there."""
    path = SOURCES / "jingyue-14.txt"
    if not path.is_file():
        pytest.skip("the official documents are not at hand (../shared/sources)")
    return "".join(path.read_text(encoding="utf-8").split())
