"""Four questions of a reader who knows nothing of the plans, answered in English from the home page by links alone.

Each path is at most three links long, without scripts, on a desk and on a phone. What the answers have to be stands in
the official documents; the last tests look there, where the documents are at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import SOURCES
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
MOST_LINKS = 3
LOOKS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 375, "height": 800}, "has_touch": True},
}

SEWAGE_BODIES = {
    "区农业农村局": "District Agriculture and Rural Affairs Bureau",
    "区执法局": "District Law Enforcement Bureau",
    "生态环境分局": "Ecology and Environment Branch Bureau",
}
ENDS_IN_2023 = {
    ("Jingyue District", "5.2.3"): "实现全区农村生活垃圾收集转运处置体系全覆盖",
    ("Jingyue District", "11.3.1"): "2025年底，分别对规划执行情况进行中期评估",
    ("Chaoyang District", "8.1.4"): "基本实现原生生活垃圾“零填埋”",
    ("Chaoyang District", "11.2.1"): "2025年底，分别对规划执行情况进行中期评估",
}
"""Plan and place of each promise, and how the document goes on after the year."""


@pytest.fixture(params=LOOKS.values(), ids=LOOKS)
def home(open_page: Open, request: pytest.FixtureRequest) -> Page:
    """The English home page without scripts."""
    look: dict[str, Any] = request.param
    return open_page("en/", java_script_enabled=False, **look)


def follow(page: Page, *links: str) -> None:
    """Click one link after another, each named in full and visible."""
    assert len(links) <= MOST_LINKS
    for name in links:
        page.get_by_role("link", name=name, exact=True).first.click()


def column(table: Locator, name: str) -> int:
    """Which cell of a row belongs to a plan; the head of the row is none of them."""
    heads = [head.strip() for head in table.locator("thead th").all_inner_texts()]
    return next(index for index, head in enumerate(heads) if head.startswith(name)) - 1


# the four questions


def test_which_plan_sets_the_highest_target_for_using_straw(home: Page) -> None:
    follow(home, "Indicators", "Comprehensive use of straw")
    expect(home.locator(".lead")).to_contain_text(
        "The same target in Changchun and Jilin City: 90% by the end of 2025."
    )
    expect(home.locator(".lead")).to_contain_text("No other plan gives a number")
    equal = [row for row in home.locator(".compared tbody tr").all() if row.locator("td").last.inner_text() == "equal"]
    assert {row.locator("th").inner_text() for row in equal} == {"Changchun", "Jilin City"}
    assert all("90%" in row.locator("td").first.inner_text() for row in equal)


def test_the_topic_of_straw_leads_to_the_same_answer(home: Page) -> None:
    follow(home, "Air", "Crop straw", "Comprehensive use of straw")
    expect(home.locator(".lead")).to_contain_text("The same target in Changchun and Jilin City: 90%")


def test_who_leads_rural_sewage_in_chaoyang(home: Page) -> None:
    """Nobody: three bodies share the task, and the page says so instead of leaving the reader to conclude it."""
    follow(home, "The same task in several plans", "Town and village sewage")
    table = home.locator("section[aria-labelledby=who] table")
    lead = table.locator("tbody tr", has=home.get_by_role("rowheader", name="In the lead"))
    expect(lead.locator("td").nth(column(table, "Chaoyang"))).to_have_text("no lead named")
    cells = [row.locator("td").nth(column(table, "Chaoyang")).inner_text() for row in table.locator("tbody tr").all()]
    for body in SEWAGE_BODIES.values():
        assert [cell for cell in cells if body in cell and "Responsible" in cell], body
    assert not [cell for cell in cells if "Leads" in cell]


def test_the_number_on_rural_sewage_leads_to_those_who_answer_for_it(home: Page) -> None:
    follow(home, "Rural domestic sewage treated", "5.2.8 Sources of rural pollution")
    expect(home.locator("main")).to_contain_text("Chaoyang")
    bodies = home.locator(".bodies > div")
    assert [role.strip() for role in bodies.locator("dt").all_inner_texts()][:1] == ["Responsible for its part"]
    assert {name.strip() for name in bodies.first.locator("dd li").all_inner_texts()} == set(SEWAGE_BODIES.values())


def test_which_promises_end_in_2023(home: Page) -> None:
    follow(home, "What ends when")
    year = home.locator(".timeline > li", has=home.get_by_role("heading", name="2023", exact=True))
    expect(year).to_contain_text("4 targets")
    found = set()
    for line in year.locator("li > .meta").all_inner_texts():
        plan, _, place = line.partition(" · ")
        found.add((plan, place.split()[0]))
    assert found == set(ENDS_IN_2023)


def test_where_the_plan_of_jingyue_contradicts_itself(home: Page) -> None:
    follow(home, "Where plans contradict themselves", "Jingyue 14th Five-Year environmental plan")
    section = home.locator("section#jingyue-14, section[aria-labelledby=jingyue-14]").first
    listed = section.locator(".entry-list > li")
    expect(section).to_contain_text("Where it contradicts itself")
    first = listed.filter(has_text="Two 2025 figures for rural sewage treatment")
    expect(first).to_contain_text("63%")
    expect(first).to_contain_text("25%")
    assert home.locator("nav a[href='#jingyue-14'] + .meta").inner_text() == f"{listed.count()} contradictions"


# where the answers come from


def squeezed(plan: str) -> str:
    path = SOURCES / f"{plan}.txt"
    if not path.is_file():
        pytest.skip("the official documents are not at hand (../shared/sources)")
    return "".join(path.read_text(encoding="utf-8").split()).replace(",", "，")


def test_two_documents_give_90_percent_of_straw_and_no_other_a_number() -> None:
    numbers = {
        plan: re.findall(r"秸秆(?:综合（五化）|综合)利用率(?:达到)?(?:≥)?(\d+%(?:以上)?)", squeezed(plan))
        for plan in ("changchun-action", "jingyue-14", "chaoyang-14", "kuancheng-14", "jilin-city-14")
    }
    assert {plan: found for plan, found in numbers.items() if found} == {
        "changchun-action": ["90%"],
        "jilin-city-14": ["90%以上"],
    }


def test_the_note_on_rural_sewage_in_chaoyang_names_three_bodies_and_no_lead() -> None:
    paragraph = squeezed("chaoyang-14").partition("农村生活污水治理率达到25%以上")[2]
    note = re.search(r"（([^（）]*负责)）", paragraph)
    assert note is not None and note[1] == "、".join(SEWAGE_BODIES) + "按职责分工负责"


def test_four_places_of_two_documents_name_2023_as_a_deadline() -> None:
    for plan, name in (("jingyue-14", "Jingyue District"), ("chaoyang-14", "Chaoyang District")):
        found = re.findall(r"[到在]2023年[，、]?(.{0,40})", squeezed(plan))
        wanted = sorted(words for (district, _), words in ENDS_IN_2023.items() if district == name)
        assert len(found) == len(wanted)
        assert all(any(text.startswith(words) for text in found) for words in wanted), found
    for plan in ("changchun-action", "kuancheng-14", "jilin-city-14"):
        assert not re.findall(r"[到在]2023年(?!4月)", squeezed(plan)), plan


def test_jingyue_prints_two_figures_for_rural_sewage_in_2025() -> None:
    document = squeezed("jingyue-14")
    assert "农村生活污水治理率(%)6063约束性" in document
    assert "2025年农村生活污水治理率达到25%以上" in document
