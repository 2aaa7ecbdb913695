"""A file of the data that only a command writes: YAML with one entry a line, its value in JSON, quick to read."""

from __future__ import annotations

import json

from plansite.characters import HIDDEN
from plansite.load.limits import MAX_FAULTS
from plansite.load.yaml_file import YamlFile


def parse_lines(text: str, name: str) -> YamlFile:
    """As `parse_yaml` reads it, but only this form: `key: {…}`, empty lines, comments. Positions are those of lines."""
    file = YamlFile(name, text=text, locate=parse_lines)
    data: dict[str, object] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        key, _, value = line.partition(": ")
        file.values[key,] = (number, 1)
        if key in data:
            first = file.keys[key,][0]
            file.fault((key,), f"'{key}' a second time (first in line {first})", "it once")
            continue
        file.keys[key,] = (number, 1)
        try:
            data[key] = json.loads(value)
            if HIDDEN.search(json.dumps(data[key], ensure_ascii=False)):
                raise ValueError
        except (ValueError, RecursionError):
            file.fault((key,), f"'{line[:40]}'", "a line as 'build.py reviewed' writes it; take this one away")
        if len(file.faults) >= MAX_FAULTS:
            break
    file.data = data
    return file


def line(key: str, value: object) -> str:
    """An entry as `read_lines` reads it."""
    return f"{key}: {json.dumps(value, ensure_ascii=False)}"
