"""The client of the small document, generated once."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pytest

from codegen_steps.emit.client_package import emit
from codegen_steps.emit.lower import lower
from tests.codegen.small_document import DOCUMENT

PACKAGE = "small_client"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The generated package: ``small("models")`` is its module ``models``."""
    folder = tmp_path_factory.mktemp("generated")
    emit(lower(DOCUMENT), DOCUMENT, folder / PACKAGE)
    sys.path.insert(0, str(folder))
    return lambda name="": importlib.import_module(f"{PACKAGE}.{name}" if name else PACKAGE)
