"""The fields of plans with their outline, of the city's plan in its districts, of the index of places in documents."""

from __future__ import annotations

from plansite.exports.fields.parts import BOX, NUMBER, URL, field, taken, within
from plansite.exports.fields.records import CITY_TASK
from plansite.exports.tables import columns, lists

COUNTED = ("measures", "indicators", "goals", "completion", "projects", "progress", "notes")

SECTION = (
    *field("number", "integer", "Number of the section in its chapter", "章内的节号"),
    *field("title", "texts", "Title of the section", "节的标题"),
    *field("intro", "texts", "What stands before its first task", "第一项任务之前的内容"),
    *within(
        "groups[]",
        field("mark", "string", "Mark of the sub-heading as printed", "小标题照印的编号"),
        field("title", "texts", "Title of the sub-heading", "小标题"),
        field("items[]", "integer", "First and last item below it", "其下第一项和最后一项任务的顺序号"),
    ),
    *URL,
)

CHAPTER = (
    *field("number", "integer", "Number of the chapter", "章号"),
    *field("title", "texts", "Title of the chapter", "章的标题"),
    *field("subtitle", "texts", "Line printed below the title", "标题下印的一行"),
    *field("intro", "texts", "What stands before its first section", "第一节之前的内容"),
    *field(
        "places[]", "string", "Id of a place named in a paragraph without a task", "没有任务的段落里提到的地点的标识"
    ),
    *field("cites[]", "string", "Id of a document named there", "那里提到的文件的标识"),
    *within("sections[]", SECTION),
    *URL,
)

PLAN = (
    *taken(lists.PLANS, "id", "jurisdiction", "kind", "title", "short_title", "issuer", "document_number"),
    *field(
        "period[]",
        "integer",
        "First and last year; null if the document does not say",
        "时期的第一年和最后一年，文件没写的为null",
    ),
    *taken(lists.PLANS, "edition", "issued", "summary"),
    *field("based_on[]", "string", "Id of a document that it is based on", "所依据的文件的标识"),
    *within(
        "source",
        field("file", "string", "File that the data was taken from", "数据取自的文件"),
        field("sha256", "string", "SHA-256 checksum of that file", "该文件的SHA-256校验值"),
        field("original", "string", "Format in which it was published", "发布时的格式"),
        field("url", "string", "Where it was published", "发布的网址"),
    ),
    *(each for name in COUNTED for each in field(f"counts.{name}", "integer", "How many the data has", "数据里的数目")),
    *field("key_numbers[]", "integer", "Number of an indicator that its page puts first", "页面上优先列出的指标的序号"),
    *within(
        "indicator_table",
        field("box", "integer", "Number of the box (专栏)", "专栏的序号"),
        BOX,
        field("baseline_year", "year", "Year of the baselines", "基数的年份"),
        field("target_year", "year", "Year of the targets", "目标的年份"),
        field("declared.total", "integer", "Number of indicators that the text of the plan gives", "正文声明的指标数"),
        field("declared.binding", "integer", "Of these binding", "其中约束性"),
        field("declared.anticipatory", "integer", "Of these anticipatory", "其中预期性"),
    ),
    *within(
        "completion_table",
        field("box", "integer", "Number of the box (专栏)", "专栏的序号"),
        BOX,
        field("year", "year", "Year in which the earlier targets were reached", "完成值的年份"),
    ),
    *within(
        "standing",
        field(
            "stated_in",
            "string",
            "Id of the measure whose note adds bodies to all later ones",
            "括注里说明某些单位参与此后任务的那项任务的标识",
        ),
        field("departments[].id", "string", "Id of such a body’s role", "这些单位的职能的标识"),
        field("departments[].printed", "string", "The body as printed", "照印的单位名称"),
    ),
    *within("boxes[]", field("number", "integer", "Number of the box (专栏)", "专栏的序号"), BOX),
    *within("chapters[]", CHAPTER),
    *URL,
)

PARTICULAR = (
    *field("measure", "string", "The measure, as PLAN/MEASURE", "任务，写作“规划/任务”"),
    *field("why", "texts", "Why only its plan has it", "为什么只有这份规划有"),
    *URL,
)

CLAIM = (
    *NUMBER,
    columns.SCOPE,
    *field(
        "others[]",
        "record",
        "Another number of the plan for the same year, with these same fields",
        "规划对同一年写的另一个数，字段与这里相同",
    ),
    *field("url", "texts", "Where the number stands on this site", "数字在本站的位置"),
)

CASCADE = (
    *field("plan", "string", "Id of the city’s plan", "市级规划的标识"),
    *field("plans[]", "string", "Id of a district’s plan", "城区规划的标识"),
    *within(
        "tasks[]",
        field("measure", "string", "Measure of the city’s plan, as PLAN/MEASURE", "市级任务，写作“规划/任务”"),
        within(
            "commitments[]",
            (each for each in CITY_TASK if each.name in ("action", "what", "url")),
            within(
                "districts.{plan}",
                (each for each in CITY_TASK if each.name in ("relation", "how")),
                field(
                    "measures[]", "string", "Measure of the district, as PLAN/MEASURE", "城区的任务，写作“规划/任务”"
                ),
            ),
        ),
    ),
    *within(
        "numbers[]",
        field("indicator", "string", "Id of the indicator", "指标的标识"),
        within("target", CLAIM),
        within(
            "districts.{plan}",
            field("relation", "string", "What the district makes of the city’s number", "城区怎样对待市里的数字"),
            field("reasons[]", "string", "Why the two cannot be compared", "两个数不能比的原因"),
            within("target", CLAIM),
        ),
    ),
    *URL,
)

LOCATORS = (
    *field(
        "names.{name}", "string", "Id of the plan that a name typed before a number means", "编号前的名称所指规划的标识"
    ),
    *within(
        "plans.{plan}",
        field("path", "string", "Address of the plan below the language", "规划的地址（语言之下）"),
        field("chapters[]", "integer", "Number of a chapter", "章号"),
        field("sections.{section}", "string", "Number of the chapter a section is shown in", "节所在页面的章号"),
        field("measures.{locator}", "string", "Id of the measure in a place", "该位置的任务的标识"),
    ),
)

WITHDRAWN = within(
    "withdrawn",
    field("last_edition", "string", "Date of the last edition that had the measure", "最后有这项任务的版本的日期"),
    field("fate", "string", "What became of it", "它的去向"),
    field("into[]", "string", "Measure it went into, as PLAN/MEASURE", "并入的任务，写作“规划/任务”"),
    field("text", "texts", "What became of it, in a sentence", "一句话说明它的去向"),
)
"""In the record of a measure that a new edition dropped, beside `id`, `plan` and `url`."""

MOVED = within(
    "moved",
    field("to", "texts", "New address in each language", "新的网址"),
    field("why", "texts", "Why it moved", "为什么移动"),
)
"""In the record at an address that moved, beside `url`."""
