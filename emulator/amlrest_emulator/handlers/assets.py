"""Environments, data, code and models: a version's content never changes."""

from typing import Any

from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.engine.errors import conflict, invalid
from amlrest_emulator.engine.json_body import part
from amlrest_emulator.engine.mutability import take_apart
from amlrest_emulator.handlers.references import missing_reference

_DESCRIPTIVE = ("tags", "properties", "description")


@handles(
    "CodeVersions_CreateOrUpdate",
    "DataVersions_CreateOrUpdate",
    "EnvironmentSpecificationVersions_CreateOrUpdate",
    "ModelVersions_CreateOrUpdate",
)
def put_version(call: Call) -> Reply:
    """Register a version; an existing one takes the same content and new descriptions only."""
    asked = take_apart(call.context.spec, call.operation.body or {}, call.body).public
    properties = part(asked, "properties")
    where = "properties.datastoreId"
    problem = missing_reference(call.context, properties.get("datastoreId"), where)
    if problem:
        raise invalid([problem])
    with call.context.state.transaction():
        old = call.context.state.get(call.resource_id)
        if old and _content(part(old.body, "properties")) != _content(properties):
            message = (
                f"{old.id} is registered with other content, which cannot be changed; "
                "register another version."
            )
            raise conflict(message, "properties", "VersionIsImmutable")
        return crud.put(call, _service_fields(call))


def _content(properties: dict[str, Any]) -> dict[str, Any]:
    """Return what makes a version what it is, without descriptions and unset fields."""
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
