"""Pages to HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import TemplateError

from plansite import urls
from plansite.cache.kept import digest_of_files, key_of
from plansite.errors import BuildError
from plansite.exports.json_ld import page_json_ld
from plansite.formats import shorten
from plansite.html.foreign import mark_foreign
from plansite.html.glossary import link_first
from plansite.html.tables import label_cells
from plansite.html.templating import ROOT, environment_of, template_fault
from plansite.model import LANG, LOCALES, Locale, Site
from plansite.page import Page
from plansite.parts.descriptions import describe
from plansite.qr import Codes
from plansite.social.draw import HEIGHT, WIDTH
from plansite.social.pictures import Pictures

FULL_WIDTH = "。：；，！？、）"
CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def closed_up(html: str) -> str:
    """The document without spaces behind full-width marks, which bring their own. Code keeps them."""
    parts = CODE.split(html)
    for mark in FULL_WIDTH:
        parts[::2] = [part.replace(f"{mark} ", mark) for part in parts[::2]]
    return "".join(parts)


class Renderer:
    """Turns pages into HTML.

    `base_url` is the absolute address of the site's root, with a slash at its end. `codes` has the QR code of each page
    that carries one.
    """

    def __init__(
        self,
        templates: Path,
        site: Site,
        base_url: str,
        assets: dict[str, str],
        pictures: Pictures | None,
        codes: Codes,
    ) -> None:
        self.base_url, self._site, self._templates = base_url, site.info, templates
        self._pictures, self._codes = pictures, codes
        self._environments = {locale: environment_of(templates, site, locale, assets) for locale in LOCALES}
        terms = tuple(site.terms.values())
        self._key = key_of(digest_of_files(templates.rglob("*.html")), base_url, site.info, terms, assets)

    def key(self, page: Page) -> bytes:
        """A digest of all that the HTML of a page is made from, but for the code."""
        return key_of(self._key, page, self._picture(page), self._canonical(page) in self._codes)

    def render(self, page: Page) -> str:
        """The whole HTML document. Raises BuildError for a fault in a template."""
        try:
            template = self._environments[page.locale].get_template(page.template)
            html = template.render(page.context, page=self._head(page))
        except TemplateError as error:
            raise BuildError(template_fault(error, self._templates)) from error
        html = link_first(html, ROOT + urls.path(page.locale, urls.glossary_term("")))
        root = urlsplit(self.base_url).path if page.anywhere else urls.root(page.output)
        html = mark_foreign(label_cells(html.replace(ROOT, root)), page.locale)
        return closed_up(html) if page.locale == "zh" else html

    def _head(self, page: Page) -> dict[str, Any]:
        other: Locale = "en" if page.locale == "zh" else "zh"
        twins = {LANG[locale]: self.base_url + urls.path(locale, page.address) for locale in LOCALES}
        default = self.base_url if page.address == urls.HOME else twins[LANG["zh"]]
        return {
            "title": page.title,
            "description": shorten(page.description, page.locale),
            "told": describe((*(page.told or (page.description,)), self._about(page.locale)), page.locale),
            "kind": page.kind,
            "path": "" if page.at else page.path,
            "other_path": "" if page.at else urls.path(other, page.address),
            "canonical": self._canonical(page),
            "alternates": [*twins.items(), ("x-default", default)] if page.listed and not page.anywhere else [],
            "twin": self.base_url + urls.twin(page.path) if page.has_twin else "",
            "feeds": [(title, self.base_url + urls.path(page.locale, address)) for title, address in page.feeds],
            "breadcrumbs": [
                (label, urls.path(page.locale, address) if address is not None else "")
                for label, address in page.crumbs
            ],
            "section": page.section,
            "json_ld": json_for_html(self._json_ld(page)) if page.listed and not page.anywhere else "",
            "meta": page.meta if page.listed else (*page.meta, ("robots", "noindex")),
            "og_type": page.og_type,
            "picture": self._picture(page),
            "qr": self._codes.svg(self._canonical(page)),
            "in_search": page.in_search,
            "search_filters": page.filters,
            "modules": page.modules,
            "moved": page.moved,
        }

    def _about(self, locale: Locale) -> str:
        """The site in a sentence."""
        name, tagline = self._site.name[locale], self._site.tagline[locale]
        return f"{name}：{tagline}。" if locale == "zh" else f"{name}: {tagline}."

    def _picture(self, page: Page) -> dict[str, Any] | None:
        found = self._pictures.of(page.address) if self._pictures else None
        if not found:
            return None
        file, card = found
        return {"url": self.base_url + file, "width": WIDTH, "height": HEIGHT, "alt": card.alt(page.locale)}

    def _canonical(self, page: Page) -> str:
        if page.at:
            return self.base_url
        return self.base_url + (urls.path(page.locale, page.canonical) if page.canonical else page.path)

    def _json_ld(self, page: Page) -> dict[str, Any]:
        url = self.base_url if page.at else self.base_url + page.path
        crumbs = [
            (label, self.base_url + urls.path(page.locale, page.address if address is None else address))
            for label, address in page.crumbs
        ]
        return page_json_ld(page.title, url, LANG[page.locale], crumbs, page.json_ld)


def json_for_html(data: Any) -> str:
    """JSON that may stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
