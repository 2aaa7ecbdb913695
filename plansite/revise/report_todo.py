"""The end of the report: what a person has to do next, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.revise.addresses import LostAddress
from plansite.revise.elsewhere import Alone, Mention
from plansite.revise.revision import Revision
from plansite.revise.telling import count
from plansite.revise.write_plan import Written

REVIEW = "needs_review:"
COMPARING = ("family", "the cascade")
"""How a mention begins that compares plans."""


def todo(
    revision: Revision,
    written: Written,
    mentions: Sequence[Mention],
    alone: Sequence[Alone],
    lost: Sequence[LostAddress],
    names: Sequence[str],
) -> Iterator[str]:
    """Numbered steps, and YAML to paste for addresses that are lost; `names` are documents no vocabulary has."""
    yield "## What to do next"
    yield ""
    steps = (*_steps(revision, written, names), *_comparing(revision, mentions, alone), *_proving(revision, lost))
    for number, step in enumerate(steps, 1):
        yield f"{number}. {step}"
    if lost:
        yield ""
        yield "```yaml"
        for address in lost:
            yield from address.lines(revision.edition)
        yield "```"


def _steps(revision: Revision, written: Written, names: Sequence[str]) -> Iterator[str]:
    """What has to be written."""
    id, folder = revision.plan.id, revision.plan.folder
    current = {name: text for name, text in written.files.items() if not name.startswith("editions/")}
    if todos := {name: text.count("TODO") for name, text in current.items() if "TODO" in text}:
        places = ", ".join(f"{number} in {name}" for name, number in sorted(todos.items()))
        yield f"Write what is marked TODO ({places}); until then the build refuses the data."
    measures = sum(text.count(REVIEW) for name, text in current.items() if name.startswith("measures/"))
    if measures:
        yield (
            f"Restate {count(measures, 'measure')} marked needs_review in {folder}/measures/, in both languages. "
            f"When one is right, `python build.py reviewed {id}/MEASURE` takes its mark away."
        )
    others = {n: t.count(REVIEW) for n, t in current.items() if REVIEW in t and not n.startswith("measures/")}
    if others:
        places = ", ".join(f"{number} in {name}" for name, number in sorted(others.items()))
        yield f"Look at the other entries marked needs_review ({places}); `reviewed` takes their marks away, too."
    if any(change.home == (0, 0) for change in revision.paragraphs):
        yield f"The preface changed: see whether content/zh/plans/{id}/0.md and its English twin still say it."
    if written.plan:
        yield f"The plan's own title and summary are among them: {'; '.join(written.plan)}."
    tasks = len(revision.alignment.new) + sum(len(pair.parts) for pair in revision.alignment.pairs)
    if tasks:
        yield (
            f"Write {count(tasks, 'new measure')}: each entry of {folder}/new-tasks.yaml becomes a measure with an id, "
            "and leaves that file."
        )
    if names:
        yield f"Add to data/vocab/cited-documents.yaml what the changed and new paragraphs name: {' '.join(names)}."
    if revision.alignment.gone or revision.into:
        yield f"Say in {folder}/withdrawn.yaml what became of the measures that are gone (fate, into, text)."
    if revision.boxes.new_items:
        yield f"Write {count(len(revision.boxes.new_items), 'new project')} in {folder}/projects.yaml."


def _comparing(revision: Revision, mentions: Sequence[Mention], alone: Sequence[Alone]) -> Iterator[str]:
    """What compares this plan with others."""
    touched = revision.gone | {each.pair.old.id for each in revision.changes if each.to_restate}
    if any(m.measure in touched and m.by.startswith(COMPARING) for m in mentions):
        yield "Look at the families and cascades listed above that compare a measure which changed or is gone."
    if alone:
        told = count(len(alone), "family that is", "families that are")
        yield (
            f"Take the {told} left with one plan out of data/shared-measures/, or give it another member; say of each "
            "measure that is left why it is particular (data/particular-measures/)."
        )


def _proving(revision: Revision, lost: Sequence[LostAddress]) -> Iterator[str]:
    """What is done last: the proof, the addresses, the site."""
    id, folder = revision.plan.id, revision.plan.folder
    if revision.record.source.file == revision.document.name:
        yield (
            f"Both documents are called {revision.document.name}: keep the earlier one under another name, and write "
            f"that name in {folder}/editions/{revision.record.edition}/plan.yaml."
        )
    yield (
        f"Put {revision.document.name} into the folder of official documents and run "
        f"`python build.py check --sources DIR --plan {id}` until it proves the plan."
    )
    if any(change.level == "chapter" and change.renumbered for change in revision.headings):
        yield (
            "Pages of chapters have the number in their address: a link to an old number now leads to the chapter "
            "that has it, so see who links there."
        )
    if lost:
        told = count(len(lost), "address", "addresses")
        yield f"Put the {told} below, which would be lost, into data/redirects.yaml."
    yield "Run `python build.py schema`, then `permalinks`, then `build --strict`, and publish."
