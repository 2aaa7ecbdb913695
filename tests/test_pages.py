"""What the pages say, held against facts read in the official document by hand; and how much they weigh."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from bs4 import BeautifulSoup

Soup = Callable[[str], BeautifulSoup]
PLAN = "plans/jingyue-14/"

# page, then what it must say; every fact stands in the document in the place named behind it
FACTS = [
    (
        "zh/plans/jingyue-14/",
        ["长春净月高新技术产业开发区管理委员会", "2023年4月", "2021—2025", "1995年8月"],
    ),  # cover, preface
    ("en/plans/jingyue-14/", ["Administrative Committee", "April 2023", "2021–2025"]),
    (f"zh/{PLAN}measures/straw-burning-ban/", ["4.3.1", "深入推进秸秆禁烧管控", "吉林一号", "4级", "公安分局"]),  # 4.3
    (f"en/{PLAN}measures/straw-burning-ban/", ["Jilin-1", "4-level", "Public Security Branch Bureau"]),
    (f"zh/{PLAN}measures/coal-fired-boilers/", ["40蒸吨/小时", "35蒸吨/小时", "65蒸吨/小时", "超低排放"]),  # 4.3
    (f"en/{PLAN}measures/coal-fired-boilers/", ["40 tonnes of steam per hour", "35 t/h", "65 t/h", "ultra-low"]),
    (f"zh/{PLAN}measures/rural-sewage-facilities/", ["≥25%", "2025", "63%", "农村生活污水"]),  # 5.2 and box 1
    (f"zh/{PLAN}measures/industrial-layout/", ["13", "12", "生态大街", "聚业大街"]),  # 7.1
    (f"zh/{PLAN}projects/", ["35.95千米", "15条", "400立方米/天", "6165米", "5121米"]),  # box 4
    (f"en/{PLAN}projects/", ["35.95", "400", "6,165", "5,121"]),
    (f"zh/{PLAN}progress/", ["305", "83.3", "1428", "1240", "532.4"]),  # 1.1
    (f"en/{PLAN}progress/", ["305", "83.3", "1,428", "1,240", "532.4"]),
    (f"zh/{PLAN}chapters/1/", ["PM2.5", "713", "59", "1428"]),  # 1.1
    (f"zh/{PLAN}chapters/4/", ["让净月区蓝天白云永驻", "加强主要污染物管控", "秸秆禁烧"]),
    ("zh/indicators/pm25/", ["42微克/立方米", "≤30微克/立方米", "约束性"]),  # box 1, row 1
    ("en/indicators/rural-sewage/", ["60%", "63%", "Binding", "at least 25%"]),  # box 1, row 9 and 5.2
    ("zh/notes/", ["农村生活污水治理率", "63%", "25%以上"]),
    ("zh/notes/jingyue-14/", ["农村生活污水治理率", "63%", "25%以上", "十三区", "十二区"]),
    ("zh/departments/procuratorate/", ["人民检察院", "检察院", "9.2.1", "9.2.2", "10.3.3"]),  # 9.2, 10.3
    ("zh/places/yitong-river/", ["伊通河"]),
    ("zh/documents/hazardous-waste-list/", ["国家危险废物名录", "8.2.2"]),  # 8.2
    ("en/topics/mines/", ["7.2.1", "7.2.2", "7.2.3"]),  # 7.2
]


def words(page: BeautifulSoup) -> str:
    for link in page.select("main a.term"):
        link.unwrap()
    page.main.smooth()
    return re.sub(r"\s+", " ", page.main.get_text(" ", strip=True).replace("\u00a0", " "))


@pytest.mark.parametrize(("path", "facts"), FACTS, ids=[path for path, _ in FACTS])
def test_pages_say_what_the_document_says(soup: Soup, path: str, facts: list[str]) -> None:
    text = words(soup(path))
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize(("locale", "empty"), [("zh", "未写"), ("en", "not given")])
def test_a_claimed_figure_has_a_year_only_where_the_document_gives_it_one(soup: Soup, locale: str, empty: str) -> None:
    """In 1.1 Jingyue dates its air and the 59 problems put right, neither the forests nor the 176 fines."""
    page = soup(f"{locale}/{PLAN}progress/")
    years = {
        id: [row.select("td")[-1].get_text() for row in page.find(id=id).parent.select("tr:not(.group)")]
        for id in ("good-air-days-2020", "forest-cover-2020", "violations-punished", "inspection-problems-rectified")
    }
    assert years == {
        "good-air-days-2020": ["2020", "2020", "2020"],
        "forest-cover-2020": [empty],
        "violations-punished": [empty, empty],
        "inspection-problems-rectified": [empty, "2020"],
    }
    assert {"zh": "2016—2020年期间或期末", "en": "2016–2020 as a whole or to its end"}[locale] in words(page)


def test_what_is_counted_as_claimed_is_what_the_page_of_claims_lists(soup: Soup) -> None:
    """Figures, of which one result may have several; in Chinese the page has one name wherever it is spoken of."""
    rows = len(soup(f"en/{PLAN}progress/").select(".claims tr:not(.group):has(td)"))
    assert f"{rows} figures claimed" in words(soup(f"en/{PLAN}"))
    assert f"{rows} figures claimed" in words(soup("en/"))
    assert f"{rows} 个自述成绩数字" in words(soup(f"zh/{PLAN}"))
    assert soup(f"zh/{PLAN}progress/").h1.get_text() == "2016—2020年自述成绩"
    assert "“自述成绩”页" in words(soup("zh/about/read/"))
    assert "自述成绩" in [option.get_text(strip=True) for option in soup("zh/search/").select("option")]


def test_a_measure_page_answers_who_what_and_by_when_first(soup: Soup) -> None:
    page = soup(f"en/{PLAN}measures/regional-air-control/")
    lead = page.find(class_="lead").get_text()
    assert "Ecology and Environment Branch Bureau" in lead and "2025" in lead and "5" in lead
    assert [tag.get_text() for tag in page.select(".bodies .role")] == ["Leads", "Responsible for its part"]


PARTS = [
    ("jingyue-14/measures/straw-burning-ban", "规划没有指定牵头单位", "the plan names no lead"),
    ("jingyue-14/measures/wetland-building", "没有写怎样分工", "does not say how they share the task"),
    ("jingyue-14/measures/remote-enforcement", "没有写由它们做什么", "without saying what part they have"),
    ("kuancheng-14/measures/party-government-duties", "没有写由谁负责", "without saying who is responsible"),
    ("kuancheng-14/measures/straw-burning-ban", "", ""),
]
"""Measures and what their notes leave open: 按职责分工负责, 负责 for two, 负责 and then a name, names only, 牵头."""


@pytest.mark.parametrize(("path", "zh", "en"), PARTS, ids=[path for path, _, _ in PARTS])
def test_a_measure_says_what_its_note_leaves_open(soup: Soup, path: str, zh: str, en: str) -> None:
    for locale, own, sentences in (("zh", zh, [row[1] for row in PARTS]), ("en", en, [row[2] for row in PARTS])):
        told = soup(f"{locale}/plans/{path}/").find(class_="bodies").parent.get_text()
        assert [words for words in sentences if words and words in told] == [own] * bool(own)


def test_bodies_named_without_a_role_are_not_called_responsible(soup: Soup) -> None:
    for plan, measure in (
        ("chaoyang-14", "environmental-responsibility-system"),
        ("kuancheng-14", "party-government-duties"),
    ):
        page = soup(f"zh/plans/{plan}/measures/{measure}/")
        assert [tag.get_text() for tag in page.select(".bodies .role")] == ["只列单位"]


def test_a_body_spelled_otherwise_in_the_note_is_shown_as_printed(soup: Soup) -> None:
    """9.1.3 of Jingyue prints a slip; 11.1.1 of Chaoyang names other departments than 9.1.1."""
    bodies = soup(f"zh/{PLAN}measures/environmental-inspections/").find(class_="bodies").get_text(" ", strip=True)
    assert bodies.endswith("各相关部门 原文：各相关新责任部门") and bodies.count("原文：") == 1
    bodies = soup(f"en/{PLAN}measures/environmental-inspections/").find(class_="bodies").get_text(" ", strip=True)
    assert bodies.endswith("All departments concerned printed: 各相关新责任部门")
    chaoyang = "plans/chaoyang-14/measures/plan-leadership/"
    for locale, name in (("zh", "各职能部门"), ("en", "All functional departments")):
        chips = [tag.get_text(strip=True) for tag in soup(f"{locale}/{chaoyang}").select(".bodies li")]
        assert chips[1:] == [name]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_page_says_that_the_official_document_decides(html_files: dict[str, str], locale: str) -> None:
    sentence = {"zh": "以正式文件为准", "en": "The official document decides"}[locale]
    for path, text in html_files.items():
        if path.startswith(f"{locale}/"):
            assert sentence in lxml.html.fromstring(text[text.rindex("<footer") :]).text_content(), path


def test_a_chapter_lists_its_measures_in_order(soup: Soup) -> None:
    """Chapter 5 has 15 tasks: 2, 5, 2, 3 and 3 in its five sections."""
    page = soup(f"zh/{PLAN}chapters/5/")
    found = [tag.get_text() for tag in page.select(".measure-list .locator")]
    counts = {1: 2, 2: 5, 3: 2, 4: 3, 5: 3}
    assert found == [f"5.{section}.{item + 1}" for section, count in counts.items() for item in range(count)]


def test_neighbours_lead_through_the_whole_plan(soup: Soup) -> None:
    path, seen = f"{PLAN}measures/industrial-structure/", []
    while path:
        page = soup(f"en/{path}")
        seen.append(path)
        link = page.select_one('.prev-next a[rel="next"]')
        path = re.sub(r"^(\.\./)+en/", "", link["href"]) if link else ""
    assert len(seen) == len(set(seen)) == 113


def test_indicator_cells_are_shown_as_printed(soup: Soup) -> None:
    page = soup(f"zh/{PLAN}indicators/")
    rows = page.select("table.indicators tbody tr:not(.group)")
    assert len(rows) == 21
    assert "15 天" in rows[2].get_text() and "30.1%" in rows[15].get_text()
    assert len(page.select("table.indicators .badge-anticipatory")) == 2
    assert page.find("svg") is not None


@pytest.mark.parametrize(
    ("page", "told", "not_told"),
    [  # box 4 of the Jingyue plan has 5万吨的有机肥厂1座 (section 1.1), 9.2.1 of Jilin City 至少有1个示范片区
        ("en/plans/jingyue-14/progress/", "plant", "plants"),
        ("en/plans/jilin-city-14/measures/household-waste-sorting/", "area", "areas"),
    ],
)
def test_one_thing_is_counted_in_the_singular(soup: Soup, page: str, told: str, not_told: str) -> None:
    words = [cell.get_text(" ", strip=True) for cell in soup(page).select("td")]
    assert any(re.search(rf"\b{told}$", text) for text in words)
    assert not any(re.search(rf"\b{not_told}$", text) for text in words)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("zh/plans/jingyue-14/progress/", "1.1节第一部分"),  # 一、生态环境质量明显改善
        ("en/plans/jingyue-14/progress/", "Section 1.1, part 1 (一)"),
    ],
)
def test_results_name_the_part_of_the_section_they_stand_in(soup: Soup, page: str, told: str) -> None:
    assert told in [tag.get_text(strip=True) for tag in soup(page).select("p.meta")]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_sentences_about_numbers_are_words_not_signs(soup: Soup, html_files: dict[str, str], locale: str) -> None:
    pages = [name for name in html_files if name.startswith(f"{locale}/indicators/") and name.count("/") == 3]
    assert len(pages) > 20
    leads = [soup(name.removesuffix("index.html")).select_one(".lead") for name in pages]
    signs = [lead.get_text() for lead in leads if lead and re.search("[≤≥<>]", lead.get_text())]
    assert not signs


def test_citations_come_in_five_forms_with_the_newest_standard_first(soup: Soup) -> None:
    page = soup(f"zh/{PLAN}measures/straw-burning-ban/")
    texts = [tag.get_text() for tag in page.select(".citation-text")]
    assert [tag["id"] for tag in page.select(".citation-text")] == [
        "cite-gbt2025",
        "cite-gbt2015",
        "cite-apa",
        "cite-bibtex",
        "cite-csl",
    ]
    assert all("straw-burning-ban" in text for text in texts)
    assert "秸秆禁烧" in texts[0] and "[EB/OL]" in texts[0]


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        # four plans have the task, five give the number, the city has three districts with a plan (data/)
        (
            "shared/straw-burning-ban/",
            "秸秆禁烧：四份规划的对照（非官方重述）",
            "Straw-burning ban: four plans compared, un",
        ),
        (
            "shared/silence/",
            "各规划没有写什么：五份规划的对照（非官方重述）",
            "What each plan leaves out: five plans compared, un",
        ),
        (
            "plans/changchun-action/districts/",
            "：四份规划的对照（非官方重述）",
            ": four plans compared, unofficial restatement",
        ),
        (
            "notes/",
            "编者说明：五份规划里对不上的地方（非官方）",
            "Editor’s notes: what does not fit together in five plans, unofficial",
        ),
        (
            "notes/jingyue-14/",
            "规划：编者说明，非官方（2023年4月版）",
            "Protection: editors’ notes, unofficial (April 2023 edition)",
        ),
        (
            "indicators/pm25/",
            "：五份规划的基数和目标值（非官方重述）",
            ": baselines and targets in five plans, unofficial",
        ),
    ],
)
def test_pages_about_several_plans_and_notes_can_be_cited(soup: Soup, address: str, zh: str, en: str) -> None:
    for locale, words in (("zh", zh), ("en", en)):
        texts = [tag.get_text() for tag in soup(f"{locale}/{address}").select(".citation-text")]
        assert len(texts) == 5 and all(f"/{locale}/{address}" in text for text in texts)
        assert words in texts[0] and json.loads(texts[4])[0]["URL"].endswith(f"/{locale}/{address}")


def test_the_citation_of_an_indicator_of_one_plan_is_grammatical(soup: Soup, site: Path) -> None:
    """The plans that give a number are counted in the open data."""
    for path in sorted((site / "data/indicators").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        plans = {row["plan"] for kind in ("rows", "targets", "goals", "completion") for row in record[kind]}
        if len(plans) == 1:
            address = f"indicators/{record['id']}/"
            assert "in one plan, unofficial" in soup(f"en/{address}").find(id="cite-gbt2025").get_text()
            assert "一份规划的基数和目标值（非官方重述）" in soup(f"zh/{address}").find(id="cite-gbt2025").get_text()
            break
    else:
        pytest.fail("no indicator of one plan only")


def test_the_glossary_explains_every_term_in_both_languages(soup: Soup) -> None:
    zh, en = (soup(f"{locale}/about/glossary/").select("dl.glossary dt") for locale in ("zh", "en"))
    assert len(zh) == len(en) >= 30


# --- weight -----------------------------------------------------------------------------------------------------------

PAGE_LIMIT, MEASURE_LIMIT = 100_000, 30_000
"""Bytes transferred with gzip, the style sheet and the scripts of the page included."""
LOADED = re.compile(r'<(?:script type="module" src|link rel="(?:stylesheet|icon)"[^>]* href|img src)="([^"]+)"')


@cache
def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_every_page_is_light(site: Path, html_files: dict[str, str]) -> None:
    weights = {}
    for path, text in html_files.items():
        parts = {(site / path).parent / name for name in LOADED.findall(text)} if path != "404.html" else set()
        weights[path] = weight(site / path) + sum(weight(part.resolve()) for part in parts)
    heaviest = sorted(weights, key=lambda path: -weights[path])[:5]
    print("the heaviest pages:", {path: weights[path] for path in heaviest})
    assert weights[heaviest[0]] < PAGE_LIMIT
    measures = {path: size for path, size in weights.items() if re.search(r"/measures/[^/]+/index", path)}
    assert len(measures) > 900
    assert {path: size for path, size in measures.items() if size >= MEASURE_LIMIT} == {}


def test_a_chapter_lists_the_documents_and_places_of_its_own_text(soup: Soup) -> None:
    """Chapter 1 of Jilin City names five laws in a paragraph that is no task, 土壤污染防治法 among them."""
    section = soup("zh/plans/jilin-city-14/chapters/1/").select_one("section[aria-labelledby=named]")
    assert section is not None
    links = {link.get_text(): str(link["href"]) for link in section.find_all("a")}
    laws = [name for name in links if name.startswith("《中华人民共和国") and name.endswith("法》")]
    assert len(laws) == 5 and links["《中华人民共和国土壤污染防治法》"].endswith("documents/soil-pollution-law/")
    assert "/places/" in links["松花江"]
