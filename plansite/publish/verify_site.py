"""A published copy of the site, in a folder or on a host, held against a manifest."""

from __future__ import annotations

import http.client
import os
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

from plansite import __version__
from plansite.publish.manifest import FILE, Manifest, digest

CONNECTIONS = 4
TIMEOUT = 30.0  # seconds for each answer
REDIRECTS = 3  # that a host may send on its own, as from /index.html to /
PIECE = 1 << 16  # bytes
LARGEST = 1 << 28  # bytes that a file of the site may have
SETTINGS = frozenset({"_headers", "_redirects"})
"""Read by hosts, not served by them."""

Progress = Callable[[int, int], None]
"""Called with how many files are done, and of how many."""


class CopyError(Exception):
    """The copy cannot be looked at."""


class Copy(Protocol):
    """A published copy."""

    def serves(self, path: str) -> bool:
        """Whether a file can be asked for at all."""

    def digest(self, path: str) -> str | None:
        """SHA-256 of a file; None if it is not there. Raises CopyError or OSError."""

    def extra(self, manifest: Manifest) -> list[str]:
        """Files that the manifest does not name, as far as can be seen."""


@dataclass(slots=True)
class Verified:
    """Paths by what is wrong with them; `failed` are those that could not be read, with the reason."""

    right: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    additional: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.missing or self.changed or self.additional or self.failed)


def verify(copy: Copy, manifest: Manifest, progress: Progress = lambda done, of: None) -> Verified:
    """Look at every file that the manifest names, and at what else is there.

    Raises CopyError as soon as `CONNECTIONS` files in a row could not be read: the host is away.
    """
    found, row = Verified(), 0
    paths = [path for path in manifest.files if copy.serves(path)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done, (path, answer) in enumerate(_answers(pool, copy, paths), start=1):
            progress(done, len(paths))
            if isinstance(answer, Exception):
                found.failed.append(f"{path}: {answer}")
                row += 1
                if row > CONNECTIONS:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise CopyError(f"{found.failed[-1]}; gave up after {row} files in a row")
                continue
            row = 0
            if answer == manifest.files[path]:
                found.right += 1
            else:
                (found.changed if answer else found.missing).append(path)
    found.additional = copy.extra(manifest)
    return found


def _answers(pool: ThreadPoolExecutor, copy: Copy, paths: list[str]) -> Iterator[tuple[str, str | Exception | None]]:
    def ask(path: str) -> str | Exception | None:
        try:
            return copy.digest(path)
        except (CopyError, OSError) as error:
            return error

    return zip(paths, pool.map(ask, paths), strict=True)


class Folder:
    """A copy in a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, path: str) -> bytes:
        """Raises CopyError."""
        try:
            return (self.path / path).read_bytes()
        except OSError as error:
            raise CopyError(f"{self.path / path}: {error.strerror}; expected the {FILE} of a site") from error

    def serves(self, path: str) -> bool:
        return True

    def digest(self, path: str) -> str | None:
        try:
            return digest(self.path / path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def extra(self, manifest: Manifest) -> list[str]:
        there = {
            Path(folder, name).relative_to(self.path).as_posix()
            for folder, _, names in os.walk(self.path)
            for name in names
        }
        return sorted(there - manifest.files.keys() - {FILE})


class Host:
    """A copy on a host, asked over a few connections that stay open; none of its redirects may lead elsewhere.

    `url` is where the site begins, with http or https and a slash at its end. Raises ValueError for one without a host.
    """

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        parts = urlsplit(url)
        if not parts.hostname or parts.port == 0:
            raise ValueError("no host")
        self.url, self.timeout = parts._replace(path=quote(parts.path, safe="/%")).geturl(), timeout
        self._own = threading.local()

    def read(self, path: str) -> bytes:
        """Raises CopyError."""
        pieces: list[bytes] = []
        if not self._get(self.url + quote(path), pieces.append):
            raise CopyError(f"{self.url}{path}: is not there; expected the {FILE} of a site")
        return b"".join(pieces)

    def serves(self, path: str) -> bool:
        return path not in SETTINGS

    def digest(self, path: str) -> str | None:
        hashed = sha256()
        return hashed.hexdigest() if self._get(self.url + quote(_asked(path)), hashed.update) else None

    def extra(self, manifest: Manifest) -> list[str]:
        """A host does not list its files."""
        return []

    def _get(self, url: str, take: Callable[[bytes], object]) -> bool:
        """Hand on the content of an address in pieces; False if there is none."""
        for _ in range(REDIRECTS + 1):
            answer = self._answer(url)
            good = answer.status == http.client.OK
            if good and answer.getheader("Content-Encoding", "identity") != "identity":
                self._drop()
                raise CopyError("the host sends it packed, though it was asked not to")
            self._read(answer, take if good else lambda piece: None)
            if good:
                return True
            if answer.status in (http.client.NOT_FOUND, http.client.GONE):
                return False
            to = answer.getheader("Location")
            if not (300 <= answer.status < 400 and to):
                raise CopyError(f"the host answers {answer.status} {answer.reason}")
            there = urljoin(url, to)
            if urlsplit(there)[:2] != urlsplit(url)[:2]:
                raise CopyError(f"leads elsewhere, to {there}; give the address at which the copy itself stands")
            url = there
        raise CopyError(f"more than {REDIRECTS} redirects")

    def _read(self, answer: http.client.HTTPResponse, take: Callable[[bytes], object]) -> None:
        left = LARGEST
        try:
            while piece := answer.read(PIECE):
                take(piece)
                left -= len(piece)
                if left < 0:
                    self._drop()
                    raise CopyError(f"more than {LARGEST >> 20} MiB, which no file of a site has")
        except (http.client.HTTPException, OSError) as error:
            self._drop()
            raise CopyError(f"broke off while it was sent: {error or type(error).__name__}") from error

    def _answer(self, url: str) -> http.client.HTTPResponse:
        """Ask once; once more on a new connection if the host closed the one that was open."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        for again in (True, False):
            connection = self._connection()
            try:
                headers = {"User-Agent": f"plansite/{__version__} verify-site", "Accept-Encoding": "identity"}
                connection.request("GET", target or "/", headers=headers)
                return connection.getresponse()
            except TimeoutError as error:
                self._drop()
                raise CopyError(f"no answer within {self.timeout:g} s") from error
            except ssl.SSLError as error:
                self._drop()
                raise CopyError(f"no safe connection: {error.reason or error}") from error
            except (http.client.HTTPException, OSError) as error:
                self._drop()
                if not (again and isinstance(error, http.client.HTTPException | ConnectionError)):
                    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
                    raise CopyError(f"no connection to {parts.netloc}: {why}") from error
        raise AssertionError("unreachable")

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if found is None:
            parts = urlsplit(self.url)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            found = self._own.connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        return found

    def _drop(self) -> None:
        self._own.connection.close()
        self._own.connection = None


def _asked(path: str) -> str:
    """A page is asked for at the address that readers use."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
