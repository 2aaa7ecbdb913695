"""The commands for whoever publishes the site: headers for the host."""

from __future__ import annotations

from pathlib import Path

import click

from plansite.cli_common import load_project, project_option
from plansite.security_headers import HOSTS


@click.command("headers")
@click.argument("host", type=click.Choice(list(HOSTS)))
@click.option("--base-url", default="", metavar="URL", help="Where the site lives (default: as in data/site.yaml).")
@project_option
def headers_command(host: str, base_url: str, project: Path) -> None:
    """Print the security headers in the words of a host: nginx, apache, or static (the file _headers).

    \b
    Examples:
      python build.py headers nginx > /etc/nginx/conf.d/plans.conf
      python build.py headers apache --base-url https://example.org/plans/ > site/.htaccess
    """
    base_url = base_url or load_project(project)[0].info.base_url
    click.echo(HOSTS[host](base_url if base_url.endswith("/") else f"{base_url}/"), nl=False)
