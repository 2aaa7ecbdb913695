"""The manifest names every file with its checksum, and a published copy can be held against it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from in_process import run
from small_project import small_project

from plansite.publish.manifest import ManifestError, read_manifest
from plansite.publish.verify_site import CopyError, Folder, Host, verify


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("project"))
    done = run("build", "--project", folder, "--no-search", "--no-images")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of the site with one file changed, one missing, and one too many."""
    copy = shutil.copytree(project / "site", tmp_path / "copy")
    (copy / "en/index.html").write_text("another page", encoding="utf-8")
    (copy / "data/plans.json").unlink()
    (copy / "data/other.json").write_text("{}", encoding="utf-8")
    return copy


@contextmanager
def served(folder: Path, **answers: Any) -> Iterator[str]:
    """A plain host; `answers` are methods of its handler."""
    handler = type("Handler", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None, **answers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def manifest(project: Path) -> Any:
    return json.loads((project / "site/manifest.json").read_text(encoding="utf-8"))


def test_it_names_every_file_of_the_site_but_itself(project: Path) -> None:
    site = project / "site"
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    named = manifest(project)["files"]
    assert named.keys() == files.keys() - {"manifest.json"}
    assert all(sha256(files[path].read_bytes()).hexdigest() == digest for path, digest in named.items())


def test_it_names_what_the_site_was_made_from(project: Path) -> None:
    found = manifest(project)["made_from"]
    for name in ("data/site.yaml", "content/en/about.md", "templates/base.html", "static/css/tokens.css"):
        assert found[name] == sha256((project / name).read_bytes()).hexdigest(), name
    assert found["plansite/locale/zh.po"] and found["plansite/pipeline.py"]
    assert not [name for name in found if "schema/" in name or ".cache" in name or "__pycache__" in name]


def test_it_has_a_line_for_each_file_in_order_and_no_time(project: Path) -> None:
    text = (project / "site/manifest.json").read_text(encoding="utf-8")
    found = manifest(project)
    assert list(found) == ["about", "base_url", "files", "made_from"]
    assert list(found["files"]) == sorted(found["files"]) and list(found["made_from"]) == sorted(found["made_from"])
    assert len(text.splitlines()) == 8 + len(found["files"]) + len(found["made_from"])


def test_a_whole_copy_passes(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / "site", tmp_path / "copy")
    done = run("verify-site", tmp_path / "copy", "--project", project)
    assert done.returncode == 0, done.stderr
    assert "files are as" in done.stdout and "site/manifest.json" in done.stdout


def test_a_folder_is_told_what_is_missing_changed_and_additional(project: Path, copy: Path) -> None:
    done = run("verify-site", copy, "--project", project)
    assert done.returncode == 1
    named = ["missing: data/plans.json", "changed: en/index.html", "additional: data/other.json"]
    assert done.stdout.splitlines()[:3] == named
    assert done.stderr.strip().endswith("1 missing, 1 changed, 1 additional.")


def test_a_folder_with_nothing_of_the_site_is_told_in_one_line(project: Path, tmp_path: Path) -> None:
    done = run("verify-site", tmp_path, "--project", project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{tmp_path}: nothing of the site is there; expected the address or folder at which it begins\n"
    )


def test_a_host_is_told_what_is_missing_and_changed(project: Path, copy: Path) -> None:
    with served(copy) as url:
        done = run("verify-site", url, "--manifest", project / "site/manifest.json")
        assert done.returncode == 1
        assert done.stdout.splitlines()[:2] == ["missing: data/plans.json", "changed: en/index.html"]
        assert run("verify-site", url, "--own").returncode == 1  # what it brings itself tells of the same
    with served(project / "site") as url:
        done = run("verify-site", url, "--own")
        assert (done.returncode, done.stderr) == (0, "")  # nothing of progress in a pipe


def test_a_redirect_to_elsewhere_is_refused(project: Path) -> None:
    def away(self: Any) -> None:
        self.send_response(302)
        self.send_header("Location", "https://example.org" + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    with served(project / "site", do_GET=away) as url:
        done = run("verify-site", url, "--own")
        assert done.returncode == 1
        assert "leads elsewhere, to https://example.org/manifest.json" in done.stderr


def test_a_host_that_is_away_or_silent_is_told_in_one_line(project: Path) -> None:
    done = run("verify-site", "http://127.0.0.1:9/", "--project", project)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "no connection to 127.0.0.1:9" in done.stderr
    waiting = threading.Event()
    with served(project / "site", do_GET=lambda _: waiting.wait(3)) as url:
        with pytest.raises(CopyError, match=r"no answer within 0\.2 s"):
            Host(url, timeout=0.2).read("manifest.json")
        waiting.set()


def test_a_host_that_packs_what_it_sends_is_told_so(project: Path) -> None:
    def packed(self: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "0")
        self.end_headers()

    with served(project / "site", do_GET=packed) as url, pytest.raises(CopyError, match="sends it packed"):
        Host(url).read("manifest.json")


def test_a_copy_in_a_folder_with_a_chinese_name_is_found(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / "site", tmp_path / "规划")
    with served(tmp_path) as url:
        assert run("verify-site", f"{url}规划", "--own").returncode == 0


@pytest.mark.parametrize("url", ["http:///plans/", "http://[/", "http://host:port/"])
def test_an_address_without_a_host_is_no_address(url: str) -> None:
    with pytest.raises(ValueError):
        Host(url)


def test_no_manifest_leads_out_of_the_folder(tmp_path: Path) -> None:
    for path in ("../secret", "/etc/passwd", "a//b", "a\\..\\b"):
        text = json.dumps({"base_url": "", "files": {path: "0" * 64}, "made_from": {}})
        with pytest.raises(ManifestError):
            read_manifest(text.encode(), "manifest.json")
    with pytest.raises(ManifestError, match="copy: no manifest"):
        read_manifest(b"<!doctype html>", "copy")


def test_what_is_named_twice_as_a_file_and_a_folder_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    found = read_manifest(json.dumps({"base_url": "", "files": {"a/b": "0" * 64}, "made_from": {}}).encode(), "")
    assert verify(Folder(tmp_path), found).missing == ["a/b"]


def test_wrong_places_are_wrong_options(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", "http://127.0.0.1:port/", "http://127.0.0.1/?q"):
        done = run("verify-site", place)
        assert done.returncode == 2 and "Traceback" not in done.stderr, place
    assert run("verify-site", PROJECT, "--own", "--manifest", PROJECT / "pyproject.toml").returncode == 2
