"""The search index: every searchable page, through Pagefind, as files below `pagefind/`."""

from __future__ import annotations

import gc
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

from plansite.model import Locale, Site
from plansite.search import postings
from plansite.search.service import Record, SearchError, index_records
from plansite.search.terms import for_pages, query_words, simplified, sounds
from plansite.search.text import Entry, Words, cut, read_page
from plansite.search.units import INDEX, Draft, Indexed, Source, Store, Unit, drafts, key_of_all

FOLDER = "pagefind/"
TABLE = "pages.json"
LOCATOR = re.compile(r"\d+\.\d+\.\d+$")

BATCH = 512
"""Pages that one run of Pagefind indexes; two runs work side by side."""
NO_LANGUAGE = "und"
"""What Pagefind is told about Chinese, whose words are cut already: it then leaves them alone."""
HUNDRED, EIGHT = 100, 8
ID = 6  # hexadecimal digits in the name of a file; there are as many more as keep two apart


def build_index(
    pages: Iterable[Source], *, timeout: float, cache: Path | None = None, site: Site | None = None
) -> dict[str, bytes]:
    """The files of the index, path on the site → content.

    Only pages with `data-pagefind-body` are indexed. Of Pagefind's files the words and the pages are published; its
    scripts are not, for `static/js/postings.js` reads the words. Beside them, each language has `pages.json`, which
    holds what the script must know about every page before it has loaded one (title, filters, length) and which file
    has which words, and, for a `site`, `terms.json`, the words that stand for each other in queries. `cache` is a
    folder where parts of the index are kept for the next build; what comes out does not depend on it. `timeout` is in
    seconds. Raises SearchError.
    """
    store = Store(cache)
    units = drafts(pages, store)
    if not units:
        return {}
    words = query_words(site) if site else None
    key = key_of_all(units, _json(words))
    if files := store.files(key):
        return files
    try:
        with _no_collection():
            files, signs = _build(units, store, timeout)
    except postings.FormatError as error:
        raise SearchError(
            f"search index: this version of Pagefind writes its index in another form ({error}); "
            "install the one that pyproject.toml names"
        ) from error
    if words:
        files |= _terms({draft.language for draft in units}, words, files, signs)
        files |= _once(store, "sounds", lambda: {"sounds.json": _json(sounds())})
    files = {FOLDER + name: files[name] for name in sorted(files)}
    store.keep_files(key, files)
    return files


@contextmanager
def _no_collection() -> Iterator[None]:
    """Memory is not searched for what nobody uses: there are a great many tuples, and no circles among them."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _terms(
    languages: set[str], words: dict[str, Any], files: dict[str, bytes], signs: Iterable[str]
) -> dict[str, bytes]:
    """`terms.json` of each language; `signs` are the characters of the texts."""
    pairs = simplified(signs)
    made = {}
    for language in languages:
        table = json.loads(files[f"{folder(language)}{TABLE}"])
        titles = dict(zip(table["paths"], table["titles"], strict=True))
        own: Locale = "zh" if language.startswith("zh") else "en"
        made[f"{folder(language)}terms.json"] = _json(for_pages(words, own, titles) | {"simplified": pairs})
    return made


def _once(store: Store, name: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
    """Files that are the same for every site."""
    key = key_of_all((), name.encode())
    files = store.files(key)
    if files is None:
        files = make()
        store.keep_files(key, files)
    return files


def _build(drafts: Sequence[Draft], store: Store, timeout: float) -> tuple[dict[str, bytes], set[str]]:
    """The files of each language in a folder of its own, and the words of the Chinese pages, each a character."""
    with ThreadPoolExecutor(max_workers=2) as threads:
        known = [store.unit(draft) for draft in drafts]
        missing = [draft for draft, unit in zip(drafts, known, strict=True) if unit is None]
        languages = sorted({draft.language for draft in drafts})
        batches = threads.map(lambda batch: _index(batch, timeout), _batches(missing))
        made = [unit for units in batches for unit in units]
        for draft, unit in zip(missing, made, strict=True):
            store.keep(draft, unit)
        new = iter(made)
        units = [(draft.language, unit or next(new)) for draft, unit in zip(drafts, known, strict=True)]
        written = threads.map(
            lambda language: _write(language, [unit for own, unit in units if own == language]), languages
        )
        chinese: set[str] = set().union(*(unit.postings for own, unit in units if own.startswith("zh")))
        return {name: data for some in written for name, data in some.items()}, chinese


def _code(language: str) -> str:
    return NO_LANGUAGE if language.startswith("zh") else language


def folder(language: str) -> str:
    """Where the index of a language lies, such as `zh/`."""
    return f"{language.partition('-')[0].lower()}/"


# --- indexing --------------------------------------------------------------------------------------------------------


def _batches(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Units of one language with about as many pages as one run takes."""
    batch: list[Draft] = []
    size = 0
    for draft in drafts:
        if batch and (size + len(draft.pages) > BATCH or draft.language != batch[0].language):
            yield batch
            batch, size = [], 0
        batch.append(draft)
        size += len(draft.pages)
    if batch:
        yield batch


def _index(batch: Sequence[Draft], timeout: float) -> list[Unit]:
    read: list[tuple[str, Entry, Words]] = []
    files = index_records(_records(batch, read), timeout=timeout)
    (meta,) = (data for name, data in files.items() if name.endswith(".pf_meta"))
    fragments = [files[f"fragment/{name}.pf_fragment"] for name, _ in postings.read_pages(meta)]
    if len(fragments) != len(read):
        raise SearchError(f"search index: Pagefind indexed {len(fragments)} of {len(read)} pages")
    pages = [
        Indexed(
            path,
            entry.title,
            [*map(list, dict.fromkeys(entry.filters))],
            _locator(entry),
            words.count,
            words.leading,
            words.own if ("kind", "measure") in entry.filters else 0,
            fragment,
        )
        for (path, entry, words), fragment in zip(read, fragments, strict=True)
    ]
    ends = list(accumulate(len(draft.pages) for draft in batch))
    chunks = (data for name, data in sorted(files.items()) if name.startswith("index/"))
    return [
        Unit(pages[end - len(draft.pages) : end], own)
        for draft, end, own in zip(batch, ends, postings.take_apart(chunks, ends), strict=True)
    ]


def _records(batch: Sequence[Draft], read: list[tuple[str, Entry, Words]]) -> Iterator[Record]:
    """What Pagefind is given of each page. What a result shows is put among the filters, which are not searched."""
    for draft in batch:
        for page in draft.pages:
            path = page.path.removesuffix(INDEX)
            entry = read_page(page.essence())
            words = cut(entry)
            read.append((path, entry, words))
            yield {
                "url": f"/{path}",
                "content": words.text,
                "language": _code(draft.language),
                "filters": {
                    "anchors": [f"{id} {word}" for id, word in words.anchors],
                    "bodies": entry.bodies,
                    "quotes": [_steps(words.quotes)],
                    "place": [entry.place],
                    "summary": [entry.summary],
                },
            }


def _steps(passages: Iterable[tuple[int, int]]) -> str:
    """Passages as text: the words between each and the one before, then its own, and so on."""
    steps, last = [], 0
    for first, end in passages:
        steps += [first - last, end - first]
        last = end
    return " ".join(map(str, steps))


def _locator(entry: Entry) -> str:
    """The place in its plan of a measure, such as 4.3.1."""
    match = LOCATOR.search(entry.place) if ("kind", "measure") in entry.filters else None
    return match[0] if match else ""


# --- writing ---------------------------------------------------------------------------------------------------------


def _write(language: str, units: Sequence[Unit]) -> dict[str, bytes]:
    """The files of one language."""
    pages = [page for unit in units for page in unit.pages]
    files: dict[str, bytes] = {}
    names = []
    for page in pages:
        digest, length = hashlib.sha256(page.fragment).hexdigest(), ID
        while (path := f"fragment/{digest[:length]}.pf_fragment") in files:
            length += 1
        files[path] = page.fragment
        names.append(digest[:length])
    chunks = []
    for first, last, data in postings.put_together([(len(unit.pages), unit.postings) for unit in units]):
        name = _name(data)
        files[f"index/{name}.pf_index"] = data
        chunks.append((first, last, name))
    files[TABLE] = _json(_table(names, pages) | {"chunks": chunks})
    return {folder(language) + path: data for path, data in files.items()}


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[: ID + 2]


def _table(names: Sequence[str], pages: Sequence[Indexed]) -> dict[str, Any]:
    """Columns with an entry for each page; `filters` hold name → value → pages, each counted from the one before.

    The number of a page in the words is its row here. Numbers of words are rough, which takes less room: `words` are
    hundreds, `leading` and `own` eights.
    """
    filters: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    last: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, page in enumerate(pages):
        for name, value in page.filters:
            filters[name][value].append(number - last[name, value])
            last[name, value] = number
    return {
        "ids": list(names),
        "paths": [page.path.partition("/")[2] for page in pages],
        "titles": [page.title for page in pages],
        "locators": [page.locator for page in pages],
        "words": [round(page.words / HUNDRED) for page in pages],
        "leading": [-(-page.leading // EIGHT) for page in pages],
        "own": [-(-page.own // EIGHT) for page in pages],
        "filters": filters,
    }


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
