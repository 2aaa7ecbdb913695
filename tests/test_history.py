"""Editions: old versions stay readable, what was withdrawn keeps its address, a later plan says what it continues."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from in_process import run
from small_project import small_project

from plansite.load import DataError, load_site

PLAN = "data/plans/testdistrict-14"
OLD = f"{PLAN}/editions/2022-06"
Soup = Callable[[str], BeautifulSoup]


def swap(project: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Replace each old text, which must be there, by the new one."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, f"{name} does not hold {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def faults(project: Path) -> list[str]:
    try:
        load_site(project)
    except DataError as error:
        return [str(fault) for fault in error.faults]
    return []


def revised(folder: Path) -> Path:
    """The small project with a second edition: a number changed, a body left, one measure was merged into the other."""
    project = small_project(folder)
    shutil.copytree(project / PLAN, folder / "old")
    (project / PLAN / "editions").mkdir()
    (folder / "old").rename(project / OLD)
    swap(project, f"{PLAN}/plan.yaml", ("edition: 2022-06", "edition: 2024-03-05"))
    measures = (project / f"{PLAN}/measures/02.yaml").read_text(encoding="utf-8")
    kept = measures.split("- id: pump-stations")[0]
    (project / f"{PLAN}/measures/02.yaml").write_text(kept, encoding="utf-8")
    swap(
        project,
        f"{PLAN}/measures/02.yaml",
        ("32微克/立方米", "29微克/立方米"),
        ("32 µg/m³", "29 µg/m³"),
        ("value: 32", "value: 29"),
        ("春秋两季巡查，", "全年巡查，建设泵站，"),
        ("patrols in spring and autumn", "patrols all year and pumping stations"),
        ("Patrol in spring and autumn", "Patrol all year and build pumping stations"),
        ("    with: [区农业和水务局]\n", ""),
    )
    swap(project, f"{PLAN}/notes.yaml", ("任务写32", "任务写29"), ("task says 32", "task says 29"), ('"32"', '"29"'))
    alike = "  alike: {zh: 没有不同, en: Nothing differs}\n"
    number = (
        "  differences:\n    - facet: number\n      what: {zh: PM2.5浓度, en: PM2.5 concentration}\n      values:\n"
        '        testcity-action: {zh: "32", en: "32"}\n        testdistrict-14: {zh: "29", en: "29"}\n'
    )
    swap(project, "data/shared-measures/two-plans.yaml", (alike, number))
    (project / f"{PLAN}/withdrawn.yaml").write_text(
        "- id: pump-stations\n  last: 2022-06\n  fate: merged\n  into: [straw-burning-ban]\n"
        "  text: {zh: 泵站写进了那项任务。, en: Its stations are named there.}\n",
        encoding="utf-8",
    )
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return revised(tmp_path)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Soup:
    """The built pages of the revised project, with a plan that follows."""
    project = revised(tmp_path_factory.mktemp("project"))
    later(project)
    out = tmp_path_factory.mktemp("out") / "site"
    done = run("build", "--project", project, "--out", out, "--no-search")
    assert done.returncode == 0, done.stderr
    return lambda path: BeautifulSoup((out / path / "index.html").read_text(encoding="utf-8"), "html.parser")


def later(project: Path) -> None:
    """A plan of the next period in the same district: it continues one measure."""
    new = project / "data/plans/testdistrict-15"
    shutil.copytree(project / PLAN, new, ignore=shutil.ignore_patterns("editions", "withdrawn.yaml"))
    swap(
        project,
        "data/plans/testdistrict-15/plan.yaml",
        ("id: testdistrict-14", "id: testdistrict-15"),
        ("edition: 2024-03-05", "edition: 2026-04\nfollows: testdistrict-14"),
        ("period: [2021, 2025]", "period: [2026, 2030]"),
        ("“十四五”规划", "“十五五”规划"),
        ("14th Five-Year", "15th Five-Year"),
        ("试验区规划", "试验区新规划"),
        ("Test District plan", "New Test District plan"),
    )
    swap(project, "data/plans/testdistrict-15/projects.yaml", ("    measures: [pump-stations]\n", ""))
    (new / "succession.yaml").write_text(
        "- measure: straw-burning-ban\n  relation: continues\n  earlier: [straw-burning-ban]\n"
        "- relation: drops\n  earlier: [pump-stations]\n"
        "  how: {zh: 没有再提泵站。, en: Stations are not named again.}\n",
        encoding="utf-8",
    )
    particular = project / "data/particular-measures/two-plans.yaml"
    with particular.open("a", encoding="utf-8") as file:
        file.write("- measure: testdistrict-15/straw-burning-ban\n  why: {zh: 新规划, en: New plan}\n")


def text(soup: BeautifulSoup) -> str:
    main = soup.find("main")
    assert main
    return " ".join(main.get_text(" ").split())


# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_measure_says_which_edition_it_restates_and_leads_to_its_versions(pages: Soup) -> None:
    page = pages("en/plans/testdistrict-14/measures/straw-burning-ban")
    assert "Edition restated: 5 March 2024" in text(page)
    versions = page.find("a", string="All versions")
    assert versions and versions["href"].endswith("en/plans/testdistrict-14/measures/straw-burning-ban/history/")


def test_every_version_of_a_measure_can_be_read_with_what_changed(pages: Soup) -> None:
    page = pages("en/plans/testdistrict-14/measures/straw-burning-ban/history")
    newer, older = page.select("section.version")
    assert (newer.find("h2")["id"], older.find("h2")["id"]) == ("edition-2024-03-05", "edition-2022-06")
    assert "numbers, responsible bodies, what is to be done" in newer.get_text()
    target = newer.select_one(".changed-targets li")
    assert target and target.find("del").get_text() == "≤32\u00a0µg/m³ (2025)"
    assert target.find("ins").get_text() == "≤29\u00a0µg/m³ (2025)"
    action = newer.select_one(".actions li")
    assert action and "all year" in action.find("ins").get_text() and "in spring" in action.find("del").get_text()
    assert "Patrol in spring and autumn; PM2.5 is at most 32 µg/m³ by 2025." in older.get_text()


def test_the_history_of_a_plan_tells_what_the_edition_changed(pages: Soup) -> None:
    page = text(pages("en/plans/testdistrict-14/history"))
    assert "From the edition of June 2022 to that of 5 March 2024" in page
    assert "1 number changed, 1 measure changed, 1 measure withdrawn" in page
    assert "It was merged into: 2.1.1 Straw-burning ban" in page
    chinese = text(pages("zh/plans/testdistrict-14/history"))
    assert "1个数字有变化、1项任务有变化、撤下1项任务" in chinese


def test_a_withdrawn_measure_answers_at_its_old_address(pages: Soup) -> None:
    page = pages("zh/plans/testdistrict-14/measures/pump-stations")
    said = text(page)
    assert "这项任务在2022年6月版中是2.1.2。现行版（2024年3月5日）已经没有它。" in said
    assert "已并入： 2.1.1 秸秆禁烧" in said and "泵站写进了那项任务。" in said
    assert "建设泵站。" in said
    assert page.select_one("#a1"), "its published anchor is kept"


def test_what_speaks_of_a_withdrawn_measure_leads_to_its_page(pages: Soup) -> None:
    links = pages("en/plans/testdistrict-14/projects").select("a[href*='measures/pump-stations/']")
    assert links and "Pumping stations" in links[0].get_text()


def test_a_later_plan_stands_beside_the_earlier_and_says_what_it_continues(pages: Soup) -> None:
    new = text(pages("en/plans/testdistrict-15/measures/straw-burning-ban"))
    assert "Continues Straw-burning ban Test District plan" in new
    old = text(pages("en/plans/testdistrict-14/measures/straw-burning-ban"))
    assert "Continued by Straw-burning ban New Test District plan" in old
    page = text(pages("en/plans/testdistrict-15/history"))
    assert "2.1.2 Pumping stations Dropped Stations are not named again." in page
    district = text(pages("en/districts/testdistrict"))
    assert "Test District plan" in district and "New Test District plan" in district


def test_a_plan_of_later_years_leaves_nothing_out_of_the_earlier_comparison(pages: Soup) -> None:
    matrix = pages("en/shared/silence").select_one("table.matrix")
    assert matrix and [cell["class"][0] for cell in matrix.select("tbody tr:not(.group) td")] == [
        "there",
        "there",
        "apart",
    ]


def test_a_plan_with_one_edition_says_so(pages: Soup) -> None:
    page = text(pages("en/plans/testcity-action/history"))
    assert "There is one so far" in page and "From the edition" not in page


def test_what_awaits_review_is_told_to_the_reader(tmp_path: Path) -> None:
    project = revised(tmp_path)
    swap(project, f"{PLAN}/measures/02.yaml", ("  topics: [straw]", "  topics: [straw]\n  needs_review: [zh, en]"))
    (project / f"{PLAN}/new-tasks.yaml").write_text(
        "- at: {chapter: 2, section: 1, item: 2}\n  heading: 水库清淤\n"
        "  departments: {responsible: [区农业和水务局]}\n  split_from: pump-stations\n",
        encoding="utf-8",
    )
    out = tmp_path / "site"
    done = run("build", "--project", project, "--out", out, "--no-search")
    assert done.returncode == 0, done.stderr
    page = (out / "en/plans/testdistrict-14/measures/straw-burning-ban/index.html").read_text(encoding="utf-8")
    assert "This restatement follows the edition before and awaits review." in page
    history = (out / "zh/plans/testdistrict-14/history/index.html").read_text(encoding="utf-8")
    assert "水库清淤" in history and "1项任务、1项新任务" in history


# --- the data -------------------------------------------------------------------------------------------------------


def test_two_editions_are_whole(project: Path) -> None:
    assert faults(project) == []
    plan = load_site(project).plans["testdistrict-14"]
    assert [edition.edition for edition in plan.earlier] == ["2022-06"]
    assert list(plan.withdrawn) == ["pump-stations"] and list(plan.earlier[0].measures)[-1] == "pump-stations"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        pytest.param(
            f"{OLD}/plan.yaml",
            "edition: 2022-06",
            "edition: 2022-07",
            rf"{OLD}/plan.yaml:8:10: the edition '2022-07'; expected the name of its folder, '2022-06'",
            id="an edition in the folder of another",
        ),
        pytest.param(
            f"{PLAN}/plan.yaml",
            "edition: 2024-03-05",
            "edition: 2021-01",
            "the edition '2022-06' among the earlier ones; expected one before '2021-01', the current one",
            id="an earlier edition that is later",
        ),
        pytest.param(
            f"{PLAN}/withdrawn.yaml",
            "id: pump-stations",
            "id: pump-station",
            "'pump-station', which the edition 2022-06 has not; expected a measure of it; did you mean 'pump-stations'",
            id="a withdrawn measure that never was",
        ),
        pytest.param(
            f"{PLAN}/withdrawn.yaml",
            "into: [straw-burning-ban]",
            "into: [straw-burning-bann]",
            "unknown measure 'straw-burning-bann'",
            id="merged into nothing",
        ),
        pytest.param(
            f"{PLAN}/withdrawn.yaml",
            "fate: merged",
            "fate: dropped",
            "'into' beside 'dropped'; expected the measures it went into, unless it was dropped",
            id="dropped and merged",
        ),
        pytest.param(
            f"{PLAN}/withdrawn.yaml",
            "last: 2022-06",
            "last: 2020-01",
            "no edition '2020-01'; expected one of 2022-06",
            id="withdrawn from an edition that is not there",
        ),
    ],
)
def test_a_mistake_in_the_history_is_told_with_its_place(
    project: Path, name: str, old: str, new: str, expected: str
) -> None:
    swap(project, name, (old, new))
    assert any(expected in fault for fault in faults(project)), faults(project)


def test_a_measure_that_vanishes_without_a_word_is_a_fault(project: Path) -> None:
    (project / PLAN / "withdrawn.yaml").unlink()
    due = f"{OLD}/measures/02.yaml:14:7: 'pump-stations' of the edition 2022-06, which the current edition has not"
    assert any(due in fault for fault in faults(project)), faults(project)


def test_a_succession_needs_a_plan_to_follow(project: Path) -> None:
    later(project)
    swap(project, "data/plans/testdistrict-15/plan.yaml", ("follows: testdistrict-14\n", ""))
    found = faults(project)
    assert any("a succession; expected 'follows' in plan.yaml" in fault for fault in found), found
    swap(project, "data/plans/testdistrict-15/plan.yaml", ("edition: 2026-04", "edition: 2026-04\nfollows: jingyue-14"))
    assert any("unknown plan 'jingyue-14'" in fault for fault in faults(project))
