"""Every file of the open data, for the Data Package, the data page and search engines."""

from __future__ import annotations

from plansite.exports import documents, tables
from plansite.exports.fields import plans as plan_fields
from plansite.exports.fields import records as fields
from plansite.exports.fields.parts import HEAD
from plansite.exports.resource import Resource
from plansite.exports.workbook import WORKBOOK
from plansite.model import Text

LOCATORS = Resource(
    "data/locators.json",
    Text("位置索引", "Places in the documents"),
    Text(
        "从章、节、项的编号找到任务，供跳转框使用。",
        "From the numbers of chapters, sections and items to measures; the jump box reads it.",
    ),
    record=plan_fields.LOCATORS,
)

RECORDS = (
    Resource(
        "data/measures/PLAN/MEASURE.json",
        Text("单项任务", "One measure"),
        Text(
            "一项任务的全部字段；任务撤下或移走后，这里写明它的去向。",
            "Every field of one measure; once it is withdrawn or has moved, what became of it.",
        ),
        record=(*HEAD, *fields.MEASURE, *plan_fields.WITHDRAWN, *plan_fields.MOVED),
    ),
    Resource(
        "data/indicators/INDICATOR.json",
        Text("单个指标", "One indicator"),
        Text("一个指标在各规划里的全部数字。", "Every number that the plans give for one indicator."),
        record=(*HEAD, *fields.INDICATOR_RECORD),
    ),
    Resource(
        "data/shared/ID.json",
        Text("单项共同任务", "One shared measure"),
        Text(
            "一项共同任务的差别和其中每项任务的对照内容。",
            "The differences of one shared measure, and what is compared of its measures.",
        ),
        record=(*HEAD, *fields.FAMILY_RECORD),
    ),
)
"""Files of which there are many; capitals stand for an id. Their twins beside the pages are the same."""

PACKAGE = Resource(
    "data/datapackage.json",
    Text("数据包说明", "Description of the package"),
    Text(
        "按Frictionless Data Package规范描述下面的每个文件和每一列，附大小和校验值。",
        "Describes every file and column below in the form of a Frictionless Data Package, with sizes and checksums.",
    ),
)

TABLES = tuple(resource for resource, _ in tables.TABLES)
DOCUMENTS = (*(resource for resource, _ in documents.DOCUMENTS), LOCATORS)
RESOURCES = (*TABLES, WORKBOOK, *DOCUMENTS)
