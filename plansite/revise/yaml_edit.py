"""Edits a YAML file as text, by the positions of its parsed nodes: what is not edited stays as it is to the byte.

Comments, order, quotes and line breaks are the editor's; only the parts named in an edit change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from textwrap import indent

import yaml

from plansite.ingest.yaml_text import sequence
from plansite.load.yaml_file import Steps
from plansite.model import LOCALES, Locale


class EditError(Exception):
    """A file is written in a way that cannot be edited by position; the message is one line."""


class YamlText:
    """The text of a file with the edits that were asked for; a path is the keys and indexes that lead to a part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._root = _compose(text)
        self._edits: dict[tuple[int, int], str] = {}

    def __contains__(self, path: Steps) -> bool:
        return self._find(path) is not None

    def names(self, path: Steps = ()) -> list[str]:
        """The keys of a mapping, in their order."""
        node = self._node(path)
        return [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []

    def source(self, path: Steps) -> str:
        """A value as it is written."""
        start, end = self._span(self._node(path))
        return self.text[start:end]

    def column(self, path: Steps) -> int:
        """How many characters stand before a value in its line."""
        return int(self._node(path).start_mark.column)

    def set(self, path: Steps, source: str) -> None:
        """Write another value in the place of one."""
        span = self._span(self._node(path))
        if self.text[slice(*span)] != source:
            self._edits[span] = source

    def add(self, path: Steps, key: str, source: str, after: str = "") -> None:
        """Give a mapping another key, behind a certain one or (with the id or number) behind its first."""
        node = self._node(path)
        assert isinstance(node, yaml.MappingNode)
        if node.flow_style:
            at = node.end_mark.index - 1
            self._insert(at, f", {key}: {source}")
            return
        known = next((value for known, value in node.value if known.value == after), node.value[0][1])
        at = _line_end(self.text, _last(self.text, known))
        self._insert(at, f"\n{' ' * node.value[0][0].start_mark.column}{key}: {source}")

    def remove(self, path: Steps) -> None:
        """Take a key with its value, or an item of a list, away; the first key of an item cannot go."""
        parent = self._node(path[:-1])
        if isinstance(parent, yaml.SequenceNode):
            self._remove_item(parent, int(path[-1]))
            return
        assert isinstance(parent, yaml.MappingNode)
        index = next(i for i, (key, _) in enumerate(parent.value) if key.value == path[-1])
        key, value = parent.value[index]
        if parent.flow_style:
            previous = parent.value[index - 1][1].end_mark.index if index else key.start_mark.index
            end = value.end_mark.index if index else parent.value[1][0].start_mark.index
            self._edits[previous, end] = ""
            return
        start = self.text.rfind("\n", 0, key.start_mark.index) + 1
        if self.text[start : key.start_mark.index].strip():
            raise EditError(f"'{path[-1]}' is the first key of its entry and cannot be taken away")
        self._edits[start, _line_end(self.text, _last(self.text, value)) + 1] = ""

    def rename(self, path: Steps, key: str, source: str) -> None:
        """Put another key with another value in the place of one."""
        parent = self._node(path[:-1])
        assert isinstance(parent, yaml.MappingNode)
        node = next(known for known, _ in parent.value if known.value == path[-1])
        self._edits[self._span(node)] = key
        self.set(path, source)

    def review(self, path: Steps, languages: Iterable[Locale] = LOCALES) -> None:
        """Mark an entry for a person to restate, beside the languages in which it waits already."""
        where = (*path, "needs_review")
        node = self._find(where)
        waiting = [child.value for child in node.value] if isinstance(node, yaml.SequenceNode) else []
        wanted = sequence(locale for locale in LOCALES if locale in waiting or locale in languages)
        if node is None:
            self.add(path, "needs_review", wanted)
        else:
            self.set(where, wanted)

    def remark(self, path: Steps, words: str) -> None:
        """A comment at the end of the line in which a value ends."""
        self._insert(_line_end(self.text, _last(self.text, self._node(path))), f"  # {words}")

    def result(self) -> str:
        """The text with every edit."""
        text = self.text
        kept: list[tuple[int, int, str]] = []
        for (start, end), source in sorted(self._edits.items(), key=lambda edit: (edit[0][0], -edit[0][1])):
            if not kept or start >= kept[-1][1]:  # not inside what goes as a whole
                kept.append((start, end, source))
        for start, end, source in reversed(kept):
            text = text[:start] + source + text[end:]
        return text

    def _remove_item(self, parent: yaml.SequenceNode, index: int) -> None:
        if parent.flow_style:
            raise EditError("a list on one line, from which an item would have to go")
        spans = _item_lines(self.text, parent)
        start, end = (_line_start(self.text, line) for line in (spans[index][0], spans[index][1] + 1))
        self._edits[start, end] = ""

    def _insert(self, at: int, source: str) -> None:
        self._edits[at, at] = self._edits.get((at, at), "") + source

    def _span(self, node: yaml.Node) -> tuple[int, int]:
        start, end = node.start_mark.index, node.end_mark.index
        return start, start + len(self.text[start:end].rstrip())

    def _node(self, path: Steps) -> yaml.Node:
        node = self._find(path)
        if node is None:
            raise EditError(f"no '{'.'.join(map(str, path))}' to edit")
        return node

    def _find(self, path: Steps) -> yaml.Node | None:
        return _find(self._root, path)


def items(text: str, path: Steps = ()) -> list[str]:
    """The items of a list as text, each from its dash on without the indent, with the comments right above it."""
    node = _find(_compose(text), path)
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise EditError("a list on one line; expected one item a line, each after a dash")
    lines = text.split("\n")
    found = []
    for first, last in _item_lines(text, node):
        chosen = lines[first : last + 1]
        margin = min(len(line) - len(line.lstrip()) for line in chosen if line.strip())
        found.append("".join(f"{line[margin:]}\n" for line in chosen))
    return found


def with_items(text: str, path: Steps, chosen: Sequence[str]) -> str:
    """The text with these items, in the form of `items`, as the list at a path; the list is there already."""
    before = items(text, path)
    if list(chosen) == before:
        return text
    node = _find(_compose(text), path)
    assert node
    spans = _item_lines(text, node)
    lines = text.split("\n")
    margin = " " * (len(lines[node.start_mark.line]) - len(lines[node.start_mark.line].lstrip()))
    gaps = [after[0] - before[1] - 1 for before, after in pairwise(spans)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else int(path == ())
    parts: list[str] = []
    for index, item in enumerate(chosen):
        if index:
            known = before.index(item) if item in before else 0
            beside = known and before[known - 1] == chosen[index - 1]
            parts.append("\n" * (gaps[known - 1] if beside else usual))
        parts.append(indent(item, margin))
    head, tail = "\n".join(lines[: spans[0][0]]), "\n".join(lines[spans[-1][1] + 1 :])
    return (head + "\n" if spans[0][0] else "") + "".join(parts) + tail


def with_list(text: str, path: Steps, key: str, chosen: Sequence[str]) -> str:
    """The text with a new list as the last key of the block mapping at a path."""
    node = _find(_compose(text), path)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise EditError(f"an entry on one line, to which '{key}' would have to be added")
    margin = " " * node.value[0][0].start_mark.column
    at = _line_end(text, _last(text, node))
    added = f"\n{margin}{key}:\n" + indent("".join(chosen), f"{margin}  ").rstrip("\n")
    return text[:at] + added + text[at:]


def without_key(text: str, path: Steps) -> str:
    """The text without a key and its value."""
    edited = YamlText(text)
    edited.remove(path)
    return edited.result()


# --- positions ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _compose(text: str) -> yaml.Node | None:
    """The parsed nodes of a text; they are only read."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _find(node: yaml.Node | None, path: Steps) -> yaml.Node | None:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def _last(text: str, node: yaml.Node) -> int:
    """The last line of a node, counted from 0; what YAML counts as its end may lie behind blank lines and comments."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        child = node.value[-1]
        return _last(text, child[1] if isinstance(child, tuple) else child)
    source = text[: node.end_mark.index].rstrip() if isinstance(node, yaml.ScalarNode) else text[: node.end_mark.index]
    return max(source.count("\n"), node.start_mark.line)


def _item_lines(text: str, node: yaml.Node) -> list[tuple[int, int]]:
    """First and last line of each item of a block list, with the comment lines right above all but the first."""
    lines = text.split("\n")
    spans: list[tuple[int, int]] = []
    for child in node.value:
        first = child.start_mark.line
        if not lines[first].lstrip().startswith("-"):
            raise EditError(f"line {first + 1}: an item that does not begin behind its dash")
        while spans and first - 1 > spans[-1][1] and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        spans.append((first, _last(text, child)))
    return spans


def _line_start(text: str, line: int) -> int:
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at


def _line_end(text: str, line: int) -> int:
    """Where a line ends, before its line break."""
    end = text.find("\n", _line_start(text, line))
    return end if end >= 0 else len(text)
