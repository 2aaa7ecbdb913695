"""Typography in the built pages: full-width marks bring their own space, quotation marks nest, subscripts stand low."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Page

SPACED = re.compile(r"(?:[。：；，！？、](?:</\w+>)*|）) +(?=\S)")
CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
Soup = Callable[[str], BeautifulSoup]


def test_no_space_follows_a_full_width_mark(site: Path) -> None:
    found = {
        path.relative_to(site).as_posix(): match[0]
        for path in site.glob("zh/**/*.html")
        for match in SPACED.finditer(CODE.sub("", path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_quotation_marks_nest(site: Path) -> None:
    """A printed text that begins with a quotation mark of its own, in the quotation marks of the page."""
    nested = 0
    for path in site.glob("*/notes/*/index.html"):
        html = path.read_text(encoding="utf-8")
        assert '<q lang="zh-Hans">“' not in html, path
        nested += html.count('<q lang="zh-Hans">‘')
    assert nested


def test_subscripts_of_a_printed_name_stand_low(soup: Soup) -> None:
    names = [str(name) for name in soup("zh/indicators/pm25/").select("dt:-soup-contains('原文名称') + dd")]
    assert any("(PM<sub>2.5</sub>) 年均浓度 (μg/m³)" in name for name in names)
    assert not any("_{" in name for name in names)


def test_the_heads_of_a_sortable_table_are_printed(open_page: Callable[..., Page]) -> None:
    page = open_page("zh/targets/")
    page.emulate_media(media="print")
    head = page.locator("table.targets thead th").first
    assert head.inner_text() == "内容"
    assert page.locator("main button:visible").count() == page.locator("table.targets thead th button").count() > 2


def test_rows_and_terms_have_a_link_to_copy(soup: Soup) -> None:
    """What the page about citing promises: an address for a row of an indicator table and for a term."""
    row = soup("en/plans/jingyue-14/indicators/").select_one("tr#i1 a.permalink")
    term = soup("en/about/glossary/").select_one("#straw-burning a.permalink, #black-odorous-water a.permalink")
    assert row and row["href"] == "#i1" and row["aria-label"] == "Link to row 1 #"
    assert term and str(term["aria-label"]).startswith("Link to “")
