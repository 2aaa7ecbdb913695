"""The command line. The module of a command is loaded when the command is called, so that each answers at once."""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from typing import Any

import click

from plansite import __version__

COMMANDS = {
    "build": "build.build_command",
    "serve": "build.serve",
    "check": "data.check",
    "schema": "data.schema",
    "ingest": "data.ingest_command",
    "families": "data.families_command",
    "revise": "revise.revise_command",
    "stats": "texts.stats_command",
    "reviewed": "texts.reviewed_command",
    "permalinks": "permalinks.permalinks",
    "headers": "publishing.headers_command",
    "verify-site": "publishing.verify_command",
    "release-notes": "publishing.release_notes_command",
    "offline": "publishing.offline_command",
    "font": "font.font_command",
}
"""Name → module in this folder, and the command in it."""


class Commands(click.Group):
    """Loads a command when it is asked for. Without a command, or with options alone, `build` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(".")
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(128 + signal.SIGINT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plansite")
def main() -> None:
    """Turn the structured data of public plans into a bilingual static site.

    \b
    Examples:
      python build.py                      build the site into site/
      python build.py serve                build it, show it, and rebuild when a file changes
      python build.py check                look for mistakes in the data, write nothing
      python build.py COMMAND --help       everything about one command
    """
