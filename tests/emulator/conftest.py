from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.arm import Arm


@pytest.fixture
def arm(local_workspace: Any) -> Iterator[Arm]:
    arm = Arm(local_workspace)
    with arm.http:
        yield arm
        arm.clear_faults()
