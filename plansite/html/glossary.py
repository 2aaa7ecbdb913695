"""Special terms in restated prose lead to their definitions: on each page the first use of a term is a link.

Templates pass every restated text through `gloss`, which marks its terms; headings, quotes and official wording are not
passed. In the finished page the first mark of each term becomes a link. Each language is searched with one compiled
expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from plansite.model import Locale, Term

TOKEN = re.compile(r"<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>|[^<]+", re.DOTALL)
CLOSED = {"a", "blockquote", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "q", "summary"}
"""Elements in which no term is linked."""

VOID = {"br", "hr", "img", "input", "wbr"}
QUOTED = re.compile("“([^“”]*)”")
MARK, WORDS = "\x1e", "\x1f"
"""Around a term: control characters, which no text of a page holds (plansite/characters.py)."""
MARKED = re.compile(f"{MARK}([^{WORDS}]*){WORDS}([^{MARK}]*){MARK}")
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
        self._locale = locale
        self._found: dict[str, tuple[Use, ...]] = {}

    def uses(self, text: str) -> tuple[Use, ...]:
        """Every use of a term, in the order of the text."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = tuple(self._search(text)) if self._ids else ()
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Made when it is first needed: a process may render one language only."""
        return _chinese(self._ids) if self._locale == "zh" else _english(self._ids)

    def _search(self, text: str) -> Iterator[Use]:
        for match in self._pattern.finditer(text):
            key = _key(match[0] if match.lastgroup is None else match[match.lastgroup])
            if term := self._ids.get(key) or self._ids.get(key[:1].lower() + key[1:]):
                yield Use(*match.span(), term)


@lru_cache(maxsize=4)
def glossary_of(terms: tuple[Term, ...], locale: Locale) -> Glossary:
    """The glossary of a site in one language, the same for all who ask: a text is searched once."""
    return Glossary(terms, locale)


class TermMarks:
    """For templates: marks every glossary term of a text, whatever page it stands on."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def __call__(self, text: str) -> Markup:
        """A text, or HTML, with marks that `link_first` turns into links."""
        return Markup(self._in_html(str(escape(text))))

    def _in_html(self, html: str) -> str:
        if "<" not in html:
            return self._marked(html)
        parts: list[str] = []
        closed = [False]  # for each open element: is its text left alone?
        for token in TOKEN.finditer(html):
            name = token["name"]
            if name is None:
                parts.append(token[0] if closed[-1] or token[0].startswith("<") else self._marked(token[0]))
                continue
            parts.append(token[0])
            if token["end"]:
                closed.pop()
            elif name not in VOID:
                closed.append(closed[-1] or name in CLOSED)
        return "".join(parts)

    def _marked(self, html: str) -> str:
        """The same for HTML without tags; no term holds a sign that HTML escapes."""
        parts, end = [], 0
        for start, stop, term in self._glossary.uses(html):
            parts.append(f"{html[end:start]}{MARK}{term}{WORDS}{html[start:stop]}{MARK}")
            end = stop
        return "".join([*parts, html[end:]]) if parts else html


def link_first(html: str, address: str) -> str:
    """A page in which the first mark of each term has become a link, and the other marks are gone.

    `address` is the way from the page to an entry of the glossary, up to the id of the term.
    """
    seen: set[str] = set()

    def linked(mark: re.Match[str]) -> str:
        term, words = mark.groups()
        if term in seen:
            return words
        seen.add(term)
        return f'<a class="term" href="{address}{term}">{words}</a>'

    return MARKED.sub(linked, html) if MARK in html else html


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
