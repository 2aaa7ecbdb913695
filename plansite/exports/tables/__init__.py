"""The CSV files: the columns of each, and what makes its rows."""

from __future__ import annotations

from plansite.exports.resource import Resource
from plansite.exports.tables import departments, lists, measures, notes, numbers, projects
from plansite.exports.tables.cells import RowMaker

TABLES: tuple[tuple[Resource, RowMaker], ...] = (
    (measures.MEASURES, measures.measures),
    (measures.ASSIGNMENTS, measures.assignments),
    (numbers.INDICATORS, numbers.indicators),
    (numbers.TARGETS, numbers.targets),
    (numbers.COMPLETION, numbers.completion),
    (departments.DEPARTMENTS, departments.departments),
    (projects.PROJECTS, projects.projects),
    (projects.PROGRESS, projects.progress),
    (notes.EDITORS_NOTES, notes.notes),
    *lists.LISTS,
)
