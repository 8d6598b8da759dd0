"""The operations of every pinned version are those of its official documents."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from amlrest.dialects import dialect_for
from amlrest_client.versions import PINNED, operations_of, pinned_version

from tests.official import ROOT, Documents, Operation, folder_of, need

SCALARS = ("integer", "number", "boolean")


def parameters(documented: Operation) -> dict[str, tuple[Any, ...]]:
    return {
        name: (
            facts["in"],
            bool(facts.get("required")),
            facts["type"] if facts.get("type") in SCALARS else "string",
            tuple(facts.get("enum", ())),
        )
        for name, facts in documented.parameters.items()
    }


@pytest.mark.parametrize("version", [version for _, version in PINNED])
def test_operations_of_a_pinned_version(version: str) -> None:
    need(folder_of(version))
    documented, table = Documents(version).operations, operations_of(version)
    assert table.keys() == documented.keys()
    for name, operation in table.items():
        said = documented[name]
        facts = said.node.value
        assert (operation.id, operation.method, operation.path) == (name, said.method, said.path)
        assert {
            p.name: (p.location, p.required, p.type, p.enum) for p in operation.parameters
        } == parameters(said), name
        assert (operation.body is None) == (said.body is None), name
        successes = {int(status) for status in facts["responses"] if status.startswith("2")}
        assert operation.responses.keys() == successes, name
        for status, kind in operation.responses.items():
            assert (kind is None) == (said.response(str(status)) is None), name
        assert bool(operation.long_running) == bool(facts.get("x-ms-long-running-operation")), name
        pages = facts.get("x-ms-pageable")
        expected = pages and (pages.get("itemName", "value"), pages.get("nextLinkName"))
        assert operation.pageable == expected, name


@pytest.mark.parametrize("version", [version for _, version in PINNED])
def test_every_pinned_version_is_its_own(version: str) -> None:
    assert pinned_version(version) == version


@pytest.mark.parametrize(
    "version",
    ["2021-03-01-preview", "2021-10-01", "2022-02-01-preview", "2022-05-01", "2031-01-01"],
)
def test_operations_and_dialect_have_the_same_shape(version: str) -> None:
    assert (dialect_for(version) is None) == (dialect_for(pinned_version(version)) is None)


def test_a_version_before_the_pinned_ones() -> None:
    with pytest.raises(ValueError, match="2020-01-01 are not known; use 2021-03-01-preview"):
        operations_of("2020-01-01")


def test_no_table_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, amlrest_client.versions as v; print(sorted(m for m in sys.modules "
        "if m.startswith(v.__name__)), sorted(m for m in sys.modules if 'models' in m))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['amlrest_client.versions'] []"
