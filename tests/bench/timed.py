"""Time a command from outside: seconds, processor time and memory of it and everything it starts.

Memory is the largest sum, over the command's processes, of what each has for itself and its part of what it shares (PSS
of Linux, four times a second); where the system does not tell, that of the largest process.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, sleep

EVERY = 0.25  # seconds between two looks at the memory


@dataclass(frozen=True)
class Timing:
    """`seconds` by the clock, `cpu` seconds of all processors together, `memory` in megabytes (10⁶ bytes)."""

    seconds: float
    cpu: float
    memory: float
    status: int = 0

    def better(self, other: Timing | None) -> Timing:
        """The quicker of two runs."""
        return self if other is None or self.seconds < other.seconds else other


def timed(command: Sequence[str], folder: Path | None = None, under: str = "", output: Path | None = None) -> Timing:
    """Run a command once. `under` is a command to run it under, for instance `taskset -c 0,1`; its time does not count.

    Raises RuntimeError with the end of its output if it fails; `output` is a file that keeps all of it.
    """
    own = [sys.executable, str(Path(__file__).resolve()), str(output or ""), "--", *command]
    done = subprocess.run([*shlex.split(under), *own], cwd=folder, capture_output=True, text=True)
    try:
        timing = Timing(**json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, ValueError, TypeError):
        raise RuntimeError(f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-2000:]}") from None
    if timing.status:
        raise RuntimeError(f"{' '.join(command)}: status {timing.status}: {done.stderr[-2000:]}")
    return timing


def _measure(command: Sequence[str], output: Path | None) -> Timing:
    with (output or Path(os.devnull)).open("wb") as kept:
        start = perf_counter()
        process = subprocess.Popen(command, stdout=kept, stderr=subprocess.STDOUT if output else None)
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    memory = max(peak[0], largest)
    return Timing(round(seconds, 3), round(usage.ru_utime + usage.ru_stime, 3), round(memory, 1), process.returncode)


def _watch(pid: int, peak: list[float]) -> None:
    while Path(f"/proc/{pid}").is_dir():
        peak[0] = max(peak[0], sum(map(_memory, _family(pid))) / 1e6)
        sleep(EVERY)


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> int:
    """Bytes of a process, its part of what it shares included; 0 if it is gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


if __name__ == "__main__":
    kept, _, *words = sys.argv[1:]
    print(json.dumps(asdict(_measure(words, Path(kept) if kept else None))))
