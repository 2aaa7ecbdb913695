"""The statement on accessibility: what the command writes, and what decides a clause of GB/T 37668-2019."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import yaml
from conftest import PROJECT
from statement import ABSENT, EVIDENCE, FAILED, FOLDER, LEVELS, MET, OPEN, articles, verdict_of_clause

CRITERIA = yaml.safe_load((FOLDER / "criteria.yaml").read_text(encoding="utf-8"))
NATIONAL = yaml.safe_load((FOLDER / "gbt37668.yaml").read_text(encoding="utf-8"))
RESULTS: dict[str, Any] = {"rules": {}, "tests": {"good": "passed", "bad": "failed"}}
VERDICTS = {"1.1.1": MET, "1.2.1": ABSENT, "1.3.1": OPEN, "1.4.1": FAILED}


def test_the_statement_is_what_its_command_writes() -> None:
    for path, text in articles().items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: python tests/accessibility_report.py --statement"


def test_every_test_that_a_criterion_rests_on_exists() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").glob("test_*.py"))
    assert [name for name in CRITERIA["tests"] if f"def {name}(" not in code] == []


def test_every_clause_is_answered_by_what_exists() -> None:
    known = {criterion["id"] for criterion in CRITERIA["criteria"]}
    for item in NATIONAL["items"]:
        assert item.keys() & (EVIDENCE | {"criteria"}), item
        assert set(item.get("criteria", ())) <= known, item
        assert set(item.get("tests", ())) <= CRITERIA["tests"].keys(), item
        assert "level" not in item or item["level"] in LEVELS["zh"], item


def test_the_clauses_stand_in_the_order_of_the_standard_and_are_no_more_than_it_has() -> None:
    numbers = [tuple(map(int, item["clause"].split("."))) for item in NATIONAL["items"]]
    assert all(one < other for one, other in pairwise(numbers))
    assert len(numbers) <= NATIONAL["total"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"criteria": ["1.1.1"]}, MET),
        ({"criteria": ["1.2.1"]}, ABSENT),
        ({"criteria": ["1.1.1", "1.2.1"]}, MET),
        ({"criteria": ["1.1.1", "1.3.1"]}, OPEN),
        ({"criteria": ["1.1.1", "1.4.1"]}, FAILED),
        ({"criteria": ["1.1.1"], "hand": {}}, MET),
        ({"criteria": ["1.1.1"], "fails": {}}, FAILED),
        ({"tests": ["good"]}, MET),
        ({"tests": ["good", "bad"]}, FAILED),
        ({"tests": ["not run"]}, OPEN),
        ({"absent": {}}, ABSENT),
        ({}, OPEN),
    ],
)
def test_the_worst_of_what_answers_a_clause_decides(item: dict[str, Any], expected: str) -> None:
    assert verdict_of_clause(item, VERDICTS, RESULTS) == expected
