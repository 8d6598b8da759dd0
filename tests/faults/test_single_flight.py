"""Single-flight token renewal: twenty callers, one expired token, one new token."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import amlrest
import amlrest.aio
import pytest
from amlrest._http.auth import AccessToken

from tests.facade.scripted_server import ReceivedRequest, Reply, Server, serving

CALLERS = 20
COMPUTE = {"name": "c", "properties": {"computeType": "AmlCompute"}}


class Issuer:
    """A credential that numbers its tokens."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:
        with self._lock:
            self.requests.append(kwargs)
            return AccessToken(f"token-{len(self.requests)}", int(time.time()) + 3600)


class AsyncIssuer(Issuer):
    """The asyncio variant, as in azure.identity.aio."""

    async def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:  # type: ignore[override]
        await asyncio.sleep(0)
        return super().get_token(*scopes, **kwargs)


class Service:
    """Rejects the first token and accepts every later one."""

    def __init__(self, claims: str | None) -> None:
        self.refused = 0
        self._challenge = f'Bearer error="insufficient_claims", claims="{claims}"'
        self._headers = {"www-authenticate": self._challenge} if claims else {}

    def __call__(self, request: ReceivedRequest) -> Reply:
        if request.headers["authorization"] != "Bearer token-1":
            return Reply(200, COMPUTE)
        self.refused += 1
        return Reply(401, {"error": {"code": "ExpiredAuthenticationToken"}}, self._headers)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def workspace_arguments(server: Server, issuer: Issuer) -> dict[str, Any]:
    names = {"subscription_id": "s", "resource_group": "g", "name": "w"}
    return {**names, "endpoint": server.url, "credential": issuer}


@pytest.mark.slow
@pytest.mark.parametrize("claims", [None, "e30="], ids=["plain", "claims"])
def test_threads(server: Server, claims: str | None) -> None:
    issuer, service = Issuer(), Service(claims)
    server.script = service
    with (
        amlrest.Workspace(**workspace_arguments(server, issuer)) as ws,
        ThreadPoolExecutor(CALLERS) as pool,
    ):
        found = list(pool.map(lambda _: ws.computes.get("c").name, range(CALLERS)))
    assert found == ["c"] * CALLERS
    assert service.refused >= 1
    assert [each.get("claims") for each in issuer.requests] == [None, "{}" if claims else None]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Issuer, AsyncIssuer])
@pytest.mark.parametrize("claims", [None, "e30="], ids=["plain", "claims"])
def test_tasks(server: Server, claims: str | None, kind: type[Issuer]) -> None:
    issuer, service = kind(), Service(claims)
    server.script = service

    async def run() -> list[str | None]:
        async with amlrest.aio.Workspace(**workspace_arguments(server, issuer)) as ws:
            computes = await asyncio.gather(*(ws.computes.get("c") for _ in range(CALLERS)))
            return [compute.name for compute in computes]

    assert asyncio.run(run()) == ["c"] * CALLERS
    assert service.refused >= 1
    assert [each.get("claims") for each in issuer.requests] == [None, "{}" if claims else None]
