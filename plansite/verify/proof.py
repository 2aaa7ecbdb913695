"""What a proof finds: counts of what was proved, and faults with their place in the data and in the document."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from plansite.load.faults import Fault
from plansite.load.reading import PlanFiles
from plansite.load.yaml_file import Steps, YamlFile
from plansite.sources.document import Place


@dataclass(frozen=True, slots=True)
class ProofFault:
    """A disagreement: `fault` names the data, `source` and `place` the document (no place: the document as a whole)."""

    kind: str
    fault: Fault
    source: str
    place: Place | None = None

    @property
    def where(self) -> str:
        """The place in the document: jingyue-14.txt:421, or with a page report.pdf:12 (page 3)."""
        if not self.place:
            return self.source
        page = f" (page {self.place.page})" if self.place.page else ""
        return f"{self.source}:{self.place.number}{page}"

    def __str__(self) -> str:
        return f"{self.fault} [{self.where}]"


@dataclass(frozen=True, slots=True)
class Proof:
    """One plan held against its document. `counts`: how many of each thing were found to agree.

    `waiting`: how many disagreements stand in records that await review and are no faults for the time being.
    """

    plan: str
    source: str
    sha256: str
    counts: dict[str, int]
    faults: tuple[ProofFault, ...]
    waiting: int = 0


@dataclass(slots=True)
class Desk:
    """Where the parts of a proof put down what they find."""

    source: str
    files: PlanFiles
    names: tuple[str, ...] = ()
    """Chinese names of places with numerals in them, longest first."""
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[ProofFault] = field(default_factory=list)
    waiting: int = 0

    def fault(
        self,
        kind: str,
        file: YamlFile,
        path: Steps,
        found: str,
        expected: str,
        place: Place | None = None,
        hint: str = "",
    ) -> None:
        if self.awaits(file, path):
            self.waiting += 1
            return
        where = Fault(file.name, *file.position(path), found, expected, hint)
        self.faults.append(ProofFault(kind, where, self.source, place))

    def awaits(self, file: YamlFile, path: Steps) -> bool:
        """Whether what a path leads to belongs to a record that a person has yet to restate after a revision."""
        part: Any = next((loaded.record for loaded in self.files.files if loaded.file is file), None)
        for step in path:
            if part is None or getattr(part, "needs_review", None):
                break
            if isinstance(step, int):
                part = part[step] if isinstance(part, list) and step < len(part) else None
            else:
                part = getattr(part, step, None)
        return bool(getattr(part, "needs_review", None))

    def single(self, name: str) -> YamlFile:
        """The file `outline.yaml`, `plan.yaml` … of the plan."""
        return self.files.single[name].file


def fold(text: str) -> str:
    """A text without what printing may change: widths, spaces, shapes of quotes and dashes, a closing stop."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\s*]+", "", text).translate(str.maketrans("“”‘’〔〕[]", "\"\"''()()"))
    return re.sub(r"[-—–─]+", "-", text).strip("-").rstrip("。.:,;、")


def shown(text: str, length: int = 30) -> str:
    """A text for a message: its beginning."""
    return text if len(text) <= length else f"{text[:length]}…"
