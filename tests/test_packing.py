"""Compressed bytes are the same whatever zlib Python has: known answers, and what they unpack to."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image

from plansite.publish.packing import deflated, gzipped, zipped, zlib_stream
from plansite.social.draw import encode


def numbers(count: int) -> Iterator[int]:
    """The same numbers below 2³² everywhere (the generator of ISO C's example `rand`)."""
    state = 1
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**32
        yield state >> 8


MIXED = b"".join(bytes([n % 17]) * (1 if n & 4096 else n % 300) for n in numbers(20_000))
"""Runs up to longer than a match may be, and single bytes, for many blocks."""

SAMPLES = {
    "nothing": b"",
    "a word": "秸秆 straw".encode(),
    "one run": bytes(100_000),
    "mixed": MIXED,
    "noise": bytes(n % 256 for n in numbers(70_000)),
}
ANSWERS = {
    "nothing": "9b4fb24edd6d1d88",
    "a word": "36b415528c97307b",
    "one run": "bcb6d623e95bd7e6",
    "mixed": "61761212f09c6566",
    "noise": "499eb366378a37d7",
}
"""The first digits of the SHA-256 of what they are compressed to (zlib 1.2.13, zlib 1.3.1, zlib-ng 2.3.3)."""


@pytest.mark.parametrize("name", SAMPLES)
def test_the_bytes_are_those_of_every_other_machine(name: str) -> None:
    assert hashlib.sha256(deflated(SAMPLES[name])).hexdigest()[:16] == ANSWERS[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_packed_can_be_unpacked(name: str) -> None:
    data = SAMPLES[name]
    assert zlib.decompress(deflated(data), -15) == data
    assert gzip.decompress(gzipped(data)) == data
    assert zlib.decompress(zlib_stream(data)) == data


def test_an_archive_has_its_files_and_no_time_of_its_own() -> None:
    files = {"a.xml": b"<a/>" * 500, "b/c.xml": b"", "d.xml": MIXED}
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_picture_keeps_every_point() -> None:
    image = Image.new("P", (37, 20))
    image.putdata([n % 16 for n in numbers(37 * 20)])
    colours = bytes(n % 256 for n in numbers(48))
    read = Image.open(io.BytesIO(encode(image, colours)))
    read.load()
    assert (read.format, read.size, read.mode) == ("PNG", (37, 20), "P")
    assert read.tobytes() == image.tobytes()
    assert bytes(read.getpalette() or ())[:48] == colours
