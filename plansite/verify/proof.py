"""What a proof finds: counts of what was proved, and faults with their place in the data and in the document."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

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
    """One plan held against its document. `counts`: how many of each thing were found to agree."""

    plan: str
    source: str
    sha256: str
    counts: dict[str, int]
    faults: tuple[ProofFault, ...]


@dataclass(slots=True)
class Desk:
    """Where the parts of a proof put down what they find."""

    source: str
    files: PlanFiles
    names: tuple[str, ...] = ()
    """Chinese names of places with numerals in them, longest first."""
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[ProofFault] = field(default_factory=list)

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
        where = Fault(file.name, *file.position(path), found, expected, hint)
        self.faults.append(ProofFault(kind, where, self.source, place))

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
