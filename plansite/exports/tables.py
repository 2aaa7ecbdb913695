"""The rows of the CSV files; the columns and their order stand in `resources.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from plansite import formats, urls
from plansite.exports import resources
from plansite.exports.records import Records, responsibility
from plansite.exports.resource import Resource
from plansite.model import Cell, Locale, Quantity, Text

Row = dict[str, Any]
RowMaker = Callable[[Records], Iterator[Row]]


def measures(records: Records) -> Iterator[Row]:
    for measure in records.links.measures:
        yield {
            "plan": measure.plan,
            "id": measure.id,
            "jurisdiction": records.site.plans[measure.plan].jurisdiction,
            "chapter": measure.chapter,
            "section": measure.section,
            "item": measure.item,
            "locator": measure.locator,
            "heading": measure.heading,
            **_pair("title", measure.title),
            **_pair("summary", measure.summary),
            "actions_zh": _lines(action.zh for action in measure.actions),
            "actions_en": _lines(action.en for action in measure.actions),
            "lead": _ids(entry.department for entry in measure.assignments if entry.role != "with"),
            "with": _ids(entry.department for entry in measure.assignments if entry.role == "with"),
            "targets": len(measure.targets),
            "topics": _ids(measure.topics),
            "places": _ids(measure.places),
            "cites": _ids(measure.cites),
            "notes": _ids(records.notes_on(measure.plan, "measure", measure.id)),
            **_urls(records, urls.measure(measure.plan, measure.id)),
        }


def assignments(records: Records) -> Iterator[Row]:
    for measure in records.links.measures:
        jurisdiction = records.site.plans[measure.plan].jurisdiction
        for entry in measure.assignments:
            yield {
                "plan": measure.plan,
                "measure": measure.id,
                "locator": measure.locator,
                "department": entry.department,
                "role": "with" if entry.role == "with" else "lead",
                "responsibility": responsibility(entry, measure),
                "printed": entry.printed,
                **_pair("body", records.site.body(entry.department, jurisdiction)),
                **_urls(records, urls.measure(measure.plan, measure.id)),
            }


def indicators(records: Records) -> Iterator[Row]:
    for plan in records.site.plans.values():
        table = plan.indicators
        for row in table.rows if table else ():
            assert table
            yield {
                "plan": plan.id,
                "number": row.number,
                "category": row.category,
                **_pair("name", row.name),
                "unit": row.unit.id,
                "baseline_year": table.baseline_year,
                **_cell("baseline", row.baseline),
                "target_year": table.target_year,
                **_cell("target", row.target),
                "attribute": row.attribute,
                "concept": row.concept,
                "printed_name": row.printed_name,
                **_pair("category", table.categories[row.category]),
                "locator": f"{table.box.chapter}.{table.box.section}",
                "box": table.box.number,
                "notes": _ids(records.notes_on(plan.id, "indicator", row.number)),
                **_urls(records, urls.plan_indicator(plan.id, row.number)),
            }


def targets(records: Records) -> Iterator[Row]:
    """Plan by plan: the indicator table, then the measures."""
    for plan in records.site.plans.values():
        table = plan.indicators
        for row in table.rows if table else ():
            assert table
            yield {
                "plan": plan.id,
                "source": "indicator",
                "id": str(row.number),
                "index": 1,
                "locator": f"{table.box.chapter}.{table.box.section}",
                **_pair("what", row.name),
                "concept": row.concept,
                "op": row.target.op if row.target.value is not None else "",
                "value": row.target.value,
                "unit": row.unit.id,
                "worded": row.target.worded.id if row.target.worded else "",
                "year": table.target_year,
                "compared_with": "",
                "attribute": row.attribute,
                **_urls(records, urls.plan_indicator(plan.id, row.number)),
            }
        for measure in plan.measures.values():
            for index, target in enumerate(measure.targets, start=1):
                yield {
                    "plan": plan.id,
                    "source": "measure",
                    "id": measure.id,
                    "index": index,
                    "locator": measure.locator,
                    **_quantity(target),
                    "concept": target.concept,
                    "attribute": "",
                    **_urls(records, urls.measure(plan.id, measure.id)),
                }


def departments(records: Records) -> Iterator[Row]:
    for department in records.site.departments.values():
        for jurisdiction, body in department.bodies.items():
            entries = [
                entry
                for measure, entry in records.links.by_department.get(department.id, [])
                if records.site.plans[measure.plan].jurisdiction == jurisdiction
            ]
            yield {
                "department": department.id,
                **_pair("name", department.name),
                "jurisdiction": jurisdiction,
                **_pair("body", body.name),
                "printed": "|".join(body.printed),
                "lead": sum(entry.role != "with" for entry in entries),
                "with": sum(entry.role == "with" for entry in entries),
                **_urls(records, urls.department(department.id)),
            }


def projects(records: Records) -> Iterator[Row]:
    for plan in records.site.plans.values():
        for project in plan.projects.values():
            yield {
                "plan": plan.id,
                "id": project.id,
                "box": project.box,
                "mark": project.mark,
                **_pair("name", project.name),
                **_pair("text", project.text),
                "quantities_zh": _lines(_in_words(item, "zh") for item in project.quantities),
                "quantities_en": _lines(_in_words(item, "en") for item in project.quantities),
                "measures": _ids(project.measures),
                "topics": _ids(project.topics),
                "places": _ids(project.places),
                "cites": _ids(project.cites),
                "notes": _ids(records.notes_on(plan.id, "project", project.id)),
                **_urls(records, urls.project(plan.id, project.id)),
            }


def progress(records: Records) -> Iterator[Row]:
    for plan in records.site.plans.values():
        for entry in plan.progress.values():
            for index, figure in enumerate(entry.figures, start=1):
                yield {
                    "plan": plan.id,
                    "id": entry.id,
                    "index": index,
                    "locator": f"{entry.chapter}.{entry.section}",
                    **_pair("text", entry.text),
                    **_quantity(figure),
                    "topics": _ids(entry.topics),
                    "places": _ids(entry.places),
                    "cites": _ids(entry.cites),
                    "notes": _ids(records.notes_on(plan.id, "progress", entry.id)),
                    **_urls(records, urls.progress_entry(plan.id, entry.id)),
                }


TABLES: tuple[tuple[Resource, RowMaker], ...] = (
    (resources.MEASURES_CSV, measures),
    (resources.ASSIGNMENTS_CSV, assignments),
    (resources.INDICATORS_CSV, indicators),
    (resources.TARGETS_CSV, targets),
    (resources.DEPARTMENTS_CSV, departments),
    (resources.PROJECTS_CSV, projects),
    (resources.PROGRESS_CSV, progress),
)


def _pair(name: str, text: Text) -> Row:
    return {f"{name}_zh": text.zh, f"{name}_en": text.en}


def _urls(records: Records, address: str) -> Row:
    return {f"url_{locale}": url for locale, url in records.url(address).items()}


def _cell(name: str, item: Cell) -> Row:
    return {
        f"{name}_printed": item.printed,
        f"{name}_op": item.op if item.value is not None else "",
        f"{name}_value": item.value,
        f"{name}_worded": item.worded.id if item.worded else "",
    }


def _quantity(item: Quantity) -> Row:
    return {
        **_pair("what", item.what),
        "op": "" if item.worded else item.op,
        "value": item.value,
        "unit": item.unit.id if item.unit else "",
        "worded": item.worded.id if item.worded else "",
        "year": item.year or "",
        "compared_with": item.compared_with or "",
    }


def _in_words(item: Quantity, locale: Locale) -> str:
    separator = "：" if locale == "zh" else ": "
    return item.what[locale] + separator + formats.quantity(item, locale).replace("\u00a0", " ")


def _ids(ids: Iterable[str]) -> str:
    return " ".join(ids)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
