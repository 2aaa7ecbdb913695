"""What a host sends with the site: one list, and no page that its policy would break."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from conftest import BASE, run
from header_host import headers_of, host, read_rules
from page_kinds import KINDS, OUTSIDE, REVISED, build_revised
from playwright.sync_api import Browser, Page

from plansite.publish.security_headers import CONTENT_SECURITY_POLICY, RULES, apache, nginx, static_host

URL = "https://example.org/plans/"
WATCH = """addEventListener('securitypolicyviolation', (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});"""

Opened = tuple[Page, list[str]]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """A page, and what it complains of: violations of the policy, errors, requests to other hosts."""
    page = browser.new_page()
    complaints: list[str] = []
    page.add_init_script(WATCH)
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield page, complaints
    page.close()


def test_no_kind_of_page_goes_against_the_policy(opened: Opened, site: Path) -> None:
    page, complaints = opened
    with host(site.parent, BASE) as url:
        for number, (name, kind) in enumerate(KINDS.items()):
            answer = page.goto(f"{url}{('zh', 'en')[number % 2]}/{kind.address}")
            assert answer and answer.ok, name
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert complaints == [], (name, complaints)
        for kind in OUTSIDE.values():
            page.goto(url + kind.address)
            assert complaints == [], (kind, complaints)


def test_the_search_runs_under_the_policy(opened: Opened, site: Path) -> None:
    page, complaints = opened
    with host(site.parent, BASE) as url:
        for locale, query in (("zh", "秸秆"), ("en", "straw")):
            page.goto(f"{url}{locale}/search/?q={query}")
            page.wait_for_selector("[data-search-results] a")
            assert complaints == [], (locale, complaints)


def test_nor_do_the_pages_of_a_revised_plan(opened: Opened, tmp_path: Path) -> None:
    page, complaints = opened
    build_revised(tmp_path / "project", tmp_path / "host" / "plans", "http://localhost:8000/plans/")
    with host(tmp_path / "host", BASE) as url:
        for name, kind in REVISED.items():
            page.goto(f"{url}en/{kind.address}")
            assert complaints == [], (name, complaints)


def test_a_page_cannot_be_shown_in_the_frame_of_another(opened: Opened, site: Path) -> None:
    page, complaints = opened
    with host(site.parent, BASE) as url:
        page.goto(f"{url}404.html")
        page.set_content(f'<iframe src="{url.replace("127.0.0.1", "localhost")}en/"></iframe>')
        page.wait_for_timeout(300)
        assert any("frame" in complaint for complaint in complaints), complaints


def sent(path: str) -> dict[str, str]:
    """The headers that the list has for a path below the site's root."""
    found: dict[str, str] = {}
    for rule in RULES:
        found |= rule.headers if fnmatchcase(path, rule.paths) else {}
    return found


def test_the_file_for_static_hosts_says_what_the_list_says() -> None:
    rules = read_rules(static_host(URL))
    for path in (
        "en/",
        "assets/site.0123456789.css",
        "pagefind/zh/index/0a.pf_index",
        "en/changes/feed.xml",
        "data/plans.json",
        "data/targets.csv",
    ):
        assert headers_of(rules, f"/plans/{path}") == sent(path), path
    assert "Cache-Control" not in sent("en/") and "immutable" in sent("assets/a.js")["Cache-Control"]


def test_every_header_stands_in_every_sample() -> None:
    for text in (nginx(URL), apache(URL), static_host(URL)):
        assert f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'" in text
        for rule in RULES:
            assert all(value in text for value in rule.headers.values()), rule


def test_the_samples_are_made_for_the_address_of_the_site() -> None:
    done = run("headers", "nginx", "--base-url", "https://example.org/elsewhere")
    assert done.returncode == 0 and "server_name example.org;" in done.stdout
    assert '"~^/elsewhere/assets/.*$"' in done.stdout
    assert run("headers", "iis").returncode == 2
