"""The prose pages about the site: every article of `content/` whose key is `about` or lies below it.

The glossary adds the terms of `data/vocab/glossary.yaml` to its article, the data page the files of the open data.
"""

from __future__ import annotations

from collections.abc import Iterator

from plansite import urls
from plansite.exports.json_ld import dataset_json_ld
from plansite.exports.resource import Resource
from plansite.exports.resources import DOCUMENTS, PACKAGE, RECORDS, TABLES
from plansite.exports.workbook import WORKBOOK
from plansite.model import Article
from plansite.page import Page
from plansite.pages import glossary
from plansite.view import Row, View

GLOSSARY = "about/glossary"
DATA = "about/data"
ACCESSIBILITY = "about/accessibility"


def pages(view: View) -> Iterator[Page]:
    """One page for each article, in their order."""
    articles = [article for key, article in view.site.articles.items() if key == "about" or key.startswith("about/")]
    articles.sort(key=lambda article: (article.order, article.key))
    for article in articles:
        yield _page(view, article, articles)


def _page(view: View, article: Article, articles: list[Article]) -> Page:
    address, title = urls.article(article.key), view.text(article.title)
    context = {
        "title": title,
        "lead": view.text(article.description),
        "article": view.prose(article.markdown, address),
        "contents": [
            (view.text(other.title), view.path(urls.article(other.key)), other is article) for other in articles
        ],
        "glossary": glossary.entries(view) if article.key == GLOSSARY else None,
        "files": _files(view) if article.key == DATA else [],
        "slash_switch": article.key == ACCESSIBILITY,
    }
    above = () if article.key == "about" else ((view.text(view.site.articles["about"].title), urls.ABOUT),)
    return Page(
        kind="about",
        locale=view.locale,
        address=address,
        template="article.html",
        title=title,
        description=view.text(article.description),
        context=context,
        crumbs=((view._("Home"), urls.HOME), *above, (title, None)),
        section="about",
        filters=(("kind", "about"),),
        json_ld=dataset_json_ld(view) if article.key == DATA else None,
        og_type="article",
        article=article.key,
    )


def _files(view: View) -> list[Row]:
    """The package, tables, documents, single records: id, title, files."""
    _ = view._
    groups = (
        ("files-package", _("Data package"), (PACKAGE,)),
        ("files-excel", _("All tables (Excel)"), (WORKBOOK,)),
        ("files-csv", _("Tables (CSV)"), TABLES),
        ("files-json", _("Records (JSON)"), DOCUMENTS),
        ("files-records", _("Single records (JSON)"), RECORDS),
    )
    return [
        {"id": id, "title": title, "files": [_file(view, resource) for resource in resources]}
        for id, title, resources in groups
    ]


def _file(view: View, resource: Resource) -> Row:
    """id, name, path (empty where the name stands for many files), title, description, and the columns or fields."""
    _, table = view._, bool(resource.fields)
    return {
        "id": f"file-{resource.name}".replace("/", "-").lower(),
        "name": resource.file,
        "path": "" if resource in RECORDS else resource.path,
        "download": resource.format != "json",
        "title": view.text(resource.title),
        "description": view.text(resource.description),
        "caption": _("Columns of %(file)s", file=resource.file)
        if table
        else _("Fields of %(file)s", file=resource.file),
        "head": _("Column") if table else _("Field"),
        "columns": [
            (column.name, _type(view, column.type), view.text(column.description))
            for column in (resource.fields or resource.record)
        ],
        "key": ", ".join(resource.primary_key),
    }


def _type(view: View, name: str) -> str:
    _ = view._
    return {
        "string": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "year": _("year"),
        "boolean": _("true or false"),
        "texts": _("text in zh and en"),
        "record": _("record"),
    }[name]
