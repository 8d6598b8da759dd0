"""A local workspace for the fault tests alone, and their counts at the end of the report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.faults.reader import Reader

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace


@pytest.fixture(scope="package")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[LocalWorkspace]":
    """The local workspace that all fault tests share."""
    from amlrest_emulator import start

    with start(tmp_path_factory.mktemp("faults")) as workspace:
        yield workspace


@pytest.fixture
def reader(disturbed: "LocalWorkspace") -> Iterator[Reader]:
    """Reads that workspace and sets its faults; no fault outlives a test."""
    reader = Reader(disturbed)
    reader.disturb([])
    yield reader
    reader.close()
