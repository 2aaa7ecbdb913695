"""Words that every record uses: languages, roles, directions, and texts in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Locale = Literal["zh", "en"]
LOCALES: tuple[Locale, Locale] = ("zh", "en")

LANG: dict[Locale, str] = {"zh": "zh-Hans", "en": "en"}
"""The BCP 47 tag of each locale."""

Role = Literal["lead", "responsible", "shared", "with", "unstated"]
"""What a note prints after a body: 牵头, 负责, 按职责分工负责, 配合, or nothing."""

ROLES: tuple[Role, ...] = get_args(Role)
"""The strongest first."""

Responsibility = Literal["named-lead", "sole", "shared", "joint", "under-lead", "supporting", "unstated"]
"""The part of a body in a measure: its role, beside the roles of the others."""

Op = Literal["=", ">=", "<=", ">", "<", "~"]
"""How a value is meant; ~ is “about” (左右, 约)."""
Attribute = Literal["binding", "anticipatory"]
Direction = Literal["higher", "lower"]
NoteKind = Literal["contradiction", "count", "numbering", "naming", "slip", "unit", "unclear"]
Facet = Literal["number", "deadline", "threshold", "scope", "means", "body"]
Relation = Literal["repeats", "tightens", "loosens", "differs", "leaves-out"]
Fate = Literal["dropped", "merged", "split", "replaced"]
Succession = Literal["continues", "replaces", "drops"]
SubjectKind = Literal[
    "indicator", "measure", "project", "progress", "chapter", "section", "front", "goal", "completion"
]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def __getitem__(self, locale: Locale) -> str:
        return self.zh if locale == "zh" else self.en
