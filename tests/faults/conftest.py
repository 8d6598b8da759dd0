"""Fixtures for the fault tests: a local workspace of their own and its inspector."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


@pytest.fixture(scope="package")
def faulty_workspace(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """The local workspace that all fault tests share."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("faults")) as workspace:
        yield workspace


@pytest.fixture
def inspector(faulty_workspace: "LocalWorkspace") -> Iterator[Inspector]:
    """The inspector of that workspace; removes all faults after each test."""
    inspector = Inspector(faulty_workspace)
    inspector.set_faults([])
    yield inspector
    inspector.close()
