"""A workspace to talk to, of either face."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.facade.both_faces import opened
from tests.facade.faces import FACES, Face
from tests.facade.scripted import Server, serving

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


@pytest.fixture(params=FACES)
def ws(request: pytest.FixtureRequest, local_workspace: "LocalWorkspace") -> Iterator[Any]:
    """A workspace at the local workspace that the tests of one run share."""
    with opened(request.param, local_workspace) as workspace:
        yield workspace


@pytest.fixture
def fresh(fresh_workspace: "LocalWorkspace") -> Iterator[Any]:
    """A blocking workspace at a local workspace of the test's own."""
    with opened("sync", fresh_workspace) as workspace:
        yield workspace


@pytest.fixture
def server() -> Iterator[Server]:
    """A service that answers as a script says."""
    with serving() as running:
        yield running


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest, server: Server) -> Face:
    """Each face of the library at that service."""
    return Face(request.param, server.url)


@pytest.fixture
def unique(request: pytest.FixtureRequest) -> str:
    """A name that no other test uses."""
    import uuid

    del request
    return f"t{uuid.uuid4().hex[:10]}"
