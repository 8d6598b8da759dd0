"""Handlers of environment, data, code and model versions, whose content is immutable."""

from __future__ import annotations

from typing import Any

from amlrest_emulator import names
from amlrest_emulator.arm_errors import immutable, invalid
from amlrest_emulator.conda_files import as_json
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.engine.content import same_content
from amlrest_emulator.handlers.build_contexts import (
    complete_build,
    is_own_folder,
    without_folder,
)
from amlrest_emulator.handlers.references import missing_reference
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.state import Resource

_NEVER_ANONYMOUS = ("/codes/versions", "/data/versions")
_DESCRIPTIVE = ("tags", "properties", "description", "isArchived", "stage")
_IGNORED = (*_DESCRIPTIVE, "environmentSpecificationType", "provisioningState", "isAnonymous")


@handles(
    "CodeVersions_CreateOrUpdate",
    "DataVersions_CreateOrUpdate",
    "ModelVersions_CreateOrUpdate",
)
def put_version(call: Call) -> Reply:
    """Register a version, or update tags, properties and description of an existing one."""
    return _put(call, {})


@handles("EnvironmentSpecificationVersions_CreateOrUpdate", "EnvironmentVersions_CreateOrUpdate")
def put_environment(call: Call) -> Reply:
    """Register an environment version, as ``put_version``."""
    properties = part(call.parts.public, "properties")
    call.parts.public["properties"] = complete_build(call.context, call.places, properties)
    return _put(call, {"properties": {"environmentSpecificationType": "UserCreated"}})


@presents(f"{names.PROVIDER}/workspaces/codes/versions")
@presents(f"{names.PROVIDER}/workspaces/data/versions")
def _present_files(_context: Context, _resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Show code and data as named: the service answers false for every version of them."""
    return merge(body, {"properties": {"isAnonymous": False}})


@presents(f"{names.PROVIDER}/workspaces/environments/versions")
def _present_environment(
    _context: Context, _resource: Resource, body: dict[str, Any]
) -> dict[str, Any]:
    """Show the conda file as JSON, as the service does; an empty text where there is none."""
    conda_file = part(body, "properties").get("condaFile")
    return merge(body, {"properties": {"condaFile": as_json(conda_file) if conda_file else ""}})


@presents(f"{names.PROVIDER}/workspaces/models/versions")
def _present_model(_context: Context, _resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add the empty map that the service has where no flavor was given."""
    return {**body, "properties": {"flavors": {}, **_complete_model(part(body, "properties"))}}


def _complete_model(properties: dict[str, Any]) -> dict[str, Any]:
    """Return a model with the flavor of its type, and the type of its flavor.

    The first wire shape tells models of MLflow by a flavor, the newer one by a type.
    """
    is_mlflow = str(properties.get("modelType")).lower() == names.MLFLOW_MODEL
    if is_mlflow and not properties.get("flavors"):
        return {**properties, "flavors": {names.MLFLOW_FLAVOR: {"data": {}}}}
    if names.MLFLOW_FLAVOR in part(properties, "flavors") and not properties.get("modelType"):
        return {**properties, "modelType": names.MLFLOW_MODEL}
    return properties


def _put(call: Call, service_fields: dict[str, Any]) -> Reply:
    properties = part(call.parts.public, "properties")
    where = "properties.datastoreId"
    problem = missing_reference(call.context, properties.get("datastoreId"), where)
    if problem:
        raise invalid([problem])
    with call.context.state.transaction():
        old = call.context.state.get(call.resource_id)
        if old and not _same(call, old, properties):
            message = (
                f"{old.id} is already registered with other content and cannot be changed; "
                "register another version."
            )
            raise immutable("VersionImmutable", message, "properties")
        return crud.put(call, service_fields, compared=True)


def _with_types(*both: dict[str, Any]) -> list[dict[str, Any]]:
    """Return two versions with types of models that can be compared: they count if both have one."""
    if all(each.get("modelType") or each.get("flavors") for each in both):
        return [_complete_model(each) for each in both]
    return [{**each, "modelType": None, "flavors": None} for each in both]


def _same(call: Call, old: Resource, new: dict[str, Any]) -> bool:
    before, after = (
        complete_build(call.context, call.places, part(call.comparable(body), "properties"))
        for body in ({"properties": each} for each in _with_types(old.properties, new))
    )
    if is_own_folder(before) or is_own_folder(after):
        before, after = without_folder(before), without_folder(after)
    anonymous = (bool(item.get("isAnonymous")) for item in (before, after))
    is_kept = not call.resource_type.lower().endswith(_NEVER_ANONYMOUS)
    return (not is_kept or len(set(anonymous)) == 1) and same_content(before, after, _IGNORED)
