"""The files of the search index: the same for the same pages, whatever is kept from earlier builds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from conftest import PROJECT

from plansite.load import load_site
from plansite.search import SearchError, Source, build_index, index, postings
from plansite.search.service import index_records
from plansite.search.terms import for_pages, query_words, simplified, sounds
from plansite.search.text import cut, essence, read_page

PAGE = """<html lang="{lang}"><head><meta name="description" content="About {title}"></head><body class="kind-topic">
<main data-pagefind-body><i hidden data-pagefind-filter="topic[data-v]" data-v="straw"></i>
<p class="eyebrow">A plan</p><h1>{title}</h1><p class="lead">{lead}</p>
<ul><li id="a1">{text}<button>Copy</button></li></ul><nav>Elsewhere</nav></main></body></html>"""


def pages(count: int = 200, changed: int = -1) -> Iterator[Source]:
    """Small pages in both languages."""
    for number in range(count):
        word = "changed" if number == changed else "kept"
        chinese = {
            "title": f"秸秆{number}",
            "lead": "禁烧秸秆。",
            "text": f"第{number}项，PM2.5不超过{number % 40}微克/立方米",
        }
        english = {"title": f"Straw {number}", "lead": "Straw-burning ban.", "text": f"Boilers {word}, café {number}"}
        yield Source.of(f"zh/topics/{number}/index.html", PAGE.format(lang="zh-Hans", **chinese))
        yield Source.of(f"en/topics/{number}/index.html", PAGE.format(lang="en", **english))


def test_two_indexes_of_the_same_pages_are_identical(site: Path, html_files: dict[str, str]) -> None:
    built = {
        f"pagefind/{path.relative_to(site / 'pagefind').as_posix()}": path.read_bytes()
        for path in (site / "pagefind").rglob("*")
        if path.is_file()
    }
    sources = (Source.of(*page) for page in reversed(html_files.items()))
    assert build_index(sources, timeout=120, site=load_site(PROJECT)) == built


def test_what_is_kept_changes_nothing(tmp_path: Path) -> None:
    first = build_index(pages(), timeout=60, cache=tmp_path)
    assert first == build_index(pages(), timeout=60)
    changed = build_index(pages(changed=7), timeout=60, cache=tmp_path)
    assert changed == build_index(pages(changed=7), timeout=60)
    assert first != changed


def test_unchanged_pages_are_not_indexed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(pages(), timeout=60, cache=tmp_path)
    counted: list[int] = []

    def counting(records: object, *, timeout: float) -> dict[str, bytes]:
        given = list(records)  # type: ignore[call-overload]
        counted.append(len(given))
        return index_records(given, timeout=timeout)

    monkeypatch.setattr(index, "index_records", counting)
    build_index(pages(), timeout=60, cache=tmp_path)
    assert counted == []
    build_index(pages(changed=7), timeout=60, cache=tmp_path)
    assert sum(counted) < 70


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def other_bytes(path: Path) -> None:
    path.write_bytes(bytes(len(path.read_bytes())))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def led_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


@pytest.mark.parametrize("spoil", [cut_short, other_bytes, emptied, replaced_by_a_folder, led_nowhere])
def test_a_spoilt_part_costs_nothing_but_time(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    first = build_index(pages(20), timeout=60, cache=tmp_path)
    for path in list(tmp_path.iterdir()):
        spoil(path)
    assert build_index(pages(20), timeout=60, cache=tmp_path) == first


def test_a_folder_that_cannot_be_used_costs_nothing_but_time(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")
    assert build_index(pages(20), timeout=60, cache=place) == build_index(pages(20), timeout=60)


def test_joined_units_hold_what_one_index_of_all_pages_holds() -> None:
    words = ["straw ban", "café straw 2025", "ban of straw", "cafe of other words"] * 40
    records = [
        {"url": f"/{number}/", "content": f"{text} {number}", "language": "en"} for number, text in enumerate(words)
    ]
    files = index_records(records, timeout=60)
    chunks = [data for name, data in files.items() if name.startswith("index/")]
    units = postings.take_apart(chunks, [50, 51, 160])
    joined = list(postings.put_together(list(zip((50, 1, 109), units, strict=True))))
    assert joined == list(postings.put_together([(160, postings.take_apart(chunks, [160])[0])]))
    found = {word: pages for _, _, data in joined for word, pages in published(data).items()}
    order = [name for name, _ in postings.read_pages(next(data for name, data in files.items() if "meta" in name))]
    texts = [read_fragment(files[f"fragment/{name}.pf_fragment"]) for name in order]
    for word, spellings in {"straw": {"straw"}, "cafe": {"cafe", "café"}, "7": {"7"}}.items():
        places = {page: [at for at, own in enumerate(text) if own in spellings] for page, text in enumerate(texts)}
        assert found[word] == {page: at for page, at in places.items() if at}


def read_fragment(file: bytes) -> list[str]:
    """The words of a page, from Pagefind's file."""
    content: str = json.loads(gzip.decompress(file).removeprefix(postings.SIGNATURE))["content"]
    return content.split()


def published(file: bytes) -> dict[str, dict[int, list[int]]]:
    """Word → page → places, from a file of words."""
    data, at, found = gzip.decompress(file), 0, {}

    def number() -> int:
        nonlocal at
        value = bits = 0
        while True:
            byte = data[at]
            value, bits, at = value | (byte & 127) << bits, bits + 7, at + 1
            if byte < 128:
                return value

    while at < len(data):
        length = number()
        word, at = data[at : at + length].decode(), at + length
        pages: dict[int, list[int]] = {}
        page = 0
        for _ in range(number()):
            page += number()
            pages[page] = list(accumulate(number() for _ in range(number())))
        found[word] = pages
    return found


@pytest.mark.parametrize(
    "data",
    [b"", b"no gzip", gzip.compress(b"no signature"), gzip.compress(b"pagefind_dcd\x82\x80")],
    ids=["empty", "no gzip", "no signature", "no list"],  # gzip puts the time into its bytes
)
def test_an_index_in_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(postings.FormatError):
        postings.take_apart([data], [1])


def test_pagefinds_own_scripts_are_left_out(site: Path) -> None:
    names = {path.relative_to(site / "pagefind").as_posix() for path in (site / "pagefind").rglob("*")}
    assert {"sounds.json", "zh/pages.json", "en/pages.json", "en/terms.json"} <= names
    assert {Path(name).suffix for name in names} <= {".json", ".pf_index", ".pf_fragment", ""}
    table = json.loads((site / "pagefind" / "en" / "pages.json").read_bytes())
    assert {"kind", "plan", "topic", "department", "year"} <= set(table["filters"])


def test_an_index_that_takes_too_long_is_an_error() -> None:
    with pytest.raises(SearchError, match="did not finish within 0 s"):
        build_index(pages(1), timeout=0)


def test_no_page_no_index() -> None:
    assert build_index([Source.of("404.html", "<html lang='en'><main></main></html>")], timeout=10) == {}


def test_what_is_indexed_of_a_page() -> None:
    in_chinese, in_english = pages(1)
    chinese = read_page(in_chinese.essence())
    assert (chinese.title, chinese.place, chinese.summary) == ("秸秆0", "A plan", "About 秸秆0")
    assert chinese.filters == [("kind", "topic"), ("topic", "straw")]
    words = cut(chinese)
    assert (
        words.text == "秸 秆 0 。 禁 烧 秸 秆 。 第 0 项 ， PM2 \u3400 5 不 超 过 0 微 克 \u3402 立 方 米 。 A plan 。"
    )
    assert (words.leading, words.anchors, words.count) == (9, [("a1", 9)], len(words.text.split()))
    english = cut(read_page(in_english.essence()))
    assert english.text == "Straw 0. ¶ Straw- burning ban. ¶ Boilers kept, café 0. ¶ A plan. ¶"


def test_what_a_page_says_before_the_notes_of_editors_is_counted() -> None:
    noted = '</ul><div class="note" role="note"><p>The straw is counted twice.</p></div>'
    (_, english) = pages(1)
    html = english.html().replace("</ul>", noted)
    words = cut(read_page(essence(html)))
    assert " ".join(words.text.split()[: words.own]) == "Straw 0. ¶ Straw- burning ban. ¶ Boilers kept, café 0. ¶"
    assert cut(read_page(essence(html.replace("note", "box")))).own == 0


def test_what_a_result_may_quote_is_paragraphs_items_and_whole_rows() -> None:
    main = """<main data-pagefind-body><h1>Straw</h1><p class="lead">Straw is not burnt.</p>
<h2>Who</h2><dl class="bodies"><div><dt>Lead</dt><dd><ul><li>Police</li></ul></dd></div></dl>
<h2>Targets</h2><table><caption>All</caption><thead><tr><th>What</th><th>Value</th></tr></thead>
<tbody><tr><th>Straw used</th><td>90%</td></tr><tr><th>Plan only</th></tr></tbody></table>
<ul class="chips"><li>Straw</li></ul><ul><li>Ban straw burning.</li></ul>
<dl><div><dt>Source</dt><dd>4.3.1</dd></div></dl></main>"""
    words = cut(read_page(f"en\n\n\n{main}"))
    said = words.text.split()
    assert [" ".join(said[first:end]) for first, end in words.quotes] == [
        "Straw is not burnt. ¶",
        "Straw used, ¶ 90%, ¶",
        "Ban straw burning. ¶",
        "Source: ¶ 4.3.1. ¶",
    ]


# --- the words of queries --------------------------------------------------------------------------------------------


def test_every_word_to_look_up_stands_in_some_page(html_files: dict[str, str]) -> None:
    words = load_site(PROJECT).search_words
    texts = {
        locale: "\n".join(
            cut(read_page(content)).text.replace(" ", "" if locale == "zh" else " ").lower()
            for path, html in html_files.items()
            if path.startswith(f"{locale}/") and (content := essence(html))
        )
        for locale in ("zh", "en")
    }
    given = [*words.same, *(lead.words for lead in words.leads)]
    assert [word for entry in given for word in entry.zh if plain(word, "zh") not in texts["zh"]] == []
    assert [word for entry in given for word in entry.en if plain(word, "en") not in texts["en"]] == []


def plain(word: str, locale: str) -> str:
    text = cut(read_page(f"{locale}\n\n\n<main><p>{word}</p></main>")).text.lower()
    return text.replace(" ", "").removesuffix("。") if locale == "zh" else text.removesuffix(". ¶")


def test_traditional_characters_lead_to_those_of_the_texts() -> None:
    traditional, others = simplified("秆烧体")
    assert dict(zip(traditional, others, strict=True)) == {"稈": "秆", "燒": "烧", "體": "体"}


def test_sounds_join_characters_that_are_mistaken_for_each_other() -> None:
    known = sounds()
    assert {"杆", "秆"} <= set(known["gan"])
    assert {"谭", "潭"} <= set(known["tan"])


def test_a_name_that_is_the_title_of_a_page_is_not_given_twice() -> None:
    words = query_words(load_site(PROJECT))
    ready = for_pages(words, "zh", {"places/yitong-river/": "伊通河"})
    (river,) = [entry for entry in ready["same"] if "places/yitong-river/" in entry.get("pages", ())]
    assert river == {"en": ["Yitong River"], "pages": ["places/yitong-river/"]}
    assert all("en" not in lead for lead in ready["leads"])
