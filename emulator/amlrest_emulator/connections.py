"""Connections on loopback, with limits before a request has come: nobody needs a token to open one."""

from __future__ import annotations

import asyncio
import functools
import resource
import socket
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
MAX_HEADER_BYTES = 64 * 1024
"""Bytes of the request line and all headers."""
HEADER_SECONDS = 15.0
"""Seconds until the headers of a request must be complete, from its first byte on."""
HANDSHAKE_SECONDS = 5.0
"""Seconds until a connection for https must be encrypted."""
MAX_WAITING = 256
"""Connections without a request; beyond it the one that has waited longest is closed."""
BACKLOG = 256
"""Connections that the system accepts for the server, and so the most that come at once."""

_OPEN_FILES = 8192
_TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def allow_open_files() -> None:
    """Raise this process's limit of open files, which its connections are, as far as allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@dataclass(slots=True)
class Waiting:
    """The connections that wait for a request, the longest waiting first."""

    limit: int = MAX_WAITING
    _protocols: dict[GuardedProtocol, None] = field(default_factory=dict)

    def add(self, protocol: GuardedProtocol) -> None:
        """Add a connection unless it is there; close the first one if there are too many."""
        self._protocols.setdefault(protocol)
        if len(self._protocols) > self.limit:
            first = next(iter(self._protocols))
            del self._protocols[first]
            first.transport.abort()

    def remove(self, protocol: GuardedProtocol) -> None:
        """Remove a connection whose request has come, or that has ended."""
        self._protocols.pop(protocol, None)


class GuardedProtocol(H11Protocol):
    """HTTP with a limit on connections without a request, and a time limit for headers."""

    def __init__(self, *arguments: Any, waiting: Waiting, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting = waiting
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the time limit."""
        super().connection_made(transport)
        self._waiting.add(self)
        self._start_deadline()

    def data_received(self, data: bytes) -> None:
        """Start the time limit at the first byte of a request, end it with the last header."""
        super().data_received(data)
        if self._has_request():
            self._stop_waiting()
        else:
            self._start_deadline()

    def on_response_complete(self) -> None:
        """Wait for the next request; this may find one that has come already."""
        super().on_response_complete()
        if self._has_request() or self.transport.is_closing():
            return
        self._waiting.add(self)
        if self._has_begun():
            self._start_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _has_request(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _has_begun(self) -> bool:
        """Return whether the beginning of a request has come."""
        return bool(self.conn.trailing_data[0])

    def _start_deadline(self) -> None:
        if self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(HEADER_SECONDS, self._time_out)

    def _stop_waiting(self) -> None:
        self._waiting.remove(self)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _time_out(self) -> None:
        self._stop_waiting()
        if self.transport.is_closing():
            return
        if self._has_begun():  # browsers open connections that they may not need
            self.transport.write(_TIMED_OUT)
        self.transport.close()


def guarded(
    app: ASGIApp,
    protocol: type[GuardedProtocol] = GuardedProtocol,
    lifespan: Literal["auto", "off"] = "off",
) -> Config:
    """Return the configuration of a server with these limits."""
    allow_open_files()
    return Config(
        app,
        http=functools.partial(protocol, waiting=Waiting()),  # type: ignore[arg-type]
        backlog=BACKLOG,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        ws="none",
        lifespan=lifespan,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
    )


def bind(port: int) -> socket.socket:
    """Return a socket of a port of this machine; 0 means any free one.

    Raises:
        OSError: the port is in use.
    """
    # asyncio sets TCP_NODELAY only on sockets with the protocol IPPROTO_TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise OSError(error.errno, f"cannot listen on {HOST}:{port}: {error.strerror}") from None
    return listener
