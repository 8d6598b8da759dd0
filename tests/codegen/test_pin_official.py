"""The official documents as pinned documents, looked at by something that is not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

from codegen_steps.pin.convert import Selection, convert, document_text
from tests.official import API_VERSION, ROOT, SPECS, VERSIONS, Documents, folder_of, needed, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

PINNED = sorted((ROOT / "spec").glob("*/openapi.json"))


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pinned(version: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    none = tmp_path_factory.mktemp("none") / "patches.toml"
    return convert(Selection(SPECS, version), none).document


def official(version: str) -> list[dict[str, Any]]:
    return [read(path) for path in Documents(version).files]


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.parent.name)
def test_pinned_documents_are_valid_openapi(path: Path) -> None:
    errors = OpenAPIV30SpecValidator(json.loads(path.read_text())).iter_errors()
    assert [error.message for error in errors] == []


@needed
def test_every_operation_and_definition(version: str, pinned: dict[str, Any]) -> None:
    operations = set(Documents(version).operations)
    names = set(Documents(version).definitions)
    found = {one["operationId"] for item in pinned["paths"].values() for one in item.values()}
    print(f"{version}: {len(operations)} operations, {len(names)} definitions")
    assert found == operations
    assert names <= set(pinned["components"]["schemas"])


@needed
def test_no_prose(version: str, pinned: dict[str, Any]) -> None:
    prose = {text for document in official(version) for text in texts(document)}
    written = set(strings(pinned))
    assert len(prose) > 300
    ours = {status.phrase for status in HTTPStatus}
    assert {text for text in prose & written if " " in text} <= ours


def texts(value: Any) -> Iterator[str]:
    """What stands under the keys that hold prose."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in {"description", "summary", "title"} and isinstance(item, str):
                yield item
            yield from texts(item)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from strings(item)


def as_json_says(value: Any) -> Any:
    """Without nulls, which the service sends where no document allows them; 1.0 as 1."""
    if isinstance(value, dict):
        return {name: as_json_says(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [as_json_says(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@needed
def test_official_answers_are_valid_by_the_pinned_schemas(
    version: str, pinned: dict[str, Any]
) -> None:
    operations = {
        one["operationId"]: one for item in pinned["paths"].values() for one in item.values()
    }
    tried, refused = 0, {}
    for example in Documents(version).examples:
        for status, answer in example.content["responses"].items():
            stated = operations[example.operation]["responses"].get(status, {}).get("content")
            if stated and isinstance(answer.get("body"), dict):
                schema = stated["application/json"]["schema"]
                whole = {**schema, "components": pinned["components"]}
                errors = OAS30Validator(whole).iter_errors(as_json_says(answer["body"]))
                tried += 1
                # Secrets are required and left out of answers all the same; enums are open.
                lenient = {"required", "enum"}
                if messages := [one.message for one in errors if one.validator not in lenient]:
                    refused[f"{example.name} {status}"] = messages[0][:200]
    print(f"{version}: {tried} answers tried, {tried - len(refused)} valid")
    assert tried > 50
    assert refused == {}


@needed
def test_any_copy_gives_the_same_bytes(tmp_path: Path) -> None:
    none = tmp_path / "patches.toml"
    folder = folder_of()
    expected = document_text(convert(Selection(SPECS, API_VERSION), none).document)
    archive, tar = tmp_path / "specs.zip", tmp_path / "specs.tar.gz"
    with zipfile.ZipFile(archive, "w") as packed, tarfile.open(tar, "w:gz") as tarred:
        for path in SPECS.rglob("*.json"):
            packed.write(path, f"specs-main/{path.relative_to(SPECS)}")
            tarred.add(path, f"specs-main/{path.relative_to(SPECS)}")
    for source in (archive, tar, folder, folder.parents[1]):
        result = convert(Selection(source, API_VERSION), none)
        assert document_text(result.document) == expected, source
        assert all(path.startswith("specification/") for path in result.sources.digests())


@needed
@pytest.mark.parametrize("seed", ["0", "1"])
def test_any_hash_seed_gives_the_same_bytes(seed: str, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from codegen_steps.pin.convert import *; "
        "path = pathlib.Path(sys.argv[1]); "
        "print(document_text(convert(Selection(path, sys.argv[2]), path / 'none').document))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(SPECS), API_VERSION],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    unpatched = convert(Selection(SPECS, API_VERSION), tmp_path / "none")
    assert done.stdout.decode().rstrip("\n") == document_text(unpatched.document).rstrip("\n")


@needed
def test_a_choice_of_documents(tmp_path: Path) -> None:
    wanted = Selection(SPECS, API_VERSION, ("workspaceSkus.json",))
    assert len(convert(wanted, tmp_path / "none").document["paths"]) == 1
