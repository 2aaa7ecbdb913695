"""What a QR code drawn as SVG says to a scanner."""

from __future__ import annotations

import re

import zxingcpp
from PIL import Image, ImageDraw

SCALE = 6  # pixels a module


def read_qr(svg: str) -> list[str]:
    """The texts of the codes in a drawing of `plansite.qr`: rows of lines, one unit a module."""
    box = re.search(r'viewBox="([^"]*)"', svg)
    assert box, svg
    left, top, width, height = map(float, box[1].split())
    image = Image.new("L", (int(width * SCALE), int(height * SCALE)), 255)
    pen = ImageDraw.Draw(image)
    for row, pieces in re.findall(r"M0 (\d+)((?:[hm]\d+(?: 0)?)+)", svg):
        at, y = -left, (int(row) - 0.5 - top) * SCALE
        for kind, length in re.findall(r"([hm])(\d+)", pieces):
            if kind == "h":
                pen.rectangle((at * SCALE, y, (at + int(length)) * SCALE - 1, y + SCALE - 1), 0)
            at += int(length)
    return [found.text for found in zxingcpp.read_barcodes(image)]
