"""The one table of kinds of page: every template of `templates/`, and for each kind the page that has the most to show.

Most stand on the real site; what only a revised plan has (versions, withdrawn measures) on a small site of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from in_process import run
from test_history import later, revised

GONE = "- {from: topics/pumps/, why: {zh: 这个主题取消了。, en: The topic was given up.}}\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its template, and one address below the language."""

    template: str
    address: str


KINDS: Mapping[str, Kind] = {
    "home": Kind("home.html", ""),
    "districts": Kind("districts.html", "districts/"),
    "district": Kind("district.html", "districts/jilin-city/"),
    "district of several plans": Kind("district.html", "districts/changchun/"),
    "plans": Kind("plans.html", "plans/"),
    "plan": Kind("plan.html", "plans/jingyue-14/"),
    "measures": Kind("plan_measures.html", "plans/jilin-city-14/measures/"),
    "measure": Kind("measure.html", "plans/jilin-city-14/measures/ecological-security-layout/"),
    "measure with commitments": Kind("measure.html", "plans/jingyue-14/measures/straw-burning-ban/"),
    "chapter": Kind("chapter.html", "plans/jingyue-14/chapters/4/"),
    "background": Kind("chapter.html", "plans/jilin-city-14/chapters/1/"),
    "plan indicators": Kind("plan_indicators.html", "plans/kuancheng-14/indicators/"),
    "goals without a table": Kind("plan_indicators.html", "plans/changchun-action/indicators/"),
    "projects": Kind("projects.html", "plans/jilin-city-14/projects/"),
    "progress": Kind("progress.html", "plans/jingyue-14/progress/"),
    "completion of earlier targets": Kind("progress.html", "plans/jilin-city-14/progress/"),
    "history": Kind("history.html", "plans/jingyue-14/history/"),
    "indicators": Kind("indicators.html", "indicators/"),
    "indicator": Kind("indicator.html", "indicators/pm25/"),
    "targets": Kind("targets.html", "targets/"),
    "topics": Kind("topics.html", "topics/"),
    "topic group": Kind("topic.html", "topics/governance/"),
    "topic": Kind("topic.html", "topics/straw/"),
    "departments": Kind("departments.html", "departments/"),
    "department": Kind("department.html", "departments/ecology-environment/"),
    "places": Kind("places.html", "places/"),
    "place": Kind("place.html", "places/yitong-river/"),
    "documents": Kind("documents.html", "documents/"),
    "document": Kind("document.html", "documents/hazardous-waste-list/"),
    "notes": Kind("notes.html", "notes/"),
    "notes of a plan": Kind("plan_notes.html", "notes/jilin-city-14/"),
    "shared measures": Kind("families.html", "shared/"),
    "shared measure": Kind("family.html", "shared/straw-burning-ban/"),
    "silence": Kind("silence.html", "shared/silence/"),
    "measures of one plan": Kind("particular.html", "shared/particular/"),
    "city and districts": Kind("cascade.html", "plans/changchun-action/districts/"),
    "changes": Kind("changes.html", "changes/"),
    "search": Kind("search.html", "search/"),
    "jump": Kind("jump.html", "jump/"),
    "about": Kind("article.html", "about/"),
    "method": Kind("article.html", "about/method/"),
    "cite": Kind("article.html", "about/cite/"),
    "glossary": Kind("article.html", "about/glossary/"),
    "data": Kind("article.html", "about/data/"),
    "accessibility": Kind("article.html", "about/accessibility/"),
}
"""The real site."""

REVISED: Mapping[str, Kind] = {
    "history with two editions": Kind("history.html", "plans/testdistrict-14/history/"),
    "versions of a measure": Kind("measure_history.html", "plans/testdistrict-14/measures/straw-burning-ban/history/"),
    "measure that goes on": Kind("measure.html", "plans/testdistrict-14/measures/straw-burning-ban/"),
    "withdrawn measure": Kind("withdrawn.html", "plans/testdistrict-14/measures/pump-stations/"),
    "moved page": Kind("moved.html", "topics/pumps/"),
}
"""The small project whose plan was revised."""

OFFICIAL: Mapping[str, Kind] = {
    "wording side by side": Kind("wording.html", "shared/straw-burning-ban/wording/"),
}
"""Only while the official documents are at hand."""

OUTSIDE: Mapping[str, Kind] = {
    "language chooser": Kind("chooser.html", ""),
    "unknown address": Kind("404.html", "404.html"),
}
"""Outside the languages."""

ADDRESSES = {name: kind.address for name, kind in KINDS.items()}


def build_revised(folder: Path, out: Path, base_url: str) -> None:
    """The small project with two editions, a later plan and an address that was given up, built into `out`."""
    project = revised(folder)
    later(project)
    (project / "data/redirects.yaml").write_text(GONE, encoding="utf-8")
    done = run("build", "--project", project, "--out", out, "--base-url", base_url, "--no-search")
    assert done.returncode == 0, done.stderr
