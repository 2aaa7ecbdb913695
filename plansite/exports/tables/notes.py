"""The table of editors' notes: one row for each place that a note speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from plansite import urls
from plansite.exports.records.base import Context
from plansite.exports.resource import Resource, in_both, integer, string, url
from plansite.exports.tables.cells import Row, addresses, pair
from plansite.exports.tables.columns import PLAN, URL_EN, URL_ZH
from plansite.model import LOCALES, NoteKind, SubjectKind, Text
from plansite.view import View

EDITORS_NOTES = Resource(
    "data/notes.csv",
    Text("编者说明", "Editors’ notes"),
    Text(
        "编者说明涉及的每一处一行：那里怎么写，在哪里；同一条说明涉及几处，就有几行。",
        "One row for each place that an editors’ note speaks of: what stands there, and where; a note on several "
        "places has several rows.",
    ),
    (
        PLAN,
        string("id", "Id of the note, unique in its plan", "说明的标识，在规划内唯一", required=True),
        integer("index", "Running number of the place in its note", "这一处在说明中的顺序号", required=True),
        string("kind", "Kind of the note", "说明的类别", required=True, enum=get_args(NoteKind)),
        *in_both("kind", "Kind of the note in words", "说明的类别名称", required=True),
        *in_both("title", "Title of the note", "说明的题目", required=True),
        *in_both("text", "The note", "说明的内容", required=True),
        string(
            "place_kind",
            "What the place is: indicator or completion (a row of a table), measure, project, progress (a claimed "
            "result), goal (a target of the running text), chapter, section, front (before the first chapter)",
            "这一处是什么：indicator和completion为表的一行，measure为任务，project为项目，progress为自述成绩，"
            "goal为正文里的目标，chapter为章，section为节，front为第一章之前",
            required=True,
            enum=get_args(SubjectKind),
        ),
        string(
            "place_key",
            "Its id in the table of its kind; of a row, chapter or section its number",
            "在同类表里的标识；表的行、章、节为编号",
            required=True,
        ),
        *in_both("place", "The place in words", "这一处的名称", required=True),
        *in_both("says", "What stands there", "那里怎么写"),
        string("printed", "What stands there, to the letter (Chinese)", "那里照印的字句"),
        url("place_url_zh", "Page of the place in Chinese", "这一处的中文页面"),
        url("place_url_en", "Page of the place in English", "这一处的英文页面"),
        URL_ZH,
        URL_EN,
    ),
    ("plan", "id", "index"),
)


def notes(context: Context) -> Iterator[Row]:
    views = [View(context.site, context.links, locale, context.base_url) for locale in LOCALES]
    for plan in context.site.plans.values():
        for note in plan.notes.values():
            kind = Text(*(view.note_kind(note.kind) for view in views))
            for index, subject in enumerate(note.subjects, start=1):
                (name_zh, path_zh), (name_en, path_en) = (view.subject(plan, subject) for view in views)
                yield {
                    "plan": plan.id,
                    "id": note.id,
                    "index": index,
                    "kind": note.kind,
                    **pair("kind", kind),
                    **pair("title", note.title),
                    **pair("text", note.text),
                    "place_kind": subject.kind,
                    "place_key": subject.key,
                    **pair("place", Text(name_zh, name_en)),
                    **pair("says", subject.says),
                    "printed": subject.printed,
                    "place_url_zh": context.base_url + path_zh,
                    "place_url_en": context.base_url + path_en,
                    **addresses(context, urls.note(plan.id, note.id)),
                }
