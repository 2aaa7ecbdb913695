"""The copy for the reader's own disk: opened from there in a browser, with nothing that serves it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import run as run_apart
from in_process import run
from playwright.sync_api import Browser, Page
from small_project import small_project

from plansite.check.check_site import follow_links, read_links
from plansite.publish.manifest import read_manifest
from plansite.publish.offline import page as offline_page
from plansite.publish.verify_site import Folder, verify


class Offline(NamedTuple):
    project: Path
    zip: Path
    site: Path


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Offline:
    folder = tmp_path_factory.mktemp("offline")
    project = small_project(tmp_path_factory.mktemp("project"))
    done = run_apart("build", "--project", project, "--no-images")
    assert done.returncode == 0, done.stderr
    done = run("offline", folder / "copy.zip", "--project", project)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "copy.zip") as archive:
        archive.extractall(folder / "规划 copy")  # a path as readers have it
    return Offline(project, folder / "copy.zip", folder / "规划 copy" / "site")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may ask for files only and has nothing to complain of."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(("file:", "blob:")) else complaints.append(r.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page
    page.close()
    assert not complaints, complaints


def test_from_the_first_page_to_a_search_and_its_result(offline: Offline, page: Page) -> None:
    page.goto((offline.site / "index.html").as_uri())
    page.click("a[href='en/index.html']")
    page.fill("form[role=search] input", "straw")
    page.press("form[role=search] input", "Enter")
    page.wait_for_selector("[data-search-results] a")
    assert page.url.endswith("/en/search/index.html?q=straw")
    page.click("[data-search-results] h3 a")
    page.wait_for_url("**/index.html*")
    assert "straw" in page.inner_text("h1").lower()


def test_chinese_is_found_and_another_query_can_be_typed(offline: Offline, page: Page) -> None:
    page.goto(f"{(offline.site / 'zh/search/index.html').as_uri()}?q=秸秆")
    page.wait_for_selector("[data-search-results] mark")
    assert "秸秆" in page.inner_text("[data-search-results]")
    page.fill("form[role=search] input", "没有这个词")
    page.wait_for_selector("[data-search-empty]:not([hidden])")


def test_the_jump_box_leads_to_a_number(offline: Offline, page: Page) -> None:
    page.goto((offline.site / "en/jump/index.html").as_uri())
    locators = json.loads((offline.site / "data/locators.json").read_text(encoding="utf-8"))
    plan = locators["plans"]["testdistrict-14"]
    number = next(iter(plan["measures"]))
    page.fill("#jump", f"testdistrict-14 {number}")
    page.press("#jump", "Enter")
    page.wait_for_url(f"**/measures/{plan['measures'][number]}/index.html")


def test_a_quotation_names_the_published_address(offline: Offline, page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = async (text) => { window.copiedText = text; };")
    address = "en/plans/testdistrict-14/measures/straw-burning-ban/"
    page.goto((offline.site / address / "index.html").as_uri())
    page.click("button[data-quote] >> nth=0")
    page.wait_for_function("window.copiedText")
    assert f"\nhttps://example.org/plans/{address}#a1" in page.evaluate("window.copiedText")


def test_every_link_leads_to_a_file(offline: Offline) -> None:
    files = {path.relative_to(offline.site).as_posix() for path in offline.site.rglob("*") if path.is_file()}
    pages = {
        name: read_links((offline.site / name).read_text(encoding="utf-8")) for name in files if name.endswith(".html")
    }
    assert follow_links(pages, files, "/").faults == []
    for name, found in pages.items():
        for link in found.links:
            assert "://" in link or not link.partition("#")[0].partition("?")[0].endswith("/"), (name, link)


def test_the_same_site_makes_the_same_zip(offline: Offline, tmp_path: Path) -> None:
    assert run("offline", tmp_path / "again.zip", "--project", offline.project).returncode == 0
    assert (tmp_path / "again.zip").read_bytes() == offline.zip.read_bytes()


def test_it_can_be_checked_file_by_file(offline: Offline) -> None:
    manifest = read_manifest((offline.site / "manifest.json").read_bytes(), "")
    assert verify(Folder(offline.site), manifest).good
    assert list(manifest.made_from) == ["manifest.json"]


def test_it_says_what_it_is_in_both_languages(offline: Offline) -> None:
    with zipfile.ZipFile(offline.zip) as archive:
        text = archive.read("READ-ME.txt").decode()
    assert "https://example.org/plans/" in text and "离线" in text and "without a connection" in text


def test_a_site_without_search_is_refused(tmp_path: Path) -> None:
    done = run("offline", tmp_path / "copy.zip", "--site", tmp_path)
    assert done.returncode == 1 and "expected a finished site" in done.stderr
    assert not (tmp_path / "copy.zip").exists()


def test_a_file_that_is_no_zip_by_its_name_is_a_wrong_option(tmp_path: Path) -> None:
    done = run("offline", tmp_path / "copy.tar", "--site", tmp_path)
    assert done.returncode == 2 and "copy.tar' does not end in .zip" in done.stderr


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ('<a href="../">', '<a href="../index.html">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="plans/#a2">', '<a href="plans/index.html#a2">'),
        ('<form action="../search/" ', '<form action="../search/index.html" '),
        ('content="0; url=../air/">', None),
        ('<a href="#a2">', '<a href="#a2">'),
        ('<a href="data.json">', '<a href="data.json">'),
        ('<a href="https://example.org/">', '<a href="https://example.org/">'),
        ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
    ],
)
def test_links_to_folders_become_links_to_files(link: str, file: str | None) -> None:
    if file is None:
        link, file = (
            f'<meta http-equiv="refresh" {link}',
            '<meta http-equiv="refresh" content="0; url=../air/index.html">',
        )
    assert offline_page("en/index.html", f"</head>{link}").endswith(f"</head>{file}")
