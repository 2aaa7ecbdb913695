"""The whole matrix of axe-core and the statement made from it: `python tests/accessibility_report.py [--site FOLDER]`.

Every kind of page in both languages, light and dark, at three widths; then the tests the statement rests on. Prints the
table, writes tests/accessibility/results.json and the articles about accessibility. `--only tests` runs nothing but the
tests, `--only statement` only writes the articles again. Exit status 1 if anything was found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml
from audit import LOOKS, arm, axe, faults, sideways, small_targets, wear
from conftest import BROWSER_FLAGS, PROJECT, SOURCES, run
from find_browser import find_browser
from page_kinds import KINDS, OFFICIAL, OUTSIDE, REVISED, build_revised
from playwright.sync_api import Browser, Page, sync_playwright
from site_server import serving
from statement import FOLDER, RESULTS, articles

LANGUAGES = ("zh", "en")
MATRIX = "test_a_kind_of_page_has_no_fault"
"""What the matrix does for all looks, the test does for some: it need not be run again."""
FILES = ["test_accessibility.py", "test_reading.py", "test_site.py", "test_foreign.py"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site; without it one is built")
    parser.add_argument("--only", choices=["tests", "statement"], help="keep the other results")
    given = parser.parse_args()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if given.only else _measure(given.site)
    if given.only != "statement":
        results["tests"] = {**_outcomes(), MATRIX: "failed" if results["violations"] else "passed"}
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for path, text in articles().items():
        path.write_text(text, encoding="utf-8")
    return 1 if results["violations"] or "failed" in results["tests"].values() else 0


def _measure(site: Path | None) -> dict[str, Any]:
    """Counts by rule over all runs, and what they were run with."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        site = site or _build(folder / "site")
        (folder / "project").mkdir()
        build_revised(folder / "project", folder / "revised", "http://localhost:8000/")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        with serving(site) as real, serving(folder / "revised") as small:
            return _matrix(browser, list(_addresses(site, real, small)))


def _build(out: Path) -> Path:
    sources = ("--sources", SOURCES) if SOURCES.is_dir() else ()
    done = run("build", "--out", out, "--no-search", *sources)
    if done.returncode:
        sys.exit(done.stderr)
    return out


def _addresses(site: Path, real: str, small: str) -> Iterator[tuple[str, str]]:
    """Name and address of each page; the pages of the documents only if they are there."""
    for locale in LANGUAGES:
        for name, kind in {**KINDS, **OFFICIAL}.items():
            if (site / locale / kind.address / "index.html").is_file():
                yield f"{locale} {name}", f"{real}{locale}/{kind.address}"
        for name, kind in REVISED.items():
            yield f"{locale} {name}", f"{small}{locale}/{kind.address}"
    for name, kind in OUTSIDE.items():
        yield name, real + kind.address


def _matrix(browser: Browser, addresses: list[tuple[str, str]]) -> dict[str, Any]:
    page = browser.new_context().new_page()
    rules: dict[str, dict[str, Any]] = {}
    versions: Counter[str] = Counter()
    print("| page | " + " | ".join(map(str, LOOKS)) + " |")
    print("| --- |" + " ---: |" * len(LOOKS))
    found: list[str] = []
    for name, address in addresses:
        page.goto(address, wait_until="load")
        arm(page)
        cells = []
        for look in LOOKS:
            wear(page, look)
            answer = axe(page)
            versions[answer["testEngine"]["version"]] += 1
            _count(rules, answer)
            complaints = [*faults(answer), *_more(page)]
            cells.append(len(complaints))
            found += [f"{name}, {look}: {complaint}" for complaint in complaints]
        print(f"| {name} | " + " | ".join(map(str, cells)) + " |", flush=True)
    print(f"{len(addresses)} pages, {len(addresses) * len(LOOKS)} runs, {len(found)} faults", *found, sep="\n")
    return {
        "date": date.today().isoformat(),
        "axe": next(iter(versions)),
        "browser": f"Chromium {browser.version.partition('.')[0]}",
        "pages": len(addresses),
        "looks": len(LOOKS),
        "runs": sum(versions.values()),
        "violations": len(found),
        "rules": dict(sorted(rules.items())),
    }


def _more(page: Page) -> Iterator[str]:
    if (excess := sideways(page)) > 0:
        yield f"{excess} px too wide"
    yield from (f"too small: {target}" for target in small_targets(page))


def _count(rules: dict[str, dict[str, Any]], answer: dict[str, Any]) -> None:
    """In how many runs a rule passed, was violated, could not decide."""
    for key in ("passes", "violations", "incomplete"):
        for rule in answer[key]:
            tags = [tag for tag in rule["tags"] if tag.startswith("wcag")] or rule["tags"]
            entry = rules.setdefault(rule["id"], {"tags": tags, "passes": 0, "violations": 0, "incomplete": 0})
            entry[key] += 1


def _outcomes() -> dict[str, str]:
    """passed or failed for each test the criteria name; a test that was skipped in all its forms is left out."""
    wanted = yaml.safe_load((FOLDER / "criteria.yaml").read_text(encoding="utf-8"))["tests"]
    with tempfile.TemporaryDirectory() as folder:
        xml = Path(folder) / "outcomes.xml"
        files = [str(PROJECT / "tests" / name) for name in FILES]
        chosen = " or ".join(name for name in wanted if name != MATRIX)
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={xml}", "-k", chosen, *files]
        subprocess.run(command, cwd=PROJECT, check=False)
        cases = list(ElementTree.parse(xml).iter("testcase"))
    outcomes: dict[str, str] = {}
    for case in cases:
        name = case.get("name", "").partition("[")[0]
        if (error := case.find("error")) is not None:
            sys.exit(f"the tests could not run: {error.get('message')}")
        if case.find("failure") is not None:
            outcomes[name] = "failed"
        elif case.find("skipped") is None and name in wanted:
            outcomes.setdefault(name, "passed")
    return dict(sorted(outcomes.items()))


if __name__ == "__main__":
    sys.exit(main())
