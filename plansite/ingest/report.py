"""What a document was found to hold, what could not be placed, and the names the vocabularies lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from plansite.ingest.front import Front
from plansite.ingest.outline_text import where
from plansite.ingest.skeleton import project_boxes
from plansite.ingest.suggest import Suggestions, figures
from plansite.ingest.tables import indicator_table
from plansite.ingest.yaml_text import TODO, pair, sequence
from plansite.load.faults import nearest
from plansite.load.reading import Everything
from plansite.sources.outline import Outline

SAME = 77  # of 100: two spellings as alike as this may be one body (市司法局 and 市执法局, at 75, are not)
EXCERPT = 20  # characters of the document that a line of the report shows


def found(outline: Outline, front: Front) -> str:
    """Counts, repairs by kind, slips left as they are, and everything that could not be placed."""
    return "\n".join([*_counts(outline), *_repairs(outline), *_left(outline, front), ""])


def missing_names(outline: Outline, suggest: Suggestions, everything: Everything) -> str:
    """Names in the document that no vocabulary has, with YAML to paste; empty if all are known."""
    parts = [_jurisdiction(suggest, everything), _bodies(outline, suggest), _cites(outline, suggest)]
    return "\n".join(f"{part}\n" for part in parts if part)


def _counts(outline: Outline) -> Iterator[str]:
    sections = [section for chapter in outline.chapters for section in chapter.sections]
    subtitles = sum(bool(chapter.subtitle) for chapter in outline.chapters)
    boxes, table = project_boxes(outline), indicator_table(outline)
    bodies = Counter(body.printed for task in outline.tasks for body in task.bodies)
    yield f"{outline.name} (sha256 {outline.sha256})"
    yield (
        f"  {_many(len(outline.chapters), 'chapter')}, {_many(subtitles, 'subtitle')}, "
        f"{_many(len(sections), 'section')}, {_many(sum(len(s.groups) for s in sections), 'sub-heading')}"
    )
    yield (
        f"  {_many(len(outline.tasks), 'task')}, {sum(not task.bodies for task in outline.tasks)} without a body; "
        f"{_many(len(bodies), 'spelling')} of bodies, named {bodies.total()} times"
    )
    yield f"  {_many(len(boxes), 'box', 'boxes')} with {_many(sum(len(box.items) for box in boxes), 'project')}"
    yield f"  {_many(len(table.rows) if table else 0, 'indicator row')}"
    if outline.remark:
        yield f"  a remark about the bodies of later tasks: {_excerpt(outline.remark)}"
    for other in outline.tables:
        if other is not table:
            rows = _many(len(other.rows), "row")
            yield f"  for progress.yaml: the table of box {other.box} with {rows} ({where([other.place])})"
    if told := ", ".join(_outside(outline)):
        yield f"  paragraphs with numbers outside the tasks, for progress.yaml, targets or intros: {told}"


def _outside(outline: Outline) -> Iterator[str]:
    """Chapter or section, with the number of its paragraphs that are no task and hold a number, and the first one."""
    for chapter in outline.chapters:
        parts = [(f"chapter {chapter.number}", chapter.intro)]
        parts += [(f"section {chapter.number}.{section.number}", section.intro) for section in chapter.sections]
        for name, intro in parts:
            if places := [where(p.places) for p in intro if any(map(_counts_something, figures(p.text)))]:
                yield f"{name} {len(places)} (from {places[0]})"


def _counts_something(figure: str) -> bool:
    """Not the name of a five-year plan."""
    return not re.fullmatch(r"第?[一二三四七八九十]+五", figure)


def _repairs(outline: Outline) -> Iterator[str]:
    mended = Counter(repair.kind for repair in outline.repairs if not repair.reported)
    listed = ", ".join(f"{kind} {number}" for kind, number in sorted(mended.items()))
    yield f"Repairs: {mended.total()}{f' ({listed})' if listed else ''}"
    slips = [repair for repair in outline.repairs if repair.reported]
    yield f"Likely slips of recognition, left as they are: {len(slips)}"
    for slip in slips:
        meant = f", perhaps {_excerpt(slip.after)}" if slip.after and slip.after != slip.before else ""
        yield f"  {where([slip.place])}: {slip.kind}: {_excerpt(slip.before)}{meant}"


def _left(outline: Outline, front: Front) -> Iterator[str]:
    leftovers = [left for left in outline.leftovers if not front.holds(left.text)]
    yield f"Could not place: {len(leftovers)}"
    for left in leftovers:
        yield f"  {where([left.place])}: {_excerpt(left.text)}: {left.reason}"


def _jurisdiction(suggest: Suggestions, everything: Everything) -> str:
    known = [entry.id for entry in everything.single["jurisdictions.yaml"].record]
    if suggest.jurisdiction in known:
        return ""
    return (
        f"No jurisdiction '{suggest.jurisdiction}' in data/jurisdictions.yaml (there are: {', '.join(known)}); add:\n"
        f"  - id: {suggest.jurisdiction}\n    kind: district\n    parent: {TODO}\n    name: {pair()}\n"
        f"    official_name: {pair()}\n    names: [{TODO}]\n    summary: {pair()}"
    )


def _bodies(outline: Outline, suggest: Suggestions) -> str:
    named = Counter(body.printed for task in outline.tasks for body in task.bodies)
    return missing_bodies({word: number for word, number in named.items() if not suggest.department(word)}, suggest)


def missing_bodies(new: Mapping[str, int], suggest: Suggestions) -> str:
    """Spellings that no department has, gathered by the department that looks like theirs, as YAML to paste.

    `new`: spelling → how often it is named.
    """
    if not new:
        return ""
    like: dict[str, list[str]] = {}  # department, or after a space the first spelling of one that is not there yet
    for word in sorted(new, key=lambda word: (-new[word], word)):
        role = suggest.similar_department(word) or f" {nearest(word, [key[1:] for key in like if key[0] == ' '], SAME)}"
        like.setdefault(role if role != " " else f" {word}", []).append(word)
    lines = [
        f"Bodies that no department of '{suggest.jurisdiction}' has: {len(new)}; to data/vocab/departments.yaml add:"
    ]
    for role, words in sorted(like.items(), key=lambda item: (item[0].startswith(" "), item[0])):
        count = ", ".join(f"{word} {_many(new[word], 'time')}" for word in words)
        if role.startswith(" "):
            lines += [f"  - id: {TODO}  # {count}", f"    name: {pair()}", "    bodies:"]
        else:
            lines.append(f"  # under bodies of '{role}', if it is the one: {count}")
        lines += [
            f"      {suggest.jurisdiction}:",
            f"        name: {pair(words[0])}",
            f"        printed: {sequence(words)}",
        ]
    return "\n".join(lines)


def _cites(outline: Outline, suggest: Suggestions) -> str:
    texts = [task.text for task in outline.tasks] + [i.text for box in project_boxes(outline) for i in box.items]
    names = Counter(name for text in texts for name in suggest.cites(text)[1])
    if not names:
        return ""
    lines = [f"Documents named that data/vocab/cited-documents.yaml has not: {len(names)}"]
    return "\n".join([*lines, *(f"  《{name}》 {_many(number, 'time')}" for name, number in sorted(names.items()))])


def _many(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or f'{word}s'}"


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text[:EXCERPT]}…'" if len(text) > EXCERPT else f"'{text}'"
