"""Scripted server: a real HTTP server on loopback with replies chosen by the test."""

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class ReceivedRequest(NamedTuple):
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(NamedTuple):
    """One answer: `body` is sent as it is when bytes, else as JSON."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012
    reset: bool = False
    truncate: bool = False
    delay: float = 0.0


class Server:
    """Answers with what `script` says: replies in order, or a function of the request."""

    def __init__(self) -> None:
        self.requests: list[ReceivedRequest] = []
        self.script: list[Reply] | Callable[[ReceivedRequest], Reply] = []
        self.url = ""
        self._lock = threading.Lock()

    def answer(self, request: ReceivedRequest) -> Reply:
        with self._lock:
            self.requests.append(request)
            if callable(self.script):
                return self.script(request)
            return (
                self.script.pop(0) if self.script else Reply(404, {"error": {"code": "Unscripted"}})
            )

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    scripted: Server

    def _serve(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = ReceivedRequest(self.command, self.path, headers, self.rfile.read(length))
        reply = self.scripted.answer(request)
        if reply.reset:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()
            return
        time.sleep(reply.delay)
        self._write(reply)

    def _write(self, reply: Reply) -> None:
        content = b"" if reply.body is None else reply.body
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if reply.truncate else content)
        self.close_connection = self.close_connection or reply.truncate

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the test output clean."""

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server for the length of a block."""
    scripted = Server()
    handler = type("Handler", (_Handler,), {"scripted": scripted})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{http.server_port}"
    if tls is not None:
        http.socket = tls.wrap_socket(http.socket, server_side=True)
        scripted.url = f"https://localhost:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield scripted
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
