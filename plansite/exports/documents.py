"""The JSON files, each with its description and what makes its content."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plansite.exports.fields import plans as plan_fields
from plansite.exports.fields import records as fields
from plansite.exports.fields.parts import HEAD, taken, within
from plansite.exports.records import connections, measures, numbers, plans, vocabulary
from plansite.exports.records.base import Context, Record
from plansite.exports.resource import Resource
from plansite.exports.stated import stated
from plansite.exports.tables import lists
from plansite.model import Plan, Text


def _plans(context: Context) -> Record:
    return {
        "plans": [plans.plan(context, plan) for plan in _all(context)],
        "jurisdictions": [plans.jurisdiction(context, entry) for entry in context.site.jurisdictions.values()],
    }


def _measures(context: Context) -> Record:
    return {"measures": [measures.measure(context, measure) for measure in context.links.measures]}


def _shared(context: Context) -> Record:
    """Particular measures in the order of the plans."""
    site = context.site
    decided = [site.particular.get((measure.plan, measure.id)) for measure in context.links.measures]
    return {
        "families": [connections.family(context, family) for family in site.families.values()],
        "particular": [measures.particular(context, entry) for entry in decided if entry],
        "cascades": [connections.cascade(context, cascade) for cascade in site.cascades.values()],
    }


def _indicators(context: Context) -> Record:
    return {
        "indicators": [
            numbers.indicator(context, plan, plan.indicators, row)
            for plan in _all(context)
            if plan.indicators
            for row in plan.indicators.rows
        ],
        "concepts": [numbers.concept(context, concept) for concept in context.site.concepts.values()],
    }


def _targets(context: Context) -> Record:
    return {"targets": [numbers.target(context, item) for item in stated(context.site)]}


def _completion(context: Context) -> Record:
    return {
        "completion": [
            numbers.completion(context, plan, plan.completion, row)
            for plan in _all(context)
            if plan.completion
            for row in plan.completion.rows
        ]
    }


def _projects(context: Context) -> Record:
    return {"projects": [plans.project(context, each) for plan in _all(context) for each in plan.projects.values()]}


def _progress(context: Context) -> Record:
    return {"progress": [plans.progress(context, each) for plan in _all(context) for each in plan.progress.values()]}


def _notes(context: Context) -> Record:
    return {"notes": [plans.note(context, note) for plan in _all(context) for note in plan.notes.values()]}


def _topics(context: Context) -> Record:
    return {"topics": [vocabulary.topic(context, topic) for topic in context.site.topics.values()]}


def _places(context: Context) -> Record:
    return {"places": [vocabulary.place(context, place) for place in context.site.places.values()]}


def _cited(context: Context) -> Record:
    return {"documents": [vocabulary.document(context, each) for each in context.site.cited_documents.values()]}


def _units(context: Context) -> Record:
    site = context.site
    return {
        "units": [vocabulary.unit(unit) for unit in site.units.values()],
        "worded_values": [vocabulary.named(value) for value in site.worded_values.values()],
        "scopes": [vocabulary.named(scope) for scope in site.scopes.values()],
    }


def _glossary(context: Context) -> Record:
    return {"terms": [vocabulary.term(context, term) for term in context.site.terms.values()]}


def _all(context: Context) -> Iterable[Plan]:
    return context.site.plans.values()


DOCUMENTS: tuple[tuple[Resource, Callable[[Context], Record]], ...] = (
    (
        Resource(
            "data/plans.json",
            Text("规划", "Plans"),
            Text(
                "每份规划的题名、发布单位、时期、版本、来源文件、章节目录，以及正文声明的指标数。",
                "Each plan: title, issuing body, period, edition, source file, outline, and the counts of indicators "
                "its text declares.",
            ),
            record=(*HEAD, *within("plans[]", plan_fields.PLAN), *within("jurisdictions[]", fields.JURISDICTION)),
        ),
        _plans,
    ),
    (
        Resource(
            "data/measures.json",
            Text("任务（全部字段）", "Measures (every field)"),
            Text(
                "每项任务：承诺、目标值、责任单位、主题、地点、引用的文件、所属的共同任务、它落实的市级任务，中英文都有。",
                "Each measure with its commitments, targets, bodies, topics, places and documents, the shared measures "
                "it belongs to and the city’s tasks it carries out, in both languages.",
            ),
            record=(*HEAD, *within("measures[]", fields.MEASURE)),
        ),
        _measures,
    ),
    (
        Resource(
            "data/shared-measures.json",
            Text("共同任务", "Shared measures"),
            Text(
                "几份规划共有的任务（families）和差别所在；只有一份规划有的任务和理由（particular）；"
                "市级规划的每条承诺和每个数字，各区规划怎样对待（cascades）。",
                "Tasks that several plans share, and in what they differ (families); measures of one plan only, with "
                "the reason (particular); each commitment and number of a city’s plan, and what the plans of its "
                "districts make of it (cascades).",
            ),
            record=(
                *HEAD,
                *within("families[]", fields.FAMILY),
                *within("particular[]", plan_fields.PARTICULAR),
                *within("cascades[]", plan_fields.CASCADE),
            ),
        ),
        _shared,
    ),
    (
        Resource(
            "data/indicators.json",
            Text("指标（全部字段）", "Indicators (every field)"),
            Text(
                "各规划指标表的每一行，以及通用的指标名单。",
                "Every row of the plans’ indicator tables, and the list of indicators they share.",
            ),
            record=(*HEAD, *within("indicators[]", fields.INDICATOR), *within("concepts[]", fields.CONCEPT)),
        ),
        _indicators,
    ),
    (
        Resource(
            "data/targets.json",
            Text("目标值（全部字段）", "Targets (every field)"),
            Text(
                "任务、指标表和正文里的每个目标，写明各在哪里。",
                "Every target of measures, indicator tables and running text, with where it stands.",
            ),
            record=(*HEAD, *within("targets[]", fields.TARGET)),
        ),
        _targets,
    ),
    (
        Resource(
            "data/completion.json",
            Text("上一个五年的指标完成情况（全部字段）", "How earlier targets were met (every field)"),
            Text(
                "规划里“完成情况”表的每一行：上一份规划的目标和完成值。",
                "Every row of the tables that tell how the targets of the earlier period were met.",
            ),
            record=(*HEAD, *within("completion[]", fields.COMPLETION)),
        ),
        _completion,
    ),
    (
        Resource(
            "data/projects.json",
            Text("工程项目（全部字段）", "Projects (every field)"),
            Text("每个工程项目和它的每个数量。", "Each project with each of its quantities."),
            record=(*HEAD, *within("projects[]", fields.PROJECT)),
        ),
        _projects,
    ),
    (
        Resource(
            "data/progress.json",
            Text("上一个五年的自述成绩（全部字段）", "Results claimed (every field)"),
            Text("规划自述的每条成绩和它的每个数字。", "Each result that a plan claims, with each of its figures."),
            record=(*HEAD, *within("progress[]", fields.PROGRESS)),
        ),
        _progress,
    ),
    (
        Resource(
            "data/notes.json",
            Text("编者说明", "Editors’ notes"),
            Text(
                "文件中的矛盾、笔误和前后不一：各处怎么写、在哪里。",
                "Contradictions, slips and differences in the documents: what stands where.",
            ),
            record=(*HEAD, *within("notes[]", fields.NOTE)),
        ),
        _notes,
    ),
    (
        Resource(
            "data/topics.json",
            Text("主题", "Topics"),
            Text("两级主题和各自的任务。", "Topics of two levels with their measures."),
            record=(*HEAD, *within("topics[]", fields.TOPIC)),
        ),
        _topics,
    ),
    (
        Resource(
            "data/places.json",
            Text("地点", "Places"),
            Text(
                "河流、水库、公园、乡镇、道路等，以及提到它们的任务。",
                "Rivers, reservoirs, parks, townships, roads and other places, with the measures that name them.",
            ),
            record=(*HEAD, *within("places[]", fields.PLACE)),
        ),
        _places,
    ),
    (
        Resource(
            "data/documents.json",
            Text("引用的文件", "Documents named"),
            Text(
                "规划提到的法律、标准和方案，以及提到它们的任务。",
                "Laws, standards and programmes that the plans name, with the measures that name them.",
            ),
            record=(*HEAD, *within("documents[]", fields.DOCUMENT)),
        ),
        _cited,
    ),
    (
        Resource(
            "data/units.json",
            Text("单位、文字目标和范围", "Units, targets in words, scopes"),
            Text(
                "数据里所用的单位、文字目标和数字涵盖范围的标识与名称。",
                "Ids and names of the units, of the targets in words and of what numbers cover.",
            ),
            record=(
                *HEAD,
                *within("units[]", taken(lists.UNITS, "id", "name", "symbol")),
                *within("worded_values[]", taken(lists.WORDED_VALUES, "id", "name")),
                *within("scopes[]", taken(lists.SCOPES, "id", "name")),
            ),
        ),
        _units,
    ),
    (
        Resource(
            "data/glossary.json",
            Text("术语", "Glossary"),
            Text("规划用语的解释，中英文都有。", "The terms of the plans explained in both languages."),
            record=(*HEAD, *within("terms[]", fields.TERM)),
        ),
        _glossary,
    ),
)
