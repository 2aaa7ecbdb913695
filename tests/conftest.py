"""What the tests share: one built site, served below a sub-path to all test processes, and one browser for each."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from find_browser import find_browser
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from plansite.load import DataError, load_site
from plansite.load.record_cache import CACHE

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

LONGEST = (
    "accessibility",
    "faults",
    "search",
    "data_faults",
    "readers",
    "site",
    "search_index",
    "hostile_input",
    "ingest",
    "permalinks",
    "shared_measures",
    "open_data_plans",
    "commands",
    "headers",
    "preview",
    "reading",
    "incremental",
    "identical_builds",
    "family_suggestions",
)
"""The files of tests that take longest, the longest first; the second needs no site, which the first builds."""

BUILD_SECONDS = 600
TOLD = "told.txt"
HOST = pytest.StashKey[tuple[Path, str]]()
"""The folder that is served, and the address of the site in it."""

Run = Callable[..., subprocess.CompletedProcess[str]]


def real_project(folder: Path) -> Path:
    """A copy of the real data and articles that a test may spoil; what did not change in it is not parsed again."""
    _load_real()
    for name in ("data", "content", CACHE):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("templates", "static"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


@cache
def _load_real() -> None:
    """Keeps the records of the real data for the copies. Faults are for the tests of the real data to tell."""
    with suppress(DataError):
        load_site(PROJECT)


def run(*arguments: str | Path, cwd: Path = PROJECT, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """`python build.py ARGUMENTS` as a maintainer would type it."""
    command = [sys.executable, str(PROJECT / "build.py"), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False)


def pytest_configure(config: pytest.Config) -> None:
    """The process that directs the tests serves the folder in which one of them builds the site.

    Ctrl-C, which a shell lets nobody hear who runs in the background, is heard by the programs that the tests start.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="plansite-tests-"))
        config.stash[HOST] = (folder, _serve(folder))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no process is left with one when the others have done."""
    place = {f"test_{name}": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def pytest_unconfigure(config: pytest.Config) -> None:
    if HOST in config.stash:
        shutil.rmtree(config.stash[HOST][0], ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand folder and address to a test process of pytest-xdist."""
    folder, url = node.config.stash[HOST]
    node.workerinput["host"] = (str(folder), url)


@pytest.fixture(scope="session")
def host(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """The served folder, and the address of the site in it, ending in a slash."""
    given = getattr(request.config, "workerinput", {}).get("host") or request.config.stash[HOST]
    return Path(given[0]), given[1]


@pytest.fixture(scope="session")
def base_url(host: tuple[Path, str]) -> str:
    """Address of the served site; known before the site is built, so that its absolute addresses are true."""
    return host[1]


@pytest.fixture(scope="session")
def site(host: tuple[Path, str]) -> Path:
    """The real site, built once by the process that needs it first; the others wait for it."""
    folder, url = host
    out, told = folder / BASE.strip("/"), folder / TOLD
    try:
        (folder / ".building").mkdir()
    except FileExistsError:
        deadline = time.monotonic() + BUILD_SECONDS
        while not told.exists() and not (folder / ".failed").exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert told.exists(), "the build of the site failed in another test process"
        return out
    done = run("build", "--out", out, "--base-url", url, timeout=BUILD_SECONDS)
    if done.returncode:
        (folder / ".failed").touch()
    assert done.returncode == 0, done.stderr
    told.with_suffix(".new").write_text(done.stdout, encoding="utf-8")
    told.with_suffix(".new").rename(told)
    return out


@pytest.fixture(scope="session")
def told(host: tuple[Path, str], site: Path) -> str:
    """What the build of the real site said."""
    return (host[0] / TOLD).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def server(site: Path, base_url: str) -> str:
    """Base URL at which the built site is served, ending in a slash."""
    return base_url


def _serve(folder: Path) -> str:
    """A static host without any setting; the address of the site on it."""
    handler = type("Handler", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{http.server_port}{BASE}"


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
