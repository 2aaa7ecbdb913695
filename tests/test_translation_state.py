"""Translation state: each text remembers the facts it was written from, and is told when they change under it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT
from in_process import run
from small_project import small_project

from plansite.load import DataError, load_site, load_with_positions
from plansite.load.memory import text_states
from plansite.model import LOCALES
from plansite.reviewed import UnknownName, review, write
from plansite.stats import stats

DISTRICT = "data/plans/testdistrict-14"
MEASURES, MEMORY = f"{DISTRICT}/measures/02.yaml", f"{DISTRICT}/translations.yaml"
STRAW, PUMPS = "testdistrict-14/measure/straw-burning-ban", "testdistrict-14/measure/pump-stations"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project, every text remembered; its family says what differs, so that a target may change."""
    made = small_project(tmp_path)
    difference = "    - facet: means\n      what: {zh: 手段, en: Means}\n      values: "
    difference += "{testdistrict-14: {zh: 巡查, en: Patrols}}\n"
    alike = "  alike: {zh: 没有不同, en: Nothing differs}\n"
    swap(made, "data/shared-measures/two-plans.yaml", (alike, f"  differences:\n{difference}"))
    remember(made)
    return made


def swap(project: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Replace each old text, which must be there, by the new one, everywhere in a file."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, f"{name} does not hold {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def remember(project: Path, *names: str, locale: str = "") -> None:
    """`build.py reviewed NAMES`"""
    locales = [each for each in LOCALES if locale in ("", each)]
    write(project, review(project, load_with_positions(project)[1], names, locales).files)


def changed(project: Path) -> dict[str, str]:
    """HOME/RECORD LOCALE → its state, of every text that is not simply current."""
    texts = text_states(load_with_positions(project)[1])
    return {f"{t.of.home}/{t.of.name} {t.locale}": t.state for t in texts if t.state != "current"}


def listed(project: Path) -> list[str]:
    """The lines of `stats --list` about single texts."""
    done = run("stats", "--list", "--project", project)
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if re.match(r"\S+:\d+:\d+: ", line)]


def faults(project: Path) -> list[str]:
    try:
        load_site(project)
    except DataError as error:
        return [str(fault) for fault in error.faults]
    return []


def lower_target(project: Path) -> None:
    """The Chinese and the field say 29 in place of 32; the English is forgotten."""
    swap(project, MEASURES, ("32微克", "29微克"), ("value: 32", "value: 29"))


# --- what becomes of a text -----------------------------------------------------------------------------------------


def test_a_project_without_a_memory_is_all_new_and_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert set(changed(project).values()) == {"new"}
    assert stats(load_with_positions(project)[1]).reasons == ()


def test_a_number_changed_on_one_side_with_its_field_makes_the_other_side_stale(project: Path) -> None:
    lower_target(project)
    assert changed(project) == {f"{STRAW} zh": "edited", f"{STRAW} en": "stale"}
    assert listed(project) == [
        f"{MEASURES}:5:62: {STRAW}: the English is stale: "
        "target pm25 <= 32 ug/m3 2025 → pm25 <= 29 ug/m3 2025; number 32 → 29"
    ]


def test_english_changed_first_makes_the_chinese_stale(project: Path) -> None:
    swap(project, MEASURES, ("32 µg", "29 µg"), ("value: 32", "value: 29"))
    assert changed(project) == {f"{STRAW} zh": "stale", f"{STRAW} en": "edited"}


def test_a_number_without_a_field_that_only_one_side_says_is_still_a_fault(project: Path) -> None:
    lower_target(project)
    swap(project, MEASURES, ("zh: 春秋两季巡查", "zh: 春秋两季每7天巡查"))
    assert faults(project) == [f"{MEASURES}:7:51: no 7 in the English text; expected every number of the Chinese text"]


def test_a_number_in_words_makes_the_other_side_stale(project: Path) -> None:
    swap(project, MEASURES, ("{zh: 建设泵站。, en: Build", "{zh: 建设两座泵站。, en: Build two"))
    remember(project, "testdistrict-14")
    swap(project, MEASURES, ("建设两座泵站", "建设三座泵站"))
    (line,) = listed(project)
    assert line.endswith(f"{PUMPS}: the English is stale: number two → 三座")


def test_a_document_that_the_chinese_names_no_more_makes_the_english_stale(project: Path) -> None:
    swap(project, MEASURES, ("{zh: 建设泵站。", "{zh: 按《排水条例》建设泵站。"))
    remember(project, "testdistrict-14")
    swap(project, MEASURES, ("按《排水条例》", ""))
    assert changed(project) == {f"{PUMPS} zh": "edited", f"{PUMPS} en": "stale"}
    assert listed(project)[0].endswith("the English is stale: no longer document 《排水条例》")


def test_a_body_changed_in_its_field_makes_both_sides_stale(project: Path) -> None:
    swap(project, MEASURES, ("with: [区农业和水务局]", "with: [各街道]"))
    assert changed(project) == {f"{STRAW} zh": "stale", f"{STRAW} en": "stale"}
    assert [line.split(": the ")[1] for line in listed(project)] == [
        "Chinese is stale: with 区农业和水务局 → 各街道",
        "English is stale: with 区农业和水务局 → 各街道",
    ]


def test_rewording_one_side_makes_nothing_stale_and_the_other_side_behind(project: Path) -> None:
    swap(project, MEASURES, ("春秋两季巡查", "春、秋两季都巡查"))
    assert changed(project) == {f"{STRAW} zh": "edited", f"{STRAW} en": "behind"}
    assert stats(load_with_positions(project)[1]).reasons == ()
    remember(project)
    assert changed(project) == {f"{STRAW} en": "behind"}
    assert listed(project)[0].endswith(f"{STRAW}: the English is behind: only words of the Chinese changed")


def test_order_and_topics_are_no_facts(project: Path) -> None:
    swap(project, MEASURES, ("with: [区农业和水务局]", "with: [区农业和水务局, 各街道]"))
    remember(project, "testdistrict-14")
    swap(project, MEASURES, ("[区农业和水务局, 各街道]", "[各街道, 区农业和水务局]"), ("[sewage]", "[sewage, straw]"))
    assert changed(project) == {}


def test_the_prose_of_a_chapter_is_one_of_its_texts(project: Path) -> None:
    for locale, words in (("zh", "共有十二个镇。"), ("en", "There are twelve towns.")):
        path = project / f"content/{locale}/plans/testdistrict-14/1.md"
        path.parent.mkdir(parents=True)
        path.write_text(f"---\ntitle: T\ndescription: D\n---\n{words}\n", encoding="utf-8")
    remember(project)
    swap(project, "content/zh/plans/testdistrict-14/1.md", ("十二", "十三"))
    assert listed(project) == [
        "content/en/plans/testdistrict-14/1.md:1:1: testdistrict-14/chapter/1: "
        "the English is stale: number twelve → 十三个"
    ]


def test_a_family_has_its_own_memory(project: Path) -> None:
    name = "data/shared-measures/two-plans.yaml"
    swap(project, name, ("facet: means", "facet: scope"))
    assert changed(project) == {"families/family/straw-ban zh": "stale", "families/family/straw-ban en": "stale"}


# --- reviewed -------------------------------------------------------------------------------------------------------


def test_both_sides_edited_are_current_after_reviewed(project: Path) -> None:
    lower_target(project)
    swap(project, MEASURES, ("32 µg", "29 µg"))
    assert set(changed(project).values()) == {"edited"}
    remember(project)
    assert changed(project) == {}


def test_without_names_a_stale_text_stays_stale_until_it_is_edited(project: Path) -> None:
    lower_target(project)
    for _ in range(2):
        remember(project)
        assert changed(project) == {f"{STRAW} en": "stale"}
    swap(project, MEASURES, ("32 µg", "29 µg"))
    assert changed(project) == {f"{STRAW} en": "edited"}  # catching up leaves the Chinese current, not behind
    remember(project)
    assert changed(project) == {}


def test_a_named_text_is_taken_as_right_in_the_languages_named(project: Path) -> None:
    swap(project, MEASURES, ("with: [区农业和水务局]", "with: [各街道]"))
    remember(project, "testdistrict-14/straw-burning-ban", locale="en")
    assert changed(project) == {f"{STRAW} zh": "stale"}
    remember(project, "testdistrict-14")
    assert changed(project) == {}


def test_a_second_run_writes_nothing(project: Path) -> None:
    done = run("reviewed", "--project", project)
    assert (done.returncode, done.stdout) == (0, "Nothing new.\n")


def test_a_text_that_says_other_numbers_cannot_be_named_as_right(project: Path) -> None:
    lower_target(project)
    before = (project / MEMORY).read_bytes()
    done = run("reviewed", "testdistrict-14/straw-burning-ban", "--project", project)
    assert done.returncode == 1
    assert "32 in the English text, 29 in the Chinese text; expected the same numbers in both" in done.stderr
    assert done.stderr.endswith("Nothing written.\n")
    assert (project / MEMORY).read_bytes() == before


def test_what_is_there_no_more_is_forgotten(project: Path) -> None:
    (project / f"{DISTRICT}/projects.yaml").write_text(
        (project / f"{DISTRICT}/projects.yaml").read_text(encoding="utf-8").replace("pump-station-works", "pump-works"),
        encoding="utf-8",
    )
    done = run("reviewed", "--project", project)
    assert done.stdout.splitlines()[0] == "2 texts remembered (2 new), 1 record forgotten that is there no more."
    assert "pump-station-works" not in (project / MEMORY).read_text(encoding="utf-8")


WRONG_NAMES = [
    ("testdistrct-14", "no plan 'testdistrct-14'; expected one of testcity-action, testdistrict-14, families"),
    ("testdistrct-14", "did you mean 'testdistrict-14'?"),
    ("testdistrict-14/straw-ban", "did you mean 'testdistrict-14/straw-burning-ban'?"),
    ("testdistrict-14/1", "testdistrict-14/chapter/1, testdistrict-14/indicator/1, testdistrict-14/completion/1"),
    ("families/straw", "nothing named 'straw' in families"),
]


@pytest.mark.parametrize(("name", "words"), WRONG_NAMES)
def test_a_wrong_name_is_told_with_the_nearest(project: Path, name: str, words: str) -> None:
    with pytest.raises(UnknownName) as told:
        remember(project, name)
    assert words in str(told.value)


def test_a_wrong_name_is_exit_status_2(project: Path) -> None:
    done = run("reviewed", "testdistrict-14/nothing", "--project", project)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "nothing named 'nothing' in testdistrict-14" in done.stderr


# --- marks for review -----------------------------------------------------------------------------------------------


def mark(project: Path) -> dict[str, str]:
    """Mark a measure, a row on one line, and the plan; the files as they were."""
    names = (MEASURES, f"{DISTRICT}/plan.yaml", f"{DISTRICT}/notes.yaml")
    before = {name: (project / name).read_text(encoding="utf-8") for name in names}
    swap(project, MEASURES, ("- id: pump-stations\n", "- id: pump-stations\n  needs_review: [zh, en]\n"))
    swap(project, f"{DISTRICT}/plan.yaml", ("kind: five", "needs_review: [en]\nkind: five"))
    return before


def test_reviewed_takes_the_marks_away_and_changes_nothing_else(project: Path) -> None:
    before = mark(project)
    done = run("reviewed", "testdistrict-14/pump-stations", "testdistrict-14/plan", "--project", project)
    assert done.returncode == 0, done.stderr
    assert f"{PUMPS}, Chinese: awaited review" in done.stdout
    assert {name: (project / name).read_text(encoding="utf-8") for name in before} == before


def test_reviewed_in_one_language_leaves_the_mark_of_the_other(project: Path) -> None:
    mark(project)
    remember(project, "testdistrict-14", locale="zh")
    text = (project / MEASURES).read_text(encoding="utf-8")
    assert "- id: pump-stations\n  needs_review: [en]\n" in text


def test_without_names_the_marks_stay(project: Path) -> None:
    mark(project)
    remember(project)
    assert "needs_review: [zh, en]" in (project / MEASURES).read_text(encoding="utf-8")


def test_while_a_text_awaits_review_its_numbers_may_differ(project: Path) -> None:
    mark(project)
    swap(project, MEASURES, ("{zh: 建设泵站。", "{zh: 建设7座泵站。"))
    assert faults(project) == []
    done = run("reviewed", "testdistrict-14/pump-stations", "--project", project)
    assert done.returncode == 1 and "no 7 in the English text" in done.stderr


# --- build and stats ------------------------------------------------------------------------------------------------


def test_a_build_says_what_is_left_to_do_and_a_strict_one_refuses(project: Path) -> None:
    mark(project)
    swap(project, MEASURES, ("with: [区农业和水务局]", "with: [各街道]"))
    task = "- at: {chapter: 2, section: 1, item: 3}\n  heading: 新任务\n  departments: {lead: [农业和水务局]}\n"
    (project / f"{DISTRICT}/new-tasks.yaml").write_text(task, encoding="utf-8")
    due = [
        "3 texts await review: see 'build.py stats --list'",
        "1 new task is not restated: see 'build.py stats --list'",
        "2 texts are stale: see 'build.py stats --list'",
    ]
    done = run("build", "--project", project, "--out", project / "site", "--no-search")
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if "stats --list" in line] == [
        f"To do before publishing: {line}" for line in due
    ]
    done = run("build", "--project", project, "--out", project / "strict", "--no-search", "--strict")
    assert done.returncode == 1 and not (project / "strict").exists()
    assert [line for line in done.stderr.splitlines() if "stats --list" in line] == due


def test_the_page_of_a_stale_text_says_so_and_leads_to_the_other_language(project: Path) -> None:
    lower_target(project)
    swap(project, "data/shared-measures/two-plans.yaml", ("facet: means", "facet: scope"))
    done = run("build", "--project", project, "--out", project / "site", "--no-search")
    assert done.returncode == 0, done.stderr
    page = "plans/testdistrict-14/measures/straw-burning-ban/index.html"
    english = (project / "site/en" / page).read_text(encoding="utf-8")
    assert "This text may not say what the Chinese now says: facts changed after it was written." in english
    assert re.search(r'<a href="[./]+zh/plans/testdistrict-14/measures/straw-burning-ban/">Read the Chinese', english)
    assert "事实有变" not in (project / "site/zh" / page).read_text(encoding="utf-8")
    for locale, words in (("zh", "文字可能还没有全部写到。"), ("en", "Facts changed after this text was written")):
        family = (project / f"site/{locale}/shared/straw-ban/index.html").read_text(encoding="utf-8")
        assert words in family and "Read the Chinese" not in family


def test_stats_is_a_plain_aligned_table_in_a_pipe(project: Path) -> None:
    mark(project)
    lower_target(project)
    done = run("stats", "--project", project)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "testcity-action: 1 measure, 1 chapter, 1 goal",
        "testdistrict-14: 2 measures, 2 chapters, 1 indicator, 2 goals, 2 completion rows, 1 project, 1 note",
        "shared measures: 1 family",
        "",
        "                          texts  complete  stale  behind  await review  not remembered          length",
        "testcity-action  Chinese      4      100%      –       –             –               –  110 characters",
        "                 English      4      100%      –       –             –               –        56 words",
        "testdistrict-14  Chinese     12     91.7%      –       –             1               1  240 characters",
        "                 English     12     75.0%      1       –             2               –       128 words",
        "shared measures  Chinese      1      100%      –       –             –               –   18 characters",
        "                 English      1      100%      –       –             –               –        11 words",
    ]


def test_stats_for_programs(project: Path) -> None:
    lower_target(project)
    data = json.loads(run("stats", "--json", "--project", project).stdout)
    district = next(home for home in data["homes"] if home["id"] == "testdistrict-14")
    assert district["records"]["measure"] == 2
    assert (district["en"]["stale"], district["zh"]["stale"], district["zh"]["not_remembered"]) == (1, 0, 1)
    (text,) = data["doubtful"]
    assert (text["record"], text["locale"], text["state"]) == ("measure/straw-burning-ban", "en", "stale")
    assert text["changes"][1] == {"fact": "number", "was": "32", "now": "29"}


def test_stats_says_when_there_is_nothing_to_list(project: Path) -> None:
    done = run("stats", "--list", "--project", project)
    assert done.stdout.endswith("\nNothing is stale, behind or awaits review.\n")


# --- the file -------------------------------------------------------------------------------------------------------


def test_the_memory_has_one_line_a_record_sorted(project: Path) -> None:
    lines = (project / MEMORY).read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[0] for line in lines if line and not line.startswith("#")]
    assert names == sorted(names) == list(yaml.safe_load((project / MEMORY).read_text(encoding="utf-8")))
    assert "measure/straw-burning-ban" in names and "plan" in names


def test_changes_of_neighbouring_records_on_two_branches_merge(project: Path) -> None:
    def git(*arguments: str) -> None:
        name = ("-c", "user.name=T", "-c", "user.email=t@example.org")
        subprocess.run(["git", *name, *arguments], cwd=project, check=True, capture_output=True)

    git("init", "-q", "-b", "one")
    git("add", "data")
    git("commit", "-qm", "base")
    git("switch", "-qc", "two")
    swap(project, MEASURES, ("{zh: 建设泵站。, en: Build pumping", "{zh: 建设新泵站。, en: Build new pumping"))
    remember(project)
    git("commit", "-qam", "two")
    git("switch", "-q", "one")
    lower_target(project)
    swap(project, MEASURES, ("32 µg", "29 µg"))
    remember(project)
    git("commit", "-qam", "one")
    git("merge", "-q", "two")
    assert changed(project) == {}


def test_an_earlier_edition_has_no_memory(project: Path) -> None:
    old = project / f"{DISTRICT}/editions/2021-01"
    old.mkdir(parents=True)
    shutil.copy(project / MEMORY, old)
    assert any(
        "editions/2021-01/translations.yaml:1:1: a file the site does not read" in line for line in faults(project)
    )


BROKEN = [
    ('pump-stations: {"zh": "', 'pump-stations: {"zh": "x', "'x63d6b961'; expected a checksum of 8 hexadecimal digits"),
    (
        "measure/pump-stations: {",
        "<<<<<<< HEAD\nmeasure/pump-stations: {",
        "'<<<<<<< HEAD'; expected a line as 'build.py",
    ),
    (
        "measure/pump-stations: {",
        "measure/straw-burning-ban: {",
        "'measure/straw-burning-ban' a second time (first in line",
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), BROKEN)
def test_a_broken_memory_is_told_with_its_line(project: Path, old: str, new: str, words: str) -> None:
    swap(project, MEMORY, (old, new))
    (fault,) = faults(project)
    assert re.match(rf"{MEMORY}:\d+:1: ", fault) and words in fault


def test_every_text_of_the_real_data_is_remembered_and_none_is_stale() -> None:
    texts = text_states(load_with_positions(PROJECT)[1])
    bad = [f"{t.of.home}/{t.of.name} {t.locale}: {t.state}" for t in texts if t.state in ("new", "edited", "stale")]
    assert bad == [], "run: python build.py reviewed (and look at: python build.py stats --list)"


@pytest.mark.parametrize("command", ["stats", "reviewed"])
def test_help_shows_examples(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0 and f"Examples:\n    python build.py {command}" in done.stdout


def test_the_differences_of_a_family_hold_the_same_numbers_in_both_languages(project: Path) -> None:
    swap(project, "data/shared-measures/two-plans.yaml", ("{zh: 巡查, en: Patrols}", "{zh: 巡查, en: 7 patrols}"))
    assert faults(project) == [
        "data/shared-measures/two-plans.yaml:9:38: no 7 in the Chinese text; expected every number of the English text"
    ]
