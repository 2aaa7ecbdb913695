"""Write a whole project of any size: `python tests/bench/synthetic_project.py --plans 30 --out DIR`.

The first plans are the real ones. The others are copies of them in districts of their own, a city with its districts
after the other, in which 5 of 100 characters and words are other ones, always the same ones. Lengths, numbers, bodies,
topics, places, notes and tables are as in reality. A measure is shared with those of the plans of its province, at most
`--family-rounds` times five plans. Nothing in it is a fact; it is for measuring time only.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]

ORDER = ("jingyue-14", "chaoyang-14", "kuancheng-14", "jilin-city-14", "changchun-action")
"""The plans of a round: three districts, another city, the plan of the districts' own city."""
REAL = frozenset(ORDER)
CORES = {  # jurisdiction → what its name is made of, which a copy has otherwise
    "changchun": ("长春", "Changchun"),
    "jingyue": ("净月", "Jingyue"),
    "chaoyang": ("朝阳", "Chaoyang"),
    "kuancheng": ("宽城", "Kuancheng"),
    "jilin-city": ("吉林市", "Jilin City"),
}
FIRST = (
    *(("青", "Qing"), ("云", "Yun"), ("石", "Shi"), ("松", "Song"), ("白", "Bai"), ("龙", "Long"), ("春", "Chun")),
    *(("东", "Dong"), ("南", "Nan"), ("平", "Ping"), ("安", "An"), ("永", "Yong"), ("新", "Xin"), ("大", "Da")),
)
SECOND = (
    *(("河", "he"), ("山", "shan"), ("泉", "quan"), ("林", "lin"), ("桥", "qiao"), ("川", "chuan"), ("岭", "ling")),
    *(("湾", "wan"), ("溪", "xi"), ("原", "yuan"), ("台", "tai"), ("沟", "gou"), ("井", "jing"), ("峰", "feng")),
)
VARIED = {"summary", "actions", "text", "intro", "how", "why", "says", "what", "subtitle", "title", "alike", "common"}
NAMING = {"unit", "indicator", "concept", "worded", "scope", "topic", "topics", "cites", "based_on"}
CHANGED = 5  # of 100 characters and words are other ones in a copy
ZH = re.compile(r"(?<![\d.%])[\u4e00-\u9fff](?![\d.])")
EN = re.compile(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])")
FIXED = set("一二三四五六七八九十百千万亿两零第年月日个") | set("".join(zh for zh, _ in CORES.values()))
FIXED_WORDS = {"thousand", "million", "billion", "true", "false", "null"}
PAGES_OF_ANY, PAGES_OF_A_PLAN = 630, 323  # both languages; as counted with 2, 5 and 31 plans


@dataclass(frozen=True)
class Plan:
    """One plan of the project: a real one (round 1), or its copy of a later round."""

    real: str
    round: int

    @property
    def id(self) -> str:
        return renamed(self.real, self.round)


@dataclass
class Source:
    """A text in pieces: those with an even index stay, the others may be replaced. `words` tells which are English."""

    pieces: list[str]
    ids: dict[int, str] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)


# --- the project ------------------------------------------------------------------------------------------------------


def synthetic_project(folder: Path, plans: int, family_rounds: int = 4) -> Path:
    """Write a project with so many plans into an empty folder, and return it."""
    made = [Plan(ORDER[number % len(ORDER)], number // len(ORDER) + 1) for number in range(plans)]
    data = folder / "data"
    for plan in made:
        _write_plan(plan, folder)
    _write_families(data, made, family_rounds)
    _write_cascades(data, made)
    _write_vocabularies(data, made)
    _write_articles(folder, {plan.id for plan in made})
    for name in ("templates", "static"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def plans_for(pages: int) -> int:
    """How many plans make about so many pages, both languages together; two at least, so that measures are shared."""
    return max(2, round((pages - PAGES_OF_ANY) / PAGES_OF_A_PLAN))


def renamed(id: str, round: int) -> str:
    """The id of a copy: jingyue-14 → jingyue-14-r3; those of the first round are the real ones."""
    return id if round == 1 else f"{id}-r{round}"


# --- plans ------------------------------------------------------------------------------------------------------------


def _write_plan(plan: Plan, folder: Path) -> None:
    home = PROJECT / "data/plans" / plan.real
    for path in sorted(home.rglob("*.yaml")):
        if path.name == "translations.yaml" or "editions" in path.parts:
            continue
        target = folder / "data/plans" / plan.id / path.relative_to(home)
        _write(target, copied(yaml_source(path), plan.round, f"{plan.id} {path.name}"))
    for path in sorted((PROJECT / "content").glob(f"*/plans/{plan.real}/*.md")):
        target = folder / "content" / path.parts[-4] / "plans" / plan.id / path.name
        _write(target, copied(prose_source(path), plan.round, f"{plan.id} {path.name} {path.parts[-4]}"))


def copied(source: Source, round: int, seed: str) -> str:
    """The text for a round; that of the first round is the real one."""
    if round == 1:
        return "".join(source.pieces)
    chance = random.Random(seed)
    pieces = list(source.pieces)
    letters, words = _pool()
    for index in chance.sample(source.open, len(source.open) * CHANGED // 100):
        pieces[index] = chance.choice(words if pieces[index].isascii() else letters)
    for index, id in source.ids.items():
        pieces[index] = renamed(id, round)
    return _named("".join(pieces), round)


def _named(text: str, round: int) -> str:
    """The text with the names of the round's districts."""
    if round > 1:
        for jurisdiction, (zh, en) in CORES.items():
            new_zh, new_en = core(jurisdiction, round)
            text = text.replace(zh, new_zh).replace(en, new_en)
    return text


def core(jurisdiction: str, round: int) -> tuple[str, str]:
    """What the name of a district of a round is made of, in both languages: invented, another one for each."""
    zh, en = CORES[jurisdiction]
    if round == 1:
        return zh, en
    number = (round - 2) * len(CORES) + list(CORES).index(jurisdiction)
    turn, rest = divmod(number, len(FIRST) * len(SECOND))
    (zh_first, en_first), (zh_second, en_second) = FIRST[rest // len(SECOND)], SECOND[rest % len(SECOND)]
    mark = chr(ord("A") + turn) if turn else ""
    city = ("市", " City") if jurisdiction == "jilin-city" else ("", "")
    return f"{zh_first}{zh_second}{mark}{city[0]}", f"{en_first}{en_second}{mark}{city[1]}"


@cache
def yaml_source(path: Path) -> Source:
    """A data file, cut where its texts may be varied and where it names what each copy has of its own."""
    text = path.read_text(encoding="utf-8")
    spans: list[tuple[int, int, str]] = []
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    for keys, node in _scalars(root, ()):
        start, end = node.start_mark.index, node.end_mark.index
        if keys[-2:] == ("places", "") or (path.name == "plan.yaml" and keys in (("id",), ("jurisdiction",))):
            spans.append((start, end, "id"))
        elif keys[-1:] == ("heading",) or (keys[-1:] in (("zh",), ("en",)) and VARIED.intersection(keys)):
            spans += ((start + a, start + b, "open") for a, b in _variable(text[start:end]))
    return _cut(text, spans)


@cache
def prose_source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    start = text.index("---\n", 4) + 4
    return _cut(text, [(start + a, start + b, "open") for a, b in _variable(text[start:])])


def _scalars(node: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every scalar with the keys that lead to it; a list's entry has the key ""."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*keys, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, (*keys, ""))
    else:
        yield keys, node


def _variable(text: str) -> Iterator[tuple[int, int]]:
    """Where a letter or an English word may be another one: no number, name of a place or document stands there."""
    held = [match.span() for match in re.finditer(r"《[^》]*》|\]\([^)]*\)", text)]
    for match in sorted([*ZH.finditer(text), *EN.finditer(text)], key=lambda match: match.start()):
        word, at = match.group(), match.start()
        if word not in FIXED and word not in FIXED_WORDS and not any(a <= at < b for a, b in held):
            yield match.span()


def _cut(text: str, spans: Iterable[tuple[int, int, str]]) -> Source:
    source, last = Source([]), 0
    for start, end, kind in sorted(spans):
        source.pieces += (text[last:start], text[start:end])
        if kind == "id":
            source.ids[len(source.pieces) - 1] = text[start:end]
        else:
            source.open.append(len(source.pieces) - 1)
        last = end
    source.pieces.append(text[last:])
    return source


@cache
def _pool() -> tuple[list[str], list[str]]:
    """Letters and words that stand in the real texts."""
    found = {
        source.pieces[index]
        for real in ORDER
        for path in sorted((PROJECT / "data/plans" / real / "measures").glob("*.yaml"))
        for source in [yaml_source(path)]
        for index in source.open
    }
    return sorted(p for p in found if not p.isascii()), sorted(p for p in found if p.isascii())


# --- what several plans share -----------------------------------------------------------------------------------------


def _write_families(data: Path, made: list[Plan], family_rounds: int) -> None:
    """Families of the plans of each province, so many rounds; measures without one are particular."""
    last = max(plan.round for plan in made)
    known = {plan.id: plan for plan in made}
    shared: set[str] = set()
    for number, first in enumerate(range(1, last + 1, family_rounds), 1):
        rounds = range(first, min(first + family_rounds, last + 1))
        for path in sorted((PROJECT / "data/shared-measures").glob("*.yaml")):
            families = [family for real in _read(path) if (family := _family(real, rounds, set(known), number))]
            shared |= {member for family in families for member in family["members"]}
            if families:
                name = path.name if number == 1 else f"{path.stem}-{number}.yaml"
                _write(data / "shared-measures" / name, emitted(families))
    why = _reasons()
    for plan in made:
        left = [
            {
                "measure": f"{plan.id}/{id}",
                "why": why.get(f"{plan.real}/{id}", {"zh": "只有本规划写", "en": "Only here"}),
            }
            for id in measures_of(plan.real)
            if f"{plan.id}/{id}" not in shared
        ]
        if left:
            _write(data / "particular-measures" / f"{plan.id}.yaml", emitted(left))


def _family(real: dict[str, Any], rounds: range, plans: set[str], number: int) -> dict[str, Any] | None:
    """A real family with the members of some rounds; None without two plans in it, or if nothing in it differs."""
    members = [
        f"{renamed(plan, round)}/{measure}"
        for round in rounds
        for plan, _, measure in (member.partition("/") for member in real["members"])
        if renamed(plan, round) in plans
    ]
    present = {member.partition("/")[0] for member in members}
    if len(present) < 2:
        return None
    differences = []
    for difference in real.get("differences", ()):
        values = {
            renamed(plan, round): {side: _named(text, round) for side, text in value.items()}
            for round in rounds
            for plan, value in difference["values"].items()
            if renamed(plan, round) in present
        }
        alike = len({tuple(value.values()) for value in values.values()}) == 1
        if values and not (alike and len(values) == len(present)):
            differences.append({**difference, "values": values})
    if not differences and not real.get("alike"):
        return None
    family = {**real, "members": members}
    if number > 1:
        family["id"] = f"{real['id']}-p{number}"
        family["title"] = {side: f"{text} {chr(64 + number)}" for side, text in real["title"].items()}
    if differences:
        family["differences"] = differences
    return family


@cache
def _reasons() -> dict[str, Any]:
    paths = sorted((PROJECT / "data/particular-measures").glob("*.yaml"))
    return {entry["measure"]: entry["why"] for path in paths for entry in _read(path)}


def _write_cascades(data: Path, made: list[Plan]) -> None:
    plans = {plan.id for plan in made}
    for path in sorted((PROJECT / "data/cascades").glob("*.yaml")):
        for round in sorted({plan.round for plan in made if plan.real == path.stem}):
            text = path.read_text(encoding="utf-8")
            for real in ORDER:
                if renamed(real, round) in plans:
                    text = re.sub(rf"\b{real}:", f"{renamed(real, round)}:", text)
            _write(data / "cascades" / f"{renamed(path.stem, round)}.yaml", _named(text, round))


# --- vocabularies -----------------------------------------------------------------------------------------------------


def _write_vocabularies(data: Path, made: list[Plan]) -> None:
    for path in sorted((PROJECT / "data/vocab").glob("*.yaml")):
        _write(data / "vocab" / path.name, path.read_text(encoding="utf-8"))
    jurisdictions = _jurisdictions(made)
    _write(data / "jurisdictions.yaml", emitted(jurisdictions))
    known = {entry["id"] for entry in jurisdictions}
    planned = {renamed(_jurisdiction(plan.real), plan.round) for plan in made}
    departments = [
        {**role, **{name: _by_round(role.get(name, {}), made, planned) for name in ("bodies", "held_by")}}
        for role in _read(PROJECT / "data/vocab/departments.yaml")
    ]
    _write(data / "vocab/departments.yaml", emitted(departments))
    _write(data / "vocab/places.yaml", emitted(_places(made, known)))
    site = _read(PROJECT / "data/site.yaml")
    plans = {plan.id for plan in made}
    changes = [
        {
            "date": site["changes"][0]["date"],
            "plans": [plan.id for plan in made if plan.round == round],
            "title": {"zh": "首次发布", "en": "First publication"},
            "text": {"zh": "首次发布这些规划。", "en": "First publication of these plans."},
        }
        for round in range(max(plan.round for plan in made), 1, -1)
    ]
    for change in site["changes"]:
        if kept := [plan for plan in change["plans"] if plan in plans]:
            changes.append({**change, "plans": kept})
    _write(data / "site.yaml", emitted({**site, "changes": changes}))
    if not plans.issuperset(REAL):
        _leave_out_unused(data)


def _jurisdictions(made: list[Plan]) -> list[dict[str, Any]]:
    real = {entry["id"]: entry for entry in _read(PROJECT / "data/jurisdictions.yaml")}
    result = []
    for round in range(1, max(plan.round for plan in made) + 1):
        own = [_jurisdiction(plan.real) for plan in made if plan.round == round]
        wanted = {*own, *(real[id]["parent"] for id in own if "parent" in real[id])}
        for id, entry in real.items():
            if id not in wanted:
                continue
            copy = json.loads(_named(json.dumps(entry, ensure_ascii=False), round))
            copy["id"] = renamed(id, round)
            if "parent" in copy:
                copy["parent"] = renamed(entry["parent"], round)
            result.append(copy)
    return result


def _by_round(real: dict[str, Any], made: list[Plan], known: set[str]) -> dict[str, Any]:
    """Entries by jurisdiction, for each one that the project has."""
    last = max(plan.round for plan in made)
    return {
        renamed(id, round): json.loads(_named(json.dumps(entry, ensure_ascii=False), round))
        for round in range(1, last + 1)
        for id, entry in real.items()
        if renamed(id, round) in known
    }


def _places(made: list[Plan], known: set[str]) -> list[dict[str, Any]]:
    """The places that plans name, in each round its own ones."""
    result = []
    for round in range(1, max(plan.round for plan in made) + 1):
        own = [plan.real for plan in made if plan.round == round]
        used = {id for real in own for id in _places_of(real)}
        for place in _read(PROJECT / "data/vocab/places.yaml"):
            if place["id"] not in used:
                continue
            lies_in = [id for each in place["jurisdictions"] if (id := renamed(each, round)) in known]
            copy: dict[str, Any] = {**place, "id": renamed(place["id"], round)}
            copy["jurisdictions"] = lies_in or [renamed(_jurisdiction(own[0]), round)]
            if round > 1:
                zh, en = core(copy["jurisdictions"][0].removesuffix(f"-r{round}"), round)
                copy["name"] = {"zh": f"{zh}{place['name']['zh']}", "en": f"{en} {place['name']['en']}"}
            result.append(copy)
    return result


def _leave_out_unused(data: Path) -> None:
    """With fewer plans than the real ones, leave out of the vocabularies what none of them uses."""
    vocab = data / "vocab"
    (vocab / "search-terms.yaml").unlink(missing_ok=True)
    roles = [role for role in _read(vocab / "departments.yaml") if role.get("bodies")]
    kept = {role["id"] for role in roles}
    for role in roles:
        role["held_by"] = {id: other for id, other in role.get("held_by", {}).items() if other in kept}
    _write(vocab / "departments.yaml", emitted(roles))
    used = {value for folder in ("plans", "shared-measures") for value in _values(data / folder)}
    site = _read(data / "site.yaml")
    for name in ("indicators", "units", "worded-values", "scopes", "cited-documents", "topics"):
        path = vocab / f"{name}.yaml"
        if name == "topics":
            groups = [{**g, "topics": [t for t in g["topics"] if t["id"] in used]} for g in _read(path)]
            _write(path, emitted([group for group in groups if group["topics"]]))
        else:
            entries = [entry for entry in _read(path) if entry["id"] in used]
            _write(path, emitted(entries))
        if name == "indicators":
            ids = {entry["id"] for entry in entries}
            site["key_indicators"] = [id for id in site["key_indicators"] if id in ids]
            used |= {id for entry in entries for id in (entry["unit"], *entry["topics"])}
            used |= {id for term in _read(vocab / "glossary.yaml") for id in term.get("topics", ())}
    _write(data / "site.yaml", emitted(site))


def _values(folder: Path) -> Iterator[str]:
    """The names of vocabulary entries in the files of a folder."""
    for path in sorted(folder.rglob("*.yaml")):
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        yield from (node.value for keys, node in _scalars(root, ()) if NAMING.intersection(keys[-2:]))


# --- articles and files -----------------------------------------------------------------------------------------------


def _write_articles(folder: Path, plans: set[str]) -> None:
    """The real articles; with fewer plans than the real ones without links, which may lead nowhere."""
    for pattern in ("*/about.md", "*/about/*.md"):
        for path in sorted((PROJECT / "content").glob(pattern)):
            text = path.read_text(encoding="utf-8")
            if not plans.issuperset(REAL):
                text = re.sub(r"\[([^\]]*)\]\(site:[^)]*\)", r"\1", text)
            _write(folder / path.relative_to(PROJECT), text)


@cache
def measures_of(real: str) -> list[str]:
    paths = sorted((PROJECT / "data/plans" / real / "measures").glob("*.yaml"))
    return [measure["id"] for path in paths for measure in _read(path)]


@cache
def _places_of(real: str) -> set[str]:
    paths = sorted((PROJECT / "data/plans" / real).rglob("*.yaml"))
    sources = [yaml_source(path) for path in paths if path.name not in ("plan.yaml", "translations.yaml")]
    return {id for source in sources for id in source.ids.values()}


@cache
def _jurisdiction(real: str) -> str:
    return str(_read(PROJECT / "data/plans" / real / "plan.yaml")["jurisdiction"])


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain)


class _Plain(yaml.CSafeLoader):
    """Dates stay texts."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def emitted(value: Any, indent: str = "") -> str:
    """YAML for plain data: one line for each entry of a mapping or list that holds others, as people write it."""
    if isinstance(value, dict) and value and not _short(value):
        lines = [f"{indent}{key}:{_after(part, indent)}" for key, part in value.items() if part not in ({}, [])]
        return "\n".join(lines) + ("" if indent else "\n")
    if isinstance(value, list) and value and not _short(value):
        lines = []
        for part in value:
            text = emitted(part, f"{indent}  ")
            lines.append(f"{indent}- {text.lstrip()}" if not _short(part) else f"{indent}- {_flow(part)}")
        return "\n".join(lines) + ("" if indent else "\n")
    return f"{indent}{_flow(value)}"


def _after(part: Any, indent: str) -> str:
    return f" {_flow(part)}" if _short(part) else f"\n{emitted(part, f'{indent}  ')}"


def _short(value: Any) -> bool:
    """Whether it stands in one line: a plain value, a list of them, a text in both languages."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not any(isinstance(part, dict | list) for part in parts)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9/-]*", value) and value not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--plans", type=int, help="how many plans; the first five are the real ones")
    size.add_argument("--pages", type=int, help="about how many pages, both languages together")
    parser.add_argument(
        "--family-rounds", type=int, default=4, help="a shared measure spans so many times five plans (4)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the project; one that is there is replaced")
    options = parser.parse_args()
    plans = options.plans or plans_for(options.pages)
    if options.out.exists() and not (options.out / "data/site.yaml").is_file() and any(options.out.iterdir()):
        parser.error(f"{options.out} holds something else than a project")
    shutil.rmtree(options.out, ignore_errors=True)
    synthetic_project(options.out, plans, options.family_rounds)
    print(f"{plans} plans in {options.out}: python build.py build --project {options.out} --no-search --no-images")
    return 0


if __name__ == "__main__":
    sys.exit(main())
