"""YAML with positions: plain data beside the line and column of every key and value.

Only a plain subset is read: mappings, lists, texts, numbers, true, false and null. Aliases, merge keys and tags are
refused, so that a file says what it means in the place where it is read and cannot grow when it is loaded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from plansite.load.faults import Fault

Steps = tuple[str | int, ...]
Position = tuple[int, int]

MAX_BYTES = 4_000_000
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
HIDDEN = {"Cc", "Cf", "Co", "Cs"}  # control, format (bidi, zero-width), private use, surrogate


@dataclass(slots=True)
class YamlFile:
    """A file's data, and where each of its parts stands. A path is the keys and list indexes that lead to a part."""

    name: str
    data: Any = None
    values: dict[Steps, Position] = field(default_factory=dict)
    keys: dict[Steps, Position] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def position(self, path: Steps, *, key: bool = False) -> Position:
        """Line and column of a part, or of the nearest part around it that exists."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def fault(self, path: Steps, found: str, expected: str, hint: str = "", *, key: bool = False) -> None:
        self.faults.append(Fault(self.name, *self.position(path, key=key), found, expected, hint))


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file; what is wrong with it is in `faults`, and `data` is None if nothing of it can be used."""
    file = YamlFile(name)
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            file.fault((), f"a file of {len(raw):,} bytes", f"at most {MAX_BYTES:,} bytes")
            return file
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        file.faults.append(Fault(name, line, column, "a byte that is not UTF-8", "a text file in UTF-8"))
        return file
    except OSError as error:
        file.fault((), f"the file cannot be read ({error.strerror})", "a readable file")
        return file
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader) if _plain(text, file) else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = (error.problem or "unreadable YAML").replace("\n", " ")
        file.faults.append(Fault(name, line, column, f"YAML that cannot be read ({problem})", "valid YAML"))
        return file
    except (yaml.YAMLError, RecursionError) as error:
        file.fault((), f"YAML that cannot be read ({str(error).splitlines()[0]})", "valid YAML")
        return file
    if node is not None:
        file.data = _value(node, (), file)
    elif not file.faults:
        file.fault((), "an empty file", "data; delete the file if it is not needed")
    return file


def _plain(text: str, file: YamlFile) -> bool:
    """Refuse characters a reader of the file cannot see, and YAML's aliases (before they are resolved)."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if char < "\x7f" and char >= " ":
                continue
            if char == "\r" and column == len(line):
                continue
            if unicodedata.category(char) in HIDDEN:
                found = f"an invisible character (U+{ord(char):04X})"
                file.faults.append(Fault(file.name, number, column, found, "visible characters only"))
    if file.faults:
        return False
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            found = f"a YAML anchor or alias ('{event.anchor}')"
            file.faults.append(Fault(file.name, mark.line + 1, mark.column + 1, found, "the value itself"))
    return not file.faults


def _value(node: yaml.Node, path: Steps, file: YamlFile) -> Any:
    file.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), file) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    text = node.value
    if node.style in ("'", '"'):
        return text
    if node.style in ("|", ">"):
        return text.rstrip("\n")
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    return text


def _mapping(node: yaml.MappingNode, path: Steps, file: YamlFile) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        where = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            file.faults.append(Fault(file.name, *where, "a key that is not a word", "a field name"))
            continue
        key = key_node.value
        step = (*path, key)
        if key in result:
            first = file.keys[step][0]
            file.faults.append(Fault(file.name, *where, f"'{key}' a second time (first in line {first})", "it once"))
            continue
        file.keys[step] = where
        result[key] = _value(value_node, step, file)
    return result
