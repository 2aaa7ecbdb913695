"""What no page may hold, whoever wrote the data: scripts, handlers, links that run, characters that nobody sees."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

from plansite.characters import HIDDEN

SCHEMES = {"", "http", "https", "mailto"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "ping", "background"}
FOREIGN = {"iframe", "object", "embed", "applet", "base", "frame", "frameset", "marquee", "style"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.data_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.lower(): value or "" for name, value in attrs}
        if tag in FOREIGN:
            self.found.append(f"<{tag}>")
        if tag == "script":
            self.data_script = given.get("type") == "application/ld+json"
            if not self.data_script and not given.get("src"):
                self.found.append("a script in the page")
        if tag in ("script", "img", "link") and urlsplit(given.get("src", "")).netloc:
            self.found.append(f"<{tag}> from another host")
        for name, value in given.items():
            self._attribute(tag, name, value)

    handle_startendtag = handle_starttag

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name in ("style", "srcdoc"):
            self.found.append(f"<{tag} {name}={value[:40]!r}>")
        if name in ADDRESSES and urlsplit("".join(value.split())).scheme.lower() not in SCHEMES:
            self.found.append(f"<{tag} {name}={value[:40]!r}>")
        if match := HIDDEN.search(value.replace("\t", " ")):
            self.found.append(f"U+{ord(match[0]):04X} in {name}")

    def handle_data(self, data: str) -> None:
        if self.data_script and data.strip():
            self.data_script = False
            json.loads(data)
        if match := HIDDEN.search(data.replace("\t", " ")):
            self.found.append(f"U+{ord(match[0]):04X} in the text")

    def handle_comment(self, data: str) -> None:
        if "alert(1)" in data:
            self.found.append("data in a comment")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data[:20]}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.found.append(f"<!{decl[:20]}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data[:20]}")


def harms(html: str) -> list[str]:
    """What the HTML of a page, or of a part of one, holds that could harm a reader; empty for a good one."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.found
