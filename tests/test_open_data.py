"""The open data says what the official document says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from read_open_data import read_csv, read_json

from plansite.load.numbers import numbers

PLAN = "jingyue-14"
NUMERALS = {"十二区": Decimal(12), "十三区": Decimal(13)}  # printed as words, restated as digits


@pytest.fixture(scope="session")
def all_measures(site: Path) -> list[dict[str, Any]]:
    return list(read_json(site, "measures.json")["measures"])


@pytest.fixture(scope="session")
def measures(all_measures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the plan whose document the tests below read."""
    return [measure for measure in all_measures if measure["plan"] == PLAN]


@pytest.fixture(scope="session")
def indicators(site: Path) -> list[dict[str, str]]:
    return [row for row in read_csv(site, "indicators.csv") if row["plan"] == PLAN]


@pytest.fixture(scope="session")
def paragraphs(document: str, measures: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str, str]]:
    """Each measure with its paragraph of the official document and the responsibility note at the end of that."""
    note = re.compile(r"（([^（）()]*(?:负责|按职责|管理局)[^（）()]*)[）)]")
    position = document.rindex("第三章坚持绿色发展")
    result = []
    for measure in measures:
        start = document.index(_squeeze(measure["heading"]), position)
        end = note.search(document, start)
        assert end, measure["id"]
        result.append((measure, document[start : end.start()], end[1]))
        position = end.end()
    return result


def _squeeze(text: str) -> str:
    return "".join(text.split())


def test_every_task_paragraph_is_a_measure(document: str, paragraphs: list[tuple[dict[str, Any], str, str]]) -> None:
    """113 paragraphs of chapters 3 to 11 end in a responsibility note; they are the measures, in their order."""
    tasks = document[document.rindex("第三章坚持绿色发展") :]
    notes = re.findall(r"（([^（）()]*(?:负责|按职责|管理局)[^（）()]*)[）)]", tasks)
    assert [note for _, _, note in paragraphs] == notes
    assert len(notes) == 113


def test_every_responsible_body_of_a_paragraph_is_named_as_printed(
    paragraphs: list[tuple[dict[str, Any], str, str]],
) -> None:
    for measure, _, note in paragraphs:
        printed = re.split(r"[、，]|牵头|负责", re.sub(r"等?按职责分工负责|负责$", "", note))
        assert [body["printed"] for body in measure["departments"]] == [name for name in printed if name], measure["id"]


def test_the_part_of_a_body_is_what_the_note_says(paragraphs: list[tuple[dict[str, Any], str, str]]) -> None:
    """The notes of this plan print 牵头 or 负责 after the first names, 按职责分工负责 or nothing after the last."""
    for measure, _, note in paragraphs:
        parts = [body["responsibility"] for body in measure["departments"]]
        others = len(parts) - 1
        if "牵头" in note:
            wanted = ["named-lead", *["under-lead"] * others]
        elif note.endswith("按职责分工负责"):
            wanted = ["shared"] * len(parts)
        elif note.endswith("负责"):
            wanted = ["joint"] * len(parts) if others else ["sole"]
        else:
            wanted = ["sole", *["unstated"] * others]
        assert parts == wanted, measure["id"]


def test_every_number_of_a_paragraph_is_in_the_restatement_of_both_languages(
    paragraphs: list[tuple[dict[str, Any], str, str]],
) -> None:
    for measure, paragraph, _ in paragraphs:
        wanted = numbers(paragraph.replace("PM_{2.5}", "PM2.5"))
        for language in ("zh", "en"):
            texts = [measure["summary"], *measure["actions"], *(target["what"] for target in measure["targets"])]
            said = numbers(" ".join(text[language] for text in texts))
            assert wanted <= said, (measure["id"], language, wanted - said)


def test_no_number_is_in_a_measure_that_its_paragraph_does_not_hold(
    paragraphs: list[tuple[dict[str, Any], str, str]],
) -> None:
    for measure, paragraph, _ in paragraphs:
        known = numbers(paragraph.replace("PM_{2.5}", "PM2.5"))
        known |= {value for numeral, value in NUMERALS.items() if numeral in paragraph}
        for target in measure["targets"]:
            if target["value"] is not None:
                assert numbers(str(target["value"])) <= known, measure["id"]
        said = numbers(" ".join(action["zh"] for action in measure["actions"]))
        assert said <= known, (measure["id"], said - known)


def test_every_measure_has_both_languages_and_its_fields(
    all_measures: list[dict[str, Any]], measures: list[dict[str, Any]]
) -> None:
    fields = {
        "id",
        "plan",
        "jurisdiction",
        "chapter",
        "section",
        "item",
        "heading",
        "title",
        "summary",
        "actions",
        "targets",
        "departments",
        "topics",
        "places",
        "families",
        "particular",
        "city_tasks",
        "standing",
        "url",
    }
    assert len(measures) == len({measure["id"] for measure in measures}) == 113
    for measure in all_measures:
        assert fields <= measure.keys()
        for text in (measure["title"], measure["summary"], *measure["actions"], measure["url"]):
            assert text["zh"] and text["en"], measure["id"]
        assert measure["departments"], measure["id"]
        assert {body["role"] for body in measure["departments"]} <= {"lead", "with"}


STRAW = {
    "chapter": 4,
    "section": 3,
    "item": 1,
    "heading": "深入推进秸秆禁烧管控",
    "plan": "jingyue-14",
    "jurisdiction": "jingyue",
    "title": {"zh": "秸秆禁烧", "en": "Straw-burning ban"},
}


def test_one_measure_in_full(measures: list[dict[str, Any]]) -> None:
    straw = next(measure for measure in measures if measure["id"] == "straw-burning-ban")
    assert STRAW.items() <= straw.items()
    assert [body["id"] for body in straw["departments"]] == [
        "ecology-environment",
        "agriculture",
        "economic-development",
        "commerce",
        "public-security",
    ]
    assert len(straw["actions"]) == 4


@pytest.mark.parametrize(
    ("id", "what", "op", "value", "unit", "year"),
    [
        ("air-quality-improvement", "细颗粒物", "<=", 30, "ug/m3", 2025),
        ("regional-air-control", "重度", "<=", 5, "day", 2025),
        ("rural-sewage-facilities", "农村生活污水治理率", ">=", 25, "%", 2025),
        ("loose-coal", "洗选煤", "=", 85, "%", 2025),
    ],
)
def test_targets_read_in_the_document(
    measures: list[dict[str, Any]], id: str, what: str, op: str, value: float, unit: str, year: int
) -> None:
    targets = next(measure for measure in measures if measure["id"] == id)["targets"]
    found = next(target for target in targets if what in target["what"]["zh"])
    assert (found["op"], found["value"], found["unit"], found["year"]) == (op, value, unit, year)


# Box 1 of the plan, read in the document: number, baseline, target, attribute.
BOX_1 = """
1|42|30|约束性
2|83.3|≥90|约束性
3|15 天|5 天|约束性
4|100|100|约束性
5|100|100|约束性
6|0|0|约束性
7|100|100|预期性
8|/|完成市级下达任务|约束性
9|60|63|约束性
10|100|100|约束性
11|—|有效保障|约束性
12|—|完成市级下达任务|约束性
13|—|完成市级下达任务|约束性
14|—|完成市级下达任务|约束性
15|—|完成市级下达任务|约束性
16|30.1%|30.1%|约束性
17|--|良好水平|约束性
18|--|达到市考核目标|约束性
19|--|达到市考核目标|约束性
20|--|达到市考核目标|约束性
21|--|达到市考核目标|预期性
"""


def test_the_indicator_table_is_as_printed(indicators: list[dict[str, str]]) -> None:
    attributes = {"binding": "约束性", "anticipatory": "预期性"}
    assert (
        "\n".join(
            "|".join((row["number"], row["baseline_printed"], row["target_printed"], attributes[row["attribute"]]))
            for row in indicators
        )
        == BOX_1.strip()
    )


def test_the_indicator_table_has_its_columns(indicators: list[dict[str, str]]) -> None:
    columns = [
        "plan",
        "number",
        "category",
        "name_zh",
        "name_en",
        "unit",
        "baseline_year",
        "baseline_printed",
        "target_year",
        "target_printed",
        "target_op",
        "target_value",
        "attribute",
        "concept",
    ]
    assert list(indicators[0])[: len(columns)] == columns
    assert (indicators[0]["target_op"], indicators[0]["target_value"]) == ("<=", "30")
    assert (indicators[1]["target_op"], indicators[1]["target_value"]) == (">=", "90")


def test_the_notes_tell_both_values_and_both_places(site: Path) -> None:
    notes = [note for note in read_json(site, "notes.json")["notes"] if note["plan"] == PLAN]
    sewage = next(note for note in notes if note["id"] == "rural-sewage-rate")
    assert sewage["kind"] == "contradiction"
    assert "63%" in sewage["zh"] and "25%" in sewage["zh"] and "63%" in sewage["en"] and "25%" in sewage["en"]
    assert len(sewage["places"]) == 2
