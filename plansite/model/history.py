"""What became of measures between the editions of a plan, and between a plan and the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.text import Fate, Succession, Text
from plansite.model.wording import Assignment


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A measure the current edition no longer has. `last` is the last edition that had it (empty: the undated one).

    `into` are the measures it went into; `text` is what an editor says about it.
    """

    id: str
    last: str
    fate: Fate
    into: tuple[str, ...]
    text: Text | None


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task paragraph of the current edition that nobody has restated yet; `heading` as printed."""

    chapter: int
    section: int
    item: int
    heading: str
    assignments: tuple[Assignment, ...]
    split_from: str

    @property
    def locator(self) -> str:
        return f"{self.chapter}.{self.section}.{self.item}"


@dataclass(frozen=True, slots=True)
class Succeeded:
    """What a plan makes of `earlier` measures of the plan it follows; `measure` is empty where it drops them."""

    measure: str
    relation: Succession
    earlier: tuple[str, ...]
    how: Text | None


@dataclass(frozen=True, slots=True)
class Redirect:
    """A published address (below the language, with or without #anchor) that is no more; `to` is empty if it leads
    nowhere."""

    source: str
    to: str
    why: Text
