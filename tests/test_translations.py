"""Every interface text has its Chinese, and the catalogue holds nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po
from conftest import PROJECT
from in_process import run
from small_project import own_templates, small_project

from plansite.translations import CATALOGUE
from plansite.untranslated import untranslated, used


def catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_every_text_has_its_chinese_and_nothing_is_left_over() -> None:
    texts = catalogue()
    assert set(texts) - set(used(PROJECT / "templates")) == set()
    assert untranslated(PROJECT / "templates") == []
    assert [text for text, chinese in texts.items() if not chinese] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    """A count may be written out in one language ("the one project") and stand as a number in the other."""
    for text, chinese in catalogue().items():
        for form in (r"%\(\w+\)s", r"\{\w+\}"):
            assert set(re.findall(form, text)) ^ set(re.findall(form, chinese)) <= {"%(count)s"}, text


def test_all_texts_without_chinese_are_told_in_one_run_with_their_places(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    path = own_templates(project) / "measure.html"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines, 1) if "{% block main %}" in line)
    new = ["{{ _('Nobody has said who pays.') }}", "{% if false %}{{ _('Funding of %(plan)s', plan='x') }}{% endif %}"]
    path.write_text("\n".join([*lines[:at], *new, "{{ _('Who is responsibel') }}", *lines[at:]]), encoding="utf-8")
    done = run("check", "--project", project)
    assert done.returncode == 1
    expected = "which has no Chinese; expected it in plansite/locale/zh.po"
    assert done.stderr.splitlines() == [
        f"templates/measure.html:{at + 1}:1: 'Nobody has said who pays.', {expected}",
        f"templates/measure.html:{at + 2}:1: 'Funding of %(plan)s', {expected}",
        f"templates/measure.html:{at + 3}:1: 'Who is responsibel', {expected}; did you mean 'Who is responsible'?",
        "3 faults.",
    ]
