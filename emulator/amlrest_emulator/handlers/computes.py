"""Computes: clusters that scale, instances that start and stop."""

import re
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.context import Context, timestamp
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.engine.errors import ArmError, conflict, refuse
from amlrest_emulator.engine.json_body import part, required
from amlrest_emulator.engine.mutability import merge
from amlrest_emulator.engine.operations import Change
from amlrest_emulator.state import Resource

_TYPE = f"{names.PROVIDER}/workspaces/computes"
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9-]{1,23}")
_DURATION = re.compile(
    r"^-?P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"
)
_CLUSTER, _INSTANCE = "AmlCompute", "ComputeInstance"


def service_fields(context: Context, kind: str, created: str | None = None) -> dict[str, Any]:
    """Return, as a merge patch, what only the service sets of a compute.

    Args:
        context: the server's.
        kind: ``computeType``.
        created: when it was created; now when None.
    """
    now = timestamp(context.clock())
    fields: dict[str, Any] = {
        "createdOn": created or now,
        "modifiedOn": now,
        "isAttachedCompute": kind not in {_CLUSTER, _INSTANCE},
    }
    if kind == _CLUSTER:
        steady = {"allocationState": "Steady", "allocationStateTransitionTime": now}
        fields["properties"] = steady
    return {"properties": fields}


@handles("Compute_CreateOrUpdate")
def create(call: Call) -> Reply:
    """Create or replace a compute."""
    name = call.values["computeName"]
    if not _NAME.fullmatch(name):
        rule = "must be 2 to 24 letters, digits or hyphens"
        raise refuse("computeName", f"{name!r} {rule}", "InvalidName")
    old = call.context.state.get(call.resource_id)
    kind = required(call.body, "properties", "computeType")
    if old and part(old.body, "properties").get("computeType") != kind:
        message = f"{old.id} is of another computeType, which cannot be changed."
        raise conflict(message, "properties.computeType", "ImmutableProperty")
    settings = part(call.body, "properties", "properties")
    _check_scale(settings.get("scaleSettings"), "properties.properties.scaleSettings")
    fields = service_fields(call.context, kind, _created(old))
    if kind == _INSTANCE and old is None:
        fields = merge(fields, _instance_state(call.context, "Running", "Create"))
    return crud.put(call, fields)


def _created(old: Resource | None) -> str | None:
    return part(old.body, "properties").get("createdOn") if old else None


def _check_scale(scale: dict[str, Any] | None, where: str) -> None:
    if not scale:
        return
    low, high = scale.get("minNodeCount") or 0, scale.get("maxNodeCount") or 0
    if not 0 <= low <= high:
        raise refuse(where, f"minNodeCount {low} must be from 0 to maxNodeCount {high}")
    idle = scale.get("nodeIdleTimeBeforeScaleDown")
    if idle is not None and not _DURATION.match(idle):
        message = f"{idle!r} is no ISO 8601 duration such as PT2M"
        raise refuse(f"{where}.nodeIdleTimeBeforeScaleDown", message)


@handles("Compute_Update")
def scale(call: Call) -> Reply:
    """Change a cluster's scale settings."""
    compute = _of_kind(call, _CLUSTER)
    wanted = part(call.body, "properties", "scaleSettings")
    _check_scale(wanted, "properties.scaleSettings")
    fields = service_fields(call.context, _CLUSTER, _created(compute))
    call.body = {}
    scaled = {"properties": {"properties": {"scaleSettings": wanted}}}
    return crud.patch(call, merge(fields, scaled))


@handles("Compute_Delete")
def delete(call: Call) -> Reply:
    """Delete a compute; only attached ones can be detached instead."""
    compute = call.resource()
    attached = part(compute.body, "properties").get("isAttachedCompute")
    if call.query.get("underlyingResourceAction") == "Detach" and not attached:
        message = f"{compute.id} was made by the workspace; it can be deleted, not detached."
        raise ArmError(400, "CannotDetach", message, "underlyingResourceAction")
    return crud.delete(call)


@handles("Compute_Start")
def start(call: Call) -> Reply:
    """Start a compute instance."""
    return _power(call, "Starting", "Running", "Start")


@handles("Compute_Stop")
def stop(call: Call) -> Reply:
    """Stop a compute instance."""
    return _power(call, "Stopping", "Stopped", "Stop")


def _power(call: Call, during: str, after: str, operation: str) -> Reply:
    instance = _of_kind(call, _INSTANCE)
    change = Change(
        {"properties": {"properties": {"state": during}}},
        _instance_state(call.context, after, operation),
    )
    return crud.finish(call, instance, 202, change)


@handles("Compute_Restart")
def restart(call: Call) -> Reply:
    """Restart a compute instance."""
    instance = _of_kind(call, _INSTANCE)
    _patch(call, instance, _instance_state(call.context, "Running", "Restart"))
    return Reply(200)


@handles("Compute_UpdateSchedules")
def update_schedules(call: Call) -> Reply:
    """Replace the schedules of a compute instance; the local workspace does not follow them."""
    instance = _of_kind(call, _INSTANCE)
    _patch(call, instance, {"properties": {"properties": {"schedules": call.body or {}}}})
    return Reply(200)


@handles("Compute_ListKeys")
def list_keys(call: Call) -> Reply:
    """Give the secrets an attached compute was registered with."""
    compute = call.resource()
    kind = part(compute.body, "properties").get("computeType")
    kept = call.context.state.secrets(compute.id).get("properties", {}).get("properties", {})
    shown = part(compute.body, "properties", "properties")
    if kind == "Databricks":
        return Reply(200, {"computeType": kind, **kept})
    if kind == "VirtualMachine":
        account = merge(
            shown.get("administratorAccount") or {}, kept.get("administratorAccount") or {}
        )
        return Reply(200, {"computeType": kind, "administratorAccount": account})
    message = f"{compute.id} is {kind}, for which the local workspace has no keys."
    raise ArmError(400, "NoKeys", message, compute.id)


def _of_kind(call: Call, kind: str) -> Resource:
    compute = call.resource()
    found = part(compute.body, "properties").get("computeType")
    if found != kind:
        message = f"{call.operation.id} is for {kind} only; {compute.name} is {found}."
        raise ArmError(400, "WrongComputeType", message, compute.id)
    return compute


def _instance_state(context: Context, state: str, operation: str) -> dict[str, Any]:
    last = {
        "operationName": operation,
        "operationTime": timestamp(context.clock()),
        "operationStatus": "Succeeded",
    }
    return {"properties": {"properties": {"state": state, "lastOperation": last}}}


def _patch(call: Call, compute: Resource, patch: dict[str, Any]) -> None:
    now = timestamp(call.context.clock())
    call.context.state.update(compute.id, lambda body: merge(body, patch), now)
