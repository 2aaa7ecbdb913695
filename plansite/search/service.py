"""Pagefind as a process: records in, the files of their index out.

Its Python wrapper looks for an answer ten times a second, so that each record takes 0.1 s; here they are sent one after
another, and the answers are read beside. (Pagefind 1.5: messages are base64 of JSON, each ended by a comma.)
"""

from __future__ import annotations

import base64
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from pagefind.service import get_executable

from plansite.errors import Stopped

Record = dict[str, Any]
READ = 1 << 20  # bytes at a time


class SearchError(Stopped):
    """The search index could not be made."""


def index_records(records: Iterable[Record], *, timeout: float) -> dict[str, bytes]:
    """The files of the index (path → content) of records with url, content, language, meta and filters.

    `timeout` is in seconds. Raises SearchError.
    """
    with _process(timeout) as pagefind:
        new = pagefind.ask({"type": "NewIndex", "config": {}})
        index = pagefind.answers([new])[0]["index_id"]
        asked = [pagefind.ask({"type": "AddRecord", "index_id": index, **record}) for record in records]
        pagefind.answers(asked)
        files = pagefind.answers([pagefind.ask({"type": "GetFiles", "index_id": index})])[0]["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


class _Pagefind:
    """A running process. What it answers is collected by a thread of its own, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes], timeout: float) -> None:
        self._process, self._timeout = process, timeout
        self._end = time.monotonic() + timeout
        self._answers: queue.SimpleQueue[Record | None] = queue.SimpleQueue()
        self._asked = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, payload: Record) -> int:
        """Send a request; returns its number."""
        self._asked += 1
        message = {"message_id": self._asked, "payload": payload}
        assert self._process.stdin
        try:
            self._process.stdin.write(base64.b64encode(json.dumps(message).encode()) + b",")
            self._process.stdin.flush()
        except OSError as error:
            raise SearchError(f"search index: Pagefind stopped ({error})") from error
        return self._asked

    def answers(self, numbers: list[int]) -> list[Record]:
        """The answers to these requests, in their order; every other request must have been answered before."""
        found: dict[int, Record] = {}
        while len(found) < len(numbers):
            try:
                answer = self._answers.get(timeout=max(0, self._end - time.monotonic()))
            except queue.Empty:
                raise SearchError(f"search index: Pagefind did not finish within {self._timeout:g} s") from None
            if answer is None:
                raise SearchError("search index: Pagefind stopped without an answer")
            payload = answer["payload"]
            if payload["type"] == "Error":
                raise SearchError(f"search index: Pagefind failed: {payload['message']}")
            found[answer["message_id"]] = payload
        return [found[number] for number in numbers]

    def end(self) -> None:
        """End the process, and the thread too before its pipe is closed.

        It would go on to read from whatever file gets the number of the pipe next: the answers to another run.
        """
        self._process.kill()
        self._listener.join()

    def _listen(self) -> None:
        for message in self._messages():
            self._answers.put(json.loads(base64.b64decode(message)))
        self._answers.put(None)

    def _messages(self) -> Iterator[bytes]:
        parts: list[bytes] = []
        while data := self._read():
            first, *rest = data.split(b",")
            parts.append(first)
            for part in rest:
                yield b"".join(parts)
                parts = [part]

    def _read(self) -> bytes:
        assert self._process.stdout
        try:
            return os.read(self._process.stdout.fileno(), READ)
        except OSError:
            return b""


@contextmanager
def _process(timeout: float) -> Iterator[_Pagefind]:
    """Pagefind, which is ended whatever happens."""
    executable = get_executable()
    if not executable:
        raise SearchError("search index: Pagefind is not installed; 'pip install pagefind[extended]' brings it")
    try:
        process = subprocess.Popen(
            [executable, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise SearchError(f"search index: Pagefind cannot be started ({error})") from error
    with process:
        pagefind = _Pagefind(process, timeout)
        try:
            yield pagefind
        finally:
            pagefind.end()
