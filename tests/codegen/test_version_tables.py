"""The operation tables of other versions: which version uses which, and what they contain."""

from __future__ import annotations

import copy
import importlib
import sys
from typing import TYPE_CHECKING, Any

import pytest

from codegen_steps.emit.client_package import emit
from codegen_steps.emit.lower import lower
from codegen_steps.emit.lower_versions import ranges, version_tables
from tests.codegen.small_document import DOCUMENT, parameter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("pinned", "shapes", "expected"),
    [
        (["2022-05-01"], [], [("2022-05-01", "2022-05-01")]),
        (
            ["2024-10-01", "2021-03-01-preview"],
            ["2021-03-01-preview", "2022-02-01-preview"],
            [("2021-03-01-preview", "2021-03-01-preview"), ("2022-02-01-preview", "2024-10-01")],
        ),
        (
            ["2022-05-01", "2021-03-01-preview", "2024-10-01"],
            ["2021-03-01-preview", "2022-02-01-preview"],
            [
                ("2021-03-01-preview", "2021-03-01-preview"),
                ("2022-02-01-preview", "2022-05-01"),
                ("2024-10-01", "2024-10-01"),
            ],
        ),
        (
            ["2024-10-01", "2024-10-01-preview"],
            [],
            [("2024-10-01-preview", "2024-10-01-preview"), ("2024-10-01", "2024-10-01")],
        ),
    ],
)
def test_ranges(pinned: list[str], shapes: list[str], expected: list[tuple[str, str]]) -> None:
    assert ranges(pinned, shapes) == expected


def another() -> dict[str, Any]:
    """The small document in a later version: one operation less, one changed, one new."""
    document = copy.deepcopy(DOCUMENT)
    document["info"]["version"] = "2001-01-01-preview"
    paths = document["paths"]
    del paths["/drawings"]
    drawing = next(item for path, item in paths.items() if path.endswith("/{name}"))
    put = drawing["put"]
    put["responses"] = {"201": put["responses"]["200"]}
    put["parameters"].append(parameter("force", "query", schema={"type": "boolean"}))
    put["x-ms-long-running-operation"] = True
    paths["/shapes/{name}"] = {
        "get": {
            **paths["/{scope}/locks"]["get"],
            "operationId": "Shapes_Get",
            "parameters": [parameter("name", "path")],
        }
    }
    return document


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("versions")
    versions = version_tables(DOCUMENT, [another()])
    emit(lower(DOCUMENT), DOCUMENT, folder / "two_versions_client", versions)
    sys.path.insert(0, str(folder))
    return lambda name: importlib.import_module(f"two_versions_client.{name}")


def test_the_current_version_has_the_table_of_the_client(client: Any) -> None:
    assert client("versions").operations_of("2000-01-01") is client("operations").OPERATIONS
    assert client("versions").operations_of("2000-12-31") is client("operations").OPERATIONS


def test_what_changed_is_in_the_other_table(client: Any) -> None:
    table = client("versions").operations_of("2001-01-01-preview")
    assert "Drawings_List" not in table
    assert table["Shapes_Get"].path == "/shapes/{name}"
    assert [p.name for p in table["Shapes_Get"].parameters] == ["name"]
    put = table["Drawings_CreateOrUpdate"]
    assert (put.method, put.responses, put.body) == ("PUT", {201: "any"}, "any")
    assert put.long_running.final_state_via is None
    assert {p.name: p.type for p in put.parameters} == {"name": "string", "force": "boolean"}
    assert client("versions").operations_of("2002-01-01") is table


def test_bodies_of_another_version_are_json(client: Any) -> None:
    table, runtime = client("versions").operations_of("2001-01-01-preview"), client("runtime")
    put = table["Drawings_CreateOrUpdate"]
    request = runtime.build_request(put, {"name": "a", "force": True}, {"anything": [1]})
    assert request.content == b'{"anything":[1]}'
    assert request.query == (("force", "true"),)
    assert runtime.parse_response(put, 201, {}, b'{"x": 1}') == {"x": 1}
