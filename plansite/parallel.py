"""Work that splits, on several processors.

The processes are forks: they have everything the parent has, and only results travel back. Where a system cannot fork
(Windows), or a fork would be unsafe because other threads run, the work is done one piece after the other.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

Result = TypeVar("Result")


def together(jobs: Sequence[Callable[[], Result]]) -> list[Result]:
    """What the jobs return, in their order; the last one runs in this process, each other one in its own.

    Raises what a job raised; an exception must survive pickling.
    """
    if len(jobs) < 2 or (os.cpu_count() or 1) < 2 or not _may_fork():
        return [job() for job in jobs]
    context = multiprocessing.get_context("fork")
    running: list[tuple[ForkProcess, Connection]] = []
    for job in jobs[:-1]:
        receiver, sender = context.Pipe(duplex=False)
        open_here = [receiver, *(earlier for _, earlier in running)]
        process = context.Process(target=_work, args=(job, sender, open_here), daemon=True)
        process.start()
        sender.close()
        running.append((process, receiver))
    try:
        last = jobs[-1]()
        results: list[Result] = [_received(receiver) for _, receiver in running]
    finally:
        for process, receiver in running:
            receiver.close()
            process.terminate()
            process.join()
    return [*results, last]


def _may_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _work(job: Callable[[], Result], sender: Connection, open_here: Sequence[Connection]) -> None:
    for receiver in open_here:
        receiver.close()  # so that a parent that was killed is noticed: nobody reads any more
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process: the parent ends this one
    try:
        result: tuple[bool, object] = (True, job())
    except Exception as error:
        result = (False, error)
    with suppress(BrokenPipeError):  # the parent has given up
        sender.send(result)
    sender.close()


def _received(receiver: Connection) -> Any:
    try:
        good, value = receiver.recv()
    except EOFError:
        raise RuntimeError("a process of the build ended without a result (out of memory?)") from None
    if not good:
        raise value
    return value
