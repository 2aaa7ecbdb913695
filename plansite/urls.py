"""The address of anything, in one place.

An address is the part below the language: a folder ("plans/jingyue-14/"), or a file beside pages
("plans/jingyue-14/feed.xml"). A path is an address with its language ("en/plans/jingyue-14/") or a file of the
language-neutral data ("data/plans.json"). Links in pages are paths after the page's own `root`, a run of "../", so that
the site works below any folder of any host.
"""

from __future__ import annotations

from plansite.model import Locale

HOME = ""
DISTRICTS = "districts/"
PLANS = "plans/"
INDICATORS = "indicators/"
TARGETS = "targets/"
DEPARTMENTS = "departments/"
TOPICS = "topics/"
PLACES = "places/"
CITED_DOCUMENTS = "documents/"
NOTES = "notes/"
SILENCE = "shared/silence/"
PARTICULAR = "shared/particular/"
CHANGES = "changes/"
FEED = "changes/feed.xml"
SEARCH = "search/"
JUMP = "jump/"
ABOUT = "about/"
NOT_SAID = "about/read/#not-said"
"""What a plan does not say, in the article for first-time readers."""


def district(id: str) -> str:
    return f"districts/{id}/"


def plan(id: str) -> str:
    return f"plans/{id}/"


def chapter(plan_id: str, number: int) -> str:
    return f"plans/{plan_id}/chapters/{number}/"


def section(plan_id: str, chapter_number: int, section_number: int) -> str:
    return f"{chapter(plan_id, chapter_number)}#s{section_number}"


def measures(plan_id: str) -> str:
    return f"plans/{plan_id}/measures/"


def measure(plan_id: str, id: str) -> str:
    return f"plans/{plan_id}/measures/{id}/"


def history(plan_id: str) -> str:
    """The editions of a plan and what each changed."""
    return f"plans/{plan_id}/history/"


def measure_history(plan_id: str, id: str) -> str:
    """Every version of a measure that changed between editions."""
    return f"{measure(plan_id, id)}history/"


def version(plan_id: str, id: str, edition: str) -> str:
    """One version of a measure; an undated edition is called so."""
    return f"{measure_history(plan_id, id)}#edition-{edition or 'undated'}"


def plan_indicators(plan_id: str) -> str:
    return f"plans/{plan_id}/indicators/"


def plan_indicator(plan_id: str, number: int) -> str:
    return f"{plan_indicators(plan_id)}#i{number}"


def goal(plan_id: str, id: str) -> str:
    """A target of the running text, below the indicator table."""
    return f"{plan_indicators(plan_id)}#goal-{id}"


def projects(plan_id: str) -> str:
    return f"plans/{plan_id}/projects/"


def project(plan_id: str, id: str) -> str:
    return f"{projects(plan_id)}#{id}"


def progress(plan_id: str) -> str:
    return f"plans/{plan_id}/progress/"


def progress_entry(plan_id: str, id: str) -> str:
    return f"{progress(plan_id)}#{id}"


def completion_row(plan_id: str, number: int) -> str:
    """A row of the table of the earlier period."""
    return f"{progress(plan_id)}#c{number}"


def families() -> str:
    return "shared/"


def family(id: str) -> str:
    return f"shared/{id}/"


def wording(family_id: str) -> str:
    """The official wording of a family's members, side by side."""
    return f"shared/{family_id}/wording/"


def cascade(plan_id: str) -> str:
    """A city's plan and what its districts make of it."""
    return f"plans/{plan_id}/districts/"


def indicator(id: str) -> str:
    return f"indicators/{id}/"


def department(id: str) -> str:
    return f"departments/{id}/"


def topic(id: str, plan_id: str = "") -> str:
    """A topic, or what a plan has to do about it, which stands on the same page."""
    return f"topics/{id}/#{plan_id}" if plan_id else f"topics/{id}/"


def place(id: str, plan_id: str = "") -> str:
    """A place, or what a plan has to do there, which stands on the same page."""
    return f"places/{id}/#{plan_id}" if plan_id else f"places/{id}/"


def cited_document(id: str) -> str:
    return f"documents/{id}/"


def note(plan_id: str, id: str) -> str:
    return f"{plan_notes(plan_id)}#{plan_id}-{id}"


def plan_notes(plan_id: str) -> str:
    """All notes of one plan."""
    return f"notes/{plan_id}/"


def plan_changes(plan_id: str) -> str:
    """Changes that concern one plan."""
    return f"changes/{plan_id}/"


def change(anchor: str) -> str:
    return f"{CHANGES}#{anchor}"


def plan_feed(plan_id: str) -> str:
    return f"{plan(plan_id)}feed.xml"


def article(key: str) -> str:
    """An article of `content/`: "about" is about/, "about/cite" is about/cite/."""
    return f"{key}/"


def glossary_term(id: str) -> str:
    return f"about/glossary/#{id}"


def measure_json(plan_id: str, id: str) -> str:
    """Path of a measure's record among the open data (the same in both languages)."""
    return f"data/measures/{plan_id}/{id}.json"


def indicator_json(id: str) -> str:
    return f"data/indicators/{id}.json"


def family_json(id: str) -> str:
    return f"data/shared/{id}.json"


def twin(address: str) -> str:
    """The JSON twin of a page: the same address, .json in place of the last slash."""
    return f"{address.rstrip('/')}.json"


def records(address: str) -> tuple[str, ...]:
    """The record of a page as JSON: its twin, and its file among the open data; nothing for a page without one."""
    folders = address.rstrip("/").split("/")
    if len(folders) == 4 and (folders[0], folders[2]) == ("plans", "measures"):
        return twin(address), measure_json(folders[1], folders[3])
    if len(folders) == 2 and folders[0] == "indicators":
        return twin(address), indicator_json(folders[1])
    if len(folders) == 2 and folders[0] == "shared" and address not in (SILENCE, PARTICULAR):
        return twin(address), family_json(folders[1])
    return ()


def plan_of(address: str) -> str:
    """The id of the plan that a page is about: a page of the plan, or that of its notes; empty for any other."""
    folders = address.split("/")
    return folders[1] if len(folders) > 2 and folders[0] in ("plans", "notes") else ""


def path(locale: Locale, address: str) -> str:
    return f"{locale}/{address}"


def root(path: str) -> str:
    """The way from a page to the root of the site: one "../" for each folder."""
    return "../" * path.split("#")[0].count("/")
