"""The whole built site: valid HTML, links that lead somewhere, true addresses, nothing inline."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from built_pages import BuiltPage, malformed, read_built
from conftest import run
from page_kinds import ADDRESSES

EVERY = 20
"""Of the pages in the order of their addresses, so many-th are parsed as browsers do, beside one of each kind."""


@pytest.fixture(scope="module")
def pages(html_files: dict[str, str]) -> dict[str, BuiltPage]:
    return {path: read_built(text) for path, text in html_files.items()}


@pytest.fixture(scope="module")
def inside(pages: dict[str, BuiltPage]) -> dict[str, BuiltPage]:
    """The pages of the two languages."""
    return {path: page for path, page in pages.items() if path.startswith(("zh/", "en/"))}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_every_kind_of_page_is_there(site: Path, locale: str, address: str) -> None:
    assert (site / locale / address / "index.html").is_file()


def test_both_languages_mirror_each_other(html_files: dict[str, str]) -> None:
    zh = {path[3:] for path in html_files if path.startswith("zh/")}
    en = {path[3:] for path in html_files if path.startswith("en/")}
    assert zh == en
    assert len(zh) > 250


def test_the_markup_of_every_page_is_in_order(html_files: dict[str, str], pages: dict[str, BuiltPage]) -> None:
    for path, text in html_files.items():
        assert list(malformed(text)) == [], path
        assert pages[path].nesting == (), path


SPOILT = (
    "<p>a & b</p>",
    "<p>a < b</p>",
    "<p>a &amp b</p>",
    "<p>a &nothing",
    "<p>\x01</p>",
    "<p id=a>a</p>",
    '<p id="a" id="b">a</p>',
    '<p title="a>a</p>',
    "<p/>",
    "<span>a",
    "a</span>",
    "<b><i>a</b></i>",
    "<ul><li>a</ul>",
    "</br>",
    "<!-- a -- b -->",
    "<h2>a</h3>",
)
NESTED = (
    "<p><ul></ul></p>",
    '<a href="x"><a href="y">b</a></a>',
    "<form><form></form></form>",
    "<p><p>a</p></p>",
    "<h2>a</h3>",
)


@pytest.mark.parametrize("spoilt", SPOILT)
def test_markup_out_of_order_is_found(html_files: dict[str, str], spoilt: str) -> None:
    text = html_files["en/index.html"]
    assert list(malformed(text.replace("<h1", f"{spoilt}<h1", 1))) != []


@pytest.mark.parametrize("nested", NESTED)
def test_elements_in_one_another_that_may_not_be_are_found(html_files: dict[str, str], nested: str) -> None:
    assert read_built(html_files["en/index.html"].replace("<h1", f"{nested}<h1", 1)).nesting != ()


def test_pages_parse_without_error(html_files: dict[str, str]) -> None:
    """By the rules of the HTML standard: a page of each kind, every article, and some of all others."""
    kinds = {f"{locale}/{address}index.html" for locale in ("zh", "en") for address in ADDRESSES.values()}
    articles = {path for path in html_files if "/about/" in path or "/" not in path}
    for path in sorted(kinds | articles | {*list(html_files)[::EVERY]}):
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        parser.parse(html_files[path])
        assert parser.errors == [], (path, parser.errors[:3])


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(
    site: Path, server: str, pages: dict[str, BuiltPage]
) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    ids = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        here = server + path.removesuffix("index.html")
        for tag, _, address in page.links:
            target = urlsplit(urljoin(here, address))
            whole = target._replace(fragment="", query="").geturl()
            if not whole.startswith(server):
                assert target.scheme in ("http", "https", "mailto") and tag == "a", (path, address)
                continue
            goal = unquote(whole.removeprefix(server))
            goal += "index.html" if goal == "" or goal.endswith("/") else ""
            assert goal in files, (path, address)
            if target.fragment and goal in ids:
                assert unquote(target.fragment) in ids[goal], (path, address)


def test_ids_are_unique_and_references_resolve(pages: dict[str, BuiltPage]) -> None:
    for path, page in pages.items():
        ids = set(page.ids)
        assert len(page.ids) == len(ids), (path, [id for id in page.ids if page.ids.count(id) > 1][:3])
        for attribute, names in page.references:
            assert set(names.split()) <= ids, (path, attribute, names)


def test_each_page_has_one_title_one_heading_and_headings_in_order(pages: dict[str, BuiltPage]) -> None:
    for path, page in pages.items():
        assert len(page.titles) == 1, path
        assert page.headings.count(1) == 1, path
        steps = [later - earlier for earlier, later in pairwise(page.headings)]
        assert max(steps, default=0) <= 1, (path, page.headings)
        assert 8 <= len(page.description) <= 280, (path, page.description)


def test_titles_tell_pages_apart(inside: dict[str, BuiltPage]) -> None:
    for locale in ("zh", "en"):
        titles = Counter(page.titles for path, page in inside.items() if path.startswith(f"{locale}/"))
        assert [title for title, count in titles.items() if count > 1] == []


def test_language_versions_point_at_each_other(inside: dict[str, BuiltPage], server: str) -> None:
    for path, page in inside.items():
        address = path.removesuffix("index.html")
        assert page.language == {"zh": "zh-Hans", "en": "en"}[path[:2]]
        assert page.canonical == server + address
        assert page.alternates["zh-Hans"] == f"{server}zh/{address[3:]}"
        assert page.alternates["en"] == f"{server}en/{address[3:]}"
        assert page.alternates["x-default"] in (server, page.alternates["zh-Hans"])
        assert urljoin(server + address, page.switch) == server + {"zh": "en", "en": "zh"}[path[:2]] + address[2:]


def test_nothing_is_inline_and_the_policy_is_strict(pages: dict[str, BuiltPage]) -> None:
    for path, page in pages.items():
        assert "default-src 'none'" in page.policy and "unsafe" not in page.policy, path
        assert page.inline == (), path


def test_linked_data_parses_and_speaks_of_its_page(inside: dict[str, BuiltPage], server: str) -> None:
    for path, page in inside.items():
        (text,) = page.data
        data = json.loads(text)
        assert data["@context"] == "https://schema.org", path
        kinds = {node["@type"] for node in data.get("@graph", [data])}
        if path.endswith("index.html") and path not in ("zh/index.html", "en/index.html"):
            assert "BreadcrumbList" in kinds, path
        if "/measures/" in path and not path.endswith("measures/index.html"):
            assert "Legislation" in kinds, path
            assert server + path.removesuffix("index.html") in text


def test_the_sitemap_names_every_page_and_its_twin(site: Path, server: str, html_files: dict[str, str]) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = {}
    for url in ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", space):
        twins = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", space)}
        urls[url.findtext("s:loc", namespaces=space)] = twins
    expected = {server + path.removesuffix("index.html") for path in html_files if path.startswith(("zh/", "en/"))}
    assert expected <= set(urls) <= expected | {server}
    for address, twins in urls.items():
        assert address == server or address in twins.values()


def test_the_root_offers_both_languages_without_a_script(site: Path) -> None:
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    links = {tag["href"] for tag in page.find_all("a", href=True)}
    assert {"zh/", "en/"} <= {link.removeprefix("./") for link in links}
    assert "中文" in page.body.get_text() and "English" in page.body.get_text()


def test_the_page_for_unknown_addresses_works_anywhere(site: Path, server: str) -> None:
    page = BeautifulSoup((site / "404.html").read_text(encoding="utf-8"), "html.parser")
    for tag in page.find_all(["a", "link"], href=True):
        assert not tag["href"].startswith("../"), tag["href"]
        assert urljoin(server + "en/no/such/page/", tag["href"]).startswith(server) or tag["href"].startswith("http")


def test_two_builds_are_identical(site: Path, tmp_path: Path, server: str) -> None:
    again = tmp_path / "again"
    done = run("build", "--out", again, "--base-url", server)
    assert done.returncode == 0, done.stderr
    one = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    two = {path.relative_to(again).as_posix(): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def test_a_build_with_nothing_changed_writes_nothing(site: Path, server: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    done = run("build", "--out", site, "--base-url", server)
    assert done.returncode == 0, done.stderr
    assert "(0 files written" in done.stdout
    assert before == {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
