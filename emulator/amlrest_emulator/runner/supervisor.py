"""Launcher and supervisors of commands; a program of its own that needs only the standard library.

    python supervisor.py DESCRIPTOR

The launcher is a small process beside the server. For each command it forks a supervisor, which
starts the command and adopts every process whose parent ends (a child subreaper of Linux). So all
that a command starts stays below its supervisor, in whatever session and with whatever
environment, and the supervisor ends when nothing is left. A fork of this process takes a
millisecond, where a new interpreter takes twenty and a fork of the server copies its page tables.

Messages on the launcher's socket are one byte with three descriptors: a control socket, standard
output and standard error. On the control socket the server sends a line of JSON (``arguments``,
``folder``, ``environment``), then ``T`` to terminate and ``K`` to kill; the supervisor sends a
line with ``pid`` and ``supervisor``, or ``error``, one with the exit ``code``, and closes it when
nothing is left. The end of the socket, when the server has died, kills everything.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

TERMINATE, KILL = b"T", b"K"
MARK = "AMLREST_LOCAL_RUN"
"""Variable of every process of a command, with the run's folder: a trace beside the process tree."""

_PROC = Path("/proc")
_PR_SET_CHILD_SUBREAPER = 36
_RESCAN_MS = 100
_PASSES = 50
_CHUNK = 1 << 16


def main(descriptor: int) -> None:
    """Fork a supervisor for each message until the server has died and no process is left."""
    adopt_orphans()
    gc.disable()  # a collection writes to pages that forks share
    children = _ChildSignal()
    server = socket.socket(fileno=descriptor)
    supervisors: set[int] = set()
    serving, strays = True, False
    while serving or supervisors or strays:
        ready = children.wait([server] if serving else [], _RESCAN_MS if strays else None)
        if ready:
            _, descriptors, _, _ = socket.recv_fds(server, 1, 3)
            serving = len(descriptors) > 0
            if serving:
                supervisors.add(_fork(server, children, descriptors))
        ended = dict(_ended_children())
        killed = any(ended[pid] != 0 for pid in ended.keys() & supervisors)
        supervisors -= ended.keys()
        # Without its supervisor, a command becomes a child of this process.
        strays = (killed or strays) and _kill(below(os.getpid(), supervisors))


def _fork(server: socket.socket, children: _ChildSignal, descriptors: list[int]) -> int:
    """Start a supervisor and return its process id."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            server.close()
            children.close()
            control, output, errors = descriptors
            _Supervisor(socket.socket(fileno=control)).run(output, errors)
            status = 0
        finally:
            if status:
                sys.excepthook(*sys.exc_info())
            os._exit(status)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


class _Supervisor:
    """Supervises one command.

    Args:
        control: socket to the server.
    """

    def __init__(self, control: socket.socket) -> None:
        os.setsid()
        adopt_orphans()
        self._control = control
        self._children = _ChildSignal()
        self._leader = 0
        self._mark = ""

    def run(self, output: int, errors: int) -> None:
        """Start the command and return when everything it started has ended."""
        line = _line(self._control)
        if not line:
            return
        order = json.loads(line)
        self._mark = order["environment"].get(MARK, "")
        try:
            self._leader = _start(order, output, errors)
        except (OSError, ValueError) as error:
            self._tell(error=str(error))
            return
        os.close(output)
        os.close(errors)
        self._tell(pid=self._leader, supervisor=os.getpid())
        self._follow()
        while _has_children() or self._escaped():
            _signal_all(self._processes(), signal.SIGKILL)
            self._children.wait([], _RESCAN_MS)

    def _follow(self) -> None:
        """Return when the command has ended, or is to be killed."""
        while True:
            asked = self._children.wait([self._control])
            for pid, status in _ended_children():
                if pid == self._leader:
                    self._tell(code=os.waitstatus_to_exitcode(status))
                    return
            if asked and self._obey():
                return

    def _obey(self) -> bool:
        """Terminate the command, or return True when it is to be killed."""
        orders = _received(self._control)
        if not orders or KILL in orders:
            return True
        _signal_all(self._processes(), signal.SIGTERM)
        return False

    def _processes(self) -> set[int]:
        return below(os.getpid()) | self._escaped()

    def _escaped(self) -> set[int]:
        """Return the processes of the command that are not below this one; none on Linux."""
        return set() if _adopts() or not self._mark else marked(self._mark)

    def _tell(self, **message: Any) -> None:
        with contextlib.suppress(OSError):  # the server has died
            self._control.sendall(json.dumps(message).encode() + b"\n")


def _line(control: socket.socket) -> bytes:
    """Return the first message of the server, or b"" if it has died."""
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b"\n"):
        part = _received(control)
        if not part:
            return b""
        parts.append(part)
    return b"".join(parts)


def _received(control: socket.socket) -> bytes:
    try:
        return control.recv(_CHUNK)
    except OSError:
        return b""


def _start(order: dict[str, Any], output: int, errors: int) -> int:
    process = subprocess.Popen(  # noqa: S603
        order["arguments"],
        cwd=order["folder"],
        env=order["environment"],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        start_new_session=True,
    )
    process.returncode = 0  # it is waited for here, not by Popen
    return process.pid


class _ChildSignal:
    """Waits for descriptors or the end of a child; handlers, unlike SIG_IGN, end at exec."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)

    def close(self) -> None:
        """Stop waiting, in a fork."""
        signal.set_wakeup_fd(-1)
        os.close(self._read)
        os.close(self._write)

    def wait(self, sources: list[socket.socket], timeout_ms: int | None = None) -> list[Any]:
        """Return the sources that can be read; empty after a signal or the timeout."""
        poll = select.poll()
        for number in [self._read, *(item.fileno() for item in sources)]:
            poll.register(number, select.POLLIN)
        ready = {number for number, _ in poll.poll(timeout_ms)}
        with contextlib.suppress(BlockingIOError):
            os.read(self._read, 512)
        return [item for item in sources if item.fileno() in ready]


def _ended_children() -> Iterator[tuple[int, int]]:
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            yield pid, status


def _has_children() -> bool:
    """Reap the children that have ended; return whether there are others."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _adopts() -> bool:
    return sys.platform == "linux"


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends; only Linux can."""
    if _adopts():
        _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def below(root: int, others: Iterable[int] = ()) -> set[int]:
    """Return the processes below ``root``, without ``others`` and what is below those."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    found: set[int] = set()
    pending, skipped = [root], set(others)
    while pending:
        new = set(children.get(pending.pop(), ())) - found - skipped
        found |= new
        pending += new
    return found


def _parents() -> Iterator[tuple[int, int]]:
    """Yield the ids of all processes with those of their parents."""
    if not _PROC.joinpath("self").exists():
        yield from _parents_by_ps()
        return
    for name in os.listdir(_PROC):  # noqa: PTH208 - twice as fast
        if name.isdecimal():
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{name}/stat").read_bytes()
                yield int(name), int(stat.rpartition(b")")[2].split()[1])


def _parents_by_ps() -> Iterator[tuple[int, int]]:
    for line in _ps("-axo", "pid=,ppid="):
        pid, parent = line.split()
        yield int(pid), int(parent)


def marked(prefix: str) -> set[int]:
    """Return the processes whose mark starts with ``prefix``."""
    entry = f"{MARK}={prefix}"
    if not _PROC.joinpath("self").exists():
        found = (line.split(maxsplit=1) for line in _ps("-axEwwo", "pid=,command="))
        return {int(pid) for pid, text in found if f" {entry}" in text}
    pids = (int(name) for name in os.listdir(_PROC) if name.isdecimal())  # noqa: PTH208
    return {pid for pid in pids if _has_variable(pid, os.fsencode(entry))}


def _has_variable(pid: int, entry: bytes) -> bool:
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return b"\0" + entry in b"\0" + environment


def _ps(*options: str) -> list[str]:
    done = subprocess.run(  # noqa: S603
        ["/bin/ps", *options], capture_output=True, check=False, text=True, errors="replace"
    )
    return done.stdout.splitlines()


def end_marked(prefix: str) -> None:
    """Kill the processes whose mark starts with ``prefix``, and those below them."""
    for _ in range(_PASSES):
        found = marked(prefix)
        if not _kill(found.union(*(below(pid) for pid in found))):
            return


def _kill(pids: set[int]) -> bool:
    """Kill processes; return whether there were any."""
    _signal_all(pids, signal.SIGKILL)
    return len(pids) > 0


def _signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


if __name__ == "__main__":
    main(int(sys.argv[1]))
