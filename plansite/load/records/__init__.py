"""What each YAML file may hold. These classes are also the JSON Schema that editors read."""

from __future__ import annotations

from typing import Any

from plansite.load.records.base import Named, Pair
from plansite.load.records.connections import FamilyRecord, ParticularRecord, TaskRecord
from plansite.load.records.history import NewTaskRecord, RedirectRecord, SuccessionRecord, WithdrawnRecord
from plansite.load.records.plan import (
    ChapterRecord,
    CompletionRecord,
    GoalRecord,
    IndicatorsRecord,
    MeasureRecord,
    NoteRecord,
    PlanRecord,
    ProgressRecord,
    ProjectsRecord,
)
from plansite.load.records.site import (
    CitedDocumentRecord,
    ConceptRecord,
    DepartmentRecord,
    JurisdictionRecord,
    PlaceRecord,
    SearchTermsRecord,
    SiteRecord,
    TermRecord,
    TopicGroupRecord,
    UnitRecord,
)
from plansite.load.records.translations import WrittenRecord

__all__ = ["FILES", "MEMORY", "OF_THE_CURRENT", "OPTIONAL", "REQUIRED_OF_PLAN", "SEARCH_TERMS", "Pair"]

MEMORY = "translations.yaml"
"""What is remembered of the texts of a plan, and of the shared measures; written by a command."""

SEARCH_TERMS = "vocab/search-terms.yaml"

FILES: dict[str, Any] = {
    "site.yaml": SiteRecord,
    "jurisdictions.yaml": list[JurisdictionRecord],
    "vocab/departments.yaml": list[DepartmentRecord],
    "vocab/topics.yaml": list[TopicGroupRecord],
    "vocab/places.yaml": list[PlaceRecord],
    "vocab/cited-documents.yaml": list[CitedDocumentRecord],
    "vocab/units.yaml": list[UnitRecord],
    "vocab/worded-values.yaml": list[Named],
    "vocab/indicators.yaml": list[ConceptRecord],
    "vocab/scopes.yaml": list[Named],
    "vocab/glossary.yaml": list[TermRecord],
    SEARCH_TERMS: SearchTermsRecord,
    "shared-measures/*.yaml": list[FamilyRecord],
    "particular-measures/*.yaml": list[ParticularRecord],
    "cascades/*.yaml": list[TaskRecord],
    "redirects.yaml": list[RedirectRecord],
    MEMORY: dict[str, WrittenRecord],
    "plans/*/plan.yaml": PlanRecord,
    "plans/*/outline.yaml": list[ChapterRecord],
    "plans/*/measures/*.yaml": list[MeasureRecord],
    "plans/*/indicators.yaml": IndicatorsRecord,
    "plans/*/goals.yaml": list[GoalRecord],
    "plans/*/completion.yaml": CompletionRecord,
    "plans/*/projects.yaml": ProjectsRecord,
    "plans/*/progress.yaml": list[ProgressRecord],
    "plans/*/notes.yaml": list[NoteRecord],
    "plans/*/withdrawn.yaml": list[WithdrawnRecord],
    "plans/*/new-tasks.yaml": list[NewTaskRecord],
    "plans/*/succession.yaml": list[SuccessionRecord],
    f"plans/*/{MEMORY}": dict[str, WrittenRecord],
}
"""Every file below `data/` and what it holds; `*` stands for a plan's id, a chapter's number or a theme.

An earlier edition of a plan has the same files below `plans/ID/editions/EDITION/`."""

REQUIRED_OF_PLAN = ("plan.yaml", "outline.yaml")

OF_THE_CURRENT = ("withdrawn.yaml", "new-tasks.yaml", "succession.yaml", MEMORY)
"""Files of a plan that an earlier edition of it has not."""

OPTIONAL = ("redirects.yaml", SEARCH_TERMS, MEMORY)
"""Files above the plans that need not be there."""
