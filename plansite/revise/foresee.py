"""What the loader would say of the data if a plan had other files, found out beside the data."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from plansite.load.checks import check
from plansite.load.faults import Fault
from plansite.load.memory import excused, text_states
from plansite.load.reading import Everything, read_everything

STAND_IN = {"zh": "待写", "en": "To write"}
UNWRITTEN = re.compile(r"\b(zh|en): TODO\b")


def faults_with(everything: Everything, plan: str, files: Mapping[str, bytes]) -> list[Fault]:
    """Every fault of the data, had the plan these files. Texts still to be written (TODO) are none here: words stand
    in for them, so that everything else in their file is checked."""
    home = f"data/plans/{plan}/"
    with tempfile.TemporaryDirectory(prefix="revise-") as folder:
        for name, content in files.items():
            path = Path(folder) / home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_with_words(content) if name.endswith(".yaml") else content)
        alone = read_everything(Path(folder) / "data", Path(folder) / "content")
    plans = {id: alone.plans[plan] if id == plan else known for id, known in everything.plans.items()}
    of_plan = [fault for fault in alone.faults if fault.file.startswith(home)]
    then = replace(everything, plans=plans, faults=of_plan)
    faults = of_plan + check(then, excused(text_states(then)))
    lines = {home + name: content.decode("utf-8", "replace").split("\n") for name, content in files.items()}
    return sorted(fault for fault in set(faults) if "TODO" not in _line(fault, lines))


def _with_words(content: bytes) -> bytes:
    return UNWRITTEN.sub(lambda match: f"{match[1]}: {STAND_IN[match[1]]}", content.decode("utf-8")).encode()


def _line(fault: Fault, lines: Mapping[str, list[str]]) -> str:
    known = lines.get(fault.file, [])
    return known[fault.line - 1] if 0 < fault.line <= len(known) else ""
