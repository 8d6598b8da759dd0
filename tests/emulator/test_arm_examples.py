"""The official request examples are accepted, and what they set can be read back."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests import official
from tests.emulator.arm import Arm
from tests.emulator.two_versions import BOTH, Client

# Jobs run in tests of their own; the others are in registries, which a workspace has none of.
_NOT_RUN = ("Jobs_", "Registr")
# What a GET leaves out on purpose: read-only on input, or write-only.
_NOT_SHOWN = {
    "secrets",
    "keys",
    "adminUserPassword",
    "provisioningState",
    "principalId",
    "status",
    "jobId",
}


def _put_examples() -> list[Any]:
    return [
        pytest.param(
            version,
            documents.operations[each.operation],
            each.content["parameters"],
            id=f"{version} {each.name}",
        )
        for version in BOTH
        if (documents := official.Documents(version))
        for each in documents.examples
        if documents.operations[each.operation].method == "PUT"
        and not each.operation.startswith(_NOT_RUN)
    ]


def _missing(expected: Any, found: Any, path: str = "") -> list[str]:
    """Return the paths at which ``found`` lacks or changes something of ``expected``."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [
            problem
            for key, value in expected.items()
            if key not in _NOT_SHOWN
            for problem in _missing(value, found.get(key), f"{path}.{key}")
        ]
    return [] if expected == found else [f"{path}: {expected!r} became {found!r}"]


@official.needed
@pytest.mark.parametrize(("version", "operation", "values"), _put_examples())
def test_official_put_examples_are_accepted_and_read_back(
    arm: Arm, version: str, operation: official.Operation, values: dict[str, Any]
) -> None:
    in_path = {key: value for key, value in values.items() if f"{{{key}}}" in operation.path}
    body_name = next(key for key, value in values.items() if isinstance(value, dict))
    body = _without_placeholders(values[body_name])
    where = operation.path.format(**in_path | {"workspaceName": f"ws{uuid.uuid4().hex[:12]}"})
    _make_parents(arm, where)

    created = arm("PUT", where, body, **{"api-version": version})

    assert created.status_code in {200, 201, 202}, created.text
    assert str(created.status_code) in operation.node.value["responses"]
    read = Client(arm, version)("GET", where)
    assert read.status_code == 200
    assert not _missing(body, read.json())
    assert read.json()["id"].lower() == where.lower()


def _without_placeholders(body: dict[str, Any]) -> dict[str, Any]:
    """Return an example without the references that are the text "string"."""
    return {
        key: _without_placeholders(value) if isinstance(value, dict) else value
        for key, value in body.items()
        if key not in {"environmentId", "codeId", "model"} or value != "string"
    }


def _make_parents(arm: Arm, where: str) -> None:
    workspace, _, below = where.partition("/workspaces/")
    name, _, rest = below.partition("/")
    if not rest:
        return
    assert arm("PUT", f"{workspace}/workspaces/{name}", {"location": "x"}).is_success
    if "/deployments/" in rest:
        endpoint = where.partition("/deployments/")[0]
        body = {"location": "x", "properties": {"authMode": "Key"}}
        assert arm("PUT", endpoint, body).is_success


@pytest.mark.parametrize(
    ("kind", "create", "update"),
    [
        (
            "onlineEndpoints/ep/deployments/blue",
            "OnlineDeployment/K8sOnlineDeployment/createOrUpdate.json",
            "OnlineDeployment/K8sOnlineDeployment/update.json",
        ),
        (
            "batchEndpoints/ep/deployments/blue",
            "BatchDeployment/createOrUpdate.json",
            "BatchDeployment/update.json",
        ),
        ("computes/comp", "Compute/createOrUpdate/AmlCompute.json", "Compute/patch.json"),
    ],
    ids=["online", "batch", "compute"],
)
def test_official_patch_examples_change_what_they_say(
    arm: Arm, kind: str, create: str, update: str
) -> None:
    def body(file: str) -> dict[str, Any]:
        return official.request_body(official.example(file))

    where = f"{arm.id.rpartition('/')[0]}/ws{uuid.uuid4().hex[:12]}/{kind}"
    _make_parents(arm, where)
    assert arm("PUT", where, body(create)).is_success
    before = arm("GET", where).json()
    changed = arm("PATCH", where, body(update))
    assert changed.status_code in {200, 202}, changed.text
    after = arm("GET", where).json()
    assert after["properties"].keys() >= before["properties"].keys()
    if not kind.startswith("computes"):
        assert not _missing(body(update), after)
    else:
        inner = after["properties"]["properties"]
        assert not _missing(body(update)["properties"], inner)
