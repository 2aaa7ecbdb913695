"""The headers that a host should send with the site: one list, and the files that tell it to hosts.

`_headers` is read by Netlify and Cloudflare Pages and lies in the site; nginx and Apache take theirs from the command
`headers`. Every page carries the policy in a meta element too, so that a host which sends nothing is safe as well; but
`frame-ancestors` (and so protection against clickjacking) works in a header only.

Not sent, on purpose: Strict-Transport-Security, which binds the whole host and not the site alone (the samples have it
as a comment), and Cross-Origin-Resource-Policy, which would keep others from showing the pictures of shared links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'"
)
"""For every page, in a meta element and in the headers."""

HSTS = 'Strict-Transport-Security "max-age=31536000"'
HSTS_WHEN = "Once the whole host is reached by https only:"
TYPE, CACHE = "Content-Type", "Cache-Control"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""For what keeps its name when its content changes. `_headers` does not say it: its hosts do it by themselves, and
where two of its rules meet they would send both values."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers of the paths that match; `*` in `paths`, which lie below the site's root, stands for anything."""

    paths: str
    headers: Mapping[str, str]


EVERYWHERE = Rule(
    "*",
    {
        "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    },
)
KEPT = {"Cache-Control": FOR_EVER}
OPEN = {"Access-Control-Allow-Origin": "*"}
ATOM = "application/atom+xml; charset=utf-8"
CSV = "text/csv; charset=utf-8"

RULES: tuple[Rule, ...] = (
    EVERYWHERE,
    Rule("assets/*", KEPT),
    Rule("pagefind/*.pf_index", KEPT),
    Rule("pagefind/*.pf_fragment", KEPT),
    Rule("*/feed.xml", {"Content-Type": ATOM, **OPEN}),
    Rule("data/*", OPEN),
    Rule("data/*.csv", {"Content-Type": CSV}),
    Rule("manifest.json", OPEN),
)
"""The one list. What may be kept for ever carries a checksum of its content in its name."""


TEXT_TYPES = (
    "text/css text/javascript application/javascript application/json text/plain text/xml application/xml image/svg+xml"
)


def static_host(base_url: str) -> str:
    """The file `_headers`.

    https://docs.netlify.com/routing/headers/, https://developers.cloudflare.com/pages/configuration/headers/
    """
    root = urlsplit(base_url).path
    return "\n".join(
        f"{root}{rule.paths}\n" + "".join(f"  {name}: {value}\n" for name, value in rule.headers.items())
        for rule in RULES
    )


def nginx(base_url: str) -> str:
    """A server for /etc/nginx/conf.d/ (https://nginx.org/en/docs/http/ngx_http_headers_module.html).

    A header that not every path has is set from a map, which gives nothing where it is not wanted: an `add_header` in a
    `location` would take away those of the server.
    """
    host, root = urlsplit(base_url).hostname or "example.org", urlsplit(base_url).path or "/"
    here = f"^{re.escape(root)}"
    maps: list[str] = []
    for name in _varying():
        maps += [f"map $uri {_variable(name)} {{", f'    default "{ASK_AGAIN if name == CACHE else ""}";']
        maps += [f'    "~{here}{_pattern(rule)}$" "{rule.headers[name]}";' for rule in RULES if name in rule.headers]
        maps += ["}", ""]
    types: list[str] = []
    for rule in RULES:
        if TYPE in rule.headers:
            types += ["", f'    location ~ "{here}{_pattern(rule)}$" {{', "        types { }"]
            types += [f'        default_type "{rule.headers[TYPE]}";', "    }"]
    return "\n".join(
        [
            f"# Headers for {base_url}; the site lies in /var/www{root}",
            *maps,
            "server {",
            "    listen 80;  # and 443 ssl, with a certificate",
            f"    server_name {host};",
            "    root /var/www;",
            f"    error_page 404 {root}404.html;",
            "    charset utf-8;",
            f"    charset_types {TEXT_TYPES};",
            "    gzip on;",
            f"    gzip_types {TEXT_TYPES} application/atom+xml text/csv;",
            "",
            *(f'    add_header {name} "{value}" always;' for name, value in EVERYWHERE.headers.items()),
            *(f"    add_header {name} {_variable(name)} always;" for name in _varying()),
            f"    # {HSTS_WHEN}",
            f"    # add_header {HSTS} always;",
            *types,
            "}",
            "",
        ]
    )


def apache(base_url: str) -> str:
    """For a virtual host, or as `.htaccess` (https://httpd.apache.org/docs/2.4/mod/mod_headers.html)."""
    root = urlsplit(base_url).path or "/"
    special: list[str] = []
    for rule in RULES[1:]:
        special += ["", f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(root)}{_pattern(rule)}$#">']
        for name, value in rule.headers.items():
            special.append(f'    ForceType "{value}"' if name == TYPE else f'    Header always set {name} "{value}"')
        special.append("</If>")
    return "\n".join(
        [
            f"# Headers for {base_url}; needs mod_headers. In a virtual host, or as .htaccess where AllowOverride",
            "# names FileInfo.",
            f"ErrorDocument 404 {root}404.html",
            "AddDefaultCharset utf-8",
            "AddCharset utf-8 .css .js .json .svg .txt .xml",
            "<IfModule mod_deflate.c>",
            f"    AddOutputFilterByType DEFLATE text/html {TEXT_TYPES} application/atom+xml text/csv",
            "</IfModule>",
            "",
            *(f'Header always set {name} "{value}"' for name, value in EVERYWHERE.headers.items()),
            f'Header always set {CACHE} "{ASK_AGAIN}"',
            f"# {HSTS_WHEN}",
            f"# Header always set {HSTS}",
            *special,
            "",
        ]
    )


HOSTS: Mapping[str, Callable[[str], str]] = {"nginx": nginx, "apache": apache, "static": static_host}
"""What `build.py headers` can write."""


def _pattern(rule: Rule) -> str:
    return ".*".join(map(re.escape, rule.paths.split("*")))


def _varying() -> list[str]:
    """Headers that only some paths have, but for the type, which is no header to add."""
    names = dict.fromkeys(name for rule in RULES[1:] for name in rule.headers)
    return [name for name in names if name != TYPE]


def _variable(name: str) -> str:
    return "$plansite_" + name.lower().replace("-", "_")
