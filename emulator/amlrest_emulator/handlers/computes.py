"""Handlers of computes: clusters, compute instances and attached computes."""

from __future__ import annotations

import re
from typing import Any

from amlrest_emulator.arm_errors import immutable, not_possible, refuse
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.long_running import Change
from amlrest_emulator.state import Resource
from amlrest_emulator.times import timestamp

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9-]{1,23}")
_DURATION = re.compile(
    r"-?P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII
)
CLUSTER, _INSTANCE = "AmlCompute", "ComputeInstance"


def service_fields(context: Context, kind: str, created: str | None = None) -> dict[str, Any]:
    """Return a merge patch with the fields of a compute that the service sets."""
    now = timestamp(context.clock())
    fields: dict[str, Any] = {
        "createdOn": created or now,
        "modifiedOn": now,
        "isAttachedCompute": kind not in {CLUSTER, _INSTANCE},
    }
    if kind == CLUSTER:
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
    kind = call.required("properties", "computeType")
    if old and old.properties.get("computeType") != kind:
        message = f"{old.id} has another computeType, which cannot be changed; use another name."
        raise immutable("PropertyImmutable", message, "properties.computeType")
    settings = part(call.body, "properties", "properties")
    _check_scale(settings.get("scaleSettings"), "properties.properties.scaleSettings")
    fields = service_fields(call.context, kind, _created(old))
    size = settings.get("vmSize")
    if isinstance(size, str):
        fields = merge(fields, {"properties": {"properties": {"vmSize": size.upper()}}})
    if kind == _INSTANCE and old is None:
        fields = merge(fields, _instance_state(call.context, "Running", "Create"))
    return crud.put(call, fields)


def _created(old: Resource | None) -> str | None:
    return old.properties.get("createdOn") if old else None


def _check_scale(scale: dict[str, Any] | None, where: str) -> None:
    if not scale:
        return
    low, high = scale.get("minNodeCount") or 0, scale.get("maxNodeCount") or 0
    if not 0 <= low <= high:
        raise refuse(where, f"minNodeCount {low} must be from 0 to maxNodeCount {high}")
    idle = scale.get("nodeIdleTimeBeforeScaleDown")
    if idle is not None and not _DURATION.fullmatch(idle):
        message = f"{idle!r} is not an ISO 8601 duration such as PT2M"
        raise refuse(f"{where}.nodeIdleTimeBeforeScaleDown", message)


@handles("Compute_Update")
def scale(call: Call) -> Reply:
    """Update the scale settings of a cluster."""
    compute = of_kind(call, CLUSTER)
    # Later API versions have the settings below the properties of the kind, as in the resource.
    where = ["properties", "properties"]
    if not part(call.body, *where):
        where = ["properties"]
    settings = part(call.body, *where, "scaleSettings")
    _check_scale(settings, f"{'.'.join(where)}.scaleSettings")
    fields = service_fields(call.context, CLUSTER, _created(compute))
    scaled = {"properties": {"properties": {"scaleSettings": settings}}} if settings else {}
    return crud.apply(call, compute, merge(fields, scaled))


@handles("Compute_Delete")
def delete(call: Call) -> Reply:
    """Delete a compute, or detach an attached one."""
    compute = call.resource()
    attached = compute.properties.get("isAttachedCompute")
    if call.query.get("underlyingResourceAction") == "Detach" and not attached:
        message = f"{compute.id} was created by the workspace; delete it instead of detaching it."
        raise not_possible("CannotDetach", message, "underlyingResourceAction")
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
    instance = of_kind(call, _INSTANCE)
    change = Change(
        {"properties": {"properties": {"state": during}}},
        _instance_state(call.context, after, operation),
    )
    return crud.finish(call, instance, 202, change)


@handles("Compute_Restart")
def restart(call: Call) -> Reply:
    """Restart a compute instance."""
    instance = of_kind(call, _INSTANCE)
    return crud.accept(call, instance, _instance_state(call.context, "Running", "Restart"))


@handles("Compute_UpdateSchedules")
def update_schedules(call: Call) -> Reply:
    """Replace the schedules of a compute instance, which are stored but not executed."""
    instance = of_kind(call, _INSTANCE)
    _patch(call, instance, {"properties": {"properties": {"schedules": call.body or {}}}})
    return Reply(200)


@handles("Compute_ListKeys")
def list_keys(call: Call) -> Reply:
    """Return the secrets of an attached compute."""
    compute = call.resource()
    kind = compute.properties.get("computeType")
    stored = call.context.state.secrets(compute.id).get("properties", {}).get("properties", {})
    shown = part(compute.properties, "properties")
    if kind == "Databricks":
        return Reply(200, {"computeType": kind, **stored})
    if kind == "VirtualMachine":
        account = merge(
            shown.get("administratorAccount") or {}, stored.get("administratorAccount") or {}
        )
        return Reply(200, {"computeType": kind, "administratorAccount": account})
    message = f"{compute.id} is of type {kind}, which has no keys in the local workspace."
    raise not_possible("NoKeys", message, compute.id)


def of_kind(call: Call, kind: str) -> Resource:
    """Return the compute of a request; raise 400 if it has another ``computeType``."""
    compute = call.resource()
    found = compute.properties.get("computeType")
    if found != kind:
        message = f"{call.operation.id} requires {kind}; {compute.name} is {found}."
        raise not_possible("WrongComputeType", message, compute.id)
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
