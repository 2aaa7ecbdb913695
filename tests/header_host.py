"""A host that reads `_headers` as Netlify and Cloudflare Pages do, for the tests of what the site is sent with."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Rules = list[tuple[re.Pattern[str], list[tuple[str, str]]]]


def read_rules(text: str) -> Rules:
    """The rules of a `_headers` file: a path with `*` for anything, and below it, indented, names and values."""
    rules: Rules = []
    for line in filter(str.strip, text.splitlines()):
        if line.startswith("/"):
            rules.append((re.compile(".*".join(map(re.escape, line.split("*")))), []))
        else:
            name, value = line.strip().split(": ", 1)
            rules[-1][1].append((name, value))
    return rules


def headers_of(rules: Rules, path: str) -> dict[str, str]:
    """What the rules send with a path; where two say the same header, both values, joined as those hosts join them."""
    sent: dict[str, str] = {}
    for pattern, headers in rules:
        if pattern.fullmatch(path):
            for name, value in headers:
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


class _Handler(SimpleHTTPRequestHandler):
    rules: Rules

    def end_headers(self) -> None:
        for name, value in headers_of(self.rules, self.path.partition("?")[0]).items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: object) -> str:
        return headers_of(self.rules, self.path.partition("?")[0]).get("Content-Type", super().guess_type(str(path)))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def host(folder: Path, root: str) -> Iterator[str]:
    """Serve a folder that holds a site at `root` ("/plans/"); gives the address of the site."""
    rules = read_rules((folder / root.strip("/") / "_headers").read_text(encoding="utf-8"))
    handler = type("Handler", (_Handler,), {"rules": rules})
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: handler(*a, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{root}"
    finally:
        server.shutdown()
