"""Corrections are data; one that is of no use is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from codegen_steps.pin.convert import Selection, convert
from codegen_steps.pin.patches import Patch, as_toml, read_patches
from codegen_steps.problems import CodegenError
from tests.codegen.swagger import VERSION, swagger, write_tree

if TYPE_CHECKING:
    from pathlib import Path

FIELD = "/components/schemas/A/properties/key"


def patched(tmp_path: Path, toml: str, definitions: dict[str, Any] | None = None) -> dict[str, Any]:
    known = {"A": {"properties": {"key": {"type": "string"}}}}
    source = write_tree(tmp_path, things=swagger(definitions=definitions or known))
    (tmp_path / "patches.toml").write_text(toml)
    document = convert(Selection(source, VERSION), tmp_path / "patches.toml").document
    schemas: dict[str, Any] = document["components"]["schemas"]
    return schemas


def entry(
    pointer: str, operation: str = "set", more: str = 'value = true\nreason = "a test"'
) -> str:
    return f'[[patch]]\npointer = "{pointer}"\noperation = "{operation}"\n{more}\n'


def test_set_and_remove(tmp_path: Path) -> None:
    remove = entry(f"{FIELD}/type", "remove", 'reason = "a test"')
    found = patched(tmp_path, entry(f"{FIELD}/x-ms-secret") + remove)
    assert found["A"]["properties"]["key"] == {"x-ms-secret": True}


def test_a_source_document_can_be_corrected_before_it_is_read(tmp_path: Path) -> None:
    more = 'value = ["a"]\nreason = "a test"\ndocument = "things.json"'
    broken = {"A": {"type": "string", "enum": []}}
    found = patched(tmp_path, entry("/definitions/A/enum", more=more), broken)
    assert found["A"]["enum"] == ["a"]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (entry("/components/schemas/B/x"), "has no target"),
        (
            entry(f"{FIELD}/type", more='value = "string"\nreason = "a test"'),
            "already has this value",
        ),
        (entry(f"{FIELD}/gone", "remove", 'reason = "a test"'), "nothing to remove"),
        (entry(FIELD, more="value = true"), "reason is missing"),
        (entry(FIELD, more='reason = "a test"'), "value is required with set"),
        (entry(FIELD, "replace"), "set or remove"),
        (entry("components"), "must start with '/'"),
        (entry(FIELD, more='value = 1\nreason = "a"\nwhy = "b"'), "unknown key why"),
        (
            entry("/x", more='value = 1\nreason = "a"\ndocument = "mfe.json"'),
            "no document mfe.json",
        ),
        ("[[patch", "not valid TOML"),
    ],
)
def test_a_patch_of_no_use_is_refused(toml: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(CodegenError, match=message):
        patched(tmp_path, toml)


def test_a_patch_beside_a_reference_is_refused(tmp_path: Path) -> None:
    definitions = {
        "A": {"properties": {"key": {"$ref": "#/definitions/B"}}},
        "B": {"type": "string"},
    }
    with pytest.raises(CodegenError, match=r"\$ref"):
        patched(tmp_path, entry(f"{FIELD}/x-ms-secret"), definitions)


def test_patches_are_written_as_they_are_read(tmp_path: Path) -> None:
    patches = [
        Patch("/a/b", "set", 'because "so"', {"type": "array", "items": [1, "é", True]}),
        Patch("/c", "remove", "because", document="mfe.json"),
    ]
    path = tmp_path / "patches.toml"
    path.write_text(as_toml(patches), encoding="utf-8")
    assert read_patches(path) == patches
