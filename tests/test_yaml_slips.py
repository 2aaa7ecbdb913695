"""YAML that cannot be read: the line where the slip is, and what to do about it."""

from __future__ import annotations

import pytest

from plansite.load.records import FILES
from plansite.load.validate import validate
from plansite.load.yaml_file import parse_yaml

SLIPS = [
    # the text, the line that is told
    (
        '- op: "<=\n  value: 3\n  unit: "%"\n',
        "1:7: a quote that is not closed before line 3; expected the closing quote",
    ),
    ('- op: "<=\n  value: 3\n', "1:7: a quote that is not closed; expected the closing quote where the text ends"),
    ("- id: a\n  topics: [straw, air\n  at: 1\n", "2:11: a '[' that is not closed before line 3; expected its ']'"),
    ("- id: a\n  topics: [straw\n- id: b\n", "2:11: a '[' that is not closed before line 3; expected its ']'"),
    ("- title: {zh: 空气, en: Air\n  id: b\n", "1:10: a '{' that is not closed before line 2; expected its '}'"),
    ("- zh: 地方: 生态\n  en: x\n", "1:9: a ': ' within a text; expected the whole text in"),
    ("- t: {zh: 地方: 生态, en: x}\n", "1:13: a ': ' within a text; expected the whole text in"),
    (
        "- t: {zh: 空气, en: Air [x] y}\n",
        "1:23: a '[' within a text between '{' and '}'; expected the whole text in",
    ),
    ("- t: {zh: 空气, en: Air } y}\n", "1:25: more after a '}'; expected the whole text in"),
    ("- t: [Air] and water\n", "1:12: more after a ']'; expected the whole text in"),
    ('- t: "Air" and water\n', "1:12: more after a text in quotes; expected the whole text in"),
    ('- t: {zh: 空气, en: "Air" and}\n', "1:25: more after a text in quotes; expected the whole text in"),
    ("- unit: %\n", "1:9: a text that begins with '%'; expected the whole text in"),
    ("- id: a\n    at: 1\n", "2:7: a field set in further than the one before it; expected the same number of spaces"),
    (
        "- id: a\n  at:\n    b: 1\n   c: 2\n",
        "4:4: a line set in otherwise than the fields from line 1 on; expected",
    ),
    ("- id: a\n at: 1\n", "2:2: a line set in otherwise than the list from line 1 on; expected '- ' below the others"),
    (
        "- id: a\n  heading 秸秆\n  at: 1\n",
        "2:3: a line without ':'; expected a field and its value",
    ),
    ("- id: a\n  heading:秸秆\n  at: 1\n", "2:3: no space after the ':'; expected a field and its value"),
    ("- id: a\n<<<<<<< HEAD\n  at: 1\n=======\n  at: 2\n>>>>>>> b\n", "2:1: a mark of a merge by git ('<<<<<<<')"),
    ('- id: "a\\q"\n', "1:9: YAML that cannot be read (found unknown escape character); expected valid YAML"),
]


@pytest.mark.parametrize(("text", "told"), SLIPS)
def test_a_slip_is_told_where_it_is(text: str, told: str) -> None:
    (fault,) = parse_yaml(text, "a.yaml").faults
    assert str(fault).startswith(f"a.yaml:{told}")


def test_a_comma_in_a_text_between_brackets() -> None:
    file = parse_yaml("- title: {zh: 空气, en: Air, water and soil}\n", "a.yaml")
    validate(file, FILES["shared-measures/*.yaml"])
    told = "a.yaml:1:28: 'water and soil' after a comma between '{' and '}'; expected the text in quotes"
    assert [str(fault) for fault in file.faults if str(fault).startswith(told)]


def test_a_field_without_a_value_is_no_comma() -> None:
    file = parse_yaml("- titel:\n  id: a\n", "a.yaml")
    validate(file, FILES["shared-measures/*.yaml"])
    assert any("unknown field 'titel'" in str(fault) for fault in file.faults)
