"""Accessible to everyone: what machines can tell, on every kind of page, in both languages, in every look.

Here each kind of page is tried in one look for each language, and each look many times; the whole matrix is what
`python tests/accessibility_report.py` runs. Numbers in brackets are success criteria of WCAG 2.2.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from audit import LOOKS, Look, arm, axe_of_styles, contrast, sideways, small_targets, wear
from bs4 import BeautifulSoup, NavigableString, Tag
from conftest import PROJECT
from page_kinds import KINDS, OFFICIAL, OUTSIDE, REVISED, build_revised
from playwright.sync_api import Browser, Page
from screenshots import LONG, TITLES

Open = Callable[..., Page]
STRAW = "plans/jingyue-14/measures/straw-burning-ban/"
HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"(?:\b[A-Za-z]+[a-z]\b[ ,]+){4,}")
INVISIBLE = {"script", "style", "title", "template"}


def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served until the test is over."""
    handler = type("Handler", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def revised_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("revised-site")
    build_revised(tmp_path_factory.mktemp("revised"), out, "http://localhost:8000/")
    yield from served(out)


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """One page of one browser for many addresses and looks."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


# --- axe-core, size of targets, no scrolling sideways -----------------------------------------------------------------


def test_every_template_is_in_the_table_of_kinds() -> None:
    templates = {path.name for path in (PROJECT / "templates").glob("*.html")} - {"base.html"}
    assert {kind.template for table in (KINDS, REVISED, OFFICIAL, OUTSIDE) for kind in table.values()} == templates


def look_of(index: int, locale: str) -> Look:
    """The looks in turn; the two languages are three apart, so that one is light where the other is dark."""
    return LOOKS[(index + (3 if locale == "en" else 0)) % len(LOOKS)]


def complaints(sheet: Page, address: str, look: Look) -> list[str]:
    wear(sheet, look)
    sheet.goto(address, wait_until="load")
    arm(sheet)
    found = list(axe_of_styles(sheet)) + [f"too small: {target}" for target in small_targets(sheet)]
    return found + ([f"{sideways(sheet)} px too wide"] if sideways(sheet) > 0 else [])


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_a_kind_of_page_has_no_fault(sheet: Page, server: str, name: str, locale: str) -> None:
    look = look_of(list(KINDS).index(name), locale)
    assert complaints(sheet, f"{server}{locale}/{KINDS[name].address}", look) == [], look


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("name", REVISED)
def test_a_kind_of_page_of_a_revised_plan_has_no_fault(
    sheet: Page, revised_server: str, name: str, locale: str
) -> None:
    look = look_of(list(REVISED).index(name), locale)
    assert complaints(sheet, f"{revised_server}{locale}/{REVISED[name].address}", look) == [], look


@pytest.mark.parametrize("look", [LOOKS[0], LOOKS[-1]], ids=str)
@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_outside_the_languages_has_no_fault(sheet: Page, server: str, name: str, look: Look) -> None:
    assert complaints(sheet, server + OUTSIDE[name].address, look) == []


def test_the_looks_are_all_tried_in_both_languages() -> None:
    for locale in ("zh", "en"):
        assert {look_of(index, locale) for index in range(len(KINDS))} == set(LOOKS)


# --- colours, from the tokens (1.4.3, 1.4.6, 1.4.11) ------------------------------------------------------------------

GROUNDS = {"paper": "ink muted accent visited note binding anticipatory", "surface": "ink muted accent visited note"}
GROUNDS |= {"accent-tint": "ink muted accent", "note-tint": "ink muted accent note", "mark": "ink"}
GROUNDS |= {"accent": "on-accent", "binding": "on-accent"}


@pytest.fixture(scope="module")
def tokens() -> dict[str, dict[str, str]]:
    """Theme → name of a colour → #rrggbb."""
    text = (PROJECT / "static/css/tokens.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in text.split("scheme: dark"))
    assert light.keys() == dark.keys()
    return {"light": light, "dark": dark}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_keeps_a_contrast_of_seven(tokens: dict[str, dict[str, str]], theme: str) -> None:
    colours = tokens[theme]
    pairs = {(front, back) for back, fronts in GROUNDS.items() for front in fronts.split()}
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 7} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_frames_keep_a_contrast_of_three(tokens: dict[str, dict[str, str]], theme: str) -> None:
    colours = tokens[theme]
    pairs = {(front, back) for front in ("rule-strong", "focus", "accent", "note") for back in ("paper", "surface")}
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_no_style_sheet_has_a_colour_of_its_own() -> None:
    """Or the contrast of the tokens would prove nothing; paper is black on white."""
    for path in sorted((PROJECT / "static/css").glob("*.css")):
        if path.stem not in ("tokens", "print"):
            text = re.sub(r"@media print \{.*\n  \}\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", text) == [], path.name


# --- enlarged, spaced, moved (1.4.4, 1.4.10, 1.4.12, 2.3.3) -----------------------------------------------------------

SPACED = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(`p { margin-block-end: 2em !important; }
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }`);
  document.adoptedStyleSheets = [sheet]; }"""
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter((e) => {
  const style = getComputedStyle(e);
  return ['hidden', 'clip'].includes(style.overflowX) && style.clipPath === 'none' && e.scrollWidth > e.clientWidth + 1;
}).map((e) => e.outerHTML.slice(0, 100))"""
SOME = ["home", "measure", "shared measure", "targets", "silence", "glossary"]


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_text_may_be_spaced_as_the_reader_likes(sheet: Page, server: str, locale: str, width: int) -> None:
    wear(sheet, Look("light", width))
    for name in SOME:
        sheet.goto(f"{server}{locale}/{KINDS[name].address}")
        sheet.evaluate(SPACED)
        assert (sideways(sheet), sheet.evaluate(CUT)) == (0, []), name


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_letters_may_be_twice_as_large(sheet: Page, server: str, locale: str) -> None:
    """As a reader sets them in the browser: 32 px in place of 16."""
    wear(sheet, Look("light", 1280))
    session = sheet.context.new_cdp_session(sheet)
    try:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        for name in SOME:
            sheet.goto(f"{server}{locale}/{KINDS[name].address}")
            assert sheet.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            assert (sideways(sheet), sheet.evaluate(CUT)) == (0, []), name
    finally:  # the next test finds the letters as they were
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})


def test_nothing_moves_for_those_who_want_it_still(open_page: Open) -> None:
    page = open_page(f"en/{STRAW}", reduced_motion="reduce")
    page.keyboard.press("Tab")
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter((e) => {
        const s = getComputedStyle(e);
        return s.scrollBehavior === 'smooth' || s.animationName !== 'none' ||
          s.transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
    }).map((e) => e.tagName)""")
    assert moving == []


# --- the keyboard (2.1.1, 2.4.7, 2.4.11) ------------------------------------------------------------------------------

FOCUS = """() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const spots = [[(left + right) / 2, (top + bottom) / 2], [left + 3, top + 3], [right - 3, bottom - 3]];
  const seen = spots.some(([x, y]) => { const front = document.elementFromPoint(x, y);
    return front && (e.contains(front) || front.contains(e)); });
  return { body: e === document.body, seen, html: e.outerHTML.slice(0, 100),
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }; }"""


@pytest.mark.parametrize(("key", "width"), [("Tab", 375), ("Tab", 1280), ("Shift+Tab", 375)])
@pytest.mark.parametrize("name", ["measure with commitments", "shared measure", "targets"])
def test_the_focus_is_seen_wherever_it_goes(open_page: Open, name: str, width: int, key: str) -> None:
    page = open_page(f"en/{KINDS[name].address}", viewport={"width": width, "height": 700}, reduced_motion="reduce")
    for _ in range(90):
        page.keyboard.press(key)
        found = page.evaluate(FOCUS)
        if found["body"]:
            break
        assert found["seen"] and found["outline"], found["html"]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_without_scripts_no_page_offers_what_it_cannot_do(browser: Browser, server: str, locale: str) -> None:
    """Search says so in words and offers lists; every other page is complete."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    idle = []
    for name, kind in KINDS.items():
        page.goto(f"{server}{locale}/{kind.address}", wait_until="load")
        assert page.locator("main h1").is_visible(), name
        buttons = page.locator("main button:not(form[action] button), main select, main input:not(form[action] input)")
        idle += [(name, button.evaluate("e => e.outerHTML")[:100]) for button in buttons.all() if button.is_visible()]
    context.close()
    assert idle == []


# --- names and languages (2.5.3, 3.1.2, 3.2.3, 3.2.4, 3.2.6, 4.1.2) ---------------------------------------------------


@pytest.fixture(scope="module")
def examples(site: Path) -> dict[str, BeautifulSoup]:
    """The parsed example of each kind in each language."""
    return {
        f"{locale}/{kind.address}": BeautifulSoup(
            (site / locale / kind.address / "index.html").read_text(encoding="utf-8"), "html.parser"
        )
        for locale in ("zh", "en")
        for kind in KINDS.values()
    }


def language(element: Tag) -> str:
    """The language in force at an element: zh or en."""
    return next(str(tag["lang"])[:2] for tag in (element, *element.parents) if tag.has_attr("lang"))


def test_english_sentences_on_chinese_pages_are_marked_as_such(examples: dict[str, BeautifulSoup]) -> None:
    """The reverse is tried on every page by test_foreign.py. A citation follows the form of its standard."""
    unmarked = []
    for path, page in examples.items():
        for text in page.body.find_all(string=ENGLISH) if path.startswith("zh") else []:
            known = text.parent.name in INVISIBLE or text.find_parent(class_="citations")
            if type(text) is NavigableString and not known and language(text.parent) == "zh":
                unmarked.append((path, text[:60]))
    assert unmarked == []


def test_names_that_only_a_screen_reader_hears_are_in_its_language(examples: dict[str, BeautifulSoup]) -> None:
    strange = []
    for path, page in examples.items():
        for element in page.body.find_all(True):
            for attribute in {"aria-label", "alt", "title", "placeholder"}.intersection(element.attrs):
                words, spoken = element[attribute], language(element)
                if {"en": HAN, "zh": ENGLISH}[spoken].search(words):
                    strange.append((path, attribute, words))
    assert strange == []


def test_what_is_seen_is_part_of_what_is_heard(examples: dict[str, BeautifulSoup]) -> None:
    for path, page in examples.items():
        for element in page.body.find_all(["a", "button"], attrs={"aria-label": True}):
            seen = element.get_text(" ", strip=True).casefold()
            assert seen in element["aria-label"].casefold(), (path, seen, element["aria-label"])


def test_the_ways_through_the_site_are_the_same_on_every_page(examples: dict[str, BeautifulSoup]) -> None:
    for where in ("header .site-nav a", "footer nav a"):
        for locale in ("zh", "en"):
            menus = {
                tuple(link.get_text() for link in page.select(where))
                for path, page in examples.items()
                if path.startswith(locale)
            }
            assert len(menus) == 1, menus


# --- no layout shift --------------------------------------------------------------------------------------------------

SHIFT = """window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });"""


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_nothing_jumps_while_a_page_loads(browser: Browser, server: str, locale: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(SHIFT)
    page = context.new_page()
    for name in ("home", "district", "measure with commitments", "shared measure", "notes of a plan", "targets"):
        page.goto(f"{server}{locale}/{KINDS[name].address}", wait_until="load")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("window.shift") == 0, name
    context.close()


# --- long cases -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_twenty_bodies_and_a_very_long_title_have_room(sheet: Page, server: str, locale: str, width: int) -> None:
    """A title of more than 40 characters, or words of more than 30 letters, and a list of 20 bodies."""
    wear(sheet, Look("light", width))
    sheet.goto(f"{server}{locale}/{STRAW}")
    sheet.evaluate(LONG, TITLES[locale])
    assert (sideways(sheet), sheet.evaluate(CUT)) == (0, [])
    assert sheet.evaluate("document.querySelector('h1').scrollWidth <= document.querySelector('h1').clientWidth")
