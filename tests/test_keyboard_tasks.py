"""Three tasks done by keyboard alone, as the statement on accessibility writes them down step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from keyboard_tasks import PERMISSIONS, TASKS, play
from playwright.sync_api import Browser, Page, expect

Open = Callable[..., Page]
MOST_KEYS = 40


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("task", TASKS, ids=[task["id"] for task in TASKS])
def test_a_task_is_done_by_keyboard_alone(browser: Browser, server: str, task: dict[str, Any], locale: str) -> None:
    context = browser.new_context(permissions=PERMISSIONS, reduced_motion="reduce")
    keys = play(context.new_page(), server, locale, task)
    context.close()
    assert sum(keys) <= MOST_KEYS, keys


def test_the_key_to_the_search_can_be_turned_off(open_page: Open) -> None:
    """WCAG 2.2, 2.1.4: for readers whose dictated words arrive as keys."""
    page = open_page("en/about/accessibility/")
    switch = page.get_by_role("checkbox", name="The key / leads to the search box")
    switch.focus()
    page.keyboard.press("Space")
    for address in ("en/about/accessibility/", "zh/topics/"):
        page.goto(page.url.partition("/en/")[0].partition("/zh/")[0] + "/" + address)
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).not_to_be_focused()
    page.go_back()
    expect(switch).not_to_be_checked()
    switch.focus()
    page.keyboard.press("Space")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
