"""Glossary terms in running text: which words lead where, and which never do."""

from __future__ import annotations

import random
import re

import pytest
from conftest import PROJECT
from markupsafe import Markup

from plansite.html.glossary import Glossary, TermMarks, link_first
from plansite.load import load_site
from plansite.model import LOCALES, Locale, Term, Text

MEANING = Text("定义。", "A definition.")


def term(id: str, zh: str, en: str, **more: tuple[str, ...]) -> Term:
    return Term(id, Text(zh, en), MEANING, **more)  # type: ignore[arg-type]


TERMS = (
    term("section", "断面", "cross-section"),
    term("national", "国控断面", "nationally monitored cross-section", forms_en=("nationally monitored",)),
    term("vocs", "挥发性有机物", "volatile organic compounds (VOCs)", aliases_zh=("VOCs",), aliases_en=("VOCs",)),
    term("grade", "Ⅲ类水", "Grade III water", aliases_zh=("Ⅲ类",), phrases_zh=("Ⅲ类以上放射源",)),
    term("sink", "碳汇", "carbon sink"),
    term("dual", "双碳", "“dual carbon” (peak and neutrality)", aliases_en=("dual carbon",)),
    term("box", "专栏", "box"),
)


def page(*texts: str, locale: Locale = "zh", glossary: Glossary | None = None) -> list[str]:
    """The texts of one page in their order, with their links."""
    marks = TermMarks(glossary or Glossary(TERMS, locale))
    return link_first("|".join(map(marks, texts)), "../glossary/#").split("|")


def linked(text: str, locale: Locale = "zh") -> list[tuple[str, str]]:
    """The links that a text gets on a page of its own: (words, term)."""
    (html,) = page(text, locale=locale)
    return [(words, id) for id, words in re.findall(r'<a class="term" href="\.\./glossary/#([^"]+)">([^<]*)</a>', html)]


def test_the_longest_name_wins() -> None:
    assert linked("11个国控断面和考核断面") == [("国控断面", "national"), ("断面", "section")]
    assert linked("nationally monitored cross-sections", "en") == [("nationally monitored cross-sections", "national")]
    assert linked("nationally or nationally monitored points", "en") == [("nationally monitored", "national")]


def test_a_term_is_linked_once_a_page_by_whatever_name_comes_first() -> None:
    assert page("治理VOCs", "挥发性有机物和碳汇", "碳汇") == [
        '治理<a class="term" href="../glossary/#vocs">VOCs</a>',
        '挥发性有机物和<a class="term" href="../glossary/#sink">碳汇</a>',
        "碳汇",
    ]


def test_a_word_of_latin_letters_stands_alone_among_letters_but_not_among_characters() -> None:
    assert linked("企业VOCs治理") == [("VOCs", "vocs")]
    assert linked("VOCs2与EVOCs") == []


def test_english_words_are_whole_may_be_plural_and_begin_a_sentence() -> None:
    assert linked("Carbon sinks and boxes", "en") == [("Carbon sinks", "sink"), ("boxes", "box")]
    assert linked("a mailbox, a boxer, subcarbon sink, a non-carbon sink", "en") == []
    assert linked("the carbon-sink trade, a cross section", "en") == [
        ("carbon-sink", "sink"),
        ("cross section", "section"),
    ]
    assert linked("carbon\nsink", "en") == [("carbon\nsink", "sink")]


def test_capitals_of_an_abbreviation_count() -> None:
    assert linked("VOCs", "en") == [("VOCs", "vocs")]
    assert linked("vocs", "en") == []


def test_quotation_marks_stay_outside_the_link() -> None:
    assert page("“双碳”目标") == ['“<a class="term" href="../glossary/#dual">双碳</a>”目标']
    assert linked("a “dual carbon” goal", "en") == [("dual carbon", "dual")]
    assert linked("“dual carbon” (peak and neutrality)", "en") == [("“dual carbon” (peak and neutrality)", "dual")]


def test_no_term_in_the_title_of_a_document() -> None:
    assert linked("《国控断面管理办法》和断面") == [("断面", "section")]


def test_a_phrase_that_means_something_else_is_left_alone() -> None:
    assert linked("Ⅲ类以上放射源，水质Ⅲ类") == [("Ⅲ类", "grade")]


@pytest.mark.parametrize("tag", ["a", "h2", "h6", "q", "code", "pre", "button", "summary", "blockquote"])
def test_no_term_within_links_headings_quotes_and_code(tag: str) -> None:
    assert linked(Markup(f"<{tag}>碳汇 <b>断面</b></{tag}>，<em>碳汇</em>")) == [("碳汇", "sink")]


def test_attributes_and_comments_are_no_text() -> None:
    html = Markup('<p title="碳汇"><!-- 碳汇 --><img alt="碳汇">没有</p>')
    assert page(html) == [html]


def test_plain_text_is_escaped_and_html_is_not() -> None:
    assert page("<b>box</b> & co", Markup("<b>carbon sink</b> &amp; co"), locale="en") == [
        '&lt;b&gt;<a class="term" href="../glossary/#box">box</a>&lt;/b&gt; &amp; co',
        '<b><a class="term" href="../glossary/#sink">carbon sink</a></b> &amp; co',
    ]


def test_a_text_and_html_of_the_same_letters_are_not_taken_for_each_other() -> None:
    assert page("<b>x</b>", Markup("<b>x</b>")) == ["&lt;b&gt;x&lt;/b&gt;", "<b>x</b>"]


def test_a_site_without_terms_has_no_links() -> None:
    for locale in LOCALES:
        assert page("a box 专栏", glossary=Glossary((), locale)) == ["a box 专栏"]


SITE = load_site(PROJECT)
REAL = {locale: Glossary(SITE.terms.values(), locale) for locale in LOCALES}
WORDS = sorted({word for each in SITE.terms.values() for locale in LOCALES for word in each.words(locale)})


def test_links_change_no_letter_of_a_text() -> None:
    chance = random.Random(6)
    pieces = [*WORDS, *"断面国控三a<&>“”-() \n.，", "&amp;", "carbon", "Ⅲ类"]
    for _ in range(500):
        text = "".join(chance.choices(pieces, k=chance.randrange(12)))
        for locale in LOCALES:
            (html,) = page(text, glossary=REAL[locale])
            assert Markup(re.sub(r"</?a\b[^>]*>", "", html)).unescape() == text


def test_each_name_of_the_glossary_leads_to_its_own_term() -> None:
    astray = []
    for each in SITE.terms.values():
        for locale in LOCALES:
            for word in each.words(locale):
                plain = word.strip("“”")
                found = {use.term for use in REAL[locale].uses(plain) if use.end - use.start == len(plain)}
                if found - {each.id}:
                    astray.append((word, found))
    assert astray == []


REQUIRED = [
    "三线一单",
    "双随机、一公开",
    "河长制",
    "林长制",
    "黑臭水体",
    "劣Ⅴ类",
    "国控断面",
    "省控断面",
    "市控断面",
    "千吨万人",
    "秸秆“五化”",
    "两高",
    "双碳",
    "VOCs",
    "NOx",
    "网格化",
    "排污许可",
    "碳普惠",
    "无废城市",
    "危险废物",
    "生态保护红线",
    "国六",
    "蒸吨",
    "特别排放限值",
    "十四五",
    "十三五",
    "约束性",
    "预期性",
    "专栏",
    "放管服",
    "三同时",
    "散乱污",
    "重点工程减排量",
    "下达的任务",
    "PM2.5",
    "臭氧",
    "优良天数",
    "重度及以上污染",
    "测土配方施肥",
    "秸秆还田",
    "头顶库",
    "邻避",
    "回头看",
    "一河一策",
    "长制久清",
]


@pytest.mark.parametrize("word", REQUIRED)
def test_what_a_reader_of_the_plans_stumbles_over_is_defined(word: str) -> None:
    assert [use for use in REAL["zh"].uses(word) if use.start == 0], word


def test_pinyin_has_a_syllable_for_each_character() -> None:
    wrong = {}
    for each in SITE.terms.values():
        characters = re.findall(r"[\u4e00-\u9fff\u2160-\u217f]|[A-Za-z0-9.]+", each.term.zh)
        starts_latin = each.term.zh[0].isascii()
        if len(each.pinyin.split()) != (0 if starts_latin else len(characters)):
            wrong[each.term.zh] = each.pinyin
    assert wrong == {}


def test_definitions_are_one_or_two_plain_sentences() -> None:
    for each in SITE.terms.values():
        chinese, english = each.definition.zh, each.definition.en
        assert len(re.findall("[。！？]", chinese)) <= 2, chinese
        assert len(re.findall(r"[.!?](?=\s|$)", english)) <= 3, english
        assert not re.search(r'[,;:"\']', chinese), chinese
        assert not re.search(r'["\']', english), english
