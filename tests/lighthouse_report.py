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


def ask(command: Path, address: str) -> dict[str, object]:
    """Scores of 100 and the weak points of one page, measured as on a middling phone on a slow line."""
    flags = " ".join(["--headless=new", *BROWSER_FLAGS])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        subprocess.run(
            [command, address, "--quiet", "--output=json", f"--output-path={output}", f"--chrome-flags={flags}"],
            env={**os.environ, "CHROME_PATH": find_browser()},
            check=True,
            timeout=240,
        )
        answer = json.loads(output.read_text(encoding="utf-8"))
    scores = {name: round((answer["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    wanted = {ref["id"] for name in CATEGORIES for ref in answer["categories"][name]["auditRefs"] if ref["weight"]}
    audits = [audit for audit in answer["audits"].values() if audit["id"] in wanted]
    weak = sorted(audit["id"] for audit in audits if audit["score"] is not None and audit["score"] < 0.9)
    figures = {name: answer["audits"][name]["displayValue"].replace("\xa0", " ") for name in FIGURES}
    version = answer["lighthouseVersion"]
    return {"scores": scores, "weak": weak, "figures": figures, "lighthouse": version}


FIGURES = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time", "total-byte-weight")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help=f"a site built with --base-url http://127.0.0.1:{PORT}/")
    site = parser.parse_args().site
    with tempfile.TemporaryDirectory() as folder:
        if site is None:
            site = Path(folder) / "site"
            done = run("build", "--out", site, "--base-url", f"http://127.0.0.1:{PORT}/")
            if done.returncode:
                sys.exit(done.stderr)
        rows = measure(site)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps({"date": date.today().isoformat(), "pages": rows}, indent=1) + "\n", encoding="utf-8")
    low = [row for row in rows if min(row["scores"].values()) < 98]
    return 1 if low else 0


def measure(site: Path) -> list[dict[str, object]]:
    """One row for each page; printed as they come."""
    command, rows = lighthouse(), []
    print("| page | " + " | ".join([*CATEGORIES, *FIGURES, "weak points"]) + " |")
    print("| --- " * (len(CATEGORIES) + len(FIGURES) + 2) + "|")
    with serving(site, PORT) as base:
        for locale in ("zh", "en"):
            for name in PAGES:
                row = ask(command, f"{base}{locale}/{ADDRESSES[name]}")
                cells = [*row["scores"].values(), *row["figures"].values(), ", ".join(row["weak"])]
                print(f"| {locale} {name} | " + " | ".join(map(str, cells)) + " |", flush=True)
                rows.append({"page": name, "locale": locale, **row})
    return rows


if __name__ == "__main__":
    sys.exit(main())
