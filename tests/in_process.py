"""The command in the process of a test, which need not load the program anew: for commands that start no process."""

from __future__ import annotations

import io
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from plansite.commands import main


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """As `conftest.run`, but here."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        main([*map(str, arguments)], prog_name="python build.py")
    code = end.value.code
    return subprocess.CompletedProcess([], code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())
