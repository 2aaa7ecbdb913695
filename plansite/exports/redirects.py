"""Redirects for hosts that can do better than a page: `_redirects` at the root of the site.

Netlify and Cloudflare Pages read it (https://docs.netlify.com/routing/redirects/,
https://developers.cloudflare.com/pages/configuration/redirects/): one rule a line, old path, new path, status 301. Both
keep the anchor that a reader asked for. Like `_headers` it has to lie at the root of the host.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from plansite import urls
from plansite.model import LOCALES, Redirect


def redirect_rules(redirects: Iterable[Redirect], base_url: str) -> dict[str, bytes]:
    """Path on the site → content; nothing without a redirected page. `base_url` ends in a slash."""
    root = urlsplit(base_url).path
    rules = [
        f"{root}{urls.path(locale, redirect.source)} {root}{urls.path(locale, redirect.to)} 301\n"
        for redirect in redirects
        if redirect.to and "#" not in redirect.source
        for locale in LOCALES
    ]
    return {"_redirects": "".join(rules).encode()} if rules else {}
