"""The 专栏 boxes that list projects: items with or without a mark, each a title and what is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plansite.sources.document import Place
from plansite.sources.headings import item_mark, read_heading, split_lead
from plansite.sources.notes import find_note
from plansite.sources.outline import BoxItem
from plansite.sources.pieces import Part, Piece

LONGEST_TITLE = 40


@dataclass(slots=True)
class _Item:
    mark: str
    title: str
    pieces: list[Piece]
    texts: list[str] = field(default_factory=list)


def box_length(parts: Sequence[Part], start: int) -> int:
    """How many parts from `start` belong to the box: up to the next heading, table or task paragraph."""
    end = start
    while end < len(parts):
        part = parts[end]
        if not isinstance(part, Piece) or find_note(part.text):
            break
        heading = read_heading(part.text)
        if heading and heading.kind not in ("subgroup", "subtitle"):
            break
        end += 1
    return end - start


def read_items(pieces: Sequence[Piece]) -> tuple[BoxItem, ...]:
    """The items of a box; a marked item whose paragraphs each open with a lead gives one item for each."""
    items: list[_Item] = []
    for index, piece in enumerate(pieces):
        mark, rest = item_mark(piece.text)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if mark:
            title, _, text = rest.partition("。")
            items.append(_Item(mark, title.strip(), [piece], [text.strip()] if text.strip() else []))
        elif _is_title(piece, following):
            items.append(_Item("", piece.text.strip().removesuffix("。"), [piece]))
        elif items:
            items[-1].pieces.append(piece)
            items[-1].texts.append(piece.text)
        else:
            lead, rest = split_lead(piece.text)
            items.append(_Item("", lead, [piece], [rest]))
    return tuple(item for group in items for item in _box_items(group))


def _is_title(piece: Piece, following: Piece | None) -> bool:
    """Whether an unmarked line is the title of an item: short, no sentence, with a paragraph below it."""
    if following is None or "。" in piece.text or len(piece.text) > LONGEST_TITLE:
        return False
    return not item_mark(following.text)[0] and len(following.text) > len(piece.text)


def _box_items(item: _Item) -> tuple[BoxItem, ...]:
    places: tuple[Place, ...] = tuple(place for piece in item.pieces for place in piece.places)
    whole = BoxItem(item.mark, item.title, "\n".join(item.texts), places)
    leads = [split_lead(text) for text in item.texts]
    if len(leads) < 2 or not all(lead for lead, _ in leads):
        return (whole,)
    own = item.pieces[-len(leads) :]
    return tuple(
        replace(whole, title=lead, text=text, places=piece.places, under=item.title)
        for (lead, text), piece in zip(leads, own, strict=True)
    )
