"""Every file of the open data, for the Data Package, the data page and search engines."""

from __future__ import annotations

from plansite.exports import documents, tables
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
)

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
