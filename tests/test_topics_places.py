"""Topics, places and districts lead to what is about them; what fell due; which other measures a page names."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from conftest import PROJECT
from in_process import run
from small_project import small_project

Soup = Callable[[str], BeautifulSoup]
PLANS = {"changchun-action", "jingyue-14", "chaoyang-14", "kuancheng-14", "jilin-city-14"}
BURNING = "plans/jingyue-14/measures/straw-burning-ban/"


def followed(page: str, link: Tag) -> tuple[str, str]:
    """Where a link of a page leads: path, anchor."""
    path, anchor = urldefrag(urljoin(f"https://x/{page}", str(link["href"])))
    return path.removeprefix("https://x/"), anchor


def below(heading: Tag) -> list[str]:
    """The places of the measures under a heading."""
    found = heading.find_next_sibling("ul")
    assert isinstance(found, Tag)
    return [tag.get_text() for tag in found.select(".locator")]


# topics


def test_a_measure_counts_once_for_each_kind_of_body(soup: Soup) -> None:
    """Of the 17 measures on straw 15 name a body of agriculture and 11 one of ecology, whatever each is called."""
    assert "农业农村（15项）、生态环境（11项）" in soup("zh/topics/straw/").find(class_="lead").get_text()
    lead = soup("en/topics/straw/").find(class_="lead").get_text()
    assert "Agriculture and rural affairs (15); Ecology and environment (11)" in lead


def test_the_targets_of_a_topic_are_about_it_and_others_are_folded(soup: Soup) -> None:
    page = soup("zh/topics/straw/")
    first, other = page.select("table.targets")
    own = [row.get_text() for row in first.select("tbody th")]
    assert len(own) == 4 and all("秸秆" in what for what in own)
    assert other.find_parent("details") is not None
    found = {row.get_text() for row in other.select("tbody th")}
    assert found == {"重污染天气天数", "森林覆盖率", "农膜回收利用率"}
    assert "农膜回收利用率" in soup("zh/topics/plastics/").select_one("table.targets").get_text()


def test_the_comparisons_of_a_topic_stand_above_its_targets(soup: Soup) -> None:
    before = [
        followed("zh/topics/straw/", a)[0] for a in soup("zh/topics/straw/").find(id="targets").find_all_previous("a")
    ]
    assert {"zh/shared/straw-burning-ban/", "zh/shared/straw-use/", "zh/indicators/straw-utilisation/"} <= set(before)


def test_every_plan_has_its_place_on_every_topic_page(html_files: dict[str, str]) -> None:
    for path, text in html_files.items():
        if re.fullmatch(r"(zh|en)/topics/[^/]+/index\.html", path):
            assert {plan for plan in PLANS if f'id="{plan}"' in text} == PLANS, path


# districts


def test_the_topics_of_a_district_lead_to_its_own_measures(soup: Soup) -> None:
    page = soup("en/districts/jingyue/")
    cards = page.find(id="topics").find_parent("section").select(".card")
    straw = next(a for a in page.select(".card a") if a.get_text() == "Crop straw")
    assert followed("en/districts/jingyue/", straw) == ("en/topics/straw/", "jingyue-14")
    assert below(soup("en/topics/straw/").find(id="jingyue-14")) == ["4.2.1", "4.3.1", "6.3.2"]
    for card in cards:
        path, anchor = followed("en/districts/jingyue/", card.find("a"))
        group = soup(path).find(id=anchor)
        assert len(below(group)) == int(re.match(r"\d+", card.find(class_="meta").get_text())[0])


def test_a_place_of_several_plans_leads_to_the_measures_of_the_district(soup: Soup) -> None:
    page = soup("zh/districts/kuancheng/")
    link = next(a for a in page.select(".chips-place a") if a.get_text().startswith("伊通河"))
    path, anchor = followed("zh/districts/kuancheng/", link)
    assert (path, anchor) == ("zh/places/yitong-river/", "kuancheng-14")
    assert "宽城" in soup(path).find(id=anchor).get_text()


# places


def test_a_place_shows_the_commitment_that_names_it(soup: Soup) -> None:
    here = "zh/places/yitong-river/"
    group = soup(here).find(id="jingyue-14").find_next_sibling("ul")
    rows = group.find_all("li")
    assert [row.find(class_="locator").get_text() for row in rows][:2] == ["5.4.1", "7.1.1"]
    for row in rows:
        links = row.select("a.commitment")
        assert links
        for link in links:
            path, anchor = followed(here, link)
            assert "伊通河" in soup(path).find(id=anchor).get_text()
            assert "伊通河" in link.find_parent("p").get_text()


def test_a_place_is_not_taken_for_one_with_a_longer_name(soup: Soup) -> None:
    """东碱草沟 and 西碱草沟 are two other ditches than 碱草沟."""
    for link in soup("zh/places/jiancao-ditch/").select("a.commitment"):
        assert "碱草沟" in re.sub("[东西]碱草沟", "", link.find_parent("p").get_text())


def test_the_list_of_places_names_districts_and_begins_with_what_is_named_most(soup: Soup) -> None:
    for locale in ("zh", "en"):
        for section in soup(f"{locale}/places/").select("section.section"):
            lines = [tag.get_text() for tag in section.select(".counted .meta")]
            counts = [sum(map(int, re.findall(r"\d+", line))) for line in lines]
            assert all(first >= second for first, second in pairwise(counts))
    first = soup("zh/places/").select_one(".counted li")
    assert first.a.get_text() == "伊通河"
    assert first.find(class_="meta").get_text().startswith("长春市、净月区、朝阳区、宽城区 · ")


# what fell due


def test_pages_say_how_many_deadlines_have_passed(site: Path, soup: Soup) -> None:
    """By the day of the newest change; a target of 2026 still runs then."""
    info = yaml.safe_load((PROJECT / "data/site.yaml").read_text(encoding="utf-8"))
    year = int(max(change["date"] for change in info["changes"])[:4])
    with (site / "data/targets.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    plans = {"": rows} | {plan: [row for row in rows if row["plan"] == plan] for plan in PLANS}
    for plan, found in plans.items():
        passed = sum(bool(row["year"]) and int(row["year"]) < year for row in found)
        assert 0 < passed < len(found)
        address = f"plans/{plan}/" if plan else "targets/"
        zh, en = (soup(f"{locale}/{address}").find(class_="passed") for locale in ("zh", "en"))
        assert f"{len(found)}个目标值中有{passed}个期限已过" in re.sub(r"\s", "", zh.get_text())
        assert f"the deadlines of {passed} of {len(found)} targets have passed" in en.get_text()
        for locale, line in (("zh", zh), ("en", en)):
            path, anchor = followed(f"{locale}/{address}", line.a)
            assert path == f"{locale}/about/read/" and soup(path).find(id=anchor).name == "h2"


def test_the_page_of_a_district_says_so_of_its_plans(soup: Soup) -> None:
    district, plan = (
        soup(f"en/{path}").find(class_="passed") for path in ("districts/jilin-city/", "plans/jilin-city-14/")
    )
    assert district.get_text() == plan.get_text()


@pytest.mark.parametrize(("date", "passed"), [("2025-12-31", False), ("2026-01-01", True)])
def test_a_deadline_passes_with_the_end_of_its_year(tmp_path: Path, date: str, passed: bool) -> None:
    """All targets of the small project are for 2025; the clock has no say."""
    project = small_project(tmp_path)
    file = project / "data/site.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-11-24", date), encoding="utf-8")
    out = project / "site"
    assert run("build", "--project", project, "--out", out, "--no-search", "--no-images").returncode == 0
    lines = BeautifulSoup((out / "en/targets/index.html").read_text(encoding="utf-8"), "html.parser").select(".passed")
    assert [
        re.search(r"As of .* the deadlines of all \d+ targets have passed", line.get_text()) is not None
        for line in lines
    ] == [True] * passed


# related measures


def test_related_measures_are_about_the_rarest_topic_and_of_the_same_plan_first(soup: Soup) -> None:
    """4.2.1 and 6.3.2 are the other tasks of the plan that speak of straw."""
    for locale, name in (("zh", "净月区"), ("en", "Jingyue")):
        rows = soup(f"{locale}/{BURNING}").select("[aria-labelledby=related] .locator")
        places = [row.get_text().replace("\u00a0", " ") for row in rows]
        assert places[:2] == [f"{name} 4.2.1", f"{name} 6.3.2"]
        assert all(re.search(r"\S \d+\.\d+\.\d+$", place) for place in places)


def test_related_measures_are_of_different_families(site: Path, html_files: dict[str, str]) -> None:
    """Other members of a measure's families stand on its page already."""
    families: dict[str, set[str]] = {}
    for family in json.loads((site / "data/shared-measures.json").read_text(encoding="utf-8"))["families"]:
        for member in family["members"]:
            families.setdefault(member, set()).add(family["id"])
    seen = 0
    for path, text in html_files.items():
        if found := re.fullmatch(r"en/plans/([^/]+)/measures/([^/]+)/index\.html", path):
            section = text.partition('aria-labelledby="related"')[2].partition("</section>")[0]
            links = re.findall(r'<a href="[^"]*plans/([^/"]+)/measures/([^/"]+)/"', section)
            keys = [f"{plan}/{measure}" for plan, measure in [found.groups(), *links]]
            counts = Counter(family for key in keys for family in families.get(key, ()))
            assert max(counts.values(), default=0) <= 1, (path, counts)
            assert len(set(keys)) == len(keys), path
            seen += len(links)
    assert seen > 2000


def test_related_measures_of_the_same_plan_stand_first(html_files: dict[str, str]) -> None:
    for path, text in html_files.items():
        if found := re.fullmatch(r"zh/plans/([^/]+)/measures/[^/]+/index\.html", path):
            section = text.partition('aria-labelledby="related"')[2].partition("</section>")[0]
            own = [plan == found[1] for plan in re.findall(r'<a href="[^"]*plans/([^/"]+)/measures/[^/"]+/"', section)]
            assert own == sorted(own, reverse=True), path
