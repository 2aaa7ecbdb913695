"""What a link shows when it is shared, found by a search engine, or printed."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import lxml.html
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import PROJECT
from fontTools.ttLib import TTFont
from PIL import Image
from read_qr import read_qr
from small_project import small_project

from plansite.build import Built, build
from plansite.errors import BuildError
from plansite.model import Locale, Text
from plansite.parts.descriptions import LEAST, MOST
from plansite.social import typeset
from plansite.social.cards import Card, Fact
from plansite.social.draw import HEIGHT, WIDTH, Painter
from plansite.social.font import CHARACTERS, FONT, read_font
from plansite.social.pictures import CACHE

BASE = "https://example.org/plans/"
MEASURE = "plans/testdistrict-14/measures/pump-stations/"
STATIC = PROJECT / "static"


def make(project: Path, name: str = "site", **options: bool) -> tuple[Path, Built]:
    out = project / name
    return out, build(project, out, BASE, with_search=False, **options)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small project."""
    return make(small_project(tmp_path_factory.mktemp("shared")))[0]


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the project, built before, that a test may change."""
    return Path(shutil.copytree(built.parent, tmp_path / "project", symlinks=True))


def head(path: Path) -> dict[str, str]:
    """Names and contents of the meta elements of a page."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return {str(meta.get("property") or meta.get("name")): str(meta.get("content")) for meta in soup.find_all("meta")}


def picture_of(site: Path, path: str) -> str:
    """The file of a page's picture."""
    return head(site / path / "index.html")["og:image"].removeprefix(BASE)


def pictures(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.glob("images/**/*.png"))}


# --- the picture of a page --------------------------------------------------------------------------------------------


def test_every_page_names_a_picture_that_is_there(built: Path) -> None:
    there = pictures(built)
    for path in built.rglob("*.html"):
        meta = head(path)
        assert meta["og:image"].startswith(BASE) and meta["og:image"].removeprefix(BASE) in there, path
        assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630"), path
        assert meta["twitter:card"] == "summary_large_image", path


def test_a_page_without_its_own_picture_has_that_of_its_plan_or_of_the_site(built: Path) -> None:
    assert picture_of(built, f"zh/{MEASURE}") == f"images/{MEASURE.rstrip('/')}.png"
    assert picture_of(built, "zh/plans/testdistrict-14/chapters/1") == "images/plans/testdistrict-14.png"
    assert picture_of(built, "en/topics") == "images/site.png"


def test_both_languages_share_a_picture_and_each_tells_it_in_its_own_words(built: Path) -> None:
    zh, en = (head(built / locale / MEASURE / "index.html") for locale in ("zh", "en"))
    assert zh["og:image"] == en["og:image"]
    assert re.search(r"[\u4e00-\u9fff]", zh["og:image:alt"]) and not re.search(r"[\u4e00-\u9fff]", en["og:image:alt"])


def test_a_picture_is_small_and_of_the_size_that_networks_show(built: Path) -> None:
    for name, content in pictures(built).items():
        image = Image.open(io.BytesIO(content))
        assert image.size == (1200, 630) and image.mode == "P", name
        assert len(content) < 40_000, name


def test_a_square_cut_out_of_the_middle_cuts_no_letter(built: Path) -> None:
    left, right = (WIDTH - HEIGHT) // 2, (WIDTH + HEIGHT) // 2
    for name, content in pictures(built).items():
        image = Image.open(io.BytesIO(content))
        for x in (left, right):
            assert set(image.crop((x - 1, 0, x + 1, HEIGHT)).tobytes()) == {0}, name


def test_the_mark_of_the_site_is_a_png_too(built: Path) -> None:
    assert Image.open(built / "apple-touch-icon.png").size == (180, 180)
    page = BeautifulSoup((built / "zh" / MEASURE / "index.html").read_text(encoding="utf-8"), "html.parser")
    link = page.find("link", rel="apple-touch-icon")
    assert isinstance(link, Tag) and link["href"] == "../../../../../apple-touch-icon.png"


def test_pictures_are_the_same_bytes_each_time(project: Path) -> None:
    before = pictures(project / "site")
    shutil.rmtree(project / CACHE)
    assert pictures(make(project, "again")[0]) == before


def test_a_picture_is_drawn_again_only_when_it_shows_something_else(project: Path) -> None:
    before, kept = pictures(project / "site"), {path.name for path in (project / CACHE).iterdir()}
    change_title(project, "泵站改造")
    after = pictures(make(project)[0])
    assert [name for name in after if after[name] != before.get(name)] == [f"images/{MEASURE.rstrip('/')}.png"]
    now = {path.name for path in (project / CACHE).iterdir()}
    assert len(kept - now) == len(now - kept) == 1


def test_a_character_that_the_font_lacks_is_told_and_never_drawn_as_a_box(project: Path) -> None:
    change_title(project, "𠮷水泵站")
    site, done = make(project)
    assert picture_of(site, f"zh/{MEASURE}") == "images/plans/testdistrict-14.png"
    assert [reason for reason in done.reasons if "𠮷" in reason and "build.py font" in reason]
    with pytest.raises(BuildError, match="𠮷"):
        make(project, strict=True)


def test_a_build_may_do_without_pictures(project: Path) -> None:
    site, _ = make(project, with_images=False)
    assert not pictures(site)
    assert "og:image" not in head(site / "zh" / "index.html")


def test_colours_are_those_of_the_style_sheet(tmp_path: Path) -> None:
    css = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    card = Card(Text("秸秆禁烧", "Straw-burning ban"), facts=(Fact(Text("≥90%", "≥90%")),))
    name = Text("规划明读", "Plain Plans")
    green, red = (
        Image.open(io.BytesIO(Painter(STATIC / FONT, sheet, name).png(card))).convert("RGB").getpixel((5, 5))
        for sheet in (css, css.replace("--accent: #0a4f45", "--accent: #aa0000"))
    )
    assert (green, red) == ((0x0A, 0x4F, 0x45), (0xAA, 0, 0))


def change_title(project: Path, title: str) -> None:
    """Give the measure another Chinese title."""
    for path in (project / "data/plans/testdistrict-14/measures").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        start = text.find("id: pump-stations\n")
        if start >= 0:
            rest = re.sub(r"title: \{zh: [^,]*,", f"title: {{zh: {title},", text[start:], count=1)
            path.write_text(text[:start] + rest, encoding="utf-8")
            return
    raise AssertionError("no such measure")


# --- the font ---------------------------------------------------------------------------------------------------------


def test_the_font_has_every_character_of_its_list() -> None:
    listed = set((STATIC / CHARACTERS).read_text(encoding="utf-8")) - {"\n"}
    assert listed - set(map(chr, TTFont(STATIC / FONT).getBestCmap())) == set()
    assert len(listed) > 7_000


def test_the_font_tells_what_it_lacks_and_comes_with_its_licence() -> None:
    font = read_font(STATIC)
    assert font.missing("净月“十四五”生态环境保护规划 Ⅲ类 ≤30 µg/m³ 𠮷₂𠮷") == "𠮷₂"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (STATIC / "fonts/OFL.txt").read_text(encoding="utf-8")


# --- lines ------------------------------------------------------------------------------------------------------------


def width(text: str) -> int:
    """Chinese characters 10 wide, others 5."""
    return sum(10 if ord(character) > 0x2000 else 5 for character in text)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("秸秆禁烧和综合利用", 50, ["秸秆禁烧和", "综合利用"]),
        ("管住秸秆、农膜", 40, ["管住秸", "秆、农膜"]),
        ("监管“双随机”", 30, ["监管", "“双随", "机”"]),
        ("PM2.5年均浓度", 45, ["PM2.5年均", "浓度"]),
        ("Straw burning ban", 70, ["Straw burning", "ban"]),
        ("Unsplittable", 30, ["Unspli", "ttable"]),
    ],
)
def test_lines_break_where_chinese_and_latin_text_may(text: str, room: int, expected: list[str]) -> None:
    assert typeset.lines(text, room, width, 9) == expected


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("净月“十四五”生态环境保护规划", 100, ["净月“十四五”", "生态环境保护规划"]),
        ("重点建设用地安全利用率", 100, ["重点建设用地", "安全利用率"]),
        ("One two three four five six", 100, ["One two three", "four five six"]),
    ],
)
def test_a_title_breaks_into_even_lines_and_rather_at_a_mark(text: str, room: int, expected: list[str]) -> None:
    assert typeset.lines(text, room, width, 3, even=True) == expected


def test_what_does_not_fit_is_cut_with_dots() -> None:
    assert typeset.lines("秸秆禁烧和综合利用", 40, width, 1) == ["秸秆禁…"]
    assert typeset.lines("Administrative Committee", 80, width, 1) == ["Administrativ..."]


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_the_qr_code_on_paper_leads_to_the_page(built: Path) -> None:
    for path in (f"zh/{MEASURE}", "en/plans/testdistrict-14/", "zh/shared/silence/", "en/indicators/pm25/"):
        page = BeautifulSoup((built / path / "index.html").read_text(encoding="utf-8"), "html.parser")
        box = page.select_one(".print-address")
        assert box and box.svg, path
        assert read_qr(str(box.svg).replace("viewbox", "viewBox")) == [BASE + path]
        assert len(str(box.svg)) < 3_000
        assert "style=" not in str(box)
        assert BASE + path in box.get_text()


# --- in search engines, on the real site ------------------------------------------------------------------------------


class Result(NamedTuple):
    """What a page gives for a result; `names` are those of its breadcrumbs."""

    title: str
    description: str
    shared: str
    names: tuple[str, ...]


@pytest.fixture(scope="module")
def results(html_files: dict[str, str]) -> dict[str, Result]:
    """Path → each page that search engines may show."""
    return {
        path: _result(lxml.html.document_fromstring(text))
        for path, text in html_files.items()
        if 'name="robots" content="noindex"' not in text and path != "index.html"
    }


def _result(page: lxml.html.HtmlElement) -> Result:
    metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.head.iter("meta")}
    names = [item.text_content().strip() for each in page.find_class("breadcrumbs") for item in each.iter("li")]
    return Result(metas["og:title"], metas["description"], metas["og:description"], tuple(names))


def locale_of(path: str) -> Locale:
    return "zh" if path.startswith("zh/") else "en"


def meta_of(page: BeautifulSoup, name: str) -> str:
    found = page.find("meta", attrs={"name": name}) or page.find("meta", property=name)
    assert isinstance(found, Tag)
    return str(found["content"])


def test_a_title_fits_a_result_unless_the_name_of_the_thing_is_long(results: dict[str, Result]) -> None:
    most = {"zh": (30, 15), "en": (60, 25)}  # whole title; what may stand beside a long name
    for path, page in results.items():
        whole, beside = most[locale_of(path)]
        longest = max((len(name) for name in page.names if name in page.title), default=0)
        assert len(page.title) <= max(whole, longest + beside), (path, page.title)


def test_a_description_is_neither_short_nor_cut(results: dict[str, Result]) -> None:
    for path, page in results.items():
        locale = locale_of(path)
        assert LEAST[locale] <= len(page.description) <= MOST[locale], (path, page.description)
        assert page.description == page.shared, path


def test_no_two_pages_have_the_same_title_or_description(results: dict[str, Result]) -> None:
    for name in ("title", "description"):
        told: dict[tuple[str, str], str] = {}
        for path, page in results.items():
            other = told.setdefault((locale_of(path), getattr(page, name)), path)
            assert other == path, (other, path)


@pytest.mark.parametrize(("locale", "words"), [("zh", "非官方重述"), ("en", "nofficial restatement")])
def test_a_shared_link_says_that_it_is_unofficial(
    soup: Callable[[str], BeautifulSoup], locale: str, words: str
) -> None:
    page = soup(f"{locale}/plans/jingyue-14/measures/straw-burning-ban/")
    assert words in meta_of(page, "og:description")
    assert words in meta_of(page, "og:image:alt")


def test_a_description_says_the_fact_before_a_phone_cuts_it_off(soup: Callable[[str], BeautifulSoup]) -> None:
    page = soup("zh/plans/jingyue-14/measures/straw-burning-ban")
    assert "秸秆" in meta_of(page, "description")[:60]
    assert meta_of(page, "format-detection") == "telephone=no"
