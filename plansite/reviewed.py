"""A person has read texts again: remember from which facts they are written, take their marks for review away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plansite.ingest.yaml_text import file_text, sequence
from plansite.load.faults import DataError, Fault, nearest
from plansite.load.line_file import line
from plansite.load.memory import Now, TextState, Written, excused, remembered, states
from plansite.load.numbers import check_pairs
from plansite.load.reading import Everything
from plansite.load.records import MEMORY
from plansite.load.restatements import FAMILIES, Fact, Restatement, restatements
from plansite.model import LOCALES, Locale
from plansite.revise.yaml_edit import YamlText

REMARK = "# Written by `python build.py reviewed`, never by hand: the facts that each text was written from."


class UnknownName(Exception):
    """A name that is no record, or several; the message says what was found and what was expected."""


@dataclass(slots=True)
class Reviewed:
    """What a review comes to. `files` are those to be written: path below the project → text.

    `named` are the texts a person spoke for that were not in order, as they were before; `remembered` counts, by what
    they were, all texts that are remembered anew; `left` those that stay stale or behind; `forgotten` the records of
    the memory that are there no more.
    """

    files: dict[str, str] = field(default_factory=dict)
    named: list[TextState] = field(default_factory=list)
    remembered: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    forgotten: int = 0


def review(project: Path, everything: Everything, names: Sequence[str], locales: Sequence[Locale]) -> Reviewed:
    """What changes when a person says that texts say the facts as they are; nothing is written yet.

    `names` are PLAN, PLAN/RECORD or PLAN/KIND/RECORD, and all their texts are taken as right. Without names those are
    whose own words were edited; nobody spoke for the others, so what is stale or behind stays so.

    Raises UnknownName; DataError where a named text says other numbers than the other language.
    """
    records = list(restatements(everything))
    chosen = {(record.home, record.name) for name in names for record in find(name, records)}
    known, result = remembered(everything), Reviewed()
    memory: dict[str, dict[str, dict[Locale, Written]]] = {home: {} for home in [*everything.plans, FAMILIES]}
    for record in records:
        before = known.get(record.home, {})
        named = (record.home, record.name) in chosen
        now = Now(record)
        written: dict[Locale, Written] = {}
        for text in states(record, before):
            spoken_for = text.locale in locales and (
                named or (not names and text.state in ("new", "edited", "current"))
            )
            old = before.get(record.name, {}).get(text.locale)
            new = now.written(text.locale) if spoken_for and not now.is_as(old, text.locale) else old
            _count(result, text, named=named and text.locale in locales, anew=new != old)
            if new:
                written[text.locale] = new
        if written:
            memory[record.home][record.name] = written
    result.forgotten = sum(name not in memory[home] for home, before in known.items() for name in before)
    named_records = [record for record in records if (record.home, record.name) in chosen]
    if faults := _faults(everything, named_records, locales):
        raise DataError(faults)
    result.files = _without_marks(project, named_records, locales)
    for home, lines in memory.items():
        name = f"data/{MEMORY}" if home == FAMILIES else f"data/plans/{home}/{MEMORY}"
        _put(project, name, memory_text(lines, depth=name.count("/") - 1), result.files)
    return result


def find(name: str, records: Iterable[Restatement]) -> list[Restatement]:
    """The records a name means; raises UnknownName, with the likeliest name, if it means none, or one of several."""
    records = list(records)
    home, _, rest = name.partition("/")
    of_home = [record for record in records if record.home == home]
    if not of_home:
        homes = list(dict.fromkeys(record.home for record in records))
        raise UnknownName(f"no plan '{home}'; expected one of {', '.join(homes)}{_meant(nearest(home, homes))}")
    if not rest:
        return of_home
    found = [record for record in of_home if rest in (record.name, record.key)]
    if not found:
        hint = nearest(rest, [word for record in of_home for word in (record.name, record.key) if word])
        raise UnknownName(f"nothing named '{rest}' in {home}; expected a record{_meant(hint and f'{home}/{hint}')}")
    if len(found) > 1:
        expected = ", ".join(f"{home}/{record.name}" for record in found)
        raise UnknownName(f"'{name}', which are several records; expected one of {expected}")
    return found


def write(project: Path, files: dict[str, str]) -> None:
    """Write each file in one step, so that none is ever half there; one without text goes. Raises OSError."""
    for name, text in files.items():
        path = project / name
        if not text:
            path.unlink()
            continue
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)


def _meant(hint: str) -> str:
    return f"; did you mean '{hint}'?" if hint else ""


def _count(result: Reviewed, text: TextState, *, named: bool, anew: bool) -> None:
    if anew and text.state != "current":
        result.remembered[text.state] += 1
    elif text.state in ("stale", "behind"):
        result.left[text.state] += 1
    if named and (text.waits or text.state in ("stale", "behind")):
        result.named.append(text)


def _faults(everything: Everything, named: Iterable[Restatement], locales: Sequence[Locale]) -> list[Fault]:
    """Numbers in which the languages differ and that nothing would excuse any more."""
    settled = {(record.file.name, record.path) for record in named}
    open_ = {
        (text.of.file.name, text.of.path)
        for text in everything.texts
        if (text.waits or text.state == "stale") and text.locale not in locales
    }
    still = {
        where: numbers for where, numbers in excused(everything.texts).items() if where not in settled or where in open_
    }
    names = {name for name, _ in settled}
    files = [loaded for plan in everything.plans.values() for loaded in plan.files]
    files += everything.several["shared-measures/*.yaml"]
    return [fault for each in files if each.file.name in names for fault in check_pairs(each.file, each.record, still)]


def _without_marks(project: Path, records: Iterable[Restatement], locales: Sequence[Locale]) -> dict[str, str]:
    """The data files without the marks for review of these records; nothing else in them changes."""
    edits: dict[str, YamlText] = {}
    for record in records:
        if not any(locale in locales for locale in record.needs_review):
            continue
        name = record.file.name
        if name not in edits:
            edits[name] = YamlText((project / name).read_bytes().decode())
        path = (*record.path, "needs_review")
        if left := [locale for locale in LOCALES if locale in record.needs_review and locale not in locales]:
            edits[name].set(path, sequence(left))
        else:
            edits[name].remove(path)
    return {name: edit.result() for name, edit in edits.items()}


def _put(project: Path, name: str, text: str, files: dict[str, str]) -> None:
    path = project / name
    if (path.read_text(encoding="utf-8") if path.is_file() else "") != text:
        files[name] = text


# --- the memory as a file ---------------------------------------------------------------------------------------------


def memory_text(records: dict[str, dict[Locale, Written]], depth: int) -> str:
    """The file: one line for each record, sorted; empty without records.

    An empty line stands between two, so that a version control merges changes of neighbouring records by itself.
    """
    lines = [text for name in sorted(records) for text in ("", line(name, _entry(records[name])))]
    return file_text("translations", depth, [REMARK, *lines]) if lines else ""


def _entry(written: dict[Locale, Written]) -> dict[str, Any]:
    """What the file says of one record: first what holds for both languages, then in what one differs."""
    first = next(iter(written.values()))
    apart = {locale: _apart(each, first, written.get(_other(locale))) for locale, each in written.items()}
    entry: dict[str, Any] = {locale: each.words for locale, each in written.items()}
    entry |= {"facts": _grouped(first.facts), "alone": sorted(first.alone)}
    entry["apart"] = {locale: found for locale, found in apart.items() if found}
    return {name: value for name, value in entry.items() if value}


def _apart(each: Written, first: Written, other: Written | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not other or other.words != each.beside:
        found["beside"] = each.beside
    if each.facts != first.facts:
        found["facts"] = _grouped(each.facts)
    if each.alone != first.alone:
        found["alone"] = sorted(each.alone)
    return found


def _grouped(facts: Sequence[Fact]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for kind, value in facts:
        kinds.setdefault(kind, []).append(value)
    return kinds


def _other(locale: Locale) -> Locale:
    return "en" if locale == "zh" else "zh"
