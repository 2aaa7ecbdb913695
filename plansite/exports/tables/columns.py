"""Columns that several tables share."""

from __future__ import annotations

from typing import get_args

from plansite.exports.resource import Field, in_both, integer, number, renamed, string, url, year
from plansite.model import Op

PLAN = string("plan", "Id of the plan", "规划的标识", required=True, refers="plans.csv")
JURISDICTION = string(
    "jurisdiction", "Id of the city or district", "城市或城区的标识", required=True, refers="jurisdictions.csv"
)
DEPARTMENT = string(
    "department", "Id of the department’s role, the same in every plan", "部门职能的标识，各规划通用", required=True
)
CHAPTER = integer("chapter", "Number of the chapter in the plan", "在规划中的章号", required=True)
SECTION = integer("section", "Number of the section in its chapter", "章内的节号", required=True)
LOCATOR = string(
    "locator",
    "Where in the document: chapter.section.item, or chapter.section",
    "在文件中的位置：章.节.项，或章.节",
    required=True,
)
TOPICS = string(
    "topics",
    "Ids of topics (see topics.csv), with a space between them; the main one first",
    "主题的标识（见topics.csv），用空格隔开，主要的在前",
)
PLACES = string(
    "places", "Ids of places (see places.csv), with a space between them", "地点的标识（见places.csv），用空格隔开"
)
CITES = string(
    "cites",
    "Ids of the documents it names (see documents.csv), with a space between them",
    "提到的文件的标识（见documents.csv），用空格隔开",
)
NOTES = string(
    "notes",
    "Ids of editors’ notes about it (see notes.csv), with a space between them",
    "有关的编者说明的标识（见notes.csv），用空格隔开",
)
WHAT_ZH = string("what_zh", "What the number counts, in Chinese", "数字指的是什么（中文）", required=True)
WHAT_EN = string("what_en", "What the number counts, in English", "数字指的是什么（英文）", required=True)
CONCEPT = string(
    "concept",
    "Id of the indicator, the same in every plan; empty if there is none",
    "指标的标识，各规划通用；没有对应指标时为空",
    refers="concepts.csv",
)
OP = string(
    "op",
    "How the value is meant: = exactly, >= at least, <= at most, > more than, < less than, ~ about; empty for words",
    "数值的含义：= 等于，>= 不低于，<= 不高于，> 高于，< 低于，~ 左右（约）；文字目标为空",
    enum=get_args(Op),
)
VALUE = number("value", "The number; empty for a target in words", "数值；文字目标为空")
UNIT = string("unit", "Id of the unit", "单位的标识", refers="units.csv")
UNIT_NAMES = in_both("unit", "Name of the unit", "单位的名称")
WORDED = string(
    "worded",
    "Id of the words where the plan gives no number",
    "规划没有给数字时，所用文字的标识",
    refers="worded-values.csv",
)
WORDED_NAMES = in_both("worded", "The words where the plan gives no number", "规划没有给数字时所用的文字")
YEAR = year(
    "year",
    "By the end of this year, or the year of a result; empty if the plan gives none",
    "到这一年年底，或结果所属的年份；规划没写时为空",
)
COMPARED = year(
    "compared_with", "Base year of a change; empty if the value is no change", "变化量所比的年份；不是变化量时为空"
)
SCOPE = string(
    "scope",
    "Id of what the number covers, where that is not the whole area of the plan",
    "数字所涵盖的范围的标识，是规划全部范围时为空",
    refers="scopes.csv",
)
SCOPE_NAMES = in_both("scope", "What the number covers, where that is not the whole area", "数字涵盖的范围，不是全部时")
ATTRIBUTES = ("binding", "anticipatory")
URL_ZH = url("url_zh", "Page in Chinese", "中文页面")
URL_EN = url("url_en", "Page in English", "英文页面")


def worded(name: str) -> tuple[Field, ...]:
    """The words of a cell, as id and in both languages: target_worded, target_worded_zh, target_worded_en."""
    return tuple(renamed(column, f"{name}_{column.name}") for column in (WORDED, *WORDED_NAMES))
