"""Every attribute of the facade has its place in the request schemas, or the check fails."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from codegen_steps.layout import Layout
from codegen_steps.pinned_document import pinned_versions
from codegen_steps.problems import CodegenError
from codegen_steps.verify.check import without_place
from codegen_steps.verify.places import Places, find_places
from codegen_steps.verify.request_schemas import READ_ONLY, RequestSchemas
from tests.official import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HERE = Layout(ROOT)
VERSIONS = pinned_versions(HERE)
DIALECT = '    "Model": Table(\n        {\n'


def places(layout: Layout) -> dict[str, Places]:
    documents = [HERE.version(one) / "openapi.json" for one in VERSIONS]
    return find_places(layout, documents, HERE.client)


@pytest.fixture
def edited(tmp_path: Path) -> Layout:
    """The facade with an attribute that no document has."""
    layout = Layout(tmp_path)
    shutil.copytree(HERE.facade, layout.facade, ignore=shutil.ignore_patterns("__pycache__"))
    replace(layout.facade / "resources" / "assets.py", "    job: str", MADE_UP + "    job: str")
    return layout


MADE_UP = (
    '    colour: str | None = field(default=None, kw_only=True, metadata=wire("colour", TEXT))\n'
)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_attribute_has_its_place_in_every_pinned_version() -> None:
    found = places(HERE)
    assert list(found) == VERSIONS
    assert without_place(found) == []
    for one in found.values():
        assert len(one.placed) > 300
        assert set(one.read_only) <= set(one.absent)


def test_an_attribute_without_a_place_is_found_in_every_version(edited: Layout) -> None:
    lines = without_place(places(edited))
    assert [line.partition(";")[0] for line in lines] == [
        f"{version}: Model.colour: properties.colour is not in the document" for version in VERSIONS
    ]


def test_a_declaration_is_enough(edited: Layout) -> None:
    never = '            "colour": Never("paint it"),\n'
    replace(edited.facade / "dialects" / "v2022.py", DIALECT, DIALECT + never)
    later = [found for version, found in places(edited).items() if version >= "2022"]
    assert [found.missing for found in later] == [[]]
    assert "Model.colour" in later[0].absent


def test_a_facade_that_cannot_be_imported(edited: Layout) -> None:
    (edited.facade / "resources" / "base.py").write_text("import nowhere_to_be_found\n")
    with pytest.raises(CodegenError, match="nowhere_to_be_found"):
        places(edited)


TEXT = {"type": "string"}


def document(**schemas: Any) -> dict[str, Any]:
    """A document whose definitions have names that mean nothing."""
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/X1"}}}}
    other: dict[str, Any] = {"content": {"application/json": {"schema": {}}}}
    return {
        "paths": {
            "/registries/{r}/things/{n}/versions/{v}": {"put": {"requestBody": other}},
            "/w/{w}/things/{n}": {"put": {"requestBody": other}},
            "/w/{w}/things/{n}/versions/{v}": {"put": {"requestBody": body}},
        },
        "components": {"schemas": schemas},
    }


def searched() -> tuple[RequestSchemas, Any]:
    schemas = RequestSchemas(
        document(
            X1={
                "properties": {
                    "properties": {"$ref": "#/components/schemas/X2"},
                    "id": {**TEXT, "readOnly": True},
                }
            },
            X2={
                "oneOf": [{"$ref": "#/components/schemas/X3"}, {"$ref": "#/components/schemas/X4"}],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"A": "#/components/schemas/X3", "B": "#/components/schemas/X4"},
                },
            },
            X3={
                "properties": {"kind": {**TEXT, "enum": ["A"]}, "size": {"enum": ["big", "small"]}}
            },
            X4={
                "properties": {
                    "kind": {**TEXT, "enum": ["B"]},
                    "map": {"additionalProperties": {"properties": {"leaf": TEXT, "other": TEXT}}},
                    "state": {"allOf": [{"$ref": "#/components/schemas/X5"}], "readOnly": True},
                    "more": TEXT,
                }
            },
            X5={"type": "string", "enum": ["on", "off"]},
        )
    )
    return schemas, schemas.request_of("things", None)


@pytest.mark.parametrize(
    ("path", "kinds", "expected"),
    [
        ("properties.size", {"kind": "A"}, {"enum": ["big", "small"]}),
        ("properties.size", {"kind": "B"}, None),
        ("properties.size", {"kind": "C"}, None),
        ("properties.size", {}, {"enum": ["big", "small"]}),
        ("properties.map.*.leaf", {"kind": "b"}, TEXT),
        ("properties.state", {"kind": "B"}, READ_ONLY),
        ("id", {}, READ_ONLY),
        ("name", {}, None),
    ],
)
def test_schema_at_a_path(path: str, kinds: dict[str, str], expected: Any) -> None:
    schemas, request = searched()
    assert schemas.at(request, tuple(path.split(".")), kinds) == expected


def test_fields_without_a_name() -> None:
    schemas, request = searched()
    assert list(schemas.unnamed(request, {("properties", "kind")}, {"kind": "B"})) == [
        ("properties", "map"),
        ("properties", "more"),
    ]


def test_words() -> None:
    schemas, request = searched()
    assert schemas.words(schemas.at(request, ("properties",), {}) or {}) == ["A", "B"]
    assert schemas.words({"type": "array", "items": {"$ref": "#/components/schemas/X5"}}) == [
        "on",
        "off",
    ]


def test_a_collection_that_cannot_be_put() -> None:
    assert searched()[0].request_of("jobs", None) is None
