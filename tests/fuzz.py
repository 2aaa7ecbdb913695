"""Spoils every kind of input thousands of times: whatever a file holds, it is taken or refused with a clear message.

`python tests/fuzz.py --help`; what a long run found is in tests/reports/fuzz.txt.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import platform
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fuzz_kinds import Files, Kind, kinds

from plansite.characters import HIDDEN
from plansite.errors import BuildError
from plansite.ingest.run import IngestError
from plansite.load import DataError
from plansite.revise.refusals import ReviseError
from plansite.sources.document import SourceError

SECONDS = 10  # a case may take
FAULT = re.compile(r"[^\n]+:\d+:\d+: [^\n]+; expected [^\n]+")
REFUSALS = (DataError, BuildError, SourceError, IngestError, ReviseError)


class TooSlow(BaseException):
    """A case is not over in time; no ordinary exception, so that nothing swallows it."""


@dataclass(slots=True)
class Tally:
    cases: int = 0
    accepted: int = 0
    refused: int = 0
    findings: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for name in ("cases", "accepted", "refused", "findings", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)


def attempt(kind: Kind, files: Files, folder: Path) -> str | None:
    """None if the files are taken, an empty text if they are refused as they should be, else what is wrong."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in () if kind.elsewhere else files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    signal.alarm(SECONDS)
    try:
        kind.run(folder, files)
        return None
    except REFUSALS as error:
        return "" if not (unclear := _unclear(error)) else f"unclear refusal: {unclear}"
    except TooSlow:
        return f"not over after {SECONDS} s: {_last_place()}"
    except Exception as error:
        return f"{type(error).__name__}: {error} {_last_place()}"[:2000]
    finally:
        signal.alarm(0)


def _too_slow(*_: object) -> None:
    raise TooSlow


def _last_place() -> str:
    """Where in the program the exception began."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    own = [frame for frame in frames if "plansite" in frame.filename] or frames
    return f"({Path(own[-1].filename).name}:{own[-1].lineno})"


def _unclear(error: Exception) -> str:
    """What a message lacks that a maintainer needs; empty if nothing."""
    lines = [str(fault) for fault in error.faults] if isinstance(error, DataError) else str(error).split("\n")
    for line in lines:
        if isinstance(error, DataError) and not FAULT.fullmatch(line):
            return repr(line[:300])
        if not line.strip() or len(line) > 6000 or HIDDEN.search(line):
            return repr(line[:300])
    return "" if lines else "no message"


def fuzz(
    chosen: list[Kind], cases: int, seed: int, keep: Path | None = None, seconds: float = math.inf
) -> dict[str, Tally]:
    """So many cases shared out among the kinds; the files of each finding go to the folder `keep`.

    After so many `seconds` it stops; each kind has its share of them, too.
    """
    total = sum(kind.weight for kind in chosen)
    result = {kind.name: Tally() for kind in chosen}
    begun, share = time.perf_counter(), 0.0
    quiet, on_alarm = logging.root.manager.disable, signal.signal(signal.SIGALRM, _too_slow)
    logging.disable()  # what the libraries remark on a broken PDF
    try:
        with tempfile.TemporaryDirectory(prefix="plansite-fuzz-") as temporary:
            for kind in chosen:
                share += kind.weight / total
                for index in range(max(1, round(cases * kind.weight / total))):
                    if time.perf_counter() - begun > seconds * share:
                        break
                    place = keep / f"{re.sub(r'[^a-z]+', '-', kind.name)}-{seed}-{index}" if keep else None
                    files = kind.make(random.Random(f"{seed}/{kind.name}/{index}"))
                    _count(kind, files, Path(temporary) / "case", result[kind.name], place)
    finally:
        logging.disable(quiet)
        signal.signal(signal.SIGALRM, on_alarm)
    return result


def _count(kind: Kind, files: Files, folder: Path, tally: Tally, keep: Path | None) -> None:
    """Try one case and put down what became of it."""
    started = time.perf_counter()
    outcome = attempt(kind, files, folder)
    spent = time.perf_counter() - started
    tally.cases += 1
    tally.seconds += spent
    tally.slowest = max(tally.slowest, spent)
    tally.accepted += outcome is None
    tally.refused += outcome == ""
    if outcome:
        tally.findings += 1
        tally.reasons.append(outcome)
        if keep:
            _keep(files, outcome, keep)


def _keep(files: Files, outcome: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, content) in enumerate(files.items()):
        plain = re.sub(r"[^A-Za-z0-9.]", "_", Path(name).name)[:40]
        (folder / f"{number}-{plain}").write_bytes(content)
    names = "\n".join(map(ascii, files))
    (folder / "finding.txt").write_text(f"{outcome}\n{names}\n", encoding="utf-8", errors="replace")


def table(result: dict[str, Tally]) -> Iterator[str]:
    """The counts of each kind, and of all."""
    total = Tally()
    yield f"{'input':<36}{'cases':>9}{'taken':>9}{'refused':>9}{'findings':>9}{'ms each':>9}{'slowest s':>11}"
    for name, tally in result.items():
        total.add(tally)
        yield _row(name, tally)
    yield _row("all", total)


def _row(name: str, tally: Tally) -> str:
    each = 1000 * tally.seconds / max(tally.cases, 1)
    counts = f"{tally.cases:>9,}{tally.accepted:>9,}{tally.refused:>9,}{tally.findings:>9,}"
    return f"{name:<36}{counts}{each:>9.1f}{tally.slowest:>11.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="examples:\n  python tests/fuzz.py\n  python tests/fuzz.py --cases 100000 --seed 7 --keep /tmp/found\n"
        "  python tests/fuzz.py --only pdf --only docx --cases 500\n"
        "exit status: 0 no finding, 1 findings, 2 wrong options",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--cases", type=int, default=2000, help="how many cases (default: 2000)")
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop after so many (default: never)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same cases (default: 1)")
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="only inputs with this in their name"
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="put the files of each finding there")
    parser.add_argument("--sum", type=Path, metavar="FILE", help="add the counts to those in this JSON file, print all")
    given = parser.parse_args()
    chosen = [kind for kind in kinds() if not given.only or any(word in kind.name for word in given.only)]
    if not chosen or given.cases < 1:
        parser.error("nothing to do: no input has this in its name, or no cases")
    started = time.perf_counter()
    result = fuzz(chosen, given.cases, given.seed, given.keep, given.seconds)
    for name, tally in result.items():
        for reason in list(dict.fromkeys(tally.reasons))[:10]:
            print(f"{name}: {reason[:400]}", file=sys.stderr)
    findings = sum(tally.findings for tally in result.values())
    seeds = [given.seed]
    if given.sum:
        result, seeds = _summed(result, given.seed, given.sum)
    print(f"seeds {', '.join(map(str, seeds))}; Python {platform.python_version()}; {_versions()}")
    print(*table(result), sep="\n")
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)
    return 1 if findings else 0


def _versions() -> str:
    from importlib.metadata import version

    names = ("PyYAML", "pydantic", "Markdown", "python-docx", "lxml", "pdfplumber", "beautifulsoup4")
    return ", ".join(f"{name} {version(name)}" for name in names)


def _summed(result: dict[str, Tally], seed: int, path: Path) -> tuple[dict[str, Tally], list[int]]:
    """The counts together with those of earlier runs, which are kept in a file."""
    old = json.loads(path.read_text()) if path.exists() else {"seeds": [], "counts": {}}
    counts = {name: Tally(**values) for name, values in old["counts"].items()}
    for name, tally in result.items():
        counts.setdefault(name, Tally()).add(tally)
    seeds = sorted({*old["seeds"], seed})
    plain = {
        name: {key: getattr(tally, key) for key in ("cases", "accepted", "refused", "findings", "seconds", "slowest")}
        for name, tally in counts.items()
    }
    path.write_text(json.dumps({"seeds": seeds, "counts": plain}))
    order = [kind.name for kind in kinds()]
    return {name: counts[name] for name in order if name in counts}, seeds


if __name__ == "__main__":
    sys.exit(main())
