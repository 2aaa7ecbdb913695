"""With the official documents at hand: the wording stands folded by the restatement, and each number leads to it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from conftest import PROJECT, SOURCES, run
from playwright.sync_api import Browser, expect

PLAN = "plans/jingyue-14/"
WORDS = {"3": "三", "5": "五", "6": "六", "100": "百"}  # figures the document prints as words


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built with the documents."""
    if not (SOURCES / "jingyue-14.txt").is_file():
        pytest.skip("the official documents are not at hand (../shared/sources)")
    out = tmp_path_factory.mktemp("official") / "site"
    done = run("build", "--out", out, "--sources", SOURCES)
    assert done.returncode == 0, done.stderr
    return out


def page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")


def squeezed(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z\u3400-\u9fff]", "", text)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_measure_shows_its_paragraph_to_the_letter(proved: Path, locale: str) -> None:
    document = squeezed((SOURCES / "jingyue-14.txt").read_text(encoding="utf-8").replace("PM_{2.5}", "PM2.5"))
    measures = json.loads((proved / "data/measures.json").read_text(encoding="utf-8"))["measures"]
    assert len({measure["plan"] for measure in measures}) == 5
    for measure in measures:
        fold = page(proved, f"{locale}/plans/{measure['plan']}/measures/{measure['id']}").find(
            "details", class_="official"
        )
        assert fold is not None, measure["id"]
        if measure["plan"] != "jingyue-14":  # only its text needs no mending
            continue
        quote = fold.blockquote
        assert quote["lang"] == "zh-Hans"
        assert squeezed(quote.get_text()) in document, measure["id"]
        assert squeezed(measure["departments"][0]["printed"]) in squeezed(quote.get_text())


def test_the_place_and_the_checksum_of_the_file_are_told(proved: Path) -> None:
    fold = page(proved, f"en/{PLAN}measures/straw-burning-ban").find("details", class_="official")
    checksum = hashlib.sha256((SOURCES / "jingyue-14.txt").read_bytes()).hexdigest()
    assert checksum in fold.get_text() and "jingyue-14.txt" in fold.get_text()
    lines = (SOURCES / "jingyue-14.txt").read_text(encoding="utf-8").split("\n")
    first = int(re.search(r"lines? (\d+)", fold.summary.get_text())[1])
    assert "秸秆禁烧管控" in lines[first - 1]


@pytest.mark.parametrize(
    "path",
    ["targets", f"{PLAN}measures/air-quality-improvement", f"{PLAN}progress", f"{PLAN}projects", f"{PLAN}indicators"],
)
def test_a_number_leads_to_the_sentence_it_stands_in(proved: Path, path: str) -> None:
    links = page(proved, f"zh/{path}").find_all("a", title=re.compile("原文|照原样|印"))
    assert links
    for link in links:
        where, _, anchor = link["href"].partition("#")
        goal = page(proved, where.replace("../", "")) if where else page(proved, f"zh/{path}")
        sentence = goal.find(id=anchor)
        assert sentence is not None, link
        number = re.search(r"\d+(?:\.\d+)?", link.get_text().replace(",", ""))
        if number:
            spoken = {number[0], WORDS.get(number[0], number[0])}
            assert any(word in sentence.get_text().replace(" ", "") for word in spoken), (link, sentence)


@pytest.mark.parametrize("plan", ["jingyue-14", "chaoyang-14", "kuancheng-14", "jilin-city-14"])
def test_every_claimed_figure_leads_to_its_sentence(proved: Path, plan: str) -> None:
    claims = page(proved, f"zh/plans/{plan}/progress").select(".claims td.num:nth-of-type(1)")
    assert claims and all(cell.find("a") for cell in claims)


def test_a_claimed_figure_leads_to_the_paragraph_with_its_unit(proved: Path) -> None:
    """Jilin City’s 9 tailings ponds stand in the fourth paragraph; the second and third have a 九 and a 9 as well."""
    results = page(proved, "zh/plans/jilin-city-14/progress")
    link = results.find(id="tailings-ponds-closed").parent.select_one("td.num a")
    assert "9座" in results.find(id=link["href"][1:]).get_text()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_figure_of_the_plan_leads_to_its_sentence_or_printed_row(proved: Path, locale: str) -> None:
    rows = page(proved, f"{locale}/targets").select('#targets tbody tr[data-plan="jingyue-14"]')
    assert rows and all(row.select_one("td.value a") for row in rows)


@pytest.mark.parametrize("path", ["indicators", "indicators/pm25", "districts/jingyue", "plans/jingyue-14"])
def test_a_number_of_the_indicator_table_leads_to_the_printed_row(proved: Path, path: str) -> None:
    links = page(proved, f"en/{path}").find_all("a", href=re.compile(r"jingyue-14/indicators/#p\d+$"))
    printed = page(proved, f"en/{PLAN}indicators")
    assert links
    for link in links:
        row = printed.find(id=link["href"].partition("#")[2])
        assert row is not None, link
        for number in re.findall(r"\d+(?:\.\d+)?", link.get_text().replace(",", "")):
            assert number in row.get_text(), (link, row)


def test_the_numbers_of_a_commitment_lead_to_the_official_sentence(proved: Path) -> None:
    measure = page(proved, f"en/{PLAN}measures/air-quality-improvement")
    links = measure.select(".actions a.sourced")
    assert {"30", "90", "2025"} <= {link.get_text() for link in links}
    for link in links:
        assert link.get_text() in measure.find(id=link["href"][1:]).get_text()


def test_the_official_wording_is_in_the_search_and_a_link_opens_it(proved: Path, browser: Browser) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(proved))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        view = browser.new_page()
        view.goto(f"http://127.0.0.1:{server.server_port}/zh/search/?q=压紧压实")  # only the document says so, in 4.3.1
        link = view.locator(".results a").first
        expect(link).to_have_attribute("href", re.compile("measures/straw-burning-ban/"))
        view.goto(f"http://127.0.0.1:{server.server_port}/en/{PLAN}measures/straw-burning-ban/#o2")
        expect(view.locator("#o2")).to_be_visible()
        view.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert Axe().run(view).response["violations"] == []
        view.close()
        server.shutdown()


def test_without_the_documents_nothing_of_them_is_shown(site: Path) -> None:
    for path in (f"zh/{PLAN}measures/straw-burning-ban", f"zh/{PLAN}progress", f"zh/{PLAN}indicators"):
        assert page(site, path).find("details", class_="official") is None


def test_data_that_the_document_does_not_bear_out_is_not_published(proved: Path, tmp_path: Path) -> None:
    for folder in ("data", "content"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    for folder in ("templates", "static"):
        (tmp_path / folder).symlink_to(PROJECT / folder)
    path = tmp_path / "data/plans/jingyue-14/measures/04.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("shared: [生态环境分局, 农业农村和水务局", "shared: [生态环境分局", 1), encoding="utf-8"
    )
    done = run("build", "--project", tmp_path, "--out", tmp_path / "site", "--sources", SOURCES)
    assert done.returncode == 1
    assert "measures/04.yaml:" in done.stderr and "农业农村和水务局" in done.stderr
    assert not (tmp_path / "site").exists()
