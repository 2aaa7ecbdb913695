"""Markdown pages: safe HTML, links into the reader's language, tables that can be read on a phone."""

from __future__ import annotations

import pytest

from plansite.check.check_site import PageLinks, read_links
from plansite.html import prose


def test_raw_html_is_shown_as_text() -> None:
    assert prose.html("a <b onclick=x>b</b>") == "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"
    assert "<script" not in prose.html("<script>alert(1)</script>")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.org",
        "/\\example.org",
    ],
)
def test_unsafe_links_are_refused(address: str) -> None:
    with pytest.raises(prose.UnsafeLink):
        prose.html(f"[x]({address})")


@pytest.mark.parametrize("address", ["https://example.org/?a=1", "mailto:a@example.org", "#goals", "../cite/", "a/b:c"])
def test_safe_links_stay(address: str) -> None:
    assert f'href="{address}"' in prose.html(f"[x]({address})")


def test_site_links_lead_to_the_language_of_the_page() -> None:
    markup = prose.html("[Glossary](site:about/glossary/#pm25)", base="../../en/")
    assert 'href="../../en/about/glossary/#pm25"' in markup


def test_headings_have_ids_in_both_scripts_and_can_be_lowered() -> None:
    assert prose.html("## 目标 2025") == '<h2 id="目标-2025">目标 2025</h2>'
    assert prose.html("## Goals", deeper=1) == '<h3 id="goals">Goals</h3>'


def test_tables_scroll_and_have_scopes_and_no_inline_style() -> None:
    markup = prose.html("## Figures\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert '<div aria-labelledby="figures" class="table-scroll" role="region" tabindex="0">' in markup
    assert '<th scope="col">a</th>' in markup
    assert '<td class="num">2</td>' in markup
    assert "style=" not in markup


def test_html_that_an_article_shows_is_no_link() -> None:
    shown = prose.html('A text with id="x", then `<a class="permalink" href="y" id="z">`.')
    assert read_links(f'<p id="a">{shown}<a href="b">c</a></p>') == PageLinks(("b",), (), {"a": 1}, ())


def test_a_heading_may_say_its_id() -> None:
    """The same in both languages, so that a link from anywhere finds it."""
    for title in ("What is left", "没有写的"):
        assert prose.html(f"## {title} {{#left}}") == f'<h2 id="left">{title}</h2>'
    assert (
        prose.html('## Odd {#a" onclick="x}').startswith("<h2 id=")
        and "onclick=" not in prose.html('## Odd {#a" onclick="x}').partition(">")[0]
    )
