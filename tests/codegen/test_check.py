"""A check finds what was lost, changed, added or left over."""

from __future__ import annotations

import copy
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import codegen
from codegen_steps.atomic_replace import differences
from codegen_steps.emit.generate import emit_client, generate
from codegen_steps.layout import Layout
from codegen_steps.pin.convert import Selection, pin
from codegen_steps.pin.patches import Patch, read_patches
from codegen_steps.problems import CodegenError
from codegen_steps.verify.check import check
from codegen_steps.verify.coverage import Inventory, take_inventory, uncovered
from codegen_steps.verify.fidelity import compare
from tests.codegen.swagger import VERSION, operation, swagger, write_tree
from tests.official import API_VERSION, ROOT, SPECS, folder_of, needed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

SPEC = ROOT / "spec" / API_VERSION


def a_document() -> dict[str, Any]:
    thing = {
        "required": ["size"],
        "properties": {
            "size": {"type": "string", "enum": ["big", "small"]},
            "key": {"type": "string", "x-ms-secret": True},
        },
    }
    answer = {"200": {"description": "x", "schema": {"$ref": "#/definitions/Thing"}}}
    paths = {"/things": {"get": operation("Things_Get", tags=["Things"], responses=answer)}}
    return swagger(definitions={"Thing": thing}, paths=paths)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one pinned version and its client, and the tree it came from."""
    root = tmp_path_factory.mktemp("made")
    write_tree(root / "upstream", things=a_document())
    layout = Layout(root / "repository")
    shutil.copytree(ROOT / "codegen_steps" / "emit" / "templates", layout.templates)
    pin(layout, Selection(root / "upstream", VERSION))
    generate(layout, VERSION)
    return root


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "made")
    return tmp_path / "made"


def problems(root: Path) -> list[str]:
    return check(Layout(root / "repository"), VERSION, root / "upstream").problems


def test_a_fresh_client_has_no_problems(repository: Path) -> None:
    assert problems(repository) == []


def test_every_kind_of_drift_is_found(repository: Path) -> None:
    client = Layout(repository / "repository").client
    (client / "models" / "left_over.py").write_text("")
    (client / "errors.py").unlink()
    with (client / "types.py").open("a") as file:
        file.write("# edited\n")
    fresh = repository / "fresh"
    emit_client(Layout(repository / "repository"), VERSION, fresh)
    assert differences(fresh, client) == [
        "errors.py: missing",
        "models/left_over.py: not generated",
        "types.py: differs",
    ]


def test_a_client_that_cannot_be_imported(repository: Path) -> None:
    client = Layout(repository / "repository").client
    (client / "models" / "thing.py").write_text("import nowhere_to_be_found\n")
    with pytest.raises(CodegenError, match="nowhere_to_be_found"):
        take_inventory(client)


def test_changed_templates_patches_documents_and_sources(repository: Path) -> None:
    layout = Layout(repository / "repository")
    with (layout.templates / "types.py.jinja").open("a") as file:
        file.write("{# changed #}")
    pinned = layout.version(VERSION) / "openapi.json"
    pinned.write_text(pinned.read_text().replace('"small"', '"tiny"'))
    changed = a_document()
    changed["definitions"]["Thing"]["description"] = "other words"
    write_tree(repository / "upstream", things=changed)
    found = "\n".join(problems(repository))
    assert "templates" in found
    assert "openapi.json is" in found
    assert "things.json: is not the file that was pinned" in found
    assert 'lost .size enum="small"' in found
    assert 'added .size enum="tiny"' in found
    assert "models/thing_size.py: differs" in found


def test_a_changed_patch(repository: Path) -> None:
    folder = Layout(repository / "repository").version(VERSION)
    (folder / "patches.toml").write_text("# none yet\n")
    assert any("patches.toml" in line for line in problems(repository))


def test_the_command_fails_with_the_problems(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = Layout(repository / "repository")
    monkeypatch.setattr(codegen, "LAYOUT", layout)
    assert CliRunner().invoke(codegen.main, ["check"]).exit_code == 0
    (layout.client / "left_over.py").write_text("")
    result = CliRunner().invoke(codegen.main, ["check"])
    assert result.exit_code == 1
    assert "left_over.py: not generated" in result.output


def test_a_failed_generation_leaves_the_client(repository: Path) -> None:
    layout = Layout(repository / "repository")
    before = {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file()}
    pinned = layout.version(VERSION) / "openapi.json"
    broken = json.loads(pinned.read_text())
    broken["components"]["schemas"]["Thing"] = {"$ref": "#/components/schemas/Thing"}
    pinned.write_text(json.dumps(broken))
    with pytest.raises(CodegenError):
        generate(layout, VERSION)
    after = {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file()}
    assert after | {pinned: before[pinned]} == before


# The comparison with the official documents must notice the loss of anything.


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    pinned: dict[str, Any] = json.loads((SPEC / "openapi.json").read_text())
    return pinned


def lost(document: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> str:
    changed = copy.deepcopy(document)
    change(changed)
    files = sorted(folder_of().glob("*.json"))
    found = compare(files, changed, read_patches(SPEC / "patches.toml"))
    return "\n".join(found.problems)


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def the_operation(document: dict[str, Any], name: str) -> dict[str, Any]:
    every = (one for item in document["paths"].values() for one in item.values())
    return next(one for one in every if one["operationId"] == name)


@needed
def test_the_pinned_document_has_every_fact(document: dict[str, Any]) -> None:
    files = sorted(folder_of().glob("*.json"))
    found = compare(files, document, read_patches(SPEC / "patches.toml"))
    print(f"{found.operations} operations, {found.definitions} definitions, {found.facts} facts")
    assert found.problems == []
    assert found.operations == 113


LOSSES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "definition": (lambda d: d["components"]["schemas"].pop("Route"), "definition Route"),
    "field": (lambda d: schema(d, "SweepJob")["properties"].pop("trial"), ".trial field"),
    "required": (lambda d: schema(d, "CommandJob")["required"].remove("command"), "required"),
    "enum value": (lambda d: schema(d, "JobStatus")["enum"].remove("Paused"), "Paused"),
    "extension": (
        lambda d: schema(d, "JobStatus")["x-ms-enum"].update(modelAsString=False),
        "modelAsString",
    ),
    "base field": (
        lambda d: schema(d, "JobBaseFields")["properties"].pop("tags"),
        "definition JobBase",
    ),
    "parent": (lambda d: schema(d, "CommandJob").pop("allOf"), "definition CommandJob"),
    "subtype": (
        lambda d: schema(d, "JobBase")["discriminator"]["mapping"].pop("Sweep"),
        "has no subtype for 'Sweep'",
    ),
    "operation": (lambda d: the_operation(d, "Jobs_Get") and d["paths"].popitem(), "is missing"),
    "parameter": (lambda d: the_operation(d, "Jobs_List")["parameters"].pop(), "lost"),
    "long-running": (
        lambda d: the_operation(d, "Jobs_Delete").pop("x-ms-long-running-operation"),
        "x-ms-long-running-operation",
    ),
    "response": (lambda d: the_operation(d, "Jobs_Get")["responses"].pop("200"), "response 200"),
    "header": (
        lambda d: the_operation(d, "Jobs_Delete")["responses"]["202"].pop("headers"),
        "header",
    ),
    "body": (lambda d: the_operation(d, "Jobs_CreateOrUpdate").pop("requestBody"), "body"),
    "list format": (
        lambda d: next(
            one
            for one in the_operation(d, "Datastores_List")["parameters"]
            if one.get("name") == "names"
        ).update(explode=True),
        "style",
    ),
    "addition": (
        lambda d: schema(d, "Route")["properties"].update(more={"type": "string"}),
        "added .more field",
    ),
}


@needed
@pytest.mark.parametrize("what", LOSSES)
def test_a_loss_is_found(what: str, document: dict[str, Any]) -> None:
    change, message = LOSSES[what]
    assert message in lost(document, change)


@needed
def test_only_what_a_patch_says_may_differ(document: dict[str, Any]) -> None:
    pointer = "/components/schemas/SasDatastoreSecrets/properties/sasToken/x-ms-secret"
    files = sorted(folder_of().glob("*.json"))
    patches = [one for one in read_patches(SPEC / "patches.toml") if one.pointer != pointer]
    problems = compare(files, document, patches).problems
    assert [line for line in problems if "SasDatastoreSecrets" in line] == problems
    assert len(problems) == 1


def test_patches_all_say_why() -> None:
    patches: list[Patch] = read_patches(SPEC / "patches.toml")
    assert all(len(one.reason.split()) > 3 for one in patches)


# The comparison of the client with the pinned document must notice the loss of anything.


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return take_inventory(ROOT / "generated" / "amlrest_client")


def test_the_client_has_everything_the_document_says(
    document: dict[str, Any], inventory: Inventory
) -> None:
    assert uncovered(document, inventory) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda d: schema(d, "Route")["properties"].update(more={}),
            "Route: .more is not generated",
        ),
        (lambda d: schema(d, "JobStatus")["enum"].append("Lost"), "JobStatus: it lacks 'Lost'"),
        (
            lambda d: schema(d, "Route")["properties"]["path"].update({"x-ms-secret": True}),
            "Route: .path shows a secret",
        ),
        (
            lambda d: d["components"]["schemas"].update(New={"type": "object"}),
            "New: is not generated",
        ),
        (lambda d: the_operation(d, "Jobs_Get").update(operationId="Jobs_Got"), "Jobs_Got"),
        (lambda d: the_operation(d, "Jobs_Get").update({"x-ms-pageable": {}}), "pageable"),
        (lambda d: the_operation(d, "Jobs_Get")["parameters"].pop(), "parameters"),
    ],
)
def test_a_gap_in_the_client_is_found(
    change: Callable[[dict[str, Any]], Any],
    message: str,
    document: dict[str, Any],
    inventory: Inventory,
) -> None:
    changed = copy.deepcopy(document)
    change(changed)
    assert message in "\n".join(uncovered(changed, inventory))


@needed
def test_the_repository_is_up_to_date() -> None:
    assert check(Layout(ROOT), API_VERSION, SPECS).problems == []
