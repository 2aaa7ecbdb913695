"""Changes: those of the site and of the plans on one page, told apart in words, and in feeds that readers accept."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from small_project import small_project
from test_history import revised

from plansite.load import DataError, load_site
from plansite.pipeline import Finished, finish

BASE = "https://example.org/plans/"
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
FEEDS = [
    f"{locale}/{path}"
    for locale in ("zh", "en")
    for path in ("changes/feed.xml", "plans/testdistrict-14/feed.xml", "plans/testcity-action/feed.xml")
]
CORRECTED = "    text: {zh: 更正试验区规划泵站工程的数量。, en:"
NAMED = f"    measures: [testcity-action/city-straw, testdistrict-14/pump-stations]\n{CORRECTED}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A site with a revised plan; one entry of its log names measures, one of them withdrawn."""
    project = revised(tmp_path_factory.mktemp("changes"))
    _edit(project, CORRECTED, NAMED)
    return finish(project)


def _edit(project: Path, old: str, new: str) -> None:
    path = project / "data/site.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def page(site: Finished, path: str) -> BeautifulSoup:
    return BeautifulSoup(site.files[f"{path}index.html"], "html.parser")


def entries(site: Finished, path: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(site.files[path]).findall(f"{ATOM}entry")


def ids(site: Finished, path: str) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "").removeprefix(BASE) for entry in entries(site, path)]


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_newest_change_stands_first_with_an_anchor_of_its_own(site: Finished) -> None:
    """Of two entries of one day the older keeps the plain date."""
    found = page(site, "en/changes/").select(".change")
    assert [change["id"] for change in found] == [
        "2026-11-24-2",
        "2026-11-24",
        "testdistrict-14-2024-03-05",
        "testdistrict-14-2022-06",
    ]
    assert "corrected" in found[0].get_text() and "First publication" in found[1].get_text()


def test_changes_of_site_and_plan_are_told_apart_in_words(site: Finished) -> None:
    kinds = [kind.get_text() for kind in page(site, "en/changes/").select(".change-kind")]
    assert kinds == ["This site", "This site", "Official document", "Official document"]
    kinds = [kind.get_text() for kind in page(site, "zh/changes/").select(".change-kind")]
    assert kinds == ["本站", "本站", "官方文件", "官方文件"]


def test_a_date_is_as_exact_as_the_document(site: Finished) -> None:
    times = [(time["datetime"], time.get_text()) for time in page(site, "en/changes/").select(".timeline time")]
    assert times == [("2026-11-24", "24 November 2026"), ("2024-03-05", "5 March 2024"), ("2022-06", "June 2022")]


def test_a_new_edition_leads_to_what_it_changed(site: Finished) -> None:
    change = page(site, "en/changes/").find(id="testdistrict-14-2024-03-05")
    assert "takes the place of the one dated June 2022" in change.get_text()
    assert change.find("a", string="What changed")["href"] == "../../en/plans/testdistrict-14/history/#to-2024-03-05"


def test_an_entry_leads_to_the_measures_it_names_even_if_withdrawn(site: Finished) -> None:
    links = [a["href"] for a in page(site, "zh/changes/").find(id="2026-11-24-2").select("ul a")]
    plans = "../../zh/plans/"
    assert links == [
        f"{plans}testdistrict-14/",
        f"{plans}testcity-action/",
        f"{plans}testcity-action/measures/city-straw/",
        f"{plans}testdistrict-14/measures/pump-stations/",
    ]


def test_each_plan_has_its_own_changes(site: Finished) -> None:
    every = page(site, "en/changes/")
    assert [(a.get_text(), a["href"]) for a in every.select(".chips-plan a")] == [
        ("Test City action plan", "../../en/changes/testcity-action/"),
        ("Test District plan", "../../en/changes/testdistrict-14/"),
    ]
    one = page(site, "en/changes/testcity-action/")
    assert [a["href"] for a in one.select(".change .permalink")] == [
        "../../../en/changes/#2026-11-24-2",
        "../../../en/changes/#2026-11-24",
    ]


def test_a_measure_that_does_not_exist_is_told_with_its_place(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _edit(project, CORRECTED, NAMED.replace("pump-stations", "pump-station"))
    with pytest.raises(DataError) as error:
        load_site(project)
    (fault,) = map(str, error.value.faults)
    assert re.match(r"data/site\.yaml:\d+:44: unknown measure 'pump-station'; .* did you mean 'pump-stations'", fault)


# --- the feeds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_holds_what_the_standard_asks(site: Finished, path: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: one id, title and updated each, an author, a link to itself."""
    feed = ElementTree.fromstring(site.files[path])
    assert feed.tag == f"{ATOM}feed" and feed.get(f"{XML}lang") == {"zh": "zh-Hans", "en": "en"}[path[:2]]
    found = feed.findall(f"{ATOM}entry")
    for element in (feed, *found):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1 and element.findtext(f"{ATOM}{name}")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{ATOM}updated", ""))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == BASE + path
    assert f"{links['alternate'].removeprefix(BASE)}index.html" in site.files
    assert found and len({entry.findtext(f"{ATOM}id") for entry in found}) == len(found)
    times = [entry.findtext(f"{ATOM}updated", "") for entry in found]
    assert times == sorted(times, reverse=True) and feed.findtext(f"{ATOM}updated") == times[0]


@pytest.mark.parametrize("path", FEEDS)
def test_the_id_of_an_entry_is_its_permanent_address(site: Finished, path: str) -> None:
    for entry in entries(site, path):
        address, _, anchor = entry.findtext(f"{ATOM}id", "").removeprefix(BASE).partition("#")
        assert page(site, address).find(id=anchor)
        assert entry.find(f"{ATOM}link").get("href") == f"{BASE}{address}#{anchor}"


def test_an_edition_has_the_day_on_which_it_was_published_here_and_its_own_date_in_words(site: Finished) -> None:
    """The document says June 2022, no day; the log has the plan first on 24 November 2026."""
    entry = next(e for e in entries(site, FEEDS[0]) if e.findtext(f"{ATOM}id", "").endswith("#testdistrict-14-2022-06"))
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"
    assert "2022年6月" in entry.findtext(f"{ATOM}title", "") and "2022年6月" in entry.findtext(f"{ATOM}content", "")


def test_the_title_of_an_entry_is_short_and_not_its_text(site: Finished) -> None:
    found = [entry.findtext(f"{ATOM}title") for entry in entries(site, "en/changes/feed.xml")]
    assert found == [
        "Number of pumping stations corrected",
        "Two plans published",
        "Test District plan: new edition, 5 March 2024",
        "Test District plan: document of June 2022",
    ]
    change = page(site, "en/changes/").find(id="2026-11-24-2")
    assert change.h3.get_text() == found[0] and "in the Test District plan corrected" in change.get_text()


def test_a_long_title_is_refused_with_its_place(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _edit(project, "en: Two plans published", f"en: {'Two plans published and ' * 5}more")
    with pytest.raises(DataError) as error:
        load_site(project)
    (fault,) = map(str, error.value.faults)
    assert re.match(r"data/site\.yaml:\d+:\d+: .*at most 90 characters", fault), fault


def test_a_plan_s_feed_holds_what_concerns_it(site: Finished) -> None:
    """The newest entry names only a measure of Test City’s plan, not the plan."""
    assert ids(site, "en/plans/testcity-action/feed.xml") == ["en/changes/#2026-11-24-2", "en/changes/#2026-11-24"]
    assert len(ids(site, "en/plans/testdistrict-14/feed.xml")) == 4


def test_an_entry_holds_links_that_work_anywhere(site: Finished) -> None:
    content = entries(site, "en/changes/feed.xml")[0].find(f"{ATOM}content")
    assert content.get("type") == "html"
    links = [a["href"] for a in BeautifulSoup(content.text, "html.parser").find_all("a")]
    assert f"{BASE}en/plans/testcity-action/measures/city-straw/" in links
    assert all(f"{link.removeprefix(BASE)}index.html" in site.files for link in links)


def test_pages_name_their_feed(site: Finished) -> None:
    for path, feed in (
        ("en/changes/", "en/changes/feed.xml"),
        ("zh/changes/testdistrict-14/", "zh/plans/testdistrict-14/feed.xml"),
        ("zh/plans/testdistrict-14/", "zh/plans/testdistrict-14/feed.xml"),
    ):
        found = page(site, path)
        link = found.find("link", type="application/atom+xml")
        assert link["href"] == BASE + feed and link["rel"] == ["alternate"] and link["title"]
        assert found.main.find("a", href=re.compile(rf"{feed}$"))


def test_the_home_page_and_every_page_about_a_plan_announce_a_feed(site: Finished) -> None:
    def announced(path: str) -> list[str]:
        return [link["href"] for link in page(site, path).find_all("link", type="application/atom+xml")]

    assert announced("en/") == [f"{BASE}en/changes/feed.xml"]
    about = [
        path.removesuffix("index.html")
        for path in site.files
        if re.match(r"(en|zh)/(plans|notes)/testdistrict-14/.*index\.html$", path)
    ]
    assert any("/measures/straw-burning-ban/" in path for path in about) and any("/notes/" in path for path in about)
    for path in about:
        assert announced(path) == [f"{BASE}{path[:2]}/plans/testdistrict-14/feed.xml"], path
    assert announced("en/topics/") == []


def test_the_same_data_gives_the_same_bytes(site: Finished, tmp_path: Path) -> None:
    project = revised(tmp_path)
    _edit(project, CORRECTED, NAMED)
    again = finish(project)
    assert {path: again.files[path] for path in FEEDS} == {path: site.files[path] for path in FEEDS}
