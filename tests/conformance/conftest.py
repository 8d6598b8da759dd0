"""Clients of the versions whose official documents are at hand."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.official import ROOT, VERSIONS, Documents, folder_of, need


class Client:
    """A generated package beside the documents it must be faithful to."""

    def __init__(self, version: str, package: str) -> None:
        self.official = Documents(version)
        self.package = package
        self.models: Any = self.module("models")
        self.operations = self.module("operations").OPERATIONS

    def module(self, name: str) -> ModuleType:
        return importlib.import_module(f"{self.package}.{name}")


def _generated(version: str, folder: Path) -> str:
    """A package for a version, from the tree when that is the current one."""
    sys.path.insert(0, str(ROOT / "generated"))
    if version == importlib.import_module("amlrest_client").API_VERSION:
        return "amlrest_client"
    from codegen_steps.emit.client_package import emit
    from codegen_steps.emit.lower import lower
    from codegen_steps.pin.sources import find_version, open_source
    from codegen_steps.pin.to_openapi import to_openapi

    document = to_openapi(find_version(open_source(folder_of(version)), version), version)
    package = "client_" + version.replace("-", "_")
    emit(lower(document), document, folder / package)
    sys.path.insert(0, str(folder))
    return package


@pytest.fixture(scope="session", params=VERSIONS)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Client:
    version = request.param
    need(folder_of(version))
    return Client(version, _generated(version, tmp_path_factory.mktemp("client")))


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says a line that the summary of the run repeats."""
    return partial(record_property, "counts")
