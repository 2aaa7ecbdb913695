"""What editors decided about several plans at once: shared measures, measures of one plan only, city and districts."""

from __future__ import annotations

from dataclasses import dataclass, field

from plansite.model.text import Facet, Relation, Text

MeasureKey = tuple[str, str]
"""A plan's id and a measure's id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which the members of a family differ: what it is, and what each plan says (plan id → text).

    A plan of the family that is not among the values says nothing about it.
    """

    facet: Facet
    what: Text
    values: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Family:
    """The same task in two or more plans. `alike` says that nothing differs; it is None where something does."""

    id: str
    title: Text
    summary: Text
    topic: str
    members: tuple[MeasureKey, ...]
    differences: tuple[Difference, ...]
    common: tuple[Text, ...]
    alike: Text | None = None
    plans: tuple[str, ...] = field(init=False)
    """The plans that have a member, in the order of the members."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "plans", tuple(dict.fromkeys(plan for plan, _ in self.members)))

    def of(self, plan: str) -> tuple[str, ...]:
        """The ids of a plan's members."""
        return tuple(measure for id, measure in self.members if id == plan)


@dataclass(frozen=True, slots=True)
class Particular:
    """A measure that editors decided to be of its plan alone, and why."""

    measure: MeasureKey
    why: Text


@dataclass(frozen=True, slots=True)
class Follow:
    """What one plan does about a commitment of a plan above it."""

    relation: Relation
    measures: tuple[str, ...]
    how: Text


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment of a city's task, and what each district's plan makes of it.

    `action` is its number in the measure, from 1.
    """

    action: int
    what: Text
    follows: dict[str, Follow]


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the city's plan with its commitments."""

    measure: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Cascade:
    """A city's plan, task by task, and the plans of its districts (`plans`)."""

    plan: str
    plans: tuple[str, ...]
    tasks: tuple[Task, ...]
    by_measure: dict[MeasureKey, tuple[tuple[str, Commitment], ...]] = field(default_factory=dict)
    """A district's measure → the city's measures and commitments that it carries out."""
