"""What machines are told about the finished site: every absolute address leads somewhere, and no two files disagree.

Links within pages are followed by `check_site`; here is what stands in heads and in files beside the pages: canonical
addresses, pairs of languages, schema.org data, pictures of shared links, the sitemap, feeds, assets, the data package.
`read_head` works on one page and knows nothing else, so that it can be done in any process and kept.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import datetime
from sys import intern
from typing import Any, NamedTuple
from urllib.parse import unquote

TAG = re.compile(r"<(link|meta)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SHOWN = frozenset(("og:url", "og:image", "citation_public_url"))
"""Names of meta elements that hold an address."""
NO_ADDRESS = frozenset(("@id", "@context", "urlTemplate", "license"))
"""What looks like one in schema.org data: names of things, and a pattern."""
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
ASSET = re.compile(r"assets/[^/]+\.([0-9a-f]{10})\.\w+")
IN_STYLE = re.compile(rb"""url\(\s*["']?(?!data:|#)([^"')]+)""")
IN_SCRIPT = re.compile(rb"""(?:from|import|import\()\s*['"](\./[^'"]+)['"]""")
SITEMAP, PACKAGE = "sitemap.xml", "data/datapackage.json"
MADE_LATER = ("images/", "pagefind/")
"""Drawn and indexed after the pages were checked, for exactly those pages."""


class Told(NamedTuple):
    """What one page tells machines; `addresses` are absolute, each with where it stands."""

    path: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    listed: bool
    addresses: tuple[tuple[str, str], ...]
    faults: tuple[str, ...] = ()


def crawl(
    told: Iterable[Told],
    files: Mapping[str, bytes],
    base_url: str,
    later: Callable[[str], bool] = lambda path: path.startswith(MADE_LATER),
) -> list[str]:
    """One line for each fault, sorted.

    `told` is what was read of every page of `files`; `base_url` is the absolute address of the site's root, with a
    slash at its end; `later` says whether a file will be there though it is not.
    """
    site, pages = _Site(files, base_url, later), {page.path: page for page in told}
    faults = [
        f"{page.path}: {fault}" for page in pages.values() for fault in (*page.faults, *_page_faults(page, pages, site))
    ]
    faults += _sitemap_faults(SITEMAP, files.get(SITEMAP, b""), pages, site)
    for path in files:
        if path.endswith("feed.xml"):
            faults += (f"{path}: {fault}" for fault in _feed_faults(files[path], site, path))
        elif path.startswith("assets/"):
            faults += (f"{path}: {fault}" for fault in _asset_faults(path, files[path], files))
    faults += (f"{PACKAGE}: {fault}" for fault in _package_faults(files))
    return sorted(faults)


# --- one page --------------------------------------------------------------------------------------------------------


def read_head(path: str, text: str) -> Told:
    """What the head of a page tells."""
    head = text[: text.find("</head>")]
    canonical: list[str] = []
    alternates: list[tuple[str, str]] = []
    addresses: list[tuple[str, str]] = []
    listed = True
    for kind, text in TAG.findall(head):
        values = dict(ATTRIBUTE.findall(text))
        if kind == "link" and values.get("rel") == "canonical":
            canonical.append(_address(values.get("href", "")))
        elif kind == "link" and values.get("rel") == "alternate":
            address = _address(values.get("href", ""))
            if "hreflang" in values:
                alternates.append((intern(values["hreflang"]), address))
            else:
                addresses.append((intern(values.get("type", "alternate")), address))
        elif kind == "meta":
            name = values.get("property") or values.get("name", "")
            if name in SHOWN:
                addresses.append((intern(name), _address(values.get("content", ""))))
            listed = listed and not (name == "robots" and "noindex" in values.get("content", ""))
    faults = [] if len(canonical) == 1 else [f"{len(canonical)} canonical addresses; expected one"]
    for text in JSON_LD.findall(head):
        try:
            addresses += _addresses(json.loads(text))
        except ValueError as error:
            faults.append(f"schema.org data that is no JSON: {error}")
    return Told(path, "".join(canonical[:1]), tuple(alternates), listed, tuple(addresses), tuple(faults))


def _addresses(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every address in schema.org data."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in NO_ADDRESS:
                yield from _addresses(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _addresses(value, name)
    elif isinstance(node, str) and node.startswith(("http://", "https://")):
        yield intern(f"schema.org {name}"), intern(node)


def _address(value: str) -> str:
    """The value of an attribute; many pages name the same addresses, which are in memory once."""
    return intern(html.unescape(value))


# --- all together ----------------------------------------------------------------------------------------------------


class _Site:
    """Which addresses the files answer."""

    def __init__(self, files: Container[str], base_url: str, later: Callable[[str], bool]) -> None:
        self.base_url, self._files, self._later = base_url, files, later
        self._known: dict[str, str] = {}

    def file(self, address: str) -> str | None:
        """The file at an absolute address; empty for one on another host, None for one of the site that is missing."""
        if address not in self._known:
            self._known[address] = self._find(address)
        return self._known[address] if self._known[address] != "?" else None

    def _find(self, address: str) -> str:
        if not address.startswith(self.base_url):
            return ""
        path = unquote(address.removeprefix(self.base_url).partition("#")[0].partition("?")[0])
        path += "index.html" if path == "" or path.endswith("/") else ""
        return path if path in self._files or self._later(path) else "?"


def _page_faults(page: Told, pages: Mapping[str, Told], site: _Site) -> Iterator[str]:
    for what, address in page.addresses:
        if site.file(address) is None:
            yield f"{what} '{address}' leads nowhere"
    if page.canonical:
        goal = site.file(page.canonical)
        if not goal or goal not in pages:
            yield f"its canonical address '{page.canonical}' is no page of the site"
        elif goal != page.path and pages[goal].canonical != page.canonical:
            yield f"its canonical page '{page.canonical}' has another, '{pages[goal].canonical}'"
    if page.alternates:
        own = [language for language, address in page.alternates if site.file(address) == page.path]
        if not own:
            yield "its pairs of languages leave out the page itself"
        for language, address in page.alternates:
            twin = pages.get(site.file(address) or "")
            if twin is None:
                yield f"its twin '{address}' ({language}) is no page of the site"
            elif language != "x-default" and twin.alternates != page.alternates:
                yield f"its twin '{address}' ({language}) does not name it back"


def _sitemap_faults(name: str, content: bytes, pages: Mapping[str, Told], site: _Site) -> Iterator[str]:
    """Every page that search engines should name is there once, with the pairs of its head, and nothing else."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        yield f"{name}: no XML: {error}"
        return
    named: set[str] = set()
    for url in root.iter(f"{MAP}url"):
        address = url.findtext(f"{MAP}loc", "")
        path = site.file(address)
        page = pages.get(path or "")
        if page is None:
            yield f"{name}: '{address}' is no page of the site"
            continue
        if page.path in named:
            yield f"{name}: '{address}' stands twice"
        named.add(page.path)
        if not page.listed or page.canonical != address:
            yield f"{name}: '{address}' is not for search engines, as its page says"
        twins = tuple((link.get("hreflang", ""), link.get("href", "")) for link in url.iter(f"{XHTML}link"))
        if twins and twins != page.alternates:
            yield f"{name}: '{address}' has other pairs of languages than its page"
    for page in pages.values():
        if page.listed and site.file(page.canonical) == page.path and page.alternates and page.path not in named:
            yield f"{name}: lacks '{page.canonical}'"


def _feed_faults(content: bytes, site: _Site, path: str) -> Iterator[str]:
    """What RFC 4287 asks of a feed and its entries (4.1.1, 4.1.2)."""
    try:
        feed = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        yield f"no XML: {error}"
        return
    if feed.tag != f"{ATOM}feed":
        yield f"'{feed.tag}' in place of an Atom feed"
        return
    own = [link.get("href", "") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if [site.file(address) for address in own] != [path]:
        yield "its own address is not that of the file"
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        yield "no author"
    ids: set[str] = set()
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            if not element.findtext(f"{ATOM}{name}"):
                yield f"no {name} in '{element.findtext(f'{ATOM}title', '')}'"
        updated = element.findtext(f"{ATOM}updated", "")
        if not _is_time(updated):
            yield f"'{updated}' is no time of RFC 3339"
        for link in element.findall(f"{ATOM}link"):
            if site.file(link.get("href", "")) is None:
                yield f"'{link.get('href')}' leads nowhere"
        id = element.findtext(f"{ATOM}id", "")
        if id in ids:
            yield f"the id '{id}' stands twice"
        ids.add(id)


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _asset_faults(path: str, content: bytes, files: Container[str]) -> Iterator[str]:
    match = ASSET.fullmatch(path)
    if not match or match[1] != hashlib.sha256(content).hexdigest()[:10]:
        yield "its name does not hold the checksum of its content"
    found = IN_STYLE.findall(content) if path.endswith(".css") else IN_SCRIPT.findall(content)
    for name in found if path.endswith((".css", ".js")) else ():
        if f"assets/{name.decode().removeprefix('./')}" not in files:
            yield f"'{name.decode()}' leads nowhere"


def _package_faults(files: Mapping[str, bytes]) -> Iterator[str]:
    """Sizes and checksums that the data package gives of its files."""
    package = json.loads(files[PACKAGE]) if PACKAGE in files else {}
    for resource in package.get("resources", ()):
        content = files.get(f"data/{resource['path']}")
        if content is None:
            yield f"'{resource['path']}' is not there"
        elif resource.get("bytes") not in (None, len(content)):
            yield f"'{resource['path']}' has {len(content)} bytes, not {resource['bytes']}"
        elif (digest := resource.get("hash")) and digest != f"sha256:{hashlib.sha256(content).hexdigest()}":
            yield f"'{resource['path']}' has another checksum"
