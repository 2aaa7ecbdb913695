"""A proof for people (one line for each plan) and for programs (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from plansite.verify.proof import Proof, ProofFault


def summary(proofs: Sequence[Proof]) -> Iterator[str]:
    """What was proved, one line for each plan."""
    for proof in proofs:
        counts = ", ".join(f"{count} {name}" for name, count in proof.counts.items())
        number = len(proof.faults)
        state = f"{number} fault{'s' if number > 1 else ''}" if number else "proved"
        waiting = f"; {proof.waiting} disagreements in what awaits review" if proof.waiting else ""
        document = f"{proof.source} (sha256 {proof.sha256[:12] or 'unknown'})"
        yield f"{proof.plan}: {state} against {document}: {counts}{waiting}"


def as_json(proofs: Sequence[Proof]) -> str:
    """`{"faults": N, "plans": [{"plan", "source", "sha256", "counts", "waiting", "faults": [...]}]}`.

    A fault has `kind`, `found`, `expected`, `hint`, `data` (file, line, column) and `source` (file; number: line of a
    text file, else paragraph; page; null where the fault concerns the document as a whole).
    """
    plans = [
        {
            "plan": proof.plan,
            "source": proof.source,
            "sha256": proof.sha256,
            "counts": proof.counts,
            "waiting": proof.waiting,
            "faults": [_fault(fault) for fault in proof.faults],
        }
        for proof in proofs
    ]
    total = sum(len(proof.faults) for proof in proofs)
    return json.dumps({"faults": total, "plans": plans}, ensure_ascii=False, indent=1) + "\n"


def _fault(fault: ProofFault) -> dict[str, Any]:
    place = fault.place
    return {
        "kind": fault.kind,
        "found": fault.fault.found,
        "expected": fault.fault.expected,
        "hint": fault.fault.hint,
        "data": {"file": fault.fault.file, "line": fault.fault.line, "column": fault.fault.column},
        "source": {
            "file": fault.source,
            "number": place.number if place else None,
            "page": place.page if place and place.page else None,
        },
    }
