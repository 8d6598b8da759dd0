"""What cannot be converted is refused, with document and pointer, and the tree stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import codegen
from codegen_steps.layout import Layout
from codegen_steps.pin.convert import Selection, pin
from codegen_steps.problems import CodegenError
from tests.codegen.swagger import VERSION, operation, swagger, write_tree

if TYPE_CHECKING:
    from pathlib import Path


def refused(tmp_path: Path, **documents: Any) -> str:
    """The message with which a tree is refused; nothing may be written."""
    layout = Layout(tmp_path / "repository")
    kept = layout.version(VERSION) / "openapi.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("as it was")
    with pytest.raises(CodegenError) as caught:
        pin(layout, Selection(write_tree(tmp_path / "upstream", **documents), VERSION))
    assert [path.name for path in layout.root.rglob("*") if path.is_file()] == ["openapi.json"]
    assert kept.read_text() == "as it was"
    return str(caught.value)


def body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": "body", "in": "body", "schema": schema}


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "unresolvable file": (
        swagger(definitions={"A": {"properties": {"b": {"$ref": "./gone.json#/definitions/B"}}}}),
        "things.json#/definitions/A/properties/b/$ref",
    ),
    "unresolvable pointer": (
        swagger(definitions={"A": {"properties": {"b": {"$ref": "#/definitions/B"}}}}),
        "things.json#/definitions/A/properties/b/$ref",
    ),
    "remote reference": (
        swagger(definitions={"A": {"items": {"$ref": "https://example.org/a.json#/B"}}}),
        "things.json#/definitions/A/items/$ref",
    ),
    "circular chain": (
        swagger(definitions={"A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"}}),
        "things.json#/definitions/",
    ),
    "circular parameter": (
        swagger(
            parameters={"P": {"$ref": "#/parameters/P"}},
            paths={"/a": {"get": operation("A_Get", parameters=[{"$ref": "#/parameters/P"}])}},
        ),
        "things.json#/parameters/P",
    ),
    "empty enum": (
        swagger(definitions={"A": {"type": "string", "enum": []}}),
        "things.json#/definitions/A/enum",
    ),
    "list of types": (
        swagger(definitions={"A": {"properties": {"b": {"type": ["string", "null"]}}}}),
        "things.json#/definitions/A/properties/b/type",
    ),
    "definition that is no object": (
        swagger(definitions={"A": {"properties": {"b": 3}}}),
        "things.json#/definitions/A/properties/b",
    ),
    "discriminator that is no name": (
        swagger(definitions={"A": {"discriminator": {"propertyName": "kind"}}}),
        "things.json#/definitions/A/discriminator",
    ),
    "path parameter that nobody declares": (
        swagger(paths={"/a/{b}": {"get": operation("A_Get")}}),
        "things.json#/paths/~1a~1{b}/get",
    ),
    "two bodies": (
        swagger(
            paths={
                "/a": {"put": operation("A_Put", parameters=[body({}), body({}) | {"name": "c"}])}
            }
        ),
        "things.json#/paths/~1a/put/parameters",
    ),
    "unknown list format": (
        swagger(
            paths={
                "/a": {
                    "get": operation(
                        "A_Get",
                        parameters=[
                            {
                                "name": "p",
                                "in": "query",
                                "type": "array",
                                "items": {"type": "string"},
                                "collectionFormat": "tsv",
                            }
                        ],
                    )
                }
            }
        ),
        "things.json#/paths/~1a/get/parameters/0",
    ),
    "no responses": (
        swagger(paths={"/a": {"get": {"operationId": "A_Get", "responses": {}}}}),
        "things.json#/paths/~1a/get",
    ),
    "unknown method": (
        swagger(paths={"/a": {"fetch": operation("A_Fetch")}}),
        "things.json#/paths/~1a/fetch",
    ),
    "one operationId for two operations": (
        swagger(paths={"/a": {"get": operation("A_Get")}, "/b": {"get": operation("A_Get")}}),
        "things.json#/paths/~1b/get",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refusal_names_document_and_pointer(case: str, tmp_path: Path) -> None:
    document, place = CASES[case]
    assert place in refused(tmp_path, things=document)


def test_broken_json(tmp_path: Path) -> None:
    message = refused(tmp_path, things='{"swagger": "2.0", }')
    assert "things.json" in message
    assert "line 1" in message


def test_a_definition_that_extends_itself(tmp_path: Path) -> None:
    extends = {
        "A": {"allOf": [{"$ref": "#/definitions/B"}]},
        "B": {"allOf": [{"$ref": "#/definitions/A"}]},
    }
    assert "A -> B -> A" in refused(tmp_path, things=swagger(definitions=extends))


def test_two_documents_that_define_one_operation_differently(tmp_path: Path) -> None:
    other = swagger(paths={"/things": {"get": operation("Things_List", deprecated=True)}})
    message = refused(tmp_path, first=swagger(), second=other)
    assert "first.json#/paths/~1things/get" in message
    assert "second.json#/paths/~1things/get" in message


def test_documents_of_different_hosts(tmp_path: Path) -> None:
    other = swagger(paths={}) | {"host": "elsewhere.example.org"}
    assert "elsewhere.example.org" in refused(tmp_path, first=swagger(), second=other)


def test_a_document_that_is_not_swagger(tmp_path: Path) -> None:
    assert "other.json" in refused(tmp_path, things=swagger(), other={"openapi": "3.1.0"})


def test_folder_without_the_version(tmp_path: Path) -> None:
    source = write_tree(tmp_path, version="2029-01-01", things=swagger())
    with pytest.raises(CodegenError, match=VERSION):
        pin(Layout(tmp_path / "repository"), Selection(source, VERSION))


def test_a_version_in_two_folders(tmp_path: Path) -> None:
    write_tree(tmp_path / "copy", things=swagger())
    write_tree(tmp_path, things=swagger())
    with pytest.raises(CodegenError, match="several folders"):
        pin(Layout(tmp_path / "repository"), Selection(tmp_path, VERSION))


def test_a_document_that_was_asked_for_and_is_not_there(tmp_path: Path) -> None:
    source = write_tree(tmp_path, things=swagger())
    with pytest.raises(CodegenError, match=r"other\.json"):
        pin(Layout(tmp_path / "repository"), Selection(source, VERSION, ("other.json",)))


@pytest.mark.parametrize("content", ["", "no archive"])
def test_a_file_that_is_no_archive(content: str, tmp_path: Path) -> None:
    path = tmp_path / "specs.zip"
    path.write_text(content)
    with pytest.raises(CodegenError, match=r"specs\.zip"):
        pin(Layout(tmp_path / "repository"), Selection(path, VERSION))


def test_the_command_ends_with_a_message(tmp_path: Path) -> None:
    arguments = ["pin", "--from", str(tmp_path / "gone"), "--api-version", VERSION]
    result = CliRunner().invoke(codegen.main, arguments)
    assert result.exit_code == 1
    assert "no such file or folder" in result.output
