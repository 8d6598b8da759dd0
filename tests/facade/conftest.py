"""Fixtures: a workspace client and a scripted server, for the sync and the async API."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.facade.blocking_workspace import open_workspace
from tests.facade.core_runner import APIS, CoreRunner
from tests.facade.scripted_server import Server, serving

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


@pytest.fixture(params=APIS)
def ws(request: pytest.FixtureRequest, local_workspace: "LocalWorkspace") -> Iterator[Any]:
    """A workspace at the local workspace that the tests of one run share."""
    with open_workspace(request.param, local_workspace) as workspace:
        yield workspace


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
