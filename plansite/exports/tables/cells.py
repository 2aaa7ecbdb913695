"""What stands in the cells of several tables, under the columns of `columns.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from plansite.exports.records.base import Context
from plansite.model import Cell, Quantity, Text, Unit

Row = dict[str, Any]
RowMaker = Callable[[Context], Iterator[Row]]


def pair(name: str, text: Text | None) -> Row:
    return {f"{name}_zh": text.zh if text else "", f"{name}_en": text.en if text else ""}


def addresses(context: Context, address: str) -> Row:
    return {f"url_{locale}": url for locale, url in context.url(address).items()}


def cell(name: str, item: Cell) -> Row:
    return {
        f"{name}_printed": item.printed,
        f"{name}_op": item.op if item.value is not None else "",
        f"{name}_value": item.value,
        f"{name}_worded": item.worded.id if item.worded else "",
        **pair(f"{name}_worded", item.worded.name if item.worded else None),
    }


def quantity(context: Context, item: Quantity) -> Row:
    return {
        **pair("what", item.what),
        "concept": item.concept,
        "op": item.op if item.value is not None else "",
        "value": item.value,
        **unit(item.unit),
        "worded": item.worded.id if item.worded else "",
        **pair("worded", item.worded.name if item.worded else None),
        "year": item.year or "",
        "compared_with": item.compared_with or "",
        **scope(context, item.scope),
    }


def unit(entry: Unit | None) -> Row:
    return {"unit": entry.id if entry else "", **pair("unit", entry.name if entry else None)}


def scope(context: Context, id: str) -> Row:
    return {"scope": id, **pair("scope", context.site.scopes[id].name if id else None)}


def ids(names: Iterable[str]) -> str:
    return " ".join(names)


def lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
