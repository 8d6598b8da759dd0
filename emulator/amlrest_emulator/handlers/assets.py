"""Handlers of environment, data, code and model versions, whose content is immutable."""

from __future__ import annotations

from typing import Any

from amlrest_emulator.arm_errors import conflict, invalid
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.handlers.references import missing_reference
from amlrest_emulator.json_body import part

_DESCRIPTIVE = ("tags", "properties", "description")


@handles(
    "CodeVersions_CreateOrUpdate",
    "DataVersions_CreateOrUpdate",
    "EnvironmentSpecificationVersions_CreateOrUpdate",
    "ModelVersions_CreateOrUpdate",
)
def put_version(call: Call) -> Reply:
    """Register a version, or update tags, properties and description of an existing one."""
    properties = part(call.parts.public, "properties")
    where = "properties.datastoreId"
    problem = missing_reference(call.context, properties.get("datastoreId"), where)
    if problem:
        raise invalid([problem])
    with call.context.state.transaction():
        old = call.context.state.get(call.resource_id)
        if old and _content(old.properties) != _content(properties):
            message = (
                f"{old.id} is registered with different content and cannot be changed; "
                "register another version."
            )
            raise conflict(message, "properties", "VersionIsImmutable")
        return crud.put(call, _service_fields(call))


def _content(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the immutable fields of a version that are set."""
    ignored = (*_DESCRIPTIVE, "environmentSpecificationType")
    return {
        key: value
        for key, value in properties.items()
        if key not in ignored and value is not None and not (key == "isAnonymous" and not value)
    }


def _service_fields(call: Call) -> dict[str, Any]:
    if call.operation.id.startswith("Environment"):
        return {"properties": {"environmentSpecificationType": "UserCreated"}}
    return {}
