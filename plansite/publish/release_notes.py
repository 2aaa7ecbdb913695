"""What changed between two published sites, as Markdown in both languages: for whoever announces a new version.

The open data of the two sites is compared record by record, so the notes tell what readers find changed, whatever file
it stood in; their manifests say which addresses went and whether the program changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from plansite.model import Locale, Text
from plansite.publish.manifest import FILE, Manifest, read_manifest

Record = Mapping[str, Any]
NAMED = 40  # records of one kind and sort that are named; the others are counted
IGNORED = frozenset(("url", "counts", "key_numbers"))
"""Fields of a record that only follow from others."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A list of records in the open data: its file and name there, the fields that make the key, and the label."""

    file: str
    list: str
    name: Text
    key: tuple[str, ...]
    label: str


KINDS = (
    Kind("plans", "plans", Text("规划", "Plans"), ("id",), "title"),
    Kind("measures", "measures", Text("任务", "Measures"), ("plan", "id"), "title"),
    Kind("targets", "targets", Text("目标", "Targets"), ("plan", "source", "id", "index"), "what"),
    Kind("indicators", "indicators", Text("指标", "Indicator rows"), ("plan", "number"), "name"),
    Kind(
        "completion",
        "completion",
        Text("上期指标完成情况", "Completion of earlier targets"),
        ("plan", "number"),
        "name",
    ),
    Kind("projects", "projects", Text("项目", "Projects"), ("plan", "id"), "name"),
    Kind("progress", "progress", Text("自述成绩", "Results claimed"), ("plan", "id", "index"), "text"),
    Kind("notes", "notes", Text("编者注", "Editors’ notes"), ("plan", "id"), "title"),
    Kind("shared-measures", "families", Text("共同任务", "Shared measures"), ("id",), "title"),
    Kind("documents", "documents", Text("所引文件", "Documents named"), ("id",), "name"),
    Kind("places", "places", Text("地点", "Places"), ("id",), "name"),
    Kind("topics", "topics", Text("主题", "Topics"), ("id",), "name"),
    Kind("glossary", "terms", Text("术语", "Glossary"), ("id",), "term"),
)
FIELDS = {
    "actions": Text("承诺", "commitments"),
    "baseline": Text("基期值", "baseline"),
    "departments": Text("责任单位", "responsible bodies"),
    "edition": Text("版本", "edition"),
    "families": Text("共同任务", "shared measures"),
    "heading": Text("标题（原文）", "heading as printed"),
    "locator": Text("位置", "place in the plan"),
    "members": Text("成员", "members"),
    "name": Text("名称", "name"),
    "notes": Text("编者注", "notes"),
    "places": Text("地点", "places"),
    "projects": Text("项目", "projects"),
    "summary": Text("概要", "summary"),
    "target": Text("目标值", "target"),
    "targets": Text("目标", "targets"),
    "text": Text("文字", "text"),
    "title": Text("标题", "title"),
    "topics": Text("主题", "topics"),
    "value": Text("数值", "value"),
    "year": Text("年份", "year"),
}
SORTS = {
    "added": Text("新增", "New"),
    "changed": Text("改动", "Changed"),
    "removed": Text("不再列出", "No longer listed"),
}


class Copy(Protocol):
    """A published site, in a folder or on a host."""

    def read(self, path: str) -> bytes:
        """Raises CopyError."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published site as far as notes need it; `records` are those of each kind by their key."""

    manifest: Manifest
    records: Mapping[Kind, Mapping[tuple[Any, ...], Record]]


@dataclass(slots=True)
class Changes:
    """The records of one kind in which two releases differ; a changed one with what it was."""

    added: list[Record]
    changed: list[tuple[Record, Record]]
    removed: list[Record]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def read_release(copy: Copy) -> Release:
    """Raises CopyError, ManifestError."""
    manifest = read_manifest(copy.read(FILE), FILE)
    records: dict[Kind, Mapping[tuple[Any, ...], Record]] = {}
    for kind in KINDS:
        path = f"data/{kind.file}.json"
        found = json.loads(copy.read(path)).get(kind.list, ()) if path in manifest.files else ()
        records[kind] = {tuple(record.get(name) for name in kind.key): record for record in found}
    return Release(manifest, records)


def release_notes(old: Release, new: Release) -> str:
    """The notes: readers' part in Chinese and in English, then the maintainers'."""
    found = {kind: _compare(old.records[kind], new.records[kind]) for kind in KINDS}
    plans = {key[0]: record for release in (old, new) for key, record in release.records[KINDS[0]].items()}
    lines = [f"# {new.manifest.base_url}", ""]
    heads: dict[Locale, str] = {"zh": "更新内容", "en": "What is new"}
    for locale, head in heads.items():
        teller = _Teller(locale, {id: record["short_title"][locale] for id, record in plans.items()})
        told = [line for kind, changes in found.items() if changes for line in teller.kind(kind, changes)]
        lines += [f"## {head}", "", *(told or [teller.nothing, ""])]
    return "\n".join([*lines, *_for_maintainers(old.manifest, new.manifest)])


def _compare(old: Mapping[tuple[Any, ...], Record], new: Mapping[tuple[Any, ...], Record]) -> Changes:
    return Changes(
        [record for key, record in new.items() if key not in old],
        [(old[key], record) for key, record in new.items() if key in old and _fields(old[key], record)],
        [record for key, record in old.items() if key not in new],
    )


def _fields(old: Record, new: Record) -> list[str]:
    """The fields in which two records differ."""
    return [name for name in {**old, **new} if name not in IGNORED and old.get(name) != new.get(name)]


class _Teller:
    """Tells changes in one language. `plans` are the names of plans by their ids."""

    def __init__(self, locale: Locale, plans: Mapping[str, str]) -> None:
        self.locale, self._plans = locale, plans
        self._colon, self._semicolon, self._brackets = (
            ("：", "；", ("（", "）")) if locale == "zh" else (": ", "; ", (" (", ")"))
        )
        self.nothing = "数据没有变化。" if locale == "zh" else "The data did not change."

    def kind(self, kind: Kind, changes: Changes) -> Iterator[str]:
        """The lines about one kind of record."""
        yield f"### {kind.name[self.locale]}"
        yield ""
        yield from self._named("added", [self._linked(kind, record) for record in changes.added])
        changed = [f"{self._linked(kind, new)}{self._colon}{self._told(old, new)}" for old, new in changes.changed]
        yield from self._named("changed", changed)
        yield from self._named("removed", [self._label(kind, record) for record in changes.removed])
        yield ""

    def _named(self, sort: str, lines: list[str]) -> Iterator[str]:
        start = f"- {SORTS[sort][self.locale]}{self._colon}"
        yield from (f"{start}{line}" for line in lines[:NAMED])
        if (rest := len(lines) - NAMED) > 0:
            yield f"{start}另有{rest}项" if self.locale == "zh" else f"{start}{rest} more"

    def _label(self, kind: Kind, record: Record) -> str:
        """The label, with the plan and the place in it."""
        label = record.get(kind.label)
        text = label.get(self.locale, "") if isinstance(label, Mapping) else str(label or "")
        plan, locator = record.get("plan"), record.get("locator")
        where = " ".join(filter(None, (self._plans.get(plan, plan) if plan else "", locator)))
        return _escape(f"{text}{where.join(self._brackets)}" if where else text)

    def _linked(self, kind: Kind, record: Record) -> str:
        url = record.get("url")
        address = url.get(self.locale) if isinstance(url, Mapping) else ""
        return f"[{self._label(kind, record)}]({address})" if address else self._label(kind, record)

    def _told(self, old: Record, new: Record) -> str:
        """Which fields changed; of a number or another short value, also from what to what."""
        told = []
        for name in _fields(old, new):
            field = FIELDS[name][self.locale] if name in FIELDS else f"`{name}`"
            was, now = _short(old.get(name)), _short(new.get(name))
            told.append(f"{field} {was} → {now}" if was and now else field)
        return self._semicolon.join(told)


def _short(value: Any) -> str:
    """A value that can be quoted in a line; empty for others."""
    if isinstance(value, Mapping) and "printed" in value:
        return _short(value["printed"])
    if value is None:
        return "–"
    return _escape(str(value)) if isinstance(value, int | float | str) and len(str(value)) <= NAMED else ""


def _escape(text: str) -> str:
    """What Markdown would read as markup."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)


def _for_maintainers(old: Manifest, new: Manifest) -> Iterator[str]:
    yield "## For maintainers"
    yield ""
    gone = sorted(path for path in old.files.keys() - new.files.keys() if path.endswith(".html"))
    fresh = sum(path.endswith(".html") for path in new.files.keys() - old.files.keys())
    same = sum(old.files.get(path) == digest for path, digest in new.files.items())
    yield f"- Files: {len(new.files)}, of which {same} as before; {fresh} new pages, {len(gone)} gone."
    for path in gone[:NAMED]:
        yield f"- Gone: {path}"
    names = sorted(
        name for name in {**old.made_from, **new.made_from} if old.made_from.get(name) != new.made_from.get(name)
    )
    for folder in dict.fromkeys(name.partition("/")[0] for name in names):
        own = [name for name in names if name.startswith(f"{folder}/")]
        yield f"- Changed in `{folder}/`: {len(own)} {'file' if len(own) == 1 else 'files'}"
    yield ""
