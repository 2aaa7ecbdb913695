"""What the ids in the other tables stand for: plans, districts, indicators, units, topics, places and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite import urls
from plansite.exports.records.base import Context, member
from plansite.exports.resource import Field, Resource, boolean, in_both, string, year
from plansite.exports.tables.cells import Row, RowMaker, addresses, ids, pair, unit
from plansite.exports.tables.columns import JURISDICTION, TOPICS, UNIT, UNIT_NAMES, URL_EN, URL_ZH
from plansite.model import Scope, Text, WordedValue


def _list(file: str, title: Text, description: Text, *columns: Field) -> Resource:
    """A table whose rows have an id and, after it, these columns."""
    id = string("id", "Id, the same in every table", "标识，各表通用", required=True)
    return Resource(f"data/{file}", title, description, (id, *columns), ("id",))


NAME = in_both("name", "Name", "名称", required=True)

PLANS = _list(
    "plans.csv",
    Text("规划", "Plans"),
    Text("每份规划一行。", "One row for each plan."),
    JURISDICTION,
    string(
        "kind",
        "five-year-plan, or action-plan (of another kind)",
        "five-year-plan为五年规划，action-plan为行动计划",
        required=True,
    ),
    *in_both("title", "Title as printed, and its translation", "题名，中文照印", required=True),
    *in_both("short_title", "Short title", "简称", required=True),
    *in_both("issuer", "Issuing body; empty if the document names none", "发布单位，文件没写的为空"),
    string("document_number", "Document number; empty if there is none", "文号，没有的为空"),
    year("first_year", "First year of its period; empty if the document does not say", "时期的第一年，文件没写的为空"),
    year("last_year", "Last year of its period", "时期的最后一年"),
    string("edition", "Date of the document: day or month; empty if it has none", "文件的日期，写到日或月，没有的为空"),
    string("issued", "Date of issue: day or month; empty if not known", "发布日期，写到日或月，不详的为空"),
    *in_both("summary", "Summary", "摘要", required=True),
    string("source_url", "Where the document was published; empty if not known", "文件发布的网址，不详的为空"),
    URL_ZH,
    URL_EN,
)

JURISDICTIONS = _list(
    "jurisdictions.csv",
    Text("城市和城区", "Cities and districts"),
    Text("每个城市或城区一行。", "One row for each city or district."),
    string("kind", "city or district", "city为城市，district为城区", required=True),
    *NAME,
    *in_both("official_name", "Full name", "全称", required=True),
    string(
        "parent",
        "Id of the city it belongs to; empty for a city",
        "所属城市的标识，城市为空",
        refers="jurisdictions.csv",
    ),
    URL_ZH,
    URL_EN,
)

SHARED = _list(
    "shared-measures.csv",
    Text("共同任务", "Shared measures"),
    Text(
        "几份规划共有的任务，每项一行；差别所在见shared-measures.json。",
        "One row for each task that several plans share; in what they differ is in shared-measures.json.",
    ),
    *in_both("title", "Title", "题目", required=True),
    *in_both("summary", "In what the plans differ, in short", "差别的摘要", required=True),
    string("topic", "Id of its topic", "主题的标识", required=True, refers="topics.csv"),
    string(
        "members",
        "Its measures, as PLAN/MEASURE, with a space between them",
        "其中的任务，写作“规划/任务”，用空格隔开",
        required=True,
    ),
    URL_ZH,
    URL_EN,
)

CONCEPTS = _list(
    "concepts.csv",
    Text("指标名单", "Indicators by themselves"),
    Text("各规划通用的指标，每个一行。", "One row for each indicator, which is the same in every plan."),
    *NAME,
    string(
        "direction",
        "higher: more is better; lower: less is better",
        "higher为越高越好，lower为越低越好",
        required=True,
    ),
    boolean("change", "Whether it counts a change since a base year", "是不是同某一年相比的变化量"),
    UNIT,
    *UNIT_NAMES,
    TOPICS,
    URL_ZH,
    URL_EN,
)

UNITS = _list(
    "units.csv",
    Text("单位", "Units"),
    Text("数字的单位，每个一行。", "One row for each unit of the numbers."),
    *NAME,
    *in_both("symbol", "What stands behind a number; empty if nothing does", "写在数字后面的单位，没有的为空"),
)

WORDED_VALUES = _list(
    "worded-values.csv",
    Text("文字目标", "Targets in words"),
    Text(
        "规划不给数字、只用文字写的目标，每种一行。",
        "One row for each kind of words in which plans give a target without a number.",
    ),
    *NAME,
)

SCOPES = _list(
    "scopes.csv",
    Text("数字涵盖的范围", "What numbers cover"),
    Text(
        "数字不涵盖规划全部范围时所涵盖的范围，每种一行。",
        "One row for each thing that numbers cover where it is not the whole area of the plan.",
    ),
    *NAME,
)

TOPIC_LIST = _list(
    "topics.csv",
    Text("主题", "Topics"),
    Text("两级主题，每个一行。", "One row for each topic of the two levels."),
    string(
        "parent",
        "Id of the topic above it; empty on the first level",
        "上一级主题的标识，第一级为空",
        refers="topics.csv",
    ),
    *NAME,
    URL_ZH,
    URL_EN,
)

PLACE_LIST = _list(
    "places.csv",
    Text("地点", "Places"),
    Text("规划提到的地点，每个一行。", "One row for each place that the plans name."),
    string(
        "kind",
        "river, reservoir, park, township, road and so on",
        "类别，如河流、水库、公园、乡镇、道路",
        required=True,
    ),
    *NAME,
    string(
        "jurisdictions",
        "Ids of the cities and districts it lies in, with a space between them",
        "所在城市和城区的标识，用空格隔开",
        required=True,
    ),
    string("printed", "Other spellings in the plans, with | between them", "规划里的其他写法，用|隔开"),
    URL_ZH,
    URL_EN,
)

CITED = _list(
    "documents.csv",
    Text("引用的文件", "Documents named"),
    Text("规划提到的法律、标准和方案，每个一行。", "One row for each law, standard or programme that the plans name."),
    string("level", "national, provincial, city or district", "国家、省、市、区（英文）", required=True),
    *NAME,
    URL_ZH,
    URL_EN,
)


def _plans(context: Context) -> Iterator[Row]:
    for plan in context.site.plans.values():
        first, last = plan.period
        yield {
            "id": plan.id,
            "jurisdiction": plan.jurisdiction,
            "kind": plan.kind,
            **pair("title", plan.title),
            **pair("short_title", plan.short_title),
            **pair("issuer", plan.issuer),
            "document_number": plan.document_number,
            "first_year": first or "",
            "last_year": last,
            "edition": plan.edition,
            "issued": plan.issued,
            **pair("summary", plan.summary),
            "source_url": plan.url,
            **addresses(context, urls.plan(plan.id)),
        }


def _jurisdictions(context: Context) -> Iterator[Row]:
    for each in context.site.jurisdictions.values():
        names = {**pair("name", each.name), **pair("official_name", each.official_name)}
        place = addresses(context, urls.district(each.id))
        yield {"id": each.id, "kind": each.kind, **names, "parent": each.parent, **place}


def _shared(context: Context) -> Iterator[Row]:
    for family in context.site.families.values():
        yield {
            "id": family.id,
            **pair("title", family.title),
            **pair("summary", family.summary),
            "topic": family.topic,
            "members": ids(member(key) for key in family.members),
            **addresses(context, urls.family(family.id)),
        }


def _concepts(context: Context) -> Iterator[Row]:
    for concept in context.site.concepts.values():
        yield {
            "id": concept.id,
            **pair("name", concept.name),
            "direction": concept.direction,
            "change": concept.change,
            **unit(concept.unit),
            "topics": ids(concept.topics),
            **addresses(context, urls.indicator(concept.id)),
        }


def _units(context: Context) -> Iterator[Row]:
    for each in context.site.units.values():
        yield {"id": each.id, **pair("name", each.name), **pair("symbol", each.symbol)}


def _worded_values(context: Context) -> Iterator[Row]:
    return _named(context.site.worded_values.values())


def _scopes(context: Context) -> Iterator[Row]:
    return _named(context.site.scopes.values())


def _named(entries: Iterable[WordedValue | Scope]) -> Iterator[Row]:
    return ({"id": each.id, **pair("name", each.name)} for each in entries)


def _topics(context: Context) -> Iterator[Row]:
    for topic in context.site.topics.values():
        place = addresses(context, urls.topic(topic.id))
        yield {"id": topic.id, "parent": topic.parent, **pair("name", topic.name), **place}


def _places(context: Context) -> Iterator[Row]:
    for place in context.site.places.values():
        yield {
            "id": place.id,
            "kind": place.kind,
            **pair("name", place.name),
            "jurisdictions": ids(place.jurisdictions),
            "printed": "|".join(place.printed),
            **addresses(context, urls.place(place.id)),
        }


def _documents(context: Context) -> Iterator[Row]:
    for document in context.site.cited_documents.values():
        place = addresses(context, urls.cited_document(document.id))
        yield {"id": document.id, "level": document.level, **pair("name", document.name), **place}


LISTS: tuple[tuple[Resource, RowMaker], ...] = (
    (PLANS, _plans),
    (JURISDICTIONS, _jurisdictions),
    (SHARED, _shared),
    (CONCEPTS, _concepts),
    (UNITS, _units),
    (WORDED_VALUES, _worded_values),
    (SCOPES, _scopes),
    (TOPIC_LIST, _topics),
    (PLACE_LIST, _places),
    (CITED, _documents),
)
