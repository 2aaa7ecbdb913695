"""Reading the site as people do: with a phone, a keyboard, a screen reader, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
STRAW = "plans/jingyue-14/measures/straw-burning-ban/"


def test_tab_leads_first_to_the_content_and_focus_is_visible(open_page: Open) -> None:
    page = open_page(f"en/{STRAW}")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_attribute("href", "#main")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_every_control_can_be_reached_and_left_by_keyboard(open_page: Open) -> None:
    page = open_page(f"zh/{STRAW}")
    count = page.evaluate("""document.querySelectorAll(
        'a[href], button, input, select, summary, [tabindex="0"]').length""")
    seen = set()
    for _ in range(count + 5):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("""(() => { const e = document.activeElement; return e === document.body ? '' :
            [...document.querySelectorAll('*')].indexOf(e); })()""")
        )
    visible = page.evaluate("""[...document.querySelectorAll('a[href], button, input, select, summary')]
        .filter(e => e.checkVisibility({visibilityProperty: true}))
        .map(e => [...document.querySelectorAll('*')].indexOf(e))""")
    assert set(visible) <= seen


def test_slash_leads_to_the_search_box(open_page: Open) -> None:
    page = open_page(f"en/{STRAW}")
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("boilers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=boilers*")


def test_the_language_switch_keeps_the_page(open_page: Open) -> None:
    page = open_page(f"zh/{STRAW}")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(f"en/{STRAW}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Straw-burning ban")


def test_a_commitment_has_an_address_and_is_marked_on_arrival(open_page: Open) -> None:
    page = open_page(f"en/{STRAW}#a2")
    target = page.locator("#a2")
    expect(target).to_be_in_viewport()
    colour = "e => getComputedStyle(e).backgroundColor"
    assert target.evaluate(colour) != page.locator("#a1").evaluate(colour)


def test_a_citation_is_copied_and_the_button_says_so(open_page: Open) -> None:
    page = open_page(f"en/{STRAW}", permissions=["clipboard-read", "clipboard-write"])
    section = page.locator(".citations")
    button = section.get_by_role("button").first
    button.click()
    expect(section).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == section.locator(".citation-text").first.inner_text().strip()
    assert "jingyue-14/measures/straw-burning-ban/" in copied and "[" in copied


def test_a_quote_is_copied_with_its_source_and_its_link(open_page: Open) -> None:
    page = open_page(f"zh/{STRAW}", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#a1").get_by_role("button").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    quote, source, link, highlighted = copied.split("\n")
    assert quote.startswith("“在全域、全时段") and quote.endswith("”")
    assert source == "——规划明读（非官方重述），据长春净月高新技术产业开发区生态环境保护“十四五”规划4.3.1"
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert link == f"{canonical}#a1" and highlighted.startswith(f"{link}:~:text=")


def test_a_quote_names_the_permanent_address_and_its_marks_nest(open_page: Open) -> None:
    """Nothing stays of what a messenger added to the address."""
    page = open_page(f"zh/{STRAW}?from=timeline", permissions=["clipboard-read", "clipboard-write"])
    commitment = page.locator("ol.actions li").filter(has_text="“吉林一号”")
    commitment.get_by_role("button").first.click()
    quote, _, link, highlighted = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert quote.startswith("“用‘吉林一号’高清卫星") and quote.endswith("”") and quote.count("“") == 1
    id = commitment.get_attribute("id")
    assert link.endswith(f"/zh/{STRAW}#{id}") and "from=timeline" not in highlighted


@pytest.mark.parametrize(
    ("locale", "asked", "goal"),
    [
        ("zh", "净月 4.3.1", STRAW),
        ("zh", "净月4.3.1", STRAW),
        ("zh", "净月区　４．３．１", STRAW),
        ("en", "Jingyue 4.3.1", STRAW),
        ("en", "Jingyue 4.3.1", STRAW),
        ("en", "jingyue-14 4", "plans/jingyue-14/chapters/4/"),
    ],
)
def test_the_jump_box_takes_a_locator(open_page: Open, locale: str, asked: str, goal: str) -> None:
    page = open_page(f"{locale}/")
    box = page.locator(".jump-box input").first
    box.fill(asked)
    box.press("Enter")
    page.wait_for_url(f"**/{locale}/{goal}*")


def test_the_jump_box_names_the_nearest_when_there_is_no_such_place(open_page: Open) -> None:
    page = open_page("en/")
    box = page.locator(".jump-box input").first
    box.fill("Jingyue 4.3.9")
    box.press("Enter")
    status = page.locator(".jump-status").first
    expect(status).to_contain_text("4.3.9")
    expect(status).to_contain_text("4.3.6")


def test_targets_can_be_filtered_and_the_filter_is_in_the_address(open_page: Open) -> None:
    page = open_page("en/targets/")
    rows = page.locator("table[data-sortable] tbody tr:visible")
    everything = rows.count()
    page.locator("form.filter-form select[name=year]").select_option("2023")
    expect(rows).not_to_have_count(everything)
    assert 0 < rows.count() < everything
    for text in rows.all_inner_texts():
        assert "2023" in text
    assert "year=2023" in page.url
    page.reload()
    expect(rows).not_to_have_count(everything)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_without_scripts_everything_but_search_works(open_page: Open, locale: str) -> None:
    page = open_page(f"{locale}/{STRAW}", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#a1")).to_be_visible()
    expect(page.locator(".citation-text").first).to_be_visible()
    for button in page.locator("main button").all():
        assert not button.is_visible(), button.inner_text()
    page.locator(".citations summary").first.click()
    expect(page.locator(".citations details").first.locator(".citation-text")).to_be_visible()
    page.goto(page.url.replace(STRAW, "search/"))
    for goal in ("topics/air/", "departments/ecology-environment/", "places/yitong-river/"):
        expect(page.locator(f'main a[href$="{goal}"]').first).to_be_visible()
    page.goto(page.url.replace("search/", "jump/?q=4.3.1"))
    expect(page.locator(f'main a[href$="{STRAW}"]').first).to_be_visible()
    page.goto(page.url.replace("jump/?q=4.3.1", "indicators/pm25/"))
    expect(page.locator("main svg").first).to_be_visible()


def test_print_shows_the_address_and_hides_the_navigation(open_page: Open, server: str) -> None:
    page = open_page(f"en/{STRAW}")
    page.emulate_media(media="print")
    expect(page.locator(".print-address")).to_be_visible()
    expect(page.locator(".print-address")).to_contain_text(f"{server}en/{STRAW}")
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator(".search-box").first).to_be_hidden()
