"""The pictures on the site: which page shows which, their files, and those drawn before, kept by what they show."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import PIL

from plansite import urls
from plansite.cache import kept
from plansite.model import Text
from plansite.parallel import together
from plansite.social import draw, typeset
from plansite.social.cards import Card
from plansite.social.draw import Painter, colours, icon
from plansite.social.font import read_font

CACHE = f"{kept.FOLDER}/pictures"
ICON = "apple-touch-icon.png"
WORTH_A_PROCESS = 16  # pictures


class Pictures:
    """The cards of a site as pictures. `missing` are the characters that the font lacks: their cards are not drawn.

    Raises OSError if the font or the style sheet is not there, ValueError for a style sheet without the colours.
    """

    def __init__(self, static: Path, cards: Mapping[str, Card], name: Text) -> None:
        self._css = (static / "css" / "tokens.css").read_text(encoding="utf-8")
        self._font, self._name = read_font(static), name
        lacking = {address: self._font.missing(self._drawn(card)) for address, card in cards.items()}
        self._cards = {address: card for address, card in cards.items() if not lacking[address]}
        self.missing = "".join(sorted(set("".join(lacking.values()))))

    def of(self, address: str) -> tuple[str, Card] | None:
        """The file and the card for a page: its own, else that of the page above it, at last that of the site."""
        while address not in self._cards and address != urls.HOME:
            parent = address.rstrip("/").rpartition("/")[0]
            address = f"{parent}/" if parent else urls.HOME
        return (file_of(address), self._cards[address]) if address in self._cards else None

    def files(self, cache: Path) -> dict[str, bytes]:
        """Path on the site → content. `cache` is a folder that keeps each picture until no card is like it."""
        keys = self._keys()
        known = {key: content for key in set(keys.values()) if (content := kept.read(cache / key))}
        new = {keys[address]: card for address, card in self._cards.items() if keys[address] not in known}
        drawn = self._draw(new)
        _keep(cache, drawn, set(keys.values()))
        known |= drawn
        return {file_of(address): known[key] for address, key in keys.items()}

    def icon(self) -> dict[str, bytes]:
        """The mark of the site as a picture, at the address where browsers look for it."""
        return {ICON: icon(self._css)}

    def _draw(self, cards: Mapping[str, Card]) -> dict[str, bytes]:
        """Key → picture; two halves at the same time."""
        items = list(cards.items())
        halves = [items[0::2], items[1::2]] if len(items) >= WORTH_A_PROCESS else [items]
        return dict(pair for part in together([partial(self._draw_part, half) for half in halves]) for pair in part)

    def _draw_part(self, items: Sequence[tuple[str, Card]]) -> list[tuple[str, bytes]]:
        if not items:
            return []
        painter = Painter(self._font.path, self._css, self._name)
        return [(key, painter.png(card)) for key, card in items]

    def _drawn(self, card: Card) -> str:
        return draw.plain(self._name.zh + self._name.en + card.text())

    def _keys(self) -> dict[str, str]:
        """Address → a name for what its picture shows and how it is drawn: font, colours, name, code."""
        code = "".join(inspect.getsource(module) for module in (draw, typeset))
        manner = f"{self._font.digest}{colours(self._css)}{self._name}{PIL.__version__}{code}"
        return {address: sha256(f"{manner}{card!r}".encode()).hexdigest()[:32] for address, card in self._cards.items()}


def file_of(address: str) -> str:
    """Path of the picture of a page."""
    return f"images/{address.rstrip('/') or 'site'}.png"


def _keep(cache: Path, drawn: Mapping[str, bytes], used: set[str]) -> None:
    """Put new pictures into the folder, take out those that nothing uses."""
    for key, content in drawn.items():
        kept.keep(cache / key, content)
    with suppress(OSError):
        for path in cache.iterdir():
            if path.name not in used:
                kept.drop(path)
