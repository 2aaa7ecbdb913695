"""A mistake in the data gives one line that leads to it, exit status 1, and the published site stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, real_project, run

from plansite.load import DataError, load_site
from plansite.publish.claim import MARK

PLAN = "data/plans/jingyue-14"
MEASURES = f"{PLAN}/measures/04.yaml"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the real data that a test may spoil."""
    return real_project(tmp_path)


@pytest.fixture
def edit(project: Path) -> Edit:
    """edit(file, old, new): replace the first occurrence of a text, which must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def faults(project: Path) -> list[str]:
    try:
        load_site(project)
    except DataError as error:
        return [str(fault) for fault in error.faults]
    return []


def line_of(project: Path, name: str, text: str) -> int:
    lines = (project / name).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_real_data_has_no_faults() -> None:
    assert faults(PROJECT) == []


ONE_FAULT = [
    # what is wrong, file, text, replacement, what the line says
    (
        "unknown field",
        MEASURES,
        "  heading: 深入推进秸秆",
        "  headng: 深入推进秸秆",
        r"unknown field 'headng'; expected one of id, at, heading.*did you mean 'heading'\?",
    ),
    (
        "unknown topic",
        MEASURES,
        "topics: [straw,",
        "topics: [strw,",
        r"unknown topic 'strw'; expected one defined in data/vocab/topics.yaml; did you mean 'straw'\?",
    ),
    ("first-level topic used for a measure", MEASURES, "topics: [straw,", "topics: [air,", r"unknown topic 'air'"),
    (
        "unknown body",
        MEASURES,
        "shared: [生态环境分局, 农业农村和水务局",
        "shared: [生态环境分局, 农业农村和水利局",
        r"unknown name of a body '农业农村和水利局'; expected .*; did you mean '农业农村和水务局'\?",
    ),
    (
        "body named twice",
        MEASURES,
        "shared: [生态环境分局, 农业农村和水务局",
        "shared: [生态环境分局, 生态环境分局",
        r"'生态环境分局' a second time",
    ),
    (
        "syntax",
        MEASURES,
        "  title: {zh: 秸秆禁烧, en: Straw-burning ban}",
        "  title: {zh: 秸秆禁烧, en: Straw-burning ban",
        r"a '\{' that is not closed before line \d+; expected its '\}'",
    ),
    ("tab", MEASURES, "  title: {zh: 秸秆禁烧", "\ttitle: {zh: 秸秆禁烧", r"an invisible character \(U\+0009\)"),
    (
        "missing language",
        MEASURES,
        "{zh: 秸秆禁烧, en: Straw-burning ban}",
        "{zh: 秸秆禁烧}",
        r"no 'en'; expected 'en' \(a text\)",
    ),
    (
        "English under zh",
        MEASURES,
        "zh: 秸秆禁烧, en: Straw-burning ban",
        "zh: ban on burning of straw, en: Straw-burning ban",
        r"English under 'zh'",
    ),
    ("Chinese under en", MEASURES, "en: Straw-burning ban", "en: 秸秆禁烧", r"Chinese under 'en'"),
    (
        "text where a number belongs",
        MEASURES,
        "at: {chapter: 4, section: 3, item: 1}",
        "at: {chapter: 4, section: 3, item: one}",
        r"the text 'one' in 'item'; expected a whole number",
    ),
    (
        "gap in the numbering",
        MEASURES,
        "at: {chapter: 4, section: 4, item: 2}",
        "at: {chapter: 4, section: 4, item: 3}",
        r"item 3 of section 4\.4; expected item 2",
    ),
    (
        "measure in the wrong file",
        MEASURES,
        "at: {chapter: 4, section: 4, item: 2}",
        "at: {chapter: 5, section: 4, item: 2}",
        r"chapter 5 in the file of chapter 04",
    ),
    (
        "duplicate id",
        MEASURES,
        "id: ozone-depleting-substances",
        "id: straw-burning-ban",
        r"the measure 'straw-burning-ban' a second time \(first in data/plans/jingyue-14/measures/04\.yaml:\d+\)",
    ),
    ("id in capitals", MEASURES, "id: straw-burning-ban", "id: Straw-Burning-Ban", r"expected an id of small letters"),
    (
        "a digit in English only",
        MEASURES,
        "Improve the 4-level",
        "Improve the 5-level",
        r"5 in the English text, 4 in the Chinese text; expected the same numbers in both",
    ),
    (
        "key twice",
        MEASURES,
        "  heading: 深入推进秸秆禁烧管控",
        "  heading: 甲\n  heading: 深入推进秸秆禁烧管控",
        r"'heading' a second time \(first in line \d+\)",
    ),
    ("alias", MEASURES, "heading: 深入推进秸秆禁烧管控", "heading: &a 深入推进秸秆禁烧管控", r"a YAML anchor or alias"),
    ("hidden character", MEASURES, "秸秆禁烧, en", "秸秆\u200b禁烧, en", r"an invisible character \(U\+200B\)"),
    ("operator", f"{PLAN}/indicators.yaml", 'op: "<="', 'op: "=<"', r"'=<'; expected one of =, >=, <=, >, <, ~"),
    (
        "attribute",
        f"{PLAN}/indicators.yaml",
        "attribute: anticipatory",
        "attribute: anticipatary",
        r"'anticipatary'; expected one of binding, anticipatory; did you mean 'anticipatory'\?",
    ),
    ("declared count", f"{PLAN}/indicators.yaml", "total: 21", "total: 22", r"22 declared, 21 in the rows"),
    ("row number", f"{PLAN}/indicators.yaml", "number: 21", "number: 22", r"row number 22; expected 21"),
    (
        "unknown concept",
        f"{PLAN}/indicators.yaml",
        "concept: pm25",
        "concept: pm2.5",
        r"'pm2\.5'; expected an id of small letters",
    ),
    (
        "unknown unit",
        f"{PLAN}/indicators.yaml",
        "unit: ug/m3",
        "unit: ug/m2",
        r"unknown unit 'ug/m2'; .* did you mean 'ug/m3'\?",
    ),
    (
        "unit as printed",
        f"{PLAN}/indicators.yaml",
        "unit: ug/m3",
        "unit: µg/m³",
        r"unknown unit 'µg/m³'; .* did you mean 'ug/m3'\?",
    ),
    (
        "family with a measure of no plan",
        "data/shared-measures/air.yaml",
        "jingyue-14/straw-burning-ban",
        "straw-burning-ban",
        r"'straw-burning-ban'; expected a plan and its measure, as in jingyue-14/straw-burning-ban",
    ),
    (
        "unknown measure in a note",
        f"{PLAN}/notes.yaml",
        "measure: rural-sewage-facilities",
        "measure: rural-sewage-facility",
        r"unknown measure 'rural-sewage-facility'; .* did you mean 'rural-sewage-facilities'\?",
    ),
    (
        "kind of note",
        f"{PLAN}/notes.yaml",
        "kind: contradiction",
        "kind: contradicton",
        r"did you mean 'contradiction'\?",
    ),
    (
        "two places in one",
        f"{PLAN}/notes.yaml",
        "{indicator: 9,",
        "{indicator: 9, chapter: 2,",
        r"no single place; expected exactly one of",
    ),
    ("box that is not there", f"{PLAN}/projects.yaml", "box: 5", "box: 6", r"unknown box '6'"),
    (
        "figure that the text does not say",
        f"{PLAN}/progress.yaml",
        "value: 305",
        "value: 306",
        r"306 as value, which the text does not say",
    ),
    (
        "year of a figure that the text does not say",
        f"{PLAN}/progress.yaml",
        "value: 376, unit: company}",
        "value: 376, unit: company, year: 2020}",
        r"2020 as year, which the text does not say",
    ),
    ("group beyond the outline", f"{PLAN}/progress.yaml", "group: 10}", "group: 11}", r"group 11; expected at most 10"),
    (
        "jurisdiction",
        f"{PLAN}/plan.yaml",
        "jurisdiction: jingyue",
        "jurisdiction: jinyue",
        r"unknown jurisdiction 'jinyue'; .* did you mean 'jingyue'\?",
    ),
    (
        "plan in another folder's name",
        f"{PLAN}/plan.yaml",
        "id: jingyue-14",
        "id: jingyue-15",
        r"the id 'jingyue-15'; expected the name of its folder",
    ),
    ("checksum", f"{PLAN}/plan.yaml", "sha256: ", "sha256: x", r"expected a SHA-256 checksum"),
    (
        "slip in a vocabulary id",
        "data/vocab/topics.yaml",
        "{id: straw,",
        "{id: strow,",
        r"the topic 'strow', which nothing uses, while 'straw' is used \d+ times .*did you mean 'straw'\?",
    ),
    (
        "slip in a printed spelling",
        "data/vocab/departments.yaml",
        "printed: [生态环境分局]",
        "printed: [生态环境份局]",
        r"the name of a body '生态环境份局', which nothing uses, while '生态环境分局' is used \d+ times",
    ),
    (
        "defined and never used",
        "data/vocab/places.yaml",
        "- {id: jingyue-lake,",
        "- {id: mount-nowhere, kind: mountain, name: {zh: 无名山, en: Mount Nowhere}, jurisdictions: [jingyue]}\n"
        "- {id: jingyue-lake,",
        r"the place 'mount-nowhere', which nothing uses",
    ),
    (
        "site address",
        "data/site.yaml",
        "base_url: http://localhost:8000/",
        "base_url: localhost:8000",
        r"expected an http\(s\) address that ends in /",
    ),
    (
        "impossible day",
        "data/site.yaml",
        "2026-11-22",
        "2026-11-31",
        r"the date '2026-11-31'; expected a day of the calendar",
    ),
    ("article without front matter", "content/en/about.md", "---\n", "--\n", r"no front matter"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"), [case[1:] for case in ONE_FAULT], ids=[case[0] for case in ONE_FAULT]
)
def test_one_mistake_gives_one_line_that_leads_to_it(
    project: Path, edit: Edit, name: str, old: str, new: str, message: str
) -> None:
    before = (project / name).read_text(encoding="utf-8")
    first = before.count("\n", 0, before.index(old)) + 1
    edit(name, old, new)
    found = faults(project)
    assert len(found) == 1, found
    assert re.search(message, found[0]), found[0]
    place = re.match(rf"{re.escape(name)}:(\d+):\d+: ", found[0])
    assert place and first <= int(place[1]) <= first + new.rstrip("\n").count("\n"), found[0]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("  heading: 深入推进秸秆禁烧管控", "  headng: 深入推进秸秆禁烧管控", 3),
        ("  topics: [straw, law-enforcement", "  topics: [straw, law-enforcment", 19),
        ("at: {chapter: 4, section: 3, item: 1}", "at: {chapter: 4, section: 3, item: x}", 38),
    ],
)
def test_the_position_is_that_of_the_mistake(project: Path, edit: Edit, old: str, new: str, column: int) -> None:
    edit(MEASURES, old, new)
    assert faults(project)[0].startswith(f"{MEASURES}:{line_of(project, MEASURES, new)}:{column}: ")


def test_all_mistakes_are_told_in_one_run(project: Path, edit: Edit) -> None:
    edit(MEASURES, "topics: [straw,", "topics: [strw,")
    edit(f"{PLAN}/indicators.yaml", "attribute: anticipatory", "attribute: maybe")
    edit(f"{PLAN}/outline.yaml", "subtitle:", "subtitel:")
    edit("data/site.yaml", "tagline:", "tagline: [")
    found = faults(project)
    for name in (MEASURES, f"{PLAN}/indicators.yaml", f"{PLAN}/outline.yaml", "data/site.yaml"):
        assert any(line.startswith(name) for line in found), (name, found)


def test_a_file_that_is_not_read_is_a_fault(project: Path) -> None:
    (project / PLAN / "measure.yaml").write_text("- {}\n")
    (told,) = [line for line in faults(project) if line.startswith(f"{PLAN}/measure.yaml:1:1: ")]
    assert "a file the site does not read; expected one of completion.yaml, goals.yaml, " in told
    assert "measures/*.yaml" in told and "topics.yaml" not in told


@pytest.mark.parametrize(
    ("name", "meant"),
    [(f"{PLAN}/progres.yaml", "progress.yaml"), ("data/vocab/topic.yaml", "vocab/topics.yaml")],
)
def test_a_misspelt_name_of_a_file_is_told_with_the_right_one(project: Path, name: str, meant: str) -> None:
    (project / name).write_text("- {}\n")
    (told,) = [line for line in faults(project) if line.startswith(f"{name}:1:1: a file the site does not read")]
    assert told.endswith(f"did you mean '{meant}'?")


def test_a_missing_file_is_a_fault(project: Path) -> None:
    (project / "data/vocab/units.yaml").unlink()
    assert "data/vocab/units.yaml:1:1: no such file; expected this file" in faults(project)


def test_a_page_in_one_language_only_is_a_fault(project: Path) -> None:
    (project / "content/zh/about.md").unlink()
    assert faults(project) == ["content/zh/about.md:1:1: no such file; expected the same page as content/en/about.md"]


def test_bytes_that_are_not_text_are_a_fault(project: Path) -> None:
    (project / MEASURES).write_bytes(b"- id: \xff\xfe\n")
    assert f"{MEASURES}:1:7: a byte that is not UTF-8; expected a text file in UTF-8" in faults(project)


def test_an_empty_file_is_a_fault(project: Path) -> None:
    (project / MEASURES).write_text("# nothing\n")
    assert f"{MEASURES}:1:1: an empty file; expected data; delete the file if it is not needed" in faults(project)


def test_the_command_prints_the_faults_and_the_old_site_stays(project: Path, edit: Edit, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text("the old site")
    (out / "data").mkdir()
    (out / MARK).write_text("{}")  # by which a build knows a site
    edit(MEASURES, "topics: [straw,", "topics: [strw,")
    done = run("build", "--project", project, "--out", out)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert re.fullmatch(
        rf"{MEASURES}:\d+:\d+: unknown topic 'strw'; .*\n1 fault; nothing was published\.\n", done.stderr
    )
    assert {path.relative_to(out).as_posix() for path in out.rglob("*.*")} == {"index.html", MARK}
    assert (out / "index.html").read_text() == "the old site"


def test_check_says_what_it_found_and_writes_nothing(project: Path) -> None:
    before = everything(project)
    done = run("check", "--data", "--project", project)
    assert done.returncode == 0, done.stderr
    assert "jingyue-14: 113 measures, 21 indicators" in done.stdout
    assert everything(project) == before


def everything(project: Path) -> list[Path]:
    """All but what is kept to save time."""
    return sorted(path for path in project.rglob("*") if ".cache" not in path.parts)
