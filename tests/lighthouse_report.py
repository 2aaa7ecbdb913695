"""Lighthouse on five kinds of page in both languages: `python tests/lighthouse_report.py [--site FOLDER]`.

Lighthouse comes from npm into a cache outside the project. The site is served compressed, as hosts do, at the address
it was built for; the answers go to tests/reports/lighthouse.json and, as a table, to tests/reports/lighthouse.md and
the screen. `--only zh` measures one language and keeps what is known of the other.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
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
    """Scores of 100 and the weak points of one page, as on a middling phone on a slow line.

    A busy machine blocks the page too. Lighthouse measures how quick the machine was before each run (a plain number,
    2000 and more on an idle desk): the run counts in which it was quickest. `all` has the performance of every run.
    """
    answers = sorted((_run(command, address) for _ in range(runs)), key=lambda run: _machine(run))
    answer = answers[-1]
    wanted = {ref["id"] for name in CATEGORIES for ref in answer["categories"][name]["auditRefs"] if ref["weight"]}
    audits = [audit for audit in answer["audits"].values() if audit["id"] in wanted]
    weak = sorted(audit["id"] for audit in audits if audit["score"] is not None and audit["score"] < 0.9)
    figures = {name: answer["audits"][name]["displayValue"].replace("\xa0", " ") for name in FIGURES}
    return {
        "scores": _scores(answer),
        "weak": weak,
        "figures": figures,
        "machine": _machine(answer),
        "all": [[_scores(run)["performance"], _machine(run)] for run in answers],
        "date": date.today().isoformat(),
        "lighthouse": answer["lighthouseVersion"],
    }


def _machine(answer: dict[str, Any]) -> int:
    return round(answer["environment"]["benchmarkIndex"])


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
    parser.add_argument("--runs", type=int, default=3, help="how often each page is measured")
    parser.add_argument("--only", choices=LOCALES, help="measure one language, keep the other")
    given = parser.parse_args()
    site = given.site
    with tempfile.TemporaryDirectory() as folder:
        if site is None:
            site = Path(folder) / "site"
            done = run("build", "--out", site, "--base-url", f"http://127.0.0.1:{PORT}/")
            if done.returncode:
                sys.exit(done.stderr)
        rows = measure(site, given.runs, [given.only] if given.only else LOCALES)
    if given.only and REPORT.exists():
        kept = json.loads(REPORT.read_text(encoding="utf-8"))["pages"]
        rows = sorted(
            rows + [row for row in kept if row["locale"] != given.only], key=lambda row: -ord(row["locale"][0])
        )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps({"pages": rows}, indent=1) + "\n", encoding="utf-8")
    table = "\n".join([*HEAD, *map(_line, rows)])
    REPORT.with_suffix(".md").write_text(
        f"# Lighthouse {rows[0]['lighthouse']}\n\n{ABOUT}\n\n{table}\n", encoding="utf-8"
    )
    return 1 if any(min(row["scores"].values()) < 98 for row in rows) else 0


LOCALES = ("zh", "en")
ABOUT = "`tests/lighthouse_report.py`; machine: Lighthouse’s own measure of how quick the machine was."
COLUMNS = [*CATEGORIES, *FIGURES, "machine", "all runs (performance / machine)", "date", "weak points"]
HEAD = ["| page | " + " | ".join(COLUMNS) + " |", "| --- " * (len(COLUMNS) + 1) + "|"]


def _line(row: dict[str, Any]) -> str:
    runs = ", ".join(f"{score} / {machine}" for score, machine in row["all"])
    cells = [
        *row["scores"].values(),
        *row["figures"].values(),
        row["machine"],
        runs,
        row["date"],
        ", ".join(row["weak"]),
    ]
    return f"| {row['locale']} {row['page']} | " + " | ".join(map(str, cells)) + " |"


def measure(site: Path, runs: int, locales: Sequence[str]) -> list[dict[str, Any]]:
    """One row for each page; printed as they come."""
    command, rows = lighthouse(), []
    print(*HEAD, sep="\n")
    with serving(site, PORT) as base:
        for locale in locales:
            for name in PAGES:
                rows.append({"page": name, "locale": locale, **ask(command, f"{base}{locale}/{ADDRESSES[name]}", runs)})
                print(_line(rows[-1]), flush=True)
    return rows


if __name__ == "__main__":
    sys.exit(main())
