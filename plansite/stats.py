"""How far the restatement has come: by plan and language what is complete, stale, behind or awaits review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from plansite.load.memory import TextState
from plansite.load.reading import Everything
from plansite.load.restatements import FAMILIES
from plansite.model import LOCALES, Locale

LANGUAGE: dict[Locale, str] = {"zh": "Chinese", "en": "English"}
SHOWN = {"families": "shared measures"}


@dataclass(slots=True)
class Side:
    """The texts of one home in one language. `complete` are neither stale nor marked for review; `length` counts
    characters without white space (zh) or words (en); `unremembered` are new or edited since `reviewed`."""

    texts: int = 0
    complete: int = 0
    stale: int = 0
    behind: int = 0
    awaiting: int = 0
    unremembered: int = 0
    length: int = 0


@dataclass(slots=True)
class Home:
    """One plan, or the shared measures: how many records of each kind, and its texts by language."""

    id: str
    records: Counter[str] = field(default_factory=Counter)
    new_tasks: int = 0
    sides: dict[Locale, Side] = field(default_factory=lambda: {locale: Side() for locale in LOCALES})

    def share(self, locale: Locale) -> float:
        """Complete texts of all there should be, 0 to 1; a task that nobody has restated yet should be one."""
        due = self.sides[locale].texts + self.new_tasks
        return self.sides[locale].complete / due if due else 1.0


@dataclass(frozen=True, slots=True)
class Stats:
    """All homes, and every text that is not complete or is behind, in the order of the files."""

    homes: tuple[Home, ...]
    doubtful: tuple[TextState, ...]

    @property
    def stale(self) -> int:
        return self._count("stale")

    @property
    def awaiting(self) -> int:
        return self._count("awaiting")

    @property
    def new_tasks(self) -> int:
        return sum(home.new_tasks for home in self.homes)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the texts should not be published as they are."""
        return (
            *_counted(self.awaiting, "text awaits review", "texts await review"),
            *_counted(self.new_tasks, "new task is not restated", "new tasks are not restated"),
            *_counted(self.stale, "text is stale", "texts are stale"),
        )

    def _count(self, name: str) -> int:
        return sum(getattr(side, name) for home in self.homes for side in home.sides.values())


def stats(everything: Everything) -> Stats:
    """Count what stands in the current edition of every plan, and in the families."""
    homes = {id: Home(id, new_tasks=len(plan.record("new-tasks.yaml") or ())) for id, plan in everything.plans.items()}
    homes[FAMILIES] = Home(FAMILIES)
    doubtful: list[TextState] = []
    for text in everything.texts:
        home = homes[text.of.home]
        if text.locale == LOCALES[0]:
            home.records[text.of.kind] += 1
        side = home.sides[text.locale]
        side.texts += 1
        side.complete += not text.waits and text.state != "stale"
        side.awaiting += text.waits
        side.stale += text.state == "stale"
        side.behind += text.state == "behind"
        side.unremembered += text.state in ("new", "edited")
        side.length += length(text.of.words(text.locale), text.locale)
        if text.waits or text.state in ("stale", "behind"):
            doubtful.append(text)
    return Stats(tuple(homes.values()), tuple(doubtful))


def length(texts: Iterable[str], locale: Locale) -> int:
    """Characters without white space in Chinese, words in English."""
    return sum(len("".join(text.split())) if locale == "zh" else len(text.split()) for text in texts)


def _counted(number: int, one: str, many: str) -> tuple[str, ...]:
    return (f"{number} {one if number == 1 else many}",) if number else ()


# --- for people -------------------------------------------------------------------------------------------------------

HEAD = ("", "", "texts", "complete", "stale", "behind", "await review", "not remembered", "length")


def table(found: Stats) -> Iterator[tuple[str, ...]]:
    """Rows under HEAD: two lines for each home, one for each language."""
    for home in found.homes:
        for locale, side in home.sides.items():
            unit = "characters" if locale == "zh" else "words"
            counts = (side.stale, side.behind, side.awaiting, side.unremembered)
            yield (
                SHOWN.get(home.id, home.id) if locale == LOCALES[0] else "",
                LANGUAGE[locale],
                f"{side.texts:,}",
                f"{home.share(locale):.0%}" if home.share(locale) in (0, 1) else f"{home.share(locale):.1%}",
                *(f"{count:,}" if count else "–" for count in counts),
                f"{side.length:,} {unit}",
            )


def contents(found: Stats) -> Iterator[str]:
    """What each home holds: jingyue-14: 88 measures, 21 indicators …"""
    for home in found.homes:
        parts = [f"{count:,} {_plural(kind, count)}" for kind, count in home.records.items() if kind != "plan"]
        if home.new_tasks:
            parts.append(f"{home.new_tasks} new {_plural('task', home.new_tasks)} not yet restated")
        yield f"{SHOWN.get(home.id, home.id)}: {', '.join(parts)}"


def listed(found: Stats) -> Iterator[str]:
    """A line for each doubtful text: where it stands, what is doubtful, which facts were changed."""
    for text in found.doubtful:
        other = LANGUAGE["en" if text.locale == "zh" else "zh"]
        told = []
        if text.waits:
            told.append("awaits review")
        if text.state == "stale":
            told.append(f"is stale: {'; '.join(map(str, text.changes))}")
        elif text.state == "behind":
            told.append(f"is behind: only words of the {other} changed")
        file, line, column = text.place
        yield f"{file}:{line}:{column}: {text.of.home}/{text.of.name}: the {LANGUAGE[text.locale]} {' and '.join(told)}"


def _plural(word: str, count: int) -> str:
    word = {"indicator": "indicator", "completion": "completion row", "family": "family"}.get(word, word)
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


# --- for programs -----------------------------------------------------------------------------------------------------


def as_data(found: Stats) -> dict[str, Any]:
    """`{"homes": [{"id", "records": {KIND: N}, "new_tasks", "zh": {…}, "en": {…}}], "doubtful": [{…}]}`."""
    return {
        "homes": [
            {"id": home.id, "records": dict(home.records), "new_tasks": home.new_tasks}
            | {locale: _side(home, locale) for locale in LOCALES}
            for home in found.homes
        ],
        "doubtful": [
            {
                "home": text.of.home,
                "record": text.of.name,
                "locale": text.locale,
                "state": text.state,
                "awaits_review": text.waits,
                **dict(zip(("file", "line", "column"), text.place, strict=True)),
                "changes": [{"fact": c.kind, "was": c.was, "now": c.now} for c in text.changes],
            }
            for text in found.doubtful
        ],
    }


def _side(home: Home, locale: Locale) -> dict[str, Any]:
    side = home.sides[locale]
    return {
        "texts": side.texts,
        "complete": side.complete,
        "share_complete": round(home.share(locale), 4),
        "stale": side.stale,
        "behind": side.behind,
        "awaiting_review": side.awaiting,
        "not_remembered": side.unremembered,
        "characters" if locale == "zh" else "words": side.length,
    }
