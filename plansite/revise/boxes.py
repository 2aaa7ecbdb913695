"""The boxes and their items, held against those of the new document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plansite.ingest.skeleton import project_boxes
from plansite.revise.figures import NumberChange, number_changes
from plansite.revise.images import ALIKE
from plansite.revise.likeness import likeness, plain
from plansite.sources.outline import BoxItem, Outline, SourceBox

SAME = 0.5  # likeness of two items, title and text


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project (by its index in the data) with its item before and now; `item` is None if it is gone.

    `before` is None where the old document is not at hand. `box` is the number of the box it stands in now.
    """

    index: int
    record: Any
    before: BoxItem | None
    item: BoxItem | None
    box: int
    numbers: tuple[NumberChange, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether its words changed, as far as that can be known."""
        return bool(self.item and (self.before is None or plain(whole(self.before)) != plain(whole(self.item))))


@dataclass(frozen=True, slots=True)
class BoxesChange:
    """`images` leads from a box number in the data to its box; a box that is gone is left out."""

    images: Mapping[int, SourceBox]
    projects: tuple[ProjectChange, ...]
    new_boxes: tuple[SourceBox, ...]
    new_items: tuple[tuple[SourceBox, BoxItem], ...]


def boxes_change(record: Any, before: Outline | None, outline: Outline) -> BoxesChange:
    """Match boxes by title and items, then the projects of `projects.yaml` (None: there is none) with the items."""
    printed = project_boxes(outline)
    if record is None:
        return BoxesChange({}, (), tuple(printed), ())
    old_items = _old_items(record, before)
    new_items = [(box, item) for box in printed for item in box.items]
    partner = _partners(record.projects, old_items, new_items)
    images = _images(record, printed, {i: new_items[n][0] for i, n in partner.items()})
    projects = []
    for index, project in enumerate(record.projects):
        old = old_items[index]
        box, item = new_items[partner[index]] if index in partner else (None, None)
        numbers = number_changes(whole(old), whole(item)) if old and item else ()
        projects.append(ProjectChange(index, project, old, item, box.number if box else 0, numbers))
    taken = set(partner.values())
    known = {box.number for box in images.values()}
    return BoxesChange(
        images,
        tuple(projects),
        tuple(box for box in printed if box.number not in known),
        tuple(each for n, each in enumerate(new_items) if n not in taken),
    )


def whole(item: BoxItem) -> str:
    return f"{item.title}。{item.text}"


def _old_items(record: Any, before: Outline | None) -> list[BoxItem | None]:
    """The item of each project in the old document: the one with its name, or the only one with its mark."""
    boxes = {box.number: box.items for box in before.boxes} if before else {}
    result: list[BoxItem | None] = []
    for project in record.projects:
        items = boxes.get(project.box, ())
        found = [item for item in items if plain(item.title) == plain(project.name.zh)]
        found = found or [item for item in items if project.mark and plain(item.mark) == plain(project.mark)]
        result.append(found[0] if len(found) == 1 else None)
    return result


def _partners(
    projects: Sequence[Any], old: Sequence[BoxItem | None], new: Sequence[tuple[SourceBox, BoxItem]]
) -> dict[int, int]:
    """Index of the project → index of its new item: the likest first. Several projects may come from one item."""
    scores = []
    for i, project in enumerate(projects):
        before = old[i]
        for n, (_, item) in enumerate(new):
            names = {plain(project.name.zh), *([plain(before.title)] if before else [])}
            titled = max(likeness(name, plain(item.title)) for name in names)
            worded = likeness(plain(whole(before)), plain(whole(item))) if before else 0.0
            if titled >= ALIKE or worded >= SAME:
                scores.append((-max(titled, worded) - 0.01 * (titled == 1.0), i, n))
    owners: dict[int, BoxItem | None] = {}
    found: dict[int, int] = {}
    for _, i, n in sorted(scores):
        if i not in found and (n not in owners or (old[i] is not None and owners[n] == old[i])):
            found[i] = n
            owners[n] = old[i]
    return found


def _images(record: Any, printed: Sequence[SourceBox], places: Mapping[int, SourceBox]) -> dict[int, SourceBox]:
    votes: Counter[tuple[int, int]] = Counter()
    for index, box in places.items():
        votes[record.projects[index].box, box.number] += 1
    for known in record.boxes:
        for box in printed:
            votes[known.number, box.number] += 2 * (plain(known.title.zh) == plain(box.title))
    by_number = {box.number: box for box in printed}
    found: dict[int, SourceBox] = {}
    for (number, other), count in sorted(votes.items(), key=lambda each: (-each[1], each[0])):
        if count and number not in found and by_number[other] not in found.values():
            found[number] = by_number[other]
    return found
