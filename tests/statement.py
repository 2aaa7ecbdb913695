"""The accessibility statement: criteria, results of the report and a frame in each language make one article.

Read: tests/accessibility/criteria.yaml, gbt37668.yaml, results.json and statement.{zh,en}.md. Written: content/{zh,en}/
about/accessibility.md, by `python tests/accessibility_report.py`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from keyboard_tasks import TASKS

FOLDER = Path(__file__).resolve().parent / "accessibility"
RESULTS = FOLDER / "results.json"
CONTENT = FOLDER.parent.parent / "content"

READ = ("criteria.yaml", "gbt37668.yaml")
EVIDENCE = {"tests", "hand", "absent", "fails"}
MET, ABSENT, FAILED, OPEN = "met", "absent", "failed", "open"
WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {MET: "达到", ABSENT: "不适用", FAILED: "没有达到", OPEN: "没有测试"},
    "en": {MET: "Met", ABSENT: "Not applicable", FAILED: "Not met", OPEN: "Not tested"},
}
HEADS: Mapping[str, Sequence[Sequence[str]]] = {
    "zh": (
        ("准则", "级别", "结果", "怎样检查"),
        ("axe-core规则", "通过", "违规", "不能判定"),
        ("原则", "达到", "不适用", "没有达到", "没有测试"),
        ("条款", "级别", "结果", "怎样检查"),
    ),
    "en": (
        ("Criterion", "Level", "Result", "How"),
        ("axe-core rule", "Passed", "Violated", "Not decided"),
        ("Principle", "Met", "Not applicable", "Not met", "Not tested"),
        ("Clause", "Level", "Result", "How"),
    ),
}
LEVELS: Mapping[str, Mapping[str | int | None, str]] = {
    "zh": {"A": "A", "AA": "AA", 1: "一级", 2: "二级", 3: "三级"},
    "en": {"A": "A", "AA": "AA", 1: "1", 2: "2", 3: "3"},
}
PRINCIPLES: Mapping[str, Sequence[str]] = {
    "zh": ("可感知", "可操作", "可理解", "健壮（兼容）"),
    "en": ("Perceivable", "Operable", "Understandable", "Robust"),
}


def articles() -> dict[Path, str]:
    """The article of each language: where it stands and what it says."""
    data, national = (yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")) for name in READ)
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    return {CONTENT / locale / "about/accessibility.md": _article(locale, data, national, results) for locale in WORDS}


def verdict(criterion: Mapping[str, Any], results: Mapping[str, Any]) -> str:
    """MET, ABSENT, FAILED or OPEN."""
    rules = _rules(criterion, results)
    outcomes = [results["tests"].get(name) for name in criterion.get("tests", ())]
    if "fails" in criterion or "failed" in outcomes or any(rule["violations"] for rule in rules.values()):
        return FAILED
    if "absent" in criterion:
        return ABSENT
    return MET if "hand" in criterion or "passed" in outcomes else OPEN


def verdict_of_clause(item: Mapping[str, Any], verdicts: Mapping[str, str], results: Mapping[str, Any]) -> str:
    """The worst of what answers a clause of GB/T 37668: criteria of WCAG and what is known beside them."""
    found = [verdicts[id] for id in item.get("criteria", ())]
    if not found or EVIDENCE & item.keys():
        found.append(verdict(item, results))
    return min(found, key=(FAILED, OPEN, MET, ABSENT).index)


def _rules(item: Mapping[str, Any], results: Mapping[str, Any]) -> dict[str, Any]:
    """axe-core's rules for a criterion that applied somewhere; it has none for a clause."""
    tag = "wcag" + item.get("id", "").replace(".", "")
    return {name: rule for name, rule in results["rules"].items() if tag in rule["tags"]}


def _article(locale: str, data: Mapping[str, Any], national: Mapping[str, Any], results: Mapping[str, Any]) -> str:
    criteria, rules = data["criteria"], results["rules"]
    verdicts = {criterion["id"]: verdict(criterion, results) for criterion in criteria}
    clauses = {item["clause"]: verdict_of_clause(item, verdicts, results) for item in national["items"]}
    count, answered = Counter(verdicts.values()), Counter(clauses.values())
    heads, words = HEADS[locale], WORDS[locale]
    table, answers = (
        [
            (
                f"{number} {item['name'][locale]}",
                LEVELS[locale].get(item.get("level"), "–"),
                words[kind],
                _how(locale, item, data, results),
            )
            for item, (number, kind) in zip(items, found.items(), strict=True)
        ]
        for items, found in ((criteria, verdicts), (national["items"], clauses))
    )
    numbers = sorted((name, rule["passes"], rule["violations"], rule["incomplete"]) for name, rule in rules.items())
    principles = [
        (name, *(sum(verdicts[id] == kind for id in verdicts if id[0] == str(index)) for kind in words))
        for index, name in enumerate(PRINCIPLES[locale], 1)
    ]
    frame = (FOLDER / f"statement.{locale}.md").read_text(encoding="utf-8")
    values = {name: results[name] for name in ("axe", "browser", "pages", "looks", "runs", "violations")}
    return frame.format(
        date=_day(locale, results["date"]),
        total=len(criteria),
        **{kind: count[kind] for kind in words},
        criteria=_table(heads[0], table),
        rules=_table(heads[1], numbers, numeric=3),
        principles=_table(heads[2], principles, numeric=4),
        national=national["total"],
        answered=len(clauses),
        unread=national["total"] - len(clauses),
        clauses=_table(heads[3], answers),
        **{f"clauses_{kind}": answered[kind] for kind in words},
        tasks="\n\n".join(_task(locale, task, results["keys"][locale][task["id"]]) for task in TASKS),
        **values,
    )


def _task(locale: str, task: Mapping[str, Any], keys: Sequence[int]) -> str:
    """A task by keyboard: how many keys it takes without the letters that are typed, and its steps in order."""
    says = (
        step["say"][locale].format(times=_times(locale, count)) for step, count in zip(task["steps"], keys, strict=True)
    )
    head = (
        f"{task['name'][locale]}（{sum(keys)}个键）" if locale == "zh" else f"{task['name'][locale]} ({sum(keys)} keys)"
    )
    stop = "。" if locale == "zh" else "."
    return "\n".join([f"### {head}", "", *(f"{index}. {text}{stop}" for index, text in enumerate(says, 1))])


def _times(locale: str, count: int) -> str:
    if locale == "zh":
        return f"{count}次"
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _how(locale: str, item: Mapping[str, Any], data: Mapping[str, Any], results: Mapping[str, Any]) -> str:
    zh, tests = locale == "zh", data["tests"]
    parts = []
    if "absent" in item:
        return _capital(str(item["absent"][locale]))
    if "criteria" in item:
        parts.append("WCAG " + ("、" if zh else ", ").join(item["criteria"]))
    if "fails" in item:
        parts.append(item["fails"][locale])
    rules = _rules(item, results)
    if rules:
        parts.append(f"axe-core {len(rules)}条规则" if zh else f"axe-core: {len(rules)} rule{'s'[: len(rules) > 1]}")
    named = [tests[name][locale] for name in item.get("tests", ()) if name in results["tests"]]
    if named:
        parts.append(("自动测试：" if zh else "automatic: ") + ("；" if zh else "; ").join(named))
    if "hand" in item:
        day = _day(locale, str(data["reviewed"]))
        parts.append((f"{day}查看：" if zh else f"looked at on {day}: ") + item["hand"][locale])
    return ("。" if zh else ". ").join(part if zh else _capital(part) for part in parts) or "–"


def _capital(text: str) -> str:
    return text if text.startswith("axe-core") else text[0].upper() + text[1:]


def _day(locale: str, iso: str) -> str:
    return str(format_date(date.fromisoformat(iso), {"zh": "y年M月d日", "en": "d MMMM y"}[locale], locale=locale))


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], numeric: int = 0) -> str:
    """A Markdown table; the last `numeric` columns are numbers."""
    marks = ["---"] * (len(head) - numeric) + ["---:"] * numeric
    lines = [head, marks, *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |" for line in lines)
