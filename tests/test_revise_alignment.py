"""The alignment on real documents with random edits: every edit is found, and nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from conftest import PROJECT, SOURCES

from plansite.load import load_with_positions
from plansite.load.reading import Everything
from plansite.revise.align import align
from plansite.revise.before import known_measures
from plansite.revise.changes import change
from plansite.revise.images import images, moved
from plansite.sources.outline import Outline, Task
from plansite.sources.parse import parse
from plansite.sources.readers import read_document

PLANS = ("jingyue-14", "chaoyang-14", "kuancheng-14", "jilin-city-14")
SEEDS = range(5)
COUNTED = re.compile(r"(?<![\d.])\d\d+(?=[%个座家处项年]|微克|蒸吨)")
NUMERAL = re.compile(r"[\d一二三四五六七八九十两百千万Ⅰ-Ⅴ]")
LEAST = 60  # characters of a paragraph that is split off or merged


@pytest.fixture(scope="module")
def everything() -> Everything:
    return load_with_positions(PROJECT)[1]


def document(plan: str) -> Outline:
    path = SOURCES / f"{plan}.txt"
    if not path.is_file():
        pytest.skip("the official documents are not at hand (../shared/sources)")
    return parse(read_document(path))


@dataclass
class Edits:
    """What is done to which measures; `merged` leads from the smaller to the larger one."""

    gone: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    reworded: set[str] = field(default_factory=set)
    split: set[str] = field(default_factory=set)
    merged: dict[str, str] = field(default_factory=dict)


class Scenario:
    """The tasks of a document after random edits; `tasks` stand beside the id of the measure they came from."""

    def __init__(self, tasks: dict[str, Task], seed: int) -> None:
        self.random = random.Random(seed)
        self.old, self.text = tasks, {id: task.text for id, task in tasks.items()}
        self.sections: dict[tuple[int, int], list[str]] = {}
        for id, task in tasks.items():
            self.sections.setdefault((task.chapter, task.section), []).append(id)
        self.edits = Edits()
        ids = list(tasks)
        self.random.shuffle(ids)
        self._edit(iter(ids))
        self.tasks = list(self._renumbered())

    def _edit(self, ids: Iterator[str]) -> None:
        edits = self.edits
        for _ in range(3):
            edits.gone.add(id := next(ids))
            self._home(id).remove(id)
        for _ in range(3):
            self._move(next(ids))
        for id in ids:
            if id in {*edits.merged, *edits.merged.values()}:
                continue
            _ = (
                (len(edits.numbers) < 3 and self._change_number(id))
                or (len(edits.reworded) < 5 and self._reword(id))
                or (not edits.split and self._split(id))
                or (not edits.merged and self._merge(id))
            )

    def _home(self, id: str) -> list[str]:
        return next(ids for ids in self.sections.values() if id in ids)

    def _move(self, id: str) -> None:
        home = self._home(id)
        if len(home) > 1:
            home.remove(id)
            other = self.random.choice([ids for ids in self.sections.values() if ids is not home and len(ids) > 1])
            other.insert(self.random.randrange(len(other) + 1), id)
            self.edits.moved.add(id)

    def _change_number(self, id: str) -> bool:
        if not (found := list(COUNTED.finditer(self.text[id]))):
            return False
        match, text = self.random.choice(found), self.text[id]
        self.text[id] = f"{text[: match.start()]}{int(match[0]) + 7}{text[match.end() :]}"
        self.edits.numbers.add(id)
        return True

    def _reword(self, id: str) -> bool:
        clauses = [clause for clause in re.split(r"(?<=[，；。])", self.text[id]) if clause]
        place = self.random.randrange(1, max(len(clauses) - 1, 2))
        if len(clauses) < 5 or NUMERAL.search(clauses[place]):
            return False
        self.text[id] = "".join([*clauses[:place], "换成别的说法，", *clauses[place + 1 :]])
        self.edits.reworded.add(id)
        return True

    def _split(self, id: str) -> bool:
        part = "".join(self._sentences(id)[2:])
        if LEAST < len(part) < 0.4 * len(self.text[id]):
            self.edits.split.add(id)
        return bool(self.edits.split)

    def _sentences(self, id: str) -> list[str]:
        return [sentence for sentence in re.split(r"(?<=。)", self.text[id]) if sentence]

    def _merge(self, id: str) -> bool:
        """With the measure behind it, unless something else happens to that."""
        home, edits = self._home(id), self.edits
        other = home[(home.index(id) + 1) % len(home)]
        busy = edits.moved | edits.numbers | edits.reworded | edits.split | {id}
        if other in busy or min(len(self.text[id]), len(self.text[other])) < LEAST:
            return False
        larger, smaller = sorted((id, other), key=lambda each: -len(self.text[each]))
        self.text[larger] += self.text[smaller]
        home.remove(smaller)
        edits.merged[smaller] = larger
        return True

    def _renumbered(self) -> Iterator[tuple[str, Task]]:
        for (chapter, section), ids in self.sections.items():
            item = 0
            for id in ids:
                old = self.old[id]
                stays = (old.chapter, old.section) == (chapter, section)
                place = {"chapter": chapter, "section": section, "group": old.group if stays else 0}
                sentences = self._sentences(id)
                texts = [(id, old.heading, self.text[id])]
                if id in self.edits.split:
                    rest = "新分出来的任务。" + "".join(sentences[2:])
                    texts = [(id, old.heading, "".join(sentences[:2])), ("", "新分出来的任务", rest)]
                for origin, heading, text in texts:
                    item += 1
                    yield origin, replace(old, item=item, heading=heading, text=text, **place)


@pytest.mark.parametrize("plan", PLANS)
def test_every_random_edit_is_found_and_nothing_else(plan: str, everything: Everything) -> None:
    outline, files = document(plan), everything.plans[plan]
    known = known_measures(files, outline)
    for seed in SEEDS:
        scenario = Scenario({measure.id: measure.task for measure in known if measure.task}, seed)
        origin = {id(task): name for name, task in scenario.tasks}
        alignment = align(known, [task for _, task in scenario.tasks])
        where = images(files.record("outline.yaml"), outline, alignment.pairs)
        changes = [change(pair, moved(alignment.pairs, where), where) for pair in alignment.pairs]
        found = Edits(
            gone={measure.id for measure in alignment.gone},
            moved={each.pair.old.id for each in changes if each.moved},
            numbers={each.pair.old.id for each in changes if each.numbers},
            reworded={each.pair.old.id for each in changes if each.reworded},
            split={pair.old.id for pair in alignment.pairs if pair.parts},
            merged={measure.id: pair.old.id for pair in alignment.pairs for measure in pair.merged},
        )
        assert found == scenario.edits, seed
        assert all(origin[id(pair.new)] == pair.old.id for pair in alignment.pairs), seed
        assert not alignment.new, seed


@pytest.mark.parametrize("plan", PLANS)
def test_without_the_earlier_document_the_restatements_find_their_paragraphs(plan: str, everything: Everything) -> None:
    outline = document(plan)
    alignment = align(known_measures(everything.plans[plan], None), outline.tasks)
    assert all(pair.old.locator == pair.new.locator for pair in alignment.pairs)
    assert not alignment.gone and not alignment.new
