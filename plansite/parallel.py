"""Work that splits, on several processors.

The processes are forks: they have everything the parent has, and only results travel back. Where a system cannot fork
(Windows), or a fork would be unsafe because other threads run, the work is done one piece after the other.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

from plansite.errors import Stopped

PR_SET_PDEATHSIG = 1  # Linux, prctl(2)

Result = TypeVar("Result")


class WorkerLost(Stopped):
    """A process ended before its work was done; nobody but the system ends one."""


def together(jobs: Sequence[Callable[[], Result]]) -> list[Result]:
    """What the jobs return, in their order; the last one runs in this process, each other one in its own.

    Raises what a job raised (an exception must survive pickling), WorkerLost if a process was ended from outside.
    """
    if len(jobs) < 2 or (os.cpu_count() or 1) < 2 or not _may_fork():
        return [job() for job in jobs]
    context = multiprocessing.get_context("fork")
    running: list[tuple[ForkProcess, Connection]] = []
    for job in jobs[:-1]:
        receiver, sender = context.Pipe(duplex=False)
        open_here = [receiver, *(earlier for _, earlier in running)]
        process = context.Process(target=_work, args=(os.getpid(), job, sender, open_here), daemon=True)
        process.start()
        sender.close()
        running.append((process, receiver))
    try:
        last = jobs[-1]()
        results: list[Result] = [_received(*one) for one in running]
    finally:
        for process, receiver in running:
            receiver.close()
            process.kill()
            process.join()
    return [*results, last]


def _may_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _work(parent: int, job: Callable[[], Result], sender: Connection, open_here: Sequence[Connection]) -> None:
    for receiver in open_here:
        receiver.close()  # so that a parent that was killed is noticed: nobody reads any more
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process: the parent ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent)
    try:
        result: tuple[bool, object] = (True, job())
    except Exception as error:
        result = (False, error)
    with suppress(BrokenPipeError):  # the parent has given up
        sender.send(result)
    sender.close()


def end_with_parent(parent: int) -> None:
    """Let the system kill this process when its parent is killed (Linux; elsewhere it ends when its work is done)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # killed already
        os._exit(1)


def _received(process: ForkProcess, receiver: Connection) -> Any:
    try:
        good, value = receiver.recv()
    except (EOFError, OSError):
        process.join()
        raise WorkerLost(
            f"a process of the build was ended from outside ({_cause(process.exitcode)}); the system does that when "
            "memory runs out: close other programs and build again"
        ) from None
    if not good:
        raise value
    return value


def _cause(status: int | None) -> str:
    return f"exit status {status}" if status is None or status >= 0 else f"signal {-status}"
