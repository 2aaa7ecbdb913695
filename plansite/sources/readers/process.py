"""Reads a file in a process of its own, so that a hostile file can use up neither the time nor the memory of a build.

The reading process: `python -m plansite.sources.readers.process KIND PATH`. It answers with a pickle.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import cast

from plansite.sources.document import Block, Format, SourceError
from plansite.sources.readers.limits import MAX_MEMORY, MAX_SECONDS, MEGABYTE, limit_memory, more_time

PACKAGES = Path(__file__).resolve().parents[3]


def read_apart(path: Path, kind: Format) -> tuple[Block, ...]:
    """The blocks of a docx, pdf or html file. Raises SourceError."""
    search = os.pathsep.join([str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-P", "-m", "plansite.sources.readers.process", kind, str(path.resolve())],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": search},
    )
    if done.returncode == 0:
        answer = pickle.loads(done.stdout)
        if isinstance(answer, str):
            raise SourceError(answer)
        return cast(tuple[Block, ...], answer)
    if sys.platform != "win32" and done.returncode == -signal.SIGALRM:
        raise SourceError(
            f"{path.name}: not read after {MAX_SECONDS} seconds (broken, or far too complex); "
            "expected less for opening and for each page: open it in an office program and save it again"
        )
    reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2] or f"status {done.returncode}"
    raise SourceError(
        f"{path.name}: the {kind} reader stopped ({reason}); expected a file that is whole: save it again"
    )


def _blocks(kind: str, path: Path) -> tuple[Block, ...]:
    if kind == "docx":
        from plansite.sources.readers.word import read_word

        return read_word(path)
    if kind == "pdf":
        from plansite.sources.readers.pdf import read_pdf

        return read_pdf(path)
    from plansite.sources.readers.web import read_web

    return read_web(path)


def _answer(kind: str, path: Path) -> tuple[Block, ...] | str:
    """The blocks, or the message of what is wrong; everything that a broken file can set off ends here."""
    try:
        blocks = _blocks(kind, path)
    except SourceError as error:
        return str(error)
    except Exception as error:
        if isinstance(error, MemoryError) or any(isinstance(cause, MemoryError) for cause in error.args):
            most = f"{MAX_MEMORY // MEGABYTE} MB"
            return f"{path.name}: needs more than {most} of memory (a bomb?); expected a document of ordinary size"
        what = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        return f"{path.name}: broken {kind} file ({what}); expected one that is whole: open it and save it again"
    return blocks or f"{path.name}: no text found in the {kind} file; expected the text of a plan"


def _main() -> None:
    logging.disable()  # what the libraries remark on a file; the answer says what matters
    limit_memory()
    more_time()
    sys.stdout.buffer.write(pickle.dumps(_answer(sys.argv[1], Path(sys.argv[2]))))


if __name__ == "__main__":
    _main()
