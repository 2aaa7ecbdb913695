"""`python build.py ARGUMENTS` again and again, told to tell or to kill itself: what `faults.py` runs.

Not a command for people: `python tests/killed_build.py CODE SOCKET`. CODE is the folder with build.py, whose program is
loaded once; for each message through SOCKET, JSON of [NUMBER, ARGUMENTS…], a child in a session of its own builds. With
the message come three file descriptors: a pipe into which the child writes 'begun', each stage as it begins, and at the
end the number of changes to the file system; its output; its errors. Before change NUMBER it kills itself (0: it does
not). Back go the number of the process, and its exit status when it has ended.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
"""Audit events of Python's own table; a swap of two folders goes past it, through a library that is opened before."""
OPENED = "ctypes.dlopen"


def main(code: str, channel: socket.socket) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in the background
    sys.path.insert(0, code)
    import plansite.commands.build
    import plansite.pipeline
    import plansite.preview
    import plansite.search  # noqa: F401

    while True:
        message, handles, _, _ = socket.recv_fds(channel, 1 << 16, 3)
        if not message:
            return
        child = os.fork()
        if not child:
            channel.close()
            _build(code, handles, *json.loads(message))
        for handle in handles:
            os.close(handle)
        channel.send(json.dumps([child, None]).encode())
        channel.send(json.dumps([child, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]).encode())


def _build(code: str, handles: list[int], number: int, *arguments: str) -> None:
    pipe, output, errors = handles
    os.setsid()
    os.dup2(output, 1)
    os.dup2(errors, 2)
    os.write(pipe, b"begun\n")
    own, seen = os.getpid(), count(number)
    atexit.register(lambda: os.getpid() == own and os.write(pipe, f"{seen()} changes\n".encode()))
    _tell_stages(pipe)
    sys.argv = [f"{code}/build.py", *arguments]
    runpy.run_path(sys.argv[0], run_name="__main__")
    sys.exit()


def _tell_stages(pipe: int) -> None:
    from plansite.commands import build as command

    def told() -> nullcontext[Callable[[str], object]]:
        return nullcontext(lambda stage: os.write(pipe, f"{stage}\n".encode()))

    command.shown_stages = told


def count(number: int = 0) -> Callable[[], int]:
    """Count the changes that this process, not its children, makes to the file system; kill it before one of them.

    Returns a function that tells how many there were.
    """
    own, seen = os.getpid(), 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if (event in CHANGES or event == OPENED or _for_writing(event, arguments)) and os.getpid() == own:
            seen += 1
            if seen == number:
                os.kill(own, signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: seen


def _for_writing(event: str, arguments: tuple[Any, ...]) -> bool:
    return event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


if __name__ == "__main__":
    try:
        main(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
    except KeyboardInterrupt:  # before build.py was there to answer it
        sys.exit(130)
