"""The proof of the data against the official document: complete for the real data; planted mistakes are found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import SOURCES, real_project, run

PLAN = "data/plans/jingyue-14"
AIR = f"{PLAN}/measures/04.yaml"
PARTICULAR = "data/particular-measures/jingyue-14.yaml"
Edit = Callable[..., None]
Prove = Callable[[], list[dict[str, Any]]]

pytestmark = pytest.mark.skipif(
    not (SOURCES / "jingyue-14.txt").is_file(),
    reason="the official documents are not at hand (../shared/sources): nothing to prove against",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the real data that a test may spoil, and of the one document it is proved against."""
    return real_project(tmp_path)


@pytest.fixture
def edit(project: Path) -> Edit:
    """edit(file, old, new, times=1): replace a text, which must be there that often at least (0: everywhere)."""

    def replace(name: str, old: str, new: str, times: int = 1) -> None:
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= max(1, times), f"{name} does not hold {old!r} {times} times"
        path.write_text(text.replace(old, new, times or -1), encoding="utf-8")

    return replace


@pytest.fixture
def prove(project: Path) -> Prove:
    """prove(): the faults of jingyue-14 from the JSON report; each is also a line of the error output."""

    def faults() -> list[dict[str, Any]]:
        report = project / "proof.json"
        done = run("check", "--project", project, "--sources", SOURCES, "--plan", "jingyue-14", "--report", report)
        assert "Traceback" not in done.stderr
        proof = json.loads(report.read_text(encoding="utf-8"))
        found = [fault for plan in proof["plans"] if plan["plan"] == "jingyue-14" for fault in plan["faults"]]
        assert done.returncode == (1 if proof["faults"] else 0)
        for fault in found:
            place = "{file}:{line}:{column}: ".format(**fault["data"])
            assert f"{place}{fault['found']}; expected {fault['expected']}" in done.stderr
        return found

    return faults


def line_of(project: Path, name: str, text: str, nth: int = 1) -> int:
    lines = (project / name).read_text(encoding="utf-8").split("\n")
    return [number for number, line in enumerate(lines, 1) if text in line][nth - 1]


def source_line(text: str) -> int:
    lines = (SOURCES / "jingyue-14.txt").read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def source_text(number: int) -> str:
    return (SOURCES / "jingyue-14.txt").read_text(encoding="utf-8").split("\n")[number - 1]


def places(faults: list[dict[str, Any]], kind: str) -> list[tuple[str, int]]:
    return [(fault["data"]["file"], fault["data"]["line"]) for fault in faults if fault["kind"] == kind]


def test_the_real_data_is_proved(project: Path) -> None:
    report = project / "proof.json"
    done = run("check", "--data", "--project", project, "--sources", SOURCES, "--report", report)
    plan = next(p for p in json.loads(report.read_text(encoding="utf-8"))["plans"] if p["plan"] == "jingyue-14")
    assert plan["faults"] == []
    counts = plan["counts"]
    assert (counts["measures"], counts["rows"], counts["projects"]) == (113, 21, 17)
    assert counts["headings"] >= 140 and counts["bodies"] >= 360 and counts["numbers"] >= 90
    assert counts["results"] == 32
    assert "jingyue-14: proved against jingyue-14.txt" in done.stdout


def test_without_sources_nothing_is_proved(project: Path) -> None:
    done = run("check", "--data", "--project", project)
    assert done.returncode == 0
    assert "proved" not in done.stdout


def test_a_report_needs_sources(project: Path) -> None:
    done = run("check", "--project", project, "--report", project / "proof.json")
    assert done.returncode == 2 and "--report needs --sources" in done.stderr


def test_a_wrong_digit(project: Path, edit: Edit, prove: Prove) -> None:
    edit(AIR, "确保细颗粒物浓度降到30微克", "确保细颗粒物浓度降到35微克")
    edit(AIR, "fine particles falls to 30 µg/m³", "fine particles falls to 35 µg/m³")
    line = line_of(project, AIR, "35微克")
    faults = prove()
    assert places(faults, "number-added") == [(AIR, line), (AIR, line + 1)]
    assert all("'35'" in fault["found"] for fault in faults)
    assert faults[0]["source"]["file"] == "jingyue-14.txt"
    assert faults[0]["source"]["number"] == source_line("推进城市大气环境质量持续改善")


def test_a_wrong_digit_that_the_paragraph_says_elsewhere(project: Path, edit: Edit, prove: Prove) -> None:
    chapter = f"{PLAN}/measures/03.yaml"
    edit(chapter, "培育2个前瞻产业", "培育3个前瞻产业")
    edit(chapter, "foster 2 industries", "foster 3 industries")
    faults = prove()
    assert {fault["kind"] for fault in faults} == {"number-missing"}
    assert all(fault["found"].startswith("'2' 1 times") for fault in faults)


def test_a_wrong_target(project: Path, edit: Edit, prove: Prove) -> None:
    chapter = f"{PLAN}/measures/05.yaml"
    edit(chapter, "year: 2023", "year: 2024")
    edit(chapter, "到2023年，农村生活", "到2023年（2024年），农村生活")
    edit(chapter, "By 2023 the system", "By 2023 (2024) the system")
    assert (chapter, line_of(project, chapter, "year: 2024")) in places(prove(), "target")


def test_a_sign_that_hides_about_and_an_about_that_is_not_printed(project: Path, edit: Edit) -> None:
    """4.1.2 of Jilin City’s plan prints 5天左右, 6.4.8 25%左右; 4.1.2 of Jingyue’s 5天以内."""
    air = "data/plans/jilin-city-14/measures/04.yaml"
    edit(air, 'op: "~"', 'op: "<="')
    edit(AIR, 'indicator: heavy-pollution-days\n      op: "<="', 'indicator: heavy-pollution-days\n      op: "~"')
    done = run("check", "--data", "--project", project, "--sources", SOURCES)
    assert done.returncode == 1
    found = [line for line in done.stdout.splitlines() + done.stderr.splitlines() if " for 5; " in line]
    assert len(found) == 2
    assert f"{AIR}:" in found[0] and "'~' for 5; expected another sign" in found[0]
    assert f"{air}:" in found[1] and "'<=' for 5; expected '~', since" in found[1]


def test_a_missing_body(project: Path, edit: Edit, prove: Prove) -> None:
    edit(AIR, "shared: [生态环境分局, 农业农村和水务局, ", "shared: [生态环境分局, ")
    faults = prove()
    (fault,) = (fault for fault in faults if fault["kind"] == "body-missing")
    assert fault["found"] == "no '农业农村和水务局'"
    text = (project / AIR).read_text(encoding="utf-8").split("\n")[fault["data"]["line"] - 1]
    assert text.lstrip().startswith("shared: [生态环境分局, ")
    assert any("五个" in fault["found"] for fault in faults)  # the summary counts them


def test_an_added_body(project: Path, edit: Edit, prove: Prove) -> None:
    edit(AIR, "shared: [各相关部门]", "shared: [各相关部门, 财政局]")
    (fault,) = prove()
    line = line_of(project, AIR, "财政局]")
    assert fault["kind"] == "body-added" and "'财政局'" in fault["found"]
    assert fault["data"] == {"file": AIR, "line": line, "column": 21}


def test_bodies_in_another_order_or_role(edit: Edit, prove: Prove) -> None:
    edit(AIR, "lead: [生态环境分局]\n    shared:", "responsible: [生态环境分局]\n    shared:")
    edit(AIR, "shared: [生态环境分局, 市场监督管理分局", "shared: [市场监督管理分局, 生态环境分局")
    kinds = {fault["kind"] for fault in prove()}
    assert {"body-missing", "body-order"} <= kinds


def test_a_number_dropped_in_english_only(project: Path, edit: Edit, prove: Prove) -> None:
    edit(AIR, "emission standard China III", "the older emission standards", 0)
    faults = prove()
    assert any(fault["found"] == "no '国三' in the English restatement" for fault in faults)
    lines = (project / AIR).read_text(encoding="utf-8").split("\n")
    spoiled = {(AIR, number) for number, text in enumerate(lines, 1) if "the older emission standards" in text}
    assert set(places(faults, "number-missing")) == spoiled


def test_after_the_proof_the_pages_are_looked_at(project: Path, edit: Edit) -> None:
    edit("content/en/about/cite.md", "(site:about/", "(site:about/nowhere/")
    done = run("check", "--project", project, "--sources", SOURCES)
    assert done.returncode == 1 and "jingyue-14: proved against" in done.stdout
    assert "No faults" not in done.stdout and "about/nowhere/" in done.stderr
    done = run("check", "--data", "--project", project, "--sources", SOURCES)
    assert done.returncode == 0
    assert done.stdout.endswith("No faults in the data. The pages were not looked at.\n")


def test_a_digit_dropped_in_english_only(project: Path, edit: Edit) -> None:
    edit(AIR, "fine particles falls to 30 µg/m³ or less", "fine particles falls")
    line = line_of(project, AIR, "fine particles falls")
    done = run("check", "--data", "--project", project, "--sources", SOURCES)
    assert done.returncode == 1
    assert f"{AIR}:{line}:11: no 30 in the English text" in done.stderr


def test_a_moved_locator(project: Path, edit: Edit, prove: Prove) -> None:
    edit(AIR, "section: 4, item: 2", "section: 4, item: 3")
    edit(AIR, "section: 4, item: 1", "section: 4, item: 2")
    edit(AIR, "section: 3, item: 6", "section: 4, item: 1")
    faults = prove()
    line = line_of(project, AIR, "section: 4, item: 1}")
    assert (AIR, line) in places(faults, "locator")
    fault = next(fault for fault in faults if fault["data"]["line"] == line)
    assert fault["found"] == "'loose-coal' at 4.4.1" and fault["expected"].startswith("4.3.6")


def test_a_deleted_measure(project: Path, edit: Edit, prove: Prove) -> None:
    nature = f"{PLAN}/measures/07.yaml"
    text = (project / nature).read_text(encoding="utf-8")
    start = text.index("- id: invasive-species-control")
    end = text.index("- id: ", start + 1)
    (project / nature).write_text(text[:start] + text[end:], encoding="utf-8")
    edit("data/cascades/changchun-action.yaml", "[invasive-species-control]", "[straw-burning-ban]")
    decided = yaml.safe_load((project / PARTICULAR).read_text(encoding="utf-8"))
    left = [entry for entry in decided if entry["measure"] != "jingyue-14/invasive-species-control"]
    (project / PARTICULAR).write_text(yaml.safe_dump(left, allow_unicode=True), encoding="utf-8")
    faults = prove()
    assert [fault["kind"] for fault in faults] == ["measure-missing"]
    assert "no measure for the task paragraph 7.3.2" in faults[0]["found"]
    after = text[end:].split("\n")[0]
    assert faults[0]["data"] == {"file": nature, "line": line_of(project, nature, after), "column": 3}


def test_a_measure_that_is_not_printed(project: Path, edit: Edit, prove: Prove) -> None:
    path = project / AIR
    text = path.read_text(encoding="utf-8")
    block = text[text.index("- id: odour-toxic-air-pollutants") :]
    copy = block.replace("odour-toxic-air-pollutants", "one-too-many").replace("item: 2", "item: 3")
    path.write_text(f"{text.rstrip()}\n\n{copy}", encoding="utf-8")
    edit(PARTICULAR, "- measure:", "- {measure: jingyue-14/one-too-many, why: {zh: 多余, en: Surplus}}\n- measure:")
    faults = prove()
    assert places(faults, "measure-added") == [(AIR, line_of(project, AIR, "section: 4, item: 3"))]


def test_a_changed_indicator_cell(project: Path, edit: Edit, prove: Prove) -> None:
    rows = f"{PLAN}/indicators.yaml"
    edit(rows, 'baseline: {printed: "83.3", value: 83.3}', 'baseline: {printed: "83.8", value: 83.8}')
    edit(rows, 'baseline: {printed: "42", value: 42}', 'baseline: {printed: "42", op: "~", value: 42}')
    edit(rows, 'printed: "≥90", op: ">="', 'printed: "≥90", op: "<="')
    edit(rows, "attribute: anticipatory", "attribute: binding")
    edit(rows, "attribute: binding", "attribute: anticipatory")
    faults = [fault for fault in prove() if fault["kind"] == "row"]
    found = [(fault["data"]["line"], fault["found"]) for fault in faults]
    assert (line_of(project, rows, "83.8"), "'83.8' as baseline in row 2") in found
    assert (line_of(project, rows, '≥90", op: "<="'), "'<=' as op of the target") in found
    assert (line_of(project, rows, 'op: "~"'), "'~' as op of the baseline") in found
    assert sum("attribute" not in text and "in row" in text for _, text in found) >= 3


def test_a_changed_heading(project: Path, edit: Edit, prove: Prove) -> None:
    outline = f"{PLAN}/outline.yaml"
    edit(outline, "zh: 改善空气环境质量", "zh: 改善大气环境质量")
    edit(AIR, "heading: 深入推进秸秆", "heading: 全面推进秸秆")
    faults = prove()
    assert places(faults, "heading") == [
        (AIR, line_of(project, AIR, "全面推进秸秆")),
        (outline, line_of(project, outline, "改善大气环境质量")),
    ]
    assert "改善空气环境质量" in source_text(faults[-1]["source"]["number"])


def test_a_wrong_number_in_a_project_or_a_result(project: Path, edit: Edit, prove: Prove) -> None:
    projects, results = f"{PLAN}/projects.yaml", f"{PLAN}/progress.yaml"
    for old, new in (("6165米", "6156米"), ("6,165 m", "6,156 m"), ("value: 6165", "value: 6156")):
        edit(projects, old, new)
    for old, new in (("376家", "367家"), ("for 376 org", "for 367 org"), ("value: 376", "value: 367")):
        edit(results, old, new)
    faults = prove()
    assert (projects, line_of(project, projects, "6156米")) in places(faults, "number-added")
    assert any("no '6165'" in fault["found"] for fault in faults)
    assert (results, line_of(project, results, "value: 367")) in places(faults, "target")


def test_a_year_that_the_document_does_not_give_a_claimed_figure(project: Path, edit: Edit, prove: Prove) -> None:
    """Only the sentence on air speaks of 2020; forests follow in the same paragraph, hazardous waste in another."""
    results = f"{PLAN}/progress.yaml"
    for old, new in (("376家", "2020年，376家"), ("set up for 376", "set up in 2020 for 376")):
        edit(results, old, new)
    edit(results, "value: 376, unit: company}", "value: 376, unit: company, year: 2020}")
    for old, new in (
        ("森林覆盖率达到30.1%", "2020年森林覆盖率达到30.1%"),
        ("Forest cover reached", "In 2020 forest cover reached"),
    ):
        edit(results, old, new)
    edit(results, 'value: 30.1, unit: "%"}', 'value: 30.1, unit: "%", year: 2020}')
    edit(results, "value: 305, unit: day, year: 2020}", "value: 305, unit: day, year: 2015}")
    faults = {fault["data"]["line"]: fault for fault in prove()}
    assert {fault["kind"] for fault in faults.values()} == {"year"}
    told = {
        "value: 376": ("2020 as the year of 376", "no year; its sentence has none"),
        "value: 30.1": ("2020 as the year of 30.1", "no year; its sentence has none"),
        "value: 305": ("2015 as the year of 305", "no year, or 2020 before it in its sentence"),
    }
    lines = {line_of(project, results, value): said for value, said in told.items()}
    assert {line: (fault["found"], fault["expected"]) for line, fault in faults.items()} == lines
    assert "376" in source_text(faults[line_of(project, results, "value: 376")]["source"]["number"] + 2)


def test_another_edition_of_the_file(edit: Edit, prove: Prove) -> None:
    edit(f"{PLAN}/plan.yaml", "sha256: 1681", "sha256: 1682")
    (fault,) = prove()
    assert fault["kind"] == "checksum" and fault["source"] == {"file": "jingyue-14.txt", "number": None, "page": None}


def test_a_document_that_is_not_there(edit: Edit, prove: Prove) -> None:
    edit(f"{PLAN}/plan.yaml", "file: jingyue-14.txt", "file: jingyue-15.txt")
    (fault,) = prove()
    assert fault["kind"] == "source" and fault["found"].startswith("no file 'jingyue-15.txt'")


def test_a_declared_exception_is_allowed_and_a_needless_one_is_not(edit: Edit, prove: Prove) -> None:
    edit(AIR, "zh: 健全4级网格化监管", "zh: 健全4级（原文7）网格化监管")
    edit(AIR, "en: Improve the 4-level", "en: Improve the 4-level (7 in the original)")
    assert {fault["kind"] for fault in prove()} == {"number-added"}
    reason = "why: {zh: 测试, en: A test}"
    edit(AIR, "  topics: [straw,", f"  exceptions:\n    - number: '7'\n      {reason}\n  topics: [straw,")
    assert prove() == []
    edit(AIR, "    - number: '7'\n", f"    - number: '9'\n      {reason}\n    - number: '7'\n")
    (fault,) = prove()
    assert fault["kind"] == "exception" and "9" in fault["found"]


def test_what_awaits_review_after_a_revision_is_counted_and_no_fault(edit: Edit, prove: Prove, project: Path) -> None:
    results = f"{PLAN}/progress.yaml"
    for old, new in (("376家", "367家"), ("for 376 org", "for 367 org"), ("value: 376", "value: 367")):
        edit(results, old, new)
    assert prove() != []
    text = (project / results).read_text(encoding="utf-8")
    start = text.rindex("\n- id: ", 0, text.index("367家")) + 1
    end = text.index("\n", start)
    (project / results).write_text(f"{text[:end]}\n  needs_review: [zh, en]{text[end:]}", encoding="utf-8")
    assert prove() == []
    (plan,) = json.loads((project / "proof.json").read_text(encoding="utf-8"))["plans"]
    assert plan["waiting"] > 0
