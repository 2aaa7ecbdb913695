"""`revise` on a small plan: what it refuses, leaves alone and leads on, and that it writes all or nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import PROJECT
from in_process import run
from small_revision import DOCUMENT, PLAN, project_with_document, write

from plansite.load import load_site
from plansite.revise import stage
from plansite.revise.figures import NumberChange, number_changes
from plansite.revise.wording import difference
from plansite.revise.yaml_edit import YamlText, items, with_items

EDITION = "2024-05"
STRAW, PUMPS = "straw-burning-ban", "pump-stations"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_with_document(tmp_path / "project")


Revise = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def revise(project: Path, tmp_path: Path) -> Revise:
    """revise(old words, new words, …, options=…): the command with the document so changed."""

    def run_it(*words: str, options: tuple[str | Path, ...] = (), edition: str = EDITION, plan: str = PLAN) -> Any:
        text = DOCUMENT
        for old, new in zip(words[::2], words[1::2], strict=True):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = write(tmp_path / "revised.txt", text)
        return run("revise", path, "--plan", plan, "--edition", edition, "--project", project, *options)

    return run_it


def snapshot(project: Path) -> dict[str, bytes]:
    """Everything below data/ and content/."""
    paths = [path for name in ("data", "content") for path in (project / name).rglob("*") if path.is_file()]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in sorted(paths)}


def load(project: Path, name: str) -> Any:
    return yaml.safe_load((project / "data/plans" / PLAN / name).read_text(encoding="utf-8"))


def measure(project: Path, id: str) -> dict[str, Any]:
    return next(entry for entry in load(project, "measures/02.yaml") if entry["id"] == id)


# --- refused: nothing is written, and the message says what to do ---------------------------------------------------


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, done.stdout + done.stderr
    for word in words:
        assert word in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith("Nothing written.\n")


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        (("每月", "每周"), {"edition": "2022-06"}, ("the edition 2022-06; expected one later than 2022-06",)),
        (("每月", "每周"), {"edition": "2021-12-31"}, ("expected one later than 2022-06",)),
        ((), {}, ("the very document of testdistrict-14, edition 2022-06",)),
        (
            ("试验区“十四五”规划", "试验市行动计划"),
            {},
            ("has the title '试验市行动计划', that of testcity-action", "expected a document of testdistrict-14"),
        ),
        (("第二节 具体目标", "第一节 具体目标"), {}, ("section 1.1 '具体目标' (line 14), a number given twice",)),
    ],
)
def test_a_document_that_cannot_be_the_new_edition(
    words: tuple[str, ...], options: dict[str, str], told: tuple[str, ...], project: Path, revise: Revise
) -> None:
    before = snapshot(project)
    refused(revise(*words, **options), *told)
    assert snapshot(project) == before


def test_a_document_with_fewer_than_half_of_the_tasks_does_not_fit(project: Path, tmp_path: Path) -> None:
    text = DOCUMENT[: DOCUMENT.index("秸秆禁烧。")] + "种花。在街角种下月季，四季有人浇水剪枝。（农业和水务局负责）\n"
    before = snapshot(project)
    path = write(tmp_path / "other.txt", text)
    done = run("revise", path, "--plan", PLAN, "--edition", EDITION, "--project", project)
    refused(done, "does not fit: 0 of the 2 measures of 'testdistrict-14' are in it; expected at least half")
    assert snapshot(project) == before


def test_a_file_that_is_no_document(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(bytes(range(256)) * 40)
    refused(run("revise", path, "--plan", PLAN, "--edition", EDITION, "--project", project), "broken.pdf")


def test_faulty_data_is_mended_first(project: Path, revise: Revise) -> None:
    path = project / f"data/plans/{PLAN}/measures/02.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("topics: [straw]", "topics: [strow]"), encoding="utf-8")
    before = snapshot(project)
    refused(revise("每月", "每周"), "unknown topic 'strow'", "did you mean 'straw'?")
    assert snapshot(project) == before


def test_tasks_of_the_current_edition_are_restated_first(project: Path, revise: Revise) -> None:
    new = "- at: {chapter: 2, section: 1, item: 3}\n  heading: 种树\n  departments: {lead: [农业和水务局]}\n"
    write(project / f"data/plans/{PLAN}/new-tasks.yaml", new)
    refused(revise("每月", "每周"), "new-tasks.yaml: 1 tasks of the edition 2022-06 that nobody has restated")


def test_bodies_without_a_name_are_listed_to_be_added_and_may_be_added_before(project: Path, revise: Revise) -> None:
    words = ("（区农业和水务局负责）", "（区农业和水务局牵头，区河道处、区气象台配合）")
    before = snapshot(project)
    done = revise(*words)
    refused(done, "Bodies that no department of 'testdistrict' has: 2", "printed: [区河道处]", "printed: [区气象台]")
    assert "1 with changed bodies" in done.stdout  # the report is there all the same
    assert snapshot(project) == before
    path = project / "data/vocab/departments.yaml"
    known = path.read_text(encoding="utf-8")
    named = known.replace("[农业和水务局, 区农业和水务局]", "[农业和水务局, 区农业和水务局, 区河道处, 区气象台]")
    path.write_text(named, encoding="utf-8")
    done = revise(*words)
    assert done.returncode == 0, done.stderr
    assert measure(project, PUMPS)["departments"] == {"lead": ["区农业和水务局"], "with": ["区河道处", "区气象台"]}
    load_site(project)


@pytest.mark.parametrize("edition", ["undated", "2024", "2024-13", "2024-02-30"])
def test_a_wrong_date_is_exit_status_2(edition: str, revise: Revise) -> None:
    done = revise("每月", "每周", edition=edition)
    assert done.returncode == 2 and f"'{edition}' is no month or day as in 2026-03" in done.stderr


# --- written ----------------------------------------------------------------------------------------------------------


def test_a_dry_run_tells_the_same_and_writes_nothing(project: Path, revise: Revise, tmp_path: Path) -> None:
    before = snapshot(project)
    dry = revise("每月", "每周", options=("--dry-run", "--report", tmp_path / "report.md"))
    assert dry.returncode == 0 and snapshot(project) == before
    done = revise("每月", "每周")
    told = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert dry.stdout.startswith(told) and done.stdout.startswith(told)
    assert "files would be written" in dry.stdout.splitlines()[-1] and "files written" in done.stdout.splitlines()[-1]


def test_a_report_that_cannot_be_written_leaves_the_data_alone(project: Path, revise: Revise, tmp_path: Path) -> None:
    before = snapshot(project)
    refused(revise("每月", "每周", options=("--report", tmp_path / "no/such/folder.md")), "No such file or directory")
    assert snapshot(project) == before


def test_the_earlier_edition_is_kept_whole_and_the_new_one_names_its_document(project: Path, revise: Revise) -> None:
    folder = project / "data/plans" / PLAN
    before = {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    assert revise("每月", "每周").returncode == 0
    earlier = folder / "editions/2022-06"
    assert {path.relative_to(earlier): path.read_bytes() for path in sorted(earlier.rglob("*.yaml"))} == before
    plan = load(project, "plan.yaml")
    assert (plan["edition"], plan["issued"], plan["source"]["file"]) == (EDITION, EDITION, "revised.txt")
    site = load_site(project)
    assert [edition.edition for edition in site.plans[PLAN].earlier] == ["2022-06"]
    assert not list(project.glob(".revise*")) and not list(folder.glob(".*"))


def test_only_what_changed_is_touched(project: Path, revise: Revise) -> None:
    """A comment, a folded text, the order of keys and the ends of lines are the editor's."""
    path = project / f"data/plans/{PLAN}/measures/02.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "  heading: 泵站\n", "  heading: 泵站  # as printed\n  # looked up twice\n"
    )
    path.write_bytes(text.replace("\n", "\r\n").encode())
    assert revise("每月试运行一次", "每周试运行一次").returncode == 0
    expected = text.replace("- id: pump-stations\n", "- id: pump-stations\n  needs_review: [zh, en]\n")
    assert path.read_bytes() == expected.replace("\n", "\r\n").encode()


def test_numbers_in_words_count(project: Path, revise: Revise) -> None:
    done = revise("春秋两季", "春夏秋三季")
    assert "number: 两季 → 三季" in done.stdout, done.stdout
    assert measure(project, STRAW)["needs_review"] == ["zh", "en"]
    assert "needs_review" not in measure(project, PUMPS)


def test_a_dropped_task_becomes_a_withdrawn_measure(project: Path, revise: Revise) -> None:
    paragraph = DOCUMENT[DOCUMENT.index("泵站。在河边") : DOCUMENT.index("专栏3")]
    done = revise(paragraph, "")
    assert "1 gone" in done.stdout
    assert load(project, "withdrawn.yaml") == [{"id": PUMPS, "last": "2022-06", "fate": "dropped"}]
    assert f"`{PUMPS}`: project pump-station-works, data/plans/{PLAN}/projects.yaml:" in done.stdout
    load_site(project)


def test_a_family_that_is_left_with_one_plan_keeps_its_address(project: Path, revise: Revise, tmp_path: Path) -> None:
    """Its page is gone with the task; the report says so, and the redirect that it offers lets the site be built."""
    assert run("permalinks", "--project", project).returncode == 0
    assert "\nshared/straw-ban/\n" in (project / "data/permalinks.txt").read_text(encoding="utf-8")
    paragraph = DOCUMENT[DOCUMENT.index("秸秆禁烧。春秋") : DOCUMENT.index("泵站。在河边")]
    done = revise(paragraph, "")
    assert done.returncode == 0, done.stderr
    assert "- `straw-ban`, data/shared-measures/two-plans.yaml:1: left is testcity-action/city-straw" in done.stdout
    assert "Take the 1 family that is left with one plan out of data/shared-measures/" in done.stdout
    assert "families and cascades listed above" in done.stdout
    offered = yaml.safe_load(done.stdout.split("```yaml")[1].split("```")[0])
    target = "plans/testcity-action/measures/city-straw/"
    assert ("shared/straw-ban/", target) in [(entry["from"], entry.get("to")) for entry in offered]
    emptied = [
        {"from": f"shared/{page}/", "why": {"zh": "没有了。", "en": "Gone."}} for page in ("particular", "silence")
    ]
    write(
        project / "data/redirects.yaml", yaml.safe_dump([*offered, *emptied], allow_unicode=True)
    )  # no family is left
    built = run("build", "--no-search", "--no-images", "--project", project, "--out", tmp_path / "site")
    assert built.returncode == 0, built.stderr
    assert target in (tmp_path / "site/en/shared/straw-ban/index.html").read_text(encoding="utf-8")


def test_a_project_in_a_box_that_changed(project: Path, revise: Revise) -> None:
    done = revise("专栏3 试验工程", "专栏4 试验工程", "建设泵站2座", "建设泵站3座")
    assert "box 3 → 4" in done.stdout and "number: 2座 → 3座" in done.stdout
    projects = load(project, "projects.yaml")
    assert projects["boxes"][0]["number"] == projects["projects"][0]["box"] == 4
    assert projects["projects"][0]["needs_review"] == ["zh", "en"]
    load_site(project)


def test_cells_rows_and_what_is_read_from_them(project: Path, revise: Revise) -> None:
    """A changed cell is read as the table says; a new row waits for its English name and its indicator."""
    row = "水	1	农村生活污水治理率（%）	40	预期性"
    done = revise(
        row,
        "水	1	河边步道长度（公里）	12	预期性\n	2	农村生活污水治理率（%）	45	预期性",
        "≤46",
        "≤44",
    )
    assert done.returncode == 0, done.stderr
    indicators, completion = load(project, "indicators.yaml"), load(project, "completion.yaml")
    new, known = indicators["rows"]
    assert (known["number"], known["target"]) == (2, {"printed": "45", "op": ">=", "value": 45})
    assert known["needs_review"] == ["zh", "en"] and known["concept"] == "rural-sewage"
    assert (new["number"], new["name"], new["target"]["value"]) == (1, {"zh": "河边步道长度", "en": "TODO"}, 12)
    assert completion["rows"][0]["planned"] == {"printed": "≤44", "op": "<=", "value": 44}
    assert "needs_review" not in completion["rows"][1]
    assert "row 1 → 2" in done.stdout and "target: 40 → 45" in done.stdout and "planned: ≤46 → ≤44" in done.stdout
    assert "Write what is marked TODO" in done.stdout
    check = run("check", "--project", project)
    assert check.returncode == 1
    assert all("indicators.yaml" in line for line in check.stderr.splitlines()[:-1]), check.stderr


def test_a_goal_whose_sentence_changed_and_the_note_about_it(project: Path, revise: Revise) -> None:
    done = revise("31微克", "29微克")
    goals = {goal["id"]: goal for goal in load(project, "goals.yaml")}
    assert goals["fine-particles-2025"]["needs_review"] == ["zh", "en"]
    assert load(project, "notes.yaml")[0]["needs_review"] == ["zh", "en"]
    assert "goal fine-particles-2025 changed" in done.stdout
    assert "[-31-]{+29+}" in done.stdout
    assert load(project, "outline.yaml")[0]["needs_review"] == ["zh", "en"]


def test_a_new_section_waits_for_its_english_title_and_everything_behind_it_is_led_on(
    project: Path, revise: Revise
) -> None:
    """The goals move from 1.2 to 1.3, in their fields and in the words of a note."""
    path = project / f"data/plans/{PLAN}/notes.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("zh: 正文写31，任务写32。", "zh: 1.2节写31，2.1.1写32。")
    text = text.replace("The running text says 31, the task says 32.", "Section 1.2 says 31, 2.1.1 says 32.")
    path.write_text(text, encoding="utf-8")
    done = revise("第二节 具体目标", "第二节 新的想法\n\n想法写在这里，没有数字。\n\n第三节 具体目标")
    assert done.returncode == 0, done.stderr
    sections = load(project, "outline.yaml")[0]["sections"]
    assert [(s["number"], s["title"]["en"]) for s in sections] == [(1, "What was reached"), (2, "TODO"), (3, "Targets")]
    assert {goal["at"]["section"] for goal in load(project, "goals.yaml")} == {3}
    assert load(project, "indicators.yaml")["box"]["at"] == {"chapter": 1, "section": 3}
    note = load(project, "notes.yaml")[0]
    assert note["text"] == {"zh": "1.3节写31，2.1.1写32。", "en": "Section 1.3 says 31, 2.1.1 says 32."}
    assert "needs_review" not in note


def test_a_remark_about_later_tasks_that_changed(project: Path, revise: Revise) -> None:
    assert revise("以下任务均由各街道配合落实", "以下任务均由农业和水务局配合落实").returncode == 0
    assert load(project, "plan.yaml")["standing"] == {"measure": STRAW, "with": ["农业和水务局"]}


def test_without_the_earlier_document_nothing_is_taken_for_unchanged(project: Path, revise: Revise) -> None:
    shutil.rmtree(project / "sources")
    done = revise("每月", "每周", "泵站。在河边", "建泵站。在河边")
    assert "The document of the edition 2022-06 is not at hand (no folder of documents" in done.stdout
    assert ", 2 found again without an earlier wording to compare with." in done.stdout
    assert "0 unchanged" in done.stdout and "0 gone, 0 new" in done.stdout and "1 with another heading" in done.stdout
    assert [entry["needs_review"] for entry in load(project, "measures/02.yaml")] == [["zh", "en"]] * 2
    assert all("needs_review" in entry for entry in load(project, "goals.yaml"))
    load_site(project)


def test_a_second_revision_keeps_both_earlier_editions(project: Path, revise: Revise, tmp_path: Path) -> None:
    assert revise("每月", "每周").returncode == 0
    shutil.copy(tmp_path / "revised.txt", project / "sources/revised.txt")
    text = (tmp_path / "revised.txt").read_text(encoding="utf-8").replace("每周", "每天")
    path = write(tmp_path / "again.txt", text)
    done = run("revise", path, "--plan", PLAN, "--edition", "2024-06-03", "--project", project)
    assert done.returncode == 0, done.stderr
    assert "{+天+}" in done.stdout and "1 reworded" in done.stdout
    assert [p.edition for p in load_site(project).plans[PLAN].earlier] == ["2024-05", "2022-06"]


# --- whole or nothing -------------------------------------------------------------------------------------------------


def test_a_run_killed_at_any_moment_leaves_the_old_or_the_new_data(project: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "revised.txt", DOCUMENT.replace("每月", "每周"))
    command = [sys.executable, str(PROJECT / "build.py"), "revise", str(path), "--plan", PLAN]
    command += ["--edition", EDITION, "--project", str(project)]
    old = snapshot(project)
    copy = tmp_path / "copy"
    shutil.copytree(project, copy, symlinks=True)
    started = time.monotonic()
    subprocess.run([*command[:-1], str(copy)], check=True, capture_output=True)
    length, new = time.monotonic() - started, snapshot(copy)
    for share in (0.3, 0.6, 0.8, 0.9, 1.0):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(length * share)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = {name: content for name, content in snapshot(project).items() if not name.endswith("/.new")}
        assert now in (old, new)
        if now == new:
            break


@pytest.mark.parametrize("exchanges", [0, 1, 2, 3])
def test_a_run_killed_between_exchanges_is_finished_or_undone_by_the_next(exchanges: int, tmp_path: Path) -> None:
    """Three folders are exchanged one after the other: the plan's, and the prose of its chapters in two languages."""
    homes = ["data/plans/p", "content/zh/plans/p", "content/en/plans/p"]
    for home in homes:
        write(tmp_path / home / "old.txt", "old")
    new = {"new.txt": b"new"}
    child = os.fork()
    if not child:  # dies in the middle of the n-th exchange
        done = 0
        real = stage.swap

        def swap(one: Path, other: Path) -> None:
            nonlocal done
            if done == exchanges:
                os._exit(9)
            real(one, other)
            done += 1

        stage.swap = swap
        stage.replace(tmp_path, "p", new, {"zh": new, "en": new})
        os._exit(9)
    os.waitpid(child, 0)
    stage.sweep(tmp_path)
    names = {home: [path.name for path in (tmp_path / home).iterdir()] for home in homes}
    assert names == {home: ["new.txt" if exchanges else "old.txt"] for home in homes}
    assert not list(tmp_path.glob(".revise*"))


# --- the parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("到2025年达到85%", "到2025年达到90%", [NumberChange("85%", "90%")]),
        ("建3座，修5条", "修5条，建4座", [NumberChange("3座", "4座")]),
        ("十二区", "十三区", [NumberChange("十二区", "十三区")]),
        ("90%以上", "90%", [NumberChange("90%以上", "90%")]),
        ("建3座站", "建站", [NumberChange("3座", "")]),
        ("“三线一单”和PM2.5", "PM10和“三线一单”", []),
        ("春秋两季", "春夏秋三季", [NumberChange("两季", "三季")]),
        ("请人治理", "请第三方治理", []),
    ],
)
def test_changed_numbers_are_told_with_their_units(old: str, new: str, changes: list[NumberChange]) -> None:
    assert list(number_changes(old, new)) == changes


def test_a_difference_shows_whole_numbers_and_little_around() -> None:
    old = "这一句很长很长很长很长很长，到2025年细颗粒物降到30微克，后面还有很多很多很多很多字。"
    told = difference(old, old.replace("30", "35").replace("，后面", "；后面"))
    assert told == "…025年细颗粒物降到[-30微克，-]{+35微克；+}后面还有很多很多很多…"


TEXT = """# first line
- id: a  # why
  at: {chapter: 4, section: 1}
  text: >-
    one
    two

  # about the list
  list: [x, y]

# about b
- id: b
  needs_review: [en]
  deep:
    - {n: 1}
    - {n: 2}
"""


def test_edits_touch_only_their_spans() -> None:
    text = YamlText(TEXT)
    text.set((0, "at", "chapter"), "5")
    text.review((0,))
    text.review((1,), ["zh"])
    text.remove((1, "deep", 0))
    expected = TEXT.replace("chapter: 4", "chapter: 5").replace("# why\n", "# why\n  needs_review: [zh, en]\n")
    expected = expected.replace("needs_review: [en]", "needs_review: [zh, en]").replace("    - {n: 1}\n", "")
    assert text.result() == expected


def test_items_move_with_their_comments() -> None:
    first, second = items(TEXT)
    moved = with_items(TEXT, (), [second, first])
    assert moved.startswith("# first line\n# about b\n- id: b\n") and moved.endswith(
        "\n\n- id: a  # why\n" + first[15:]
    )
    assert with_items(TEXT, (), [first, second]) == TEXT
