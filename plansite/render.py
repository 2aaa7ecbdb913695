"""Pages to HTML: one Jinja2 environment for each language."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from plansite import kept, urls
from plansite.descriptions import describe
from plansite.exports.json_ld import page_json_ld
from plansite.foreign import mark_foreign
from plansite.formats import shorten
from plansite.glossary import Glossary, PageTerms, glossary_of
from plansite.kept import digest_of_files
from plansite.model import LOCALES, Locale, Site
from plansite.page import Page
from plansite.page_cache import key_of
from plansite.qr import Codes
from plansite.security_headers import CONTENT_SECURITY_POLICY
from plansite.social.draw import HEIGHT, WIDTH
from plansite.social.pictures import Pictures
from plansite.tables import label_cells
from plansite.translations import gettext

CACHE = f"{kept.FOLDER}/templates"
LANG = {"zh": "zh-Hans", "en": "en"}
"""The BCP 47 tag of each locale."""


class Renderer:
    """Turns pages into HTML.

    `base_url` is the absolute address of the site's root, with a slash at its end. `codes` has the QR code of each page that
    carries one.
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
        self.base_url, self._site = base_url, site.info
        self._pictures, self._codes = pictures, codes
        self._environments = {locale: _environment(templates, site, locale, assets) for locale in LOCALES}
        self._terms = tuple(site.terms.values())
        self._glossaries: dict[Locale, Glossary] = {}
        self._key = key_of(digest_of_files(templates.rglob("*.html")), base_url, site.info, self._terms, assets)

    def key(self, page: Page) -> bytes:
        """A digest of all that the HTML of a page is made from, but for the code."""
        return key_of(self._key, page, self._picture(page), self._canonical(page) in self._codes)

    def render(self, page: Page) -> str:
        """The whole HTML document."""
        template = self._environments[page.locale].get_template(page.template)
        root = urlsplit(self.base_url).path if page.anywhere else urls.root(page.output)
        gloss = PageTerms(self._glossary(page.locale), root + urls.path(page.locale, urls.glossary_term("")))
        html = template.render(page.context, root=root, page=self._head(page), gloss=gloss)
        return mark_foreign(label_cells(html), page.locale)

    def _glossary(self, locale: Locale) -> Glossary:
        """Compiled when a page first needs it: a process may render one language only."""
        if locale not in self._glossaries:
            self._glossaries[locale] = glossary_of(self._terms, locale)
        return self._glossaries[locale]

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


def _environment(templates: Path, site: Site, locale: Locale, assets: dict[str, str]) -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(templates.parent / CACHE),
    )
    environment.globals.update(
        _=gettext(locale),
        locale=locale,
        lang=LANG[locale],
        site=site.info,
        assets=assets,
        policy=CONTENT_SECURITY_POLICY,
        once=_once(),
    )
    return environment


def _once() -> Callable[..., str]:
    """For templates: a part of a page that is rendered for the first page that has its key, and kept for the others."""
    parts: dict[tuple[object, ...], str] = {}

    def once(*key: object, caller: Callable[[], str]) -> str:
        if key not in parts:
            parts[key] = caller()
        return parts[key]

    return once


class _Environment(Environment):
    """Asks a mapping for a key first: Jinja2 tries an attribute before, once for every value on a page."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _METHODS:
            return obj[attribute]
        return super().getattr(obj, attribute)


_METHODS = frozenset(dir(dict))


class _Compiled(BytecodeCache):
    """Compiled templates of earlier builds; what changed is compiled anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := kept.read(self._folder / bucket.key):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.keep(self._folder / bucket.key, bucket.bytecode_to_string())
