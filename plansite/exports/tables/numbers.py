"""Tables of numbers: indicators, targets, and the table that tells how earlier targets were met."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.exports.records.base import Context, box_place
from plansite.exports.resource import Resource, boolean, integer, renamed, string, year
from plansite.exports.stated import SOURCES, stated
from plansite.exports.tables.cells import Row, addresses, cell, ids, pair, quantity, scope, unit
from plansite.exports.tables.columns import (
    ATTRIBUTES,
    COMPARED,
    CONCEPT,
    LOCATOR,
    NOTES,
    OP,
    PLAN,
    SCOPE,
    SCOPE_NAMES,
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
    worded,
)
from plansite.model import Text

INDICATORS = Resource(
    "data/indicators.csv",
    Text("指标", "Indicators"),
    Text(
        "规划指标表的每行一行：照印的单元格，以及整理出的数字。",
        "One row for each row of a plan’s indicator table: the cells as printed, and as numbers.",
    ),
    (
        PLAN,
        integer("number", "Number of the row in the plan’s table", "规划指标表中的序号", required=True),
        string("category", "Id of the group of indicators", "指标类别的标识", required=True),
        string("name_zh", "Name in Chinese", "名称（中文）", required=True),
        string("name_en", "Name in English", "名称（英文）", required=True),
        UNIT,
        year("baseline_year", "Year of the baseline; empty if the table has none", "基数的年份；表里没有基数时为空"),
        string("baseline_printed", "Baseline cell as printed", "照印的基数"),
        year("target_year", "Year of the target", "目标的年份"),
        string("target_printed", "Target cell as printed", "照印的目标值"),
        renamed(OP, "target_op"),
        renamed(VALUE, "target_value"),
        string(
            "attribute",
            "binding (约束性) or anticipatory (预期性)",
            "binding为约束性，anticipatory为预期性",
            required=True,
            enum=ATTRIBUTES,
        ),
        CONCEPT,
        boolean(
            "change",
            "Whether the indicator counts a change since a base year",
            "这个指标是不是同某一年相比的变化量",
        ),
        SCOPE,
        *worded("target"),
        renamed(OP, "baseline_op"),
        renamed(VALUE, "baseline_value"),
        *worded("baseline"),
        *UNIT_NAMES,
        *SCOPE_NAMES,
        string("printed_name", "Name as printed, with its unit", "照印的名称（含单位）", required=True),
        string("category_zh", "Group in Chinese", "指标类别（中文）", required=True),
        string("category_en", "Group in English", "指标类别（英文）", required=True),
        LOCATOR,
        integer("box", "Number of the box (专栏) that holds the table", "指标表所在专栏的序号", required=True),
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "number"),
)

TARGETS = Resource(
    "data/targets.csv",
    Text("目标值", "Targets"),
    Text(
        "每个有期限或数值的目标一行，不论它写在任务里、指标表里还是正文里。",
        "One row for each target with a number or a deadline, whether it stands in a measure, in the indicator table "
        "or in the running text.",
    ),
    (
        PLAN,
        string(
            "source",
            "Where the number stands: measure; indicator (a row of the indicator table); goal (the running text of a "
            "section without tasks)",
            "数字写在哪里：measure为任务，indicator为指标表的一行，goal为没有任务的小节的正文",
            required=True,
            enum=SOURCES,
        ),
        string(
            "id",
            "Id of the measure or of the target in the running text, or number of the indicator",
            "任务或正文目标的标识，或指标的序号",
            required=True,
        ),
        integer(
            "index",
            "Running number of the target in its measure; else 1",
            "目标在任务中的顺序号；其余为1",
            required=True,
        ),
        LOCATOR,
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
        string(
            "attribute",
            "binding or anticipatory, for an indicator; else empty",
            "指标的约束性（binding）或预期性（anticipatory）；其余为空",
            enum=ATTRIBUTES,
        ),
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "source", "id", "index"),
)

COMPLETION = Resource(
    "data/completion.csv",
    Text("上一个五年的指标完成情况", "How the targets of the previous five years were met"),
    Text(
        "规划里“完成情况”表的每行一行：上一份规划的目标和完成值，照印的和整理出的。没有这种表的规划没有行。",
        "One row for each row of a plan’s table of the earlier period: the target then and what was reached, as "
        "printed and as numbers. A plan without such a table has no rows.",
    ),
    (
        PLAN,
        integer("number", "Number of the row in the plan’s table", "表中的序号", required=True),
        string("category", "Id of the group of indicators", "指标类别的标识", required=True),
        string("category_zh", "Group in Chinese", "指标类别（中文）", required=True),
        string("category_en", "Group in English", "指标类别（英文）", required=True),
        string("name_zh", "Name in Chinese", "名称（中文）", required=True),
        string("name_en", "Name in English", "名称（英文）", required=True),
        string("printed_name", "Name as printed, with its unit", "照印的名称（含单位）", required=True),
        CONCEPT,
        UNIT,
        *UNIT_NAMES,
        year("year", "Year in which it was reached", "完成值的年份"),
        string("planned_printed", "Cell of the earlier target as printed", "照印的原目标值"),
        renamed(OP, "planned_op"),
        renamed(VALUE, "planned_value"),
        *worded("planned"),
        string("achieved_printed", "Cell of what was reached as printed", "照印的完成值"),
        renamed(OP, "achieved_op"),
        renamed(VALUE, "achieved_value"),
        *worded("achieved"),
        string(
            "attribute",
            "binding (约束性) or anticipatory (预期性); empty if none is printed",
            "binding为约束性，anticipatory为预期性；没有印的为空",
            enum=ATTRIBUTES,
        ),
        string("remark_zh", "Remark of the table in Chinese", "表中的备注（中文）"),
        string("remark_en", "Remark of the table in English", "表中的备注（英文）"),
        LOCATOR,
        integer("box", "Number of the box (专栏) that holds the table", "表所在专栏的序号", required=True),
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "number"),
)


def indicators(context: Context) -> Iterator[Row]:
    for plan in context.site.plans.values():
        table = plan.indicators
        for row in table.rows if table else ():
            assert table
            yield {
                "plan": plan.id,
                "number": row.number,
                "category": row.category,
                **pair("name", row.name),
                **unit(row.unit),
                "baseline_year": table.baseline_year or "",
                **cell("baseline", row.baseline),
                "target_year": table.target_year,
                **cell("target", row.target),
                "attribute": row.attribute,
                "concept": row.concept,
                "change": context.site.concepts[row.concept].change,
                **scope(context, row.scope),
                "printed_name": row.printed_name,
                **pair("category", table.categories[row.category]),
                "locator": box_place(table.box),
                "box": table.box.number,
                "notes": ids(context.notes_on(plan.id, "indicator", row.number)),
                **addresses(context, urls.plan_indicator(plan.id, row.number)),
            }


def targets(context: Context) -> Iterator[Row]:
    for item in stated(context.site):
        yield {
            "plan": item.plan,
            "source": item.source,
            "id": item.id,
            "index": item.index,
            "locator": item.locator,
            **quantity(context, item.quantity),
            "attribute": item.attribute,
            "notes": ids(context.notes_on(item.plan, item.source, item.id)),
            **addresses(context, item.address),
        }


def completion(context: Context) -> Iterator[Row]:
    for plan in context.site.plans.values():
        table = plan.completion
        for row in table.rows if table else ():
            assert table
            yield {
                "plan": plan.id,
                "number": row.number,
                "category": row.category,
                **pair("category", table.categories[row.category]),
                **pair("name", row.name),
                "printed_name": row.printed_name,
                "concept": row.concept,
                **unit(row.unit),
                "year": table.year,
                **cell("planned", row.planned),
                **cell("achieved", row.achieved),
                "attribute": row.attribute,
                **pair("remark", row.remark),
                "locator": box_place(table.box),
                "box": table.box.number,
                "notes": ids(context.notes_on(plan.id, "completion", row.number)),
                **addresses(context, urls.completion_row(plan.id, row.number)),
            }
