"""The site as a zip that works from a folder on the reader's own disk, with its search.

Made from a finished site. Browsers treat every file on disk as of another origin: they load no module script and no
data from there, and show the list of a folder in place of its `index.html`. So links lead to files by name, and each
module and each file that a script would fetch gets a script beside it which brings its content; `static/offline/
offline.js` hands them on. The pictures for shared links and what only hosts read are left out.
"""

from __future__ import annotations

import base64
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path

from plansite.publish.manifest import FILE as MANIFEST
from plansite.publish.manifest import Manifest, manifest_of, read_manifest

FOLDER = "site"
READ_ME = "READ-ME.txt"
HELPER = "assets/offline.js"
SOURCE = Path("static", "offline", "offline.js")
SEARCH = "pagefind/"

LEFT_OUT = re.compile(r"images/.*|_headers|_redirects|robots\.txt|sitemap\.xml|404\.html|manifest\.json")
FETCHED = re.compile(rf"{SEARCH}.*|data/locators\.json")
POLICY_OF_PAGE = re.compile(r'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*')
MODULE = re.compile(r'<script type="module" src="([^"]*)"></script>\n?')
SCRIPT = re.compile(r"assets/[^/]*\.js")
ADDRESS = re.compile(r'(\s(?:href|action)="|http-equiv="refresh" content="0; url=)([^"#?:]*)([#?][^":]*)?(?=")')
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file: blob:",
        "style-src 'self' file:",
        "img-src 'self' file:",
        "base-uri 'none'",
        "form-action 'self' file:",
    )
)
"""That of the site, where 'self' means files too, and modules made of text are allowed; nothing is fetched."""

MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip knows
LEVEL = 9


class OfflineError(Exception):
    """The copy cannot be made."""


def make_offline(site: Path, project: Path, out: Path) -> tuple[int, int]:
    """Write the zip of a finished site; returns how many files it has, and its bytes.

    Raises OfflineError for a folder that is no finished site with a search index, OSError.
    """
    manifest = _manifest(site)
    helper = (project / SOURCE).read_bytes()
    files = dict(offline_files({path: (site / path).read_bytes() for path in _kept(manifest)}, helper))
    inputs = {MANIFEST: sha256((site / MANIFEST).read_bytes()).hexdigest()}
    files[MANIFEST] = manifest_of(
        {path: sha256(content).hexdigest() for path, content in files.items()}, manifest.base_url, inputs
    )
    top = {f"{FOLDER}/{path}": content for path, content in files.items()}
    top[READ_ME] = read_me(manifest.base_url).encode()
    _write(top, out)
    return len(top), out.stat().st_size


def offline_files(files: Mapping[str, bytes], helper: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of a site (path → content) as they have to be in a folder."""
    yield HELPER, helper
    for path, content in files.items():
        if path.endswith(".html"):
            yield path, page(path, content.decode()).encode()
        elif SCRIPT.fullmatch(path):
            yield path, content
            yield f"{path}.js", _brought(path, _module(path, content.decode()))
        elif FETCHED.fullmatch(path):
            yield f"{path}.js", _brought(path, base64.b64encode(content).decode())
            if not path.startswith(SEARCH):
                yield path, content
        else:
            yield path, content


def page(path: str, text: str) -> str:
    """A page with links to files, and without modules."""
    root = "../" * path.count("/")
    names = " ".join(name.removeprefix(root) for name in MODULE.findall(text))
    helper = f'<script src="{root}{HELPER}" data-modules="{names}"></script>\n'
    head, end, body = MODULE.sub("", text).partition("</head>")
    head = POLICY_OF_PAGE.sub(escape(POLICY), head)
    return ADDRESS.sub(_to_file, f"{head}{helper}{end}{body}")


def _to_file(match: re.Match[str]) -> str:
    """A link to a folder of the site, led to the file that a host would send."""
    start, path, rest = match[1], match[2], match[3] or ""
    if path.endswith("/") and not path.startswith("/"):
        path += "index.html"
    elif path.rpartition("/")[2] in (".", ".."):
        path += "/index.html"
    return f"{start}{path}{rest}"


def _module(path: str, source: str) -> str:
    """A module that finds itself, other modules and data through the helper."""
    source = source.replace("import.meta.url", f'offline.url("{path}")')
    source = re.sub(r"\bimport\(", f'offline.import("{path}", ', source)
    return re.sub(r"\bfetch\(", "offline.fetch(", source).replace("location.assign(", "offline.go(")


def _brought(path: str, content: str) -> bytes:
    return f"offline.bring({json.dumps(path)}, {json.dumps(content, ensure_ascii=False)});\n".encode()


def read_me(base_url: str) -> str:
    """What the zip says beside the folder, in both languages."""
    return (
        f"这是 {base_url} 的离线副本。解压后打开 {FOLDER}/index.html，不用联网，搜索也能用。\n"
        f"{FOLDER}/{MANIFEST} 列出每个文件的校验值（SHA-256）。\n"
        "以正式文件为准。文字和数据：CC BY 4.0。\n\n"
        f"This is a copy of {base_url} to use without a connection. Unpack it and open {FOLDER}/index.html;\n"
        f"the search works, too. {FOLDER}/{MANIFEST} lists the SHA-256 of every file.\n"
        "The official documents decide. Texts and data: CC BY 4.0.\n"
    )


def _manifest(site: Path) -> Manifest:
    try:
        found = read_manifest((site / MANIFEST).read_bytes(), str(site / MANIFEST))
    except OSError as error:
        raise OfflineError(f"{site / MANIFEST}: {error.strerror}; expected a finished site (build.py build)") from error
    if not any(path.startswith(SEARCH) for path in found.files):
        raise OfflineError(f"{site}: a site without a search index; expected one built with search")
    return found


def _kept(manifest: Manifest) -> list[str]:
    return [path for path in manifest.files if not LEFT_OUT.fullmatch(path)]


def _write(files: Mapping[str, bytes], out: Path) -> None:
    """Sorted, with one time and one mode for all: the same files make the same zip, with the same zlib."""
    new = out.with_name(f"{out.name}.new")
    try:
        with zipfile.ZipFile(new, "w") as archive:
            for path, content in sorted(files.items()):
                entry = zipfile.ZipInfo(path, MOMENT)
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, LEVEL)
        new.replace(out)
    finally:
        new.unlink(missing_ok=True)
