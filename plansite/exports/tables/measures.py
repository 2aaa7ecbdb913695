"""Tables of measures and of who is responsible for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from plansite import urls
from plansite.exports.records.base import Context, member
from plansite.exports.records.measures import IN_CHARGE, role
from plansite.exports.resource import Resource, integer, string
from plansite.exports.tables.cells import Row, addresses, ids, lines, pair
from plansite.exports.tables.columns import (
    CHAPTER,
    CITES,
    DEPARTMENT,
    JURISDICTION,
    LOCATOR,
    NOTES,
    PLACES,
    PLAN,
    SECTION,
    TOPICS,
    URL_EN,
    URL_ZH,
)
from plansite.model import Responsibility, Text

MEASURES = Resource(
    "data/measures.csv",
    Text("任务", "Measures"),
    Text(
        "每项任务一行：题目、摘要、承诺、责任单位、主题、地点，以及它属于哪些共同任务。",
        "One row for each measure: title, summary, commitments, responsible bodies, topics, places, and the shared "
        "measures it belongs to.",
    ),
    (
        PLAN,
        string(
            "id",
            "Id of the measure, unique in its plan, never used again for another",
            "任务的标识，在规划内唯一，永不改作他用",
            required=True,
        ),
        JURISDICTION,
        CHAPTER,
        SECTION,
        integer("item", "Running number of the task paragraph in its section", "任务段落在节内的顺序号", required=True),
        LOCATOR,
        string("heading", "Heading as printed in the plan (Chinese)", "规划印的标题", required=True),
        string("title_zh", "Title given by the editors, in Chinese", "编者拟的题目（中文）", required=True),
        string("title_en", "Title given by the editors, in English", "编者拟的题目（英文）", required=True),
        string("summary_zh", "Summary in Chinese", "摘要（中文）", required=True),
        string("summary_en", "Summary in English", "摘要（英文）", required=True),
        string("actions_zh", "Commitments in Chinese, one on each line", "承诺（中文），每行一条", required=True),
        string("actions_en", "Commitments in English, one on each line", "承诺（英文），每行一条", required=True),
        string(
            "lead",
            "Ids of bodies that lead or, where nobody leads, are responsible, with a space between them",
            "牵头的单位的标识；没有牵头的，是负责的单位；用空格隔开",
        ),
        string(
            "with",
            "Ids of the other bodies that the note names, with a space between them",
            "括注写明的其他单位的标识，用空格隔开",
        ),
        string(
            "standing",
            "Ids of bodies that support it by a remark in the note of an earlier measure, with a space between them",
            "不在本任务括注里、按前面一项任务的说明配合的单位的标识，用空格隔开",
        ),
        integer("targets", "Number of its targets in targets.csv", "targets.csv中这项任务的目标数", required=True),
        TOPICS,
        PLACES,
        CITES,
        string(
            "families",
            "Ids of the shared measures it belongs to (see shared-measures.json), with a space between them",
            "所属共同任务的标识（见shared-measures.json），用空格隔开",
        ),
        string("particular_zh", "Why only its plan has it, in Chinese", "为什么只有这份规划有（中文）"),
        string("particular_en", "Why only its plan has it, in English", "为什么只有这份规划有（英文）"),
        string(
            "city_tasks",
            "Measures of the city’s plan that it carries out, as PLAN/MEASURE, with a space between them",
            "它落实的市级任务，写作“规划/任务”，用空格隔开",
        ),
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "id"),
)

ASSIGNMENTS = Resource(
    "data/assignments.csv",
    Text("责任分工", "Who is responsible for what"),
    Text("每项任务的每个责任单位一行。", "One row for each responsible body of each measure."),
    (
        PLAN,
        string("measure", "Id of the measure", "任务的标识", required=True),
        LOCATOR,
        DEPARTMENT,
        string(
            "role",
            "lead: leads or, where nobody leads, is responsible; with: any other body that the note names",
            "lead：牵头，或者没有牵头时负责；with：括注写明的其他单位",
            required=True,
            enum=("lead", "with"),
        ),
        string(
            "responsibility",
            "named-lead: leads (牵头); sole: the only body called responsible (负责); shared: responsible for its part "
            "(按职责分工负责), nobody leads; joint: one of several called responsible (负责), not each for its part; "
            "under-lead: responsible, another body leads; supporting: supports (配合); unstated: named without a word",
            "named-lead：牵头；sole：只写它一家负责；shared：按职责分工负责，没有牵头；joint：几家负责，没有写分工；"
            "under-lead：负责，由别家牵头；supporting：配合；unstated：只列单位，没有写职责",
            required=True,
            enum=get_args(Responsibility),
        ),
        string("printed", "The body as the plan prints it (Chinese)", "规划印的单位名称", required=True),
        string(
            "body_zh",
            "Name of the body in its city or district, in Chinese",
            "该地这一单位的名称（中文）",
            required=True,
        ),
        string(
            "body_en",
            "Name of the body in its city or district, in English",
            "该地这一单位的名称（英文）",
            required=True,
        ),
        URL_ZH,
        URL_EN,
    ),
    ("plan", "measure", "printed"),
)


def measures(context: Context) -> Iterator[Row]:
    site, links = context.site, context.links
    for measure in links.measures:
        plan, key = site.plans[measure.plan], (measure.plan, measure.id)
        decided = site.particular.get(key)
        above = dict.fromkeys(member((city, task)) for city, task, _ in links.city_tasks.get(key, []))
        yield {
            "plan": measure.plan,
            "id": measure.id,
            "jurisdiction": plan.jurisdiction,
            "chapter": measure.chapter,
            "section": measure.section,
            "item": measure.item,
            "locator": measure.locator,
            "heading": measure.heading,
            **pair("title", measure.title),
            **pair("summary", measure.summary),
            "actions_zh": lines(action.zh for action in measure.actions),
            "actions_en": lines(action.en for action in measure.actions),
            "lead": ids(e.department for e in measure.assignments if measure.responsibility(e) in IN_CHARGE),
            "with": ids(e.department for e in measure.assignments if measure.responsibility(e) not in IN_CHARGE),
            "standing": ids(entry.department for entry in plan.standing_for(measure)),
            "targets": len(measure.targets),
            "topics": ids(measure.topics),
            "places": ids(measure.places),
            "cites": ids(measure.cites),
            "families": ids(family.id for family in links.families.get(key, [])),
            **pair("particular", decided.why if decided else None),
            "city_tasks": ids(above),
            "notes": ids(context.notes_on(measure.plan, "measure", measure.id)),
            **addresses(context, urls.measure(measure.plan, measure.id)),
        }


def assignments(context: Context) -> Iterator[Row]:
    for measure in context.links.measures:
        jurisdiction = context.site.plans[measure.plan].jurisdiction
        for entry in measure.assignments:
            part = measure.responsibility(entry)
            yield {
                "plan": measure.plan,
                "measure": measure.id,
                "locator": measure.locator,
                "department": entry.department,
                "role": role(part),
                "responsibility": part,
                "printed": entry.printed,
                **pair("body", context.site.body(entry.department, jurisdiction)),
                **addresses(context, urls.measure(measure.plan, measure.id)),
            }
