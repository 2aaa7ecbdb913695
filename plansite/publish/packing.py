"""Compressed bytes that are the same on every machine.

What a `zlib` makes of the same data depends on which one Python was built with: zlib, zlib-ng, Apple's. Looking only
for runs of one byte (`Z_RLE`), they find the same, since nothing is left to a search that may be cut short; and the
headers, in which Python 3.11 and 3.13 differ, are written here. zlib 1.2.13, zlib 1.3.1 and zlib-ng 2.3 agree on every
picture and search index of this site; `tests/test_packing.py` tells of one that does not.

Such data is larger than it could be, by a tenth (pictures, whose rows are given as differences) to a quarter (indexes).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping

RAW = -15  # window of 32 KiB, no header
MEMORY = 9
GZIP = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952: deflated, no name, no time, no system
ZIP_VERSION, ZIP_DATE = 20, 0x21  # of the program that unpacks: 2.0; 1 January 1980
ZLIB = b"\x78\x01"  # RFC 1950: window of 32 KiB, no dictionary


def deflated(data: bytes) -> bytes:
    """RFC 1951."""
    packer = zlib.compressobj(6, zlib.DEFLATED, RAW, MEMORY, zlib.Z_RLE)
    return packer.compress(data) + packer.flush()


def gzipped(data: bytes) -> bytes:
    """RFC 1952."""
    return GZIP + deflated(data) + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def zlib_stream(data: bytes) -> bytes:
    """RFC 1950, as PNG wants it."""
    return ZLIB + deflated(data) + struct.pack(">I", zlib.adler32(data))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by their names, which are ASCII; all have the earliest time that a zip knows.

    https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16.
    """
    archive, directory = bytearray(), bytearray()
    for name, content in files.items():
        packed = deflated(content)
        size = (zlib.crc32(content), len(packed), len(content), len(name), 0)
        head = struct.pack("<5H3L2H", ZIP_VERSION, 0, zipfile.ZIP_DEFLATED, 0, ZIP_DATE, *size)
        directory += b"PK\1\2" + struct.pack("<H", ZIP_VERSION) + head
        directory += struct.pack("<3H2L", 0, 0, 0, 0, len(archive)) + name.encode("ascii")
        archive += b"PK\3\4" + head + name.encode("ascii") + packed
    counts = (0, 0, len(files), len(files), len(directory), len(archive), 0)
    return bytes(archive + directory + b"PK\5\6" + struct.pack("<4H2LH", *counts))
