"""Official documents in four formats give the same paragraphs and tables; broken files give one clear line."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from source_files import (
    PLAN,
    write_archive,
    write_compound,
    write_cut,
    write_docx,
    write_html,
    write_noise,
    write_pdf,
    write_raw_pdf,
    write_scan,
    write_sparse,
    write_txt,
)

from plansite.sources.document import Document, Paragraph, Table
from plansite.sources.outline import Outline
from plansite.sources.parse import parse
from plansite.sources.readers import read_document
from plansite.sources.readers.radicals import with_ideographs

MOST_SECONDS = 10
MOST_MEMORY = 1024 * 1024  # kilobytes
FORMATS: dict[str, Callable[[Path], Path]] = {
    "txt": write_txt,
    "docx": write_docx,
    "pdf": write_pdf,
    "html": write_html,
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The small plan as read from each format."""
    folder = tmp_path_factory.mktemp("plan")
    return {suffix: read_document(write(folder / f"plan.{suffix}")) for suffix, write in FORMATS.items()}


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for block in document.blocks if isinstance(block, Table)]


# the same plan in four formats


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_paragraphs_of_the_plan(documents: dict[str, Document], suffix: str) -> None:
    assert texts(documents[suffix]) == [entry[1] + entry[2] for entry in PLAN if isinstance(entry, tuple)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_rows_of_the_table(documents: dict[str, Document], suffix: str) -> None:
    assert tables(documents[suffix]) == [tuple(entry) for entry in PLAN if isinstance(entry, list)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_table_stands_between_the_same_paragraphs(documents: dict[str, Document], suffix: str) -> None:
    kinds = [type(block) for block in documents[suffix].blocks]
    assert kinds.index(Table) == next(index for index, entry in enumerate(PLAN) if isinstance(entry, list))


@pytest.mark.parametrize("suffix", ["txt", "docx", "html"])
def test_bold_words_at_the_start_are_the_lead(documents: dict[str, Document], suffix: str) -> None:
    leads = {block.text: block.lead for block in documents[suffix].blocks if isinstance(block, Paragraph)}
    assert leads == {entry[1] + entry[2]: entry[1] for entry in PLAN if isinstance(entry, tuple)}


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_headings_have_their_level(documents: dict[str, Document], suffix: str) -> None:
    levels = [block.level for block in documents[suffix].blocks if isinstance(block, Paragraph)]
    assert levels == [entry[0] for entry in PLAN if isinstance(entry, tuple)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_places_count_up_and_only_a_pdf_has_pages(documents: dict[str, Document], suffix: str) -> None:
    places = [block.place for block in documents[suffix].blocks]
    assert places == sorted(set(places))
    assert {place.page for place in places} == ({1} if suffix == "pdf" else {0})


def test_a_document_names_its_file_and_checksum(tmp_path: Path) -> None:
    path = write_txt(tmp_path / "plan.txt")
    document = read_document(path)
    assert (document.name, document.format) == ("plan.txt", "txt")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk"])
def test_chinese_encodings_are_recognised(tmp_path: Path, documents: dict[str, Document], encoding: str) -> None:
    assert read_document(write_txt(tmp_path / "plan.txt", encoding)).blocks == documents["txt"].blocks


# what is special in one format


def read_text(tmp_path: Path, text: str, suffix: str = "txt") -> Document:
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def test_lines_of_text_with_uneven_tabs_stay_paragraphs(tmp_path: Path) -> None:
    document = read_text(tmp_path, "甲\t乙\n\n丙\t丁\t戊\n\t\n第一节\t现状\t3\n第二节\t目标\t5\n")
    assert texts(document) == ["甲\t乙", "丙\t丁\t戊", "\t", "第一节\t现状\t3", "第二节\t目标\t5"]
    assert [block.place.number for block in document.blocks] == [1, 3, 4, 5, 6]


def test_an_empty_line_does_not_part_a_table(tmp_path: Path) -> None:
    assert tables(read_text(tmp_path, "甲\t乙\t丙\n\n1\t2\t3\n")) == [(("甲", "乙", "丙"), ("1", "2", "3"))]


def test_bold_words_inside_a_line_of_text_stay_marked(tmp_path: Path) -> None:
    document = read_text(tmp_path, "先说。**再说。**后说。")
    assert document.blocks[0] == Paragraph("先说。**再说。**后说。", document.blocks[0].place)


def test_word_numbers_its_headings_itself(tmp_path: Path) -> None:
    file = docx.Document()
    root = file.part.numbering_part.element
    levels = [
        ("第%1章", "chineseCountingThousand", "tab"),
        ("（%2）", "chineseCounting", "nothing"),
        ("%3.", "decimal", "tab"),
    ]
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
            + "".join(
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
                f'<w:lvlText w:val="{pattern}"/></w:lvl>'
                for depth, (pattern, form, suffix) in enumerate(levels)
            )
            + "</w:abstractNum>"
        ),
    )
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, text in ((0, "现状"), (1, "空气"), (1, "水"), (2, "井水"), (0, "任务"), (1, "垃圾")):
        properties = file.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = 77
    file.save(str(tmp_path / "a.docx"))
    assert texts(read_document(tmp_path / "a.docx")) == [
        "第一章 现状",
        "（一）空气",
        "（二）水",
        "1.井水",
        "第二章 任务",
        "（一）垃圾",
    ]


def test_word_text_in_boxes_changes_and_frames_is_read(tmp_path: Path) -> None:
    file = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run.format('框里')}</w:p></w:txbxContent></w:pict></w:r>"
    deleted = "<w:del w:id='2'><w:r><w:delText>删去的</w:delText></w:r></w:del>"
    changes = f"<w:ins w:id='1'>{run.format('加上的')}</w:ins>{deleted}"
    paragraph = f"<w:p {nsdecls('w')}>{run.format('框外')}{box}{changes}</w:p>"
    file.element.body.insert(0, parse_xml(paragraph))
    frame = file.add_table(2, 1)
    frame.cell(0, 0).text = "专栏2 工程"
    frame.cell(1, 0).text = "1.修桥"
    frame.cell(1, 0).add_paragraph("2.种树")
    file.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert texts(document) == ["框外加上的", "框里", "专栏2 工程", "1.修桥", "2.种树"]
    assert tables(document) == []


def test_web_line_breaks_and_layout_tables_make_paragraphs(tmp_path: Path) -> None:
    document = read_text(
        tmp_path,
        "<html><body><table><tr><td><h2>规划</h2><p>第一行\n接着<br>第二行 <span style='display:none'>藏</span>"
        "<font color=red>PM<sub>2.5</sub></font></p></td></tr></table></body></html>",
        "html",
    )
    assert texts(document) == ["规划", "第一行接着", "第二行 PM2.5"]


def test_a_table_over_several_pages_of_a_pdf_is_one(tmp_path: Path) -> None:
    rows = [("序号", "名称"), *((str(number), f"项目{number}") for number in range(1, 41))]
    write_pdf(tmp_path / "a.pdf", [(0, "", "专栏1 项目"), rows, (0, "", "以上是全部项目。")], repeat_head=True)
    document = read_document(tmp_path / "a.pdf")
    assert tables(document) == [tuple(rows)]
    assert [block.place.page for block in document.blocks][:2] == [1, 1] and document.blocks[2].place.page > 1


def test_bold_fonts_make_the_lead_of_a_pdf(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", [(0, "PM2.5", "每月公布一次。")])
    assert [(b.text, b.lead) for b in read_document(tmp_path / "a.pdf").blocks if isinstance(b, Paragraph)] == [
        ("PM2.5每月公布一次。", "PM2.5")
    ]


def test_radicals_in_a_pdf_become_the_ideographs_they_look_like() -> None:
    assert with_ideographs("⻓春净⽉区⽔⼟与⻛险、⼾外") == "长春净月区水土与风险、户外"


def test_the_four_formats_give_the_same_outline(documents: dict[str, Document]) -> None:
    outlines = {suffix: parse(document) for suffix, document in documents.items()}
    plain = without_places(outlines["txt"])
    assert {suffix: without_places(outline) == plain for suffix, outline in outlines.items()} == dict.fromkeys(
        FORMATS, True
    )
    assert [task.locator for task in outlines["txt"].tasks] == ["2.1.1", "2.1.2", "2.2.1"]
    assert [row.name for table in outlines["txt"].tables for row in table.rows] == [
        "细颗粒物年均浓度（微克/立方米）",
        "优良天数比例（%）",
        "自来水入户率（%）",
    ]


def without_places(value: Any) -> Any:
    """An outline as plain values, without what names the file or a place in it."""
    if isinstance(value, tuple):
        return [without_places(item) for item in value]
    if not is_dataclass(value):
        return value
    kept = (field.name for field in fields(value) if field.name not in ("place", "places", "sha256"))
    pairs = {name: without_places(getattr(value, name)) for name in kept}
    return pairs | {"name": ""} if isinstance(value, Outline) else pairs


# broken files


def broken_files() -> dict[str, tuple[str, Callable[[Path], object], str]]:
    """What is wrong → name of the file, how it is made, words of the message."""
    return {
        "not there": ("a.docx", lambda path: None, "no such file"),
        "empty txt": ("a.txt", lambda path: path.write_bytes(b""), "the file is empty"),
        "empty pdf": ("a.pdf", lambda path: path.write_bytes(b""), "the file is empty"),
        "blank txt": ("a.txt", lambda path: path.write_text("\n \n\t\n"), "only white space"),
        "blank docx": ("a.docx", lambda path: docx.Document().save(str(path)), "no text found"),
        "blank html": ("a.html", lambda path: path.write_text("<html><body></body></html>"), "no text found"),
        "cut txt": ("a.txt", lambda path: path.write_bytes("规划".encode()[:-1]), "cut off at byte 5"),
        "cut docx": ("a.docx", lambda path: write_cut(write_docx(path)), "cut-off or broken Word file"),
        "cut pdf": ("a.pdf", lambda path: write_cut(write_pdf(path)), "the PDF is cut off"),
        "cut html": ("a.html", lambda path: path.write_text("<html><body><p>abc"), "the page is cut off"),
        "pdf as docx": ("a.docx", write_pdf, "holds a PDF, not a Word file"),
        "docx as pdf": ("a.pdf", write_docx, "holds a Word file (docx), not a PDF"),
        "html as txt": ("a.txt", write_html, "holds a web page, not plain text"),
        "txt as html": ("a.html", write_txt, "holds plain text, not a web page"),
        "picture": ("a.pdf", lambda path: write_noise(path, b"\x89PNG\r\n"), "a PNG picture"),
        "excel": ("a.docx", lambda path: write_archive(path, {"xl/workbook.xml": b"<x/>"}), "an Excel file"),
        "word without text": ("a.docx", lambda path: write_archive(path, {"word/a.xml": b"<x/>"}), "broken docx file"),
        "old word": ("a.doc", lambda path: write_compound(path, "WordDocument"), "an old Word or WPS file"),
        "locked docx": ("a.docx", lambda path: write_compound(path, "EncryptedPackage"), "the Word file is encrypted"),
        "locked pdf": ("a.pdf", lambda path: write_pdf(path, password="geheim"), "the PDF is encrypted"),
        "scan": ("a.pdf", write_scan, "a scanned PDF (1 pages, no text layer)"),
        "200 MB txt": ("a.txt", lambda path: write_sparse(path, b"abc"), "200 MB; expected at most 4 MB"),
        "200 MB pdf": ("a.pdf", lambda path: write_sparse(path, b"%PDF-1.7"), "200 MB; expected at most 100 MB"),
        "200 MB docx": ("a.docx", lambda path: write_sparse(path, b"PK\3\4"), "200 MB; expected at most 100 MB"),
        "zip bomb": (
            "a.docx",
            lambda path: write_archive(path, {"word/document.xml": bytes(120 * 1024 * 1024)}),
            "a zip bomb?",
        ),
        "zip of many": (
            "a.docx",
            lambda path: write_archive(path, {f"word/{n}.xml": b"" for n in range(6000)}),
            "6000 files in the docx",
        ),
        "noise txt": ("a.txt", write_noise, "unknown encoding or no text at all"),
        "noise docx": ("a.docx", lambda path: write_noise(path, b"PK\3\4"), "cut-off or broken Word file"),
        "noise pdf": ("a.pdf", lambda path: write_noise(path, b"%PDF-1.7\n"), "the PDF is cut off"),
        "noise in pdf": (
            "a.pdf",
            lambda path: path.write_bytes(write_noise(path, b"%PDF-1.7\n").read_bytes() + b"%%EOF"),
            "broken pdf file",
        ),
        "pdf bomb": (
            "a.pdf",
            lambda path: write_raw_pdf(path, zlib.compress(packed_blank(1200)), "/FlateDecode/FlateDecode"),
            "MB of memory (a bomb?)",
        ),
        "endless pdf": (
            "a.pdf",
            lambda path: write_raw_pdf(path, zlib.compress(b"0 0 m 1 1 l S\n" * 2_000_000), "/FlateDecode"),
            "not read after 7 seconds",
        ),
        "deep html": (
            "a.html",
            lambda path: path.write_text(f"<html>{'<div>' * 50_000}a{'</div>' * 50_000}</html>"),
            "elements nested hundreds deep",
        ),
        "noise html": ("a.html", lambda path: write_noise(path, b"<html>"), "unknown encoding or no text at all"),
        "zeros": ("a.txt", lambda path: path.write_bytes(bytes(5000)), "binary data"),
        "utf-16": ("a.txt", lambda path: path.write_bytes("规划".encode("utf-16")), "text in UTF-16"),
        "big5": ("a.txt", lambda path: path.write_bytes("環境保護規劃與污染防治".encode("big5")), "unknown encoding"),
        "latin-1": (
            "a.txt",
            lambda path: path.write_bytes("müssen für die Straße".encode("latin-1")),
            "unknown encoding",
        ),
    }


def packed_blank(megabytes: int) -> bytes:
    """So many megabytes of spaces in zlib's form; one megabyte is packed, its packed form repeated."""
    megabyte, checksum = b" " * 1024 * 1024, 1
    for _ in range(megabytes):
        checksum = zlib.adler32(megabyte, checksum)
    packer = zlib.compressobj()
    first, second = (packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    end = packer.flush()[:-4] + checksum.to_bytes(4, "big")
    return first + second * (megabytes - 1) + end


READ = (
    "import sys, pathlib; from plansite.sources.readers import read_document; read_document(pathlib.Path(sys.argv[1]))"
)


def read_and_measure(path: str) -> tuple[str, int]:
    """The last line of what reading a file says on standard error, and its memory with that of its children, in kB."""
    reading = subprocess.Popen([sys.executable, "-c", READ, path], stderr=subprocess.PIPE)
    assert reading.stderr
    message = reading.stderr.read().decode().strip().rpartition("\n")[2]
    _, _, usage = os.wait4(reading.pid, 0)
    reading.stderr.close()
    return message, usage.ru_maxrss


@pytest.mark.parametrize("what", list(broken_files()))
def test_a_broken_file_gives_one_clear_line_soon_and_without_much_memory(tmp_path: Path, what: str) -> None:
    name, make, words = broken_files()[what]
    path = tmp_path / name
    make(path)
    begin = time.monotonic()
    with ProcessPoolExecutor(1, get_context("forkserver")) as small:  # a big parent would count as the child's memory
        message, memory = small.submit(read_and_measure, str(path)).result()
    assert message.startswith(f"plansite.sources.document.SourceError: {name}: ")
    assert words in message
    assert "; expected " in message
    assert time.monotonic() - begin < MOST_SECONDS
    assert memory < MOST_MEMORY
