"""The word index of Pagefind, opened up: taken apart into units of pages that can be kept, and put together again.

Pagefind knows no way to change an index, only to make it anew. Its files (`pagefind.*.pf_meta`, `index/*.pf_index`) are
CBOR (RFC 8949), gzipped, after twelve signature bytes:

    pf_index  [[word, [[page, places, meta places] …], [[spelling, [[page, places, meta places] …]] …]] …]
    pf_meta   [version, [[page's name, words] …], [[first word, last word, chunk's name] …], filters, sorts, fields]

The pages of a word are numbered by the distance to the page before; so are its places in a page, and a number below
zero is the weight of those after it, which count anew (`pagefind/src/index/mod.rs` of Pagefind 1.5). All about a page
but its number, and the weight that is the usual one, is copied as it is, so that two units are joined by writing one
number anew. `static/js/postings.js` reads the `pf_index` files; `pf_meta` tells the order of the pages here and is not
published.
"""

from __future__ import annotations

import gzip
import re
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from plansite.packing import gzipped

SIGNATURE = b"pagefind_dcd"
CHUNK = 8_000
"""Bytes of a chunk of the index, if it is not one word. A reader loads those that hold a word of the query."""
SHARED = 4
"""Latin words with so many first letters in common stay in one chunk, so that the beginning of a word finds them."""

NUMBER, TEXT, ARRAY = 0, 3, 4  # major types
INTEGER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
LENGTH = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
PLACES = LENGTH + INTEGER + rb"*" + LENGTH + INTEGER + rb"*"
ENTRY = re.compile(rb"\x83(" + INTEGER + rb")(" + PLACES + rb")", re.DOTALL)
"""A page of a word: its number, and the places of the word in it."""
ENTRIES = re.compile(rb"(?:\x83" + INTEGER + PLACES + rb")*", re.DOTALL)
USUAL = b"\x38\x18"
"""The weight of nearly all places, 25 below zero."""
BETWEEN = "\0"  # between a word and one of its spellings


class FormatError(ValueError):
    """A file is not as this version of Pagefind writes it."""


Run = tuple[int, int, int, bytes]
"""The pages of one word: how many, the numbers of the first and the last, and their entries without the number of the
first."""

Postings = dict[str, Run]
"""Word, or word and spelling, → its pages."""


def take_apart(chunks: Iterable[bytes], ends: Sequence[int]) -> list[Postings]:
    """The postings of each unit, its pages numbered from 0; `ends` are the page numbers that each unit ends before."""
    units: list[Postings] = [{} for _ in ends]
    for chunk in chunks:
        for word, entries in _words(_unpack(chunk)):
            _deal(word, entries, ends, units)
    return units


def _deal(word: str, entries: list[tuple[bytes, bytes]], ends: Sequence[int], units: list[Postings]) -> None:
    """Deal the pages of a word, given as (distance to the page before, places), out to their units."""
    page = start = end = first = last = count = 0
    own: Postings | None = None
    parts: list[bytes] = []
    for distance, places in entries:
        page += distance[0] if len(distance) == 1 else int.from_bytes(distance[1:], "big")
        places = _bare(places)
        if own is not None and page < end:
            parts += (b"\x83", distance, places)
            count, last = count + 1, page - start
            continue
        if own is not None:
            own[word] = (count, first, last, b"".join(parts))
        number = bisect_right(ends, page)
        start, end = ends[number - 1] if number else 0, ends[number]
        own = units[number]
        count, first, last, parts = 1, page - start, page - start, [places]
    if own is not None:
        own[word] = (count, first, last, b"".join(parts))


def _bare(places: bytes) -> bytes:
    """The places without the usual weight before them, which nobody reads."""
    count, at = (places[0] - 0x80, 1) if places[0] < 0x98 else _head(places, 0, ARRAY)
    return head(ARRAY, count - 1) + places[at + len(USUAL) :] if places.startswith(USUAL, at) else places


def put_together(units: Sequence[tuple[int, Postings]]) -> Iterator[tuple[str, str, bytes]]:
    """The chunks of one index: (first word, last word, file), for units given with their number of pages."""
    pages: defaultdict[str, list[tuple[int, Run]]] = defaultdict(list)
    start = 0
    for count, unit in units:
        for word, run in unit.items():
            pages[word].append((start, run))
        start += count
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(key for key in pages if BETWEEN in key):
        spellings[key.partition(BETWEEN)[0]].append(key)
    chunk: list[bytes] = []
    size, first, last = 0, "", ""
    for word in sorted({key.partition(BETWEEN)[0] for key in pages}):
        data = _word(word, pages.get(word, []), [(key, pages[key]) for key in spellings.get(word, ())])
        if chunk and size + len(data) > CHUNK and not (word.isascii() and word[:SHARED] == last[:SHARED]):
            yield first, last, _chunk(chunk)
            chunk, size = [], 0
        first = first if chunk else word
        last = word
        chunk.append(data)
        size += len(data)
    if chunk:
        yield first, last, _chunk(chunk)


def _chunk(words: Sequence[bytes]) -> bytes:
    return _pack(head(ARRAY, 1) + head(ARRAY, len(words)) + b"".join(words))


def read_pages(meta: bytes) -> list[tuple[str, int]]:
    """The pages that the file of an index lists, in the order of their numbers: (name, number of words)."""
    data = _unpack(meta)
    _, at = _head(data, 0, ARRAY)
    _, at = _text(data, at)
    count, at = _head(data, at, ARRAY)
    pages = []
    for _ in range(count):
        _, at = _head(data, at, ARRAY)
        name, at = _text(data, at)
        words, at = _head(data, at, NUMBER)
        pages.append((name, words))
    return pages


@lru_cache(maxsize=1 << 16)
def head(major: int, number: int) -> bytes:
    """The first bytes of a CBOR value."""
    for size, (information, limit) in enumerate(((24, 1 << 8), (25, 1 << 16), (26, 1 << 32))):
        if number < 24:
            return bytes((major << 5 | number,))
        if number < limit:
            return bytes((major << 5 | information,)) + number.to_bytes(1 << size, "big")
    raise FormatError(f"{number} is too large")


def text(value: str) -> bytes:
    """A CBOR text."""
    encoded = value.encode()
    return head(TEXT, len(encoded)) + encoded


def _word(word: str, runs: list[tuple[int, Run]], spellings: list[tuple[str, list[tuple[int, Run]]]]) -> bytes:
    variants = b"".join(head(ARRAY, 2) + text(key.partition(BETWEEN)[2]) + _pages(others) for key, others in spellings)
    return head(ARRAY, 3) + text(word) + _pages(runs) + head(ARRAY, len(spellings)) + variants


def _pages(runs: list[tuple[int, Run]]) -> bytes:
    parts, before, all_pages = [b""], 0, 0
    for start, (count, first, last, tail) in runs:
        parts += (b"\x83", head(NUMBER, start + first - before), tail)
        before, all_pages = start + last, all_pages + count
    parts[0] = head(ARRAY, all_pages)
    return b"".join(parts)


def _words(data: bytes) -> Iterator[tuple[str, list[tuple[bytes, bytes]]]]:
    """Every word, or word and spelling, with its pages as (distance to the page before, its places), from a chunk."""
    one, at = _head(data, 0, ARRAY)
    words, at = _head(data, at, ARRAY)
    if one != 1:
        raise FormatError("a chunk of the index is not one list")
    for _ in range(words):
        fields, at = _head(data, at, ARRAY)
        word, at = _text(data, at)
        if fields != 3:
            raise FormatError(f"'{word}' has {fields} fields")
        entries, at = _entries(data, at)
        if entries:
            yield word, entries
        spellings, at = _head(data, at, ARRAY)
        for _ in range(spellings):
            _, at = _head(data, at, ARRAY)
            spelling, at = _text(data, at)
            entries, at = _entries(data, at)
            yield word + BETWEEN + spelling, entries
    if at != len(data):
        raise FormatError("a chunk of the index goes on after its end")


def _entries(data: bytes, at: int) -> tuple[list[tuple[bytes, bytes]], int]:
    count, at = _head(data, at, ARRAY)
    run = ENTRIES.match(data, at)
    entries = ENTRY.findall(run[0]) if run else []
    if not run or len(entries) != count:
        raise FormatError(f"{len(entries)} pages of a word where {count} were to come")
    return entries, run.end()


def _head(data: bytes, at: int, major: int) -> tuple[int, int]:
    first = data[at]
    if first >> 5 != major or first & 31 > 26:
        raise FormatError(f"byte {at} is {first}, which is no value of type {major}")
    if first & 31 < 24:
        return first & 31, at + 1
    end = at + 1 + (1 << (first & 31) - 24)
    return int.from_bytes(data[at + 1 : end], "big"), end


def _text(data: bytes, at: int) -> tuple[str, int]:
    length, at = _head(data, at, TEXT)
    return data[at : at + length].decode(), at + length


def _unpack(file: bytes) -> bytes:
    try:
        data = gzip.decompress(file)
    except (EOFError, OSError, zlib.error) as error:
        raise FormatError(f"a file is not whole ({error})") from error
    if not data.startswith(SIGNATURE):
        raise FormatError("a file does not begin with Pagefind's signature")
    return data[len(SIGNATURE) :]


def _pack(data: bytes) -> bytes:
    return gzipped(SIGNATURE + data)
