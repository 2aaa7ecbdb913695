"""Run the benches and write their tables into `results.md`: `python tests/bench/results.py`, on a quiet machine.

`--small` runs all of them on small projects, in a few minutes; without it, it takes about an hour.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILE = HERE / "results.md"
LONGEST = 3600  # seconds for one bench
START = """# Results

The tables that the benches printed last, written by `python tests/bench/results.py`. [README.md](README.md) says what
they measure and how to read them. Only ratios within one table count: seconds are those of this machine in that hour.
"""
BENCHES = {  # heading → (whole, small)
    "Beside other generators": (["peers.py"], ["peers.py", "--pages", "1200", "--runs", "1"]),
    "As the site grows": (["scale.py"], ["scale.py", "--sizes", "1000,2200"]),
    "One measure edited": (["edit.py"], ["edit.py", "--plans", "2,4", "--edits", "1"]),
    "Shares of the stages": (["stages.py"], ["stages.py", "--pages", "1000", "--no-search"]),
}


def sections(text: str) -> dict[str, str]:
    """Heading → the rest of each section of an earlier file."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def result(words: list[str]) -> str:
    """What a bench printed, with the command, the code and how busy the machine was before and after."""
    before = os.getloadavg()[0]
    done = subprocess.run(
        [sys.executable, str(HERE / words[0]), *words[1:]], capture_output=True, text=True, timeout=LONGEST
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]}: {done.stderr[-2000:]}")
    busy = f"processes that wanted to run: {before:.1f} before, {os.getloadavg()[0]:.1f} after"
    code = subprocess.run(["git", "log", "-1", "--format=%h of %cs"], cwd=HERE, capture_output=True, text=True)
    told = "".join(f"    {line}\n" if line else "\n" for line in last_table(done.stdout))
    command = " ".join(["python", f"tests/bench/{words[0]}", *words[1:]])
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    return f"`{command}`, code {code.stdout.strip()}; {machine}; {busy}.\n\n{told}".rstrip()


def last_table(printed: str) -> Iterator[str]:
    """What a bench printed last: it prints its table again after each step."""
    lines = printed.rstrip().split("\n")
    heads = [
        number for number, line in enumerate(lines) if number == 0 or line == lines[0] or line.startswith("after ")
    ]
    yield from lines[heads[-1] :]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="small projects, one run of each")
    parser.add_argument("--only", default="", help="only the benches whose heading has these words")
    options = parser.parse_args()
    kept = sections(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    for heading, commands in BENCHES.items():
        if options.only.lower() in heading.lower():
            kept[heading] = result(commands[options.small])
            print(f"{heading}\n\n{kept[heading]}\n", flush=True)
            FILE.write_text(
                START + "".join(f"\n## {name}\n\n{text}\n" for name, text in kept.items()), encoding="utf-8"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
