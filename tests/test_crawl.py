"""What machines are told about the site is held together: each test spoils one thing of a site without faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from in_process import run
from in_process import run as run_here
from small_project import small_project

from plansite.check.crawl import crawl, read_head
from plansite.pipeline import finish

BASE = "https://example.org/plans/"
PAGE = "en/plans/testdistrict-14/index.html"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return dict(finish(small_project(tmp_path_factory.mktemp("project")), BASE, with_images=False).files)


@pytest.fixture
def files(whole: dict[str, bytes]) -> dict[str, bytes]:
    return dict(whole)


def change(files: dict[str, bytes], path: str, old: str, new: str) -> list[str]:
    """The faults after a replacement in one file."""
    assert old in files[path].decode(), (path, old)
    files[path] = files[path].decode().replace(old, new, 1).encode()
    return faults_of(files)


def faults_of(files: dict[str, bytes]) -> list[str]:
    told = [read_head(path, content.decode()) for path, content in files.items() if path.endswith(".html")]
    return crawl(told, files, BASE)


def test_the_site_as_it_is_built_has_no_fault(whole: dict[str, bytes]) -> None:
    assert faults_of(whole) == []


def test_a_canonical_address_is_a_page(files: dict[str, bytes]) -> None:
    old = f'<link rel="canonical" href="{BASE}en/plans/testdistrict-14/"'
    faults = change(files, PAGE, old, old.replace("-14/", "-15/"))
    assert any(
        fault == f"{PAGE}: its canonical address '{BASE}en/plans/testdistrict-15/' is no page of the site"
        for fault in faults
    )
    assert any(fault.startswith("sitemap.xml: ") for fault in faults)


def test_pairs_of_languages_name_each_other(files: dict[str, bytes]) -> None:
    old = f'hreflang="zh-Hans" href="{BASE}zh/plans/testdistrict-14/"'
    faults = change(files, PAGE, old, old.replace("plans/testdistrict-14/", "topics/"))
    assert f"{PAGE}: its twin '{BASE}zh/topics/' (zh-Hans) does not name it back" in faults


def test_linked_data_parses_and_its_addresses_exist(files: dict[str, bytes]) -> None:
    faults = change(files, PAGE, f'"item":"{BASE}en/plans/"', f'"item":"{BASE}en/plants/"')
    assert faults == [f"{PAGE}: schema.org item '{BASE}en/plants/' leads nowhere"]
    faults = change(files, PAGE, '{"@context"', "{@context")
    assert len(faults) == 1 and "schema.org data that is no JSON" in faults[0]


def test_the_picture_and_the_json_of_a_page_exist(files: dict[str, bytes]) -> None:
    del files["en/plans/testdistrict-14/measures/straw-burning-ban.json"]
    faults = faults_of(files)
    assert len(faults) == 1 and "application/json" in faults[0] and "straw-burning-ban.json' leads nowhere" in faults[0]


def test_the_sitemap_lists_what_is_to_be_found_and_nothing_else(files: dict[str, bytes]) -> None:
    entry = re.search(rf"<url>\n<loc>{BASE}en/topics/</loc>.*?</url>\n", files["sitemap.xml"].decode(), re.DOTALL)
    assert entry
    assert change(files, "sitemap.xml", entry[0], "") == [f"sitemap.xml: lacks '{BASE}en/topics/'"]
    gone = entry[0].replace("/en/topics/", "/en/gone/")
    faults = change(files, "sitemap.xml", "</urlset>", f"{gone}</urlset>")
    assert f"sitemap.xml: '{BASE}en/gone/' is no page of the site" in faults
    assert any("no XML" in fault for fault in change(files, "sitemap.xml", "</urlset>", ""))


def test_feeds_are_valid_and_lead_to_pages(files: dict[str, bytes]) -> None:
    path = "en/changes/feed.xml"
    text = files[path].decode()
    updated = re.findall(r"<updated>.*?</updated>", text)[-1]
    faults = change(files, path, updated, "<updated>yesterday</updated>")
    assert faults == [f"{path}: 'yesterday' is no time of RFC 3339"]
    files[path] = text.replace("<author>", "<who>").replace("</author>", "</who>").encode()
    assert f"{path}: no author" in faults_of(files)
    files[path] = text.replace(
        'type="text/html" href="https://example.org/plans/en/changes/', 'href="https://example.org/plans/en/away/'
    ).encode()
    assert any("en/away/" in fault and fault.endswith("leads nowhere") for fault in faults_of(files))


def test_assets_are_what_their_names_say_and_find_each_other(files: dict[str, bytes]) -> None:
    path = next(path for path in files if path.startswith("assets/site.") and path.endswith(".css"))
    files[path] += b"a { background: url(none.svg) }"
    assert faults_of(files) == [
        f"{path}: 'none.svg' leads nowhere",
        f"{path}: its name does not hold the checksum of its content",
    ]


def test_the_data_package_has_the_checksums_of_its_files(files: dict[str, bytes]) -> None:
    files["data/plans.json"] = files["data/plans.json"].replace(b"t", b"T", 1)
    assert faults_of(files) == ["data/datapackage.json: 'plans.json' has another checksum"]


def test_check_looks_at_the_pages_too_and_publishes_nothing(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    done = run("check", "--project", project)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\d+ pages, \d+ files: every link, anchor and address leads somewhere\nNo faults\.", done.stdout)
    assert not (project / "site").exists()


def test_a_broken_link_in_prose_is_told_where_it_is_written(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    read, guide = project / "content/en/about/read.md", project / "content/zh/about/data-guide.md"
    end = len(read.read_text(encoding="utf-8").split("\n"))
    with read.open("a", encoding="utf-8") as file:
        file.write("\nSee [how](site:about/metod/), [here](#goal) and\n[there](../../plans/nowhere/).\n\n# Goals\n")
    with guide.open("a", encoding="utf-8") as file:
        file.write("\n见[主题][1]。\n\n[1]: site:topics/straw/#nowhere\n")
    last = len(guide.read_text(encoding="utf-8").split("\n")) - 1
    done = run_here("check", "--project", project)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"content/en/about/read.md:{end + 1}:11: 'site:about/metod/', which leads nowhere; expected an address of this "
        "site; did you mean 'site:about/method/'?",
        f"content/en/about/read.md:{end + 1}:38: '#goal', which names an anchor that does not exist; expected an "
        "address of this site; did you mean '#goals'?",
        f"content/en/about/read.md:{end + 2}:9: '../../plans/nowhere/', which leads nowhere; expected an address of "
        "this site; did you mean 'site:plans/'?",
        f"content/zh/about/data-guide.md:{last}:6: 'site:topics/straw/#nowhere', which names an anchor that does not "
        "exist; expected an address of this site; did you mean 'site:topics/straw/'?",
        "4 faults.",
    ]
    assert run_here("check", "--data", "--project", project).returncode == 0
