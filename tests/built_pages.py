"""What the tests of the whole site ask of every page, read from each file once; and the form of its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern

from lxml import html

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
LINKS = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))

MARKUP = re.compile(
    r"""<(?:!doctype[ ]html
          | !--(?:(?!--).)*--
          | /(?P<closed>[a-z][a-zA-Z0-9]*)
          | (?P<opened>[a-z][a-zA-Z0-9]*)(?P<attributes>(?:\s+[a-zA-Z][-:\w]*(?:="[^"]*"|='[^']*')?)*)\s*(?P<empty>/?)
        )>""",
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""\s([a-zA-Z][-:\w]*)(?:="([^"]*)"|='([^']*)')?""")
LOOSE = re.compile(r"[<\x00-\x08\x0b-\x1f\x7f]|&(?!(?:[a-z]+|#\d+|#x[0-9a-f]+);)")
"""What no text may hold: the beginning of a tag or of a reference that is none, a control character."""
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
DRAWN = frozenset(("circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "stop", "use"))
"""Elements of SVG that may close themselves."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One page: what stands in its head, what links, what is named and refers to a name."""

    language: str
    titles: tuple[str, ...]
    description: str
    policy: str
    canonical: str
    alternates: dict[str, str]
    switch: str
    ids: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    links: frozenset[tuple[str, str, str]]
    """Element, attribute and address."""
    headings: tuple[int, ...]
    inline: tuple[str, ...]
    """Styles, handlers and scripts that stand on the page itself."""
    data: tuple[str, ...]
    """The texts of its linked data."""
    nesting: tuple[str, ...]
    """What the parser had to put right."""


def read_built(text: str) -> BuiltPage:
    parser = html.HTMLParser()
    root = html.document_fromstring(text, parser=parser)
    head = root.head
    metas = {meta.get("name") or meta.get("http-equiv"): meta.get("content", "") for meta in head.iter("meta")}
    canonical = [link.get("href") for link in head.iter("link") if link.get("rel") == "canonical"]
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in head.iter("link")
        if link.get("rel") == "alternate" and link.get("hreflang")
    }
    switch = root.find_class("language-switch")
    scripts = list(root.iter("script"))
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    return BuiltPage(
        language=root.get("lang", ""),
        titles=tuple(title.text or "" for title in head.iter("title")),
        description=metas.get("description", ""),
        policy=metas.get("Content-Security-Policy", ""),
        canonical=canonical[0] if canonical else "",
        alternates=alternates,
        switch=switch[0].get("href", "") if switch else "",
        ids=tuple(map(str, root.xpath("//@id"))),
        references=tuple((name, str(value)) for name in REFERENCES for value in root.xpath(f"//@{name}")),
        links=frozenset(
            (tag, attribute, intern(element.get(attribute)))
            for tag, attribute in LINKS
            for element in root.iter(tag)
            if attribute in element.attrib
        ),
        headings=tuple(int(element.tag[1]) for element in elements if re.fullmatch("h[1-6]", element.tag)),
        inline=(
            *("style element" for _ in root.iter("style")),
            *(
                f"{element.tag} {name}"
                for element in elements
                for name in element.attrib
                if name == "style" or name.startswith("on")
            ),
            *("script" for each in scripts if not each.get("src") and each.get("type") != "application/ld+json"),
        ),
        data=tuple(each.text or "" for each in scripts if each.get("type") == "application/ld+json"),
        nesting=tuple(f"{error.line}: {error.message}" for error in parser.error_log),
    )


def malformed(text: str) -> Iterator[str]:
    """What of a page is no markup in order: every element closed where it was opened, every sign what it seems."""
    if not text.startswith("<!doctype html>"):
        yield "it begins without a doctype"
    opened: list[str] = []
    end = 0
    for tag in MARKUP.finditer(text):
        raw = bool(opened) and opened[-1] in ("script", "style")
        if raw and tag["closed"] != opened[-1]:
            continue
        if not raw and (loose := LOOSE.search(text, end, tag.start())):
            yield f"{text[loose.start() : loose.start() + 40]!r} in a text"
        end = tag.end()
        if name := tag["closed"]:
            if not opened or opened.pop() != name:
                yield f"</{name}> closes what is not open"
        elif name := tag["opened"]:
            yield from _spoilt(tag["attributes"])
            if tag["empty"] and name not in VOID | DRAWN:
                yield f"<{name}/> closes itself"
            if not tag["empty"] and name not in VOID:
                opened.append(name)
    if opened or text[end:].strip():
        yield f"it ends within {opened}, {text[end:][:40]!r}"


def _spoilt(attributes: str) -> Iterator[str]:
    if not attributes:
        return
    names = [name for name, _, _ in ATTRIBUTE.findall(attributes)]
    if len(names) != len(set(names)):
        yield f"an attribute twice in {attributes[:60]!r}"
    if loose := LOOSE.search(attributes):
        yield f"{attributes[loose.start() : loose.start() + 40]!r} in an attribute"
