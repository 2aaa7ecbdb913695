"""The table of responsible bodies: one row for each role and jurisdiction, with how often its plans name the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plansite import urls
from plansite.exports.records.base import Context
from plansite.exports.records.measures import responsibility
from plansite.exports.resource import Resource, integer, string
from plansite.exports.tables.cells import Row, addresses, pair
from plansite.exports.tables.columns import DEPARTMENT, JURISDICTION, URL_EN, URL_ZH
from plansite.model import Department, Text

DEPARTMENTS = Resource(
    "data/departments.csv",
    Text("责任单位", "Responsible bodies"),
    Text(
        "每项部门职能在每个城市或城区一行，带规划里的各种写法和任务数；一项任务在一行里只算一次。",
        "One row for each department’s role in each city or district, with every spelling in the plans and the number "
        "of its measures; a row counts a measure once.",
    ),
    (
        DEPARTMENT,
        string("name_zh", "Name of the role in Chinese", "职能名称（中文）", required=True),
        string("name_en", "Name of the role in English", "职能名称（英文）", required=True),
        JURISDICTION,
        string("body_zh", "Name of the body there, in Chinese", "当地单位的名称（中文）", required=True),
        string("body_en", "Name of the body there, in English", "当地单位的名称（英文）", required=True),
        string(
            "held_by",
            "Id of the role whose body there has this role too, by its name; spellings and counts stand in that row",
            "当地由哪项职能的单位兼有这项职能（从单位名称看），写法和任务数见那一行",
        ),
        string("printed", "Every spelling in the plans, with | between them", "规划里的各种写法，用|隔开"),
        integer("measures", "Measures that name it", "写明它的任务数"),
        integer("lead", "Measures it leads or is responsible for", "牵头或负责的任务数"),
        integer("with", "Measures it takes part in", "参与或配合的任务数"),
        integer("sole", "Measures for which it alone is responsible (part of lead)", "单独负责的任务数（在lead之内）"),
        integer("named_lead", "Measures it is named as leading (part of lead)", "写明由它牵头的任务数（在lead之内）"),
        integer(
            "shared",
            "Measures for which it is one of several responsible, each for its part (part of lead)",
            "几家按职责分工负责的任务数（在lead之内）",
        ),
        integer(
            "supporting",
            "Measures it carries out under a lead or supports (the same as with)",
            "在牵头单位之下落实或配合的任务数（同with）",
        ),
        integer(
            "standing",
            "Measures it takes part in by a remark in the note of an earlier measure, without being named",
            "没有写明、按前面一项任务的说明参与的任务数",
        ),
        URL_ZH,
        URL_EN,
    ),
    ("department", "jurisdiction"),
)

COUNTS = ("measures", "lead", "with", "sole", "named_lead", "shared", "supporting", "standing")


def departments(context: Context) -> Iterator[Row]:
    site = context.site
    for department in site.departments.values():
        for jurisdiction in dict.fromkeys((*department.bodies, *department.held_by)):
            body, holder = department.bodies.get(jurisdiction), department.held_by.get(jurisdiction, "")
            counts = _counts(context, department, jurisdiction) if body else {}
            yield {
                "department": department.id,
                **pair("name", department.name),
                "jurisdiction": jurisdiction,
                **pair("body", body.name if body else site.body(holder, jurisdiction)),
                "held_by": holder,
                "printed": "|".join(body.printed) if body else "",
                **{name: counts.get(name) for name in COUNTS},
                **addresses(context, urls.department(department.id)),
            }


def _counts(context: Context, department: Department, jurisdiction: str) -> dict[str, int]:
    """A measure that names a role twice counts by the stronger part, which its note names first."""
    plans = {plan.id: plan for plan in context.site.plans.values() if plan.jurisdiction == jurisdiction}
    parts: dict[tuple[str, str], str] = {}
    for measure, entry in context.links.by_department.get(department.id, []):
        if measure.plan in plans:
            parts.setdefault((measure.plan, measure.id), responsibility(entry, measure))
    found = Counter(parts.values())
    standing = {
        (plan.id, measure.id)
        for plan in plans.values()
        for measure in plan.measures.values()
        if any(entry.department == department.id for entry in plan.standing_for(measure))
    }
    return {
        "measures": len(parts),
        "lead": len(parts) - found["supporting"],
        "with": found["supporting"],
        "sole": found["sole"],
        "named_lead": found["named-lead"],
        "shared": found["shared"],
        "supporting": found["supporting"],
        "standing": len(standing - parts.keys()),
    }
