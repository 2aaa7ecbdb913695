"""The reviewed screenshots: `python tests/screenshots.py [--site FOLDER]` makes them anew, with a contact sheet.

Six kinds of page, in both languages, light and dark, on a desk and on a phone; a measure with a very long title and
twenty bodies; a search that finds nothing; a measure on paper. Look at each before you commit it: the tests only say
that a page still looks like its picture.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audit import Look, Theme, wear
from conftest import BROWSER_FLAGS, run
from find_browser import find_browser
from page_kinds import ADDRESSES
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, sync_playwright
from site_server import serving

FOLDER = Path(__file__).resolve().parent / "screenshots"
PAGES = {
    "home": "home",
    "district": "district",
    "measure": "measure with commitments",
    "comparison": "shared measure",
    "notes": "notes of a plan",
    "search": "search",
}
"""Name of the picture → kind of page."""
THEMES: tuple[Theme, ...] = ("light", "dark")
LOOKS = tuple(Look(theme, width) for width in (1280, 375) for theme in THEMES)
COLOURS = 40
COARSE = 16
"""Pictures are compared in squares of so many pixels: a word may change, a block may not move."""
TOLERANCE = 5.0
"""Mean difference of the squares, of 255 shades of grey."""

LETTERS = """() => { const ruler = document.createElement('canvas').getContext('2d');
  ruler.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  const words = ['生态环境规划', 'Environmental plans', '“2021—2025”'];
  return words.map((text) => Math.round(ruler.measureText(text).width)); }"""


LONG = """(title) => {
  document.querySelector('h1').textContent = title;
  document.querySelector('.lead').prepend(title + ' ');
  const bodies = document.querySelector('.bodies .chips');
  while (bodies.children.length < 20) bodies.append(bodies.children[0].cloneNode(true));
  bodies.children[1].querySelector('a').textContent = title;
}"""
"""A measure page as it would be with a title of more than 40 characters, or words of 30 letters, and 20 bodies."""
TITLES = {
    "zh": "关于进一步加强农村生活污水治理设施运行维护管理并建立长效机制和分级考核办法的若干任务及其责任",
    "en": "Electroencephalographicallymeasured Transinstitutionalisationalising",
}
SPECIAL = (
    "long-light-1280",
    "long-light-375",
    "empty-light-375",
    "table-light-375",
    "table-dark-375",
    "paper-light-794",
)


def names() -> list[str]:
    """The name of every picture."""
    usual = [f"{name}-{{}}-{look.theme}-{look.width}" for name in PAGES for look in LOOKS]
    special = [name.replace("-", "-{}-", 1) for name in SPECIAL]
    return [name.format(locale) for locale in ("zh", "en") for name in usual + special]


def letters(page: Page) -> list[int]:
    """How wide some words are in the fonts of this machine: another set of fonts has other widths."""
    return list(page.evaluate(LETTERS))


def pictures(page: Page, base: str) -> Iterator[tuple[str, Image.Image]]:
    """Name and picture of every page in every look; each page is loaded once."""
    for locale in ("zh", "en"):
        for name, kind in PAGES.items():
            page.goto(f"{base}{locale}/{ADDRESSES[kind]}", wait_until="load")
            for look in LOOKS:
                wear(page, look)
                yield f"{name}-{locale}-{look.theme}-{look.width}", _shot(page)
        yield from _special(page, base, locale)


def _special(page: Page, base: str, locale: str) -> Iterator[tuple[str, Image.Image]]:
    """The long and the empty case, a table row by row, and paper (A4 is 794 px wide)."""
    measure = f"{base}{locale}/{ADDRESSES['measure with commitments']}"
    page.goto(measure, wait_until="load")
    page.evaluate(LONG, TITLES[locale])
    for width in (1280, 375):
        wear(page, Look("light", width))
        yield f"long-{locale}-light-{width}", _shot(page)
    page.goto(f"{base}{locale}/{ADDRESSES['search']}?q=xqzjw", wait_until="load")
    page.locator("[data-search-empty]").wait_for()
    yield f"empty-{locale}-light-375", _shot(page)
    page.goto(f"{base}{locale}/{ADDRESSES[PAGES['comparison']]}", wait_until="load")
    page.locator("table").first.evaluate("table => table.scrollIntoView()")
    for theme in THEMES:
        wear(page, Look(theme, 375))
        yield f"table-{locale}-{theme}-375", _shot(page)
    page.goto(measure, wait_until="load")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    yield f"paper-{locale}-light-794", _shot(page)
    page.emulate_media(media="screen")


def _shot(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, looked at coarsely; 255 if they are not of one size."""
    if one.size != other.size:
        return 255.0
    size = (one.width // COARSE, one.height // COARSE)
    coarse = [image.convert("L").resize(size, Image.Resampling.BOX) for image in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*coarse)).mean[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site; without it one is built")
    site = parser.parse_args().site
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        if site is None:
            site = Path(folder) / "site"
            done = run("build", "--out", site)
            if done.returncode:
                sys.exit(done.stderr)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        page = browser.new_context(reduced_motion="reduce").new_page()
        with serving(site) as base:
            taken = dict(pictures(page, base))
            widths = {}
            for locale in ("zh", "en"):
                page.goto(f"{base}{locale}/")
                widths[locale] = letters(page)
    for name, image in taken.items():
        _save(image, FOLDER / f"{name}.png")
    _save(_sheet(taken), FOLDER / "sheet.png")
    (FOLDER / "letters.json").write_text(json.dumps(widths, indent=1) + "\n", encoding="utf-8")
    print(f"{len(taken)} pictures, {sum(path.stat().st_size for path in FOLDER.iterdir()) / 1e6:.1f} MB in {FOLDER}")
    return 0


def _save(image: Image.Image, path: Path) -> None:
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


def _sheet(taken: dict[str, Image.Image]) -> Image.Image:
    """A row for each kind: desk and phone, light in one language and dark in the other; last the special cases."""
    columns, height, gap = ("zh-light-1280", "en-dark-1280", "en-light-375", "zh-dark-375"), 320, 12
    rows = [[f"{name}-{column}" for column in columns] for name in PAGES]
    rows.append(["long-zh-light-1280", "long-en-light-375", "empty-zh-light-375", "empty-en-light-375"])
    rows[-1] += ["table-zh-light-375", "table-en-dark-375", "paper-zh-light-794", "paper-en-light-794"]
    small = [[_scaled(taken[name], height) for name in row] for row in rows]
    width = max(sum(image.width + gap for image in row) for row in small) + gap
    sheet = Image.new("RGB", (width, (height + gap) * len(rows) + gap), "#889")
    for index, row in enumerate(small):
        left = gap
        for image in row:
            sheet.paste(image, (left, gap + index * (height + gap)))
            left += image.width + gap
    return sheet


def _scaled(image: Image.Image, height: int) -> Image.Image:
    return image.resize((image.width * height // image.height, height))


if __name__ == "__main__":
    sys.exit(main())
