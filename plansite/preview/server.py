"""The server of the preview: the site from its own folder, a build in the background, open pages told to reload."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import click
from watchfiles import watch

from plansite.cache import kept
from plansite.errors import Stopped
from plansite.preview.faults import faults_page, waiting_page
from plansite.preview.quick import Quick, QuickPages
from plansite.publish.claim import INPUTS
from plansite.stages import STAGE, Progress

OUT = f"{kept.FOLDER}/preview"
"""Below the project: the preview never touches the site that will be published."""
BUILD = "from plansite.parallel import end_with_parent; end_with_parent({}); from plansite.commands import main; main()"
SCRIPT = b"""const events = new EventSource('/-/events?' + encodeURIComponent(location.pathname));
events.onmessage = () => location.reload();
"""
QUIET, STEP = 100, 20  # milliseconds after an edit in which more of them are waited for, and between two looks
STILL_HERE = 15  # seconds between two signs of life to an open page


class Preview:
    """What requests and builds share: where the site is, what is wrong with it, and how often that changed."""

    def __init__(self, project: Path, base_url: str, *, with_search: bool) -> None:
        self.project, self.base_url, self.with_search = project.resolve(), base_url, with_search
        self.out = self.project / OUT
        self.out.mkdir(parents=True, exist_ok=True)
        self.faults = ""
        self.begun = False  # the first build has ended
        self.version = 0
        self.changed = threading.Condition()
        self._build: subprocess.Popen[str] | None = None
        self._quick: QuickPages | None = None
        self._behind = False  # edits were made that the site in memory does not know

    def start(self, progress: Progress) -> None:
        """Build once, and hold the site in memory."""
        self._wait(self._spawn(), progress)
        self._load()

    def edited(self, paths: set[Path]) -> None:
        """Show at once what these edits touch, then build everything."""
        started = time.perf_counter()
        self.stop()
        try:
            quick = self._quick.after(paths) if self._quick else None
        except Stopped as error:  # a template that cannot be filled in
            quick = Quick({}, [str(error)])
        if quick and quick.faults:
            self._tell("\n".join(quick.faults))
            click.echo(self.faults, err=True)
            return
        if quick:
            self._write(quick.pages)
            pages = "1 page" if len(quick.pages) == 1 else f"{len(quick.pages)} pages"
            click.echo(f"{pages} in {time.perf_counter() - started:.2f} s, the rest follows")
        self._behind |= quick is None
        threading.Thread(target=self._follow, args=(self._spawn(),), daemon=True).start()

    def stop(self) -> None:
        """End the build that is running, if one is."""
        if self._build and self._build.poll() is None:
            self._build.terminate()
            self._build.wait()

    def content(self, path: str) -> bytes | None:
        """The file at an address of the site, None if there is none."""
        file = self.out / normpath(f"/{unquote(urlsplit(path).path)}").lstrip("/")
        try:
            return (file / "index.html" if path.endswith("/") else file).read_bytes()
        except OSError:
            return None

    def state(self, path: str) -> bytes:
        """Another one whenever the page at an address would look different."""
        shown = self.faults.encode() or self.content(path) or str(self.begun).encode()
        return blake2b(shown).digest()

    def _spawn(self) -> subprocess.Popen[str]:
        options = [
            "--project",
            self.project,
            "--out",
            self.out,
            "--base-url",
            self.base_url,
            "--no-images",
            "--tell-stages",
        ]
        command = [sys.executable, "-c", BUILD.format(os.getpid()), "build", *map(str, options)]
        command += [] if self.with_search else ["--no-search"]
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._build = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | {"PYTHONPATH": path}
        )
        return self._build

    def _follow(self, build: subprocess.Popen[str]) -> None:
        """Wait for a build, then bring the site in memory up to date."""
        self._wait(build)
        if self._behind and build.returncode == 0:
            self._load()

    def _wait(self, build: subprocess.Popen[str], progress: Progress = lambda stage: None) -> None:
        started = time.perf_counter()
        told: list[str] = []
        assert build.stdout is not None
        for line in build.stdout:
            if line.startswith(STAGE):
                progress(line.removeprefix(STAGE).rstrip())
            else:
                told.append(line.rstrip())
        if build.wait() < 0:  # ended for a newer edit
            return
        self.begun = True
        if build.returncode:
            click.echo("\n".join(told), err=True)
            self._tell("\n".join(told[:-1]) or "the build ended without a word")  # the last line counts the faults
        else:
            click.echo(f"{told[0].partition(' in ')[0]} in {time.perf_counter() - started:.1f} s")
            self._tell("")

    def _load(self) -> None:
        try:
            self._quick = QuickPages(self.project, self.base_url)
            self._behind = False
        except (Stopped, OSError, ValueError):
            self._quick = None  # the build tells what is wrong

    def _write(self, pages: Mapping[str, bytes]) -> None:
        with suppress(OSError):  # the build that follows will tell
            for path, content in pages.items():
                file = self.out / path
                file.parent.mkdir(parents=True, exist_ok=True)
                new = file.with_suffix(kept.NEW)
                new.write_bytes(content)
                new.replace(file)
        self._tell("")

    def _tell(self, faults: str) -> None:
        with self.changed:
            self.faults = faults
            self.version += 1
            self.changed.notify_all()


def serve_site(
    project: Path, host: str, port: int, *, with_search: bool, stages: Callable[[], AbstractContextManager[Progress]]
) -> None:
    """Serve until interrupted; `stages` shows the stages of the first build."""
    preview = Preview(project, f"http://{host}:{port}/", with_search=with_search)
    try:
        server = ThreadingHTTPServer((host, port), partial(_Handler, preview, directory=str(preview.out)))
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}; choose another port with --port") from error
    server.daemon_threads = True
    try:
        click.echo("Building the site first …")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with stages() as progress:
            preview.start(progress)
        click.echo(f"Look at {preview.base_url} (stop with Ctrl-C)")
        folders = [preview.project / folder for folder in INPUTS]
        for changes in watch(*folders, debounce=QUIET, step=STEP, raise_interrupt=True):
            preview.edited({Path(path) for _, path in changes})
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        preview.stop()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site; pages get the reload script, and faults take the place of pages."""

    def __init__(self, preview: Preview, *args: Any, **options: Any) -> None:
        self.preview = preview
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/-/events":
            self._events(unquote(query))
        elif path == "/-/reload.js":
            self._send(SCRIPT, "text/javascript")
        elif path.endswith(("/", ".html")):
            self._page(path)
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the maintainer wants to see builds and faults."""

    def _page(self, path: str) -> None:
        script = b'<script type="module" src="/-/reload.js"></script></head>'
        status = HTTPStatus.OK
        if faults := self.preview.faults:
            content, status = faults_page(faults, self.preview.project), HTTPStatus.INTERNAL_SERVER_ERROR
        elif (found := self.preview.content(path)) is None and not self.preview.begun:
            content, status = waiting_page(), HTTPStatus.SERVICE_UNAVAILABLE
        elif found is None:
            content, status = self.preview.content("/404.html") or b"</head>", HTTPStatus.NOT_FOUND
        else:
            content = found
        self._send(content.replace(b"</head>", script, 1), "text/html; charset=utf-8", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _events(self, path: str) -> None:
        """Server-sent events (HTML standard): one message whenever the page at an address looks different."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        preview, shown = self.preview, self.preview.state(path)
        try:
            while True:
                with preview.changed:
                    preview.changed.wait(timeout=STILL_HERE)
                now = preview.state(path)
                self.wfile.write(b": still here\n\n" if now == shown else b"data: rebuilt\n\n")
                self.wfile.flush()
                shown = now
        except OSError:
            return  # the page was closed
