"""The fields of measures, numbers, projects, notes, lists and shared measures."""

from __future__ import annotations

import re

from plansite.exports.fields.parts import CATEGORY, CELL, MEASURES, QUANTITY, URL, field, taken, within
from plansite.exports.records.connections import COMPARED
from plansite.exports.resource import renamed
from plansite.exports.tables import columns, lists, measures, notes, numbers, projects

CITY_TASK = (
    *field("measure", "string", "Measure of the city’s plan, as PLAN/MEASURE", "市级任务，写作“规划/任务”"),
    *field("action", "integer", "Number of the commitment in it", "其中第几条承诺"),
    *field("what", "texts", "The city’s commitment", "市里的承诺"),
    *field("relation", "string", "What the district makes of it", "城区怎样对待"),
    *field("how", "texts", "In what, in a sentence", "一句话说明"),
    *field("url", "texts", "Address of the city’s commitment", "市里这条承诺的网址"),
)

MEASURE = (
    *taken(measures.MEASURES, "id", "plan", "jurisdiction", "chapter", "section", "item", "locator", "heading"),
    *taken(measures.MEASURES, "title", "summary"),
    *field("actions[]", "texts", "A commitment", "一条承诺"),
    *within("targets[]", QUANTITY),
    *within(
        "departments[]",
        field("id", "string", "Id of the department’s role", "部门职能的标识"),
        taken(measures.ASSIGNMENTS, "role", "printed", "responsibility"),
    ),
    *within(
        "standing[]",
        field("id", "string", "Id of a body that a remark in an earlier note adds", "前面一项任务的说明所加单位的标识"),
        field("printed", "string", "The body as printed there", "那里照印的单位名称"),
        field("stated_in", "string", "Id of the measure in whose note it stands", "写有这条说明的任务的标识"),
    ),
    *taken(measures.MEASURES, "topics", "places", "cites", "families", "particular"),
    *within("city_tasks[]", CITY_TASK),
    *within(
        "exceptions[]",
        field("number", "string", "A number that differs from the document", "与原文不同的数字"),
        field("why", "texts", "Why", "原因"),
    ),
    *taken(measures.MEASURES, "notes"),
    *field("projects[]", "string", "Ids of the projects that carry it out", "落实它的项目的标识"),
    *URL,
)

INDICATOR = (
    *taken(numbers.INDICATORS, "plan", "number", "category"),
    *CATEGORY,
    *taken(numbers.INDICATORS, "name", "printed_name", "concept", "change"),
    columns.SCOPE,
    columns.UNIT,
    *within("baseline", field("year", "year", "Year of the baseline", "基数的年份"), CELL),
    *within("target", field("year", "year", "Year of the target", "目标的年份"), CELL),
    *taken(numbers.INDICATORS, "attribute", "box", "locator", "notes"),
    *URL,
)

CONCEPT = (*taken(lists.CONCEPTS, "id", "name", "direction", "change", "unit", "topics"), *URL)

TARGET = (
    *taken(numbers.TARGETS, "plan", "source", "id", "index", "locator"),
    *QUANTITY,
    *taken(numbers.TARGETS, "attribute", "notes"),
    *URL,
)

COMPLETION = (
    *taken(numbers.COMPLETION, "plan", "number", "category"),
    *CATEGORY,
    *taken(numbers.COMPLETION, "name", "printed_name", "concept", "unit", "year"),
    *within("planned", CELL),
    *within("achieved", CELL),
    *taken(numbers.COMPLETION, "attribute", "remark", "box", "locator", "notes"),
    *URL,
)

PROJECT = (
    *taken(projects.PROJECTS, "id", "plan", "box", "mark", "name", "text"),
    *within("quantities[]", QUANTITY),
    *taken(projects.PROJECTS, "topics", "places", "cites", "measures", "notes"),
    *URL,
)

PROGRESS = (
    *taken(projects.PROGRESS, "id", "plan"),
    columns.CHAPTER,
    columns.SECTION,
    *field("group", "integer", "Number of the sub-heading in its section", "节内小标题的顺序号"),
    *taken(projects.PROGRESS, "locator", "text"),
    *within("figures[]", QUANTITY),
    *taken(projects.PROGRESS, "topics", "places", "cites", "notes"),
    *URL,
)

NOTE = (
    *taken(notes.EDITORS_NOTES, "id", "plan"),
    *taken(notes.EDITORS_NOTES, "kind", "title"),
    *field("zh", "string", "The note in Chinese", "说明的内容（中文）"),
    *field("en", "string", "The note in English", "说明的内容（英文）"),
    *within(
        "places[]",
        (renamed(each, each.name.removeprefix("place_")) for each in taken(notes.EDITORS_NOTES, "place_kind")),
        (renamed(each, each.name.removeprefix("place_")) for each in taken(notes.EDITORS_NOTES, "place_key")),
        taken(notes.EDITORS_NOTES, "says", "printed"),
        field("url", "texts", "Address of the place in each language", "这一处在两种语言里的网址"),
    ),
    *URL,
)

TOPIC = (*taken(lists.TOPIC_LIST, "id", "parent", "name"), *MEASURES, *URL)
PLACE = (
    *taken(lists.PLACE_LIST, "id", "kind", "name", "jurisdictions"),
    *field("printed[]", "string", "Another spelling in the plans", "规划里的其他写法"),
    *MEASURES,
    *URL,
)
DOCUMENT = (
    *taken(lists.CITED, "id", "level", "name"),
    *MEASURES,
    *field("basis_of[]", "string", "Id of a plan that is based on it", "以它为依据的规划的标识"),
    *URL,
)
TERM = (
    *field("id", "string", "Id of the term", "术语的标识"),
    *field("term", "texts", "The term", "术语"),
    *field("definition", "texts", "What it means", "解释"),
    *field("aliases.zh[]", "string", "Another Chinese name", "中文的其他名称"),
    *field("aliases.en[]", "string", "Another English name", "英文的其他名称"),
    *field("topics[]", "string", "Ids of topics", "主题的标识"),
    *URL,
)

JURISDICTION = (*taken(lists.JURISDICTIONS, "id", "kind", "name", "official_name", "parent"), *URL)

FAMILY = (
    *taken(lists.SHARED, "id", "title", "summary", "members"),
    *within(
        "differences[]",
        field("facet", "texts", "In what they differ", "哪里不同"),
        field(
            "values.{plan}",
            "texts",
            "What a plan says; a plan without a key says nothing",
            "该规划怎么写，没有的就是没写",
        ),
        field("kind", "string", "Kind of the difference", "差别的类别"),
    ),
    *field("alike", "texts", "That nothing differs, where that is so", "没有不同时的说明"),
    *field("common[]", "texts", "Something they share", "一处共同点"),
    *field("silent[]", "string", "Id of a five-year plan without such a task", "没有这项任务的五年规划的标识"),
    *taken(lists.SHARED, "topic"),
    *URL,
)

FAMILY_RECORD = (
    *FAMILY,
    *within("measures[]", (each for each in MEASURE if re.split(r"\W", each.name)[0] in COMPARED)),
)
INDICATOR_RECORD = (
    *CONCEPT,
    *within("rows[]", INDICATOR),
    *within(
        "targets[]",
        (columns.PLAN,),
        field("measure", "string", "Id of the measure", "任务的标识"),
        (columns.LOCATOR,),
        QUANTITY,
        URL,
    ),
    *within("goals[]", TARGET),
    *within("completion[]", COMPLETION),
)
