"""Search in a real browser: what contains the words is found, what is named after them comes first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

from plansite.search import SearchError, build_index

CHINESE = [
    "秸秆禁烧", "秸秆", "农村生活污水", "新立城水库", "伊通河", "净月潭", "三线一单", "优良天数", "优良天数比例", "黑土地", "危险废物",
    "医疗废物", "再生水", "地下水", "饮用水源", "PM2.5", "细颗粒物", "2025年", "Ⅲ类", "劣Ⅴ类", "生态环境分局", "农业农村和水务局",
    "黑臭水体", "河长制", "散煤", "燃煤锅炉", "挥发性有机物", "重污染天气", "畜禽粪污", "化肥", "噪声", "碳达峰", "生态保护红线",
    "国控断面", "排污许可", "玉潭镇", "吉林一号", "90%", "30微克/立方米", "4.3.1", "公安分局", "垃圾分类", "新能源汽车", "环境应急",
]
ENGLISH = [
    "straw burning", "rural sewage", "boilers", "black soil", "Xinlicheng Reservoir", "Yitong River", "hazardous waste",
    "groundwater", "PM2.5", "loose coal", "carbon", "ecological red line", "reclaimed water", "Public Security", "noise",
]
ENOUGH = 25  # Chinese queries that the site must have an answer to, or the test says nothing

INLINE = {"a", "b", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"}
UNSEARCHED = "[data-pagefind-ignore], button, form, nav, noscript, script, select, svg, template"

Find = Callable[..., "Found"]


@dataclass(frozen=True)
class Document:
    """A page of the built site as a reader sees it."""

    title: str
    text: str


@dataclass(frozen=True)
class Found:
    """Addresses below the language, in the order shown, and the browser page that shows them."""

    addresses: list[str]
    page: Page


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, dict[str, Document]]:
    """Language → address → page, for the pages that are searched."""
    return {locale: dict(_documents(site / locale)) for locale in ("zh", "en")}


def _documents(folder: Path) -> Iterator[tuple[str, Document]]:
    for path in folder.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        if "data-pagefind-body" in html:
            main = BeautifulSoup(html[html.index("<main"):html.index("</main>")], "html.parser")
            title = main.h1
            assert title, path
            yield path.parent.relative_to(folder).as_posix() + "/", Document(_text(title), _text(main))


def _text(element: Tag) -> str:
    """The text with a line for each block."""
    for tag in element.select(UNSEARCHED):
        tag.decompose()
    for tag in element.find_all(lambda tag: tag.name not in INLINE):
        tag.insert_before("\n")
        tag.insert_after("\n")
    lines = (" ".join(line.split()) for line in re.sub(r"[ \t]*\n\s*", "\n", element.get_text()).split("\n"))
    return "\n".join(line for line in lines if line)


@pytest.fixture
def find(browser: Browser, server: str) -> Iterator[Find]:
    """Search by the address and return every result. No request to another host, no complaint of the browser."""
    context = browser.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: troubles.append(request.url) if not request.url.startswith(server) else None)

    def find(locale: str, query: str, **filters: str) -> Found:
        given = "&".join(f"{name}={quote(value)}" for name, value in ({"q": query} | filters).items())
        page.goto(f"{server}{locale}/search/?{given}")
        return Found(results(page, server, locale), page)

    yield find
    context.close()
    assert not troubles


def results(page: Page, server: str, locale: str) -> list[str]:
    """Addresses of all results, every group unfolded."""
    settled(page)
    more = page.locator("[data-search-results] button:visible")
    while count := more.count():
        shown = page.locator(".result").count()
        more.nth(count - 1).click()
        expect(page.locator(".result")).not_to_have_count(shown)
    links = page.locator(".result h3 a").evaluate_all("links => links.map((link) => link.href)")
    return [link.removeprefix(f"{server}{locale}/") for link in links]


def settled(page: Page) -> None:
    """Wait until the count stands there."""
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"\d|Nothing found|没有找到"), timeout=20_000)


def holding(documents: dict[str, Document], query: str) -> set[str]:
    """The truth: pages whose text contains the query, in any case of its letters."""
    return {address for address, page in documents.items() if query.lower() in page.text.lower()}


# --- finding ---------------------------------------------------------------------------------------------------------


def test_the_site_has_an_answer_to_enough_queries(documents: dict[str, dict[str, Document]]) -> None:
    assert sum(bool(holding(documents["zh"], query)) for query in CHINESE) >= ENOUGH


@pytest.mark.parametrize("query", CHINESE)
def test_chinese_without_spaces_finds_every_page_that_contains_it(
    find: Find, documents: dict[str, dict[str, Document]], query: str
) -> None:
    truth, found = holding(documents["zh"], query), find("zh", query).addresses
    if truth:
        assert truth - set(found) == set()
        assert len(found) == len(set(found))
        wrong = [address for address in found if re.sub(r"\W", "", query) not in re.sub(r"\W", "", documents["zh"][address].text)]
        assert wrong == []


@pytest.mark.parametrize("query", ENGLISH)
def test_english_finds_every_page_that_contains_it(
    find: Find, documents: dict[str, dict[str, Document]], query: str
) -> None:
    truth = holding(documents["en"], query)
    assert truth, "choose another query: no page has this one"
    assert truth - set(find("en", query).addresses) == set()


@pytest.mark.parametrize(("locale", "query"), [*(("zh", query) for query in CHINESE), *(("en", query) for query in ENGLISH)])
def test_pages_named_after_the_query_come_first(
    find: Find, documents: dict[str, dict[str, Document]], locale: str, query: str
) -> None:
    titled = {address for address, page in documents[locale].items() if query.lower() in page.title.lower()}
    found = find(locale, query).addresses
    assert titled <= set(found[:len(titled) + 2]) if locale == "en" else titled == set(found[:len(titled)])


def test_full_width_letters_and_several_words(find: Find, documents: dict[str, dict[str, Document]]) -> None:
    assert set(find("zh", "ＰＭ２．５").addresses) == set(find("zh", "PM2.5").addresses)
    both = holding(documents["zh"], "秸秆") & holding(documents["zh"], "污水")
    assert both
    assert set(find("zh", "秸秆 污水").addresses) == both


def test_a_phrase_that_no_page_has_falls_back_to_its_words_and_says_so(find: Find) -> None:
    found = find("zh", "净月区秸秆的禁烧令")
    assert found.addresses == []
    found = find("zh", "秸秆禁烧污水")
    assert found.addresses
    reason = found.page.locator(".result-reason").first
    expect(reason).to_contain_text("秸秆禁烧")
    expect(reason).to_contain_text("污水")


# --- what a result shows ---------------------------------------------------------------------------------------------


def test_a_result_says_what_it_is_where_it_stands_and_who_is_responsible(find: Find) -> None:
    page = find("zh", "秸秆禁烧").page
    result = page.locator(".result").first
    expect(result.locator("h3")).to_have_text("秸秆禁烧")
    for text in ("任务", "4.3.1", "生态环境分局"):
        expect(result.locator(".meta").first).to_contain_text(text)
    expect(result.locator("mark").first).to_have_text("秸秆禁烧")
    assert "\u200b" not in (result.text_content() or "")


def test_the_passage_link_leads_to_the_commitment(find: Find) -> None:
    page = find("zh", "吉林一号", kind="measure").page
    link = page.locator(".result a[href*='#a']").first
    link.click()
    expect(page.locator(":target")).to_contain_text("吉林一号")


def test_markup_in_a_query_stays_text(find: Find) -> None:
    page = find("en", "<img src=x onerror=alert(1)> straw").page
    assert page.locator("[data-search-results] img").count() == 0


# --- filters and the address -----------------------------------------------------------------------------------------


def test_filters_narrow_and_show_counts(find: Find) -> None:
    everything = find("zh", "秸秆")
    kind = everything.page.get_by_label("类别")
    label = kind.locator("option[value=measure]").text_content() or ""
    number = int(label.rpartition("(")[2].rstrip(")"))
    kind.select_option("measure")
    settled(everything.page)
    expect(everything.page.locator("[role=status]").first).to_contain_text(str(number))
    assert "kind=measure" in everything.page.url
    measures = find("zh", "秸秆", kind="measure").addresses
    assert len(measures) == number
    assert set(measures) == {address for address in everything.addresses if "/measures/" in address}


def test_topic_department_plan_and_year_filters_work_together(find: Find) -> None:
    chosen = find("en", "straw", plan="jingyue-14", topic="air", department="public-security", kind="measure")
    assert "plans/jingyue-14/measures/straw-burning-ban/" in chosen.addresses
    assert set(chosen.addresses) < set(find("en", "straw").addresses)
    assert set(find("en", "air", year="2025").addresses) < set(find("en", "air").addresses)


def test_filters_without_a_query_list_their_pages(find: Find, documents: dict[str, dict[str, Document]]) -> None:
    places = {address for address in documents["en"] if re.fullmatch(r"places/[^/]+/", address)}
    assert set(find("en", "", kind="place").addresses) == places


def test_the_address_keeps_the_search_and_back_returns_to_it(find: Find) -> None:
    page = find("zh", "秸秆禁烧").page
    box = page.get_by_role("searchbox")
    box.fill("新立城水库")
    box.press("Enter")
    page.wait_for_url(f"**/?q={quote('新立城水库')}")
    expect(page.locator(".result h3").first).to_have_text("新立城水库")
    page.locator(".result h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("新立城水库")
    page.go_back()
    expect(box).to_have_value("新立城水库")
    expect(page.locator(".result h3").first).to_have_text("新立城水库")
    page.go_back()
    expect(box).to_have_value("秸秆禁烧")
    expect(page.locator(".result h3").first).to_have_text("秸秆禁烧")


def test_the_box_in_the_header_of_any_page_leads_here(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}zh/topics/")
    page.get_by_role("searchbox").fill("黑土地")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator(".result h3").first).to_contain_text("黑土地")
    page.close()


# --- keyboard, nothing found, trouble --------------------------------------------------------------------------------


def test_arrow_keys_move_among_results_and_escape_returns(find: Find) -> None:
    page = find("zh", "伊通河").page
    box, links = page.get_by_role("searchbox"), page.locator(".result h3 a")
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()


def test_nothing_found_gives_advice_and_ways_on(find: Find) -> None:
    page = find("zh", "boiler xyzzy").page
    expect(page.locator(".empty")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("没有找到")
    english = page.get_by_role("link", name="Search the English pages")
    assert (english.get_attribute("href") or "").endswith("en/search/?q=boiler+xyzzy")


def test_a_search_that_cannot_be_loaded_says_so_in_words(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{server}en/search/?q=straw")
    expect(page.get_by_role("status").first).to_contain_text("could not be loaded")
    expect(page.locator("[data-search-index]")).to_be_visible()
    page.close()


def test_without_scripts_the_page_is_an_index(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}zh/search/")
    for kind in ("topics", "departments", "places"):
        assert page.locator(f"main a[href*='/{kind}/']").count() > 10
    context.close()


# --- the index files -------------------------------------------------------------------------------------------------


def test_two_indexes_of_the_same_pages_are_identical(site: Path) -> None:
    pages = [(path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))]
    first, second = build_index(pages, timeout=120), build_index(reversed(pages), timeout=120)
    assert first == second
    assert first == {f"pagefind/{path.relative_to(site / 'pagefind').as_posix()}": path.read_bytes()
                     for path in (site / "pagefind").rglob("*") if path.is_file()}


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
