"""Chinese words on English pages are announced to screen readers."""

from __future__ import annotations

import re

import lxml.html
import pytest

from plansite.html.foreign import mark_foreign

HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (
            "<p>People answer for areas (包保).</p>",
            '<p>People answer for areas (<span lang="zh-Hans">包保</span>).</p>',
        ),
        ("<p>the “十四五”规划 of 2023</p>", '<p>the <span lang="zh-Hans">“十四五”规划</span> of 2023</p>'),
        ('<p lang="zh-Hans">秸秆</p>', '<p lang="zh-Hans">秸秆</p>'),
        ('<p lang="zh-Hans">秸秆<b>禁烧</b></p>', '<p lang="zh-Hans">秸秆<b>禁烧</b></p>'),
        (
            '<div lang="zh-Hans"><p lang="en">straw 秸秆</p></div>',
            '<div lang="zh-Hans"><p lang="en">straw <span lang="zh-Hans">秸秆</span></p></div>',
        ),
        ("<title>净月</title><p>a<br>净月</p>", '<title>净月</title><p>a<br><span lang="zh-Hans">净月</span></p>'),
        ('<input placeholder="净月"><!-- 净月 -->', '<input placeholder="净月"><!-- 净月 -->'),
    ],
)
def test_runs_of_chinese_are_marked(html: str, marked: str) -> None:
    assert mark_foreign(html, "en") == marked


def test_chinese_pages_are_left_alone() -> None:
    assert mark_foreign("<p>净月</p>", "zh") == "<p>净月</p>"


def test_no_chinese_on_an_english_page_is_without_its_language(html_files: dict[str, str]) -> None:
    for path, text in html_files.items():
        if not path.startswith("en/"):
            continue
        for words in lxml.html.document_fromstring(text).body.xpath(".//text()"):
            parent = words.getparent().getparent() if words.is_tail else words.getparent()
            if not HAN.search(words) or parent.tag in ("option", "textarea", "script"):
                continue
            language = next(each.get("lang") for each in (parent, *parent.iterancestors()) if each.get("lang"))
            assert language == "zh-Hans", (path, str(words))
