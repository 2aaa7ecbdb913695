"""Special terms in restated prose lead to their definitions: on each page the first use of a term is a link.

Templates pass every restated text through `gloss`, in the order of the page; headings, quotes and official wording are
not passed. Each language is searched with one compiled expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from plansite.model import Locale, Term

TOKEN = re.compile(r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>|[^<]+", re.DOTALL)
CLOSED = {"a", "blockquote", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "q", "summary"}
"""Elements in which no term is linked."""

VOID = {"br", "hr", "img", "input", "wbr"}
QUOTED = re.compile("“([^“”]*)”")
LATIN = re.compile(r"[A-Za-z0-9]")
GAP = re.compile(r"[\s-]")


class Use(NamedTuple):
    """Where a term stands in a text, and its id."""

    start: int
    end: int
    term: str


class Glossary:
    """Finds the terms in a text, the longest name first, and none in the title of a document (《…》)."""

    def __init__(self, terms: Iterable[Term], locale: Locale) -> None:
        self._ids: dict[str, str] = {}
        for term in terms:
            self._ids.update((_key(word), term.id) for word in term.words(locale))
            self._ids.update((_key(phrase), "") for phrase in term.not_in(locale))
        self._pattern = _chinese(self._ids) if locale == "zh" else _english(self._ids)
        self._found: dict[str, tuple[Use, ...]] = {}

    def uses(self, text: str) -> tuple[Use, ...]:
        """Every use of a term, in the order of the text."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = tuple(self._search(text)) if self._ids else ()
        return found

    def _search(self, text: str) -> Iterator[Use]:
        for match in self._pattern.finditer(text):
            key = _key(match[0] if match.lastgroup is None else match[match.lastgroup])
            if term := self._ids.get(key) or self._ids.get(key[:1].lower() + key[1:]):
                yield Use(*match.span(), term)


@lru_cache(maxsize=4)
def glossary_of(terms: tuple[Term, ...], locale: Locale) -> Glossary:
    """The glossary of a site in one language, the same for all who ask: a text is searched once."""
    return Glossary(terms, locale)


class PageTerms:
    """The glossary links of one page; `address` is the way from the page to an entry, up to the id of the term."""

    def __init__(self, glossary: Glossary, address: str) -> None:
        self._glossary, self._address = glossary, address
        self._seen: set[str] = set()

    def __call__(self, text: str) -> Markup:
        """A text, or HTML, in which each term that the page has not linked yet is a link."""
        html = str(escape(text))
        if "<" not in html:
            return Markup(self._linked(html))
        parts: list[str] = []
        closed = [False]  # for each open element: is its text left alone?
        for token in TOKEN.finditer(html):
            name = token["name"]
            if name is None:
                parts.append(token[0] if closed[-1] or token[0].startswith("<") else self._linked(token[0]))
                continue
            parts.append(token[0])
            if token["end"]:
                closed.pop()
            elif name not in VOID:
                closed.append(closed[-1] or name in CLOSED)
        return Markup("".join(parts))

    def _linked(self, html: str) -> str:
        """The same for HTML without tags; no term holds a sign that HTML escapes."""
        parts, end = [], 0
        for start, stop, term in self._glossary.uses(html):
            if term not in self._seen:
                self._seen.add(term)
                link = f'<a class="term" href="{self._address}{term}">{html[start:stop]}</a>'
                parts += [html[end:start], link]
                end = stop
        return "".join([*parts, html[end:]]) if parts else html


def _key(word: str) -> str:
    """A name without the quotation marks around it, with spaces for hyphens and line breaks."""
    quoted = QUOTED.fullmatch(word)
    return GAP.sub(" ", quoted[1] if quoted else word)


def _chinese(words: Iterable[str]) -> re.Pattern[str]:
    """Han characters need no boundary; a name that begins with a letter or digit stands apart from others."""
    latin = [word for word in words if LATIN.match(word)]
    han = [word for word in words if not LATIN.match(word)]
    return re.compile(rf"《[^》]*》|(?<![A-Za-z0-9])(?:{_tree(latin)})(?![A-Za-z0-9])|{_tree(han)}")


def _english(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words; the first letter may be a capital, the last word a plural."""
    return re.compile(rf"(?<![\w-])(?P<word>{_tree(words, capitals=True)})(?:e?s)?(?!\w)")


def _tree(words: Iterable[str], *, capitals: bool = False) -> str:
    """An expression for any of the words, the longest first; common beginnings are looked at once."""
    root: dict[str, Any] = {}
    for word in words:
        branch = root
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    if capitals:
        root = {f"[{first}{first.upper()}]" if first.islower() else first: rest for first, rest in root.items()}
    return _branch(root) if root else "(?!)"


def _branch(branch: dict[str, Any]) -> str:
    ways = [_letter(letter) + _branch(rest) for letter, rest in branch.items() if letter]
    if not ways:
        return ""
    one = ways[0] if len(ways) == 1 and "" not in branch else f"(?:{'|'.join(ways)})"
    return one + ("?" if "" in branch else "")


def _letter(letter: str) -> str:
    if len(letter) > 1:  # both forms of a letter
        return letter
    return r"[\s-]" if letter == " " else re.escape(letter)
