"""Hostile data, Markdown and documents: refused with file, line and column, or shown harmless; never a traceback."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import mutations
import pytest
from bs4 import BeautifulSoup
from conftest import PROJECT, run
from fuzz import fuzz
from fuzz_kinds import kinds, read_data
from harmless import harms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_project import small_project
from small_revision import DOCUMENT, project_with_document, write
from small_revision import PLAN as PLAN_OF_DOCUMENT
from source_files import write_archive, write_docx

from plansite.assets import collect_assets
from plansite.build import build
from plansite.characters import FORMULA, HIDDEN, visible
from plansite.html import prose
from plansite.html.render import json_for_html
from plansite.ingest.yaml_text import pair, scalar, sequence
from plansite.load import DataError, load_site
from plansite.load.line_file import parse_lines
from plansite.load.text_file import hidden_characters
from plansite.load.yaml_file import parse_yaml
from plansite.sources.document import Document, Paragraph, Place, SourceError
from plansite.sources.parse import parse
from plansite.sources.readers import read_document

PLAN = "data/plans/testdistrict-14"
SHOWN = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title></textarea><svg/onload=alert(1)>",
    "\"><img src=x onerror=alert(1)> ' onmouseover='alert(1)",
    "[x](javascript:alert(1)) javascript:alert(1)",
    "]]><script>alert(1)</script><![CDATA[",
    "<!-- --!> --> <a href=javascript:alert(1)>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
    "&#x202e; &#8203; &rlm; &amp;#x202e;",
    "{{ 1 }} {% raw %} %(x)s {0} ${1} \\u003cscript\\u003e",
)
"""What a text may say, if the page shows just that."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def project(sound: Path, tmp_path: Path) -> Path:
    """A small project that a test may spoil."""
    return Path(shutil.copytree(sound, tmp_path / "project", symlinks=True))


def faults(project: Path) -> list[str]:
    try:
        load_site(project)
    except DataError as error:
        return [str(fault) for fault in error.faults]
    return []


def put(project: Path, name: str, pattern: str, new: str) -> tuple[int, int]:
    """Put a text for the first match of a pattern in a file; the line and column where it begins."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    match = re.search(pattern, text)
    assert match, (name, pattern)
    path.write_text(text[: match.start()] + new + text[match.end() :], encoding="utf-8")
    return text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())


# --- shown harmless ---


@pytest.fixture(scope="module")
def hostile_site(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project built with hostile words in every text of every data file, and in every article."""
    project = Path(shutil.copytree(sound, tmp_path_factory.mktemp("hostile") / "project", symlinks=True))
    number = 0
    for path in sorted((project / "data").rglob("*.yaml")):
        if path.name == "translations.yaml":
            continue
        data = read_data(path, path.name).data
        for holder, key in mutations.slots(data):
            if key == "zh" and isinstance(holder[key], str) and isinstance(holder.get("en"), str) and holder["en"]:
                word = SHOWN[number % len(SHOWN) if path.name != "site.yaml" else 0]  # titles of changes are short
                number += 1
                holder["zh"], holder["en"] = f"{holder['zh']} {word}", f"{holder['en']} {word}"
            elif key in ("repository", "url", "contact"):
                holder[key] = "https://example.org/?a=1&b=(x)"
        path.write_bytes(mutations.as_yaml(data))
    assert number > 80
    for index, path in enumerate(sorted((project / "content").rglob("*.md"))):
        text = path.read_text(encoding="utf-8")
        text = text.replace("description: ", f"description: {SHOWN[index % len(SHOWN)]} ")
        words = "\n\n".join(word for word in SHOWN if "](" not in word and "&rlm;" not in word)
        path.write_text(
            f"{text}\n\n# {SHOWN[0]}\n\n{words}\n\n| {SHOWN[0]} |\n| --- |\n| {SHOWN[3]} |\n", encoding="utf-8"
        )
    build(project, project / "site", with_search=False)
    return project / "site"


def test_no_page_holds_a_script_a_handler_or_a_link_that_runs(hostile_site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in hostile_site.rglob("*.html")}
    assert len(pages) > 100
    assert {str(path): found for path, html in pages.items() if (found := harms(html))} == {}
    assert sum("&lt;script&gt;alert(1)&lt;/script&gt;" in html for html in pages.values()) > 50


def test_hostile_words_stand_on_the_pages_letter_by_letter(hostile_site: Path) -> None:
    texts = [
        BeautifulSoup(path.read_bytes(), "html.parser").get_text() for path in (hostile_site / "en").rglob("*.html")
    ]
    for word in SHOWN:
        assert any(word in text for text in texts), word


def test_feeds_sitemap_and_pictures_of_charts_are_xml(hostile_site: Path) -> None:
    files = [path for suffix in ("xml", "svg") for path in hostile_site.rglob(f"*.{suffix}")]
    assert any(path.name == "feed.xml" for path in files)
    for path in files:
        ElementTree.fromstring(path.read_bytes())
    titles = [
        element.text or ""
        for path in files
        if path.name == "feed.xml"
        for element in ElementTree.fromstring(path.read_bytes()).iter("{http://www.w3.org/2005/Atom}title")
    ]
    assert any("<" in title for title in titles)
    for path in hostile_site.rglob("feed.xml"):
        for content in ElementTree.fromstring(path.read_bytes()).iter("{http://www.w3.org/2005/Atom}content"):
            assert harms(content.text or "") == []


def test_linked_data_says_what_the_page_says(hostile_site: Path) -> None:
    html = (hostile_site / "en/index.html").read_text(encoding="utf-8")
    script = BeautifulSoup(html, "html.parser").find("script", type="application/ld+json")
    assert script and script.string
    assert "<" not in script.string
    assert any(word in json.dumps(json.loads(script.string), ensure_ascii=False) for word in ("<script>", "alert(1)"))


def test_no_cell_of_the_open_data_is_a_formula(hostile_site: Path) -> None:
    tables = list((hostile_site / "data").rglob("*.csv"))
    assert tables
    for path in tables:
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            for cell in row:
                assert cell == "=" or not FORMULA.match(cell), (path.name, cell)


# --- refused, with the place ---


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u200b", "U+200B"),
        ("\u200d", "U+200D"),
        ("\u00ad", "U+00AD"),
        ("\ufeff", "U+FEFF"),
        ("\u2028", "U+2028"),
        ("\u3164", "U+3164"),
        ("\ufe0f", "U+FE0F"),
        ("\ue000", "U+E000"),
        ("\x07", "U+0007"),
        ("\x00", "U+0000"),
        ("\x1b", "U+001B"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_a_character_that_nobody_sees_is_refused_where_it_stands(project: Path, char: str, name: str) -> None:
    line, column = put(project, f"{PLAN}/plan.yaml", r"(?<=summary:)", f"{char}")
    assert (
        f"{PLAN}/plan.yaml:{line}:{column}: an invisible character ({name}); expected visible characters only"
        in faults(project)
    )


@pytest.mark.parametrize("escape", ["\\u202e", "\\u200b", "\\0", "\\e", "\\uffff", "\\U000e0041", "\\x07"])
def test_its_escape_is_refused_too(escape: str) -> None:
    found = parse_yaml(f'- a\n- {{zh: "甲{escape}"}}\n', "a.yaml").faults
    assert [str(fault)[:36] for fault in found] == ["a.yaml:2:8: an invisible character ("]
    assert parse_yaml(f'"a{escape}": 1\n', "a.yaml").faults


def test_the_memory_of_texts_holds_no_hidden_character_either() -> None:
    assert parse_lines('a: {"zh": "\\u202e"}', "a").faults
    assert parse_lines('a: {"zh": "\\ud800"}', "a").faults
    assert parse_lines(f"a: {'[' * 100_000}", "a").faults


@pytest.mark.parametrize(
    "id", ["../x", "..", "a/b", "a%2fb", "%2e%2e", "a\\b", "A", "a b", "a.b", "-a", "a--b", "", "<b>", "甲", "a" * 61]
)
def test_an_id_is_no_way_out_of_its_folder(project: Path, id: str) -> None:
    line, column = put(project, f"{PLAN}/measures/02.yaml", r"(?<=- id: )[a-z-]+", json.dumps(id, ensure_ascii=False))
    found = [fault for fault in faults(project) if fault.startswith(f"{PLAN}/measures/02.yaml:{line}:{column}: ")]
    assert len(found) == 1
    assert "id of small letters" in found[0] or "at most 60 characters" in found[0]


def test_an_id_with_nul_is_refused(project: Path) -> None:
    put(project, f"{PLAN}/measures/02.yaml", r"(?<=- id: )[a-z-]+", '"a\\0b"')
    assert any("an invisible character (U+0000)" in fault for fault in faults(project))


@pytest.mark.parametrize("file", ["../../etc/passwd", "/etc/passwd", "..", ".hidden", "a/b.txt", "a\\b.txt"])
def test_a_plan_names_no_file_outside_the_folder_of_documents(project: Path, file: str) -> None:
    put(project, f"{PLAN}/plan.yaml", r"(?<=  file: ).+", json.dumps(file))
    assert any("expected the name of a file in the folder of documents" in fault for fault in faults(project))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.org/",
        "data:text/html,x",
        "//example.org",
        'https://example.org/"onclick=alert(1)',
        "https://example.org/<script>",
        "https://[",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize(("file", "field"), [(f"{PLAN}/plan.yaml", "url"), ("data/site.yaml", "contact")])
def test_an_address_leads_to_the_web_or_is_refused(project: Path, address: str, file: str, field: str) -> None:
    path = project / file
    text = re.sub(rf"(?m)^{field}: .*\n", "", path.read_text(encoding="utf-8")).rstrip("\n")
    path.write_text(f"{text}\n{field}: {json.dumps(address)}\n", encoding="utf-8")
    line = text.count("\n") + 2
    assert [fault for fault in faults(project) if re.match(rf"{re.escape(file)}:{line}:\d+: .*expected an ", fault)]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example")', "@SUM(1)", "+cmd|'/C calc'!A0", "-2+3+cmd|x!A0"])
def test_a_text_that_a_spreadsheet_would_calculate_is_refused(project: Path, text: str) -> None:
    put(project, f"{PLAN}/measures/02.yaml", r"(?<=heading: ).+", json.dumps(text))
    assert any("which a spreadsheet would calculate" in fault for fault in faults(project))


# --- bombs ---


def bomb(kind: str) -> str:
    laughs = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    laughs += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    return {
        "aliases": "\n".join(laughs),
        "merge": "a: &a {x: 1}\nb: {<<: *a}",
        "tag": "a: !!python/object/apply:os.system ['true']",
        "lists in lists": "[" * 900 + "]" * 900,
        "dashes": "- " * 900 + "a",
        "deeper than the parser goes": "[" * 1_000_000,
        "digits": f"a: {'9' * 100_000}",
        "fraction": f"a: {'9' * 400}.5",
        "entries": "- a\n" * 400_000,
        "records": "- {a: 1}\n" * 30_000,
        "keys": "\n".join(f"a{number}: 1" for number in range(40_000)),
        "invisible": "\u200b" * 300_000,
        "documents": "--- a\n" * 100_000,
        "10 MB": f"a: {'x' * 10_000_000}",
        "1 MB text": f"- id: {'x' * 1_000_000}",
        "one long line": "a: [" + "1, " * 300_000 + "1]",
    }[kind]


EXPECTED = {
    "aliases": "a YAML anchor or alias",
    "merge": "a YAML anchor or alias",
    "tag": "a YAML tag",
    "lists in lists": "lists and mappings more than 30 deep",
    "dashes": "lists and mappings more than 30 deep",
    "deeper than the parser goes": "maximum nesting depth",
    "digits": "a number of at most 15 digits",
    "fraction": "a number of at most 15 digits",
    "entries": "more than 250,000 values",
    "records": "more faults in this file",
    "keys": "a mapping; expected a list",
    "invisible": "an invisible character",
    "documents": "valid YAML",
    "10 MB": "at most 4,000,000 bytes",
    "1 MB text": "at most 60 characters",
    "one long line": "more than 250,000 values",
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_bomb_is_refused_at_once(project: Path, kind: str) -> None:
    (project / f"{PLAN}/measures/02.yaml").write_text(bomb(kind), encoding="utf-8")
    started = time.process_time()
    found = [fault for fault in faults(project) if "measures/02.yaml" in fault]
    assert time.process_time() - started < 5
    assert any(EXPECTED[kind] in fault for fault in found), found[:3]
    assert len(found) <= 202
    assert all(len(fault) < 1000 and not HIDDEN.search(fault) for fault in found)


def test_a_chain_of_redirects_has_an_end(project: Path) -> None:
    chain = [{"from": f"a{n}/", "to": f"a{n + 1}/", "why": {"zh": "新的", "en": "New"}} for n in range(5000)]
    (project / "data/redirects.yaml").write_bytes(mutations.as_yaml(chain))
    started = time.process_time()
    found = faults(project)
    assert time.process_time() - started < 10
    assert (
        found[0]
        == "data/redirects.yaml:4:9: 'a1/', which is redirected itself; expected 'a100/', where it leads in the end"
    )
    assert "4,799 more faults in this file" in found[-1]


def test_a_name_in_the_glossary_is_short(project: Path) -> None:
    path = project / "data/vocab/glossary.yaml"
    terms = read_data(path, path.name).data
    terms[0]["term"] = {"zh": "规" * 3900, "en": "a" * 3900}
    path.write_bytes(mutations.as_yaml(terms))
    assert faults(project) == ["data/vocab/glossary.yaml:2:2: a name of 3900 characters; expected at most 150"]


def test_the_command_refuses_a_bomb_without_a_traceback(project: Path) -> None:
    (project / f"{PLAN}/measures/02.yaml").write_text(bomb("aliases"), encoding="utf-8")
    done = run("check", "--project", project)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{PLAN}/measures/02.yaml:1:4: a YAML anchor or alias ('a'); expected the value itself" in done.stderr


# --- files that are no files ---


def test_links_out_of_the_project_are_not_followed(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("- password", encoding="utf-8")
    (project / f"{PLAN}/measures/99.yaml").symlink_to(secret)
    (project / "data/plans/linked").symlink_to(tmp_path, target_is_directory=True)
    (project / "content/en/secret.md").symlink_to(secret)
    found = faults(project)
    assert f"{PLAN}/measures/99.yaml:1:1: a symbolic link; expected the file itself" in found
    assert "data/plans/linked:1:1: a symbolic link; expected the file itself" in found
    assert any(fault.startswith("content/en/secret.md:1:1: a link, or no ordinary file") for fault in found)
    assert "password" not in "\n".join(found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are files on Unix only")
def test_a_pipe_does_not_hold_the_build_up(project: Path) -> None:
    os.mkfifo(project / f"{PLAN}/measures/99.yaml")
    os.mkfifo(project / "content/en/pipe.md")
    assert len([fault for fault in faults(project) if "no ordinary file" in fault]) == 2


def test_a_static_file_that_is_a_link_is_not_published(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "static", tmp_path / "static")
    (tmp_path / "static/secret.svg").symlink_to("/etc/passwd")
    with pytest.raises(DataError, match=r"static/secret\.svg:1:1: a link, or no ordinary file; expected a file"):
        collect_assets(tmp_path / "static")


@pytest.mark.parametrize(
    "name", ["<b>.md", "..md", "a b.md", "A.md", "%2e%2e.md", "甲.md", "a\nb.md", "a\u202eb.md", "javascript:x.md"]
)
def test_the_name_of_an_article_is_an_address(project: Path, name: str) -> None:
    (project / "content/en" / name).write_text("---\ntitle: A\ndescription: B\n---\n", encoding="utf-8")
    found = faults(project)
    assert any("expected small letters, digits and single hyphens" in fault for fault in found)
    assert not any(HIDDEN.search(fault) or "\n" in fault for fault in found)


# --- Markdown ---


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("[x](javascript:alert(1))", "a link to 'javascript:alert(1)'"),
        ("[x](site:javascript:alert(1))", "a link to 'site:javascript:alert(1)'"),
        ("[x](site://evil.example)", "a link to 'site://evil.example'"),
        ("[x](site:../../evil)", "a link to 'site:../../evil'"),
        ("[x][y]\n\n[y]: javascript:alert(1)", "a link to 'javascript:alert(1)'"),
        ('[x](javascript:"; expected ")', "a link to 'javascript:'"),
        ("![x](http://evil.example/a.png)", "a link to 'http://evil.example/a.png'"),
        ("[x](http://[)", "a link to 'http://['"),
        ("a &#x202e; b", "an invisible character ('&#x202e;')"),
        ("a &rlm; b", "an invisible character ('&rlm;')"),
        ("a\u200bb", "an invisible character (U+200B)"),
        ("[" * 101, "101 '[' without an empty line between"),
        ("\n".join(["a", "==="] * 300), "600 lines without an empty one"),
        ("x" * 20_001, "20,001 characters without an empty line"),
        (f"{' ' * 41}- a", "a line set in by more than 40 spaces"),
        ("x\n\n" * 80_000, "a file of"),
    ],
)
def test_markdown_that_could_harm_is_refused_where_it_stands(project: Path, markdown: str, found: str) -> None:
    path = project / "content/en/about.md"
    head = path.read_text(encoding="utf-8").split("---\n")[1]
    path.write_text(f"---\n{head}---\n\nGood.\n\n{markdown}\n", encoding="utf-8")
    line = 1 if "a file of" in found else head.count("\n") + 6 + 2 * markdown.startswith("[x][y]")
    assert [
        fault for fault in faults(project) if re.match(rf"content/en/about\.md:{line}:\d+: {re.escape(found)}", fault)
    ]


@pytest.mark.parametrize("order", ["²", "9" * 5000, "-1", "1.5", ""])
def test_the_order_of_an_article_is_a_small_number(project: Path, order: str) -> None:
    put(project, "content/en/about.md", r"\n---\n", f"\norder: {order}\n---\n")
    assert any(
        "as order; expected a whole number" in fault or "'order' a second time" in fault for fault in faults(project)
    )


# --- official documents ---


def test_official_wording_is_shown_without_what_nobody_sees() -> None:
    texts = (
        "第一章 甲\u202e",
        "第一节 乙",
        "定时\u200b收运。每天\u2066收运两次。（区水\u200d务局负责）",
        "\u200b\ufeff",
    )
    paragraphs = tuple(Paragraph(text, Place(number)) for number, text in enumerate(texts, 1))
    outline = parse(Document("a.txt", "txt", "0" * 64, paragraphs))
    (task,) = outline.tasks
    assert (task.text, task.bodies[0].printed) == ("定时收运。每天收运两次。", "区水务局")
    assert not HIDDEN.search(outline.chapters[0].title)
    assert [repair.kind for repair in outline.repairs].count("hidden") == 6


def test_official_wording_is_shown_letter_by_letter(tmp_path: Path) -> None:
    project = project_with_document(tmp_path / "project")
    words = "<script>alert()</script>]]>‘ onmouseover=’<img/src=x/onerror=alert()>&lt;b&gt;"
    text = DOCUMENT.replace("发现火点当场扑灭", f"发现火点{words}当场扑灭").replace(
        "雨大的时候", f"雨大{words}的\u202e时候"
    )
    document = write(project / f"sources/{PLAN_OF_DOCUMENT}.txt", text)
    put(project, f"{PLAN}/plan.yaml", "(?<=sha256: ).*", hashlib.sha256(document.read_bytes()).hexdigest())
    build(project, project / "site", with_search=False, with_images=False, sources=project / "sources")
    pages = {path: path.read_text(encoding="utf-8") for path in (project / "site").rglob("*.html")}
    assert {str(path): found for path, html in pages.items() if (found := harms(html))} == {}
    assert any("&lt;script&gt;alert()&lt;/script&gt;]]&gt;" in html and "当场扑灭" in html for html in pages.values())


@pytest.mark.parametrize("entity", ["'x'", "SYSTEM 'file:///etc/passwd'"])
def test_entities_of_a_word_file_are_not_opened(tmp_path: Path, entity: str) -> None:
    import zipfile

    path = write_docx(tmp_path / "a.docx")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    declared = f"?>\n<!DOCTYPE x [<!ENTITY a {entity}><!ENTITY b '{'&a;' * 99}'><!ENTITY c '{'&b;' * 99}'>]>".encode()
    text = members["word/document.xml"].replace(b"?>", declared, 1)
    members["word/document.xml"] = text.replace("柳河试验区清洁乡村规划".encode(), b"&c;", 1)
    write_archive(path, members)
    try:
        texts = "".join(block.text for block in read_document(path).blocks if isinstance(block, Paragraph))
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert "root:" not in texts
        assert "xx" not in texts


# --- properties ---

QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
TEXT = st.text(max_size=60) | st.sampled_from(mutations.HOSTILE)
NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@QUICK
@given(TEXT.filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_a_text_is_read_to_the_letter_or_refused(text: str) -> None:
    written = json.dumps([text], ensure_ascii=False)
    file = parse_yaml(written, "a.yaml")
    if HIDDEN.search(text):
        assert file.faults or hidden_characters(written, "a.yaml")
    else:
        assert file.data == [text]


@QUICK
@given(TEXT.filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_what_ingest_writes_is_read_to_the_letter_or_refused(text: str) -> None:
    written = f"- {scalar(text)}\n- {pair(text)}\n- {sequence([text])}\n"
    file = parse_yaml(written, "a.yaml")
    line = " ".join(text.split())
    if HIDDEN.search(line):
        assert file.faults or hidden_characters(written, "a.yaml")
    else:
        assert file.data == [line, {"zh": line, "en": "TODO"}, [line]]


@QUICK
@given(NESTED)
def test_any_data_is_read_or_refused(data: Any) -> None:
    text = mutations.as_yaml(data).decode("utf-8", "replace")
    for read in (parse_yaml, parse_lines):
        for fault in read(text, "a.yaml").faults:
            assert re.fullmatch(r"a\.yaml:\d+:\d+: .+; expected .+", str(fault))


@QUICK
@given(st.lists(st.sampled_from(mutations.MARKDOWN_BITS) | TEXT, max_size=12).map("".join))
def test_any_markdown_is_harmless_or_refused(markdown: str) -> None:
    try:
        html = str(prose.html(HIDDEN.sub("", markdown), base="../en/"))
    except prose.UnsafeText as error:
        assert error.found
        assert error.expected
    else:
        assert harms(html) == []


@QUICK
@given(NESTED)
def test_linked_data_never_closes_its_script(data: Any) -> None:
    text = json_for_html(data)
    assert "<" not in text
    assert json.loads(text) == json.loads(json.dumps(data)) or "NaN" in text


@QUICK
@given(TEXT)
def test_what_a_message_repeats_is_one_visible_line(text: str) -> None:
    assert not HIDDEN.search(visible(text))
    assert "\n" not in visible(text)
    assert len(visible(text * 100)) < 3200


@QUICK
@given(st.lists(st.lists(st.sampled_from(mutations.DOCUMENT_BITS) | TEXT, max_size=6).map("".join), max_size=12))
def test_any_paragraphs_have_an_outline(texts: list[str]) -> None:
    blocks = tuple(Paragraph(text, Place(number)) for number, text in enumerate(texts, 1))
    parse(Document("a.txt", "txt", "0" * 64, blocks))


# --- a short run of the fuzzer (tests/fuzz.py; a long one is in tests/reports/fuzz.txt) ---


def test_spoiled_input_of_every_kind_is_taken_or_refused() -> None:
    quick = [kind for kind in kinds() if kind.weight >= 1]
    result = fuzz(quick, 2000, seed=7)
    assert sum(tally.cases for tally in result.values()) >= 1990
    assert [f"{name}: {reason}" for name, tally in result.items() for reason in tally.reasons] == []
    assert all(tally.refused for name, tally in result.items() if name.startswith("data/"))
