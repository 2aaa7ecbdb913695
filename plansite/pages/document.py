"""Cited documents: the laws, standards and programmes that the plans name, and who names them."""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.model import CitedDocument, Progress, Project
from plansite.page import Page
from plansite.parts.descriptions import named, named_in
from plansite.parts.listings import by_plan, chapter_rows, counts, plans_of
from plansite.view import View


def pages(view: View) -> Iterator[Page]:
    """The list, and a page for each document."""
    yield _list(view)
    for document in view.site.cited_documents.values():
        yield _page(view, document)


def _list(view: View) -> Page:
    _ = view._
    title = _("Documents the plans name")
    groups = []
    for level, name in _levels(view).items():
        documents = [document for document in view.site.cited_documents.values() if document.level == level]
        if documents:
            groups.append(
                (
                    name,
                    [
                        (
                            view.document_name(document.id),
                            view.path(urls.cited_document(document.id)),
                            _counts(view, document),
                        )
                        for document in documents
                    ],
                )
            )
    return Page(
        kind="documents",
        locale=view.locale,
        address=urls.CITED_DOCUMENTS,
        template="documents.html",
        title=title,
        description=_(
            "%(count)s laws, standards, programmes and rules that the plans call upon, and the measures that "
            "name each.",
            count=len(view.site.cited_documents),
        ),
        context={"groups": groups},
        crumbs=((_("Home"), urls.HOME), (title, None)),
        in_search=False,
    )


def _page(view: View, document: CitedDocument) -> Page:
    _, name = view._, view.document_name(document.id)
    measures = view.links.by_cite.get(document.id, [])
    projects, results = _others(view, document)
    chapters = chapter_rows(view, view.links.chapters_by_cite.get(document.id, []))
    level = _levels(view)[document.level]
    context = {
        "name": name,
        "level": level,
        "chinese": f"《{document.name.zh}》" if view.locale == "en" else "",
        "english": document.name.en if view.locale == "zh" else "",
        "measures": by_plan(view, measures),
        "projects": [view.project(project) for project in projects],
        "results": [view.progress(result) for result in results],
        "chapters": chapters,
        "all_path": view.path(urls.CITED_DOCUMENTS),
    }
    lead = _(
        "%(level)s document, named by %(counts)s.",
        level=level,
        counts=counts(view, len(measures), len(projects), len(results), len(chapters)),
    )
    return Page(
        kind="document",
        locale=view.locale,
        address=urls.cited_document(document.id),
        template="document.html",
        title=name,
        description=lead,
        told=(named(view, name, lead), *named_in(view, measures, projects, chapters)),
        context=context,
        crumbs=((_("Home"), urls.HOME), (_("Documents the plans name"), urls.CITED_DOCUMENTS), (name, None)),
        filters=(("kind", "document"), *(("plan", id) for id in plans_of(measures, projects, results))),
    )


def _others(view: View, document: CitedDocument) -> tuple[list[Project], list[Progress]]:
    others = view.links.others_by_cite.get(document.id, [])
    return (
        [thing for thing in others if isinstance(thing, Project)],
        [thing for thing in others if isinstance(thing, Progress)],
    )


def _counts(view: View, document: CitedDocument) -> str:
    projects, results = _others(view, document)
    chapters = view.links.chapters_by_cite.get(document.id, [])
    return counts(view, len(view.links.by_cite.get(document.id, [])), len(projects), len(results), len(chapters))


def _levels(view: View) -> dict[str, str]:
    _ = view._
    return {
        "national": _("National"),
        "provincial": _("Provincial"),
        "city": _("Municipal"),
        "district": _("District-level"),
    }
