"""Fixtures for all tests: a real Azurite, a running local workspace and blob containers."""

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import azurite as azurite_server
from tests.azurite import Azurite
from tests.emulator.arm import Arm

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

    from tests.blob_storage import Storage


# How long an example takes depends on what else runs on the machine.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Restore SIGINT in the programs that tests start: a background shell ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run slow tests first, so that no worker is left with a slow file at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the `counts` properties that tests have recorded."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    properties = [item for each in reports for item in getattr(each, "user_properties", [])]
    lines = [str(value) for name, value in properties if name == "counts"]
    if lines:
        terminalreporter.section("counts")
        terminalreporter.write_line("\n".join(lines))


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """A running Azurite; where it is not installed, tests fail with the command that installs it."""
    with azurite_server.running() as server:
        yield server


@pytest.fixture(scope="session")
def local_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace shared by all tests of a session; each test uses unique names.

    Deployments are only stored: tests/serving has those that run.
    """
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("local"), deployments="store") as workspace:
        yield workspace


@pytest.fixture(scope="session")
def serving_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace that runs deployments, shared likewise; it needs the package registry."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("serving")) as workspace:
        yield workspace


@pytest.fixture
def arm(local_workspace: "LocalWorkspace") -> Iterator[Arm]:
    """An HTTP client for the shared local workspace."""
    arm = Arm(local_workspace)
    with arm.http:
        yield arm
        arm.clear_faults()


@pytest.fixture
def fresh_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """A local workspace for one test, which may count requests, restart it or break it."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("local"), deployments="store") as workspace:
        yield workspace


@pytest.fixture(params=["azurite", "local workspace"])
def storage(request: pytest.FixtureRequest) -> "Storage":
    """An empty blob container, in Azurite and in the local workspace."""
    from tests import blob_storage

    if request.param == "azurite":
        return blob_storage.azurite_container(request.getfixturevalue("azurite"))
    return blob_storage.workspace_container(request.getfixturevalue("local_workspace"))


@pytest.fixture
def azurite_storage(azurite: Azurite) -> "Storage":
    """An empty blob container in Azurite."""
    from tests import blob_storage

    return blob_storage.azurite_container(azurite)
