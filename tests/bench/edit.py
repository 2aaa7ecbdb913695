"""One measure is edited: `python tests/bench/edit.py` prints how long until a reader sees it, by number of plans.

First with the command: until the new page is on disk, and until the command has ended. Then in the live preview: until
the new page is on disk in its folder, until the browser is shown it, and until all other pages follow. Each edit is
another one; the middle one of all edits counts.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from peers import our_command  # noqa: E402
from synthetic_project import synthetic_project  # noqa: E402

PLANS = "5,100"
RECORD = "data/measures/jingyue-14/straw-burning-ban.json"
KEPT = ".cache/preview"
EDITED = ("data/plans/jingyue-14/measures/04.yaml", "en/plans/jingyue-14/measures/straw-burning-ban/")
DISK, PREVIEW, GROWTH = 0.5, 1.0, 2.0  # seconds, seconds, times from the first number of plans to the last
LONGEST = 600.0  # seconds for one step
LOOK = 0.005  # seconds between two looks


@dataclass(frozen=True)
class Measured:
    """Seconds, the middle one of the edits each."""

    plans: int
    full: float
    disk: float
    ended: float
    kept: float
    preview: float
    all: float


class Measure:
    """The measure that is edited: each time its English summary begins with another word."""

    def __init__(self, project: Path) -> None:
        self.file = project / EDITED[0]
        self._text = self.file.read_text(encoding="utf-8")
        self._start = (
            self._text.index("en: ", self._text.index("summary:", self._text.index("- id: straw-burning-ban"))) + 4
        )
        self._beside = project / "edited.yaml"
        self._number = 0

    def edit(self) -> bytes:
        """Edit it as an editor does, in one step; returns the word that the page now has."""
        self._number += 1
        word = f"Edited{''.join('abcdefghij'[int(digit)] for digit in str(self._number))}"
        new = self._beside
        new.write_text(f"{self._text[: self._start]}{word} {self._text[self._start :]}", encoding="utf-8")
        new.replace(self.file)
        return word.encode()


def measured(plans: int, edits: int, work: Path) -> Measured:
    project = synthetic_project(work / f"project-{plans}", plans)
    out = project / "site"
    start = perf_counter()
    subprocess.run(our_command(project, out), check=True, capture_output=True, timeout=LONGEST)
    full = perf_counter() - start
    measure = Measure(project)
    on_disk = [_command(measure, project, out) for _ in range(edits)]
    with _preview(project) as address:
        shown = [_shown(measure, project, address) for _ in range(edits + 1)][1:]  # the first may prepare something
    middle = (statistics.median(times) for times in (*zip(*on_disk, strict=True), *zip(*shown, strict=True)))
    return Measured(plans, full, *middle)


def _command(measure: Measure, project: Path, out: Path) -> tuple[float, float]:
    """Seconds until the page is on disk, and until the command has ended."""
    word = measure.edit()
    page = out / EDITED[1] / "index.html"
    start = perf_counter()
    process = subprocess.Popen(our_command(project, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    ended: list[float] = []

    def wait() -> None:
        process.wait()
        ended.append(perf_counter() - start)

    waiter = threading.Thread(target=wait)
    waiter.start()
    disk = _until(lambda: word in page.read_bytes(), start)
    waiter.join(LONGEST)
    if process.returncode:
        raise RuntimeError(process.stderr.read().decode() if process.stderr else "the build failed")
    return disk, ended[0]


def _shown(measure: Measure, project: Path, address: str) -> tuple[float, float, float]:
    """Seconds until the page with the edit is on disk, until the preview shows it, and until all else follows."""
    page = project / KEPT / EDITED[1] / "index.html"
    word, start = measure.edit(), perf_counter()
    kept = _until(lambda: word in page.read_bytes(), start)
    shown = _until(lambda: word in _fetched(address + EDITED[1]), start)
    return kept, shown, _until(lambda: word in _fetched(address + RECORD), start)


def _until(true: Callable[[], bool], start: float) -> float:
    while perf_counter() - start < LONGEST:
        try:
            if true():
                return perf_counter() - start
        except OSError:
            pass  # the site is being exchanged, or the preview does not listen yet
        sleep(LOOK)
    raise TimeoutError(f"nothing to see after {LONGEST:.0f} s")


def _fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=LONGEST) as answer:
        return bytes(answer.read())


@contextmanager
def _preview(project: Path) -> Iterator[str]:
    """Address of a running preview that is ready for edits."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--project", str(project), "--port", str(port)]
    options = subprocess.run([*command[:3], "--help"], capture_output=True, text=True, check=True).stdout
    command += [f"--no-{name}" for name in ("search", "images") if re.search(rf"--no-{name}\b", options)]
    said = project / "preview.txt"
    with said.open("wb") as log:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
    try:
        _until(lambda: b"Look at" in said.read_bytes() or process.poll() is not None, perf_counter())
        if process.poll() is not None:
            raise RuntimeError(said.read_text(encoding="utf-8"))
        sleep(1)  # the watcher starts
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def table(found: list[Measured]) -> Iterator[str]:
    yield f"{'':5} {'':10} {'build.py build':^26} {'build.py serve':^38}"
    yield (
        f"{'plans':>5} {'full build':>10} {'page on disk':>12} {'command ended':>13} {'page on disk':>12} "
        f"{'page shown':>10} {'all else shown':>14}"
    )
    for each in found:
        yield (
            f"{each.plans:5} {each.full:8.1f} s {each.disk:10.2f} s {each.ended:11.2f} s {each.kept:10.2f} s "
            f"{each.preview:8.2f} s {each.all:12.2f} s"
        )
    first, last = found[0], found[-1]
    yield f"{first.plans} plans: page on disk in {first.kept:.2f} s (goal: less than {DISK})"
    yield f"{first.plans} plans: page on disk by command in {first.disk:.2f} s"
    yield f"{first.plans} plans: in the preview in {first.preview:.2f} s (goal: less than {PREVIEW:.0f})"
    if last is not first:
        disk, preview, command = last.kept / first.kept, last.preview / first.preview, last.disk / first.disk
        yield f"{last.plans} plans: page on disk {disk:.1f} times as late (goal: less than {GROWTH:.0f})"
        yield f"{last.plans} plans: page on disk by command {command:.1f} times as late"
        yield f"{last.plans} plans: in the preview {preview:.1f} times as late (goal: less than {GROWTH:.0f})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", default=PLANS, help=f"numbers of plans, with commas ({PLANS})")
    parser.add_argument("--edits", type=int, default=3, help="edits each (3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        found: list[Measured] = []
        for plans in options.plans.split(","):
            found.append(measured(int(plans), options.edits, Path(work)))
            print("\n".join(table(found)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
