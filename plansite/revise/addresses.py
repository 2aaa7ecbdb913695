"""Published addresses that nothing answers in the new edition, and where they lead now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite import urls
from plansite.ingest.yaml_text import pair, scalar
from plansite.revise.elsewhere import Alone
from plansite.revise.revision import Revision
from plansite.revise.rows import TableChange
from plansite.revise.write_entries import NoteChange


@dataclass(frozen=True, slots=True)
class LostAddress:
    """An address, and the one that took its place (empty: none did); `shared` is that of a shared measure."""

    old: str
    new: str
    shared: bool = False

    def lines(self, edition: str) -> list[str]:
        """The entry of data/redirects.yaml."""
        if self.shared:
            zh, en = (
                f"{edition}版之后，只有一份规划有这类任务。",
                f"Since the edition {edition} only one plan has such a task.",
            )
        elif self.new:
            zh, en = f"{edition}版的文件改了这一部分的编号。", f"The edition {edition} numbers this part anew."
        else:
            zh, en = f"{edition}版的文件不再有这一部分。", f"The edition {edition} no longer has this part."
        to = [f"  to: {scalar(self.new)}"] if self.new else []
        return [f"- from: {scalar(self.old)}", *to, f"  why: {pair(zh, en)}"]


def lost_addresses(
    revision: Revision, notes: Collection[NoteChange], alone: Sequence[Alone], published: Collection[str]
) -> tuple[LostAddress, ...]:
    """Addresses that were published and that the new edition, as it is written now, does not have.

    `alone` are the families that no other plan is in any more.
    """
    images = dict(_images(revision, notes))
    answered = {new for new in images.values() if new} | set(_new(revision))
    numbered = [
        LostAddress(old, new if new in answered else "")
        for old, new in sorted(images.items())
        if old in published and old not in answered
    ]
    shared = [LostAddress(urls.family(each.family), urls.measure(*each.left), shared=True) for each in alone]
    return (*numbered, *(address for address in shared if address.old in published))


def _images(revision: Revision, notes: Collection[NoteChange]) -> Iterator[tuple[str, str]]:
    """Old address → new address, empty for what is gone, of every part that has a number or an anchor."""
    id, where = revision.plan.id, revision.images
    for chapter in revision.plan.record("outline.yaml"):
        now = where.chapters.get(chapter.number)
        yield urls.chapter(id, chapter.number), urls.chapter(id, now) if now else ""
        for section in chapter.sections:
            image = where.sections.get((chapter.number, section.number))
            home = urls.section(id, *image) if image else urls.chapter(id, now) if now else ""
            yield urls.section(id, chapter.number, section.number), home
    yield from _rows(revision.indicators, "indicators.yaml", urls.plan_indicator, revision)
    yield from _rows(revision.completion, "completion.yaml", urls.completion_row, revision)
    yield from ((urls.project(id, p.record.id), "") for p in revision.boxes.projects if not p.item)
    yield from ((urls.goal(id, each.record.id), "") for each in revision.goals if each.at is None)
    yield from ((urls.progress_entry(id, each.record.id), "") for each in revision.progress if each.at is None)
    yield from ((urls.note(id, note.record.id), "") for note in notes if note.removed)


def _rows(
    table: TableChange | None, name: str, address: Callable[[str, int], str], revision: Revision
) -> Iterator[tuple[str, str]]:
    if table and (table.table or table.dropped):
        numbers: Mapping[int, int] = table.numbers()
        for row in revision.plan.record(name).rows:
            now = numbers.get(row.number)
            yield address(revision.plan.id, row.number), address(revision.plan.id, now) if now else ""


def _new(revision: Revision) -> Iterator[str]:
    """The addresses of parts that are new."""
    id = revision.plan.id
    for chapter in revision.outline.chapters:
        yield urls.chapter(id, chapter.number)
        yield from (urls.section(id, chapter.number, section.number) for section in chapter.sections)
    if revision.indicators:
        yield from (urls.plan_indicator(id, number) for number, _ in revision.indicators.new)
    if revision.completion:
        yield from (urls.completion_row(id, number) for number, _ in revision.completion.new)
