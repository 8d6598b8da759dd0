"""Runs the command in processes that are forked from one which has imported everything.

Each run is a process of its own with real pipes or a real terminal, but starting Python and
importing, which take longer than most commands, happen once. As a program, this file is that one.
"""

import fcntl
import gc
import io
import json
import os
import pkgutil
import pty
import selectors
import signal
import socket
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

_INPUTS = 3


Watch = Callable[[str, Callable[[str], None]], None]
"""Takes all that was printed so far, and a function that types."""


class Size(NamedTuple):
    """Columns and lines of a terminal."""

    columns: int
    lines: int


class Done(NamedTuple):
    """What a command returned and printed; on a terminal, stdout has both streams."""

    status: int
    stdout: str
    stderr: str = ""


class Commands:
    """Starts commands, one at a time.

    Args:
        server: a socket to the server.
        folder: the working directory of the commands.
        environment: their environment variables.
    """

    def __init__(self, server: socket.socket, folder: Path, environment: Mapping[str, str]) -> None:
        self._server, self.folder, self._environment = server, folder, environment

    def in_pipe(self, *arguments: str, **variables: str) -> Done:
        """Run a command with pipes; stdin is empty."""
        ends = [os.pipe(), os.pipe()]
        with Path(os.devnull).open("rb") as nothing:
            self._start(arguments, variables, nothing.fileno(), ends[0][1], ends[1][1])
        for _, theirs in ends:
            os.close(theirs)
        printed = _read_all([ours for ours, _ in ends])
        return Done(self._status(), *printed)

    def on_terminal(
        self,
        size: Size,
        *arguments: str,
        watch: Watch | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a command on a terminal.

        Args:
            size: of the terminal.
            arguments: of the command.
            watch: is called at every output.
            variables: further environment variables.
        """
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size.lines, size.columns, 0, 0))
        self._start(arguments, {"TERM": "xterm", **(variables or {})}, theirs, theirs, theirs)
        os.close(theirs)
        seen = b""
        while piece := _read(ours):
            seen += piece
            if watch:
                watch(seen.decode(errors="replace"), lambda keys: _type(ours, keys))
        os.close(ours)
        return Done(self._status(), seen.decode())

    def _start(self, arguments: Sequence[str], variables: Mapping[str, str], *files: int) -> None:
        request = [list(arguments), str(self.folder), {**self._environment, **variables}]
        socket.send_fds(self._server, [json.dumps(request).encode() + b"\n"], list(files))

    def _status(self) -> int:
        return int(self._server.recv(64))


@contextmanager
def serving() -> Iterator[socket.socket]:
    """Start the server and yield a socket to it, until the context ends."""
    ours, theirs = socket.socketpair()
    with ours, subprocess.Popen([sys.executable, __file__], stdin=theirs.fileno()) as process:
        theirs.close()
        yield ours
        ours.close()
        process.wait(timeout=60)


def _type(terminal: int, keys: str) -> None:
    os.write(terminal, keys.encode())


def _read_all(files: Sequence[int]) -> list[str]:
    found = dict.fromkeys(files, b"")
    with selectors.DefaultSelector() as selector:
        for file in files:
            selector.register(file, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                piece = _read(key.fd)
                found[key.fd] += piece
                if not piece:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return [text.decode() for text in found.values()]


def _read(file: int) -> bytes:
    try:
        return os.read(file, 65536)
    except OSError:  # the other end of a terminal was closed
        return b""


def _serve(client: socket.socket) -> int:
    """Fork for each request; returns in the server at its end, and in each child at the child's."""
    while True:
        text, files, _, _ = socket.recv_fds(client, 1 << 16, _INPUTS)
        while text and not text.endswith(b"\n"):
            text += client.recv(1 << 16)
        if not text:
            return 0
        child = os.fork()
        if not child:
            return _run(client, files, *json.loads(text))
        for file in files:
            os.close(file)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        client.sendall(str(status).encode())


def _run(
    client: socket.socket,
    files: Sequence[int],
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
) -> int:
    client.close()
    os.setsid()
    for number, file in enumerate(files):
        os.dup2(file, number)
    for file in {*files} - {0, 1, 2}:
        os.close(file)
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["amlrest", *arguments]
    _open_streams()
    main: Any = import_module("amlrest.cli").main
    return int(main())


def _open_streams() -> None:
    """Open the standard streams as Python does at its start."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        lines = number == 2 or os.isatty(number)
        file: Any = os.fdopen(number, f"{mode}b", closefd=False)
        stream = io.TextIOWrapper(file, encoding="utf-8", line_buffering=lines)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _import_everything() -> None:
    package = import_module("amlrest")
    for module in pkgutil.walk_packages(package.__path__, "amlrest."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in ("httpx", "jmespath", "amlrest_client", "amlrest_emulator"):
        import_module(name)


if __name__ == "__main__":
    _import_everything()
    gc.freeze()  # the pages of what is imported stay shared
    sys.exit(_serve(socket.socket(fileno=os.dup(0))))
