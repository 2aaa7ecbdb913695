"""Shared measures: every measure is decided, differences are borne out, pages put what differs first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import PROJECT, SOURCES, real_project
from conftest import run as run_apart
from in_process import run

from plansite.compare.compare_wording import compare
from plansite.load import DataError, load_site

Soup = Callable[[str], BeautifulSoup]
Edit = Callable[[str, str, str], None]
WATER = "data/shared-measures/water.yaml"
CASCADE = "data/cascades/changchun-action.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the real data that a test may spoil."""
    return real_project(tmp_path)


@pytest.fixture
def edit(project: Path) -> Edit:
    """edit(file, old, new): replace the first occurrence of a text, which must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def faults(project: Path) -> list[str]:
    try:
        load_site(project)
    except DataError as error:
        return [str(fault) for fault in error.faults]
    return []


def families() -> list[dict[str, object]]:
    files = sorted((PROJECT / "data/shared-measures").glob("*.yaml"))
    return [family for path in files for family in yaml.safe_load(path.read_text(encoding="utf-8"))]


# --- the data -------------------------------------------------------------------------------------------------------


def test_every_measure_is_shared_or_particular() -> None:
    shared = {name for family in families() for name in family["members"]}
    files = sorted((PROJECT / "data/particular-measures").glob("*.yaml"))
    particular = {entry["measure"] for path in files for entry in yaml.safe_load(path.read_text(encoding="utf-8"))}
    everything = {
        f"{path.parent.parent.name}/{measure['id']}"
        for path in (PROJECT / "data/plans").glob("*/measures/*.yaml")
        for measure in yaml.safe_load(path.read_text(encoding="utf-8"))
    }
    assert shared | particular == everything
    assert not shared & particular


def test_a_measure_nobody_decided_on_is_named_with_the_likeliest_family(project: Path, edit: Edit) -> None:
    path = project / "data/particular-measures/kuancheng-14.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[text.index("- measure: kuancheng-14/rural-ecological-restoration") :], encoding="utf-8")
    (found,) = faults(project)
    assert "'kuancheng-14/urban-ecological-restoration', of which nobody decided whether it is shared" in found
    assert "; most like a member of the family '" in found
    assert re.match(r"data/plans/kuancheng-14/measures/07\.yaml:\d+:\d+: ", found)


ONE_FAULT = [
    (WATER, "jingyue-14/water-section-management\n", "jingyue-14/water-section-managment\n", "unknown measure"),
    (WATER, "  topic: water-quality\n", "  topic: water-qualty\n", "unknown topic"),
    (CASCADE, "relation: leaves-out, how:", "relation: repeats, how:", "no measures for 'repeats'"),
    (CASCADE, "    - action: 1\n", "    - action: 77\n", "action 77"),
    (CASCADE, "jingyue-14: {relation", "jilin-city-14: {relation", "no plan below changchun-action"),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), ONE_FAULT)
def test_a_slip_is_told_with_its_place(project: Path, edit: Edit, file: str, old: str, new: str, words: str) -> None:
    edit(file, old, new)
    found = faults(project)
    assert any(line.startswith(f"{file}:") and words in line for line in found), found


def test_a_number_that_no_member_says_is_refused(project: Path, edit: Edit) -> None:
    edit(WATER, '国控1个、市控7个, en: "1 national, 7 municipal"', '国控1个、市控77个, en: "1 national, 77 municipal"')
    (found,) = faults(project)
    assert "77, which no member of jingyue-14 says" in found


# --- the pages ------------------------------------------------------------------------------------------------------


def test_every_family_page_says_what_differs_or_that_nothing_does(site: Path) -> None:
    for family in families():
        page = BeautifulSoup((site / f"en/shared/{family['id']}/index.html").read_text(encoding="utf-8"), "html.parser")
        first = page.main.find("section")
        assert first.h2.get_text() == "What differs", family["id"]
        rows = first.select("tbody tr")
        assert rows or first.select_one(".alike").get_text(strip=True), family["id"]
        plans = {name.partition("/")[0] for name in family["members"]}
        if rows:
            assert all(len(row.find_all("td")) == len(plans) for row in rows), family["id"]


def test_a_measure_leads_to_its_family_and_back(soup: Soup) -> None:
    page = soup("en/plans/chaoyang-14/measures/straw-burning-ban/")
    link = page.find("a", href=re.compile(r"shared/straw-burning-ban/$"))
    assert link is not None
    members = {a["href"] for a in soup("en/shared/straw-burning-ban/").select(".version h3 a")}
    assert any(href.endswith("plans/chaoyang-14/measures/straw-burning-ban/") for href in members)
    assert len(members) == 4


def test_the_silence_matrix_counts_its_gaps(soup: Soup) -> None:
    page = soup("en/shared/silence/")
    heads = [th.get_text(strip=True) for th in page.select("table.matrix thead th")]
    assert len(heads) == 6
    rows = page.select("table.matrix tbody tr:not(.group)")
    assert len(rows) == len(families())
    told = [int(figure.b.get_text()) for figure in page.select("ul.figures li")]
    gaps = [sum("gap" in row.find_all("td")[column]["class"] for row in rows) for column in range(1, 5)]
    assert told == gaps and all(gaps)
    for family, row in zip(page.select("table.matrix tbody tr:not(.group) th a"), rows, strict=True):
        assert len(row.find_all("td")) == 5, family


def test_the_cascade_tells_each_district_for_each_commitment(soup: Soup) -> None:
    page = soup("en/plans/changchun-action/districts/")
    tasks = page.select("section[aria-labelledby^=task-]")
    assert len(tasks) == 12
    for row in page.select("section[aria-labelledby^=task-] tbody tr"):
        assert len(row.select("td .relation")) == 3
    measure = soup("en/plans/jingyue-14/measures/straw-burning-ban/")
    assert measure.find("a", href=re.compile(r"changchun-action/districts/#task-air-quality-improvement$"))


@pytest.mark.parametrize(
    ("commitment", "relations"),
    [
        # 2.2 of the city's plan bans burning without a word on where and when; the districts print 全域全时段
        ("Ban on burning straw", ["tightens", "tightens", "tightens"]),
        # the city gives neither number nor year; the districts at most 5 days by 2025
        ("Battle to end heavy-pollution weather", ["tightens", "tightens", "tightens"]),
        # the city gives no year; the districts 2025, with what province and city assign
        ("Key projects cutting nitrogen oxides", ["tightens", "tightens", "tightens"]),
        ("Key projects cutting volatile organic compounds", ["tightens", "tightens", "tightens"]),
        # the city wants 90% by 2025; Jingyue gives no rate, the others take over what they are assigned
        ("Comprehensive use of straw", ["loosens", "repeats", "repeats"]),
        # four levels of a grid only describe
        ("Burning ban by people plus technology", ["repeats", "repeats", "repeats"]),
        # Chaoyang's police and citizen chiefs are means
        ("River and lake chief system", ["leaves out", "repeats", "repeats"]),
    ],
)
def test_number_deadline_and_scope_decide_between_repeating_and_tightening(
    soup: Soup, commitment: str, relations: list[str]
) -> None:
    rows = soup("en/plans/changchun-action/districts/").select("section[aria-labelledby^=task-] tbody tr")
    (row,) = (tr for tr in rows if tr.th.get_text(strip=True) == commitment)
    assert [each.get_text() for each in row.select(".relation")] == relations


@pytest.mark.parametrize(
    ("locale", "printed"), [("zh", "PM2.5降到30微克/立方米以下"), ("en", "PM2.5 down to 30 µg/m³ or less")]
)
def test_the_same_limit_is_told_in_the_same_words(soup: Soup, locale: str, printed: str) -> None:
    """4.1.1 of the three districts’ plans prints 降至30微克/立方米以下."""
    text = soup(f"{locale}/plans/changchun-action/districts/").get_text().replace("\xa0", " ")
    assert text.count(printed) == 3


def test_numbers_of_the_city_are_compared_with_those_of_the_districts(soup: Soup) -> None:
    """1.2 of the action plan sets 56.3% of nationally assessed cross-sections. Jingyue’s row prints 100% for nationally
    monitored ones; Chaoyang’s row prints 100% and does not say which cross-sections it counts; Kuancheng’s prints 0 for
    a single one, as the remark under its table says.
    """
    page = soup("en/plans/changchun-action/districts/")
    row = next(tr for tr in page.select("section[aria-labelledby=numbers] tbody tr") if "56.3%" in tr.get_text())
    relations = [td.select_one(".relation").get_text() for td in row.find_all("td")[1:]]
    assert relations == ["tightens", "not comparable", "not comparable"]


@pytest.mark.parametrize(
    ("locale", "indicator", "texts"),
    [
        ("en", "Annual mean PM2.5", ["not comparable", "the city’s target is in words"]),
        ("zh", "细颗粒物（PM2.5）年均浓度", ["不能直接比", "市里写的是文字"]),
        ("en", "Fall in energy use per unit of GDP", ["not comparable", "the district’s target is in words"]),
        ("zh", "单位地区生产总值能源消耗降低率", ["不能直接比", "城区写的是文字"]),
    ],
)
def test_a_number_beside_words_is_not_said_to_differ(soup: Soup, locale: str, indicator: str, texts: list[str]) -> None:
    """The city wants Grade II for fine particles, the districts 30; the city 14.5% less energy, the districts words."""
    rows = soup(f"{locale}/plans/changchun-action/districts/").select("section[aria-labelledby=numbers] tbody tr")
    (row,) = (tr for tr in rows if tr.th.get_text(strip=True) == indicator)
    for cell in row.find_all("td")[1:]:
        assert [each.get_text(strip=True) for each in cell.select(".relation, .meta:last-child")] == texts


def test_a_commitment_in_two_points_is_counted_once(soup: Soup) -> None:
    """The city’s measures number 171 commitments; action 3 of 2.4 and action 18 of 2.8 are compared in two points."""
    page = soup("en/plans/changchun-action/districts/")
    assert (
        "171 commitments in 12 tasks of the city’s plan, compared in 173 points" in page.select_one(".lead").get_text()
    )
    counts = [int(item.get_text().split()[0]) for item in page.select("ul.counted .meta")]
    assert sum(counts) == 171
    assert len(page.select("section[aria-labelledby^=task-] tbody tr")) == 173


# --- indicators compared --------------------------------------------------------------------------------------------


def ranks(page: BeautifulSoup) -> dict[str, str]:
    """Plan → the last cell of its row in the comparison."""
    rows = page.select(".compared tbody tr")
    return {tr.th.get_text(strip=True): tr.find_all("td")[-1].get_text(" ", strip=True) for tr in rows}


def test_a_plan_with_two_numbers_for_one_year_is_not_ranked(soup: Soup) -> None:
    """Rural sewage in 2025: Jingyue’s row prints 63, its 5.2.2 25%以上; Chaoyang’s 25%, Jilin City’s 25."""
    page = soup("en/indicators/rural-sewage/")
    lead = page.select_one(".lead").get_text()
    assert lead.startswith("The same target in Chaoyang District and Jilin City: at least 25%")
    assert "highest" not in lead
    assert "Jingyue District is not ranked" in lead and "at least 63% / at least 25%" in lead
    found = ranks(page)
    assert found["Chaoyang District"] == found["Jilin City"] == "equal"
    assert found["Jingyue District"] == "not ranked: the plan gives more than one number"
    assert "words, not a number" in found["Kuancheng District"]


@pytest.mark.parametrize(
    ("page", "row"), [("", "Rural domestic sewage treated"), ("indicators/rural-sewage/", "Jingyue District")]
)
def test_both_numbers_stand_where_a_plan_gives_two_and_lead_to_the_note(soup: Soup, page: str, row: str) -> None:
    rows = soup(f"en/{page}").select(".key-table tbody tr, .compared tbody tr")
    (found,) = (tr for tr in rows if tr.th.get_text(strip=True) == row)
    cell = found.find("td").get_text(" ", strip=True)
    assert cell.startswith("≥63% table ≥25% 5.2.2 ")
    assert found.find("a", href=re.compile(r"notes/jingyue-14/#jingyue-14-rural-sewage-rate$"))
    assert not found.select(".first")


def test_the_highest_target_is_named_and_ties_share_a_rank(soup: Soup) -> None:
    """Rows on farmland in safe use: 100% in the three districts, 90 in Jilin City’s."""
    page = soup("en/indicators/contaminated-farmland-safe-use/")
    names = "those of Jingyue District, Chaoyang District and Kuancheng District are the highest: 100%"
    assert names in page.select_one(".lead").get_text()
    found = ranks(page)
    assert [found[f"{name} District"] for name in ("Jingyue", "Chaoyang", "Kuancheng")] == ["1", "1", "1"]
    assert found["Jilin City"] == "4"
    one = soup("en/indicators/forest-cover/").select_one(".lead").get_text()
    assert "that of Jilin City is the highest: at least 56%" in one


def test_a_row_for_a_single_cross_section_is_not_ranked_with_shares_of_many(soup: Soup) -> None:
    """Kuancheng’s row on surface water prints 0; the remark under its table says that it covers one cross-section."""
    found = ranks(soup("en/indicators/surface-water-grade-iii/"))
    assert found["Kuancheng District"].startswith("not ranked: ") and "scope" in found["Kuancheng District"]


@pytest.mark.parametrize(("locale", "text"), [("zh", "约5天"), ("en", "about 5 days")])
def test_a_target_of_about_so_much_says_so(soup: Soup, locale: str, text: str) -> None:
    """4.1.2 of Jilin City’s plan prints 5天左右."""
    page = soup(f"{locale}/indicators/heavy-pollution-days/")
    (row,) = (
        tr
        for tr in page.select(".targets tbody tr")
        if "4.1.2" in tr.get_text() and "5" in tr.get_text() and ("Jilin" in tr.get_text() or "吉林" in tr.get_text())
    )
    assert row.select_one("td.value").get_text(strip=True).replace("\xa0", " ") == text


def test_numbers_in_different_units_are_not_ranked_together(soup: Soup) -> None:
    """Jilin City counts nitrogen oxides in tonnes (8040); the districts' tables give words or another unit."""
    page = soup("en/indicators/nox-reduction/")
    assert "the lowest" not in page.select_one(".lead").get_text()
    assert page.select_one(".guard") is not None


# --- official wording -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("推进秸秆禁烧。", "推进秸秆全面禁烧工作。"),
        ("甲乙丙丁", "戊己庚辛"),
        ("", "新增"),
        ("不再新建40蒸吨/小时以下燃煤锅炉", "不再新建35蒸吨/小时以下锅炉"),
        ("同", "同"),
    ],
)
def test_the_pieces_of_a_comparison_make_both_texts(one: str, other: str) -> None:
    pieces = compare(one, other)
    assert "".join(piece.text for piece in pieces if piece.kind != "only-second") == one
    assert "".join(piece.text for piece in pieces if piece.kind != "only-first") == other


def test_official_wording_of_two_districts_stands_side_by_side(tmp_path: Path) -> None:
    if not (SOURCES / "kuancheng-14.txt").is_file():
        pytest.skip("the official documents are not at hand (../shared/sources)")
    done = run_apart("build", "--out", tmp_path / "site", "--sources", SOURCES, "--no-search")
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site/en/shared/straw-burning-ban/wording/index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    squeezed = {
        plan: re.sub(r"\s|\*", "", (SOURCES / f"{plan}.txt").read_text(encoding="utf-8"))
        for plan in ("jingyue-14", "kuancheng-14")
    }
    section = page.find("section", attrs={"aria-labelledby": re.compile("jingyue-14.*kuancheng-14")})
    text = section.select_one("p.wording")
    assert text["lang"] == "zh-Hans" and text.find("del") and text.find("ins")
    for mark in text.select(".mark"):
        mark.decompose()
    first = "".join(part.get_text() for part in text.contents if part.name != "ins")
    second = "".join(part.get_text() for part in text.contents if part.name != "del")
    assert re.sub(r"\s", "", first)[5:60] in squeezed["jingyue-14"]
    assert re.sub(r"\s", "", second)[5:60] in squeezed["kuancheng-14"]


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_suggests_the_family_of_a_measure() -> None:
    done = run("families", "--plan", "kuancheng-14", "--all")
    assert done.returncode == 0, done.stderr
    block = done.stdout[done.stdout.index("kuancheng-14/straw-burning-ban") :].split("\n")
    assert any("jingyue-14/straw-burning-ban" in line and "[straw-burning-ban]" in line for line in block[1:4])
    assert done.stdout.rstrip().endswith("0 of 516 undecided")


def test_the_open_data_hold_every_family(site: Path) -> None:
    published = json.loads((site / "data/shared-measures.json").read_text(encoding="utf-8"))["families"]
    assert {family["id"] for family in published} == {family["id"] for family in families()}
    for family in published:
        assert {"id", "title", "summary", "members", "differences"} <= set(family)
        assert all(set(entry["facet"]) == {"zh", "en"} for entry in family["differences"])
