"""Each key page still looks like the picture that was reviewed (tests/screenshots/), allowing for changed words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from audit import Look
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
from screenshots import FOLDER, LOOKS, PAGES, TOLERANCE, difference, letters, names, pictures

NAMES = names()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def taken(page: Page, server: str) -> dict[str, Image.Image]:
    """The pages as they look now."""
    expected = json.loads((FOLDER / "letters.json").read_text(encoding="utf-8"))
    for locale, widths in expected.items():
        page.goto(f"{server}{locale}/")
        if (found := letters(page)) != widths:
            made = "make them anew here: python tests/screenshots.py"
            pytest.skip(f"the pictures have other fonts than this machine ({locale} {widths}, here {found}); {made}")
    return dict(pictures(page, server))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_looks_like_its_picture(taken: dict[str, Image.Image], name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as image:
        found = difference(taken[name], image.convert("RGB"))
    assert found <= TOLERANCE, f"differs by {found:.1f}: look at it, then make it anew with tests/screenshots.py"


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_comparison_sees_a_page_that_slipped_by_two_lines(look: Look) -> None:
    for name in PAGES:
        with Image.open(FOLDER / f"{name}-zh-{look.theme}-{look.width}.png") as image:
            page = image.convert("RGB")
        assert difference(page, ImageChops.offset(page, 0, 64)) > TOLERANCE, name


def test_the_pictures_are_complete_and_small() -> None:
    files = {path.stem for path in FOLDER.glob("*.png")}
    assert files == {*NAMES, "sheet"}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000
