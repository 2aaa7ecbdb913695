"""The open data of several plans: what they share, whose city asks what, and every kind of place a number can have.

The plans of `two_plans/`, a city and its district, are put beside the real data; measures of the real data that nobody
has decided about (as long as it holds a single plan) are decided to be of their plan alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml
from conftest import PROJECT, real_project, run
from read_open_data import read_csv, read_json

BASE = "https://example.org/plans/"
STRAW = "testdistrict-14/straw-burning-ban"
PUMPS = "testdistrict-14/pump-stations"
SECTIONS = "test-sections"
QUICKLY = ("--no-search", "--no-images")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has the two plans beside the real ones."""
    project = real_project(tmp_path_factory.mktemp("several"))
    _add(PROJECT / "tests/two_plans", project / "data")
    _decide(project / "data")
    done = run("build", "--project", project, "--out", project / "site", "--base-url", BASE, *QUICKLY)
    assert done.returncode == 0, done.stderr
    return project / "site"


def _add(source: Path, target: Path) -> None:
    """Append the lists to files that are there, copy the others."""
    for path in sorted(source.rglob("*.yaml")):
        other = target / path.relative_to(source)
        other.parent.mkdir(parents=True, exist_ok=True)
        before = other.read_text(encoding="utf-8").removesuffix("[]\n") if other.exists() else ""
        other.write_text(before + path.read_text(encoding="utf-8"), encoding="utf-8")


def _decide(data: Path) -> None:
    decided = {name for family in _lists(data, "shared-measures") for name in family["members"]}
    decided |= {entry["measure"] for entry in _lists(data, "particular-measures")}
    left = [
        f"{path.parent.parent.name}/{measure['id']}"
        for path in sorted(data.glob("plans/*/measures/*.yaml"))
        for measure in yaml.safe_load(path.read_text(encoding="utf-8"))
        if f"{path.parent.parent.name}/{measure['id']}" not in decided
    ]
    lines = [f"- {{measure: {name}, why: {{zh: 还没有比较, en: Not compared yet}}}}\n" for name in left]
    if lines:
        (data / "particular-measures/undecided.yaml").write_text("".join(lines), encoding="utf-8")


def _lists(data: Path, folder: str) -> list[dict[str, Any]]:
    return [
        entry
        for path in sorted((data / folder).glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []
    ]


def _some(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


# --- what plans share -------------------------------------------------------------------------------------------------


def test_the_package_of_several_plans_validates(site: Path) -> None:
    report = frictionless.validate(str(site / "data/datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_a_family_says_who_is_in_it_and_in_what_they_differ(site: Path) -> None:
    families = read_json(site, "shared-measures.json")["families"]
    family = next(family for family in families if family["id"] == "test-straw-ban")
    assert list(family)[:5] == ["id", "title", "summary", "members", "differences"]
    assert family["title"] == {"zh": "试验秸秆禁烧", "en": "Test straw-burning ban"}
    assert set(family["members"]) == {"jingyue-14/straw-burning-ban", STRAW}
    means, season = family["differences"]
    assert means["facet"] == {"zh": "手段", "en": "Means"} and means["kind"] == "means"
    assert means["values"] == {
        "jingyue-14": {"zh": "4级网格和卫星", "en": "A 4-level grid and satellites"},
        "testdistrict-14": {"zh": "巡查", "en": "Patrols"},
    }
    assert season["values"].keys() == {"testdistrict-14"}  # the other plan says nothing about it
    assert family["common"] == [{"zh": "禁止露天焚烧", "en": "Open burning is banned"}]
    assert (family["topic"], family["alike"]) == ("straw", None)
    assert family["url"]["en"] == f"{BASE}en/shared/test-straw-ban/"


def test_a_family_names_the_five_year_plans_that_are_silent(site: Path) -> None:
    plans = read_json(site, "plans.json")["plans"]
    for family in read_json(site, "shared-measures.json")["families"]:
        inside = {name.partition("/")[0] for name in family["members"]}
        others = [plan["id"] for plan in plans if plan["kind"] == "five-year-plan" and plan["id"] not in inside]
        assert family["silent"] == others, family["id"]


def test_a_family_without_differences_says_so(site: Path) -> None:
    families = read_json(site, "shared-measures.json")["families"]
    alike = next(family for family in families if family["id"] == "test-straw-alike")
    assert (alike["differences"], alike["alike"]) == ([], {"zh": "没有不同", "en": "Nothing differs"})


def test_every_measure_of_several_plans_is_in_a_family_or_particular(site: Path) -> None:
    shared = read_json(site, "shared-measures.json")
    members = {name for family in shared["families"] for name in family["members"]}
    particular = [entry["measure"] for entry in shared["particular"]]
    everything = [f"{measure['plan']}/{measure['id']}" for measure in read_json(site, "measures.json")["measures"]]
    assert set(everything) == members | set(particular)
    assert particular == [name for name in everything if name in particular]  # in the order of the plans


def test_a_cascade_says_what_each_district_makes_of_a_commitment(site: Path) -> None:
    cascades = read_json(site, "shared-measures.json")["cascades"]
    cascade = next(cascade for cascade in cascades if cascade["plan"] == "testcity-action")
    assert cascade["plans"] == ["testdistrict-14"]
    (task,) = cascade["tasks"]
    assert task["measure"] == "testcity-action/city-straw"
    first, second = task["commitments"]
    assert (first["action"], first["what"]) == (1, {"zh": "禁烧秸秆", "en": "Ban the burning of straw"})
    assert first["districts"]["testdistrict-14"] == {
        "relation": "repeats",
        "measures": [STRAW],
        "how": {"zh": "写法相同", "en": "The same"},
    }
    assert _some(second["districts"]["testdistrict-14"], "relation", "measures") == {
        "relation": "leaves-out",
        "measures": [],
    }
    assert first["url"]["zh"] == f"{BASE}zh/plans/testcity-action/measures/city-straw/#a1"


def test_a_cascade_compares_the_numbers_of_the_city(site: Path) -> None:
    """32 µg/m³ in the city’s plan; the running text of the district says 31 for the same year, a measure of it 32."""
    cascades = read_json(site, "shared-measures.json")["cascades"]
    (number,) = next(cascade for cascade in cascades if cascade["plan"] == "testcity-action")["numbers"]
    assert (number["indicator"], number["target"]["value"]) == ("pm25", 32)
    district = number["districts"]["testdistrict-14"]
    assert (district["relation"], district["reasons"]) == ("not-comparable", ["twofold"])
    assert district["target"]["value"] == 31
    assert [other["value"] for other in district["target"]["others"]] == [32]


def test_the_record_of_a_measure_names_what_connects_it(site: Path) -> None:
    twin = read_json(site, f"measures/{STRAW}.json")
    assert set(twin["families"]) == {"test-straw-ban", "test-straw-alike"} and twin["particular"] is None
    (task,) = twin["city_tasks"]
    assert _some(task, "measure", "action", "relation") == {
        "measure": "testcity-action/city-straw",
        "action": 1,
        "relation": "repeats",
    }
    pumps = read_json(site, f"measures/{PUMPS}.json")
    assert pumps["families"] == [] and pumps["city_tasks"] == []
    assert pumps["particular"] == {"zh": "只有试验区写泵站。", "en": "Only Test District writes of pumping stations."}
    everything = {f"{each['plan']}/{each['id']}": each for each in read_json(site, "measures.json")["measures"]}
    for name, record in ((STRAW, twin), (PUMPS, pumps)):
        assert everything[name].items() <= record.items()
    rows = {f"{row['plan']}/{row['id']}": row for row in read_csv(site, "measures.csv")}
    assert set(rows[STRAW]["families"].split()) == set(twin["families"])
    assert rows[STRAW]["city_tasks"] == "testcity-action/city-straw"
    assert rows[PUMPS]["particular_en"] == pumps["particular"]["en"]


# --- who --------------------------------------------------------------------------------------------------------------


def test_standing_bodies_support_every_later_measure(site: Path) -> None:
    stated, later = (read_json(site, f"measures/{name}.json") for name in (STRAW, PUMPS))
    assert stated["standing"] == []
    assert later["standing"] == [{"id": "test-streets", "printed": "各街道", "stated_in": "straw-burning-ban"}]
    assert "test-streets" not in [body["id"] for body in later["departments"]]
    rows = {row["id"]: row["standing"] for row in read_csv(site, "measures.csv") if row["plan"] == "testdistrict-14"}
    assert rows == {"straw-burning-ban": "", "pump-stations": "test-streets"}


def test_departments_have_a_row_for_each_role_and_place(site: Path) -> None:
    found = {(row["department"], row["jurisdiction"]): row for row in read_csv(site, "departments.csv")}
    counts = ("measures", "lead", "with", "sole", "named_lead", "shared", "joint", "supporting", "standing")

    def numbers(department: str, jurisdiction: str) -> list[str]:
        return [found[department, jurisdiction][name] for name in counts]

    # the note of the straw measure spells the bureau twice, as leading and as supporting: one measure, which it leads
    assert numbers("test-agriculture", "testdistrict") == ["2", "2", "0", "1", "1", "0", "0", "0", "0"]
    assert numbers("test-streets", "testdistrict") == ["0", "0", "0", "0", "0", "0", "0", "0", "1"]
    assert numbers("test-water", "testcity") == ["1", "1", "0", "0", "0", "0", "1", "0", "0"]
    assert found["test-agriculture", "testdistrict"]["printed"] == "农业和水务局|区农业和水务局"


def test_a_role_held_by_another_body_has_a_row_without_counts(site: Path) -> None:
    found = {(row["department"], row["jurisdiction"]): row for row in read_csv(site, "departments.csv")}
    held = found["test-water", "testdistrict"]
    assert _some(held, "held_by", "body_zh", "printed", "measures", "lead") == {
        "held_by": "test-agriculture",
        "body_zh": "区农业和水务局",
        "printed": "",
        "measures": "",
        "lead": "",
    }
    assert found["test-agriculture", "testdistrict"]["held_by"] == ""


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_targets_say_where_the_number_stands(site: Path) -> None:
    rows = [row for row in read_csv(site, "targets.csv") if row["plan"] == "testdistrict-14"]
    names = ("source", "id", "locator", "concept", "op", "value", "compared_with", "scope", "attribute", "notes")
    assert ["|".join(row[name] for name in names) for row in rows] == [
        f"indicator|1|1.2|rural-sewage|>=|40||{SECTIONS}|anticipatory|",
        "goal|fine-particles-2025|1.2|pm25|<=|31||||fine-particles-twice",
        f"goal|carbon-intensity|1.2|co2-intensity|=|18|2020|{SECTIONS}||",
        "measure|straw-burning-ban|2.1.1|pm25|<=|32||||fine-particles-twice",
    ]
    assert rows[1]["url_en"] == f"{BASE}en/plans/testdistrict-14/indicators/#goal-fine-particles-2025"


def test_targets_in_json_are_those_in_csv(site: Path) -> None:
    names = ("plan", "source", "id", "index", "locator", "op", "value", "unit", "worded", "year", "scope", "attribute")
    shown = [
        ["" if target[name] is None else str(target[name]) for name in names]
        for target in read_json(site, "targets.json")["targets"]
    ]
    assert shown == [[row[name] for name in names] for row in read_csv(site, "targets.csv")]


def test_an_indicator_table_may_lack_baselines_and_a_declared_count(site: Path) -> None:
    (row,) = (row for row in read_csv(site, "indicators.csv") if row["plan"] == "testdistrict-14")
    assert [row[name] for name in row if name.startswith("baseline")] == [""] * 7
    assert _some(row, "change", "scope", "target_value") == {"change": "false", "scope": SECTIONS, "target_value": "40"}
    records = read_json(site, "indicators.json")
    (record,) = (record for record in records["indicators"] if record["plan"] == "testdistrict-14")
    assert (record["baseline"], record["scope"], record["target"]["value"]) == (None, SECTIONS, 40)
    plans = {plan["id"]: plan for plan in read_json(site, "plans.json")["plans"]}
    assert plans["testdistrict-14"]["indicator_table"]["declared"] is None
    assert plans["jingyue-14"]["indicator_table"]["declared"] == {"total": 21, "binding": 19, "anticipatory": 2}
    assert plans["testcity-action"]["indicator_table"] is None


def test_an_indicator_says_whether_it_counts_a_change(site: Path) -> None:
    change = {concept["id"]: concept["change"] for concept in read_json(site, "indicators.json")["concepts"]}
    assert change["co2-intensity"] is True and change["pm25"] is False


def test_the_earlier_period_has_a_row_for_each_printed_row(site: Path) -> None:
    rows = [row for row in read_csv(site, "completion.csv") if row["plan"] == "testdistrict-14"]
    names = ("number", "concept", "unit", "year", "planned_printed", "planned_op", "planned_value")
    names += ("achieved_printed", "achieved_op", "achieved_value", "attribute", "remark_en", "notes")
    assert ["|".join(row[name] for name in names) for row in rows] == [
        "1|pm25|ug/m3|2020|≤46|<=|46|42|=|42|binding|Reached early|",
        "2||day|2020|-|||15 天|=|15|||fine-particles-twice",
    ]
    records = [row for row in read_json(site, "completion.json")["completion"] if row["plan"] == "testdistrict-14"]
    assert records[0]["planned"] == {"printed": "≤46", "op": "<=", "value": 46, "worded": None}
    assert records[1]["attribute"] is None and records[1]["remark"] is None and records[1]["concept"] is None


def test_the_record_of_an_indicator_holds_every_place_where_it_stands(site: Path) -> None:
    fine = read_json(site, "indicators/pm25.json")
    assert "testdistrict-14" in [target["plan"] for target in fine["targets"]]
    assert [goal["value"] for goal in fine["goals"] if goal["plan"] == "testdistrict-14"] == [31]
    assert [row["achieved"]["value"] for row in fine["completion"] if row["plan"] == "testdistrict-14"] == [42]


def test_scopes_have_their_names_beside_the_units(site: Path) -> None:
    scopes = read_json(site, "units.json")["scopes"]
    assert {"id": SECTIONS, "name": {"zh": "试验断面", "en": "Test cross-sections"}} in scopes


def test_projects_name_their_box_and_tell_quantities_with_scope_and_year(site: Path) -> None:
    (row,) = (row for row in read_csv(site, "projects.csv") if row["plan"] == "testdistrict-14")
    assert (row["box"], row["box_en"], row["locator"]) == ("3", "Test projects", "2.1")
    assert row["quantities_zh"] == "泵站：2座（试验断面，2024年）"
    assert row["quantities_en"] == "Pumping stations: 2 plants (Test cross-sections, 2024)"


def test_what_a_document_does_not_say_of_itself_is_empty(site: Path) -> None:
    """The plan of the city names no issuer, no first year and no date."""
    (plan,) = (plan for plan in read_json(site, "plans.json")["plans"] if plan["id"] == "testcity-action")
    assert (plan["issuer"], plan["period"], plan["edition"]) == (None, [None, 2025], None)
    page = (site / "en/plans/testcity-action/measures/city-straw/index.html").read_text(encoding="utf-8")
    assert "Test City action plan (undated)" in page and "../2025" in page
