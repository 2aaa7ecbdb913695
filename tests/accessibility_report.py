"""The whole matrix of axe-core and the statement made from it: `python tests/accessibility_report.py [--site FOLDER]`.

Every kind of page in both languages, light and dark, at three widths; then the tests that the statement rests on, and
the tasks by keyboard. It takes long: with `--seconds N` it stops after the page or file of tests at hand (exit status
3), and the next call goes on where it was, until all is done; `--afresh` forgets what was begun. When all is done it
writes tests/reports/axe.md, tests/accessibility/results.json and the articles about accessibility; `--statement` only
writes the articles again. Exit status 1 if anything was found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml
from audit import LOOKS, arm, axe, faults, sideways, small_targets, wear
from conftest import BROWSER_FLAGS, PROJECT, SOURCES, run
from find_browser import find_browser
from keyboard_tasks import PERMISSIONS, TASKS, play
from page_kinds import KINDS, OFFICIAL, OUTSIDE, REVISED, build_revised
from playwright.sync_api import Browser, Page, sync_playwright
from site_server import serving
from statement import FOLDER, RESULTS, articles

LANGUAGES = ("zh", "en")
MATRIX = "test_a_kind_of_page_has_no_fault"
"""What the matrix does for all looks, the test does for some: it need not be run again."""
FILES = ("test_accessibility.py", "test_reading.py", "test_site.py", "test_foreign.py", "test_keyboard_tasks.py")
BEGUN = Path(tempfile.gettempdir()) / "plansite-accessibility.json"
TABLE = PROJECT / "tests/reports/axe.md"
UNFINISHED = 3

Kept = dict[str, Any]
"""pages: name → what was found; outcomes: file → test → passed or failed; keys: language → task → keys of each step."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built site with its search; without it one is built")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="go no further after so many seconds")
    parser.add_argument("--afresh", action="store_true", help="forget what was begun")
    parser.add_argument("--statement", action="store_true", help="only write the articles again")
    given = parser.parse_args()
    if given.afresh:
        BEGUN.unlink(missing_ok=True)
    if not given.statement:
        kept: Kept = json.loads(BEGUN.read_text(encoding="utf-8")) if BEGUN.exists() else {}
        end = time.monotonic() + given.seconds
        if not (_pages(kept, given.site, end) and _tests(kept, end)):
            return UNFINISHED
        _write(kept)
    for path, text in articles().items():
        path.write_text(text, encoding="utf-8")
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    return 1 if results["violations"] or "failed" in results["tests"].values() else 0


def _keep(kept: Kept) -> None:
    BEGUN.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


# --- the matrix ------------------------------------------------------------------------------------------------------


def _pages(kept: Kept, site: Path | None, end: float) -> bool:
    """Look at the pages that are left; say whether all are done."""
    done = kept.setdefault("pages", {})
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        site = site or _build(folder / "site")
        (folder / "project").mkdir()
        build_revised(folder / "project", folder / "revised", "http://localhost:8000/")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        kept["browser"] = f"Chromium {browser.version.partition('.')[0]}"
        with serving(site) as real, serving(folder / "revised") as small:
            page = browser.new_context().new_page()
            for title, address in _addresses(site, real, small):
                if title in done:
                    continue
                if time.monotonic() > end:
                    return False
                done[title] = _look(page, title, address)
                _keep(kept)
            if "keys" not in kept:
                kept["keys"] = {locale: _keys(browser, real, locale) for locale in LANGUAGES}
                _keep(kept)
    return True


def _build(out: Path) -> Path:
    sources = ("--sources", SOURCES) if SOURCES.is_dir() else ()
    done = run("build", "--out", out, *sources, timeout=600)
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


def _look(page: Page, name: str, address: str) -> dict[str, Any]:
    """A page in all looks: the number of faults in each, the faults, the rules, the version of axe-core."""
    page.goto(address, wait_until="load")
    arm(page)
    found: dict[str, Any] = {"cells": [], "faults": [], "rules": {}}
    for look in LOOKS:
        wear(page, look)
        answer = axe(page)
        found["axe"] = answer["testEngine"]["version"]
        _count(found["rules"], answer)
        complaints = [*faults(answer), *_more(page)]
        found["cells"].append(len(complaints))
        found["faults"] += [f"{name}, {look}: {complaint}" for complaint in complaints]
    print(name, *found["cells"], *found["faults"], sep="\t", flush=True)
    return found


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


def _keys(browser: Browser, base: str, locale: str) -> dict[str, list[int]]:
    """Task → how many keys each of its steps took."""
    context = browser.new_context(permissions=PERMISSIONS, reduced_motion="reduce")
    keys = {task["id"]: play(context.new_page(), base, locale, task) for task in TASKS}
    context.close()
    return keys


# --- the tests -------------------------------------------------------------------------------------------------------


def _tests(kept: Kept, end: float) -> bool:
    """Run the files of tests that are left; say whether all are done."""
    done = kept.setdefault("outcomes", {})
    for name in FILES:
        if name not in done:
            if time.monotonic() > end:
                return False
            done[name] = _outcomes(name)
            _keep(kept)
    return True


def _outcomes(file: str) -> dict[str, str]:
    """passed or failed for each test the criteria name; a test that was skipped in all its forms is left out."""
    wanted = yaml.safe_load((FOLDER / "criteria.yaml").read_text(encoding="utf-8"))["tests"]
    with tempfile.TemporaryDirectory() as folder:
        xml = Path(folder) / "outcomes.xml"
        chosen = " or ".join(name for name in wanted if name != MATRIX)
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={xml}", "-k", chosen]
        subprocess.run([*command, str(PROJECT / "tests" / file)], cwd=PROJECT, check=False)
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
    return outcomes


# --- what is kept ----------------------------------------------------------------------------------------------------


def _write(kept: Kept) -> None:
    pages: dict[str, dict[str, Any]] = kept["pages"]
    violations = sum(sum(found["cells"]) for found in pages.values())
    tests = {name: outcome for outcomes in kept["outcomes"].values() for name, outcome in outcomes.items()}
    rules: dict[str, dict[str, Any]] = {}
    for found in pages.values():
        for name, rule in found["rules"].items():
            entry = rules.setdefault(name, {**rule, "passes": 0, "violations": 0, "incomplete": 0})
            for key in ("passes", "violations", "incomplete"):
                entry[key] += rule[key]
    results = {
        "date": date.today().isoformat(),
        "axe": next(iter(pages.values()))["axe"],
        "browser": kept["browser"],
        "pages": len(pages),
        "looks": len(LOOKS),
        "runs": len(pages) * len(LOOKS),
        "violations": violations,
        "rules": dict(sorted(rules.items())),
        "tests": dict(sorted({**tests, MATRIX: "failed" if violations else "passed"}.items())),
        "keys": kept["keys"],
    }
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(_table(results, pages), encoding="utf-8")


def _table(results: dict[str, Any], pages: dict[str, dict[str, Any]]) -> str:
    """The matrix as Markdown: a row for each page, a column for each look."""
    heads = [f"# axe-core {results['axe']}, {results['browser']}, {results['date']}", ""]
    heads += [
        "Faults of each page in each look: violations of axe-core, controls below 24 × 24 px, scrolling sideways.",
        "1280 px is a desk, 375 a phone, 320 a window of 640 enlarged to 200 % or of 1280 to 400 %.",
        f"{len(pages)} pages, {results['runs']} runs, {results['violations']} faults. `tests/accessibility_report.py`",
        "",
        "| page | " + " | ".join(map(str, LOOKS)) + " |",
        "| --- |" + " ---: |" * len(LOOKS),
    ]
    rows = [f"| {name} | " + " | ".join(map(str, found["cells"])) + " |" for name, found in pages.items()]
    return "\n".join([*heads, *rows, *(f"- {fault}" for found in pages.values() for fault in found["faults"])]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
