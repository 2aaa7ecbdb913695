"""Interface texts: English in the templates and page modules, Chinese in `locale/zh.po`.

A text that the catalogue lacks is an error, not an English word on a Chinese page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from plansite.errors import Stopped
from plansite.model import LOCALES, Locale, Text

CATALOGUE = Path(__file__).parent / "locale" / "zh.po"

Gettext = Callable[..., str]


class MissingTranslation(Stopped):
    """Interface texts that have no Chinese."""


@cache
def chinese() -> dict[str, str]:
    """English → Chinese."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans_CN")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def plural(one: str, many: str) -> tuple[str, str]:
    """Two interface texts for a count, kept for later: the extractor of texts finds them by this name."""
    return one, many


def gettext(locale: Locale) -> Gettext:
    """A function from an English text, with its %(name)s values, to the text of a locale."""
    texts = chinese() if locale == "zh" else None

    def translate(text: str, /, **values: object) -> str:
        if texts is not None:
            if text not in texts:
                raise MissingTranslation(f"{CATALOGUE.name} has no Chinese for: {text!r}")
            text = texts[text]
        return text % values if values else text.replace("%%", "%")

    return translate


def both(text: str, /, **values: Text) -> Text:
    """An English text, with its %(name)s values, in both languages."""
    zh, en = (gettext(locale)(text, **{name: value[locale] for name, value in values.items()}) for locale in LOCALES)
    return Text(zh, en)
