"""Places that the words of a note name (5.2.2, 2.3节, section 2.3, 第4章, 专栏4), led to where they are now.

Only what is surely a place is changed: a task's three numbers, and numbers that 节, 章, 专栏 or their English words
say are places. English also names sections bare ("in 2.3"); these follow where the Chinese of the same text names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from plansite.load.numbers import check_pairs
from plansite.load.records import Pair
from plansite.load.yaml_file import YamlFile
from plansite.revise.revision import Revision

TASK = re.compile(r"(?<![\d.])\d+\.\d+\.\d+(?![\d.]?\d)")
NUMBER = r"\d+\.\d+"
SECTION = re.compile(rf"(?<![\d.]){NUMBER}(?:(?:[、和与及至到—-]|以及){NUMBER})*(?=[两二三四五六七八九十]?节)")
BARE = re.compile(rf"(?<![\d.]){NUMBER}(?![\d.]?\d|\s?%)")
CHAPTER = re.compile(r"(?<=第)\d+(?:[、和与及至到—-]\d+)*(?=[两二三四五六七八九十]?章)")
CHAPTER_EN = re.compile(r"(?<=\b[Cc]hapter )\d+\b|(?<=\b[Cc]hapters )\d+(?:(?:, | and | to |–)\d+)*\b")
BOX = re.compile(r"(?<=专栏)\s?\d+(?:(?:[、和与及至到—-]|和专栏)\d+)*(?!\d)")
BOX_EN = re.compile(r"(?<=\b[Bb]ox )\d+\b|(?<=\b[Bb]oxes )\d+(?:(?:, | and | to |–)\d+)*\b")
ROW = re.compile(r"(?<=第)\d+(?:[、和与及至到—-]\d+)*(?=[项行])")


@dataclass(frozen=True, slots=True)
class Places:
    """Number before → number now, for each kind of place whose number changed; empty: it is gone.

    `rows` are the numbers of table rows that changed; which table a text means is left to a person.
    """

    tasks: Mapping[str, str]
    sections: Mapping[str, str]
    chapters: Mapping[str, str]
    boxes: Mapping[str, str]
    rows: frozenset[str]

    @classmethod
    def of(cls, revision: Revision) -> Places:
        where = revision.images
        chapters = revision.plan.record("outline.yaml")
        tasks = {each.pair.old.locator: each.pair.new.locator for each in revision.changes}
        gone = [*revision.alignment.gone, *(old for pair in revision.alignment.pairs for old in pair.merged)]
        tasks |= {old.locator: "" for old in gone}
        sections = {
            f"{c.number}.{s.number}": ".".join(map(str, where.sections.get((c.number, s.number), ())))
            for c in chapters
            for s in c.sections
        }
        numbers = {str(c.number): str(where.chapters.get(c.number, "")) for c in chapters}
        projects = revision.plan.record("projects.yaml")
        images = revision.boxes.images
        boxes = {
            str(box.number): str(images[box.number].number) if box.number in images else ""
            for box in (projects.boxes if projects else ())
        }
        rows: set[str] = set()
        for table in (revision.indicators, revision.completion):
            if table and table.table:
                rows |= {str(row.record.number) for row in table.rows if row.number != row.record.number}
                rows |= {str(record.number) for _, record in table.gone}
        return cls(_changed(tasks), _changed(sections), _changed(numbers), _changed(boxes), frozenset(rows))


@dataclass(slots=True)
class Renamed:
    """A text in both languages with its places led on; `lost` says what is the matter with those that are gone."""

    zh: str
    en: str
    lost: list[str] = field(default_factory=list)


def rename(zh: str, en: str, places: Places) -> Renamed:
    """Lead the places on that a text names. If the two languages would then differ in their numbers, nothing changes
    and the places are told as unclear."""
    lost: dict[str, None] = {}

    def lead(table: Mapping[str, str], kind: str) -> Callable[[re.Match[str]], str]:
        def one(match: re.Match[str]) -> str:
            if (new := table.get(match[0])) == "":
                lost[f"names {kind}{match[0]}, which is gone"] = None
            return new or match[0]

        return one

    def several(table: Mapping[str, str], kind: str, number: str) -> Callable[[re.Match[str]], str]:
        return lambda match: re.sub(number, lead(table, kind), match[0])

    named = {number for match in SECTION.finditer(zh) for number in re.findall(NUMBER, match[0])}
    bare = {number: new for number, new in places.sections.items() if number in named}
    new_zh = SECTION.sub(several(places.sections, "section ", NUMBER), TASK.sub(lead(places.tasks, ""), zh))
    new_en = BARE.sub(lead(bare, "section "), TASK.sub(lead(places.tasks, ""), en))
    new_zh = BOX.sub(several(places.boxes, "box ", r"\d+"), new_zh)
    new_zh = CHAPTER.sub(several(places.chapters, "chapter ", r"\d+"), new_zh)
    new_en = BOX_EN.sub(several(places.boxes, "box ", r"\d+"), new_en)
    new_en = CHAPTER_EN.sub(several(places.chapters, "chapter ", r"\d+"), new_en)
    for match in ROW.finditer(zh):
        rows = [number for number in re.findall(r"\d+", match[0]) if number in places.rows]
        lost |= {f"names row {number}, whose number changed": None for number in rows}
    if _agree(zh, en) and not _agree(new_zh, new_en):
        return Renamed(zh, en, [*lost, "names places whose numbers changed, and not alike in both languages"])
    return Renamed(new_zh, new_en, list(lost))


def _agree(zh: str, en: str) -> bool:
    pair = Pair.model_construct(zh=zh, en=en)
    return not list(check_pairs(YamlFile(""), pair))


def _changed(table: Mapping[str, str]) -> dict[str, str]:
    return {old: new for old, new in table.items() if old != new}
