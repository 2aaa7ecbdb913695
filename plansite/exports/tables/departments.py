"""The table of responsible bodies: one row for each role and jurisdiction, with how often its plans name the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from plansite import urls
from plansite.exports.records.base import Context
from plansite.exports.records.measures import IN_CHARGE
from plansite.exports.resource import Resource, integer, string
from plansite.exports.tables.cells import Row, addresses, pair
from plansite.exports.tables.columns import DEPARTMENT, JURISDICTION, URL_EN, URL_ZH
from plansite.model import Department, Responsibility, Text

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
        integer(
            "lead",
            "Measures it leads or, where nobody leads, is responsible for",
            "牵头，或者没有牵头时负责的任务数",
        ),
        integer("with", "Measures that name it in another way", "以别的方式写明它的任务数"),
        integer(
            "sole", "Measures that call it alone responsible (part of lead)", "只写它一家负责的任务数（在lead之内）"
        ),
        integer("named_lead", "Measures it leads (part of lead)", "牵头的任务数（在lead之内）"),
        integer(
            "shared",
            "Measures for which it is responsible for its part and nobody leads (part of lead)",
            "按职责分工负责、没有牵头的任务数（在lead之内）",
        ),
        integer(
            "joint",
            "Measures that call it and others responsible, not each for its part (part of lead)",
            "写几家负责、没有写分工的任务数（在lead之内）",
        ),
        integer(
            "under_lead",
            "Measures for which it is responsible while another body leads (part of with)",
            "由别家牵头、它负责的任务数（在with之内）",
        ),
        integer("supporting", "Measures it supports (part of with)", "配合的任务数（在with之内）"),
        integer(
            "unstated",
            "Measures that name it without a word about its part (part of with)",
            "只列单位、没有写职责的任务数（在with之内）",
        ),
        integer(
            "standing",
            "Measures it supports by a remark in the note of an earlier measure, without being named",
            "没有写明、按前面一项任务的说明配合的任务数",
        ),
        URL_ZH,
        URL_EN,
    ),
    ("department", "jurisdiction"),
)

PARTS = {part.replace("-", "_"): part for part in get_args(Responsibility)}
COUNTS = ("measures", "lead", "with", *PARTS, "standing")


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
    parts: dict[tuple[str, str], Responsibility] = {}
    for measure, entry in context.links.by_department.get(department.id, []):
        if measure.plan in plans:
            parts.setdefault((measure.plan, measure.id), measure.responsibility(entry))
    found = Counter(parts.values())
    standing = {
        (plan.id, measure.id)
        for plan in plans.values()
        for measure in plan.measures.values()
        if any(entry.department == department.id for entry in plan.standing_for(measure))
    }
    return {
        "measures": len(parts),
        "lead": sum(found[part] for part in IN_CHARGE),
        "with": sum(number for part, number in found.items() if part not in IN_CHARGE),
        **{name: found[part] for name, part in PARTS.items()},
        "standing": len(standing - parts.keys()),
    }
