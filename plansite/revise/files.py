"""The files of a plan as text, and back to bytes as their editor keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plansite.model import LOCALES
from plansite.revise.stage import Articles

MARK = "\ufeff"  # byte order mark


def read_texts(folder: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The YAML files below a folder as text with plain line ends; and every file, byte for byte."""
    raw = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    texts = {name: _text(content) for name, content in raw.items() if name.endswith(".yaml")}
    return texts, raw


def as_bytes(files: Mapping[str, str], texts: Mapping[str, str], raw: Mapping[str, bytes]) -> dict[str, bytes]:
    """New texts as bytes: what did not change as it was, what did with the line ends it had; hidden files stay."""
    result = {name: content for name, content in raw.items() if Path(name).name.startswith(".")}
    for name, text in files.items():
        if name in texts and texts[name] == text:
            result[name] = raw[name]
        else:
            crlf = b"\r\n" in raw.get(name, b"")
            result[name] = (text.replace("\n", "\r\n") if crlf else text).encode()
    return result


def moved_articles(project: Path, plan: str, chapters: Mapping[int, int], known: Iterable[int]) -> Articles:
    """The prose pages of the chapters (N.md) under their new numbers, for each language in which a name changes.

    The page of a chapter that is gone goes with it.
    """
    gone = {number for number in known if number not in chapters}
    result: dict[str, dict[str, bytes]] = {}
    for locale in LOCALES:
        folder = project / "content" / locale / "plans" / plan
        names = {path: _renamed(path.stem, chapters, gone) for path in sorted(folder.glob("*.md"))}
        if any(name != path.stem for path, name in names.items()):
            others = {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file() and p not in names}
            result[locale] = others | {f"{name}.md": path.read_bytes() for path, name in names.items() if name}
    return result


def _renamed(stem: str, chapters: Mapping[int, int], gone: set[int]) -> str:
    number = int(stem) if stem.isdigit() else -1
    return "" if number in gone else str(chapters[number]) if number in chapters else stem


def _text(content: bytes) -> str:
    return content.decode("utf-8").removeprefix(MARK).replace("\r\n", "\n")
