"""What the search makes of the words of a query."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """Words in both languages."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that people type, and the words of the documents that they mean.

    The other fields are ids of what is about it.
    """

    typed: tuple[str, ...]
    words: Words
    topics: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    cited_documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """What people write, and how it is spelt."""

    typed: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SearchWords:
    """`asking` words name nothing, `weak` ones little, `defining` ones ask what a term means; the words of each of
    `same` mean the same."""

    spellings: tuple[Spelling, ...] = ()
    asking: Words = field(default_factory=Words)
    weak: Words = field(default_factory=Words)
    defining: Words = field(default_factory=Words)
    same: tuple[Words, ...] = ()
    leads: tuple[Lead, ...] = ()
