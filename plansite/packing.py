"""Compressed bytes that are the same on every machine.

What a `zlib` makes of the same data depends on which one Python was built with: zlib, zlib-ng, Apple's. Looking only
for runs of one byte (`Z_RLE`), they find the same, since nothing is left to a search that may be cut short; and the
headers, in which Python 3.11 and 3.13 differ, are written here. zlib 1.2.13, zlib 1.3.1 and zlib-ng 2.3 agree on every
picture and search index of this site; `tests/test_packing.py` tells of one that does not.

Such data is larger than it could be, by a tenth (pictures, whose rows are given as differences) to a quarter (indexes).
"""

from __future__ import annotations

import struct
import zlib

RAW = -15  # window of 32 KiB, no header
MEMORY = 9
GZIP = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952: deflated, no name, no time, no system
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
