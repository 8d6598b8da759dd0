"""Endpoint functions against a real server."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class Handler(BaseHTTPRequestHandler):
    """Answers with what it was asked; keeps the headers of the last request."""

    seen: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        self._answer({"note": self.path})

    def do_PUT(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, value: Any) -> None:
        type(self).seen = dict(self.headers)
        content = json.dumps(value).encode()
        missing = "missing" in self.path
        self.send_response(404 if missing else 302 if "moved" in self.path else 200)
        self.send_header("Location", "/drawings/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


def test_the_four_functions_agree(small: Any, server: str) -> None:
    get = small("api.drawings.get")

    async def both() -> tuple[Any, Any]:
        async with small().Client(server) as client:
            arguments = {"name": "a b", "client": client, "all_": True}
            return await get.asyncio(**arguments), await get.asyncio_detailed(**arguments)

    with small().Client(server) as client:
        plain = get.sync("a b", client=client, all_=True)
        detailed = get.sync_detailed("a b", client=client, all_=True)
    results = [plain, detailed.parsed, *(getattr(r, "parsed", r) for r in asyncio.run(both()))]
    assert {result.note for result in results} == {
        "/drawings/a%20b?api-version=2000-01-01&all=true"
    }
    assert detailed.status_code == 200


def test_a_body_goes_there_and_back(small: Any, server: str) -> None:
    models = small("models")
    with small().Client(server) as client:
        sent = models.Drawing(shape=models.Circle(radius=1.5), note="ü")
        assert small("api.drawings.create_or_update").sync("a", client=client, body=sent) == sent


def test_errors_and_redirects_are_raised(small: Any, server: str) -> None:
    get = small("api.drawings.get")
    with small().Client(server) as client:
        for name, status in (("missing", 404), ("moved", 302)):
            with pytest.raises(small().ServiceError) as caught:
                get.sync(name, client=client)
            assert caught.value.status == status
        with pytest.raises(ValueError, match="name"):
            get.sync("..", client=client)


class Scheme(httpx.Auth):
    def auth_flow(self, request: httpx.Request) -> Any:
        request.headers["Authorization"] = "Bearer from-auth"
        yield request


@pytest.mark.parametrize(("token", "expected"), [("t", "Bearer t"), (Scheme(), "Bearer from-auth")])
def test_the_token_goes_to_its_own_host_only(
    small: Any, server: str, token: Any, expected: str
) -> None:
    async def asynchronously(url: str) -> None:
        async with small().Client(server, token=token) as client:
            await client.get_async_httpx_client().get(url)

    foreign = server.replace("127.0.0.1", "localhost")
    with small().Client(server, token=token) as client:
        for url, sent in ((server, expected), (foreign, None)):
            client.get_httpx_client().get(url)
            assert Handler.seen.get("Authorization") == sent
            asyncio.run(asynchronously(url))
            assert Handler.seen.get("Authorization") == sent
    assert "Bearer" not in repr(client)


def test_a_token_needs_https_or_this_machine(small: Any) -> None:
    client = small().Client
    for url in (
        "https://service.example",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://[::1]:1",
    ):
        client(url, token="t")
    for url in ("http://service.example", "ftp://x", "service.example", "http://localhost.example"):
        with pytest.raises(ValueError, match="base_url"):
            client(url, token="t")


def test_there_is_a_timeout_by_default(small: Any) -> None:
    with small().Client() as client:
        assert client.base_url == "https://service.example"
        assert client.get_httpx_client().timeout.read == 60.0


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import {0}", ("httpx", "attrs", "{0}.models")),
        ("import {0}.operations", ("httpx", "attrs", "{0}.models")),
        ("import {0}.runtime, {0}.errors", ("httpx", "attrs", "{0}.models")),
        ("import {0}.api.drawings.get", ("httpx", "attrs", "{0}.models")),
        ("import {0}.models", ("httpx", "attrs", "{0}.models.")),
        ("from {0}.models import Circle", ("httpx", "{0}.models.drawing", "{0}.models.square")),
    ],
)
def test_importing_loads_no_more_than_it_needs(
    small: Any, statement: str, forbidden: tuple[str, ...]
) -> None:
    package = small()
    names = tuple(name.format(package.__name__) for name in forbidden)
    code = f"{statement.format(package.__name__)}; import sys; print([n for n in sys.modules if n.startswith({names})])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(package.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
