"""Files for machines at the root of the site: sitemap.xml, robots.txt, and _headers for static hosts.

sitemap.xml pairs the languages (https://developers.google.com/search/docs/specialty/international/localized-versions).
_headers is read by Netlify, Cloudflare Pages and others. It and robots.txt have to lie at the root of the host:
a site below a path (https://example.org/plans/) needs them moved there.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from plansite import urls
from plansite.model import LANG, LOCALES
from plansite.page import Page
from plansite.publish.security_headers import static_host


def site_files(pages: Iterable[Page], base_url: str) -> dict[str, bytes]:
    """Path on the site → content. `base_url` ends in a slash."""
    texts = {
        "sitemap.xml": _sitemap(pages, base_url),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n",
        "_headers": static_host(base_url),
    }
    return {path: text.encode() for path, text in texts.items()}


def _sitemap(pages: Iterable[Page], base_url: str) -> str:
    """Every address that has one place of its own, sorted."""
    addresses = {page.path: page.address for page in pages if page.listed and not page.at}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
        f"<url><loc>{escape(base_url)}</loc></url>",
    ]
    for path, address in sorted(addresses.items()):
        lines += [
            "<url>",
            f"<loc>{escape(base_url + path)}</loc>",
            *(
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(url)}"/>'
                for language, url in _alternates(address, base_url)
            ),
            "</url>",
        ]
    return "\n".join([*lines, "</urlset>", ""])


def _alternates(address: str, base_url: str) -> list[tuple[str, str]]:
    """The same pairs as in the head of the page."""
    twins = {locale: base_url + urls.path(locale, address) for locale in LOCALES}
    default = base_url if address == urls.HOME else twins["zh"]
    return [*((LANG[locale], url) for locale, url in twins.items()), ("x-default", default)]
