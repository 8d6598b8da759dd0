"""Fixtures: a workspace client and a scripted server, for the sync and the async API."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.facade.blocking_workspace import open_workspace
from tests.facade.core_runner import APIS, CoreRunner
from tests.facade.scripted_server import Server, serving

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


@pytest.fixture(scope="session")
def local_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace that refuses fields that the API version does not have."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("strict"), deployments="store") as workspace:
        _set(workspace, {"strict": True})
        yield workspace


AS_SERVICE = {"answers": "service", "operation_delay": 0.05}
CONVENIENT = {"answers": "convenient", "operation_delay": 0}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of `ws` with both APIs; marked ones also with the answers of the service."""
    if "ws" in metafunc.fixturenames:
        kinds: list[Any] = [pytest.param((api, CONVENIENT), id=api) for api in APIS]
        if metafunc.definition.get_closest_marker("both_answers"):
            service = pytest.param(("sync", AS_SERVICE), id="service", marks=pytest.mark.slow)
            kinds.append(service)
        metafunc.parametrize("ws", kinds, indirect=True)


@pytest.fixture
def ws(request: pytest.FixtureRequest, local_workspace: "LocalWorkspace") -> Iterator[Any]:
    """A workspace at the local workspace that the tests of one run share."""
    api, answers = request.param
    _set(local_workspace, answers)
    try:
        with open_workspace(api, local_workspace) as workspace:
            yield workspace
    finally:
        _set(local_workspace, CONVENIENT)


def _set(workspace: "LocalWorkspace", settings: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {workspace.token}"}
    url = f"{workspace.endpoint}/_local/settings"
    httpx.put(url, json=settings, headers=headers).raise_for_status()


@pytest.fixture
def fresh(fresh_workspace: "LocalWorkspace") -> Iterator[Any]:
    """A blocking workspace at a local workspace of the test's own."""
    with open_workspace("sync", fresh_workspace) as workspace:
        yield workspace


@pytest.fixture
def server() -> Iterator[Server]:
    """A service that answers as a script says."""
    with serving() as running:
        yield running


@pytest.fixture(params=APIS)
def run_core(request: pytest.FixtureRequest, server: Server) -> CoreRunner:
    """Each api of the library at that service."""
    return CoreRunner(request.param, server.url)


@pytest.fixture
def unique(request: pytest.FixtureRequest) -> str:
    """A name that no other test uses."""
    import uuid

    del request
    return f"t{uuid.uuid4().hex[:10]}"
