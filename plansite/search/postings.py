"""The word index of Pagefind, opened up: taken apart into units of pages that can be kept, and put together again.

Pagefind knows no way to change an index, only to make it anew. Its files (`pagefind.*.pf_meta`, `index/*.pf_index`) are
CBOR (RFC 8949), gzipped, after twelve signature bytes:

    pf_index  [[word, [[page, places, meta places] …], [[spelling, [[page, places, meta places] …]] …]] …]
    pf_meta   [version, [[page's name, words] …], [[first word, last word, chunk's name] …], filters, sorts, fields]

The pages of a word are numbered by the distance to the page before; so are its places in a page, and a number below
zero is the weight of those after it, which count anew (`pagefind/src/index/mod.rs` of Pagefind 1.5).

What is published says the same in a third less room, for `static/js/postings.js`. It is gzipped, too, and holds for
each word

    its length in bytes, the word, how many pages, and for each: distance to the page before, how many places, the
    distance of each to the one before

Every number has seven bits in a byte, the lowest first, and the eighth says that more follow. All about a page but its
number is copied as it is, so that two units are joined by writing one number anew.
"""

from __future__ import annotations

import gzip
import re
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from plansite.publish.packing import gzipped

SIGNATURE = b"pagefind_dcd"
CHUNK = 4_000
"""Bytes of a chunk of the index, if it is not one word. A reader loads those that hold a word of the query."""
SHARED = 4
"""Latin words with so many first letters in common stay in one chunk, so that the beginning of a word finds them."""

NUMBER, NEGATIVE, TEXT, ARRAY = 0, 1, 3, 4  # major types
INTEGER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
LENGTH = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
ENTRY = rb"\x83(%s)%s((?:%s)*)%s(?:%s)*" % (INTEGER, LENGTH, INTEGER, LENGTH, INTEGER)
"""A page of a word: its number, the places, and places in what is said about the page, of which there are none here."""
ENTRIES = re.compile(b"(?:" + ENTRY + b")*", re.DOTALL)
EACH_ENTRY = re.compile(ENTRY, re.DOTALL)
INTEGERS = re.compile(INTEGER, re.DOTALL)
USUAL = -25
"""The weight of nearly all places."""


class FormatError(ValueError):
    """A file is not as this version of Pagefind writes it."""


Run = tuple[int, int, int, bytes]
"""The pages of one word: how many, the numbers of the first and the last, and their entries without the number of the
first, as they are published."""

Postings = dict[str, Run]
"""Word → its pages."""

Entry = tuple[int, bytes]
"""A page of a word: its number, and the places as they are published."""


def take_apart(chunks: Iterable[bytes], ends: Sequence[int]) -> list[Postings]:
    """The postings of each unit, its pages numbered from 0; `ends` are the page numbers that each unit ends before."""
    units: list[Postings] = [{} for _ in ends]
    for chunk in chunks:
        for word, entries in _words(_unpack(chunk)):
            _deal(word, entries, ends, units)
    return units


def _deal(word: str, entries: list[Entry], ends: Sequence[int], units: list[Postings]) -> None:
    """Deal the pages of a word out to their units."""
    start = end = first = last = count = 0
    own: Postings | None = None
    parts: list[bytes] = []
    for page, places in entries:
        if own is not None and page < end:
            parts += (varint(page - start - last), places)
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


def put_together(units: Sequence[tuple[int, Postings]]) -> Iterator[tuple[str, str, bytes]]:
    """The chunks of one index: (first word, last word, file), for units given with their number of pages."""
    pages: defaultdict[str, list[tuple[int, Run]]] = defaultdict(list)
    start = 0
    for count, unit in units:
        for word, run in unit.items():
            pages[word].append((start, run))
        start += count
    chunk: list[bytes] = []
    size, first, last = 0, "", ""
    for word in sorted(pages):
        data = _word(word, pages[word])
        if chunk and size + len(data) > CHUNK and not (word.isascii() and word[:SHARED] == last[:SHARED]):
            yield first, last, gzipped(b"".join(chunk))
            chunk, size = [], 0
        first = first if chunk else word
        last = word
        chunk.append(data)
        size += len(data)
    if chunk:
        yield first, last, gzipped(b"".join(chunk))


def _word(word: str, runs: list[tuple[int, Run]]) -> bytes:
    encoded = word.encode()
    parts, before, pages = [b""], 0, 0
    for start, (count, first, last, tail) in runs:
        parts += (varint(start + first - before), tail)
        before, pages = start + last, pages + count
    parts[0] = varint(len(encoded)) + encoded + varint(pages)
    return b"".join(parts)


@cache
def varint(number: int) -> bytes:
    """A number as it is published."""
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes((*parts, number))


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


def _words(data: bytes) -> Iterator[tuple[str, list[Entry]]]:
    """Every word with its pages, from a chunk of Pagefind's. A word in other spellings (cafe, café) is one."""
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
        spellings, at = _head(data, at, ARRAY)
        for _ in range(spellings):
            _, at = _head(data, at, ARRAY)
            _, at = _text(data, at)
            more, at = _entries(data, at)
            entries = _merged(entries, more)
        yield word, entries
    if at != len(data):
        raise FormatError("a chunk of the index goes on after its end")


def _entries(data: bytes, at: int) -> tuple[list[Entry], int]:
    """The pages of a word, as they are published, and where they end."""
    count, at = _head(data, at, ARRAY)
    run = ENTRIES.match(data, at)
    assert run  # it matches nothing, too
    entries, page = [], 0
    for distance, places in EACH_ENTRY.findall(run[0]):
        page += _value(distance)
        entries.append((page, _places(places)))
    if len(entries) != count:
        raise FormatError(f"{len(entries)} pages of a word where {count} were to come")
    return entries, run.end()


@lru_cache(maxsize=1 << 16)
def _places(data: bytes) -> bytes:
    """The places of a word in a page as they are published."""
    steps = [*map(_value, INTEGERS.findall(data))]
    if steps[:1] == [USUAL]:
        del steps[0]
    if min(steps, default=0) < 0:
        return _pack(_absolute(steps))
    return varint(len(steps)) + b"".join(map(varint, steps))


def _absolute(places: Iterable[int]) -> list[int]:
    """The places of a word in a page, for distances that count anew behind each weight."""
    found, place = set(), 0
    for step in places:
        place = 0 if step < 0 else place + step
        if step >= 0:
            found.add(place)
    return sorted(found)


def _pack(places: Sequence[int]) -> bytes:
    steps = (place - before for before, place in zip((0, *places), places, strict=False))
    return b"".join(map(varint, (len(places), *steps)))


def _merged(entries: list[Entry], more: list[Entry]) -> list[Entry]:
    """The pages of two spellings of a word."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for page, places in (*entries, *more):
        found[page].update(accumulate(read_varints(places)[1:]))
    return [(page, _pack(sorted(places))) for page, places in sorted(found.items())]


def read_varints(data: bytes) -> list[int]:
    """The numbers that `varint` wrote."""
    numbers, number, bits = [], 0, 0
    for byte in data:
        number |= (byte & 127) << bits
        bits += 7
        if byte < 128:
            numbers.append(number)
            number = bits = 0
    return numbers


@cache
def _value(head: bytes) -> int:
    """A CBOR integer."""
    value = head[0] & 31 if len(head) == 1 else int.from_bytes(head[1:], "big")
    return -1 - value if head[0] >> 5 == NEGATIVE else value


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
