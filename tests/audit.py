"""What a machine can tell about the accessibility of a page: axe-core, reflow, target size, all in one open page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Look:
    """A colour scheme and a width in CSS pixels."""

    theme: Theme
    width: int

    def __str__(self) -> str:
        return f"{self.theme} {self.width}"


WIDTHS = (1280, 375, 320)
"""A desk, a phone, and 1280 enlarged to 400 % (or 640 to 200 %), as WCAG 2.2, 1.4.10 asks."""
LOOKS = tuple(Look(theme, width) for theme in ("light", "dark") for width in WIDTHS)

OPTIONS: dict[str, Any] = {"resultTypes": ["violations", "incomplete"], "rules": {"target-size": {"enabled": True}}}

SMALL_TARGETS = """() => {
  const inText = (e) => getComputedStyle(e).display === 'inline' && e.closest('p, li, dd, td, th, summary, figcaption');
  return [...document.querySelectorAll('a[href], button, input, select, summary')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.skip-link') && !inText(e))
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 23.9)
    .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`);
}"""
"""Controls below 24 x 24 CSS pixels (WCAG 2.2, 2.5.8) that are not words in a sentence or a cell."""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def arm(page: Page) -> None:
    """Load axe-core into the open page; once is enough until the page is left."""
    page.evaluate(AXE_SCRIPT)


def wear(page: Page, look: Look) -> None:
    """Give the open page another width and colour scheme without loading it again."""
    page.set_viewport_size({"width": look.width, "height": 900 if look.width > 600 else 700})
    page.emulate_media(color_scheme=look.theme)


def axe(page: Page) -> dict[str, Any]:
    """The answer of axe-core about the page as it is now: violations, incomplete, passes, inapplicable."""
    answer: dict[str, Any] = page.evaluate(f"axe.run(document, {json.dumps(OPTIONS)})")
    return answer


STYLES = """async (options) => {
  const seen = new Set(), texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const own = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !own.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, opacity } = getComputedStyle(own);
    const key = [color, fontSize, fontWeight, opacity];
    for (let e = own; e; e = e.parentElement) key.push(e.localName, e.className, getComputedStyle(e).backgroundColor);
    if (!seen.has(key.join())) texts.push(own);
    seen.add(key.join());
  }
  return axe.run({ include: texts }, { ...options, runOnly: ['color-contrast'] });
}"""


def axe_of_styles(page: Page) -> Iterator[str]:
    """The faults that axe-core finds; contrast, which takes it longest, in one text of each style and surroundings."""
    rules = {**OPTIONS["rules"], "color-contrast": {"enabled": False}}
    yield from faults(page.evaluate(f"axe.run(document, {json.dumps({**OPTIONS, 'rules': rules})})"))
    yield from faults(page.evaluate(STYLES, {"resultTypes": ["violations"]}))


def faults(answer: dict[str, Any]) -> Iterator[str]:
    """Each violation in one line: rule and element."""
    for fault in answer["violations"]:
        for node in fault["nodes"]:
            yield f"{fault['id']}: {node['html'][:140]}"


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate(SIDEWAYS))


def small_targets(page: Page) -> list[str]:
    """Controls that are too small to hit."""
    return list(page.evaluate(SMALL_TARGETS))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours written #rrggbb, from 1 to 21 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
