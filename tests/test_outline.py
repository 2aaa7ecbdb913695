"""Cleaning, responsibility notes and the outline: the five real documents, and small texts of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from plansite.model import ROLES
from plansite.sources.clean import clean
from plansite.sources.document import Document, Paragraph, Place, Table
from plansite.sources.headings import numeral, split_lead
from plansite.sources.notes import find_note, read_bodies, split_tasks
from plansite.sources.outline import Outline
from plansite.sources.parse import parse
from plansite.sources.pieces import Piece
from plansite.sources.readers import read_document

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = PROJECT.parent / "shared" / "sources"
PLAN = PROJECT / "data" / "plans" / "jingyue-14"

with_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason=f"the five official documents are not here ({SOURCES}); nothing was compared with them"
)

COVER = "before the first heading: cover or covering letter"
IMPRINT = "at the end: distribution list or imprint"

# Counted in the files by hand and with grep: chapters, sections, tasks, items of each box, rows of each table.
PRINTED: dict[str, tuple[int, int, int, dict[int, int], dict[int, int]]] = {
    "jingyue-14": (11, 48, 113, {2: 5, 3: 5, 4: 4, 5: 3}, {1: 21}),
    "chaoyang-14": (11, 45, 120, {2: 5, 3: 3, 4: 4, 5: 1, 6: 1}, {1: 19}),
    "kuancheng-14": (11, 45, 112, {2: 3, 3: 5, 4: 2, 5: 2, 7: 2}, {1: 20}),
    "changchun-action": (3, 14, 12, {}, {}),
    "jilin-city-14": (12, 44, 159, {3: 5, 4: 6, 5: 6, 6: 1, 7: 7}, {1: 23, 2: 18}),
}


def real(name: str) -> Outline:
    return parse(read_document(SOURCES / f"{name}.txt"))


def document(*blocks: str | Table | Paragraph) -> Document:
    """A document of paragraphs, numbered from 1."""
    made = [Paragraph(b, Place(i)) if isinstance(b, str) else b for i, b in enumerate(blocks, 1)]
    return Document("own.txt", "txt", "0" * 64, tuple(made))


def cleaned(*lines: str) -> tuple[list[str], Counter[str]]:
    """The paragraphs after cleaning, and how many repairs of each kind."""
    result = clean(document(*lines).blocks)
    texts = [part.text for part in result.parts if isinstance(part, Piece)]
    return texts, Counter(repair.kind for repair in result.repairs)


def roles(note: str) -> list[str]:
    return [f"{body.printed}={body.role}" for body in read_bodies(note)]


# --- the real documents ---------------------------------------------------------------------------------------------


@with_sources
@pytest.mark.parametrize("name", PRINTED)
def test_every_part_of_a_real_document_is_found(name: str) -> None:
    chapters, sections, tasks, boxes, tables = PRINTED[name]
    outline = real(name)
    assert [chapter.number for chapter in outline.chapters] == list(range(1, chapters + 1))
    assert sum(len(chapter.sections) for chapter in outline.chapters) == sections
    assert len(outline.tasks) == tasks
    assert len({task.locator for task in outline.tasks}) == tasks
    assert {box.number: len(box.items) for box in outline.boxes} == boxes
    assert {table.box: len(table.rows) for table in outline.tables} == tables
    assert all(task.bodies and task.heading and task.text for task in outline.tasks)


@with_sources
@pytest.mark.parametrize("name", PRINTED)
def test_what_a_real_document_leaves_over_is_explained(name: str) -> None:
    reasons = Counter(leftover.reason for leftover in real(name).leftovers)
    tables = {reason for reason in reasons if reason.startswith("merged cells")}
    assert set(reasons) - tables <= {COVER, IMPRINT}
    assert bool(tables) == (name == "jilin-city-14")


@with_sources
@pytest.mark.parametrize("name", PRINTED)
def test_cleaning_keeps_every_chinese_character_of_a_real_document(name: str) -> None:
    def chinese(texts: list[str]) -> Counter[str]:
        return Counter(sign for text in texts for sign in text if "一" <= sign <= "鿿")

    blocks = read_document(SOURCES / f"{name}.txt").blocks
    result = clean(blocks)
    before = [b.text if isinstance(b, Paragraph) else " ".join(map(" ".join, b.rows)) for b in blocks]
    after = [p.text if isinstance(p, Piece) else " ".join(map(" ".join, p.rows)) for p in result.parts]
    contents = [repair.before for repair in result.repairs if repair.kind == "contents"]
    assert chinese(before) == chinese(after + contents)


@with_sources
def test_jingyue_tasks_are_those_of_its_data() -> None:
    data: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for path in sorted((PLAN / "measures").glob("*.yaml")):
        for measure in yaml.safe_load(path.read_text(encoding="utf-8")):
            at, given = measure["at"], measure["departments"]
            bodies = [(name, role) for role in ROLES for name in given.get(role, [])]
            data[f"{at['chapter']}.{at['section']}.{at['item']}"] = (measure["heading"], bodies)
    found = {
        task.locator: (task.heading, [(body.printed, body.role) for body in task.bodies])
        for task in real("jingyue-14").tasks
    }
    assert found == data


@with_sources
def test_jingyue_indicator_rows_are_those_of_its_data() -> None:
    data = yaml.safe_load((PLAN / "indicators.yaml").read_text(encoding="utf-8"))
    attributes = {"binding": "约束性", "anticipatory": "预期性"}
    categories = {category["id"]: category["name"]["zh"] for category in data["categories"]}
    printed = []
    for row in data["rows"]:
        years = (row["baseline"]["printed"], row["target"]["printed"])
        named = (row["number"], categories[row["category"]], row["printed_name"])
        printed.append((*named, *years, attributes[row["attribute"]]))
    (table,) = real("jingyue-14").tables
    assert [(r.number, r.category, r.name, *r.columns[:2], r.attribute) for r in table.rows] == printed
    assert table.heads == ("2020 年", "2025 年", "属性")


@with_sources
def test_jingyue_projects_are_those_of_its_data() -> None:
    data = yaml.safe_load((PLAN / "projects.yaml").read_text(encoding="utf-8"))
    projects: list[dict[str, Any]] = data["projects"]
    outline = real("jingyue-14")
    assert [(b.number, i.mark, i.title) for b in outline.boxes for i in b.items] == [
        (project["box"], project.get("mark", ""), project["name"]["zh"]) for project in projects
    ]
    assert {item.under for item in outline.boxes[1].items} == {"", "重点污染源治理工程"}


@with_sources
def test_chaoyang_remark_names_who_helps_with_every_later_task() -> None:
    outline = real("chaoyang-14")
    assert outline.remark == "各街镇、开发区"
    helpers = [body.printed for body in outline.tasks[0].bodies if body.role == "with"]
    assert helpers == ["各街镇", "开发区"]


@with_sources
def test_slips_of_recognition_are_reported_and_not_mended() -> None:
    reported = {repair.before for repair in real("jilin-city-14").repairs if repair.reported}
    assert any(found.startswith("第王章") for found in reported)
    assert any("芒栏" in found for found in reported)
    assert {"市发政委", "市住建设局"} <= reported
    assert any("专栏7" in repair.before for repair in real("kuancheng-14").repairs if repair.kind == "numbering")


@with_sources
def test_merged_category_cells_are_put_together() -> None:
    table = real("jilin-city-14").tables[1]
    assert list(Counter(row.category for row in table.rows).items()) == [
        ("生态环境质量", 9),
        ("污染物排放总量", 4),
        ("生态安全维护", 3),
        ("应对气候变化", 2),
    ]
    assert {row.attribute for row in table.rows} == {"约束性"}


# --- cleaning -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text", "kind"),
    [
        ("[bookmark: _Toc1][bookmark: _Toc2]造林护草", "造林护草", "bookmark"),
        ("造 林护 草", "造林护草", "stray-space"),
        ("造林 ,护草", "造林，护草", "punctuation"),
        ("造林(护草)", "造林（护草）", "punctuation"),
        ("各县[市]区", "各县〔市〕区", "punctuation"),
        ('建设"花园"小区', "建设“花园”小区", "punctuation"),
        ("测量PM_{2.5}浓度", "测量PM2.5浓度", "formula"),
        ("测量 PM _{2.5} 浓度", "测量 PM2.5 浓度", "formula"),
        (r"池 $A \times B = 2.5\text{m} \times 3\text{m}$ ，一座", "池 A×B=2.5m×3m，一座", "formula"),
        ("先**造林。**再护草", "先造林。再护草", "bold"),
    ],
)
def test_noise_in_a_paragraph_is_mended_and_counted(line: str, text: str, kind: str) -> None:
    texts, kinds = cleaned(line)
    assert texts == [text]
    assert kinds[kind]


@pytest.mark.parametrize(
    "line",
    ["到 2030 年种树 5 棵", "使用 Open Data 平台", "共1,000株", "苯并[a]芘", "比例1:50", "见 https://a.example/b"],
)
def test_what_is_no_noise_stays(line: str) -> None:
    texts, kinds = cleaned(line)
    assert texts == [line]
    assert not kinds


def test_an_odd_quotation_mark_is_reported_and_left() -> None:
    texts, kinds = cleaned('建设"花园小区')
    assert texts == ['建设"花园小区']
    assert kinds == {"unpaired-quote": 1}


def test_the_table_of_contents_goes_and_its_headings_stay_in_the_text() -> None:
    texts, kinds = cleaned(
        "目 录", "前 言\t1", "第一章 起点......2", "第一节 树 3", "前 言", "我们种树。", "第一章 起点"
    )
    assert texts == ["前言", "我们种树。", "第一章 起点"]
    assert kinds["contents"] == 4


def test_page_numbers_go_from_lines_and_sentences() -> None:
    texts, kinds = cleaned("第一章 起点", "我们在山坡上种-12-", "树，", "- 13 -", "也在水边种草 - 14 - 和花。")
    assert texts == ["第一章 起点", "我们在山坡上种树，也在水边种草和花。"]
    assert kinds["page-number"] == 3
    assert kinds["page-break"] == 2


def test_a_paragraph_cut_by_a_page_is_whole_again() -> None:
    result = clean(document("第一章 起点", "我们在山坡上种", "树和草。", "另一段。").blocks)
    joined = result.parts[1]
    assert isinstance(joined, Piece)
    assert joined.text == "我们在山坡上种树和草。"
    assert joined.places == (Place(2), Place(3))


def test_a_task_cut_at_a_sentence_end_is_whole_again() -> None:
    lead = "护好山坡。每年春天上山种树。"
    texts, _ = cleaned(
        "第一章 起点", lead, "种下以后要有专人长期看护并且浇水施肥除草防虫防火防止牲畜进入。（林业局负责）"
    )
    assert len(texts) == 2


def test_a_task_cut_at_a_sentence_end_goes_on_over_the_page_whatever_follows() -> None:
    first = Paragraph("护好山坡。每年种树。", Place(2, 1))
    second = Paragraph("再种花草。沿着小路种。（林业局负责）", Place(3, 2))
    assert len(clean(document("第一章 起点", first, second).blocks).parts) == 2


def test_a_paragraph_with_its_own_lead_or_after_a_note_is_not_joined() -> None:
    first, second = "护好山坡。每年种树。（林业局负责）", "护好水边。每年种草。（水务局负责）"
    assert cleaned("第一章 起点", "护好山坡。每年种树。", second)[0][1:] == ["护好山坡。每年种树。", second]
    assert cleaned("第一章 起点", first, second)[0][1:] == [first, second]


def test_a_note_on_a_line_of_its_own_belongs_to_the_task_above() -> None:
    texts, _ = cleaned("第一章 起点", "护好山坡。每年种树。", "（林业局负责）")
    assert texts[1:] == ["护好山坡。每年种树。（林业局负责）"]


def test_a_paragraph_with_two_notes_holds_two_tasks() -> None:
    line = "建房节能。按标准盖房。（住建局、发改局按职责分工负责）行车节能。查验油耗（含营运车辆）。（交通局负责）"
    first, second = line.split("行车节能")
    assert split_tasks(line) == (first, f"行车节能{second}")
    assert split_tasks("按标准（国家标准）盖房。（住建局负责）") == ("按标准（国家标准）盖房。（住建局负责）",)


def test_a_table_that_goes_over_a_page_is_one() -> None:
    head = ("序号", "指标名称", "2020年", "属性")
    first = Table((head, ("1", "树", "5", "约束性")), Place(1, 1))
    second = Table((head, ("2", "草", "6", "预期性")), Place(2, 2))
    parts = clean(document(first, "- 1 -", second).blocks).parts
    assert parts == (Table((*first.rows, second.rows[1]), Place(1, 1)),)


# --- responsibility notes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "bodies"),
    [
        ("林业局负责", "林业局=responsible"),
        ("林业局、水务局按职责分工负责", "林业局=shared 水务局=shared"),
        ("各有关部门按职责分工负责", "各有关部门=shared"),
        ("林业局、水务局负责", "林业局=responsible 水务局=responsible"),
        ("林业局牵头，水务局、财政局按职责分工负责", "林业局=lead 水务局=shared 财政局=shared"),
        ("林业局、水务局牵头，财政局等部门按职责分工负责", "林业局=lead 水务局=lead 财政局=shared"),
        ("林业局牵头，水务局负责", "林业局=lead 水务局=responsible"),
        ("林业局牵头、水务局", "林业局=lead 水务局=unstated"),
        ("林业局牵头,水务局配合实施", "林业局=lead 水务局=with"),
        ("林业局负责，水务局", "林业局=responsible 水务局=unstated"),
        ("林业局按职责分工负责，水务局等配合", "林业局=shared 水务局=with"),
        ("林业局、水务局、按照职责分工负责", "林业局=shared 水务局=shared"),
        ("林 业局、水务 局负责", "林业局=responsible 水务局=responsible"),
        ("区委区政府，各职能部门", "区委区政府=unstated 各职能部门=unstated"),
        ("牵头单位：林业局；配合单位：水务局、财政局", "林业局=lead 水务局=with 财政局=with"),
    ],
)
def test_roles_in_a_note(note: str, bodies: str) -> None:
    assert roles(note) == bodies.split()


@pytest.mark.parametrize(
    ("paragraph", "text", "whole"),
    [
        ("每年种树。（林业局负责）", "每年种树。", True),
        ("每年种树。(林业局、各县(市)区政府负责)", "每年种树。", True),
        ("每年种树。（林业局负责)", "每年种树。", True),
        ("每年种树（林业局负责）。", "每年种树", True),
        ("每年种树。（林业局负责", "每年种树。", False),
        ("每年种树。林业局、水务局负责）", "每年种树。", False),
    ],
)
def test_a_note_is_found_with_any_brackets(paragraph: str, text: str, whole: bool) -> None:
    note = find_note(paragraph)
    assert note is not None
    assert (note.before, note.whole) == (text, whole)


@pytest.mark.parametrize("paragraph", ["每年种树（含果树）。", "每年种树（试行）", "每年种树。", "由园丁负责。"])
def test_other_brackets_are_no_note(paragraph: str) -> None:
    assert find_note(paragraph) is None


# --- the outline ----------------------------------------------------------------------------------------------------


def test_a_plan_with_chapters() -> None:
    outline = parse(
        document(
            "绿村规划",
            "前言",
            "这是一个小村。",
            "第一章 起点",
            "-----从一棵树开始",
            "村里有山。",
            "第1节 山",
            "一、山坡",
            "护好山坡。每年种树十棵。（林业局负责）",
            "护好山顶。每年种草十亩。（林业局牵头，水务局按职责分工负责）",
            "二、山脚",
            "在山脚下面沿着小路，每年种花。（林业局负责）",
            "第二节 水",
            "每年在水边种草，也种树和花。（水务局负责）",
        )
    )
    assert [paragraph.text for paragraph in outline.preface] == ["这是一个小村。"]
    (chapter,) = outline.chapters
    assert (chapter.title, chapter.subtitle, len(chapter.intro)) == ("起点", "从一棵树开始", 1)
    assert [(section.number, section.title) for section in chapter.sections] == [(1, "山"), (2, "水")]
    assert [(group.number, group.mark, group.title) for group in chapter.sections[0].groups] == [
        (1, "一、", "山坡"),
        (2, "二、", "山脚"),
    ]
    assert [(task.locator, task.group, task.heading) for task in outline.tasks] == [
        ("1.1.1", 1, "护好山坡"),
        ("1.1.2", 1, "护好山顶"),
        ("1.1.3", 2, "山脚"),
        ("1.2.1", 0, "水"),
    ]
    assert outline.tasks[0].text == "护好山坡。每年种树十棵。"
    assert outline.tasks[0].note == "林业局负责"
    assert [leftover.reason for leftover in outline.leftovers] == [COVER]


def test_a_plan_without_chapters() -> None:
    outline = parse(
        document(
            "一、任务", "（一）护山", "每年在山上种树。（林业局负责）", "（二）护水", "每年在水边种草。（水务局负责）"
        )
    )
    assert [(task.locator, task.heading) for task in outline.tasks] == [("1.1.1", "护山"), ("1.2.1", "护水")]


def test_a_slip_in_a_section_number_is_reported_and_the_order_kept() -> None:
    outline = parse(document("第一章 起点", "第l节 山", "护好山坡，每年种树。（林业局负责）"))
    assert outline.tasks[0].locator == "1.1.1"
    assert {repair.kind for repair in outline.repairs if repair.reported} == {"slip", "numbering"}


def test_bold_words_are_the_heading_of_a_task_that_stands_alone() -> None:
    bold = Paragraph("沿山种树，沿水种草。每年十棵。（林业局负责）", Place(3), lead="沿山种树，沿水种草。")
    outline = parse(document("第一章 起点", "第一节 山", bold))
    assert outline.tasks[0].heading == "沿山种树，沿水种草"


def test_a_remark_adds_bodies_to_later_tasks() -> None:
    note = "（林业局负责，各村配合落实。以下任务均由各村、农场配合落实，不再列出）"
    outline = parse(document("第一章 起点", "第一节 山", f"护好山坡。每年种树。{note}"))
    assert outline.remark == "各村、农场"
    assert [body.printed for body in outline.tasks[0].bodies] == ["林业局", "各村"]


def test_boxes_with_and_without_marks() -> None:
    outline = parse(
        document(
            "第一章 起点",
            "第一节 山",
            "专栏 1 种树项目",
            "(一) 山坡工程",
            "松树项目。种松树十棵。",
            "柏树项目。种柏树十棵。",
            "2.山顶工程。种草十亩。",
            "专栏2  水边项目",
            "水边工程",
            "在水边种草十亩，种花一亩。",
            "第二节 水",
        )
    )
    first, second = outline.boxes
    assert [(item.mark, item.title, item.text, item.under) for item in first.items] == [
        ("(一)", "松树项目", "种松树十棵。", "山坡工程"),
        ("(一)", "柏树项目", "种柏树十棵。", "山坡工程"),
        ("2.", "山顶工程", "种草十亩。", ""),
    ]
    assert [(item.mark, item.title) for item in second.items] == [("", "水边工程")]
    assert (second.number, second.chapter, second.section) == (2, 1, 1)


CELLS = ["类别", "序号", "指标名称", "2020年", "2025年", "属性"]
ROWS = [["山", "1", "树（棵）", "5", "≥9", "约束性"], ["", "2", "草（亩）", "/", "6", "预期性"]]


@pytest.mark.parametrize(
    "blocks",
    [
        [Table((tuple(CELLS), *map(tuple, ROWS)), Place(3))],
        ["\t".join(row) for row in (CELLS, *ROWS)],
        [cell for row in (CELLS, *ROWS) for cell in row if cell],
    ],
    ids=["table", "tab lines", "one cell on a line"],
)
def test_an_indicator_table_in_three_forms(blocks: list[Any]) -> None:
    outline = parse(document("第一章 起点", "第一节 山", "专栏1 主要指标", *blocks, "二、远望", "山更绿。"))
    (table,) = outline.tables
    assert (table.box, table.title, table.heads) == (1, "主要指标", ("2020年", "2025年", "属性"))
    assert [(r.number, r.category, r.name, r.columns, r.attribute) for r in table.rows] == [
        (1, "山", "树（棵）", ("5", "≥9", "约束性"), "约束性"),
        (2, "山", "草（亩）", ("/", "6", "预期性"), "预期性"),
    ]
    assert not outline.leftovers


def test_a_document_of_cells_and_noise_gives_an_outline_quickly() -> None:
    noise = [sign * 40 for sign in "树(，\t[第“1"] * 3000
    outline = parse(document("第一章 起点", *noise, Table(((), ("", ""), ("a",)), Place(1))))
    assert len(outline.chapters) == 1


@pytest.mark.parametrize(("printed", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("3", 3), ("王", 0)])
def test_numerals(printed: str, value: int) -> None:
    assert numeral(printed) == value


def test_a_lead_is_short_and_followed_by_more() -> None:
    assert split_lead("护好山坡。每年种树。") == ("护好山坡", "每年种树。")
    assert split_lead("护好山坡。")[0] == ""
    assert split_lead("护" * 41 + "。每年种树。")[0] == ""
