"""Entries of the vocabularies: units, topics, places, departments, indicator concepts, terms."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.text import Direction, Locale, Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement or a counting word.

    `symbol` stands behind a number, an empty one means none; `one` stands behind an English 1, where that differs.
    """

    id: str
    name: Text
    symbol: Text
    one: str = ""


@dataclass(frozen=True, slots=True)
class WordedValue:
    """A target that a plan gives in words, such as "as assigned by the city"."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Topic:
    """What a measure is about; `parent` is empty on the first of the two levels."""

    id: str
    name: Text
    parent: str
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A named river, reservoir, park, township, road or zone; `printed` holds other spellings in the documents."""

    id: str
    kind: str
    name: Text
    jurisdictions: tuple[str, ...]
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A law, regulation, standard or programme that a measure names."""

    id: str
    name: Text
    level: str


@dataclass(frozen=True, slots=True)
class Body:
    """One jurisdiction's own body for a department role, with every spelling its plans print."""

    name: Text
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A role in government; `bodies` maps a jurisdiction id to the body that has the role there.

    `held_by` maps a jurisdiction to another role whose body, by its very name, has this role there, too.
    """

    id: str
    name: Text
    bodies: dict[str, Body]
    held_by: dict[str, str]


@dataclass(frozen=True, slots=True)
class Concept:
    """What an indicator measures, independent of a plan; `change` says that it counts a change since a base year."""

    id: str
    name: Text
    direction: Direction
    unit: Unit
    topics: tuple[str, ...]
    change: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What a number covers where it is not the whole area of the plan, for instance nationally monitored sections."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry.

    `pinyin` gives the Chinese term its place in the alphabet. `forms` are words of running text that lead to the entry
    without being names of their own; `phrases` hold a name of the term and mean something else.
    """

    id: str
    term: Text
    definition: Text
    aliases_zh: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    pinyin: str = ""
    forms_zh: tuple[str, ...] = ()
    forms_en: tuple[str, ...] = ()
    phrases_zh: tuple[str, ...] = ()
    phrases_en: tuple[str, ...] = ()

    def words(self, locale: Locale) -> tuple[str, ...]:
        """What leads to the entry in one language: the term, its other names and forms."""
        if locale == "zh":
            return (self.term.zh, *self.aliases_zh, *self.forms_zh)
        return (self.term.en, *self.aliases_en, *self.forms_en)

    def not_in(self, locale: Locale) -> tuple[str, ...]:
        """Phrases in which a name of the term means something else."""
        return self.phrases_zh if locale == "zh" else self.phrases_en
