"""Tables of projects and of the results claimed for the earlier period."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import formats, urls
from plansite.exports.records.base import Context, box_place
from plansite.exports.resource import Resource, integer, string
from plansite.exports.tables.cells import Row, addresses, ids, lines, pair, quantity
from plansite.exports.tables.columns import (
    CITES,
    COMPARED,
    CONCEPT,
    LOCATOR,
    NOTES,
    OP,
    PLACES,
    PLAN,
    SCOPE,
    SCOPE_NAMES,
    TOPICS,
    UNIT,
    UNIT_NAMES,
    URL_EN,
    URL_ZH,
    VALUE,
    WHAT_EN,
    WHAT_ZH,
    WORDED,
    WORDED_NAMES,
    YEAR,
)
from plansite.model import Locale, Quantity, Site, Text

PROJECTS = Resource(
    "data/projects.csv",
    Text("工程项目", "Projects"),
    Text(
        "规划专栏里的每个工程项目一行；数量的明细见projects.json。",
        "One row for each project of a plan’s boxes (专栏); its quantities one by one are in projects.json.",
    ),
    (
        PLAN,
        string("id", "Id of the project, unique in its plan", "项目的标识，在规划内唯一", required=True),
        integer("box", "Number of the box (专栏)", "专栏的序号", required=True),
        string("box_zh", "Title of the box in Chinese", "专栏的标题（中文）", required=True),
        string("box_en", "Title of the box in English", "专栏的标题（英文）", required=True),
        LOCATOR,
        string("mark", "Mark in the box as printed, for instance （一）", "专栏里印的编号，如（一）"),
        string("name_zh", "Name in Chinese", "名称（中文）", required=True),
        string("name_en", "Name in English", "名称（英文）", required=True),
        string("text_zh", "What is to be built or done, in Chinese", "建设内容（中文）", required=True),
        string("text_en", "What is to be built or done, in English", "建设内容（英文）", required=True),
        string("quantities_zh", "Quantities in Chinese, one on each line", "数量（中文），每行一个"),
        string("quantities_en", "Quantities in English, one on each line", "数量（英文），每行一个"),
        string(
            "measures",
            "Ids of the measures it carries out, with a space between them",
            "它落实的任务的标识，用空格隔开",
        ),
        TOPICS,
        PLACES,
        CITES,
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "id"),
)

PROGRESS = Resource(
    "data/progress.csv",
    Text("上一个五年的自述成绩", "Results claimed for the previous five years"),
    Text(
        "规划自述成绩的每个数字一行；同一条成绩有几个数字，就有几行。",
        "One row for each figure that a plan claims; a result with several figures has several rows.",
    ),
    (
        PLAN,
        string("id", "Id of the result, unique in its plan", "自述成绩的标识，在规划内唯一", required=True),
        integer("index", "Running number of the figure in its result", "数字在这条成绩中的顺序号", required=True),
        LOCATOR,
        string("text_zh", "The result in Chinese", "自述成绩（中文）", required=True),
        string("text_en", "The result in English", "自述成绩（英文）", required=True),
        WHAT_ZH,
        WHAT_EN,
        CONCEPT,
        OP,
        VALUE,
        UNIT,
        *UNIT_NAMES,
        WORDED,
        *WORDED_NAMES,
        YEAR,
        COMPARED,
        SCOPE,
        *SCOPE_NAMES,
        TOPICS,
        PLACES,
        CITES,
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "id", "index"),
)


def projects(context: Context) -> Iterator[Row]:
    site = context.site
    for plan in site.plans.values():
        boxes = {box.number: box for box in plan.boxes}
        for project in plan.projects.values():
            box = boxes[project.box]
            yield {
                "plan": plan.id,
                "id": project.id,
                "box": project.box,
                **pair("box", box.title),
                "locator": box_place(box),
                "mark": project.mark,
                **pair("name", project.name),
                **pair("text", project.text),
                "quantities_zh": lines(_in_words(site, item, "zh") for item in project.quantities),
                "quantities_en": lines(_in_words(site, item, "en") for item in project.quantities),
                "measures": ids(project.measures),
                "topics": ids(project.topics),
                "places": ids(project.places),
                "cites": ids(project.cites),
                "notes": ids(context.notes_on(plan.id, "project", project.id)),
                **addresses(context, urls.project(plan.id, project.id)),
            }


def progress(context: Context) -> Iterator[Row]:
    for plan in context.site.plans.values():
        for entry in plan.progress.values():
            for index, figure in enumerate(entry.figures, start=1):
                yield {
                    "plan": plan.id,
                    "id": entry.id,
                    "index": index,
                    "locator": f"{entry.chapter}.{entry.section}",
                    **pair("text", entry.text),
                    **quantity(context, figure),
                    "topics": ids(entry.topics),
                    "places": ids(entry.places),
                    "cites": ids(entry.cites),
                    "notes": ids(context.notes_on(plan.id, "progress", entry.id)),
                    **addresses(context, urls.progress_entry(plan.id, entry.id)),
                }


def _in_words(site: Site, item: Quantity, locale: Locale) -> str:
    """What: number with unit (scope, year)."""
    colon, comma, marks = ("：", "，", "（）") if locale == "zh" else (": ", ", ", ("(", ")"))
    value = formats.quantity(item, locale).replace("\u00a0", " ")
    limits = [site.scopes[item.scope].name[locale]] if item.scope else []
    limits += [formats.date(str(item.year), locale)] if item.year else []
    if not limits:
        return f"{item.what[locale]}{colon}{value}"
    space = "" if locale == "zh" else " "
    return f"{item.what[locale]}{colon}{value}{space}{marks[0]}{comma.join(limits)}{marks[1]}"
