"""The command that makes the font of the pictures anew."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.commands.common import fail, project_option
from plansite.social.font import FONT
from plansite.social.subset import NoFont, whole_font, write_font


@click.command("font")
@click.option(
    "--from",
    "whole",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Variable Noto Sans CJK or Source Han Sans, .otf or .ttc (default: the one that the extra 'font' installs).",
)
@project_option
def font_command(whole: Path | None, project: Path) -> None:
    """Make the font of the pictures anew, for characters that it lacks.

    It holds the 6763 characters of GB 2312, Latin letters, and every other character of data/ and content/. A build
    tells when one is missing, and does not draw the picture that needs it. Needs: pip install -e '.[font]'

    \b
    Exit status: 0 written; 1 no font to take the characters from; 2 wrong options.

    \b
    Examples:
      python build.py font
      python build.py font --from ~/fonts/NotoSansCJKsc-VF.otf
    """
    try:
        count, size = write_font(project, whole or whole_font())
    except NoFont as error:
        fail(error)
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}; expected a font that can be read and a folder that can be written")
    click.echo(f"{count} characters, {size // 1024} KiB: static/{FONT}")
