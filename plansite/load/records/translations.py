"""What is remembered of each language version: its words, and the facts it was written from."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from plansite.load.records.base import Record
from plansite.model import Locale

Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
Facts = dict[str, list[str]]


class ApartRecord(Record):
    """Where one language was written beside other words of the other language, or from other facts."""

    beside: Checksum | None = None
    facts: Facts | None = None
    alone: list[str] | None = None


class WrittenRecord(Record):
    """A record of which at least one language is remembered.

    `zh` and `en` are checksums of the words. `facts` are those of its fields; `alone` are numbers that only one of the
    languages says, though both say the same. All this holds for both languages, but for what is under `apart`.
    """

    zh: Checksum | None = None
    en: Checksum | None = None
    facts: Facts = {}
    alone: list[str] = []
    apart: dict[Locale, ApartRecord] = {}
