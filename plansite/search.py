"""The search index: every searchable page, through Pagefind, as files below `pagefind/`."""

from __future__ import annotations

import asyncio
import gzip
import json
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pagefind.service import PagefindService

from plansite.search_text import Entry, read_page, write_copy

FOLDER = "pagefind/"
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Pagefind's own user interface, which the site does not load."""

GZIP = b"\x1f\x8b"
HEADER = b"pagefind_dcd"  # stands before the content of every compressed file of Pagefind
PAUSE = 0.1  # seconds between two looks at the files


class SearchError(Exception):
    """The search index could not be made."""


def build_index(pages: Iterable[tuple[str, str]], *, timeout: float) -> dict[str, bytes]:
    """The files of the index (path on the site → content) for pages given as (path of the HTML file, HTML).

    Only pages with `data-pagefind-body` are indexed. Beside Pagefind's files, `pages.LANGUAGE.json` holds the title and
    the filters of every result, so that the script can rank and count without loading every page. (Pagefind's own
    filter files differ from run to run, so they are not used.) `timeout` is in seconds. Raises SearchError.
    """
    with tempfile.TemporaryDirectory(prefix="plansite-search-") as folder:
        copies, out = Path(folder, "pages"), Path(folder, "index")
        entries = _write_copies(pages, copies)
        if not entries:
            return {}
        # In a thread of its own: a caller may itself be running in an event loop.
        with ThreadPoolExecutor(max_workers=1) as executor:
            files = executor.submit(lambda: asyncio.run(_index(copies, out, len(entries), timeout))).result()
    files["pagefind-entry.json"] = _json(json.loads(files["pagefind-entry.json"]))
    files |= _pages(files, entries)
    return {FOLDER + name: files[name] for name in sorted(files) if not name.startswith(UNUSED)}


def _write_copies(pages: Iterable[tuple[str, str]], folder: Path) -> dict[str, Entry]:
    """Write the copies; returns the entries by the address that Pagefind will give them."""
    entries = {}
    for path, html in pages:
        if entry := read_page(html):
            copy = folder / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(write_copy(entry), encoding="utf-8")
            entries[f"/{path.removesuffix('index.html')}"] = entry
    return entries


async def _index(copies: Path, out: Path, count: int, timeout: float) -> dict[str, bytes]:
    """Run Pagefind over the copies.

    The job is left running when time is up, because Pagefind 1.5 does not close after a cancelled request.
    """
    try:
        async with PagefindService() as service:
            job = asyncio.create_task(_write_index(service, copies, out, count))
            await asyncio.wait({job}, timeout=timeout)
            if job.done():
                return job.result()
    except Exception as error:
        raise SearchError(f"search index: Pagefind failed: {error or type(error).__name__}") from error
    raise SearchError(f"search index: Pagefind did not finish within {timeout:g} s")


async def _write_index(service: PagefindService, copies: Path, out: Path, count: int) -> dict[str, bytes]:
    index = await service.create_index({"output_path": str(out)})
    added = await index.add_directory(str(copies))
    if added["page_count"] != count:
        raise SearchError(f"it read {added['page_count']} of {count} pages")
    await index.write_files()
    # Pagefind 1.5 answers when every file has been created, before the last bytes are in it.
    before: dict[str, bytes] = {}
    while True:
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        if files == before and _complete(files, count):
            return files
        before = files
        await asyncio.sleep(PAUSE)


def _complete(files: dict[str, bytes], count: int) -> bool:
    """Whether no file is short: none empty, every compressed one whole, one fragment for each page."""
    fragments = sum(name.startswith("fragment/") for name in files)
    return fragments == count and all(content and _whole(name, content) for name, content in files.items())


def _whole(name: str, content: bytes) -> bool:
    try:
        if content.startswith(GZIP):
            gzip.decompress(content)
        elif name.endswith(".json"):
            json.loads(content)
    except (EOFError, OSError, ValueError, zlib.error):
        return False
    return True


def _pages(files: dict[str, bytes], entries: dict[str, Entry]) -> dict[str, bytes]:
    """One file for each language: ids and titles side by side, and filter → value → positions among them."""
    ids: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for name in sorted(files):
        if name.startswith("fragment/"):
            id = name.removeprefix("fragment/").removesuffix(".pf_fragment")
            page = json.loads(gzip.decompress(files[name]).removeprefix(HEADER))
            ids[id.rpartition("_")[0]].append((id, entries[page["url"]]))
    return {f"pages.{language}.json": _json(_table(rows)) for language, rows in ids.items()}


def _table(rows: list[tuple[str, Entry]]) -> dict[str, Any]:
    filters: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, (_, entry) in enumerate(rows):
        for name, value in dict.fromkeys(entry.filters):
            filters[name][value].append(position)
    return {"ids": [id for id, _ in rows], "titles": [entry.title for _, entry in rows], "filters": filters}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
