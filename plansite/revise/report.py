"""The report of a revision, in Markdown that reads well on a terminal too. It is for the maintainer: it may quote the
official documents, and nothing of it goes into the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plansite.revise.addresses import LostAddress
from plansite.revise.align import Hint, Pair
from plansite.revise.before import Known
from plansite.revise.changes import Change
from plansite.revise.elsewhere import Alone, Mention
from plansite.revise.report_rest import rest
from plansite.revise.report_todo import todo
from plansite.revise.revision import Revision
from plansite.revise.telling import (
    SHORT,
    bodies,
    count,
    in_new,
    in_old,
    number_lines,
    section,
    titled,
)
from plansite.revise.wording import difference
from plansite.revise.write_plan import Written
from plansite.sources.outline import Task


def report(
    revision: Revision,
    written: Written,
    mentions: Sequence[Mention],
    alone: Sequence[Alone],
    lost: Sequence[LostAddress],
    names: Sequence[str],
) -> str:
    """The whole report; the first line holds the counts. `names` are cited documents that no vocabulary has."""
    told = _Report(revision)
    lines = [
        told.summary(),
        "",
        *_preamble(revision),
        *told.measures(),
        *rest(revision, written, mentions, alone),
        *todo(revision, written, mentions, alone, lost, names),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _preamble(revision: Revision) -> Iterator[str]:
    before = revision.record.edition
    edition = "the undated edition" if before == "undated" else f"the edition {before}"
    yield f"# {revision.plan.id}: {before} → {revision.edition}"
    yield ""
    yield f"{revision.document.name} beside {edition} in {revision.plan.folder}/."
    if revision.official is None:
        yield ""
        yield (
            f"The document of {edition} is not at hand ({revision.missing}). The tasks were found by their headings, "
            "bodies and restatements; differences of wording and numbers cannot be shown, and all that was taken from "
            "its wording is marked for review."
        )
    if (date := revision.front.date) and date != revision.edition:
        yield ""
        yield f"The document prints the date {date}; the new edition is {revision.edition}, as you said."
    yield ""


class _Report:
    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.alignment = revision.alignment
        self.split = [pair for pair in self.alignment.pairs if pair.parts]
        self.merged = [pair for pair in self.alignment.pairs if pair.merged]
        untouched = self._chosen(lambda c: not (c.moved or c.to_restate or c.heading or c.reordered or c.sub_heading))
        self.unchanged = [change for change in untouched if not change.renumbered]
        self.renumbered = [change for change in untouched if change.renumbered]
        self.moved = self._chosen(lambda c: c.moved)
        self.numbers = self._chosen(lambda c: bool(c.numbers))
        self.reworded = self._chosen(lambda c: c.reworded)
        self.bodies = self._chosen(lambda c: bool(c.bodies))
        self.heading = self._chosen(lambda c: c.heading)
        self.unsure = self._chosen(lambda c: not c.pair.sure)

    def summary(self) -> str:
        counts = [
            (len(self.unchanged), "unchanged"),
            (len(self.renumbered), "only renumbered"),
            (len(self.moved), "moved"),
            (len(self.numbers), "with changed numbers"),
            (len(self.reworded), "reworded"),
            (len(self.bodies), "with changed bodies"),
            (len(self.heading), "with another heading"),
            (len(self.split), "split"),
            (sum(len(pair.merged) for pair in self.merged), "merged into another"),
            (len(self.alignment.gone), "gone"),
            (len(self.alignment.new), "new"),
        ]
        known = sum(len(loaded.record) for loaded in self.revision.plan.measures)
        if self.unsure:
            counts.append((len(self.unsure), "found again without an earlier wording to compare with"))
        told = ", ".join(f"{number} {word}" for number, word in counts)
        return f"{count(known, 'measure')} before, {count(len(self.revision.outline.tasks), 'task')} now: {told}."

    def measures(self) -> Iterator[str]:
        """Kind by kind; a measure stands under each kind it belongs to."""
        gone, new, hints = self.alignment.gone, self.alignment.new, self.alignment.hints
        yield from section("Gone", map(self._known, gone), len(gone))
        yield from section("New", (line for task in new for line in self._task(task)), len(new))
        yield from section("Perhaps not gone", map(self._hint, hints), len(hints))
        yield from section("Split", (line for pair in self.split for line in self._split(pair)), len(self.split))
        yield from section("Merged", (line for pair in self.merged for line in self._merged(pair)), len(self.merged))
        for title, changes, tell in (
            ("Moved", self.moved, self._move),
            ("Changed numbers", self.numbers, self._number),
            ("Changed bodies", self.bodies, self._body),
            ("Bodies in another order", self._chosen(lambda c: c.reordered), self._order),
            ("Another heading", self.heading, self._headed),
            ("Reworded", self.reworded, self._worded),
            ("Below another sub-heading of their section", self._chosen(lambda c: c.sub_heading), _nothing),
            ("Only renumbered", self.renumbered, _nothing),
            ("Not in the document of the current edition", self.unsure if self.revision.official else [], _nothing),
        ):
            lines = (line for change in changes for line in (self._place(change.pair), *tell(change)))
            yield from section(title, lines, len(changes))

    def _chosen(self, wanted: Callable[[Change], bool]) -> list[Change]:
        return [change for change in self.revision.changes if wanted(change)]

    # --- entries ---

    def _place(self, pair: Pair) -> str:
        """Id, locators, file and line in the data and in both documents."""
        old, new = pair.old, pair.new
        locator = old.locator if old.locator == new.locator else f"{old.locator} → {new.locator}"
        before = f"{in_old(self.revision, old.task.places)} → " if old.task else ""
        return f"- `{old.id}` {locator} · {old.where} · {before}{in_new(self.revision, new.places)}"

    def _known(self, old: Known) -> str:
        printed = f" · {in_old(self.revision, old.task.places)}" if old.task else ""
        return f"- `{old.id}` {old.locator} {titled(old.heading)} · {old.where}{printed}"

    def _task(self, task: Task) -> Iterator[str]:
        yield f"- {task.locator} {titled(task.heading)} · {in_new(self.revision, task.places)}"
        yield f"  - {bodies(task.bodies)}"

    def _hint(self, hint: Hint) -> str:
        see = f"see whether it went into `{hint.of}`" if hint.of else "see whether it keeps the id"
        return f"- `{hint.old.id}` {hint.old.locator} and {hint.new.locator} {titled(hint.new.heading)}: {see}"

    def _split(self, pair: Pair) -> Iterator[str]:
        yield self._place(pair) + f" {titled(pair.new.heading)} keeps the id"
        for part in pair.parts:
            yield f"  - split off: {part.locator} {titled(part.heading)} · {in_new(self.revision, part.places)}"
            yield f"    - {bodies(part.bodies)}"
        yield from self._difference(pair)

    def _merged(self, pair: Pair) -> Iterator[str]:
        yield self._place(pair) + f" {titled(pair.new.heading)}"
        for old in pair.merged:
            printed = f" · {in_old(self.revision, old.task.places)}" if old.task else ""
            yield f"  - took in: `{old.id}` {old.locator} {titled(old.heading)} · {old.where}{printed}"
        yield from self._difference(pair)

    def _move(self, change: Change) -> Iterator[str]:
        old, new = change.pair.old, change.pair.new
        home = self.revision.images.sections.get((old.chapter, old.section))
        if home == (new.chapter, new.section):
            yield f"  - within section {new.chapter}.{new.section}, to another place among the tasks"
        else:
            yield (
                f"  - from section {old.chapter}.{old.section} {titled(self._old_title(old))} "
                f"to {new.chapter}.{new.section} {titled(self._new_title(new))}"
            )

    def _number(self, change: Change) -> Iterator[str]:
        yield from number_lines(change.numbers)
        if not change.reworded and not change.pair.parts and not change.pair.merged:
            yield from self._difference(change.pair)

    def _body(self, change: Change) -> Iterator[str]:
        for each in change.bodies:
            if each.old and each.new:
                yield f"  - {each.name}: {SHORT[each.old]} → {SHORT[each.new]}"
            elif each.new:
                yield f"  - new: {each.name} ({SHORT[each.new]})"
            elif each.old:
                yield f"  - gone: {each.name} ({SHORT[each.old]})"

    def _order(self, change: Change) -> Iterator[str]:
        yield f"  - {bodies(change.pair.old.bodies)} → {bodies(change.pair.new.bodies)}"

    def _headed(self, change: Change) -> Iterator[str]:
        of = "" if change.own_heading else " (that of its section or sub-heading)" if change.pair.sure else ""
        yield f"  - {titled(change.pair.old.heading)} → {titled(change.pair.new.heading)}{of}"

    def _worded(self, change: Change) -> Iterator[str]:
        yield from self._difference(change.pair)

    def _difference(self, pair: Pair) -> Iterator[str]:
        if pair.old.task:
            yield f"  - {difference(pair.old.task.text, pair.new.text)}"

    def _old_title(self, old: Known) -> str:
        chapters = self.revision.plan.record("outline.yaml")
        found = (s for c in chapters if c.number == old.chapter for s in c.sections if s.number == old.section)
        return next((str(s.title.zh) for s in found), "")

    def _new_title(self, new: Task) -> str:
        chapters = self.revision.outline.chapters
        found = (s for c in chapters if c.number == new.chapter for s in c.sections if s.number == new.section)
        return next((s.title for s in found), "")


def _nothing(_: Change) -> Iterator[str]:
    return iter(())
