"""The benches measure what they say: the project they write is whole, and others are handed what is on a page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import PROJECT

sys.path.insert(0, str(PROJECT / "tests/bench"))

import synthetic_project as synthetic
from page_content import content, markdown

from plansite.load import load_with_positions


def test_a_synthetic_project_has_no_faults_and_its_copies_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthetic, "ORDER", ("jingyue-14", "chaoyang-14"))  # two plans a round: quicker
    project = synthetic.synthetic_project(tmp_path / "project", 3)
    site, _ = load_with_positions(project)  # raises what is wrong
    assert len(site.plans) == 3
    real, copy = site.plans["jingyue-14"], site.plans["jingyue-14-r2"]
    assert len(copy.measures) == len(real.measures)
    assert copy.jurisdiction != real.jurisdiction
    assert real.measures.keys() == copy.measures.keys()
    same = [id for id, measure in real.measures.items() if measure.summary.zh == copy.measures[id].summary.zh]
    assert len(same) < 0.2 * len(real.measures)
    assert site.families


def test_the_content_of_a_page_is_read_out_of_its_html() -> None:
    page = """<!doctype html><html lang="en"><head><title>Straw &amp; co</title>
<meta name="description" content="Who does what"><link rel="canonical" href="http://h/en/x/"></head><body>
<nav class="breadcrumbs"><ol><li><a href="../">Home</a></li><li><span aria-current="page">Straw</span></li></ol></nav>
<main id="main"><h1>Straw</h1><p class="lead">In short.</p><h2 id="a">Who</h2><p>Two <a href="t/">bodies</a>.</p>
<ul><li><a href="d/">A bureau</a></li></ul>
<ol><li id="a1"><p>Ban it. <button data-quote="Ban it.">Copy</button></p></li></ol>
<table><tr><th>Year</th></tr><tr><td><a href="y/">2025</a></td></tr></table></main></body></html>"""
    found = content(page)
    assert (found["title"], found["heading"], found["lead"]) == ("Straw & co", "Straw", "In short.")
    assert found["crumbs"] == [{"href": "../", "text": "Home"}, {"href": "", "text": "Straw"}]
    (section,) = found["sections"]
    assert section["entries"] == [{"href": "d/", "text": "A bureau"}]
    assert section["actions"] == ["Ban it."]
    assert section["tables"] == [[[{"href": "", "text": "Year"}], [{"href": "y/", "text": "2025"}]]]
    assert markdown(found) == "## Who\n\n[Two bodies.](t/)\n"
