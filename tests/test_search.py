"""Search in a real browser: what contains the words is found, what is named after them comes first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

from plansite.search import SearchError, build_index

CHINESE = (
    "秸秆禁烧",
    "秸秆",
    "农村生活污水",
    "新立城水库",
    "伊通河",
    "净月潭",
    "三线一单",
    "优良天数",
    "优良天数比例",
    "黑土地",
    "危险废物",
    "医疗废物",
    "再生水",
    "地下水",
    "饮用水源",
    "PM2.5",
    "细颗粒物",
    "2025年",
    "Ⅲ类",
    "劣Ⅴ类",
    "生态环境分局",
    "农业农村和水务局",
    "黑臭水体",
    "河长制",
    "散煤",
    "燃煤锅炉",
    "挥发性有机物",
    "重污染天气",
    "畜禽粪污",
    "化肥",
    "噪声",
    "碳达峰",
    "生态保护红线",
    "国控断面",
    "排污许可",
    "玉潭镇",
    "吉林一号",
    "90%",
    "微克/立方米",
    "4.3.1",
    "公安分局",
    "垃圾分类",
    "新能源汽车",
    "环境应急",
)
ENGLISH = (
    "straw burning",
    "rural sewage",
    "boilers",
    "black soil",
    "Xinlicheng Reservoir",
    "Yitong River",
    "hazardous waste",
    "groundwater",
    "PM2.5",
    "loose coal",
    "carbon",
    "ecological red line",
    "Public Security",
    "noise",
    "cross-section",
)
ENOUGH = 25  # Chinese queries that the site must have an answer to, or the test says little

INLINE = {"a", "b", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"}
OWN_LINE = "span.printed, span.row-notes, span.row-number"
UNSEARCHED = "[data-pagefind-ignore], button, form, nav, noscript, script, select, svg, template"

Open = Callable[..., Page]


@dataclass(frozen=True)
class Document:
    """A page of the built site as a reader sees it."""

    title: str
    text: str


Documents = dict[str, dict[str, Document]]


@pytest.fixture(scope="module")
def documents(site: Path) -> Documents:
    """Language → address → page, for the pages that are searched."""
    return {locale: dict(_documents(site / locale)) for locale in ("zh", "en")}


def _documents(folder: Path) -> Iterator[tuple[str, Document]]:
    for path in folder.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        if "data-pagefind-body" in html:
            main = BeautifulSoup(html[html.index("<main") : html.index("</main>")], "html.parser")
            title = main.h1
            assert title, path
            yield path.parent.relative_to(folder).as_posix() + "/", Document(_text(title), _text(main))


def _text(element: Tag) -> str:
    """The text with a line for each block."""
    for tag in element.select(UNSEARCHED):
        tag.decompose()
    for tag in [*element.find_all(lambda tag: tag.name not in INLINE), *element.select(OWN_LINE)]:
        tag.insert_before("\n")
        tag.insert_after("\n")
    lines = (" ".join(line.split()) for line in re.sub(r"[ \t]*\n\s*", "\n", element.get_text()).split("\n"))
    return "\n".join(line for line in lines if line)


class Searcher:
    """Someone who types one query after another into the search pages."""

    def __init__(self, browser: Browser, server: str) -> None:
        self.server = server
        self.pages = {locale: browser.new_page() for locale in ("zh", "en")}
        self.known: dict[tuple[str, str], list[str]] = {}
        self.troubles: list[str] = []
        for locale, page in self.pages.items():
            page.on("console", lambda m: self.troubles.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: self.troubles.append(str(error)))
            page.on("request", lambda r: None if r.url.startswith(server) else self.troubles.append(r.url))
            page.goto(f"{server}{locale}/search/")

    def find(self, locale: str, query: str) -> list[str]:
        """Addresses of all results below the language, in the order shown."""
        if (locale, query) not in self.known:
            page = self.pages[locale]
            page.get_by_role("searchbox").fill(query)
            page.get_by_role("searchbox").press("Enter")
            self.known[locale, query] = addresses(page, f"{self.server}{locale}/")
        return self.known[locale, query]


@pytest.fixture(scope="module")
def searcher(browser: Browser, server: str) -> Iterator[Searcher]:
    """Nothing the searcher does asks another host or makes the browser complain."""
    searcher = Searcher(browser, server)
    yield searcher
    for page in searcher.pages.values():
        page.close()
    assert searcher.troubles == []


def addresses(page: Page, root: str) -> list[str]:
    """All results, every group unfolded."""
    settled(page)
    more = page.locator("[data-search-results] button:visible")
    while count := more.count():
        shown = page.locator(".result").count()
        more.nth(count - 1).click()
        expect(page.locator(".result")).not_to_have_count(shown)
    links = page.locator(".result h3 a").evaluate_all("links => links.map((link) => link.href)")
    return [link.removeprefix(root) for link in links]


def settled(page: Page) -> None:
    """Wait for the results."""
    expect(page.locator("[data-search-results]")).to_have_attribute("aria-busy", "false", timeout=20_000)


@pytest.fixture
def search(open_page: Open) -> Open:
    """search(locale, query, **filters): the search page at that address, in a fresh context."""

    def search(locale: str, query: str, **filters: str) -> Page:
        page = open_page(f"{locale}/search/?{urlencode({'q': query} | filters)}")
        settled(page)
        return page

    return search


def found(page: Page) -> list[str]:
    return addresses(page, page.url.partition("search/")[0])


def holding(documents: dict[str, Document], query: str) -> set[str]:
    """The truth: pages whose text contains the query, in any case of its letters."""
    return {address for address, page in documents.items() if query.lower() in page.text.lower()}


# --- finding ---------------------------------------------------------------------------------------------------------


def test_the_site_has_an_answer_to_enough_queries(documents: Documents) -> None:
    assert sum(bool(holding(documents["zh"], query)) for query in CHINESE) >= ENOUGH


@pytest.mark.parametrize("query", CHINESE)
def test_chinese_without_spaces_finds_every_page_that_contains_it_and_no_other(
    searcher: Searcher, documents: Documents, query: str
) -> None:
    truth, found = holding(documents["zh"], query), searcher.find("zh", query)
    assert truth - set(found) == set()
    assert len(found) == len(set(found))
    if truth:
        spaced = {address for address in set(found) - truth if query in "".join(documents["zh"][address].text.split())}
        assert set(found) == truth | spaced


@pytest.mark.parametrize("query", ENGLISH)
def test_english_finds_every_page_that_contains_it(searcher: Searcher, documents: Documents, query: str) -> None:
    word = re.compile(rf"\b{re.escape(query)}", re.IGNORECASE)  # chlorofluorocarbons is no page about carbon
    truth = {address for address in holding(documents["en"], query) if word.search(documents["en"][address].text)}
    assert truth, "choose another query: no page has this one"
    assert truth - set(searcher.find("en", query)) == set()


@pytest.mark.parametrize(("locale", "query"), [*product(["zh"], CHINESE), *product(["en"], ENGLISH)])
def test_pages_named_after_the_query_come_first(
    searcher: Searcher, documents: Documents, locale: str, query: str
) -> None:
    titled = {address for address, page in documents[locale].items() if query.lower() in page.title.lower()}
    found = searcher.find(locale, query)
    own = [documents[locale][address].title.lower() == query.lower() for address in found]
    assert titled <= set(found)
    assert set(found[: len(titled)]) == titled or locale == "en"
    assert own == sorted(own, reverse=True), "pages named exactly so come before those that only have it in their name"


def test_full_width_letters_and_several_words(searcher: Searcher, documents: Documents) -> None:
    assert searcher.find("zh", "ＰＭ２．５") == searcher.find("zh", "PM2.5")
    both = holding(documents["zh"], "秸秆") & holding(documents["zh"], "污水")
    assert both
    assert set(searcher.find("zh", "秸秆 污水")) == both


def test_a_phrase_that_no_page_has_falls_back_to_its_pieces_and_says_so(search: Open) -> None:
    page = search("zh", "秸秆禁烧污水")
    expect(page.locator(".result-reason", has_text="秸秆禁烧、污水").first).to_be_visible()


def test_an_everyday_question_finds_what_holds_most_of_it(search: Open) -> None:
    page = search("zh", "秸秆禁烧怎么处罚")
    expect(page.locator(".result h3").first).to_be_visible()
    assert "秸秆禁烧" in page.locator(".result h3").all_inner_texts()[:8]
    expect(page.locator(".result-reason").first).to_contain_text("秸秆禁烧")


def test_grades_of_water_can_be_typed_with_latin_letters(searcher: Searcher) -> None:
    assert searcher.find("zh", "III类") == searcher.find("zh", "Ⅲ类")
    assert searcher.find("zh", "劣V类") == searcher.find("zh", "劣Ⅴ类")


def test_an_english_word_that_no_page_has_brings_no_other_in_its_place(searcher: Searcher) -> None:
    assert searcher.find("en", "strawberry") == []


# --- what a result shows ---------------------------------------------------------------------------------------------


def test_a_result_says_what_it_is_where_it_stands_and_who_is_responsible(search: Open) -> None:
    result = search("zh", "秸秆禁烧").locator(".result").first
    expect(result.locator("h3")).to_have_text("秸秆禁烧")
    for text in ("任务", "4.3.1", "生态环境分局"):
        expect(result.locator(".meta").first).to_contain_text(text)
    expect(result.locator("mark").first).to_have_text("秸秆禁烧")
    assert "\u200b" not in (result.text_content() or "")


def test_signs_in_numbers_are_shown_as_they_are(search: Open) -> None:
    expect(search("zh", "90%").locator("mark").first).to_have_text("90%")
    expect(search("zh", "PM2.5").locator("mark").first).to_have_text("PM2.5")


def test_the_passage_link_leads_to_the_commitment(search: Open) -> None:
    page = search("zh", "吉林一号", kind="measure")
    page.locator(".result a[href*='#a']").first.click()
    expect(page.locator(":target")).to_contain_text("吉林一号")


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_markup_in_a_query_stays_text(search: Open, locale: str) -> None:
    page = search(locale, "<img src=x onerror=alert(1)> PM2.5")
    assert page.locator("[data-search] img").count() == 0


# --- filters and the address -----------------------------------------------------------------------------------------


def test_filters_narrow_and_show_counts(search: Open) -> None:
    page = search("zh", "秸秆")
    everything = found(page)
    kinds = page.locator("select[name=kind]")
    label = kinds.locator("option[value=measure]").text_content() or ""
    kinds.select_option("measure")
    settled(page)
    assert "kind=measure" in page.url
    measures = found(page)
    assert label.endswith(f"({len(measures)})")
    assert set(measures) == {address for address in everything if re.search(r"/measures/[^/]+/$", address)}
    page.get_by_role("button", name="清除筛选").click()
    expect(page).not_to_have_url(re.compile("kind="))


def test_topic_department_plan_and_year_filters_work_together(search: Open) -> None:
    chosen = found(search("en", "straw", plan="jingyue-14", topic="air", department="public-security", kind="measure"))
    assert "plans/jingyue-14/measures/straw-burning-ban/" in chosen
    assert set(chosen) < set(found(search("en", "straw")))
    assert set(found(search("en", "air", year="2025"))) < set(found(search("en", "air")))


def test_filters_without_a_query_list_their_pages(search: Open, documents: Documents) -> None:
    places = {address for address in documents["en"] if re.fullmatch(r"places/[^/]+/", address)}
    assert places <= set(found(search("en", "", kind="place")))


def test_the_address_keeps_the_search_and_back_returns_to_it(search: Open) -> None:
    page = search("zh", "秸秆禁烧")
    box, first = page.get_by_role("searchbox"), page.locator(".result h3").first
    box.fill("新立城水库")
    box.press("Enter")
    expect(first).to_have_text("新立城水库")
    assert page.url.endswith(f"?{urlencode({'q': '新立城水库'})}")
    first.locator("a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("新立城水库")
    page.go_back()
    expect(first).to_have_text("新立城水库")
    expect(box).to_have_value("新立城水库")
    page.go_back()
    expect(first).to_have_text("秸秆禁烧")
    expect(box).to_have_value("秸秆禁烧")


def test_typing_alone_searches(search: Open) -> None:
    page = search("en", "")
    page.get_by_role("searchbox").press_sequentially("straw")
    expect(page.locator(".result h3").first).to_contain_text("traw")
    assert page.url.endswith("?q=straw")


def test_the_box_in_the_header_of_any_page_leads_here(open_page: Open) -> None:
    page = open_page("zh/topics/")
    page.get_by_role("searchbox").fill("黑土地")
    page.keyboard.press("Enter")
    expect(page.locator(".result h3").first).to_contain_text("黑土地")


# --- keyboard, nothing found, trouble --------------------------------------------------------------------------------


def test_arrow_keys_move_among_results_and_escape_returns(search: Open) -> None:
    page = search("zh", "伊通河")
    box, links = page.get_by_role("searchbox"), page.locator(".result h3 a")
    box.focus()
    for key, focused in [
        ("ArrowDown", links.nth(0)),
        ("ArrowDown", links.nth(1)),
        ("ArrowUp", links.nth(0)),
        ("ArrowUp", box),
        ("ArrowDown", links.nth(0)),
        ("Escape", box),
    ]:
        page.keyboard.press(key)
        expect(focused).to_be_focused()


def test_more_results_are_shown_and_the_first_new_one_has_the_focus(search: Open) -> None:
    page = search("zh", "2025年")
    group = page.locator("[data-search-results] section", has=page.get_by_role("heading", name="任务", exact=True))
    shown = group.locator(".result").count()
    group.get_by_role("button").click()
    expect(group.locator(".result h3 a").nth(shown)).to_be_focused()


def test_nothing_found_gives_advice_and_ways_on(search: Open) -> None:
    page = search("zh", "boiler xyzzy")
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator("[data-search-status]")).to_have_text("没有找到")
    english = page.get_by_role("link", name="Search the English pages")
    assert (english.get_attribute("href") or "").endswith("en/search/?q=boiler+xyzzy")


def test_a_search_that_cannot_be_loaded_says_so_in_words(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{server}en/search/?q=straw")
    expect(page.locator("[data-search-status]")).to_contain_text("could not be loaded")
    expect(page.locator("[data-search-index]")).to_be_visible()
    page.close()


def test_without_scripts_the_page_is_an_index(open_page: Open) -> None:
    page = open_page("zh/search/", java_script_enabled=False)
    for kind in ("topics", "departments", "places"):
        assert page.locator(f"main a[href*='/{kind}/']").count() > 10


# --- the index files -------------------------------------------------------------------------------------------------


def test_two_indexes_of_the_same_pages_are_identical(site: Path, html_files: dict[str, str]) -> None:
    built = {
        f"pagefind/{path.relative_to(site / 'pagefind').as_posix()}": path.read_bytes()
        for path in (site / "pagefind").rglob("*")
        if path.is_file()
    }
    assert build_index(reversed(html_files.items()), timeout=120) == built


def test_pagefinds_own_interface_is_left_out(site: Path) -> None:
    names = {path.name for path in (site / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-entry.json", "pages.zh-hans.json", "pages.en.json"} <= names
    assert not any("ui" in name for name in names)
    table = json.loads((site / "pagefind" / "pages.en.json").read_bytes())
    assert {"kind", "plan", "topic", "department", "year"} <= set(table["filters"])


def test_an_index_that_takes_too_long_is_an_error() -> None:
    page = '<html lang="en"><body class="kind-x"><main data-pagefind-body><h1>Title</h1></main></body></html>'
    with pytest.raises(SearchError, match="did not finish within 0 s"):
        build_index([("en/index.html", page)], timeout=0)


def test_no_page_no_index() -> None:
    assert build_index([("404.html", "<html lang='en'><main></main></html>")], timeout=10) == {}
