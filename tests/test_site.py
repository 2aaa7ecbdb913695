"""The whole built site: valid HTML, links that lead somewhere, true addresses, nothing inline."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from conftest import run
from page_kinds import ADDRESSES


@pytest.fixture(scope="session")
def pages(html_files: dict[str, str]) -> dict[str, BeautifulSoup]:
    return {path: BeautifulSoup(text, "html.parser") for path, text in html_files.items()}


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_every_kind_of_page_is_there(site: Path, locale: str, address: str) -> None:
    assert (site / locale / address / "index.html").is_file()


def test_both_languages_mirror_each_other(html_files: dict[str, str]) -> None:
    zh = {path[3:] for path in html_files if path.startswith("zh/")}
    en = {path[3:] for path in html_files if path.startswith("en/")}
    assert zh == en
    assert len(zh) > 250


def test_every_page_parses_without_error(html_files: dict[str, str]) -> None:
    for path, text in html_files.items():
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        parser.parse(text)
        assert parser.errors == [], (path, parser.errors[:3])


def test_every_link_leads_to_a_page_and_an_anchor_that_exist(
    site: Path, server: str, pages: dict[str, BeautifulSoup]
) -> None:
    ids = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    for path, page in pages.items():
        here = server + path.removesuffix("index.html")
        for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action")):
            for element in page.find_all(tag, attrs={attribute: True}):
                target = urlsplit(urljoin(here, element[attribute]))
                address = target._replace(fragment="", query="").geturl()
                if not address.startswith(server):
                    assert target.scheme in ("http", "https", "mailto") and element.name == "a", (
                        path,
                        element[attribute],
                    )
                    continue
                goal = unquote(address.removeprefix(server))
                goal += "index.html" if goal == "" or goal.endswith("/") else ""
                assert (site / goal).is_file(), (path, element[attribute])
                if target.fragment and goal in ids:
                    assert unquote(target.fragment) in ids[goal], (path, element[attribute])


def test_ids_are_unique_and_references_resolve(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), (path, [id for id in ids if ids.count(id) > 1][:3])
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for tag in page.find_all(attrs={attribute: True}):
                assert set(tag[attribute].split()) <= set(ids), (path, attribute, tag[attribute])


def test_each_page_has_one_title_one_heading_and_headings_in_order(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        assert len(page.head.find_all("title")) == 1, path
        assert len(page.find_all("h1")) == 1, path
        levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
        steps = [later - earlier for earlier, later in pairwise(levels)]
        assert max(steps, default=0) <= 1, (path, levels)
        description = page.find("meta", attrs={"name": "description"})["content"]
        assert 8 <= len(description) <= 280, (path, description)


def test_titles_and_descriptions_tell_pages_apart(pages: dict[str, BeautifulSoup]) -> None:
    for locale in ("zh", "en"):
        titles = [page.title.string for path, page in pages.items() if path.startswith(f"{locale}/")]
        assert len(titles) == len(set(titles)), sorted(title for title in titles if titles.count(title) > 1)


def test_language_versions_point_at_each_other(pages: dict[str, BeautifulSoup], server: str) -> None:
    for path, page in pages.items():
        if not path.startswith(("zh/", "en/")):
            continue
        address = path.removesuffix("index.html")
        assert page.html["lang"] == {"zh": "zh-Hans", "en": "en"}[path[:2]]
        assert page.find("link", rel="canonical")["href"] == server + address
        alternates = {tag["hreflang"]: tag["href"] for tag in page.find_all("link", rel="alternate", hreflang=True)}
        assert alternates["zh-Hans"] == f"{server}zh/{address[3:]}"
        assert alternates["en"] == f"{server}en/{address[3:]}"
        assert alternates["x-default"] in (server, alternates["zh-Hans"])
        switch = page.find("a", class_="language-switch")
        assert urljoin(server + address, switch["href"]) == server + {"zh": "en", "en": "zh"}[path[:2]] + address[2:]


def test_nothing_is_inline_and_the_policy_is_strict(pages: dict[str, BeautifulSoup]) -> None:
    for path, page in pages.items():
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert not page.find_all("style"), path
        for tag in page.find_all(True):
            assert "style" not in tag.attrs, (path, tag.name)
            assert not [name for name in tag.attrs if name.startswith("on")], (path, tag.name)
        for script in page.find_all("script"):
            assert script.get("src") or script["type"] == "application/ld+json", path


def test_linked_data_parses_and_speaks_of_its_page(pages: dict[str, BeautifulSoup], server: str) -> None:
    for path, page in pages.items():
        if not path.startswith(("zh/", "en/")):
            continue
        scripts = page.find_all("script", type="application/ld+json")
        assert len(scripts) == 1, path
        data = json.loads(scripts[0].string)
        assert data["@context"] == "https://schema.org", path
        kinds = {node["@type"] for node in data.get("@graph", [data])}
        if path.endswith("index.html") and path not in ("zh/index.html", "en/index.html"):
            assert "BreadcrumbList" in kinds, path
        if "/measures/" in path and not path.endswith("measures/index.html"):
            assert "Legislation" in kinds, path
            assert server + path.removesuffix("index.html") in scripts[0].string


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
