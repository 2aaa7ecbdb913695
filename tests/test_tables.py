"""A table is read on a phone without moving it sideways: row by row, each cell with the heading of its column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from page_kinds import KINDS
from playwright.sync_api import Browser, Page

from plansite.html.tables import label_cells

TABLE = (
    '<table class="data"><caption>Straw</caption><thead><tr><th scope="col">What</th>'
    '<th scope="col">Jingyue <a class="locator" href="#">4.3.1</a></th>'
    '<th scope="col" class="num"><span class="visually-hidden">No. </span>“A” &amp; "B"</th></tr></thead><tbody>'
    '<tr class="group"><th scope="rowgroup" colspan="3">Means</th></tr>'
    '<tr id="a"><th scope="row">Grid</th><td>4 <b>levels</b></td><td class="num">2</td></tr></tbody></table>'
)


def labelled(html: str) -> BeautifulSoup:
    return BeautifulSoup(label_cells(html), "html.parser")


def test_a_cell_has_the_words_of_its_heading_without_what_else_stands_there() -> None:
    assert [cell["data-label"] for cell in labelled(TABLE).find_all("td")] == ["Jingyue", '“A” & "B"']


def test_every_element_of_a_table_but_its_caption_has_its_role() -> None:
    roles = [(element.name, element.get("role")) for element in labelled(TABLE).find_all(True)]
    known = [pair for pair in roles if pair[0] not in ("a", "b", "span")]
    head = [("table", "table"), ("caption", None), ("thead", "rowgroup"), ("tr", "row")]
    head += [("th", "columnheader")] * 3
    body = [("tbody", "rowgroup"), ("tr", "row"), ("th", "rowheader"), ("tr", "row"), ("th", "rowheader")]
    assert known == [*head, *body, ("td", "cell"), ("td", "cell")]


def test_all_else_stays_as_it_was() -> None:
    soup = labelled(f"<p>before</p>{TABLE}<p>after</p>")
    for element in soup.find_all(True):
        for name in ("role", "data-label"):
            element.attrs.pop(name, None)
    assert str(soup) == str(BeautifulSoup(f"<p>before</p>{TABLE}<p>after</p>", "html.parser"))
    assert label_cells("<p>no table</p>") == "<p>no table</p>"


def test_the_first_of_cells_without_a_heading_of_the_row_stands_as_one() -> None:
    """As in the tables of an article."""
    table = "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    assert [cell.get("data-label") for cell in labelled(table).find_all("td")] == [None, "b"]


# --- in the browser ---------------------------------------------------------------------------------------------------

UNLABELLED = """() => [...document.querySelectorAll('tbody tr:not(.group) > :not(:first-child)')]
  .filter((cell) => !cell.closest('.note-table') && !cell.matches(':empty') &&
    getComputedStyle(cell, '::before').content !== `"${cell.dataset.label}" / ""`).map((cell) => cell.outerHTML)"""
TOO_WIDE = """() => { document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
  const width = document.documentElement.clientWidth;
  const moving = (e) => e.scrollWidth > e.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
  const cut = (e) => e.closest('pre, .visually-hidden, .skip-link, thead');
  return [...document.querySelectorAll('body *')]
    .filter((e) => (moving(e) || e.getBoundingClientRect().right > width + 0.5) && !cut(e))
    .map((e) => e.outerHTML.slice(0, 120)); }"""
"""What the reader would have to move sideways. Lines of code keep their breaks; headings that nobody sees count not."""
DISPLAYS = "() => [...new Set([...document.querySelectorAll('td')].map((cell) => getComputedStyle(cell).display))]"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def with_tables(site: Path, locale: str) -> list[str]:
    """For each template that has tables the address of the longest page among the examples of its kinds."""
    longest: dict[str, tuple[int, str]] = {}
    for kind in KINDS.values():
        text = (site / locale / kind.address / "index.html").read_text(encoding="utf-8")
        if "<table" in text:
            longest[kind.template] = max(longest.get(kind.template, (0, "")), (len(text), f"{locale}/{kind.address}"))
    return [path for _, path in longest.values()]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_no_table_moves_sideways_on_a_phone(site: Path, server: str, phone: Page, locale: str) -> None:
    """Nor at 320 pixels, which is 1280 enlarged to 400 %, nor there with letters twice as large."""
    session = phone.context.new_cdp_session(phone)
    found: list[tuple[str, int, int, str]] = []
    for path in with_tables(site, locale):
        phone.set_viewport_size({"width": 375, "height": 700})
        phone.goto(server + path)
        for width, letters in ((375, 16), (320, 16), (320, 32)):
            phone.set_viewport_size({"width": width, "height": 700})
            session.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
            found += [(path, width, letters, element) for element in phone.evaluate(TOO_WIDE)]
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
        found += [(path, 320, 16, element) for element in phone.evaluate(UNLABELLED)]
    assert found == []


def test_a_screen_reader_hears_a_table_and_no_heading_twice(server: str, phone: Page) -> None:
    phone.set_viewport_size({"width": 375, "height": 700})
    phone.goto(f"{server}en/{KINDS['shared measure'].address}")
    table = phone.get_by_role("table", name="What differs between the plans")
    assert table.get_by_role("columnheader").count() == 5
    row = table.get_by_role("row").nth(1)
    assert (row.get_by_role("rowheader").count(), row.get_by_role("cell").count()) == (1, 4)
    assert not row.get_by_role("cell").first.aria_snapshot().startswith('- cell "Jingyue')


def test_on_paper_and_on_a_desk_it_is_a_table(server: str, phone: Page) -> None:
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(f"{server}zh/{KINDS['indicators'].address}")
    assert phone.evaluate(DISPLAYS) == ["table-cell"]
    phone.set_viewport_size({"width": 658, "height": 900})  # A4 between its margins
    phone.emulate_media(media="print")
    assert phone.evaluate(DISPLAYS) == ["table-cell"]
    phone.emulate_media(media="screen")
    assert "table-cell" not in phone.evaluate(DISPLAYS)


def test_a_chinese_name_in_the_sentence_of_a_claim_stays_in_its_line(server: str, phone: Page) -> None:
    for width in (375, 1280):
        phone.set_viewport_size({"width": width, "height": 900})
        phone.goto(f"{server}en/plans/jilin-city-14/progress/")
        names = phone.locator(".claim span[lang]")
        shown = names.evaluate_all("names => names.map((name) => getComputedStyle(name).display)")
        assert set(shown) == {"inline"}
