"""Help: terms that lead to their definitions, the glossary, guides whose every example is in the data, the README."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import PROJECT

from plansite.commands import COMMANDS
from plansite.load import load_site
from plansite.model import LOCALES, Locale, Measure, Site
from plansite.search.text import essence, read_page

Soup = Callable[[str], BeautifulSoup]
LINK = re.compile(r'<a class="term" href="([^"]+)"')
SEWAGE = "plans/jingyue-14/measures/rural-sewage-facilities/"
ROLE = re.compile(r'<span class="role role-\w+">([^<]+)</span>')
CLOSED = ["a", "h1", "h2", "h3", "h4", "q", "blockquote", "pre", "code", "button", "summary"]
OFFICIAL = {"official", "citations", "source-place"}


@cache
def site_data() -> Site:
    return load_site(PROJECT)


# --- terms in running text ---


@pytest.mark.parametrize(
    ("path", "terms"),
    [
        ("zh/plans/jingyue-14/measures/straw-burning-ban/", {"网格化监管", "秸秆全量化处置"}),
        ("en/plans/jingyue-14/measures/straw-burning-ban/", {"supervision grid", "disposal of all straw"}),
        (f"zh/{SEWAGE}", {"农村生活污水治理率", "一村一策", "农业面源污染"}),
        (f"en/{SEWAGE}", {"one policy per village", "diffuse farm pollution"}),
        ("zh/plans/jingyue-14/chapters/5/", {"三水", "黑臭水体"}),
        ("zh/plans/jingyue-14/chapters/1/", {"十三五", "PM2.5"}),
        ("zh/shared/straw-burning-ban/", {"网格化监管体系", "遥感监测"}),
        ("en/notes/jilin-city-14/", {"Box"}),
    ],
)
def test_restated_prose_links_its_terms(soup: Soup, path: str, terms: set[str]) -> None:
    page = soup(path)
    found = {link.get_text(): link["href"] for link in page.select("main a.term")}
    assert terms <= set(found)
    assert all(f"/{path[:2]}/about/glossary/#" in address for address in found.values())


def test_a_term_is_linked_at_most_once_a_page(html_files: dict[str, str]) -> None:
    twice = {}
    for path, html in html_files.items():
        targets = LINK.findall(html)
        if len(targets) != len(set(targets)):
            twice[path] = [target for target in set(targets) if targets.count(target) > 1]
    assert twice == {}


def test_most_pages_of_measures_link_a_term(html_files: dict[str, str]) -> None:
    pages = [html for path, html in html_files.items() if re.search(r"/measures/[^/]+/index\.html$", path)]
    assert len(pages) > 1000
    assert sum(bool(LINK.search(html)) for html in pages) > 0.9 * len(pages)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_term_in_headings_links_quotes_and_official_wording(html_files: dict[str, str], locale: Locale) -> None:
    wrong = []
    for path, html in html_files.items():
        if not path.startswith(locale) or not LINK.search(html):
            continue
        for link in lxml.html.document_fromstring(html).find_class("term"):
            around = [(parent.tag, {*parent.classes}) for parent in link.iterancestors()]
            if any(tag in CLOSED or classes & OFFICIAL for tag, classes in around):
                wrong.append((path, link.text_content()))
    assert wrong == []


def test_quotes_to_copy_hold_the_plain_sentence(soup: Soup) -> None:
    measure = site_data().plans["jingyue-14"].measures["straw-burning-ban"]
    quotes = [
        button["data-quote"]
        for button in soup("zh/plans/jingyue-14/measures/straw-burning-ban/").select("[data-quote]")
    ]
    assert quotes == [action.zh for action in measure.actions]


def test_the_search_reads_a_sentence_whole(html_files: dict[str, str]) -> None:
    entry = read_page(essence(html_files["zh/plans/jingyue-14/measures/straw-burning-ban/index.html"]))
    texts = [block.text for block in entry.blocks]
    measure = site_data().plans["jingyue-14"].measures["straw-burning-ban"]
    assert all(any(text.startswith(action.zh) for text in texts) for action in measure.actions)


# --- the glossary ---


@pytest.mark.parametrize("locale", LOCALES)
def test_the_glossary_has_every_term_once_and_in_the_alphabetical_list(soup: Soup, locale: Locale) -> None:
    page, terms = soup(f"{locale}/about/glossary/"), site_data().terms
    entries = [entry["id"] for entry in page.select("dl.glossary > div")]
    assert sorted(entries) == sorted(terms)
    listed = [str(link["href"]).removeprefix("#") for link in page.select(".alphabet a")]
    assert sorted(listed) == sorted(terms)


def test_the_alphabetical_lists_are_in_order(soup: Soup) -> None:
    terms = site_data().terms
    listed = [str(link["href"]).removeprefix("#") for link in soup("zh/about/glossary/").select(".alphabet a")]
    pinyin = [terms[id].pinyin for id in listed if terms[id].pinyin]
    assert pinyin == sorted(pinyin)
    assert all(not terms[id].pinyin for id in listed[len(pinyin) :])
    english = [link.get_text().lstrip("“").lower() for link in soup("en/about/glossary/").select(".alphabet a")]
    words = [word for word in english if word[0].isalpha()]
    assert words == sorted(words)


@pytest.mark.parametrize(
    ("id", "pattern"),
    [("three-lines-one-list", "三线一单|生态环境分区管控"), ("carbon-sink", "碳汇"), ("loose-coal", "散煤|散烧煤")],
)
def test_the_glossary_counts_the_measures_that_use_a_term(soup: Soup, id: str, pattern: str) -> None:
    def texts(measure: Measure) -> list[str]:
        return [
            text.zh for text in (measure.title, measure.summary, *measure.actions, *(t.what for t in measure.targets))
        ]

    measures = [measure for plan in site_data().plans.values() for measure in plan.measures.values()]
    count = sum(
        any(re.search(pattern, re.sub("《[^》]*》", "", text)) for text in texts(measure)) for measure in measures
    )
    entry = soup("zh/about/glossary/").find(id=id)
    assert isinstance(entry, Tag)
    link = entry.find("a", href=re.compile(r"search/\?q="))
    assert link and link.get_text() == f"{count}项任务里用到"


# --- the guides ---


@pytest.mark.parametrize("locale", LOCALES)
def test_help_is_one_click_away(html_files: dict[str, str], locale: Locale) -> None:
    """From the home page and from every measure in the page itself; from every other page at its foot."""
    for path, html in html_files.items():
        if not path.startswith(f"{locale}/"):
            continue
        main, _, foot = html.partition("</main>")
        assert f'/{locale}/about/read/"' in foot, path
        if path == f"{locale}/index.html" or re.search(r"/plans/[^/]+/measures/[^/]+/index\.html$", path):
            assert 'about/read/"' in main, path


def prose(soup: Soup, path: str) -> str:
    body = soup(path).find(class_="prose")
    assert body
    return re.sub(r"\s+", " ", body.get_text().replace("\u00a0", " "))


def test_the_worked_example_is_what_the_page_says(soup: Soup) -> None:
    measure = site_data().plans["jingyue-14"].measures["rural-sewage-facilities"]
    assert measure.locator == "5.2.2" and len(measure.actions) == 6 and len(measure.targets) == 1
    assert (measure.targets[0].op, measure.targets[0].value, measure.targets[0].year) == (">=", 25, 2025)
    assert [entry.role for entry in measure.assignments] == ["shared"] * 3
    chinese, english = prose(soup, "zh/about/read/"), prose(soup, "en/about/read/")
    for entry in measure.assignments:
        assert entry.printed in chinese
    for body in ("Construction and Development Bureau", "Agriculture, Rural Affairs and Water Bureau"):
        assert body in english and body in soup(f"en/{SEWAGE}").get_text()
    for text in (chinese, english):
        assert "5.2.2" in text and "25%" in text and "63" in text
    assert "6条承诺" in chinese and "Six commitments" in english


def test_the_row_the_note_and_the_neighbours_of_the_example_are_in_the_data(soup: Soup) -> None:
    plans = site_data().plans
    table = plans["jingyue-14"].indicators
    assert table and table.declared == (21, 19, 2)
    row = table.rows[8]
    assert (row.number, row.baseline.value, row.target.value, row.attribute) == (9, 60, 63, "binding")
    worded = sum(row.target.worded is not None for row in table.rows)
    binding = sum(row.attribute == "binding" for row in table.rows)
    assert (worded, binding) == (11, 19)
    assert {subject.key for subject in plans["jingyue-14"].notes["rural-sewage-rate"].subjects} == {
        "9",
        "rural-sewage-facilities",
    }
    sewage = {
        plan: [
            target.value
            for measure in plans[plan].measures.values()
            for target in measure.targets
            if target.concept == "rural-sewage"
        ]
        for plan in ("chaoyang-14", "kuancheng-14", "jilin-city-14")
    }
    assert sewage == {"chaoyang-14": [25], "kuancheng-14": [None], "jilin-city-14": [25]}
    for path, words in (
        ("zh/about/read/", "21项里有11项"),
        ("en/about/read/", "In 11 of the 21 rows"),
        ("en/about/read/", "19 of the 21"),
    ):
        assert words in prose(soup, path)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_mark_of_a_role_is_explained(soup: Soup, html_files: dict[str, str], locale: str) -> None:
    """The marks that pages of measures show are those of the table in the guide."""
    shown = {mark for path, text in html_files.items() if f"{locale}/plans/" in path for mark in ROLE.findall(text)}
    table = soup(f"{locale}/about/read/").find_all("table")[-1]
    explained = [row.find_all("td")[-1].get_text(strip=True) for row in table.select("tbody tr")]
    assert len(explained) == 5 and set(explained) == shown


@pytest.mark.parametrize(
    ("plan", "locator", "words"),
    [("chaoyang-14", "10.2.4", "12369"), ("kuancheng-14", "10.3.4", "12369"), ("jilin-city-14", "11.4.2", "12345")],
)
def test_the_guide_names_only_contacts_that_stand_in_the_plans(soup: Soup, plan: str, locator: str, words: str) -> None:
    measure = site_data().plans[plan].measures["public-oversight"]
    assert measure.locator == locator and any(words in action.zh for action in measure.actions)
    text = prose(soup, "zh/about/read/")
    assert locator in text
    assert set(re.findall(r"(?<!\d)\d{5,}(?!\d)", text)) == {"12369", "12345"}
    assert "@" not in text


def test_the_plan_foresees_the_evaluations_that_the_guide_names(soup: Soup) -> None:
    measure = site_data().plans["jingyue-14"].measures["plan-evaluation"]
    assert measure.locator == "11.3.1" and any("2023年、2025年底" in action.zh for action in measure.actions)
    assert "11.3.1" in prose(soup, "en/about/read/")


def test_the_guides_show_readers_the_words_of_the_pages(soup: Soup) -> None:
    """What the guides call a part of a page is what the page calls it."""
    for locale in LOCALES:
        page = soup(f"{locale}/{SEWAGE}").get_text(" ")
        table = soup(f"{locale}/about/read/").find("table")
        assert isinstance(table, Tag)
        heads = [row.td.get_text(strip=True) for row in table.find_all("tr")[1:] if row.td]
        known = [head for head in heads[2:] if head.replace("\u00a0", " ") in page.replace("\u00a0", " ")]
        assert known == heads[2:]


def test_journalists_find_the_addresses_they_are_told(site: Path, soup: Soup) -> None:
    text = prose(soup, "en/about/journalists/")
    for path in ("changes/feed.xml", "plans/jingyue-14/feed.xml", "plans/jingyue-14/measures/straw-burning-ban.json"):
        assert path.split("measures/")[-1] in text
        assert (site / "en" / path).is_file() and (site / "zh" / path).is_file()
    assert soup("en/plans/jingyue-14/measures/straw-burning-ban/").find(id="a2")


def test_nothing_stands_twice_in_the_pages_about_citing(soup: Soup) -> None:
    def sentences(path: str) -> set[str]:
        return {part for part in re.split(r"(?<=[.。！？!?])\s*", prose(soup, path)) if len(part) > 25}

    for locale in LOCALES:
        assert sentences(f"{locale}/about/cite/") & sentences(f"{locale}/about/journalists/") == set()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("zh/about/method/", ["同一段的别处", "编者说明", "OCR", "没有公布联系方式"]),
        ("en/about/method/", ["elsewhere in the same paragraph", "editors’ notes", "OCR", "published no contact"]),
        ("zh/about/journalists/", ["规划提出", "约束性", "撤下", "CC BY 4.0"]),
        ("en/about/journalists/", ["the plan says", "base year", "Withdrawn", "CC BY 4.0"]),
    ],
)
def test_the_guides_say_what_they_must(soup: Soup, path: str, words: list[str]) -> None:
    text = prose(soup, path)
    assert [word for word in words if word not in text] == []


def test_the_scanned_plan_is_the_one_the_method_names() -> None:
    assert [plan.id for plan in site_data().plans.values() if plan.source.original == "scanned-pdf"] == [
        "jilin-city-14"
    ]


# --- the introduction of the repository ---


def readme(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def outline(text: str) -> list[dict[str, list[str]]]:
    """What each section has in every language: the level of its heading, its lines that are lists, rows of tables and
    commands, its code, its numbers and its links."""
    return [
        {
            "heading": re.findall(r"^#+ ", section),
            "lines": re.findall(r"^(?:- |\d+\. |\| |    \S+(?: \S+)*)", section, re.MULTILINE),
            "code": sorted(" ".join(code.split()) for code in re.findall(r"`([^`]+)`", section)),
            "numbers": sorted(re.findall(r"\d+(?:\.\d+)*", section)),
            "links": sorted(re.findall(r"\]\(([^)]+)\)", section)),
        }
        for section in re.split(r"^(?=#)", text, flags=re.MULTILINE)
    ]


def test_the_readme_says_the_same_in_both_languages() -> None:
    """Neither is changed alone: the same sections, lists, tables, commands, code, numbers and links."""
    english, chinese = readme("README.md"), readme("README.zh.md")
    assert english.split("\n")[2] == "[中文说明](README.zh.md)" and chinese.split("\n")[2] == "[English](README.md)"
    translated = chinese.replace("content/zh/", "content/en/").replace("(README.md)", "(README.zh.md)")
    for own, other in zip(outline(translated), outline(english), strict=True):
        assert own == other


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_what_the_readme_names_is_there(name: str) -> None:
    text = readme(name)
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]
    tools = re.findall(r"python (tests/\w+\.py)", text)
    assert [path for path in (*links, *tools) if not (PROJECT / path).is_file()] == []
    assert set(re.findall(r"^\| `python build\.py ([\w-]+)", text, re.MULTILINE)) == set(COMMANDS)
