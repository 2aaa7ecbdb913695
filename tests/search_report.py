"""How good the search is, over the judged queries of `search_quality.yaml`: a table, made in a real browser.

`python tests/search_report.py` builds the site, types every query into its search page and prints, for each kind of
query and language: how many of the right pages are found, how many of the first ten are right, how often the first one
is what the query is about; and what a first search loads with nothing in the browser’s cache. `--site DIR` measures a
site that is built already, `--misses` lists the queries that are not answered well.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean, median
from threading import Thread
from urllib.parse import urlencode

from check_search_quality import GROUPS, PROJECT, Query, read_queries
from conftest import BROWSER_FLAGS
from find_browser import find_browser
from playwright.sync_api import Browser, Page, Response, sync_playwright

from plansite.build import build
from plansite.load import load_site

TOP = 10
JUDGED = re.compile(r"plans/[^/]+/measures/[^/]+/|shared/(?!silence|particular)[^/]+/")
"""Pages that are judged for every query; of the others those that are named."""

ASK = """async (query) => {
  const box = document.querySelector('form[role="search"] input');
  const list = document.querySelector('[data-search-results]');
  const found = new Promise((resolve) => {
    list.addEventListener('searched', ({ detail }) => resolve(detail), { once: true });
  });
  box.value = query;
  box.form.requestSubmit();
  return (await found).map(({ path, tier }) => [path, tier === 0]);
}"""
"""Types a query; answers the address of every result and whether it holds the query as typed."""


@dataclass(frozen=True)
class Answer:
    """What was found for a query, the best first; `literal` are the results that hold it as typed."""

    query: Query
    found: tuple[str, ...]
    literal: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Quality:
    """Means over queries, 0 to 1. Pages that are neither right nor wrong are passed over.

    recall: found of the right pages. precision: right among the first ten, or as many as there are right ones; a page
    that holds the very words of a query which is judged by its words is not wrong, even if they stand in a label only.
    first: the first is what the query is about. reciprocal: one divided by the rank of the first such page. gain:
    nDCG@10, what the query is about counting twice.
    """

    count: int
    recall: float
    precision: float
    first: float
    reciprocal: float
    gain: float


def ask(page: Page, queries: Iterable[Query]) -> list[Answer]:
    """Type the queries into the search page that is open, which must be of their language."""
    answers = []
    for query in queries:
        found = page.evaluate(ASK, query.query)
        literal = frozenset(path for path, typed in found if typed)
        answers.append(Answer(query, tuple(path for path, _ in found), literal))
    return answers


def quality(answers: Sequence[Answer]) -> Quality:
    """The mean over answers. For a query that nothing answers, every figure is 1 if nothing is found, else 0."""
    rows = [_figures(answer) for answer in answers]
    return Quality(len(rows), *(mean(column) for column in zip(*rows, strict=True)))


def _figures(answer: Answer) -> tuple[float, float, float, float, float]:
    query = answer.query
    right = {*query.best, *query.relevant}
    if not right:
        nothing = float(not answer.found)
        return nothing, nothing, nothing, nothing, nothing
    goal = set(query.best) or right
    judged = [path for path in answer.found if path in right or JUDGED.fullmatch(path)]
    top = judged[:TOP]
    sure = [path for path in judged if path in right or not (query.literal and path in answer.literal)]
    sure = sure[: min(TOP, len(right))]
    ranks = [rank for rank, path in enumerate(judged, 1) if path in goal]
    gains = [2 if path in query.best else 1 if path in right else 0 for path in top]
    ideal = sorted((2 if path in query.best else 1 for path in right), reverse=True)[:TOP]
    return (
        len(right.intersection(answer.found)) / len(right),
        sum(path in right for path in sure) / len(sure) if sure else 0.0,
        float(bool(judged) and judged[0] in goal),
        1 / ranks[0] if ranks else 0.0,
        _discounted(gains) / _discounted(ideal),
    )


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def groups(answers: Iterable[Answer]) -> dict[tuple[str, str], list[Answer]]:
    """The answers by kind of query and language, in the order of the kinds."""
    found: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        found[answer.query.group, answer.query.page].append(answer)
    return {key: found[key] for group in GROUPS for key in ((group, "zh"), (group, "en")) if key in found}


def table(answers: Sequence[Answer]) -> str:
    """The table that is printed."""
    lines = [f"{'queries':<22}{'page':>5}{'n':>5}{'recall':>9}{'P@10':>8}{'S@1':>8}{'MRR':>8}{'nDCG@10':>9}"]
    for (group, page), some in groups(answers).items():
        lines.append(_line(group, page, quality(some)))
    for page in ("zh", "en"):
        lines.append(_line("all", page, quality([answer for answer in answers if answer.query.page == page])))
    lines.append(_line("all", "", quality(answers)))
    return "\n".join(lines)


def _line(group: str, page: str, q: Quality) -> str:
    figures = f"{q.recall:>9.3f}{q.precision:>8.3f}{q.first:>8.3f}{q.reciprocal:>8.3f}{q.gain:>9.3f}"
    return f"{group:<22}{page:>5}{q.count:>5}{figures}"


def misses(answers: Iterable[Answer]) -> Iterator[str]:
    """Queries whose first result is not what they are about, or of whose right pages some are not found."""
    for answer in answers:
        recall, precision, first, _, gain = _figures(answer)
        if first < 1 or recall < 1 or gain < 0.8:
            goal = answer.query.best or answer.query.relevant or ("nothing",)
            asked = f"{answer.query.page} {answer.query.group}: {answer.query.query}"
            yield f"{asked}  recall {recall:.2f}, P@10 {precision:.2f}, nDCG {gain:.2f}"
            yield f"    wanted {', '.join(goal[:4])}"
            yield f"    found  {', '.join(answer.found[:6]) or 'nothing'}"


# --- weight ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Weight:
    """What a first search loads beside the page: requests and bytes, gzipped where a host would. `shift` is the sum of
    layout shifts (CLS) while it loads."""

    query: str
    requests: int
    size: int
    page: int
    shift: float


SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((entries) => entries.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""


SCRIPTS = re.compile(r"/assets/(?:lookup|near|postings|query|ranking|results|search|stem)\.")


def weigh(browser: Browser, url: str, locale: str, query: str) -> Weight:
    """The first search of a reader who comes with an empty cache; `url` is the address of the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(f"{url}{locale}/search/?{urlencode({'q': query})}", wait_until="networkidle")
    page.wait_for_selector("[data-search-results][aria-busy=false] .result")
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(SHIFT)
    own, search = 0, 0
    requests = 0
    for response in loaded:
        size = _transferred(response)
        if "/pagefind/" in response.url or SCRIPTS.search(response.url):
            search += size
            requests += 1
        else:
            own += size
    context.close()
    return Weight(query, requests, search, own, shift)


def _transferred(response: Response) -> int:
    return _packed(response.url, response.body())


def _packed(url: str, body: bytes) -> int:
    """What a host sends; the files of words and pages are gzipped already."""
    return len(body) if ".pf_" in url else len(gzip.compress(body, 6))


LOADED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"
"""Addresses of the files that a page asked for, those too that the browser still had."""


class Scales:
    """Weighs many first searches in one page: by the files that each asks for, as if none were there yet."""

    def __init__(self, page: Page, url: str, site: Path) -> None:
        self._page, self._url, self._site = page, url, site
        self._sizes: dict[str, int] = {}

    def weigh(self, locale: str, query: str) -> int:
        """The bytes of a first search, as in `Weight.size`."""
        self._page.goto(f"{self._url}{locale}/search/?{urlencode({'q': query})}")
        self._page.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")
        if not self._page.locator(".result").count():
            self._page.wait_for_load_state("networkidle")  # near words are looked up
        names = self._page.evaluate(LOADED)
        return sum(self._size(name) for name in names if "/pagefind/" in name or SCRIPTS.search(name))

    def _size(self, name: str) -> int:
        if name not in self._sizes:
            self._sizes[name] = _packed(name, (self._site / name.removeprefix(self._url)).read_bytes())
        return self._sizes[name]


# --- running ---------------------------------------------------------------------------------------------------------


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = type("Handler", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def measure(browser: Browser, url: str, queries: Sequence[Query]) -> list[Answer]:
    """The answers of the site at an address to all queries, in their order."""
    answers = {}
    for locale in ("zh", "en"):
        page = browser.new_page()
        page.goto(f"{url}{locale}/search/")
        for answer in ask(page, (query for query in queries if query.page == locale)):
            answers[answer.query] = answer
        page.close()
    return [answers[query] for query in queries]


LIMIT = 250
"""Kilobytes that a first search may load."""

WEIGHED = (
    ("zh", "秸秆禁烧"),
    ("zh", "农村生活污水"),
    ("zh", "PM2.5"),
    ("zh", "2025年"),
    ("zh", "三线一单"),
    ("zh", "straw burning"),
    ("zh", "秸秆禁烧怎么处罚"),
    ("zh", "市监局"),
    ("zh", "净月 4.3.1"),
    ("zh", "朝阳区农村污水谁负责"),
    ("zh", "大气污染防治法"),
    ("en", "straw burning"),
    ("en", "伊通河"),
    ("en", "Environmental Protection Law"),
    ("en", "who is responsible for rural sewage"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description="how good the search is")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--misses", action="store_true", help="list the queries that are not answered well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = options.site or Path(folder, "site")
        if not options.site:
            build(PROJECT, site)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        with served(site) as url:
            queries = read_queries(load_site(PROJECT))
            answers = measure(browser, url, queries)
            scales = Scales(browser.new_page(), url, site)
            sizes = {query: scales.weigh(query.page, query.query) / 1000 for query in queries}
            weights = [(locale, weigh(browser, url, locale, query)) for locale, query in WEIGHED]
        browser.close()
    print(table(answers))
    print(f"\n{'first search':<40}{'requests':>9}{'kB':>7}{'page kB':>9}{'shift':>7}")
    for locale, weight in weights:
        label = f"{locale} {weight.query}"
        print(
            f"{label:<40}{weight.requests:>9}{weight.size / 1000:>7.1f}{weight.page / 1000:>9.1f}{weight.shift:>7.3f}"
        )
    heaviest = sorted(sizes, key=lambda query: -sizes[query])
    print(f"all {len(sizes)} queries: median {median(sizes.values()):.0f} kB, over {LIMIT} kB:", end=" ")
    print(sum(size > LIMIT for size in sizes.values()), "\nthe heaviest:", end=" ")
    print(", ".join(f"{query.page} {query.query} {sizes[query]:.1f}" for query in heaviest[:5]))
    if options.misses:
        print("\n" + "\n".join(misses(answers)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
