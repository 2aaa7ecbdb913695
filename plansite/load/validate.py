"""From pydantic's findings to faults a maintainer can act on."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from plansite.load.faults import nearest
from plansite.load.limits import MAX_FAULTS
from plansite.load.yaml_file import Steps, YamlFile

KINDS = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "bool_type": "true or false",
}
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "an id of small letters, digits and single hyphens (kebab-case)",
    r"^\d+\.\d+$": 'a section as in "5.2"',
    r"^https?://[^\s<>\"'`\\?#]+/$": "an http(s) address that ends in /",
    r"^(https?://[^\s<>\"'`\\]+)?$": "an http(s) address",
    r"^((https?://|mailto:)[^\s<>\"'`\\]+)?$": "an http(s) or mailto: address",
    r"^[^./\\\s][^/\\]*$": "the name of a file in the folder of documents",
    r"^[0-9a-f]{64}$": "a SHA-256 checksum (64 hexadecimal digits)",
    r"^[0-9a-f]{8}$": "a checksum of 8 hexadecimal digits",
    r"^\d{4}-\d{2}-\d{2}$": "a day as in 2023-04-25",
    r"^(\d{4}(-\d{2}(-\d{2})?)?)?$": "a year, month or day as in 2023-04",
    r"^(undated|\d{4}-\d{2}(-\d{2})?)$": "'undated', or a month or day as in 2023-04",
    r"^([a-z0-9-]+/)*(#[A-Za-z0-9_.-]+)?$": "an address below the language, as in plans/jingyue-14/#anchor",
    r"^[一二三四五六七八九十]+$": "a Chinese numeral as in 一",
    r"^[a-z0-9%/-]+$": "the id of a unit, of small letters, digits, %, / and -, as in ug/m3",
    r"^[^A-Z\s]+$": "the id of a unit, as in ug/m3",
    r"^[a-z0-9-]+/[a-z0-9-]+$": "a plan and its measure, as in jingyue-14/straw-burning-ban",
    "^[a-zü ]*$": "pinyin in small letters without marks of tones, a syllable for each character",
}


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def validate(file: YamlFile, shape: Any) -> Any:
    """The file's data as `shape`, or None after its faults were added to the file."""
    if file.data is None:
        if not file.faults:
            file.fault((), "nothing", "data")
        return None
    try:
        return _adapter(shape).validate_python(file.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        if more := details[MAX_FAULTS:]:
            file.fault(more[0]["loc"], f"{len(more):,} more faults in this file", "none; mend those above first")
            details = details[:MAX_FAULTS]
        slips = _slips(details, shape)
        for detail in details:
            if detail["type"] != "missing" or detail["loc"] not in slips.values():
                _report(detail, file, shape, slips)
        return None


def _slips(details: list[ErrorDetails], shape: Any) -> dict[Steps, Steps]:
    """Unknown field → the missing field it must mean: the one most like it, or the only one."""
    missing = [detail["loc"] for detail in details if detail["type"] == "missing"]
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    result: dict[Steps, Steps] = {}
    for loc in unknown:
        here = [other for other in missing if other[:-1] == loc[:-1]]
        alone = len(here) == 1 and sum(other[:-1] == loc[:-1] for other in unknown) == 1
        meant = nearest(str(loc[-1]), field_names(_record_at(shape, loc[:-1])))
        if (*loc[:-1], meant) in here or alone:
            result[loc] = (*loc[:-1], meant) if (*loc[:-1], meant) in here else here[0]
    return result


def _report(detail: ErrorDetails, file: YamlFile, shape: Any, slips: dict[Steps, Steps]) -> None:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    path = detail["loc"]
    if path and path[-1] in ("int", "float"):  # one finding for each member of a union of numbers
        path, kind = path[:-1], "float_type"
    name = path[-1] if path else ""
    if kind == "extra_forbidden":
        fields = field_names(_record_at(shape, path[:-1]))
        unused = [field for field in fields if (*path[:-1], field) not in file.keys]
        hint = str(slips[path][-1]) if path in slips else nearest(str(name), unused or fields)
        if value is None and _without_colon(file, path):
            found, expected = (
                f"'{name}' after a comma between '{{' and '}}'",
                "the text in quotes, if the comma is in it",
            )
            file.fault(path, found, expected, key=True)
            return
        file.fault(path, f"unknown field '{name}'", _one_of(fields), hint, key=True)
    elif kind == "missing":
        file.fault(path[:-1], f"no '{name}'", f"'{name}' ({_what(_record_at(shape, path[:-1]), str(name))})")
    elif value == "TODO":
        file.fault(path, "a value still to be filled in", _expected(kind, context))
    elif kind == "literal_error":
        file.fault(path, f"'{value}'", _expected(kind, context), nearest(str(value), _options(context)))
    elif kind == "string_pattern_mismatch":
        file.fault(path, f"'{value}'", _expected(kind, context))
    elif "found" in context:
        file.fault(path, str(context["found"]), str(context["expected"]))
    elif kind == "string_too_long":
        found = f"a text of {len(value):,} characters in '{name}'"
        file.fault(path, found, f"at most {context['max_length']:,} characters")
    elif kind in KINDS:
        file.fault(path, f"{_describe(value)} in '{name}'" if name != "" else _describe(value), KINDS[kind])
    else:
        file.fault(path, f"{_describe(value)} in '{name}'", detail["msg"].removeprefix("Input should be "))


def _without_colon(file: YamlFile, path: Steps) -> bool:
    """Whether a field stands in the file as a mere word, as what follows a comma in a text does."""
    line, column = file.position(path, key=True)
    rest = file.text.split("\n")[line - 1][column - 1 :]
    return not re.match(r"""(?:"[^"]*"|'[^']*'|[^"',{}]*?)\s*:""", rest)


def _describe(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "an empty list" if not value else "a list"
    if isinstance(value, str):
        return f"the text '{value[:40]}'" if value else "an empty text"
    return f"the number {value}" if not isinstance(value, bool) else str(value).lower()


def _expected(kind: str, context: dict[str, Any]) -> str:
    """What stands in a field for which pydantic found a wrong value."""
    if kind == "literal_error":
        return _one_of(_options(context))
    return PATTERNS.get(str(context.get("pattern")), KINDS.get(kind, "a value"))


def _options(context: dict[str, Any]) -> list[str]:
    """pydantic prints the values of a Literal as 'a', 'b' or 'c'."""
    expected = str(context.get("expected", ""))
    return [part.strip(" '") for part in expected.replace("' or '", "', '").split("', '")]


def _one_of(names: list[str]) -> str:
    return f"one of {', '.join(names)}" if len(names) > 1 else f"'{names[0]}'" if names else "no field here"


def field_names(record: type[BaseModel] | None) -> list[str]:
    """The names an editor may write, as they stand in YAML; those of every kind of record come last."""
    fields = sorted(record.model_fields.items(), key=lambda field: field[0] == "needs_review") if record else []
    return [info.alias or name for name, info in fields]


def _record_at(shape: Any, path: Steps) -> type[BaseModel] | None:
    """The record class that describes the part a path leads to."""
    for step in path:
        shape = _inner(shape, step)
    return _record(shape)


def _inner(shape: Any, step: str | int) -> Any:
    record = _record(shape) if isinstance(step, str) else None
    if record and not isinstance(step, int):
        for name, info in record.model_fields.items():
            if (info.alias or name) == step:
                return info.annotation
    for argument in _arguments(shape):  # list[X], dict[str, X], Annotated[...], X | None
        if _record(argument) or _arguments(argument):
            return argument if isinstance(step, int) or _is_dict(shape) else _inner(argument, step)
    return None


def _is_dict(shape: Any) -> bool:
    return getattr(shape, "__origin__", None) is dict


def _arguments(shape: Any) -> tuple[Any, ...]:
    return tuple(argument for argument in get_args(shape) if argument is not type(None))


def _record(shape: Any) -> type[BaseModel] | None:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return shape
    for argument in _arguments(shape):
        if (
            isinstance(argument, type)
            and issubclass(argument, BaseModel)
            and getattr(shape, "__origin__", None) is None
        ):
            return argument  # X | None
    return None


def _what(record: type[BaseModel] | None, name: str) -> str:
    if record:
        for field, info in record.model_fields.items():
            if (info.alias or field) == name:
                annotation: Any = info.annotation
                schema = TypeAdapter(annotation).json_schema()
                return {"array": "a list", "integer": "a whole number", "string": "a text"}.get(
                    str(schema.get("type")), "a mapping" if "properties" in schema else "a value"
                )
    return "a value"
