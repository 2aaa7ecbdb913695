"""Makes the font of the pictures anew: `python build.py font`.

It takes from Noto Sans CJK, a variable font, all characters of GB 2312 (the 6763 most usual Chinese ones and the signs
beside them), Latin letters, and whatever else the project's texts use, so that it has to be made again only for a rare
name. All weights stay in.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from plansite.social.font import CHARACTERS, FONT

PACKAGE, FILE = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
"""Where the extra `font` of pyproject.toml puts the whole font, unmodified, under the Open Font License."""

FAMILY = "Noto Sans CJK SC"
TEXTS = (("data", "*.yaml"), ("content", "*.md"), ("plansite/locale", "*.po"))
UNUSED_TABLES = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "VVAR", "vhea", "vmtx")
LINE = 64  # characters a line of the list


class NoFont(Exception):
    """The whole font, or the library that cuts it, is not there."""


def whole_font() -> Path:
    """The font that comes with the extra. Raises NoFont."""
    found = find_spec(PACKAGE)
    path = Path(found.origin).with_name(FILE) if found and found.origin else None
    if path is None or not path.is_file():
        raise NoFont(
            "the whole font is not there: install it with 'pip install -e .[font]', or name a variable Noto Sans CJK "
            "or Source Han Sans file with --from"
        )
    return path


def write_font(project: Path, whole: Path) -> tuple[int, int]:
    """Write the font and the list of its characters; returns how many they are and the bytes of the font.

    Raises NoFont, and OSError for files that cannot be read or written.
    """
    try:
        from fontTools import subset
        from fontTools.ttLib import TTCollection, TTFont
    except ImportError:
        raise NoFont("fonttools is not there: install it with 'pip install -e .[font]'") from None

    font = TTFont(whole, fontNumber=_number(TTCollection(whole)) if whole.suffix == ".ttc" else -1)
    font.recalcTimestamp = False
    if "fvar" not in font:
        raise NoFont(f"{whole} has one weight only; expected a variable font")
    has = font.getBestCmap()
    wanted = sorted({ord(c) for c in (*gb_2312(), *latin(), *used(project))} & has.keys())
    options = subset.Options(
        layout_features=[], hinting=False, name_IDs=["*"], notdef_outline=True, drop_tables=list(UNUSED_TABLES)
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    path = project / "static" / FONT
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    text = "".join(map(chr, wanted))
    rows = [text[start : start + LINE] for start in range(0, len(text), LINE)]
    (project / "static" / CHARACTERS).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return len(wanted), path.stat().st_size


def gb_2312() -> Iterator[str]:
    """Every character of the standard, in its order."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def latin() -> Iterator[str]:
    """ASCII, and the letters and signs of Latin-1 and Latin Extended-A."""
    return (chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180)))


def used(project: Path) -> set[str]:
    """Every character that the project's texts use and that one sees."""
    paths = (path for folder, pattern in TEXTS for path in (project / folder).rglob(pattern))
    return {c for path in paths for c in path.read_text(encoding="utf-8") if c.isprintable()}


def _number(collection: object) -> int:
    """The place of the family in a collection."""
    fonts = getattr(collection, "fonts")  # noqa: B009  # fonttools has no types
    return next(number for number, font in enumerate(fonts) if font["name"].getDebugName(1) == FAMILY)
