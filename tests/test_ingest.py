"""`ingest`: a document becomes a skeleton of data files that a person fills in; data that exists is never touched."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT, SOURCES, real_project
from in_process import run
from small_project import small_project

from plansite.ingest.suggest import Parsed, Suggestions, figures
from plansite.ingest.yaml_text import scalar
from plansite.load import DataError, load_site
from plansite.load.reading import read_everything
from plansite.load.yaml_file import parse_yaml

DOCUMENTS = {  # plan → at least: chapters, tasks
    "jingyue-14": (11, 110),
    "chaoyang-14": (5, 50),
    "kuancheng-14": (5, 50),
    "changchun-action": (2, 8),
    "jilin-city-14": (11, 100),
}

DOCUMENT = """净月区生态环境保护“十四五”规划

二〇二三年四月

第一章 背景

本章写背景，2020年有3个断面。

第一节 目标

全区共设置重点指标2项，其中约束性指标1项，预期性指标1项。

专栏1 净月区主要指标
指标类别	序号	指标名称	2020年	2025年	属性
环境质量	1	细颗粒物（PM_{2.5}）年均浓度（μg/m³）	47	≤31	约束性
	2	农村生活污水治理率（%）	—	完成市级下达任务	预期性

第二章 任务

第一节 改善空气

一、秸秆和锅炉

推进秸秆禁烧。到2025年，秸秆利用率达到90%以上，伊通河沿岸建3座站。（生态环境分局牵头，经济发展局、新设气象局配合）

淘汰燃煤锅炉。停用35蒸吨/小时以下锅炉，按《某某锅炉办法》办理。（生态环境分局负责）

专栏2 绿色工程
（一）充电桩工程。建40个充电桩。
（二）污水工程。铺5公里管道。
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the real data, to which a plan can be added."""
    return real_project(tmp_path / "project")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "own.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to which the plan of the small document was added; nothing is done to it."""
    folder = tmp_path_factory.mktemp("added")
    project = real_project(folder / "project")
    (folder / "own.txt").write_text(DOCUMENT, encoding="utf-8")
    done = run("ingest", folder / "own.txt", "--plan", "jingyue-new", "--project", project)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def made(added: Path) -> Path:
    """The folder of the new plan, to be read."""
    return added / "data/plans/jingyue-new"


@pytest.fixture
def ingested(added: Path, project: Path) -> Path:
    """The folder of the new plan in a project that a test may change."""
    return Path(shutil.copytree(added / "data/plans/jingyue-new", project / "data/plans/jingyue-new"))


@pytest.fixture(scope="module")
def suggest() -> Suggestions:
    return Suggestions(read_everything(PROJECT / "data", PROJECT / "content"), "jingyue")


def source(plan: str) -> Path:
    path = SOURCES / f"{plan}.txt"
    if not path.is_file():
        pytest.skip("the official documents are not at hand (../shared/sources)")
    return path


def snapshot(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_plan_names_its_document(made: Path, document: Path) -> None:
    plan = yaml.safe_load((made / "plan.yaml").read_text(encoding="utf-8"))
    assert plan["title"]["zh"] == "净月区生态环境保护“十四五”规划"
    assert (plan["id"], plan["jurisdiction"]) == ("jingyue-new", "jingyue")
    assert (plan["period"], plan["edition"]) == ([2021, 2025], "2023-04")
    assert plan["source"]["file"] == "own.txt"
    assert plan["source"]["sha256"] == hashlib.sha256(document.read_bytes()).hexdigest()


def test_the_outline_has_chapters_sections_and_sub_headings_with_their_tasks(made: Path) -> None:
    outline = yaml.safe_load((made / "outline.yaml").read_text(encoding="utf-8"))
    assert [chapter["title"]["zh"] for chapter in outline] == ["背景", "任务"]
    (section,) = outline[1]["sections"]
    assert section["title"] == {"zh": "改善空气", "en": "TODO"}
    assert section["groups"] == [{"mark": "一", "title": {"zh": "秸秆和锅炉", "en": "TODO"}, "items": [1, 2]}]


def test_a_measure_has_what_the_document_shows(made: Path) -> None:
    text = (made / "measures/02.yaml").read_text(encoding="utf-8")
    first, second = yaml.safe_load(text)
    assert (first["id"], first["at"]) == ("m2-1-1", {"chapter": 2, "section": 1, "item": 1})
    assert first["heading"] == "推进秸秆禁烧"
    assert first["departments"] == {"lead": ["生态环境分局"], "with": ["经济发展局", "新设气象局"]}
    assert second["departments"] == {"responsible": ["生态环境分局"]}
    assert "straw" in first["topics"] and "boilers-coal" in second["topics"]
    assert first["places"] == ["yitong-river"]


def test_every_number_of_a_paragraph_stands_beside_its_measure(made: Path) -> None:
    text = (made / "measures/02.yaml").read_text(encoding="utf-8")
    assert "2025年 | 90%以上 | 3座" in text and "35蒸吨/小时以下" in text
    assert re.search(r"# line \d+: ", text)


def test_no_sentence_of_the_document_is_written(made: Path) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in made.rglob("*.yaml"))
    for sentence in ("秸秆利用率达到", "停用35蒸吨", "建40个充电桩", "本章写背景"):
        assert sentence not in written


def test_indicator_rows_are_as_printed_and_read_where_plain(made: Path) -> None:
    indicators = yaml.safe_load((made / "indicators.yaml").read_text(encoding="utf-8"))
    first, second = indicators["rows"]
    assert indicators["declared"] == {"total": 2, "binding": 1, "anticipatory": 1}
    assert (indicators["baseline_year"], indicators["target_year"]) == (2020, 2025)
    assert indicators["box"]["at"] == {"chapter": 1, "section": 1}
    assert (first["concept"], first["unit"], first["attribute"]) == ("pm25", "ug/m3", "binding")
    assert first["name"]["zh"] == "细颗粒物（PM2.5）年均浓度"
    assert first["target"] == {"printed": "≤31", "op": "<=", "value": 31}
    assert second["baseline"] == {"printed": "—"}
    assert second["target"] == {"printed": "完成市级下达任务", "worded": "as-assigned-by-city"}


def test_projects_come_from_the_boxes(made: Path) -> None:
    projects = yaml.safe_load((made / "projects.yaml").read_text(encoding="utf-8"))
    assert [(box["number"], box["title"]["zh"]) for box in projects["boxes"]] == [(2, "绿色工程")]
    assert [(p["id"], p["name"]["zh"]) for p in projects["projects"]] == [
        ("p2-1", "充电桩工程"),
        ("p2-2", "污水工程"),
    ]


def test_the_report_counts_and_names_what_the_vocabularies_lack(project: Path, document: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    done = run("ingest", document, "--plan", "jingyue-new", "--project", project, "--report", report)
    assert done.stdout == report.read_text(encoding="utf-8")
    for words in ("2 chapters", "2 tasks", "1 box with 2 projects", "2 indicator rows", "Could not place: 0"):
        assert words in done.stdout, done.stdout
    assert "Bodies that no department of 'jingyue' has: 1" in done.stdout and "printed: [新设气象局]" in done.stdout
    assert "《某某锅炉办法》 1 time" in done.stdout


def test_the_loader_tells_each_text_still_to_be_written(ingested: Path, project: Path) -> None:
    with pytest.raises(DataError) as caught:
        load_site(project)
    told = [fault for fault in caught.value.faults if fault.file.endswith("jingyue-new/measures/02.yaml")]
    texts = [fault for fault in told if fault.found == "a text still to be written"]
    assert len(texts) == 2 * 6
    assert {fault.expected for fault in texts} == {"the Chinese text", "the English text"}
    lines = (ingested / "measures/02.yaml").read_text(encoding="utf-8").split("\n")
    assert all("TODO" in lines[fault.line - 1][fault.column - 1 :] for fault in texts)
    ids = [fault for fault in told if "m2-1-" in fault.found]
    assert len(ids) == 2 and ids[0].expected == "an id from the English title"
    (body,) = [fault for fault in told if fault not in texts and fault not in ids]
    assert "unknown name of a body '新设气象局'" in body.found  # names are looked at while texts are unwritten


def test_check_tells_every_place_marked_todo_in_one_run(tmp_path: Path, document: Path) -> None:
    """Also in remarks, in fields that may be left out and in lists of ids."""
    project = small_project(tmp_path / "small")
    told = run("ingest", document, "--plan", "testdistrict-15", "--project", project).stdout
    folder = project / "data/plans/testdistrict-15"
    places = {
        (f"data/plans/testdistrict-15/{path.relative_to(folder).as_posix()}", number, match.start() + 1)
        for path in folder.rglob("*.yaml")
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        for match in re.finditer("TODO", line)
        if "id: m" not in line and "id: p" not in line
    }
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("original: txt  # ", "original: txt  # later: "), "utf-8")
    done = run("check", "--data", "--project", project)
    assert done.returncode == 1
    faults = [re.match(r"([^:]+):(\d+):(\d+): (.*)", line) for line in done.stderr.splitlines()[:-1]]
    found = {(m[1], int(m[2]), int(m[3])): m[4] for m in faults if m}
    numbered = [text for text in found.values() if "which ingest put in for the time being" in text]
    assert len(numbered) == 4 and f"{len(places) + 4} places marked TODO" in told
    remark = next(place for place in places if found.get(place, "").startswith("the remark 'TODO: an id in English'"))
    assert remark[0].endswith("indicators.yaml")
    (original,) = [place for place in found if found[place].startswith("the remark 'TODO: pdf, docx, html")]
    assert original[0].endswith("plan.yaml")
    assert places - {(*original[:2], original[2] - len("later: "))} <= set(found)
    topics = [text for text in found.values() if text.startswith("a value still to be filled in; expected an id of")]
    assert topics


def test_a_skeleton_that_is_filled_in_loads(ingested: Path, project: Path) -> None:
    for path in ingested.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"zh: TODO", "zh: 文", re.sub(r"en: TODO", "en: Words", text))
        text = re.sub(r"id: ([mp])(\d+)-", r"id: own-\1\2-", re.sub(r"  # TODO.*", "", text))
        path.write_text(text.replace("[TODO]", "[transport]").replace(", 新设气象局", ""), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_site(project)
    faults = caught.value.faults
    # What is left are the numbers of names that only one language has by now, and what a person decides.
    left = ("in the English text", "nobody decided whether it is shared", "nothing about jingyue-new")
    assert all(any(words in fault.found for words in left) for fault in faults), list(map(str, faults))


def test_a_plan_with_data_is_not_touched(ingested: Path, project: Path, document: Path) -> None:
    before = snapshot(project)
    done = run("ingest", document, "--plan", "jingyue-new", "--project", project)
    assert done.returncode == 0, done.stderr
    assert "2 tasks" in done.stdout
    assert f"Nothing written: {ingested.relative_to(project)}/ has data" in done.stdout
    assert f"revise {document} --plan jingyue-new --edition DATE --dry-run" in done.stdout
    assert snapshot(project) == before


def test_a_document_without_tasks_is_one_line_and_writes_nothing(project: Path, document: Path) -> None:
    document.write_text("只有一句话。\n", encoding="utf-8")
    before = snapshot(project)
    done = run("ingest", document, "--plan", "jingyue-new", "--project", project)
    assert done.returncode == 1
    assert done.stderr.startswith("own.txt: no task paragraph") and "Traceback" not in done.stderr
    assert snapshot(project) == before


def test_a_folder_that_holds_something_else_is_left_alone(project: Path, document: Path) -> None:
    folder = project / "data/plans/jingyue-new"
    folder.mkdir()
    (folder / ".draft").write_text("mine")
    done = run("ingest", document, "--plan", "jingyue-new", "--project", project)
    assert done.returncode == 1 and "not empty" in done.stderr
    assert [path.name for path in folder.iterdir()] == [".draft"]


def test_faulty_vocabularies_are_told_before_anything_is_written(project: Path, document: Path) -> None:
    (project / "data/vocab/topics.yaml").write_text("- id: [", encoding="utf-8")
    done = run("ingest", document, "--plan", "jingyue-new", "--project", project)
    assert done.returncode == 1 and "data/vocab/topics.yaml:" in done.stderr and "Traceback" not in done.stderr
    assert not (project / "data/plans/jingyue-new").exists()


def test_a_file_that_is_no_document_is_one_line(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(bytes(range(256)) * 40)
    done = run("ingest", path, "--plan", "jingyue-new", "--project", project)
    assert done.returncode == 1 and "broken.pdf" in done.stderr and "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 2 and done.stderr.endswith("Nothing written.\n")


def test_help_shows_examples() -> None:
    done = run("ingest", "--help")
    assert "python build.py ingest plan.docx --plan chaoyang-14" in done.stdout


def test_a_wrong_id_is_exit_status_2(document: Path) -> None:
    done = run("ingest", document, "--plan", "../Elsewhere")
    assert done.returncode == 2
    assert "'../Elsewhere' is not an id" in done.stderr


@pytest.mark.parametrize("plan", DOCUMENTS)
def test_each_real_document_becomes_a_skeleton(plan: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / "data/plans/jingyue-14")
    done = run("ingest", source(plan), "--plan", plan, "--project", project)
    assert done.returncode == 0, done.stderr
    with capsys.disabled():
        print("\n" + "\n".join(line for line in done.stdout.split("\n")[:6] if "sha256" not in line))
    chapters, tasks = DOCUMENTS[plan]
    folder = project / "data/plans" / plan
    assert len(yaml.safe_load((folder / "outline.yaml").read_text(encoding="utf-8"))) >= chapters
    measures = [m for path in sorted(folder.glob("measures/*.yaml")) for m in yaml.safe_load(path.read_text("utf-8"))]
    assert len(measures) >= tasks
    for path in folder.rglob("*.yaml"):
        assert parse_yaml(path.read_text(encoding="utf-8"), path.name).faults == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2025年达到90%以上", ["2025年", "90%以上"]),
        ("改造35 蒸吨/小时以下锅炉三台", ["35蒸吨/小时以下", "三台"]),
        ("6月5日起完成1,428户、20—30个", ["6月5日", "1,428户", "20", "30个"]),
        ("优于Ⅲ类，5万吨/日", ["Ⅲ类", "5万吨/日"]),
        ("PM2.5、PM_{10}和SO2，一批第三方", []),
    ],
)
def test_numbers_and_dates_are_found_with_their_units(text: str, found: list[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("printed", "parsed"),
    [
        ("42", Parsed(value=42)),
        ("≥89.5", Parsed(">=", 89.5)),
        ("15 天", Parsed(value=15)),
        ("30.1%", Parsed(value=30.1)),
        ("25以上", Parsed(">=", 25)),
        ("25%左右", Parsed("~", 25)),
        ("约5天", Parsed("~", 5)),
        ("--", Parsed()),
        ("完成市级下达任务", Parsed(worded="as-assigned-by-city")),
        ("100(扣除影响)", Parsed()),
    ],
)
def test_cells_are_read_where_they_are_plain(suggest: Suggestions, printed: str, parsed: Parsed) -> None:
    assert suggest.cell(printed) == parsed


@pytest.mark.parametrize(
    "text", ["3+2", "123", "yes", "a: b", "“十四五”", "- x", "（一）", "《办法》", "[表]", "1.5", "#", ""]
)
def test_a_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"{{key: {scalar(text)}, list: [{scalar(text)}]}}") == {"key": text, "list": [text]}
