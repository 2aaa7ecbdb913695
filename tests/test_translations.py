"""Every interface text has its Chinese, and the catalogue holds nothing else."""

from __future__ import annotations

import re

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from conftest import PROJECT

from plansite.translations import CATALOGUE

KEYWORDS = {"_": None, "gettext": None, "both": None, "counted": (2, 3), "plural": (1, 2)}
METHODS = [("plansite/**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]


def used() -> set[str]:
    found = extract_from_dir(
        PROJECT, method_map=METHODS, keywords=KEYWORDS, directory_filter=lambda path: ".venv" not in path
    )
    messages = [message if isinstance(message, tuple) else (message,) for _, _, message, _, _ in found]
    return {str(text) for message in messages for text in message}


def catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_every_text_has_its_chinese_and_nothing_is_left_over() -> None:
    texts = catalogue()
    assert used() - set(texts) == set()
    assert set(texts) - used() == set()
    assert [text for text, chinese in texts.items() if not chinese] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    """A count may be written out in one language ("the one project") and stand as a number in the other."""
    for text, chinese in catalogue().items():
        for form in (r"%\(\w+\)s", r"\{\w+\}"):
            assert set(re.findall(form, text)) ^ set(re.findall(form, chinese)) <= {"%(count)s"}, text
