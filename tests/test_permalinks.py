"""Permanence: every published address is listed, a build that would lose one is refused, redirects answer for it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from in_process import run
from playwright.sync_api import Browser
from small_project import small_project
from test_history import revised

from plansite.errors import BuildError
from plansite.load import DataError, load_site
from plansite.pipeline import finish

LIST = "data/permalinks.txt"
OLD = "plans/testdistrict-14/measures/pump-stations/"
NEW = "plans/testdistrict-14/measures/pumping-stations/"
WHY = "why: {zh: 标识改正。, en: The id was corrected.}"
MOVED = f"- {{from: {OLD}, to: {NEW}, {WHY}}}\n"
PROJECTS = "plans/testdistrict-14/projects/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with all its addresses in the list."""
    project = small_project(tmp_path_factory.mktemp("published"))
    done = run("permalinks", "--project", project)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(published: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return copy(published, tmp_path)


def copy(published: Path, folder: Path) -> Path:
    return Path(shutil.copytree(published, folder / "project", symlinks=True))


def rename(project: Path, old: str, new: str) -> None:
    """An id in every data file but the list of addresses."""
    for path in (project / "data").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"{old}\n", f"{new}\n").replace(f"[{old}]", f"[{new}]"), encoding="utf-8")


def redirect(project: Path, text: str) -> None:
    (project / "data/redirects.yaml").write_text(text, encoding="utf-8")


def refused(project: Path) -> list[str]:
    """The faults for which a build is refused."""
    try:
        finish(project)
    except (BuildError, DataError) as error:
        return str(error).splitlines()
    return []


def lines(project: Path) -> list[str]:
    return (project / LIST).read_text(encoding="utf-8").splitlines()


def page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")


# --- the list -----------------------------------------------------------------------------------------------------


def test_the_list_of_the_site_is_complete(told: str) -> None:
    """A build that misses one says so, as the test of a strict build shows on the small project."""
    assert "pages in" in told and LIST not in told


def test_the_list_holds_pages_things_on_them_and_data(published: Path) -> None:
    found = lines(published)
    assert found == sorted(set(found))
    assert {
        "./",
        OLD,
        f"{OLD}#a1",
        "plans/testdistrict-14/indicators/#i1",
        "plans/testdistrict-14/indicators/#goal-carbon-intensity",
        "plans/testdistrict-14/progress/#c2",
        "plans/testdistrict-14/chapters/2/#s1",
        "plans/testcity-action/districts/#task-city-straw",
        f"{PROJECTS}#pump-station-works",
        "notes/testdistrict-14/#testdistrict-14-fine-particles-twice",
        "about/glossary/#straw",
        "changes/#2026-11-24-2",
        "changes/feed.xml",
        "plans/testdistrict-14/feed.xml",
        "data/measures.json",
        "data/measures/testdistrict-14/pump-stations.json",
        "plans/testdistrict-14/measures/pump-stations.json",
    } <= set(found)
    assert not [line for line in found if line.endswith(("#main", "#q", "#cite", "#who"))]


def test_the_list_does_not_depend_on_where_the_site_is_published(published: Path) -> None:
    assert finish(published, "https://other.example/").unregistered == []


def test_the_command_only_adds(project: Path) -> None:
    before = lines(project)
    assert "Nothing new" in run("permalinks", "--project", project).stdout
    (project / LIST).write_text("".join(f"{line}\n" for line in before if line != OLD), encoding="utf-8")
    done = run("permalinks", "--project", project)
    assert done.returncode == 0 and f"+ {OLD}\n1 new, {len(before)} in {LIST}." in done.stdout
    assert lines(project) == before
    rename(project, "pump-stations", "pumping-stations")
    done = run("permalinks", "--project", project)
    assert done.returncode == 1 and lines(project) == before  # an address would be lost: nothing is written
    redirect(project, MOVED)
    assert run("permalinks", "--project", project).returncode == 0
    assert set(lines(project)) == {*before, NEW, f"{NEW}#a1", *(line.replace("pump-", "pumping-") for line in TWINS)}


TWINS = ("data/measures/testdistrict-14/pump-stations.json", "plans/testdistrict-14/measures/pump-stations.json")


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (lambda found: [*found[:3], found[2], *found[3:]], 4, "a second time (first in line 3)"),
        (lambda found: [found[1], found[0], *found[2:]], 2, "'./' after 'about/'"),
        (lambda found: [*found[:5], "", *found[5:]], 6, "an empty line"),
        (lambda found: [*found[:5], "/en/about/", *found[5:]], 6, "'/en/about/'"),
        (lambda found: [*found[:5], "<<<<<<< HEAD", *found[5:]], 6, "'<<<<<<< HEAD'"),
    ],
)
def test_a_spoilt_list_is_told_with_its_line(
    project: Path, change: Callable[[list[str]], list[str]], line: int, words: str
) -> None:
    (project / LIST).write_text("".join(f"{each}\n" for each in change(lines(project))), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_site(project)
    (fault,) = error.value.faults
    assert str(fault).startswith(f"{LIST}:{line}:1: ") and words in str(fault)


# --- what would be lost -------------------------------------------------------------------------------------------


def test_a_measure_that_vanished_stops_the_build(project: Path) -> None:
    assert run("build", "--project", project, "--no-search").returncode == 0
    rename(project, "pump-stations", "pumping-stations")
    done = run("build", "--project", project, "--no-search")
    assert done.returncode == 1
    line = lines(project).index(OLD) + 1
    assert done.stderr.splitlines() == [
        f"{LIST}:{line}:1: the published address '{OLD}' (with its 1 anchor and 2 files), which nothing answers; "
        f"the nearest now is '{NEW}'; expected the page, or a redirect in data/redirects.yaml, or an entry in "
        "data/plans/testdistrict-14/withdrawn.yaml",
        "1 fault; nothing was published.",
    ]
    assert (project / f"site/en/{OLD}index.html").is_file()  # the old site stays


def test_a_project_that_vanished_stops_the_build(project: Path) -> None:
    rename(project, "pump-station-works", "pumping-station-works")
    (fault,) = refused(project)
    near = f"{PROJECTS}#pumping-station-works"
    assert f"'{PROJECTS}#pump-station-works', which nothing answers; the nearest now is '{near}'" in fault
    assert fault.endswith("expected the anchor, or a redirect in data/redirects.yaml")


def test_a_data_file_keeps_its_name(project: Path) -> None:
    added = sorted([*lines(project), "data/measure.json"])
    (project / LIST).write_text("".join(f"{line}\n" for line in added), encoding="utf-8")
    (fault,) = refused(project)
    assert "'data/measure.json', which nothing answers; the nearest now is 'data/measures.json'" in fault
    assert fault.endswith("expected the file; programs read it, keep its name")


def test_a_withdrawn_measure_is_answered_by_its_page(tmp_path: Path, published: Path) -> None:
    project = revised(tmp_path)
    shutil.copy(published / LIST, project / LIST)
    done = finish(project)
    assert f"en/{OLD}index.html" in done.files
    for path in (TWINS[0], f"en/{TWINS[1]}"):
        told = json.loads(done.files[path])
        assert told["withdrawn"]["fate"] == "merged"
        assert told["withdrawn"]["into"] == ["testdistrict-14/straw-burning-ban"]


# --- strict -------------------------------------------------------------------------------------------------------


def test_a_strict_build_wants_every_address_in_the_list(project: Path) -> None:
    kept = [line for line in lines(project) if line != OLD]
    (project / LIST).write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    told = f"1 address is not in {LIST} ('{OLD}' …): write them there with 'build.py permalinks'"
    done = run("build", "--project", project, "--no-search")
    assert done.returncode == 0 and f"To do before publishing: {told}" in done.stdout
    done = run("build", "--project", project, "--no-search", "--strict")
    assert done.returncode == 1 and told in done.stderr


# --- redirects ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moved(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site after a measure and a project got other ids, both redirected."""
    project = copy(published, tmp_path_factory.mktemp("host"))
    rename(project, "pump-stations", "pumping-stations")
    rename(project, "pump-station-works", "pumping-station-works")
    anchor = f"- {{from: {PROJECTS}#pump-station-works, to: {PROJECTS}#pumping-station-works, {WHY}}}\n"
    gone = "- {from: topics/pumps/, why: {zh: 这个主题取消了。, en: The topic was given up.}}\n"
    redirect(project, MOVED + anchor + gone)
    done = run("build", "--project", project, "--no-search")
    assert done.returncode == 0, done.stderr
    return project / "site"


def test_a_moved_page_says_where_it_went_in_both_languages(moved: Path) -> None:
    for locale, why, title in (("zh", "标识改正。", "泵站"), ("en", "The id was corrected.", "Pumping stations")):
        found = page(moved, f"{locale}/{OLD}")
        assert why in found.main.get_text()
        link = found.main.find("a", attrs={"data-moved-to": True})
        assert link["href"] == f"../../../../../{locale}/{NEW}" and title in link.get_text()
        refresh = found.find("meta", attrs={"http-equiv": "refresh"})
        assert refresh["content"] == f"0; url=../../../../../{locale}/{NEW}"
        assert found.find("link", rel="canonical")["href"] == f"https://example.org/plans/{locale}/{NEW}"
        assert found.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert "data-pagefind-body" not in str(found.main)
    assert OLD not in (moved / "sitemap.xml").read_text(encoding="utf-8")


def test_hosts_that_can_redirect_are_told(moved: Path) -> None:
    assert (moved / "_redirects").read_text(encoding="utf-8").splitlines() == [
        f"/plans/{locale}/{OLD} /plans/{locale}/{NEW} 301" for locale in ("zh", "en")
    ]


def test_the_record_of_a_moved_measure_says_where_it_went(moved: Path) -> None:
    for path in (TWINS[0], f"zh/{TWINS[1]}"):
        told = json.loads((moved / path).read_text(encoding="utf-8"))["moved"]
        assert told["to"]["en"] == f"https://example.org/plans/en/{NEW}"
        assert told["why"] == {"zh": "标识改正。", "en": "The id was corrected."}


def test_a_page_that_leads_nowhere_says_why(moved: Path) -> None:
    found = page(moved, "en/topics/pumps/")
    assert "The topic was given up." in found.main.get_text()
    assert not found.find("meta", attrs={"http-equiv": "refresh"}) and not found.main.find("a")


def test_a_moved_thing_keeps_its_anchor(moved: Path) -> None:
    for locale in ("zh", "en"):
        found = page(moved, f"{locale}/{PROJECTS}").find(id="pump-station-works")
        assert found.find_parent("main") and found.find_parent("section").h2
        assert found.a["href"] == f"../../../../{locale}/{PROJECTS}#pumping-station-works"


@pytest.mark.parametrize("scripts", [True, False])
def test_old_addresses_lead_a_browser_on(browser: Browser, moved: Path, scripts: bool) -> None:
    handler = partial(type("Handler", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(moved)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    context = browser.new_context(java_script_enabled=scripts)
    try:
        for locale, title in (("zh", "泵站"), ("en", "Pumping stations")):
            tab = context.new_page()
            tab.goto(f"{root}{locale}/{OLD}#a1", wait_until="commit")
            tab.wait_for_url(f"{root}{locale}/{NEW}{'#a1' if scripts else ''}")
            assert title in tab.inner_text("h1")
    finally:
        context.close()
        server.shutdown()


IMPOSSIBLE = [
    (f"- {{from: topics/straw/, to: plans/, {WHY}}}", 10, "'topics/straw/', which is a page; expected an address that"),
    (f"- {{from: topics/a/, to: topics/strw/, {WHY}}}", 25, "'topics/strw/', which is not there; expected an address"),
    (f"- {{from: topics/b/, to: {PROJECTS}#pumps, {WHY}}}", 25, f"did you mean '{PROJECTS}'?"),
    (f"- {{from: topics/old/#a1, to: plans/, {WHY}}}", 10, "'topics/old/#a1', an anchor where no page is"),
    (f"- {{from: {NEW}#a1, to: plans/, {WHY}}}", 10, f"'{NEW}#a1', which is there; expected an anchor that is no more"),
]


def test_redirects_that_the_pages_belie_are_told_with_their_places(project: Path) -> None:
    rename(project, "pump-stations", "pumping-stations")
    redirect(project, MOVED + "".join(f"{entry}\n" for entry, _, _ in IMPOSSIBLE))
    found = refused(project)
    assert len(found) == len(IMPOSSIBLE)
    for line, (fault, (_, column, words)) in enumerate(zip(found, IMPOSSIBLE, strict=True), 2):
        assert fault.startswith(f"data/redirects.yaml:{line}:{column}: ") and words in fault


CONTRADICTORY = [
    (f"- {{from: topics/old/, to: topics/old/, {WHY}}}", 27, "which leads round in a circle"),
    (f"- {{from: topics/old/, to: {OLD}, {WHY}}}", 27, f"which is redirected itself; expected '{NEW}'"),
    (f"- {{from: topics/old/, to: {OLD}#a1, {WHY}}}", 27, f"which is redirected itself; expected '{NEW}'"),
    (f"- {{from: {OLD}, to: plans/, {WHY}}}", 10, f"'{OLD}' a second time (first in line 1)"),
    (f"- {{from: data/plan.json, to: plans/, {WHY}}}", 10, "'data/plan.json'; expected an address below the language"),
    ("- {from: topics/old/, why: {zh: 改了2次。, en: Changed 3 times.}}", 44, "expected the same numbers"),
]


@pytest.mark.parametrize(("entry", "column", "words"), CONTRADICTORY)
def test_redirects_that_cannot_be_are_told_with_their_place(project: Path, entry: str, column: int, words: str) -> None:
    redirect(project, f"{MOVED}{entry}\n")
    with pytest.raises(DataError) as error:
        load_site(project)
    (fault,) = map(str, error.value.faults)
    assert fault.startswith(f"data/redirects.yaml:2:{column}: ") and words in fault
