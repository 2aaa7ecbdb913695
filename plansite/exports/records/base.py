"""What every JSON record is made with: the site, addresses, and the forms of texts, numbers and cells.

Field names are English, texts stand in both languages, what the plan does not give is None, addresses are absolute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plansite import urls
from plansite.links import Links
from plansite.model import LOCALES, Box, Cell, Measure, MeasureKey, Quantity, Site, SubjectKind, Text

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What a record may need to know. `base_url` ends in a slash."""

    site: Site
    links: Links
    base_url: str

    def url(self, address: str) -> Record:
        return {locale: self.base_url + urls.path(locale, address) for locale in LOCALES}

    def notes_on(self, plan: str, kind: SubjectKind, key: str | int) -> list[str]:
        """Ids of the notes about something in a plan."""
        return [note.id for note in self.links.notes_on(plan, kind, key)]


def pair(text: Text | None) -> Record | None:
    return {"zh": text.zh, "en": text.en} if text else None


def quantity(item: Quantity) -> Record:
    """`op` and `value`, or `worded`; `year` is the deadline or the year of a result."""
    return {
        "what": pair(item.what),
        "indicator": item.concept or None,
        "op": item.op if item.value is not None else None,
        "value": item.value,
        "unit": item.unit.id if item.unit else None,
        "worded": item.worded.id if item.worded else None,
        "year": item.year or None,
        "compared_with": item.compared_with or None,
        "scope": item.scope or None,
    }


def cell(item: Cell) -> Record:
    """A cell of a table, as printed and as a number or words."""
    return {
        "printed": item.printed,
        "op": item.op if item.value is not None else None,
        "value": item.value,
        "worded": item.worded.id if item.worded else None,
    }


def box_place(box: Box) -> str:
    """Chapter and section a box stands in."""
    return f"{box.chapter}.{box.section}"


def member(key: MeasureKey) -> str:
    """A measure of any plan by one name: PLAN/MEASURE."""
    return "/".join(key)


def references(measures: Iterable[Measure]) -> list[Record]:
    return [{"plan": measure.plan, "id": measure.id} for measure in measures]
