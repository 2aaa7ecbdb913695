"""Live preview: serves the built site, rebuilds when a file changes, reloads the browser, shows faults in the page."""

from __future__ import annotations

import html
import threading
import time
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
from jinja2 import TemplateError
from watchfiles import watch

from plansite.claim import claimed
from plansite.cli_common import FAULTS
from plansite.file_errors import told
from plansite.pipeline import build

WATCHED = ("data", "content", "templates", "static")
SCRIPT = b"""const events = new EventSource('/-/events');
events.onmessage = () => location.reload();
"""
PATIENCE = 60  # seconds for which another build of the same site is waited for


class Preview:
    """The state that requests share: the number of the last build, and its faults."""

    def __init__(self, project: Path, base_url: str, with_search: bool) -> None:
        self.project, self.base_url, self.with_search = project, base_url, with_search
        self.out = project / "site"
        self.sources = project / "sources" if (project / "sources").is_dir() else None
        self.version, self.faults = 0, ""
        self.changed = threading.Condition()

    def rebuild(self) -> None:
        """Build once and tell every open page."""
        started = time.perf_counter()
        try:
            with claimed(self.out, self.project, wait=PATIENCE) as out:
                built = build(self.project, out, self.base_url, with_search=self.with_search, sources=self.sources)
            self.faults = ""
            click.echo(f"built {built.pages} pages in {time.perf_counter() - started:.1f} s")
        except (*FAULTS, OSError, TemplateError) as error:
            self.faults = told(error, self.out) if isinstance(error, OSError) else str(error)
            click.echo(self.faults, err=True)
        with self.changed:
            self.version += 1
            self.changed.notify_all()


def serve_site(project: Path, host: str, port: int, *, with_search: bool) -> None:
    """Serve until interrupted."""
    preview = Preview(project, f"http://{host}:{port}/", with_search)
    try:
        server = ThreadingHTTPServer((host, port), partial(_Handler, preview, directory=str(preview.out)))
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}; choose another port with --port") from error
    preview.rebuild()
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"Look at {preview.base_url} (stop with Ctrl-C)")
    try:
        for _ in watch(*(project / folder for folder in WATCHED), raise_interrupt=True):
            preview.rebuild()
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site; pages get the reload script, and faults take the place of pages."""

    def __init__(self, preview: Preview, *args: Any, **options: Any) -> None:
        self.preview = preview
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/-/events":
            self._events()
        elif path == "/-/reload.js":
            self._send(SCRIPT, "text/javascript")
        elif path.endswith(("/", ".html")):
            self._page(path)
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the maintainer wants to see builds and faults."""

    def _page(self, path: str) -> None:
        script = b'<script type="module" src="/-/reload.js"></script>'
        if self.preview.faults:
            items = "".join(f"<li><code>{html.escape(line)}</code></li>" for line in self.preview.faults.splitlines())
            text = f"<!doctype html><html lang='en'><title>Faults</title><h1>Faults</h1><ol>{items}</ol>"
            self._send(text.encode() + script, "text/html; charset=utf-8", HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        file = Path(self.translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        found = _read(file)
        content = (_read(self.preview.out / "404.html") if found is None else found) or b"</head>"
        status = HTTPStatus.NOT_FOUND if found is None else HTTPStatus.OK
        self._send(content.replace(b"</head>", script + b"</head>", 1), "text/html; charset=utf-8", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _events(self) -> None:
        """Server-sent events (HTML standard): one message for each build after the page was opened."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = self.preview.version
        try:
            while True:
                with self.preview.changed:
                    self.preview.changed.wait(timeout=15)
                    version = self.preview.version
                self.wfile.write(b"data: rebuilt\n\n" if version != seen else b": still here\n\n")
                self.wfile.flush()
                seen = version
        except OSError:
            return  # the page was closed


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None  # there is none, or it went away with the site that a new one replaced
