"""The open data describes itself, and holds everything that editors wrote."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import PROJECT
from read_open_data import read_csv, read_excel, read_json

NAMED = {"unit": "units", "worded": "worded-values", "scope": "scopes"}
"""Columns with an id → the table of the names, which stand beside the id, too."""


@pytest.fixture(scope="session")
def all_measures(site: Path) -> list[dict[str, Any]]:
    return list(read_json(site, "measures.json")["measures"])


def test_the_data_package_validates(site: Path) -> None:
    report = frictionless.validate(str(site / "data/datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_an_id_that_no_table_has_is_a_fault_of_the_package(site: Path, tmp_path: Path) -> None:
    """Every table names the tables whose ids it holds."""
    folder = shutil.copytree(site / "data", tmp_path / "data", ignore=shutil.ignore_patterns("measures", "shared"))
    for file, old, new in (
        ("units.csv", "\r\n10k-mu,", "\r\n10k-acres,"),
        ("worded-values.csv", "\r\nas-assigned-by-city,", "\r\nas-assigned,"),
        ("concepts.csv", "\r\npm25,", "\r\npm,"),
        ("plans.csv", "\r\njingyue-14,", "\r\njingyue,"),
    ):
        path = folder / file
        text = path.read_bytes().decode()
        assert text.count(old) == 1
        path.write_bytes(text.replace(old, new).encode())
    report = frictionless.validate(str(folder / "datapackage.json"))
    faults = {(task.name, error.type) for task in report.tasks for error in task.errors}
    tables = {"indicators-csv", "targets-csv", "notes-csv", "measures-csv", "assignments-csv", "projects-csv"}
    assert {(table, "foreign-key") for table in tables} <= faults


def test_units_and_targets_in_words_are_named_beside_their_ids(site: Path) -> None:
    """Box 1 of Jingyue: PM2.5 in µg/m³; row 8 as assigned by the city. Changchun 1.2: a fall of 14.5%."""
    rows = {(row["plan"], row["id"]): row for row in read_csv(site, "targets.csv") if row["source"] != "measure"}
    first, eighth = rows["jingyue-14", "1"], rows["jingyue-14", "8"]
    assert (first["unit_zh"], first["unit_en"]) == ("微克每立方米", "micrograms per cubic metre")
    assert (eighth["worded_zh"], eighth["worded_en"]) == ("完成市级下达的任务", "As assigned by the city")
    assert rows["changchun-action", "energy-intensity-fall"]["unit_en"] == "per cent"
    names = {file: {row["id"]: row for row in read_csv(site, f"{file}.csv")} for file in NAMED.values()}
    for table in ("targets", "indicators", "progress", "completion"):
        for row in read_csv(site, f"{table}.csv"):
            for column, file in NAMED.items():
                for name in (name for name in row if name == column or name.endswith(f"_{column}")):
                    for language in ("zh", "en"):
                        wanted = names[file][row[name]][f"name_{language}"] if row[name] else ""
                        assert row[f"{name}_{language}"] == wanted, (table, row["plan"], name)


def test_a_note_has_a_row_for_each_place(site: Path) -> None:
    """Jingyue, box 1 row 9 and paragraph 5.2.2: 63% and 25% for the same year."""
    notes = read_csv(site, "notes.csv")
    rows = [row for row in notes if (row["plan"], row["id"]) == ("jingyue-14", "rural-sewage-rate")]
    assert [(row["kind_zh"], row["kind_en"]) for row in rows] == [("前后矛盾", "Contradiction")] * 2
    assert [row["place_en"] for row in rows] == ["Indicator 9", "5.2.2 " + rows[1]["place_en"][6:]]
    assert ["63%" in rows[0]["says_zh"], "25%" in rows[1]["says_zh"]] == [True, True]
    assert rows[0]["place_url_en"].endswith("en/plans/jingyue-14/indicators/#i9")
    written = read_json(site, "notes.json")["notes"]
    assert Counter((row["plan"], row["id"]) for row in notes) == {
        (note["plan"], note["id"]): len(note["places"]) for note in written
    }


def test_the_lists_hold_what_the_ids_stand_for(site: Path) -> None:
    for table, file, key in (
        ("units", "units", "units"),
        ("worded-values", "units", "worded_values"),
        ("scopes", "units", "scopes"),
        ("concepts", "indicators", "concepts"),
        ("topics", "topics", "topics"),
        ("places", "places", "places"),
        ("documents", "documents", "documents"),
        ("plans", "plans", "plans"),
        ("jurisdictions", "plans", "jurisdictions"),
        ("shared-measures", "shared-measures", "families"),
    ):
        rows, records = read_csv(site, f"{table}.csv"), read_json(site, f"{file}.json")[key]
        assert [row["id"] for row in rows] == [record["id"] for record in records]
        for row, record in zip(rows, records, strict=True):
            name = record.get("name") or record["title"]
            assert (name["zh"], name["en"]) == tuple(
                row.get(f"name_{language}") or row[f"title_{language}"] for language in ("zh", "en")
            )


def test_the_tables_begin_with_the_name_of_their_first_column(site: Path) -> None:
    """No byte order mark: a program that reads plain UTF-8 takes it for a part of the name."""
    for path in (site / "data").glob("*.csv"):
        assert re.match(rb"[a-z_]+,", path.read_bytes()), path.name


def test_the_workbook_holds_every_table_with_texts_as_texts(site: Path) -> None:
    sheets = read_excel(site / "data/tables.xlsx")
    tables = sorted(path.stem for path in (site / "data").glob("*.csv"))
    assert list(sheets)[:2] == ["about", "columns"] and sorted(list(sheets)[2:]) == tables
    assert sheets["about"][0][:2] == ["规划明读", "Plain Plans"]
    for table in tables:
        head, *rows = sheets[table]
        written = read_csv(site, f"{table}.csv")
        assert len(rows) == len(written)
        for row, wanted in zip(rows, written, strict=True):
            cells = [*row, *[""] * (len(head) - len(row))]
            assert [cell if isinstance(cell, str) else f"{cell:g}" for cell in cells] == [
                cell if isinstance(value, str) else f"{float(cell):g}"
                for cell, value in zip(wanted.values(), cells, strict=True)
            ]
            assert isinstance(cells[head.index("locator")], str) if "locator" in head else True
    meant = {(row[0], row[1]): row[4] for row in sheets["columns"][1:]}
    package = read_json(site, "datapackage.json")["resources"]
    assert meant == {
        (resource["path"].removesuffix(".csv"), field["name"]): field["description"]
        for resource in package
        if "schema" in resource
        for field in resource["schema"]["fields"]
    }


def test_every_data_file_is_described(site: Path) -> None:
    package = read_json(site, "datapackage.json")
    described = {resource["path"] for resource in package["resources"]}
    present = {path.relative_to(site / "data").as_posix() for path in (site / "data").glob("*.*")}
    assert present - {"datapackage.json"} <= described
    wanted = {
        "plans.json",
        "measures.json",
        "measures.csv",
        "indicators.csv",
        "targets.csv",
        "targets.json",
        "completion.csv",
        "completion.json",
        "departments.csv",
        "projects.csv",
        "shared-measures.json",
        "notes.json",
    }
    assert wanted <= described


def test_every_column_is_described_in_both_languages(site: Path) -> None:
    for resource in read_json(site, "datapackage.json")["resources"]:
        assert resource["description"] and resource["description_zh"], resource["path"]
        if not resource["path"].endswith(".csv"):
            continue
        with (site / "data" / resource["path"]).open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        assert all(field["description"] and field["description_zh"] for field in fields), resource["path"]


def test_the_data_page_lists_every_file_and_column(site: Path, soup: Callable[[str], BeautifulSoup]) -> None:
    for language in ("zh", "en"):
        page = soup(f"{language}/about/data")
        linked = {str(link["href"]).rpartition("/data/")[2] for link in page.select("h3 a")}
        for resource in read_json(site, "datapackage.json")["resources"]:
            assert resource["path"] in linked, (language, resource["path"])
            table = page.find("caption", string=re.compile(re.escape(resource["path"])))
            if resource["path"].endswith(".csv"):
                columns = [cell.get_text() for cell in table.find_parent("table").select("tbody th")]
                assert columns == [field["name"] for field in resource["schema"]["fields"]]


def test_every_measure_and_indicator_has_a_twin(site: Path, all_measures: list[dict[str, Any]]) -> None:
    for measure in all_measures:
        twin = read_json(site, f"measures/{measure['plan']}/{measure['id']}.json")
        assert measure.items() <= twin.items()
        for language in ("zh", "en"):
            beside = site / f"{language}/plans/{measure['plan']}/measures/{measure['id']}.json"
            assert json.loads(beside.read_text(encoding="utf-8")) == twin
    for row in read_csv(site, "indicators.csv"):
        for path in (
            f"data/indicators/{row['concept']}.json",
            f"zh/indicators/{row['concept']}.json",
            f"en/indicators/{row['concept']}.json",
        ):
            assert (site / path).is_file()


def test_every_shared_measure_has_a_file_of_its_own(site: Path, all_measures: list[dict[str, Any]]) -> None:
    """What its page compares: the family, with the targets and bodies of each member."""
    measures = {f"{measure['plan']}/{measure['id']}": measure for measure in all_measures}
    for family in read_json(site, "shared-measures.json")["families"]:
        record = read_json(site, f"shared/{family['id']}.json")
        assert family.items() <= record.items()
        assert [f"{each['plan']}/{each['id']}" for each in record["measures"]] == family["members"]
        for name, each in zip(family["members"], record["measures"], strict=True):
            assert each.items() <= measures[name].items() and each["departments"]
        for language in ("zh", "en"):
            beside = site / f"{language}/shared/{family['id']}.json"
            assert json.loads(beside.read_text(encoding="utf-8")) == record
            page = (site / f"{language}/shared/{family['id']}/index.html").read_text(encoding="utf-8")
            assert f'type="application/json" href="{record["url"][language].rstrip("/")}.json"' in page


def entries(pattern: str) -> list[dict[str, Any]]:
    """What editors wrote in all files of a pattern below data/."""
    return [
        entry
        for path in sorted((PROJECT / "data").glob(pattern))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []
    ]


def test_shared_measures_are_those_the_editors_decided(site: Path) -> None:
    """With a single plan there are none, and the lists are empty."""
    shared = read_json(site, "shared-measures.json")
    families = {family["id"]: family for family in shared["families"]}
    written = entries("shared-measures/*.yaml")
    assert families.keys() == {family["id"] for family in written}
    for family in written:
        found = families[family["id"]]
        assert sorted(found["members"]) == sorted(family["members"])
        assert [(each["facet"], each["values"]) for each in found["differences"]] == [
            (each["what"], each["values"]) for each in family.get("differences", [])
        ]
    particular = entries("particular-measures/*.yaml")
    assert sorted(entry["measure"] for entry in shared["particular"]) == sorted(each["measure"] for each in particular)
    assert [cascade["plan"] for cascade in shared["cascades"]] == [
        path.stem for path in sorted((PROJECT / "data/cascades").glob("*.yaml"))
    ]


def test_every_target_is_in_the_table(site: Path, all_measures: list[dict[str, Any]]) -> None:
    found = Counter((row["plan"], row["source"]) for row in read_csv(site, "targets.csv"))
    wanted = Counter({(measure["plan"], "measure"): 0 for measure in all_measures})
    for measure in all_measures:
        wanted[measure["plan"], "measure"] += len(measure["targets"])
    for source, name in (("indicator", "indicators"), ("goal", "goals")):
        for path in (PROJECT / "data/plans").glob(f"*/{name}.yaml"):
            written = yaml.safe_load(path.read_text(encoding="utf-8"))
            wanted[path.parent.name, source] += len(written["rows"] if source == "indicator" else written)
    assert found == wanted


def test_departments_count_the_measures_of_the_responsibility_notes(
    site: Path, all_measures: list[dict[str, Any]]
) -> None:
    """Each row against the measures of the jurisdiction that name the role; every spelling is one that is printed."""
    for row in read_csv(site, "departments.csv"):
        if row["held_by"] and not row["measures"]:
            continue
        named = [
            next(body for body in measure["departments"] if body["id"] == row["department"])
            for measure in all_measures
            if measure["jurisdiction"] == row["jurisdiction"]
            and any(body["id"] == row["department"] for body in measure["departments"])
        ]
        parts = Counter(body["responsibility"] for body in named)
        assert int(row["measures"]) == len(named), row["department"]
        leading = parts["sole"] + parts["named-lead"] + parts["shared"] + parts["joint"]
        assert (int(row["lead"]), int(row["with"])) == (leading, len(named) - leading)
        for part in ("sole", "named-lead", "shared", "joint", "under-lead", "supporting", "unstated"):
            assert int(row[part.replace("-", "_")]) == parts[part], (row["department"], part)
        assert {body["printed"] for body in named} <= set(row["printed"].split("|"))


RARE = {
    "joint": {
        ("chaoyang-14", "6.3.1"),
        *(("jingyue-14", locator) for locator in ("5.4.2", "5.4.3", "8.1.3", "8.2.2")),
        *(("kuancheng-14", locator) for locator in ("5.1.3", "5.1.4")),
    },
    "supporting": {
        ("chaoyang-14", "3.1.1"),
        ("jilin-city-14", "5.3.8"),
        ("kuancheng-14", "3.4.2"),
        ("kuancheng-14", "6.3.2"),
    },
    "unstated": {
        ("chaoyang-14", "9.1.1"),
        *(("jingyue-14", locator) for locator in ("8.2.3", "9.5.2", "9.6.1")),
        ("kuancheng-14", "9.1.1"),
    },
}
"""Where the documents print 负责 after several names, 配合, or a name without such a word."""

LED = {"changchun-action": 0, "chaoyang-14": 8, "jilin-city-14": 32, "jingyue-14": 4, "kuancheng-14": 10}
"""The notes that print 牵头."""


def test_the_rare_parts_stand_where_the_documents_print_them(site: Path) -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in read_csv(site, "assignments.csv"):
        found.setdefault(row["responsibility"], set()).add((row["plan"], row["locator"]))
    assert {part: found[part] for part in RARE} == RARE
    assert {plan: sum(of == plan for of, _ in found["named-lead"]) for plan in LED} == LED
    assert found["under-lead"] == found["named-lead"] - RARE["supporting"]


def test_the_table_of_projects_holds_every_item_of_the_boxes(site: Path) -> None:
    rows = {(row["plan"], row["id"]): row for row in read_csv(site, "projects.csv")}
    for path in sorted((PROJECT / "data/plans").glob("*/projects.yaml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        boxes = {box["number"]: box for box in written["boxes"]}
        for project in written["projects"]:
            row = rows.pop((path.parent.name, project["id"]))
            assert (row["box_zh"], row["name_zh"]) == (boxes[project["box"]]["title"]["zh"], project["name"]["zh"])
            quantities = project.get("quantities", [])
            assert len(row["quantities_en"].splitlines()) == len(row["quantities_zh"].splitlines()) == len(quantities)
    assert rows == {}
