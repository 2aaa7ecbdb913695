"""Numbers in Chinese and English text, and how a restatement is held against an official text."""

from __future__ import annotations

import pytest

from plansite.model import Locale, NumberException, Text
from plansite.verify.numerals import mentions
from plansite.verify.restatement import Statement, compare


def figures(text: str, locale: Locale = "zh") -> list[str]:
    """One reading of every number that both texts must have."""
    return [mention.key for mention in mentions(text, locale) if mention.force == "figure"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("十二区协同", ["12"]),
        ("两轴一带、三心九片", ["2", "3", "9"]),
        ("一百零五个村", ["105"]),
        ("百分之三十五点五", ["35.5"]),
        ("年产5.3万吨", ["53000"]),
        ("投资2亿元", ["200000000"]),
        ("长35.95千米，宽12.0米", ["35.95", "12"]),
        ("到２０２５年达到８５％", ["2025", "85"]),
        ("二〇二五年底", ["2025"]),
        ("2021—2025年", ["2021", "2025"]),
        ("10%～15%", ["10", "15"]),
        ("国三及以下，达到国六标准", ["3", "6"]),
        ("好于Ⅲ类，消除劣Ⅴ类", ["3", "5"]),
        ("第四阶段排放标准", ["4"]),
        ("构建“3+2+3”体系", ["3", "2", "3"]),
        ("“12345”战略", ["12345"]),
        ("力争“十四五”时期", ["2025"]),
        ("第十四个五年规划", ["2025"]),
        ("6月5日", ["day:6-5"]),
        ("PM2.5和PM_{10}，每m3", []),
        ("三线一单、双随机、一公开", []),
        ("第三方治理，双碳，一企一策", []),
        ("二氧化碳、百姓、十分、零部件", []),
        ("（十二）推进工作。12.落实。③完成", []),
        ("河道两侧", []),
    ],
)
def test_figures_of_chinese_text(text: str, found: list[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Twelve zones", ["12"]),
        ("twenty-five sites and 1,428 cases", ["25", "1428"]),
        ("5.3 million yuan, 50,000 tonnes (5万吨)", ["5300000", "50000"]),
        ("the 14th Five-Year Plan (2021–2025)", ["2025"]),
        ("the 14th Five-Year Plan (2021–2026)", ["2025", "2021–2026"]),
        ("Grade III or better, China VI", ["3", "6"]),
        ("on 5 June and 15 April", ["day:6-5", "day:4-15"]),
        ("ten thousand improved villages", ["10000"]),
        ("by 2025, 30 µg/m³ of PM2.5", ["2025", "30"]),
        ("Jilin-1, third party, one by one, both, dual control", []),
        ("companies may act in March style: I mix", []),
    ],
)
def test_figures_of_english_text(text: str, found: list[str]) -> None:
    assert figures(text, "en") == found


@pytest.mark.parametrize(
    ("zh", "en", "agree"),
    [
        ("30微克/立方米", "30 µg/m³", True),
        ("85%", "85 per cent", True),
        ("85%", "85 km", False),
        ("5万吨", "50,000 t", True),
        ("5万吨", "5 t", False),
        ("65蒸吨/小时", "65 t/h", True),
        ("“6.5”环境日", "5 June", True),
        ("“十四五”时期", "the 14th Five-Year Plan", True),
        ("“十三五”时期", "the 14th Five-Year Plan", False),
    ],
)
def test_numbers_agree_with_their_units(zh: str, en: str, agree: bool) -> None:
    (first,), (second,) = mentions(zh, "zh"), mentions(en, "en")
    assert first.agrees(second) is agree


def disagreements(official: str, zh: str, en: str, **more: object) -> list[tuple[str, str]]:
    faults: list[tuple[str, str]] = []
    statement = Statement((0,), [((0, "text"), Text(zh, en))], **more)  # type: ignore[arg-type]
    compare(official, statement, lambda kind, path, found, expected: faults.append((kind, str(path[-1]))))
    return faults


def test_a_restatement_in_other_words_agrees() -> None:
    assert disagreements("构建十二区，达到百分之八十五。", "建12个区，达85%。", "Build twelve zones; reach 85%.") == []


def test_a_number_missing_in_one_language() -> None:
    assert disagreements("十二区", "12个区", "zones") == [("number-missing", "en"), ("number-missing", "en")]


def test_a_number_that_is_not_in_the_document() -> None:
    assert disagreements("淘汰35吨锅炉", "淘汰35吨和40吨锅炉", "35 t and 40 t boilers") == [
        ("number-added", "zh"),
        ("number-added", "en"),
    ]


def test_a_number_that_the_document_says_twice() -> None:
    assert disagreements("35吨以下淘汰，35吨以上改造", "35吨以下淘汰", "retire below 35 t") != []


def test_an_editor_may_count_a_list_in_words_not_in_digits() -> None:
    official = "优先、重点和一般管控单元"
    assert disagreements(official, "分优先、重点和一般三类", "three classes: priority, key, general") == []
    assert disagreements(official, "分优先、重点和一般四类", "four classes: priority, key, general") != []
    assert disagreements(official, "分优先、重点和一般3类", "3 classes: priority, key, general") != []


def test_an_editor_may_count_the_bodies() -> None:
    assert disagreements("推进", "五个部门推进", "Five bodies act", bodies=(5, 5)) == []
    assert disagreements("推进", "四个部门推进", "Four bodies act", bodies=(5, 5)) != []
    assert disagreements("推进", "另外三个部门推进", "three other bureaus act", bodies=(4, 3)) == []
    assert disagreements("推进", "另外四个部门推进", "four other bureaus act", bodies=(4, 3)) != []


def test_a_name_is_not_a_count() -> None:
    assert disagreements("落实“三线一单”", "落实“三线一单”", "Apply the “Three Lines and One List”") == []
    assert disagreements("落实“三线一单”", "落实“四线一单”", "Apply the “Four Lines and One List”") != []


def test_exceptions() -> None:
    why = Text("测试", "A test")
    assert disagreements("推进", "推进7项", "Push 7", exceptions=[NumberException("7", why)]) == []
    assert disagreements("推进7项", "推进", "Push", exceptions=[NumberException("7", why)]) == []
    assert disagreements("推进", "推进", "Push", exceptions=[NumberException("7", why)]) == [("exception", "number")]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("控制在5天左右", True),
        ("治理率达到25%左右。", True),
        ("占地面积约 16575.6 平方米", True),
        ("大约有30户", True),
        ("控制在5天以内", False),
        ("节约20吨", False),
        ("探索3条河左右岸协同治理", False),
        ("新建5座，其余左右", False),
    ],
)
def test_a_number_that_is_about_so_much(text: str, about: bool) -> None:
    """左右 behind the number and its unit, or 约 before it; not 节约, 左右岸 or the 左右 of another clause."""
    (mention,) = mentions(text, "zh")
    assert mention.about is about
