"""`build.py families` names the same measures on every machine, and those that a person put into one family."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import yaml
from conftest import PROJECT


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return suggested("1")


def suggested(seed: str) -> list[str]:
    """What the command prints for all measures; the seed decides in which order Python goes through a set."""
    command = [sys.executable, str(PROJECT / "build.py"), "families", "--all", "--least", "0"]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_suggestions_do_not_depend_on_the_order_of_sets(lines: list[str]) -> None:
    assert suggested("2") == lines


def test_nearly_every_measure_of_a_family_is_led_to_a_measure_of_the_same_family(lines: list[str]) -> None:
    families: dict[str, set[str]] = {}
    for path in (PROJECT / "data" / "shared-measures").glob("*.yaml"):
        for family in yaml.safe_load(path.read_text(encoding="utf-8")):
            for name in family["members"]:
                families.setdefault(name, set()).update(family["members"])
    hits: dict[str, bool] = {}
    own = ""
    for line in lines:
        if found := re.match(r"([\w-]+/[\w-]+)  ", line):
            own = found[1]
        elif (found := re.match(r" +\d+\.\d  ([\w-]+/[\w-]+)  ", line)) and own in families:
            hits[own] = hits.get(own, False) or found[1] in families[own]
    assert set(hits) == set(families)
    assert sum(hits.values()) >= 0.95 * len(families)
