"""Lighthouse on five kinds of page in both languages: `python tests/lighthouse_report.py [--site FOLDER]`.

Lighthouse comes from npm into a cache outside the project. The site is served compressed, as hosts do, at the address
it was built for; the answers go to tests/reports/lighthouse.json and, as a table, to the screen.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from conftest import BROWSER_FLAGS, PROJECT, run
from find_browser import find_browser
from page_kinds import ADDRESSES
from site_server import serving

PAGES = ("home", "district", "measure with commitments", "shared measure", "search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "plansite-lighthouse"
REPORT = PROJECT / "tests/reports/lighthouse.json"
PORT = 8943


def lighthouse() -> Path:
    """The command, installed on first use."""
    command = CACHE / "node_modules/.bin/lighthouse"
    if not command.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "lighthouse@13"], cwd=CACHE, check=True)
    return command


def ask(command: Path, address: str, runs: int) -> dict[str, Any]:
    """Scores of 100 and the weak points of one page, as on a middling phone on a slow line: the middle one of the runs.

    A busy machine blocks the page too, so one run by itself says little about performance.
    """
    answers = sorted((_run(command, address) for _ in range(runs)), key=lambda answer: _scores(answer)["performance"])
    answer = answers[len(answers) // 2]
    wanted = {ref["id"] for name in CATEGORIES for ref in answer["categories"][name]["auditRefs"] if ref["weight"]}
    audits = [audit for audit in answer["audits"].values() if audit["id"] in wanted]
    weak = sorted(audit["id"] for audit in audits if audit["score"] is not None and audit["score"] < 0.9)
    figures = {name: answer["audits"][name]["displayValue"].replace("\xa0", " ") for name in FIGURES}
    return {"scores": _scores(answer), "weak": weak, "figures": figures, "lighthouse": answer["lighthouseVersion"]}


def _scores(answer: dict[str, Any]) -> dict[str, int]:
    return {name: round((answer["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}


def _run(command: Path, address: str) -> dict[str, Any]:
    flags = " ".join(["--headless=new", *BROWSER_FLAGS])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        subprocess.run(
            [command, address, "--quiet", "--output=json", f"--output-path={output}", f"--chrome-flags={flags}"],
            env={**os.environ, "CHROME_PATH": find_browser()},
            check=True,
            timeout=240,
        )
        answer: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return answer


FIGURES = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help=f"a site built with --base-url http://127.0.0.1:{PORT}/")
    parser.add_argument("--runs", type=int, default=3, help="how often each page is measured; the middle run counts")
    given = parser.parse_args()
    site = given.site
    with tempfile.TemporaryDirectory() as folder:
        if site is None:
            site = Path(folder) / "site"
            done = run("build", "--out", site, "--base-url", f"http://127.0.0.1:{PORT}/")
            if done.returncode:
                sys.exit(done.stderr)
        rows = measure(site, given.runs)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps({"date": date.today().isoformat(), "pages": rows}, indent=1) + "\n", encoding="utf-8")
    low = [row for row in rows if min(row["scores"].values()) < 98]
    return 1 if low else 0


def measure(site: Path, runs: int) -> list[dict[str, Any]]:
    """One row for each page; printed as they come."""
    command, rows = lighthouse(), []
    print("| page | " + " | ".join([*CATEGORIES, *FIGURES, "weak points"]) + " |")
    print("| --- " * (len(CATEGORIES) + len(FIGURES) + 2) + "|")
    with serving(site, PORT) as base:
        for locale in ("zh", "en"):
            for name in PAGES:
                row = ask(command, f"{base}{locale}/{ADDRESSES[name]}", runs)
                cells = [*row["scores"].values(), *row["figures"].values(), ", ".join(row["weak"])]
                print(f"| {locale} {name} | " + " | ".join(map(str, cells)) + " |", flush=True)
                rows.append({"page": name, "locale": locale, **row})
    return rows


if __name__ == "__main__":
    sys.exit(main())
