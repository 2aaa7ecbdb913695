"""A card as a PNG of 16 colours, in the colours of the site's style sheet.

The middle 630 pixels, which some networks cut out as a square, hold the title in both languages and where it belongs.
Text is set letter by letter from a store of drawn letters: the same few thousand stand on hundreds of pictures.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

from plansite.html.foreign import HAN
from plansite.model import Text
from plansite.publish.packing import zlib_stream
from plansite.social.cards import Card, Fact, more
from plansite.social.typeset import fits, lines

WIDTH, HEIGHT = 1200, 630
PANEL = 255  # pixels, the left part in the accent colour
MIDDLE, RIGHT = (300, 600), (945, 207)  # pixels: left edge and width of a column
TOP, BOTTOM, FLOOR = 72, 560, 600  # pixels: where columns begin and end, and the last facts may end

TOKENS = ("paper", "ink", "muted", "accent")
"""The colours used, by their names in the style sheet, whose first block is the light one."""

INK, MUTED, ACCENT, WHITE = (1, 4), (5, 4), (9, 4), (13, 3)
"""First index in the palette and number of shades; 0 is paper. White is paper on the full accent, which is 12."""

BOLD, REGULAR = 650, 400
HAN_BESIDE_LATIN = re.compile(rf"[{HAN}](?=[A-Za-z0-9])|[A-Za-z0-9](?=[{HAN}])")

HANGING = set("（《〈“‘「『【〔")
"""At the start of a line the empty left half of these stands outside."""

LOW_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉\u00a0", "0123456789 ")
NARROW = str.maketrans("’‘“”—", "''\"\"–")

MARK_LINES = ((6, 8, 21, 11), (11, 14.5, 26, 17.5), (16, 21, 26, 24))
MARK_SQUARES = ((6, 14.5, 9, 17.5), (11, 21, 14, 24))
"""The mark of the site as in static/favicon.svg: indented lines with squares before them, on a grid of 32."""

ICON = 180  # pixels, the size that phones want for a home screen
ICON_SQUARES = "#8cd5c2"


class Letter(NamedTuple):
    """A drawn letter as indices of the palette, which of its pixels are set, and its place from the pen."""

    shades: Image.Image
    seen: Image.Image
    left: int
    top: int


class Face:
    """One size and weight of the font."""

    def __init__(self, path: Path, size: int, weight: int) -> None:
        self.size = size
        self._font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        self._font.set_variation_by_axes([weight])
        self._advances: dict[str, int] = {}
        self._widths: dict[str, int] = {}
        self._letters: dict[tuple[str, tuple[int, int]], Letter] = {}

    def width(self, text: str) -> int:
        """In pixels."""
        if text not in self._widths:
            self._widths[text] = sum(move for _, move in self._moves(text))
        return self._widths[text]

    def draw(self, canvas: Image.Image, x: int, y: int, text: str, colour: tuple[int, int]) -> None:
        """Set one line; `y` is the top of the Chinese characters."""
        baseline = y + round(self.size * 0.88)
        if text[:1] in HANGING:
            x -= self.size // 2
        for character, move in self._moves(text):
            letter = self._letter(character, colour)
            canvas.paste(letter.shades, (x + letter.left, baseline + letter.top), letter.seen)
            x += move

    def _moves(self, text: str) -> Iterator[tuple[str, int]]:
        """How far the pen moves after each letter: an eighth of an em more between Chinese and Latin ones."""
        gaps = {match.start() for match in HAN_BESIDE_LATIN.finditer(text)}
        for at, character in enumerate(text):
            if character not in self._advances:
                self._advances[character] = round(self._font.getlength(character))
            yield character, self._advances[character] + (self.size // 8 if at in gaps else 0)

    def _letter(self, character: str, colour: tuple[int, int]) -> Letter:
        key = character, colour
        if key not in self._letters:
            pad = self.size // 2
            image = Image.new("L", (self.size * 2, self.size * 2))
            ImageDraw.Draw(image).text((pad, self.size + pad), character, 255, self._font, anchor="ls")
            box = image.getbbox() or (0, 0, 1, 1)
            shades = image.crop(box).point(_shades(colour))
            seen = shades.point([0] + [255] * 255)
            self._letters[key] = Letter(shades, seen, box[0] - pad, box[1] - self.size - pad)
        return self._letters[key]


class Painter:
    """Draws cards with one font, in the colours of one style sheet, under the name of one site."""

    def __init__(self, font: Path, css: str, name: Text) -> None:
        self._path, self._faces = font, dict[tuple[int, int], Face]()
        self._palette = palette(colours(css))
        self._ground = self._panel(name)

    def png(self, card: Card) -> bytes:
        """The picture of a card; the same bytes each time."""
        canvas = self._ground.copy()
        self._middle(canvas, card)
        self._facts(canvas, card)
        return encode(canvas, self._palette)

    def _panel(self, name: Text) -> Image.Image:
        canvas = Image.new("L", (WIDTH, HEIGHT))
        pen = ImageDraw.Draw(canvas)
        pen.rectangle((0, 0, PANEL - 1, HEIGHT - 1), ACCENT[0] + ACCENT[1] - 1)
        for boxes, shade in ((MARK_LINES, WHITE[0] + 2), (MARK_SQUARES, WHITE[0] + 1)):
            for box in boxes:
                left, top, right, bottom = (round(edge * 4) for edge in box)
                pen.rectangle((left + 40, top + TOP - 32, right + 39, bottom + TOP - 33), shade)
        y = BOTTOM - 24 - 46
        self._text(canvas, (64, PANEL - 80), y, name.zh, (34, BOLD), WHITE, 1)
        self._text(canvas, (64, PANEL - 80), y + 46, name.en, (26, REGULAR), WHITE, 1)
        return canvas

    def _middle(self, canvas: Image.Image, card: Card) -> None:
        above = "·".join(filter(None, (_both(card.above), card.mark.zh)))  # the dot is as wide as a Chinese character
        self._text(canvas, MIDDLE, TOP, above, (26, BOLD), ACCENT, 1)
        y = TOP + 68
        size = self._size(card.title.zh, MIDDLE[1], (68, 60, 52), 2, BOLD) or 48
        y = self._text(canvas, MIDDLE, y, card.title.zh, (size, BOLD), INK, 3, even=True) + 18
        size = self._size(card.title.en, MIDDLE[1], (40, 36, 32), 3, REGULAR) or 28
        self._text(canvas, MIDDLE, y, card.title.en, (size, REGULAR), INK, 4, even=True)
        one_line = fits(card.below.en, MIDDLE[1], self._face(22, REGULAR).width, 1)
        y = BOTTOM - (56 if one_line else 84)
        y = self._text(canvas, MIDDLE, y, card.below.zh, (24, REGULAR), MUTED, 1)
        self._text(canvas, MIDDLE, y + 2, card.below.en, (22, REGULAR), MUTED, 2)
        self._text(canvas, MIDDLE, BOTTOM + 12, _both(card.foot), (22, BOLD), ACCENT, 1)

    def _facts(self, canvas: Image.Image, card: Card) -> None:
        if not card.facts:
            return
        y = self._text(canvas, RIGHT, TOP + 2, _both(card.heading), (22, BOLD), ACCENT, 2) + 4
        ImageDraw.Draw(canvas).rectangle((RIGHT[0], y, RIGHT[0] + RIGHT[1], y + 1), MUTED[0] + 1)
        y += 22
        sizes = (64, 52, 44, 36, 30) if len(card.facts) == 1 else (44, 36, 30) if len(card.facts) < 4 else (28, 24)
        shown = self._room(card.facts, y, sizes)
        for fact in card.facts[:shown]:
            y = self._fact(canvas, fact, y, sizes)
        if rest := len(card.facts) - shown:
            self._text(canvas, RIGHT, y, more(rest), (sizes[-1], BOLD), INK, 1)

    def _room(self, facts: tuple[Fact, ...], y: int, sizes: tuple[int, ...]) -> int:
        """How many facts end above the floor; if not all do, the number of the others has to stand below them."""
        shown = 0
        for number, fact in enumerate(facts, start=1):
            y = self._fact(None, fact, y, sizes)
            if y > FLOOR:
                break
            if number == len(facts) or y <= FLOOR - sizes[-1]:
                shown = number
        return max(shown, 1)

    def _fact(self, canvas: Image.Image | None, fact: Fact, y: int, sizes: tuple[int, ...]) -> int:
        value, caption = fact.value, fact.caption
        size = self._size(value.zh, RIGHT[1], sizes, 1, BOLD) or sizes[-1]
        y = self._text(canvas, RIGHT, y, value.zh, (size, BOLD), INK, 4, even=True) + 2
        roomy = len(sizes) > 2
        y = self._text(canvas, RIGHT, y, caption.zh, (22 if roomy else 18, REGULAR), INK, 4 if roomy else 2)
        english = ", ".join(filter(None, (value.en if value.en != value.zh else "", caption.en)))
        y = self._text(canvas, RIGHT, y, english, (20 if roomy else 17, REGULAR), MUTED, 5 if roomy else 3)
        return y + (22 if roomy else 12)

    def _size(self, text: str, width: int, sizes: tuple[int, ...], limit: int, weight: int) -> int:
        """The largest size in which a text needs no more lines than `limit`; 0 if none is small enough."""
        return next((size for size in sizes if fits(plain(text), width, self._face(size, weight).width, limit)), 0)

    def _text(
        self,
        canvas: Image.Image | None,
        column: tuple[int, int],
        y: int,
        text: str,
        style: tuple[int, int],
        colour: tuple[int, int],
        limit: int,
        *,
        even: bool = False,
    ) -> int:
        """Set a text in lines from `y` down, or only look how far it goes; returns where the next may begin."""
        face, (x, width) = self._face(*style), column
        found = lines(plain(text), width, face.width, limit, even=even) if text else []
        leading = round(face.size * 1.28)
        for line in found:
            if canvas is not None:
                face.draw(canvas, x, y, line, colour)
            y += leading
        return y

    def _face(self, size: int, weight: int) -> Face:
        if (size, weight) not in self._faces:
            self._faces[size, weight] = Face(self._path, size, weight)
        return self._faces[size, weight]


def icon(css: str) -> bytes:
    """The mark as a square PNG, for home screens and for programs that cannot show SVG."""
    found, scale = colours(css), 45
    image = Image.new("RGB", (32 * scale, 32 * scale), found["accent"])
    pen = ImageDraw.Draw(image)
    for boxes, colour in ((MARK_LINES, found["paper"]), (MARK_SQUARES, ICON_SQUARES)):
        for box in boxes:
            left, top, right, bottom = (round(edge * scale) for edge in box)
            pen.rectangle((left, top, right - 1, bottom - 1), colour)
    small = image.resize((ICON, ICON), Image.Resampling.BOX).quantize(16)
    return encode(small, bytes(small.getpalette() or ()))


def colours(css: str) -> dict[str, str]:
    """The tokens a card needs as "#rrggbb". Raises ValueError for one that the style sheet does not give so."""
    found: dict[str, str] = {}
    for token in TOKENS:
        match = re.search(rf"--{token}:\s*(#[0-9a-fA-F]{{6}})\b", css)
        if not match:
            raise ValueError(f"tokens.css: no colour --{token} as #rrggbb, which the pictures are drawn with")
        found[token] = match[1]
    return found


def palette(found: dict[str, str]) -> bytes:
    """The 16 colours as bytes: paper, then shades of ink, muted and accent on paper, then white on accent."""
    paper, ink, muted, accent = (tuple(bytes.fromhex(found[token][1:])) for token in TOKENS)
    ramps = ((paper, ink, INK), (paper, muted, MUTED), (paper, accent, ACCENT), (accent, paper, WHITE))
    entries = [paper]
    for ground, colour, (_, steps) in ramps:
        for step in range(1, steps + 1):
            pairs = zip(ground, colour, strict=True)
            entries.append(tuple(round(g + (c - g) * step / steps) for g, c in pairs))
    return b"".join(map(bytes, entries))


def encode(canvas: Image.Image, colours: bytes) -> bytes:
    """A PNG (https://www.w3.org/TR/png/) with 4 bits a pixel from an image of palette indices.

    Each row is given as its difference from the one above (filter 2), most of which is nothing. Pillow would write
    other bytes with another zlib, and take twice the time.
    """
    width, height = canvas.size
    row = (width + 1) // 2
    packed = Image.frombytes("P", canvas.size, canvas.tobytes()).tobytes("raw", "P;4")
    rows = Image.frombytes("L", (row, height), packed)
    above = Image.new("L", rows.size)
    above.paste(rows, (0, 1))
    changes = ImageChops.subtract_modulo(rows, above).tobytes()
    data = b"".join(b"\2" + changes[start : start + row] for start in range(0, len(changes), row))
    header = struct.pack(">IIBBBBB", *canvas.size, 4, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib_stream(data)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


def plain(text: str) -> str:
    """A text as it is drawn: CO₂ with a common digit, which the font has; narrow quotation marks where all is Latin."""
    text = text.translate(LOW_DIGITS)
    return text if re.search(f"[{HAN}]", text) else text.translate(NARROW)


def _both(text: Text) -> str:
    """Both languages on one line."""
    return f"{text.zh} {text.en}".strip()


@cache
def _shades(colour: tuple[int, int]) -> list[int]:
    """How much of a pixel a letter covers (0 to 255) → index of the palette."""
    first, steps = colour
    return [first + level - 1 if (level := round(covered * steps / 255)) else 0 for covered in range(256)]
