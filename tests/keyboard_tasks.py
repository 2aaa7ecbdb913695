"""Plays the tasks of tests/accessibility/keyboard.yaml with the keyboard alone, looks at each step, counts the keys."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, expect

TASKS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).resolve().parent / "accessibility/keyboard.yaml").read_text(encoding="utf-8")
)
MOST_TABS = 40
PERMISSIONS = ["clipboard-read", "clipboard-write"]

FOCUS = """() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const name = e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent;
  return { name: name.trim().replace(/\\s+/g, ' '),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    framed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }; }"""


def play(page: Page, base: str, locale: str, task: Mapping[str, Any]) -> list[int]:
    """How many keys each step took; a text that is typed counts as none."""
    page.goto(f"{base}{locale}/", wait_until="load")
    return [_step(page, locale, step) for step in task["steps"]]


def _step(page: Page, locale: str, step: Mapping[str, Any]) -> int:
    if "type" in step:
        page.keyboard.type(step["type"][locale])
        return 0
    presses = 0
    while presses == 0 or ("until" in step and not _focused(page, step["until"][locale])):
        assert presses < MOST_TABS, f"{step['say'][locale]}: the focus never comes there"
        page.keyboard.press(step["press"])
        presses += 1
    for key in {"focus", "until"} & step.keys():
        assert _focused(page, step[key][locale]), (step["say"][locale], page.evaluate(FOCUS))
        found = page.evaluate(FOCUS)
        assert found["seen"] and found["framed"], (step["say"][locale], found)
    if "shows" in step:
        expect(page.locator("main").get_by_text(step["shows"][locale]).locator("visible=true").first).to_be_visible()
    if "copied" in step:
        assert step["copied"] in page.evaluate("navigator.clipboard.readText()")
    return presses


def _focused(page: Page, name: str) -> bool:
    return str(page.evaluate(FOCUS)["name"]) == name
