"""How to cite a page: GB/T 7714-2025 and -2015, APA 7, BibTeX, CSL-JSON, and meta tags for reference managers.

The author is who wrote the page, the editors of this site; the plan it restates, its edition and the place in it follow
the title. Nothing that the data lacks is made up: without a document number or a date of publication none is printed.

Forms. GB/T 7714-2025 (in force since 2026-07-01, replaces 2015):
责任者. 题名：其他题名信息[EB/OL]. （发布日期）[引用日期]. 网址.
Full stop and square brackets are half-width, every other mark full-width, in entries of any language; the 2015 edition
has them all half-width. The text of the standard is not free to read: the pattern follows its examples as
https://github.com/zotero-chinese/styles renders them, and what https://news.whu.edu.cn/info/1015/489767.htm reports.
Both editions ask for the day on which a reader read an online work, which nobody knows when the site is built: the text
holds the words of `ACCESSED` in its place, and the site's script puts in the day on which the page is read. APA 7 asks
for it only where a page is made to change and keeps no dates; BibTeX and CSL-JSON leave it to the reference manager.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date, parse_date

from plansite import formats, urls
from plansite.exports.stated import plans_about
from plansite.model import Concept, Locale, Measure, Plan, Site, Text
from plansite.parts.changes import concerned
from plansite.view import View

ACCESSED: dict[Locale, str] = {"zh": "[引用日期]", "en": "[date accessed]"}
LANGUAGE: dict[Locale, str] = {"zh": "zh-CN", "en": "en-GB"}
BABEL_LANGUAGE: dict[Locale, str] = {"zh": "chinese", "en": "british"}
BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of one page may print, in the language of the page.

    `subtitle` says what the page is in words; `translation` is the English title of a Chinese page. `plan_title`,
    `issuer`, `document_number`, `edition` (2023-04) and `place` (4.3.1) describe what is restated; `published` is the
    day on which this site last changed it (2026-11-22). Texts that do not apply are empty.
    """

    key: str
    language: Locale
    author: str
    title: str
    subtitle: str
    translation: str
    plan_title: str
    issuer: str
    document_number: str
    edition: str
    place: str
    site: str
    url: str
    published: str


def cite_measure(view: View, measure: Measure) -> Citation:
    plan = view.plan_of(measure)
    return Citation(
        key=f"{plan.id}-{measure.id}",
        title=view.text(measure.title),
        subtitle=view._(
            "unofficial restatement of %(place)s of the %(plan)s (%(edition)s)",
            place=measure.locator,
            plan=view.text(plan.title),
            edition=_edition(view, plan),
        ),
        translation=measure.title.en if view.locale == "zh" else "",
        place=measure.locator,
        **_plan(view, plan),
        **_page(view, urls.measure(plan.id, measure.id), [plan.id]),
    )


def cite_plan(view: View, plan: Plan) -> Citation:
    return Citation(
        key=plan.id,
        title=view.text(plan.title),
        subtitle=view._("unofficial restatement (%(edition)s)", edition=_edition(view, plan)),
        translation=plan.title.en if view.locale == "zh" else "",
        place="",
        **_plan(view, plan),
        **_page(view, urls.plan(plan.id), [plan.id]),
    )


def cite_indicator(view: View, concept: Concept) -> Citation:
    plans = [plan.id for plan in plans_about(view.site, concept)]
    subtitle = view.counted(
        len(plans),
        "baselines and targets in %(count)s plan, unofficial restatement",
        "baselines and targets in %(count)s plans, unofficial restatement",
        in_words=True,
    )
    return _several(view, f"indicator-{concept.id}", concept.name, subtitle, urls.indicator(concept.id), plans)


def cite_comparison(view: View, key: str, title: Text, address: str, plans: Collection[str]) -> Citation:
    """A page that holds two or more plans against each other: a shared measure, the city and its districts, silence."""
    subtitle = view._(
        "%(count)s plans compared, unofficial restatement", count=formats.in_words(len(plans), view.locale)
    )
    return _several(view, key, title, subtitle, address, plans)


def cite_notes(view: View, title: Text, plans: Collection[str]) -> Citation:
    """The overview of the editors' notes."""
    subtitle = view.counted(
        len(plans),
        "what does not fit together in %(count)s plan, unofficial",
        "what does not fit together in %(count)s plans, unofficial",
        in_words=True,
    )
    return _several(view, "notes", title, subtitle, urls.NOTES, plans)


def cite_plan_notes(view: View, plan: Plan) -> Citation:
    return Citation(
        key=f"notes-{plan.id}",
        title=view.text(plan.title),
        subtitle=view._("editors’ notes, unofficial (%(edition)s)", edition=_edition(view, plan)),
        translation=plan.title.en if view.locale == "zh" else "",
        place="",
        **_plan(view, plan),
        **_page(view, urls.plan_notes(plan.id), [plan.id]),
    )


def citations(citation: Citation) -> list[tuple[str, str, str]]:
    """(id, label, text) of each form, the Chinese standard in force first. Labels are proper names."""
    return [
        ("gbt2025", "GB/T 7714-2025", _gbt(citation, colon="：", brackets="（）")),
        ("gbt2015", "GB/T 7714-2015", _gbt(citation, colon=": ", brackets="()")),
        ("apa", "APA 7", _apa(citation)),
        ("bibtex", "BibTeX", _bibtex(citation)),
        ("csl", "CSL-JSON", json.dumps([csl(citation)], ensure_ascii=False, indent=2)),
    ]


def citation_meta(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Name and content of the meta tags that Zotero and Google Scholar read."""
    pairs = (
        ("citation_title", _full_title(citation)),
        ("citation_author", citation.author),
        ("citation_publisher", citation.site),
        ("citation_publication_date", citation.published.replace("-", "/")),
        ("citation_language", LANGUAGE[citation.language]),
        ("citation_public_url", citation.url),
    )
    return tuple((name, content) for name, content in pairs if content)


def csl(citation: Citation) -> dict[str, Any]:
    """One CSL-JSON item (CSL 1.0.2): a web page; original-… is the official document it restates."""
    item: dict[str, Any] = {
        "id": f"{citation.key}-{citation.language}",
        "type": "webpage",
        "title": _full_title(citation),
        "author": [{"literal": citation.author}],
        "container-title": citation.site,
        "issued": _date_parts(citation.published),
        "URL": citation.url,
        "language": LANGUAGE[citation.language],
        "original-title": citation.plan_title,
        "original-author": [{"literal": citation.issuer}] if citation.issuer else [],
        "original-date": _date_parts(citation.edition),
        "number": citation.document_number,
        "section": citation.place,
    }
    return {name: value for name, value in item.items() if value}


def published(site: Site, plans: Iterable[str]) -> str:
    """The day of the newest change of any of these plans, empty if the log names none."""
    wanted = set(plans)
    return max((change.date for change in site.info.changes if wanted & concerned(change).keys()), default="")


def _edition(view: View, plan: Plan) -> str:
    """Document number and date of the edition, as far as the document tells them."""
    date = view._("%(date)s edition", date=view.date(plan.edition)) if plan.edition else ""
    return view.join(part for part in (plan.document_number, date) if part) or view._("undated")


def _plan(view: View, plan: Plan) -> dict[str, Any]:
    return {
        "plan_title": view.text(plan.title),
        "issuer": view.text(plan.issuer),
        "document_number": plan.document_number,
        "edition": plan.edition,
    }


def _several(view: View, key: str, title: Text, subtitle: str, address: str, plans: Iterable[str]) -> Citation:
    """A page about several plans, none of which is what it restates."""
    return Citation(
        key=key,
        title=view.text(title),
        subtitle=subtitle,
        translation=title.en if view.locale == "zh" else "",
        plan_title="",
        issuer="",
        document_number="",
        edition="",
        place="",
        **_page(view, address, plans),
    )


def _page(view: View, address: str, plans: Iterable[str]) -> dict[str, Any]:
    return {
        "language": view.locale,
        "author": view.text(view.site.info.publisher),
        "site": view.text(view.site.info.name),
        "url": view.absolute(address),
        "published": published(view.site, plans),
    }


def _full_title(citation: Citation) -> str:
    return citation.title + ("：" if citation.language == "zh" else ": ") + citation.subtitle


def _gbt(citation: Citation, *, colon: str, brackets: str) -> str:
    """The colon before the subtitle is a mark of the standard in Chinese, part of the title in English."""
    mark = colon if citation.language == "zh" else ": "
    date = f"{brackets[0]}{citation.published}{brackets[1]}" if citation.published else ""
    return (
        f"{citation.author}. {citation.title}{mark}{citation.subtitle}[EB/OL]. "
        f"{date}{ACCESSED[citation.language]}. {citation.url}."
    )


def _apa(citation: Citation) -> str:
    day = (
        format_date(parse_date(citation.published, format="yyyy-MM-dd"), "y, MMMM d", locale="en")
        if citation.published
        else "n.d."
    )
    translation = f" [{citation.translation}]" if citation.translation else ""
    return f"{citation.author}. ({day}). {_full_title(citation)}{translation}. {citation.site}. {citation.url}"


def _bibtex(citation: Citation) -> str:
    """Doubled braces keep capitals and corporate names as they are."""
    year, month, day = (*citation.published.split("-"), "", "", "")[:3]
    note = ", ".join(filter(None, (citation.plan_title, citation.document_number, citation.edition, citation.place)))
    fields = {
        "author": f"{{{_escape(citation.author)}}}",
        "title": f"{{{_escape(_full_title(citation))}}}",
        "year": year,
        "month": month,
        "day": day,
        "publisher": f"{{{_escape(citation.site)}}}",
        "url": citation.url.replace("{", "%7B").replace("}", "%7D"),
        "note": _escape(note),
        "langid": BABEL_LANGUAGE[citation.language],
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{citation.key}-{citation.language},\n" + ",\n".join(lines) + "\n}"


def _escape(text: str) -> str:
    return text.translate(BIBTEX)


def _date_parts(text: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None
