"""What every room's tests may stand on: a real Azurite and a running local workspace."""

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import azurite as azurite_server
from tests.azurite import Azurite
from tests.emulator.arm import Arm

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

    from tests.blob_storage import Storage


def pytest_configure() -> None:
    """Let programs that tests start hear Ctrl-C, also where a shell in the background does not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted: their properties called `counts`."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    properties = [item for each in reports for item in getattr(each, "user_properties", [])]
    lines = [str(value) for name, value in properties if name == "counts"]
    if lines:
        terminalreporter.section("counts")
        terminalreporter.write_line("\n".join(lines))


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """A storage emulator that is not ours; missing, it fails the test and says how to get it."""
    with azurite_server.running() as server:
        yield server


@pytest.fixture(scope="session")
def local_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace shared by the tests of one run; they use names of their own."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("local")) as workspace:
        yield workspace


@pytest.fixture
def arm(local_workspace: "LocalWorkspace") -> Iterator[Arm]:
    """Plain HTTP to the shared local workspace."""
    arm = Arm(local_workspace)
    with arm.http:
        yield arm
        arm.clear_faults()


@pytest.fixture
def fresh_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace of the test's own, for what counts, restarts or breaks things."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("local")) as workspace:
        yield workspace


@pytest.fixture(params=["azurite", "local workspace"])
def storage(request: pytest.FixtureRequest) -> "Storage":
    """An empty container, at Azurite and at the local workspace."""
    from tests import blob_storage

    if request.param == "azurite":
        return blob_storage.azurite_container(request.getfixturevalue("azurite"))
    return blob_storage.workspace_container(request.getfixturevalue("local_workspace"))


@pytest.fixture
def azurite_storage(azurite: Azurite) -> "Storage":
    """An empty container at Azurite."""
    from tests import blob_storage

    return blob_storage.azurite_container(azurite)
