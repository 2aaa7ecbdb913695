"""YAML with positions: plain data beside the line and column of every key and value.

Only a plain subset is read: mappings, lists, texts, numbers, true, false and null. Aliases, merge keys and tags are
refused, so that a file says what it means in the place where it is read and cannot grow when it is loaded.
"""

from __future__ import annotations

import re
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
HIDDEN = re.compile(  # control characters, soft hyphen, bidi and zero-width marks, private use (Unicode Cc, Cf, Co)
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff9-\\ufffb\\ue000-\\uf8ff\\U000e0000-\\U000e0fff\\U000f0000-\\U0010ffff]"
)


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
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
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
    for match in HIDDEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        file.faults.append(Fault(file.name, line, column, _hidden(match[0]), "visible characters only"))
    if file.faults:
        return False
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if anchor := getattr(event, "anchor", None):
            mark = event.start_mark
            where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            file.faults.append(Fault(file.name, *where, f"a YAML anchor or alias ('{anchor}')", "the value itself"))
    return not file.faults


def _value(node: yaml.Node, path: Steps, file: YamlFile) -> Any:
    file.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), file) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    text = node.value
    if match := HIDDEN.search(text.replace("\n", "")):  # written as an escape, "\\u200b"
        file.fault(path, _hidden(match[0]), "visible characters only")
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


def _hidden(char: str) -> str:
    return f"an invisible character (U+{ord(char):04X})"


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
