"""`revise` on real documents that were edited: it reports exactly the edits, nothing missed and nothing invented."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import PROJECT, SOURCES, run
from revised_document import RevisedDocument

from plansite.load import load_with_positions
from plansite.load.records import OF_THE_CURRENT
from plansite.verify.facts import prove_all

EDITION = "2025-06"


@dataclass(frozen=True)
class Revised:
    """A copy of the project after the command, with its report; `sections`: title → the lines below it."""

    project: Path
    plan: str
    report: str
    sections: dict[str, list[str]]

    @property
    def folder(self) -> Path:
        return self.project / "data/plans" / self.plan

    def load(self, name: str) -> Any:
        return _load(self.folder / name)

    def measures(self) -> dict[str, dict[str, Any]]:
        return _measures(self.folder)

    def ids(self, title: str) -> list[str]:
        """The ids of the entries of a section of the report."""
        lines = self.sections.get(title, [])
        return [match[1] for line in lines if (match := re.match(r"- `([a-z0-9-]+)`", line))]

    def told(self, title: str, id: str) -> str:
        """What a section of the report says of one entry."""
        lines = self.sections[title]
        start = next(index for index, line in enumerate(lines) if line.startswith(f"- `{id}`"))
        end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("- ")), len(lines))
        return "\n".join(lines[start:end])


def revise(document: RevisedDocument, plan: str, folder: Path) -> Revised:
    """The real command on a copy of the real data."""
    project = folder / "project"
    for name in ("data", "content"):
        shutil.copytree(PROJECT / name, project / name)
    for name in ("templates", "static"):
        (project / name).symlink_to(PROJECT / name)
    path = document.write(folder / f"{plan}-revised.txt")
    report = folder / "report.md"
    done = run(
        *("revise", path, "--plan", plan, "--edition", EDITION, "--sources", SOURCES),
        *("--project", project, "--report", report),
    )
    assert done.returncode == 0, done.stderr
    text = report.read_text(encoding="utf-8")
    assert done.stdout.startswith(text)
    parts = re.split(r"^## (.+?)(?: \(\d+\))?\n", text, flags=re.MULTILINE)
    sections = {title: body.strip().split("\n") for title, body in zip(parts[1::2], parts[2::2], strict=True)}
    return Revised(project, plan, text, sections)


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _measures(folder: Path) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for path in sorted((folder / "measures").glob("*.yaml")) for entry in _load(path)}


def _entries(folder: Path) -> dict[str, str]:
    """Measure → its entry as it is written, without its place and its mark for review."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in sorted((folder / "measures").glob("*.yaml")))
    entries = re.split(r"^- id: ", texts, flags=re.MULTILINE)[1:]
    bare = (re.sub(r"^  (?:at|needs_review): .*\n|^#.*\n", "", entry, flags=re.MULTILINE) for entry in entries)
    return {entry.split("\n", 1)[0]: entry.strip() for entry in bare}


def locator(entry: dict[str, Any]) -> str:
    return ".".join(str(number) for number in entry["at"].values())


def prove(revised: Revised, folder: Path, **words: str) -> tuple[list[str], set[str]]:
    """The proof of the new data against the new document, as if nothing were marked for review: what it finds beside
    numbers, and the measures whose numbers it doubts. `words` go in the place of others in outline.yaml."""
    for name in ("data", "content"):
        shutil.copytree(revised.project / name, folder / name)
    for path in (folder / "data/plans" / revised.plan).rglob("*.yaml"):
        text = re.sub(r"^ *needs_review: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for old, new in words.items() if path.name == "outline.yaml" else ():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    site, positions = load_with_positions(folder)
    (proof,) = prove_all(site, positions, revised.project.parent, [revised.plan])
    starts = [
        (loaded.file.name, loaded.file.position((index,))[0], entry.id)
        for loaded in positions.plans[revised.plan].measures
        for index, entry in enumerate(loaded.record)
    ]
    others, doubted = [], set()
    for fault in proof.faults:
        if fault.kind.startswith(("number", "target")):
            before = [id for name, line, id in starts if name == fault.fault.file and line <= fault.fault.line]
            doubted.add(before[-1] if before else fault.fault.file)
        else:
            others.append(f"{fault.kind}: {fault.fault.found}")
    return others, doubted


# --- Jingyue: two chapters change places, two measures move, three numbers change, one measure is split, one dropped,
# two are new, five reworded

MOVED = {"straw-burning-ban": "4.2.4", "plastic-pollution-control": "8.1.1"}
NUMBERS = {
    "regional-air-control": "5天以内 → 4天以内",
    "coal-fired-boilers": "40蒸吨/小时以下 → 45蒸吨/小时以下",
    "water-section-management": "7个 → 9个",
}
REWORDED = {
    "dust-and-cooking-fumes": "昼夜",
    "discharge-permit-system": "把监管做到",
    "green-public-procurement": "节俭办事",
    "green-living-facilities": "逐片试行",
    "plan-leadership": "年底以书面形式",
}
SPLIT, GONE = "construction-waste-reduction", "nature-inspection-accountability"


@pytest.fixture(scope="module")
def jingyue(tmp_path_factory: pytest.TempPathFactory) -> Revised:
    document = RevisedDocument("jingyue-14")
    document.swap_chapters(5, 6)
    document.replace_in([document.heading(5)], "第五章", "第六章")
    document.replace_in([document.heading(6)], "第六章", "第五章")
    document.move("straw-burning-ban", after="volatile-organic-compounds")
    document.move("plastic-pollution-control", before="zero-waste-city")
    document.replace("regional-air-control", "5 天", "4 天")
    document.replace("coal-fired-boilers", "新建40蒸吨", "新建45蒸吨")
    document.replace("water-section-management", "7个市控断面", "9个市控断面")
    document.replace(SPLIT, "加强建筑垃圾全过程管理，", SEAM)
    document.remove(GONE)
    document.add_after("noise-control", QUIET)
    document.add_after("laws-and-standards", TREES)
    document.replace("dust-and-cooking-fumes", "重点时段重点区域实行不间断巡查，", "在重点时段对重点区域昼夜巡查，")
    document.replace("discharge-permit-system", "健全事前、事中、事后监管体系", "把监管做到事前、事中和事后")
    document.replace("green-public-procurement", "厉行勤俭节约，反对铺张浪费，", "节俭办事，")
    document.replace("green-living-facilities", "开展清洁供暖改造试点，", "逐片试行清洁供暖，公布改造进度，")
    document.replace("plan-leadership", "每年向净月区管理委员会报告", "年底以书面形式向净月区管理委员会报告")
    return revise(document, "jingyue-14", tmp_path_factory.mktemp("jingyue"))


SEAM = "（建设发展局、城市管理局负责）\n\n管好施工现场。加强建筑垃圾全过程管理，"
QUIET = "建设静音小路。在三条河边小路铺设降噪路面，2024年底前完工。（建设发展局、生态环境分局按职责分工负责）"
TREES = "种植校园小树林。每所学校每年春天种下二十棵树，由学生认养。（林业和园林局牵头，教育局配合）"


def test_the_first_line_counts_exactly_the_edits(jingyue: Revised) -> None:
    known, renumbered = len(_measures(PROJECT / "data/plans/jingyue-14")), len(jingyue.ids("Only renumbered"))
    unchanged = known - renumbered - len(MOVED) - len(NUMBERS) - len(REWORDED) - 2
    assert jingyue.report.split("\n")[0] == (
        f"{known} measures before, {known + 2} tasks now: {unchanged} unchanged, {renumbered} only renumbered, "
        "2 moved, 3 with changed numbers, 5 reworded, 0 with changed bodies, 0 with another heading, 1 split, "
        "0 merged into another, 1 gone, 2 new."
    )


def test_each_edit_stands_under_its_kind_and_nothing_else_does(jingyue: Revised) -> None:
    assert set(jingyue.ids("Moved")) == set(MOVED)
    assert set(jingyue.ids("Changed numbers")) == set(NUMBERS)
    assert set(jingyue.ids("Reworded")) == set(REWORDED)
    assert jingyue.ids("Split") == [SPLIT]
    assert jingyue.ids("Gone") == [GONE]
    assert [line for line in jingyue.sections["New"] if line.startswith("-")] == [
        f"- 9.2.2 ‘种植校园小树林’ · jingyue-14-revised.txt:{_line(jingyue, '种植校园小树林')}",
        f"- 10.4.5 ‘建设静音小路’ · jingyue-14-revised.txt:{_line(jingyue, '建设静音小路')}",
    ]
    kinds = {"Merged", "Changed bodies", "Another heading", "Perhaps not gone", "Bodies in another order"}
    others = {"Indicators", "Boxes and projects", "Goals and results", "Paragraphs that are no tasks"}
    assert not (kinds | others) & set(jingyue.sections)


def _line(revised: Revised, words: str) -> int:
    text = (revised.project.parent / f"{revised.plan}-revised.txt").read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_each_entry_says_where_and_what(jingyue: Revised) -> None:
    for id, change in NUMBERS.items():
        assert f"number: {change}" in jingyue.told("Changed numbers", id)
    for id, words in REWORDED.items():
        assert re.search(rf"\{{\+[^+]*{words}", jingyue.told("Reworded", id)), jingyue.told("Reworded", id)
    told = jingyue.told("Moved", "straw-burning-ban")
    assert re.search(r"4\.3\.1 → 4\.2\.4 · data/plans/jingyue-14/measures/04\.yaml:\d+ · jingyue-14\.txt:\d+ → ", told)
    assert f"jingyue-14-revised.txt:{_line(jingyue, '深入推进秸秆禁烧管控。')}" in told
    assert "from section 4.3" in told and "within section 8.1" in jingyue.told("Moved", "plastic-pollution-control")
    assert "split off: 8.1.5 ‘管好施工现场’" in jingyue.told("Split", SPLIT)
    assert [line.split(" ‘")[0] for line in jingyue.sections["Outline"]] == ["- chapter 5 → 6", "- chapter 6 → 5"]


def test_measures_have_their_new_places_and_nothing_else_of_them_changed(jingyue: Revised) -> None:
    before, after = _measures(PROJECT / "data/plans/jingyue-14"), jingyue.measures()
    assert set(after) == set(before) - {GONE}
    swapped = {"5": "6", "6": "5"}
    behind = {  # those that make room, or close ranks
        **{"judicial-safeguards": "9.2.3"},
        **{"coal-fired-boilers": "4.3.1", "diesel-lorries-machinery": "4.3.2", "industrial-pollution-sources": "4.3.3"},
        **{"dust-and-cooking-fumes": "4.3.4", "loose-coal": "4.3.5"},
        **{"zero-waste-city": "8.1.2", "industrial-solid-waste": "8.1.3", SPLIT: "8.1.4"},
        **{"household-waste-sorting": "8.1.6", "renewable-resource-recycling": "8.1.7"},
        **MOVED,
    }
    for id, entry in after.items():
        chapter, rest = locator(before[id]).split(".", 1)
        assert locator(entry) == behind.get(id, f"{swapped.get(chapter, chapter)}.{rest}"), id
    texts = _entries(PROJECT / "data/plans/jingyue-14")
    assert _entries(jingyue.folder) == {id: text for id, text in texts.items() if id != GONE}
    marked = {id for id, entry in after.items() if entry.get("needs_review")}
    assert marked == {*NUMBERS, *REWORDED, SPLIT}


def test_what_is_gone_and_new_is_written_down(jingyue: Revised) -> None:
    assert jingyue.load("withdrawn.yaml") == [{"id": GONE, "last": "2023-04", "fate": "dropped"}]
    seam, trees, quiet = jingyue.load("new-tasks.yaml")
    assert (trees["heading"], locator(trees)) == ("种植校园小树林", "9.2.2")
    assert trees["departments"] == {"lead": ["林业和园林局"], "with": ["教育局"]}
    assert (seam["heading"], seam["split_from"], locator(seam)) == ("管好施工现场", SPLIT, "8.1.5")
    assert (quiet["heading"], locator(quiet)) == ("建设静音小路", "10.4.5")


def test_the_earlier_edition_is_there_in_full(jingyue: Revised) -> None:
    earlier, folder = jingyue.folder / "editions/2023-04", PROJECT / "data/plans/jingyue-14"
    files = [path.relative_to(folder) for path in folder.rglob("*.yaml") if "editions" not in path.parts]
    names = {path for path in files if path.name not in OF_THE_CURRENT}
    assert {path.relative_to(earlier) for path in earlier.rglob("*.yaml")} == names
    for name in names:
        text = (folder / name).read_text(encoding="utf-8")
        assert (earlier / name).read_text(encoding="utf-8") == text.replace("$schema=../", "$schema=../../../", 1)


def test_no_word_of_the_documents_goes_into_the_data(jingyue: Revised) -> None:
    for path in jingyue.folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not [words for words in (QUIET[8:30], TREES[9:30], *REWORDED.values()) if words in text], path


def test_notes_follow_in_their_words_and_wait_where_what_they_speak_of_changed(jingyue: Revised) -> None:
    before = {note["id"]: note for note in _load(PROJECT / "data/plans/jingyue-14/notes.yaml")}
    after = {note["id"]: note for note in jingyue.load("notes.yaml")}
    assert set(after) == set(before)
    changed = {*NUMBERS, *REWORDED, SPLIT, GONE}
    for id, note in after.items():
        about = {place.get("measure") for place in before[id]["places"]}
        assert bool(note.get("needs_review")) == bool(about & changed), id
    was, now = (notes["rural-sewage-rate"]["text"] for notes in (before, after))
    assert "5.2.2" in was["zh"] and "5.2.2" in was["en"]
    assert now == {locale: text.replace("5.2.2", "6.2.2") for locale, text in was.items()}


def test_the_proof_against_the_new_document_doubts_only_the_changed_numbers(jingyue: Revised, tmp_path: Path) -> None:
    others, doubted = prove(jingyue, tmp_path)
    assert not others
    assert doubted == set(NUMBERS)


def test_the_site_builds_with_the_redirects_of_the_report(jingyue: Revised, tmp_path: Path) -> None:
    redirects = re.search(r"```yaml\n(.*?)```", jingyue.report, re.DOTALL)
    assert redirects and [entry["from"] for entry in yaml.safe_load(redirects[1])] == [
        "plans/jingyue-14/chapters/5/#s5"
    ]
    path = jingyue.project / "data/redirects.yaml"
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + redirects[1], encoding="utf-8")
    done = run("build", "--no-search", "--project", jingyue.project, "--out", tmp_path / "site", timeout=900)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"site/en/plans/jingyue-14/measures/{GONE}/index.html").is_file()


# --- Kuancheng: a chapter is put in, two measures become one, bodies, headings, a cell and a goal change


@pytest.fixture(scope="module")
def kuancheng(tmp_path_factory: pytest.TempPathFactory) -> Revised:
    document = RevisedDocument("kuancheng-14")
    numerals = ["二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    for index in range(9, -1, -1):
        line = document.heading(index + 2)
        document.replace_in([line], f"第{numerals[index]}章", f"第{numerals[index + 1]}章")
    document.insert_before(document.heading(2), ["第二章 街道行动", "第一节 家门口的环境", GARDENS])
    taken = document.text("nature-protection-enforcement").removeprefix(LEAD)
    document.remove("nature-protection-enforcement")
    document.replace("nature-inspection-accountability", "推进督察问责和监督考核。", "推进督察问责和监督考核。" + taken)
    document.replace("air-quality-improvement", "区生态环境分局负责", "区生态环境分局牵头，区工信局配合")
    document.replace_in([document.heading(3, 4)], "积极发展绿色交通", "让出行更绿色")
    document.replace("wetland-restoration", "加强湿地恢复与建设。", "恢复和建设湿地。")
    row = document.outline.tables[0].rows[1].place.number
    document.replace_in(range(row - 3, row + 4), "90", "92")
    goals = document.outline.chapters[1].sections[2]
    document.replace_in([p.number for paragraph in goals.intro for p in paragraph.places], "达到90%", "达到92%")
    return revise(document, "kuancheng-14", tmp_path_factory.mktemp("kuancheng"))


LEAD = "强化生态保护执法监督。"
GARDENS = "整理楼下小花园。2024年底前，每个街道整理出六个楼下小花园。（区住建局牵头，区城市管理行政执法局配合）"


def test_a_chapter_put_in_renumbers_all_behind_it(kuancheng: Revised) -> None:
    before = _measures(PROJECT / "data/plans/kuancheng-14")
    known = len(before)
    assert kuancheng.report.split("\n")[0] == (
        f"{known} measures before, {known} tasks now: 0 unchanged, {known - 4} only renumbered, 0 moved, "
        "0 with changed numbers, 0 reworded, 1 with changed bodies, 1 with another heading, 0 split, "
        "1 merged into another, 0 gone, 1 new."
    )
    for id, entry in kuancheng.measures().items():
        assert entry["at"]["chapter"] == before[id]["at"]["chapter"] + 1, id
    chapters = kuancheng.load("outline.yaml")
    assert [chapter["number"] for chapter in chapters] == list(range(1, 13))
    assert chapters[1]["title"] == {"zh": "街道行动", "en": "TODO"}
    assert {path.name for path in (kuancheng.folder / "measures").iterdir()} == {f"{n:02d}.yaml" for n in range(4, 13)}


def test_the_prose_of_a_chapter_goes_with_its_number(kuancheng: Revised) -> None:
    for locale in ("zh", "en"):
        before, after = (p / "content" / locale / "plans/kuancheng-14" for p in (PROJECT, kuancheng.project))
        assert sorted(path.name for path in after.iterdir()) == ["1.md", "3.md"]
        assert (after / "3.md").read_bytes() == (before / "2.md").read_bytes()


def test_two_measures_become_one(kuancheng: Revised) -> None:
    assert kuancheng.ids("Merged") == ["nature-inspection-accountability"]
    told = kuancheng.told("Merged", "nature-inspection-accountability")
    assert "took in: `nature-protection-enforcement` 7.3.1" in told and "7.3.2 → 8.3.1" in told
    (withdrawn,) = kuancheng.load("withdrawn.yaml")
    assert (withdrawn["id"], withdrawn["fate"]) == ("nature-protection-enforcement", "merged")
    assert withdrawn["into"] == ["nature-inspection-accountability"]


def test_bodies_headings_and_cells(kuancheng: Revised) -> None:
    measures = kuancheng.measures()
    assert kuancheng.ids("Changed bodies") == ["air-quality-improvement"]
    assert measures["air-quality-improvement"]["departments"] == {"lead": ["区生态环境分局"], "with": ["区工信局"]}
    assert kuancheng.ids("Another heading") == ["wetland-restoration"]
    assert measures["wetland-restoration"]["heading"] == "恢复和建设湿地"
    assert kuancheng.sections["Indicators"][1] == "  - target: 90 → 92"
    row = kuancheng.load("indicators.yaml")["rows"][1]
    assert (row["target"], row["needs_review"]) == ({"printed": "92", "op": ">=", "value": 92}, ["zh", "en"])
    marked = {id for id, entry in measures.items() if "needs_review" in entry}
    assert marked == {"air-quality-improvement", "wetland-restoration", "nature-inspection-accountability"}
    assert "section 4.4: ‘积极发展绿色交通’ → ‘让出行更绿色’" in "\n".join(kuancheng.sections["Outline"])
    waiting = {c["number"]: c["needs_review"] for c in kuancheng.load("outline.yaml") if "needs_review" in c}
    assert waiting == {3: ["zh", "en"], 4: ["en"]}


def test_only_the_new_english_titles_keep_it_from_being_proved(kuancheng: Revised, tmp_path: Path) -> None:
    check = run("check", "--project", kuancheng.project)
    assert check.returncode == 1
    assert check.stderr.count("a text still to be written; expected the English text") == 2
    assert check.stderr.splitlines()[-1].startswith("2 faults")
    assert prove(kuancheng, tmp_path, TODO="Street action") == ([], set())
