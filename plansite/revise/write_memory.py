"""translations.yaml of the new edition: what is remembered of the texts, under the new numbers of their records."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.revise.revision import Revision
from plansite.revise.rows import TableChange
from plansite.revise.yaml_edit import YamlText


def memory_file(text: str, revision: Revision) -> str:
    """Records that have their number as a name (chapter/4, indicator/9) are led on; those that are gone are forgotten.

    What is remembered stays: a text is stale where the facts of its record are no longer those it was written from.
    """
    numbers: dict[str, Mapping[int, int]] = {"chapter": revision.images.chapters}
    tables: dict[str, TableChange | None] = {"indicator": revision.indicators, "completion": revision.completion}
    numbers |= {kind: change.numbers() for kind, change in tables.items() if change and change.table}
    edited = YamlText(text)
    for name in edited.names():
        kind, _, key = name.partition("/")
        if kind in numbers and key.isdigit():
            now = numbers[kind].get(int(key))
            if now is None:
                edited.remove((name,))
            elif now != int(key):
                edited.rename((name,), f"{kind}/{now}", edited.source((name,)))
    return edited.result()
