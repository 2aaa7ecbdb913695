"""schema.org data for search engines (https://schema.org/Legislation, https://schema.org/Dataset).

A plan and a measure are `Legislation`: the official document and a part of it. The page about it is a `WebPage` that
says who wrote the restatement, under which licence, and that it is based on the document. A page module makes the node
of what its page is about; the renderer puts it into the graph of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plansite import urls
from plansite.exports.citations import published
from plansite.exports.resource import MEDIA_TYPES
from plansite.exports.resources import PACKAGE, RESOURCES
from plansite.exports.stated import plans_about
from plansite.exports.tables.numbers import INDICATORS
from plansite.model import LANG, Concept, Locale, Measure, Plan
from plansite.view import View

Node = dict[str, Any]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def website_json_ld(view: View) -> Node:
    """The site itself, for the home page."""
    info = view.site.info
    other: Locale = "en" if view.locale == "zh" else "zh"
    return {
        "@type": "WebSite",
        "@id": f"{view.base_url}#site",
        "name": view.text(info.name),
        "alternateName": info.name[other],
        "description": view.text(info.description),
        "url": view.absolute(urls.HOME),
        "inLanguage": LANG[view.locale],
        "license": LICENCE,
        "publisher": _publisher(view),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{view.absolute(urls.SEARCH)}?q={{query}}"},
            "query-input": "required name=query",
        },
    }


def plan_json_ld(view: View, plan: Plan) -> Node:
    """The official document."""
    jurisdiction = view.site.jurisdictions[plan.jurisdiction]
    return _filled(
        {
            "@type": "Legislation",
            "@id": _plan_id(view, plan),
            "name": view.text(plan.title),
            "alternateName": view.text(plan.short_title),
            "abstract": view.text(plan.summary),
            "inLanguage": LANG["zh"],
            "legislationType": view._("Five-year plan") if plan.kind == "five-year-plan" else view._("Plan"),
            "legislationIdentifier": plan.document_number,
            "legislationDate": plan.issued,
            "legislationDateVersion": plan.edition,
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": view.text(plan.issuer)}
            if plan.issuer
            else None,
            "legislationJurisdiction": {"@type": "AdministrativeArea", "name": view.text(jurisdiction.official_name)},
            "temporalCoverage": _period(plan),
            "url": plan.url,
        }
    )


def measure_json_ld(view: View, measure: Measure) -> Node:
    """One task of the official document."""
    plan, site = view.plan_of(measure), view.site
    return _filled(
        {
            "@type": "Legislation",
            "@id": f"{view.absolute(urls.measure(plan.id, measure.id))}#measure",
            "name": view.text(measure.title),
            "alternateName": measure.heading,
            "abstract": view.text(measure.summary),
            "inLanguage": LANG["zh"],
            "position": measure.locator,
            "legislationType": view._("Measure of a plan"),
            "legislationDateVersion": plan.edition,
            "temporalCoverage": _period(plan),
            "isPartOf": {"@type": "Legislation", "@id": _plan_id(view, plan), "name": view.text(plan.title)},
            "about": [
                {"@type": "DefinedTerm", "name": view.text(site.topics[id].name), "url": view.absolute(urls.topic(id))}
                for id in measure.topics
            ],
            "mentions": [
                {
                    "@type": "GovernmentOrganization",
                    "name": view.body_name(assignment.department, plan),
                    "url": view.absolute(urls.department(assignment.department)),
                }
                for assignment in measure.assignments
            ],
            "spatialCoverage": [
                {"@type": "Place", "name": view.text(site.places[id].name), "url": view.absolute(urls.place(id))}
                for id in measure.places
            ],
            "citation": [
                {
                    "@type": "CreativeWork",
                    "name": view.text(site.cited_documents[id].name),
                    "url": view.absolute(urls.cited_document(id)),
                }
                for id in measure.cites
            ],
        }
    )


def indicator_json_ld(view: View, concept: Concept) -> Node:
    """The figures of one indicator in all plans."""
    name = view.text(concept.name)
    return _dataset(view, plans_about(view.site, concept)) | {
        "@id": f"{view.absolute(urls.indicator(concept.id))}#data",
        "name": name,
        "description": view._(
            "Baselines and targets for “%(indicator)s” in public environmental plans, as printed and as numbers, with "
            "unit, year and place in the document.",
            indicator=name,
        ),
        "url": view.absolute(urls.indicator(concept.id)),
        "variableMeasured": {"@type": "PropertyValue", "name": name, "unitText": view.text(concept.unit.name)},
        "distribution": [
            _download(view, urls.indicator_json(concept.id)),
            _download(view, INDICATORS.path),
        ],
    }


def dataset_json_ld(view: View) -> Node:
    """All open data together, for the data page."""
    return _dataset(view, view.site.plans.values()) | {
        "@id": f"{view.base_url}data/#data",
        "name": view._("Open data of %(site)s", site=view.text(view.site.info.name)),
        "description": view._(
            "Measures, shared measures, indicators, targets, responsible bodies, projects, claimed results and "
            "editors’ notes of public environmental plans, in Chinese and English, as CSV, Excel and JSON."
        ),
        "url": view.absolute(urls.article("about/data")),
        "distribution": [_download(view, path) for path in (PACKAGE.path, *(resource.path for resource in RESOURCES))],
    }


def page_json_ld(
    title: str, url: str, language: str, crumbs: Sequence[tuple[str, str]], node: Node | None = None
) -> Node:
    """The graph of a page: the page, the way to it as (label, absolute address), and what it is about."""
    page: Node = {"@type": "WebPage", "@id": url, "url": url, "name": title, "inLanguage": language, "license": LICENCE}
    graph = [page]
    if crumbs:
        page["breadcrumb"] = {"@id": f"{url}#breadcrumb"}
        graph.append(
            {
                "@type": "BreadcrumbList",
                "@id": f"{url}#breadcrumb",
                "itemListElement": [
                    {"@type": "ListItem", "position": position, "name": label, "item": address}
                    for position, (label, address) in enumerate(crumbs, start=1)
                ],
            }
        )
    if node:
        page["mainEntity"] = {"@id": node["@id"]}
        if node["@type"] == "Legislation":
            page["isBasedOn"] = {"@id": node["@id"]}
        graph.append(node)
    return {"@context": "https://schema.org", "@graph": graph}


def _dataset(view: View, plans: Iterable[Plan]) -> Node:
    """What every Dataset says (https://developers.google.com/search/docs/appearance/structured-data/dataset)."""
    plans = list(plans)
    places = dict.fromkeys(view.text(view.site.jurisdictions[plan.jurisdiction].official_name) for plan in plans)
    years = [year for plan in plans for year in plan.period if year]
    return _filled(
        {
            "@type": "Dataset",
            "inLanguage": ["zh-Hans", "en"],
            "license": LICENCE,
            "isAccessibleForFree": True,
            "creator": _publisher(view),
            "dateModified": published(view.site, (plan.id for plan in plans)),
            "temporalCoverage": f"{min(years)}/{max(years)}" if years else "",
            "spatialCoverage": [{"@type": "AdministrativeArea", "name": name} for name in places],
        }
    )


def _download(view: View, path: str) -> Node:
    return {
        "@type": "DataDownload",
        "encodingFormat": MEDIA_TYPES[path.rpartition(".")[2]],
        "contentUrl": view.base_url + path,
    }


def _publisher(view: View) -> Node:
    return {"@type": "Organization", "name": view.text(view.site.info.publisher), "url": view.absolute(urls.HOME)}


def _plan_id(view: View, plan: Plan) -> str:
    return f"{view.absolute(urls.plan(plan.id))}#plan"


def _period(plan: Plan) -> str:
    """First and last year; two dots for one the document does not say (ISO 8601-2)."""
    return "/".join(str(year or "..") for year in plan.period)


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
