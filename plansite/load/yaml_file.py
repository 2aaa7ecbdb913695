"""YAML with positions: plain data beside the line and column of every key and value.

Only a plain subset is read: mappings, lists, texts, numbers, true, false and null. Aliases, merge keys and tags are
refused, so that a file says what it means in the place where it is read and cannot grow when it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from plansite.characters import HIDDEN, hidden
from plansite.load.faults import Fault
from plansite.load.limits import MAX_DEPTH, MAX_DIGITS, MAX_FAULTS, MAX_PARTS
from plansite.load.yaml_slips import position_of, slip

Steps = tuple[str | int, ...]
Position = tuple[int, int]

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class YamlFile:
    """A file's data, and where each of its parts stands. A path is the keys and list indexes that lead to a part.

    Of a file without faults only the text is kept (`forget`): `data` has become a record by then, and positions are
    found again with `locate` if something asks for one. `agrees` says that every number of one language was found in
    the other.
    """

    name: str
    data: Any = None
    values: dict[Steps, Position] = field(default_factory=dict)
    keys: dict[Steps, Position] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    text: str = ""
    locate: Callable[[str, str], YamlFile] | None = None
    agrees: bool = False

    def position(self, path: Steps, *, key: bool = False) -> Position:
        """Line and column of a part, or of the nearest part around it that exists."""
        if not self.values and self.locate:
            found = self.locate(self.text, self.name)
            self.values, self.keys = found.values, found.keys
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def fault(self, path: Steps, found: str, expected: str, hint: str = "", *, key: bool = False) -> None:
        self.faults.append(Fault(self.name, *self.position(path, key=key), found, expected, hint))

    def forget(self) -> None:
        """Give up all but the text."""
        self.data, self.values, self.keys = None, {}, {}


class _Loader(yaml.CSafeLoader):
    """Finds no types: here a value is what its text says."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""


def parse_yaml(text: str, name: str) -> YamlFile:
    """The data of a file's text; what is wrong is in `faults`, and `data` is None if nothing of it can be used."""
    file = YamlFile(name, text=text, locate=parse_yaml)
    last: list[yaml.ScalarEvent] = []
    try:
        node = yaml.compose(text, Loader=_Loader) if _plain(text, file, last) else None
    except yaml.MarkedYAMLError as error:
        file.faults.append(Fault(name, *slip(error, text, last[-1] if last else None)))
        return file
    except yaml.YAMLError as error:
        file.faults.append(Fault(name, 1, 1, f"YAML that cannot be read ({str(error).splitlines()[0]})", "valid YAML"))
        return file
    if node is not None:
        file.data = _value(node, (), file)
    elif not file.faults:
        file.faults.append(Fault(name, 1, 1, "an empty file", "data; delete the file if it is not needed"))
    return file


def _plain(text: str, file: YamlFile, last: list[yaml.ScalarEvent]) -> bool:
    """Refuse anchors, aliases and tags, depth and number without end, before anything is made of them.

    The last value that was read is put into `last`, wherever that ends.
    """
    depth = parts = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            last[:] = [event]
        if found := _beyond_plain(event):
            file.faults.append(Fault(file.name, *position_of(event.start_mark), *found))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        parts += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH:
            found = f"lists and mappings more than {MAX_DEPTH} deep", "the form of the data guide"
        elif parts > MAX_PARTS:
            found = f"more than {MAX_PARTS:,} values", "fewer; several files where there may be several"
        elif len(file.faults) < MAX_FAULTS:
            continue
        else:
            break
        file.faults.append(Fault(file.name, *position_of(event.start_mark), *found))
        break
    return not file.faults


def _beyond_plain(event: Any) -> tuple[str, str] | None:
    """What an event holds that plain data has not, and what is expected."""
    if anchor := getattr(event, "anchor", None):
        return f"a YAML anchor or alias ('{anchor}')", "the value itself"
    if tag := getattr(event, "tag", None):
        return f"a YAML tag ('{tag}')", "the value without it"
    return None


def _value(node: yaml.Node, path: Steps, file: YamlFile) -> Any:
    file.values[path] = position_of(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), file) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    text = node.value
    if match := HIDDEN.search(text):  # written as an escape, "\\u200b"
        file.fault(path, hidden(match[0]), "visible characters only")
    if node.style in ("'", '"'):
        return text
    if node.style in ("|", ">"):
        return text.rstrip("\n")
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if INTEGER.fullmatch(text) or DECIMAL.fullmatch(text):
        return _number(text, path, file)
    return text


def _number(text: str, path: Steps, file: YamlFile) -> int | float | None:
    if sum(map(str.isdigit, text)) > MAX_DIGITS:
        file.fault(path, f"the number {text}", f"a number of at most {MAX_DIGITS} digits")
        return None
    return float(text) if "." in text else int(text)


def _mapping(node: yaml.MappingNode, path: Steps, file: YamlFile) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        where = position_of(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            file.faults.append(Fault(file.name, *where, "a key that is not a word", "a field name"))
            continue
        key = key_node.value
        if match := HIDDEN.search(key):
            file.faults.append(Fault(file.name, *where, hidden(match[0]), "visible characters only"))
        step = (*path, key)
        if key in result:
            first = file.keys[step][0]
            file.faults.append(Fault(file.name, *where, f"'{key}' a second time (first in line {first})", "it once"))
            continue
        file.keys[step] = where
        result[key] = _value(value_node, step, file)
    return result
