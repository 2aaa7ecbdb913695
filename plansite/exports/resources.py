"""Every file of the open data: one description for the Data Package, the data page and the writers."""

from __future__ import annotations

from plansite.exports.columns import (
    CHAPTER,
    CITES,
    COMPARED,
    CONCEPT,
    JURISDICTION,
    LOCATOR,
    NOTES,
    OP,
    PLACES,
    PLAN,
    SECTION,
    TOPICS,
    UNIT,
    URL_EN,
    URL_ZH,
    VALUE,
    WHAT_EN,
    WHAT_ZH,
    WORDED,
    YEAR,
)
from plansite.exports.resource import Resource, integer, renamed, string, year
from plansite.model import Text

MEASURES_CSV = Resource(
    "data/measures.csv",
    Text("任务", "Measures"),
    Text(
        "每项任务一行：题目、摘要、承诺、责任单位、主题、地点。",
        "One row for each measure: title, summary, commitments, responsible bodies, topics, places.",
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
            "Ids of bodies that lead or are responsible, with a space between them",
            "牵头或负责的单位的标识，用空格隔开",
        ),
        string("with", "Ids of bodies that take part, with a space between them", "参与或配合的单位的标识，用空格隔开"),
        integer("targets", "Number of its targets in targets.csv", "targets.csv中这项任务的目标数", required=True),
        TOPICS,
        PLACES,
        CITES,
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "id"),
)

ASSIGNMENTS_CSV = Resource(
    "data/assignments.csv",
    Text("责任分工", "Who is responsible for what"),
    Text("每项任务的每个责任单位一行。", "One row for each responsible body of each measure."),
    (
        PLAN,
        string("measure", "Id of the measure", "任务的标识", required=True),
        LOCATOR,
        string(
            "department",
            "Id of the department’s role, the same in every plan",
            "部门职能的标识，各规划通用",
            required=True,
        ),
        string(
            "role",
            "lead: leads or is responsible; with: takes part",
            "lead：牵头或负责；with：参与或配合",
            required=True,
            enum=("lead", "with"),
        ),
        string(
            "responsibility",
            "sole: responsible alone; named-lead: named as leading; shared: one of several, each for its part; "
            "supporting: carries out under a lead or supports",
            "sole：单独负责；named-lead：写明牵头；shared：几家按职责分工负责；supporting：在牵头单位之下落实或配合",
            required=True,
            enum=("sole", "named-lead", "shared", "supporting"),
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

INDICATORS_CSV = Resource(
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
        year("baseline_year", "Year of the baseline", "基数的年份"),
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
            enum=("binding", "anticipatory"),
        ),
        CONCEPT,
        renamed(WORDED, "target_worded"),
        renamed(OP, "baseline_op"),
        renamed(VALUE, "baseline_value"),
        renamed(WORDED, "baseline_worded"),
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

TARGETS_CSV = Resource(
    "data/targets.csv",
    Text("目标值", "Targets"),
    Text(
        "每个有期限或数值的目标一行，来自任务正文或指标表。",
        "One row for each target with a number or a deadline, from the text of a measure or from an indicator table.",
    ),
    (
        PLAN,
        string(
            "source",
            "Where it comes from: the text of a measure, or the indicator table",
            "来源：measure为任务正文，indicator为指标表",
            required=True,
            enum=("measure", "indicator"),
        ),
        string("id", "Id of the measure, or number of the indicator", "任务的标识，或指标的序号", required=True),
        integer(
            "index",
            "Running number of the target in its measure; 1 for an indicator",
            "目标在任务中的顺序号；指标为1",
            required=True,
        ),
        LOCATOR,
        WHAT_ZH,
        WHAT_EN,
        CONCEPT,
        OP,
        VALUE,
        UNIT,
        WORDED,
        YEAR,
        COMPARED,
        string(
            "attribute",
            "binding or anticipatory, for an indicator; empty for a measure",
            "指标的约束性（binding）或预期性（anticipatory）；任务为空",
            enum=("binding", "anticipatory"),
        ),
        URL_ZH,
        URL_EN,
    ),
    ("plan", "source", "id", "index"),
)

DEPARTMENTS_CSV = Resource(
    "data/departments.csv",
    Text("责任单位", "Responsible bodies"),
    Text(
        "每个城市或城区的每个责任单位一行，带规划里的各种写法和任务数。",
        "One row for each body of each city or district, with every spelling in "
        "the plans and the number of its measures.",
    ),
    (
        string(
            "department", "Id of the department’s role, the same everywhere", "部门职能的标识，各地通用", required=True
        ),
        string("name_zh", "Name of the role in Chinese", "职能名称（中文）", required=True),
        string("name_en", "Name of the role in English", "职能名称（英文）", required=True),
        JURISDICTION,
        string("body_zh", "Name of the body there, in Chinese", "当地单位的名称（中文）", required=True),
        string("body_en", "Name of the body there, in English", "当地单位的名称（英文）", required=True),
        string(
            "printed", "Every spelling in the plans, with | between them", "规划里的各种写法，用|隔开", required=True
        ),
        integer("lead", "Measures it leads or is responsible for", "牵头或负责的任务数", required=True),
        integer("with", "Measures it takes part in", "参与或配合的任务数", required=True),
        URL_ZH,
        URL_EN,
    ),
    ("department", "jurisdiction"),
)

PROJECTS_CSV = Resource(
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

PROGRESS_CSV = Resource(
    "data/progress.csv",
    Text("上一个五年的成效", "Results claimed for the previous five years"),
    Text(
        "规划声称的每个数字一行；同一条成效有几个数字，就有几行。",
        "One row for each figure that a plan claims; a result with several figures has several rows.",
    ),
    (
        PLAN,
        string("id", "Id of the result, unique in its plan", "成效的标识，在规划内唯一", required=True),
        integer("index", "Running number of the figure in its result", "数字在这条成效中的顺序号", required=True),
        LOCATOR,
        string("text_zh", "The result in Chinese", "成效（中文）", required=True),
        string("text_en", "The result in English", "成效（英文）", required=True),
        WHAT_ZH,
        WHAT_EN,
        OP,
        VALUE,
        UNIT,
        WORDED,
        YEAR,
        COMPARED,
        TOPICS,
        PLACES,
        CITES,
        NOTES,
        URL_ZH,
        URL_EN,
    ),
    ("plan", "id", "index"),
)

TABLES = (MEASURES_CSV, ASSIGNMENTS_CSV, INDICATORS_CSV, TARGETS_CSV, DEPARTMENTS_CSV, PROJECTS_CSV, PROGRESS_CSV)

DOCUMENTS = (
    Resource(
        "data/plans.json",
        Text("规划", "Plans"),
        Text(
            "每份规划的题名、发布单位、时期、版本、来源文件和章节目录。",
            "Each plan: title, issuing body, period, edition, source file, outline.",
        ),
    ),
    Resource(
        "data/measures.json",
        Text("任务（全部字段）", "Measures (every field)"),
        Text(
            "每项任务：承诺、目标值、责任单位、主题、地点、引用的文件，中英文都有。",
            "Each measure with its commitments, targets, bodies, topics, places and documents, in both languages.",
        ),
    ),
    Resource(
        "data/indicators.json",
        Text("指标（全部字段）", "Indicators (every field)"),
        Text(
            "各规划指标表的每一行，以及通用的指标名单。",
            "Every row of the plans’ indicator tables, and the list of indicators they share.",
        ),
    ),
    Resource(
        "data/projects.json",
        Text("工程项目（全部字段）", "Projects (every field)"),
        Text("每个工程项目和它的每个数量。", "Each project with each of its quantities."),
    ),
    Resource(
        "data/progress.json",
        Text("上一个五年的成效（全部字段）", "Results claimed (every field)"),
        Text("规划声称的每条成效和它的每个数字。", "Each result that a plan claims, with each of its figures."),
    ),
    Resource(
        "data/notes.json",
        Text("编者说明", "Editors’ notes"),
        Text(
            "文件中的矛盾、笔误和前后不一：各处怎么写、在哪里。",
            "Contradictions, slips and differences in the documents: what stands where.",
        ),
    ),
    Resource(
        "data/topics.json",
        Text("主题", "Topics"),
        Text("两级主题和各自的任务。", "Topics of two levels with their measures."),
    ),
    Resource(
        "data/places.json",
        Text("地点", "Places"),
        Text(
            "河流、水库、公园、乡镇、道路等，以及提到它们的任务。",
            "Rivers, reservoirs, parks, townships, roads and other places, with the measures that name them.",
        ),
    ),
    Resource(
        "data/documents.json",
        Text("引用的文件", "Documents named"),
        Text(
            "规划提到的法律、标准和方案，以及提到它们的任务。",
            "Laws, standards and programmes that the plans name, with the measures that name them.",
        ),
    ),
    Resource(
        "data/shared-measures.json",
        Text("共同任务", "Shared measures"),
        Text(
            "几份规划共有的任务。目前只有一份规划，列表是空的。",
            "Tasks that several plans share. With a single plan published, the list is empty.",
        ),
    ),
    Resource(
        "data/units.json",
        Text("单位和文字目标", "Units and targets in words"),
        Text(
            "数据里所用的单位和文字目标的标识与名称。",
            "Ids and names of the units and of the targets in words that the data uses.",
        ),
    ),
    Resource(
        "data/glossary.json",
        Text("术语", "Glossary"),
        Text("规划用语的解释，中英文都有。", "The terms of the plans explained in both languages."),
    ),
    Resource(
        "data/locators.json",
        Text("位置索引", "Places in the documents"),
        Text(
            "从章、节、项的编号找到任务，供跳转框使用。",
            "From the numbers of chapters, sections and items to measures; the jump box reads it.",
        ),
    ),
)

RESOURCES = (*TABLES, *DOCUMENTS)

PACKAGE = Resource(
    "data/datapackage.json",
    Text("数据包说明", "Description of the package"),
    Text(
        "按Frictionless Data Package规范描述下面的每个文件和每一列，附大小和校验值。",
        "Describes every file and column below in the form of a Frictionless Data Package, with sizes and checksums.",
    ),
)
