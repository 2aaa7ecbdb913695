"""The templates: a Jinja2 environment for each language, and what makes it quick.

A page has some five hundred printed values and a hundred calls of macros, so what Jinja2 does for each of them counts.
"""

from __future__ import annotations

import html
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from plansite.cache import kept
from plansite.html.glossary import TermMarks, glossary_of
from plansite.model import LANG, Locale, Site
from plansite.publish.security_headers import CONTENT_SECURITY_POLICY
from plansite.translations import gettext

CACHE = f"{kept.FOLDER}/templates"

ROOT = "\x1a"
"""In templates: the way from the page to the root of the site, put in when the page is finished; so parts of pages are
the same wherever they stand. A control character, which no text of a page holds (plansite/characters.py)."""


def environment_of(templates: Path, site: Site, locale: Locale, assets: dict[str, str]) -> Environment:
    """The templates of a folder with all that pages of one language have in common."""
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
        root=ROOT,
        gloss=TermMarks(glossary_of(tuple(site.terms.values()), locale)),
    )
    return environment


def _once() -> Callable[..., str]:
    """For templates: a part of a page that is rendered for the first page that has its key, and kept for the others."""
    parts: dict[tuple[object, ...], str] = {}

    def once(*values: object, caller: Callable[[], str]) -> str:
        key = (*values, *map(type, values))  # HTML equals a text of the same letters, but does not look the same
        if key not in parts:
            parts[key] = caller()
        return parts[key]

    return once


class _Context(Context):
    """Calls what a template calls: nothing here asks for the context itself, which Jinja2 finds out at each call."""

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(*args, **named)


class _Template(Template):
    """Hands out its macros: they are the same for every page, which Jinja2 finds out at each import."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Generator(CodeGenerator):
    """Escapes with `shown`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.shown(")


def shown(value: Any) -> str:
    """A value as it stands in HTML: as `markupsafe.escape`, without a new object that tells others so."""
    kind = type(value)
    if kind is Markup:
        return cast(str, value)
    return html.escape(value) if kind is str else escape(value)


class _Environment(Environment):
    """Asks a mapping for a key first: Jinja2 tries an attribute before, once for every value on a page."""

    context_class = _Context
    code_generator_class = _Generator
    template_class = _Template
    shown = staticmethod(shown)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _METHODS:
            return obj[attribute]
        return super().getattr(obj, attribute)


_METHODS = frozenset(dir(dict))


class _Compiled(BytecodeCache):
    """Compiled templates of earlier builds; what changed is compiled anew, and all of them by another program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := kept.recall(self._folder / bucket.key):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.remember(self._folder / bucket.key, bucket.bytecode_to_string())


def template_fault(error: TemplateError, templates: Path) -> str:
    """Where in the templates it happened, and what."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    name, line = (frames[-1].filename, frames[-1].lineno) if frames else (templates.name, 1)
    if isinstance(error, TemplateSyntaxError):
        name, line = error.filename or name, error.lineno
    if Path(name).is_relative_to(templates.parent):
        name = Path(name).relative_to(templates.parent).as_posix()
    return f"{name}:{line}:1: {error.message}; expected a template that Jinja2 can fill in"
