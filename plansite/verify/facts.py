"""The proof of a plan: everything its data claims about its document, looked up there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plansite.load.reading import Everything
from plansite.model import Plan, Site
from plansite.sources.document import SourceError
from plansite.sources.outline import Outline
from plansite.sources.parse import parse
from plansite.sources.readers import read_document
from plansite.verify.boxes import prove_boxes
from plansite.verify.measures import prove_measures, prove_standing
from plansite.verify.numerals import HAN_DIGITS
from plansite.verify.proof import Desk, Proof
from plansite.verify.sections import prove_goals, prove_introductions, prove_progress
from plansite.verify.structure import prove_structure
from plansite.verify.tables import prove_completion, prove_indicators

COUNTS = ("headings", "measures", "bodies", "numbers", "rows", "projects", "goals", "results")
"""What is counted: headings of the outline; measures whose bodies and numbers all agree; bodies of responsibility
notes; figures of task paragraphs and boxes that both languages give; rows of the tables; projects; goals of the
running text; claimed results whose figures stand in their section."""


def prove_all(site: Site, positions: Everything, sources: Path, only: Sequence[str] = ()) -> list[Proof]:
    """Hold every plan (or those named) against its document in the folder.

    A document that cannot be read is a fault of its plan.
    """
    plans = [plan for plan in site.plans.values() if not only or plan.id in only]
    return [_prove_file(plan, site, positions, sources) for plan in plans]


def _prove_file(plan: Plan, site: Site, positions: Everything, sources: Path) -> Proof:
    path = sources / plan.source.file
    try:
        if not path.is_file():
            raise SourceError(f"no file '{plan.source.file}' in {sources}; expected the document of {plan.id}")
        return prove(plan, site, parse(read_document(path)), positions)
    except SourceError as error:
        desk = Desk(plan.source.file, positions.plans[plan.id])
        found, _, expected = str(error).partition("; expected ")
        desk.fault("source", desk.single("plan.yaml"), ("source", "file"), found, expected or "a readable document")
        return Proof(plan.id, plan.source.file, "", dict.fromkeys(COUNTS, 0), tuple(desk.faults))


def prove(plan: Plan, site: Site, outline: Outline, positions: Everything) -> Proof:
    """Hold a plan against its document; `positions` comes with the site from `load_with_positions`."""
    desk = Desk(outline.name, positions.plans[plan.id], _names(site))
    if outline.sha256 != plan.source.sha256:
        found, expected = f"the checksum {plan.source.sha256[:12]}…", f"{outline.sha256}, that of the file"
        desk.fault("checksum", desk.single("plan.yaml"), ("source", "sha256"), found, expected)
    prove_structure(plan, outline, desk)
    prove_introductions(plan, outline, desk)
    prove_measures(plan, site, outline, desk)
    prove_indicators(plan, outline, desk)
    prove_completion(plan, outline, desk)
    prove_boxes(plan, outline, desk)
    prove_goals(plan, outline, desk)
    prove_progress(plan, outline, desk)
    prove_standing(plan, outline, desk)
    counts = {name: desk.counts[name] for name in COUNTS}
    faults = sorted(dict.fromkeys(desk.faults), key=lambda f: (f.fault, f.where))
    return Proof(plan.id, outline.name, outline.sha256, counts, tuple(faults), desk.waiting)


def _names(site: Site) -> tuple[str, ...]:
    """Names of places that hold a numeral, the longest first."""
    names = {name for place in site.places.values() for name in (place.name.zh, *place.printed)}
    return tuple(sorted((name for name in names if set(name) & set(HAN_DIGITS)), key=lambda name: (-len(name), name)))
