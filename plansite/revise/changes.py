"""What changed in a measure: its place, heading, wording, numbers and bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from plansite.model import ROLES, Role
from plansite.revise.align import Pair
from plansite.revise.figures import NumberChange, is_numeral, number_changes
from plansite.revise.images import Images
from plansite.revise.likeness import plain
from plansite.sources.outline import NamedBody, Task


@dataclass(frozen=True, slots=True)
class BodyChange:
    """A body with the role it had and has; None: the note did not name it, or no longer names it."""

    name: str
    old: Role | None
    new: Role | None


@dataclass(frozen=True, slots=True)
class Change:
    """A measure and its paragraph, with what differs. `text` are the official texts before and now, to compare.

    `heading` is true for a new heading; `own_heading` if that is the paragraph's own and not that of its section.
    `sub_heading`: it stands below another one of the same section. `reordered`: the same bodies in another order.
    """

    pair: Pair
    moved: bool
    sub_heading: bool
    heading: bool
    own_heading: bool
    reworded: bool
    numbers: tuple[NumberChange, ...]
    bodies: tuple[BodyChange, ...]
    reordered: bool

    @property
    def renumbered(self) -> bool:
        return self.pair.old.locator != self.pair.new.locator

    @property
    def to_restate(self) -> bool:
        """Whether a person must look at the restatement again: not for a mere move or a new heading of the section."""
        pair = self.pair
        told_anew = self.reworded or self.own_heading or pair.parts or pair.merged
        return bool(told_anew or self.numbers or self.bodies or not pair.sure)


def change(pair: Pair, moved: set[str], where: Images) -> Change:
    """Compare a measure with its paragraph."""
    old, new = pair.old, pair.new
    before = plain(old.task.text) if old.task else ""
    after = plain(new.text)
    heading = plain(old.heading) != plain(new.heading)
    own = heading and bool(old.task) and (before.startswith(plain(old.heading)) or after.startswith(plain(new.heading)))
    bodies = body_changes(old.bodies, new.bodies)
    return Change(
        pair=pair,
        moved=old.id in moved,
        sub_heading=old.id not in moved and _under_another(pair, where),
        heading=heading,
        own_heading=own,
        reworded=bool(old.task) and not pair.parts and not pair.merged and _reworded(pair, before, after, own=own),
        numbers=_numbers(pair),
        bodies=bodies,
        reordered=not bodies and _spelled(old.bodies) != _spelled(new.bodies),
    )


def body_changes(old: Iterable[NamedBody], new: Iterable[NamedBody]) -> tuple[BodyChange, ...]:
    """Bodies that came, went, or have another role, in the order of the new note."""
    before = {plain(body.printed): body for body in old}
    after = {plain(body.printed): body for body in new}
    found = [
        BodyChange(body.printed, before[key].role if key in before else None, body.role)
        for key, body in after.items()
        if key not in before or before[key].role != body.role
    ]
    return (*found, *(BodyChange(body.printed, body.role, None) for key, body in before.items() if key not in after))


def only_numbers_differ(old: str, new: str) -> bool:
    """Whether two texts that were made plain differ in nothing but signs of numbers."""
    pieces = [
        old[code.src_start : code.src_end] + new[code.dest_start : code.dest_end]
        for code in Indel.opcodes(old, new)
        if code.tag != "equal"
    ]
    return all(map(is_numeral, pieces))


def _reworded(pair: Pair, before: str, after: str, *, own: bool) -> bool:
    """Whether the wording changed by more than its numbers and its heading."""
    if own:
        before = before.removeprefix(plain(pair.old.heading))
        after = after.removeprefix(plain(pair.new.heading))
    if before == after:
        return False
    return not (only_numbers_differ(before, after) and _numbers(pair))


def _numbers(pair: Pair) -> tuple[NumberChange, ...]:
    """Numbers that changed; of what was split or merged, in all the parts together."""
    if pair.old.task is None:
        return ()
    merged = [known.task.text for known in pair.merged if known.task]
    before = "\n".join([pair.old.task.text, *merged])
    return number_changes(before, "\n".join([pair.new.text, *(part.text for part in pair.parts)]))


def _under_another(pair: Pair, where: Images) -> bool:
    old, new = pair.old, pair.new
    image = where.groups.get((old.chapter, old.section, old.group)) if old.group else None
    return bool(old.group and new.group and image and image != (new.chapter, new.section, new.group))


def _spelled(bodies: Iterable[NamedBody]) -> list[tuple[Role, str]]:
    """Role and spelling, role by role in the printed order."""
    return sorted(((body.role, plain(body.printed)) for body in bodies), key=lambda each: ROLES.index(each[0]))


def note(task: Task) -> str:
    """The bodies of a paragraph in one line, for the report."""
    return "、".join(body.printed for body in task.bodies)
