"""A file of the data that only a command writes: YAML with one entry a line, its value in JSON, quick to read."""

from __future__ import annotations

import json
from pathlib import Path

from plansite.load.yaml_file import YamlFile


def read_lines(path: Path, name: str) -> YamlFile:
    """As `read_yaml` reads it, but only this form: `key: {…}`, empty lines, comments. Positions are those of lines."""
    file = YamlFile(name)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (UnicodeDecodeError, OSError) as error:
        file.fault((), f"a file that cannot be read ({error})", "a text file in UTF-8")
        return file
    data: dict[str, object] = {}
    for number, line in enumerate(lines, 1):
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
        except ValueError:
            file.fault((key,), f"'{line[:40]}'", "a line as 'build.py reviewed' writes it; take this one away")
    file.data = data
    return file


def line(key: str, value: object) -> str:
    """An entry as `read_lines` reads it."""
    return f"{key}: {json.dumps(value, ensure_ascii=False)}"
