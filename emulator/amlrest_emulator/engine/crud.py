"""What every stored resource does: put, get, list, patch, delete."""

from http import HTTPStatus
from typing import Any

from amlrest_emulator.context import Context, timestamp
from amlrest_emulator.engine.call import PRESENTERS, Call, Reply
from amlrest_emulator.engine.errors import conflict, not_found
from amlrest_emulator.engine.listing import list_page, next_link, page_of
from amlrest_emulator.engine.mutability import (
    fixed_changes,
    merge,
    read_only_part,
    shape_of,
    take_apart,
)
from amlrest_emulator.engine.operations import IN_PROGRESS, Change, OperationRecord, seconds_to_wait
from amlrest_emulator.names import PROVIDER
from amlrest_emulator.spec import Schema
from amlrest_emulator.state import Resource, parent_of

_TIMEOUT = "PT1H"
_SERVICE_FIELDS = ("id", "name", "type", "systemData")


def represent(context: Context, resource: Resource) -> dict[str, Any]:
    """Return a resource as a client sees it."""
    body = resource.body
    present = PRESENTERS.get(resource.type.lower())
    if present:
        body = present(context, resource, body)
    system = {
        "createdAt": resource.created,
        "createdBy": "local",
        "createdByType": "User",
        "lastModifiedAt": resource.modified,
        "lastModifiedBy": "local",
        "lastModifiedByType": "User",
    }
    named = {"id": resource.id, "name": resource.name, "type": resource.type}
    return {**named, **body, "systemData": system}


def get(call: Call) -> Reply:
    """Answer with the resource."""
    return Reply(200, represent(call.context, call.resource()))


def list_resources(call: Call) -> Reply:
    """Answer with a page of a collection."""
    page = page_of(call.context.spec, call.operation, call.query)
    scope = parent_of(call.resource_id + "/_")
    _require_parent(call.context, scope)
    found = list_page(call.context.state, scope, call.resource_type, call.query, page)
    body: dict[str, Any] = {"value": [represent(call.context, item) for item in found.resources]}
    if found.token:
        body["nextLink"] = next_link(call.url, found.token)
    return Reply(200, body)


def put(call: Call, fields: dict[str, Any] | None = None) -> Reply:
    """Create the resource, or replace what clients can set of it.

    Args:
        call: the request.
        fields: merge patch with what the service sets itself.

    Raises:
        ArmError: 404 without its parent, 409 for a changed field that cannot change.
    """
    context, schema = call.context, call.operation.body or {}
    with context.state.transaction():
        old = context.state.get(call.resource_id)
        resource_id = old.id if old else _new_id(call)
        parts = take_apart(context.spec, schema, call.body)
        public = {key: item for key, item in parts.public.items() if key not in _SERVICE_FIELDS}
        if old:
            _check_fixed(call, old, public)
            public = merge(public, read_only_part(context.spec, schema, old.body))
        public = merge(public, _settled(context, schema, public))
        stored = store(context, resource_id, call.resource_type, merge(public, fields or {}))
        if parts.secrets:
            context.state.put_secrets(stored.id, parts.secrets)
    status = 200 if old or HTTPStatus.CREATED not in call.operation.responses else 201
    during = "Updating" if old else "Creating"
    return finish(call, stored, status, Change(_state(context, schema, public, during), {}))


def patch(call: Call, fields: dict[str, Any] | None = None) -> Reply:
    """Merge a partial resource into the stored one."""
    context, resource = call.context, call.resource()
    parts = take_apart(context.spec, call.operation.body or {}, call.body)
    changes = {key: item for key, item in parts.public.items() if key not in _SERVICE_FIELDS}
    changes = merge(changes, fields or {})
    with context.state.transaction():
        stored = store(context, resource.id, resource.type, merge(resource.body, changes))
        if parts.secrets:
            old = context.state.secrets(resource.id)
            context.state.put_secrets(resource.id, merge(old, parts.secrets))
    status = (
        202
        if call.operation.long_running and HTTPStatus.ACCEPTED in call.operation.responses
        else 200
    )
    during = {"provisioningState": "Updating"} if _has_state(stored) else {}
    return finish(call, stored, status, Change({"properties": during}, {}))


def delete(call: Call) -> Reply:
    """Delete the resource and what is below it; 204 when there is nothing to delete."""
    context = call.context
    found = context.state.get(call.resource_id)
    if found is None:
        if HTTPStatus.NO_CONTENT not in call.operation.responses:
            raise not_found(call.resource_id)
        return Reply(204)
    if not call.operation.long_running:
        context.state.delete(found.id)
        return Reply(200)
    during = {"properties": {"provisioningState": "Deleting"}} if _has_state(found) else {}
    return finish(call, found, 202, Change(during, None))


def store(context: Context, resource_id: str, resource_type: str, body: dict[str, Any]) -> Resource:
    """Write a resource with its times."""
    now = timestamp(context.clock())
    return context.state.put(Resource(resource_id, resource_type, body, now, now))


def finish(call: Call, resource: Resource, status: int, change: Change) -> Reply:
    """Answer a request that changed a resource; a long-running one begins its operation."""
    context = call.context
    if not call.operation.long_running:
        return Reply(status, represent(context, resource))
    settled = {"properties": {"provisioningState": "Succeeded"}}
    if change.after is not None and "provisioningState" in change.during.get("properties", {}):
        change = Change(change.during, merge(settled, change.after), change.result)
    record = context.operations.begin(resource.id, change, fail=call.fail_operation)
    headers = operation_headers(context, record, status)
    if status == HTTPStatus.ACCEPTED:
        return Reply(status, None, headers)
    return Reply(status, represent(context, context.state.get(resource.id) or resource), headers)


def operation_headers(context: Context, record: OperationRecord, status: int) -> dict[str, str]:
    """Return the headers with which a long-running operation is followed."""
    base = f"{context.endpoint}{_operations_path(context)}"
    query = f"?api-version={context.spec.version}"
    followed = f"{base}/mfeOperationsStatus/{record.id}{query}"
    if status == HTTPStatus.CREATED:
        return {"Azure-AsyncOperation": followed, "x-ms-async-operation-timeout": _TIMEOUT}
    if status != HTTPStatus.ACCEPTED:
        return {}
    return {
        "Location": f"{base}/mfeOperationResults/{record.id}{query}",
        "Azure-AsyncOperation": followed,
        "Retry-After": str(seconds_to_wait(context.operations.delay)),
        "x-ms-async-operation-timeout": _TIMEOUT,
    }


def operation_status(context: Context, operation_id: str, path: str) -> Reply:
    """Answer the ``Azure-AsyncOperation`` address."""
    record = context.operations.get(operation_id)
    if record is None:
        raise not_found(path)
    wait = {"Retry-After": str(seconds_to_wait(context.operations.delay))}
    return Reply(200, record.body(path), wait if record.status == IN_PROGRESS else {})


def operation_result(context: Context, operation_id: str, path: str) -> Reply:
    """Answer the ``Location`` address: 202 while it runs, then what the operation gives."""
    record = context.operations.get(operation_id)
    if record is None:
        raise not_found(path)
    if record.status == IN_PROGRESS:
        return Reply(202, None, operation_headers(context, record, 202))
    if record.status == "Failed":
        return Reply(409, {"error": record.body(path)["error"]})
    if record.plan["result"] is not None:
        return Reply(200, record.plan["result"])
    found = context.state.get(record.resource_id)
    return Reply(200, represent(context, found)) if found else Reply(204)


def _operations_path(context: Context) -> str:
    identity = context.identity
    return (
        f"/subscriptions/{identity.subscription_id}/providers/{PROVIDER}"
        f"/locations/{identity.location}"
    )


def _new_id(call: Call) -> str:
    """Return the id of a new resource below its parent; a version's container is made with it."""
    scope, name = parent_of(call.resource_id), call.resource_id.rpartition("/")[2]
    kind = call.resource_type.rpartition("/")[2]
    if "/" not in call.resource_type.partition("/")[2]:
        return call.resource_id
    holder = call.context.state.get(scope)
    if holder is None and kind == "versions":
        holder = _make_container(call, scope)
    if holder is None:
        raise not_found(scope)
    return f"{holder.id}/{kind}/{name}"


def _make_container(call: Call, container_id: str) -> Resource:
    kind = call.resource_type.removesuffix("/versions")
    workspace = _require_parent(call.context, parent_of(container_id))
    collection, name = container_id.split("/")[-2:]
    holder = f"{workspace.id}/{collection}/{name}" if workspace else container_id
    return store(call.context, holder, kind, {"properties": {}})


def _require_parent(context: Context, scope: str) -> Resource | None:
    """Return what holds a collection; resource groups and subscriptions are always there."""
    if "/providers/" not in scope:
        return None
    holder = context.state.get(scope)
    if holder is None:
        raise not_found(scope)
    return holder


def _check_fixed(call: Call, old: Resource, new: dict[str, Any]) -> None:
    changed = sorted(fixed_changes(call.context.spec, call.operation.body or {}, old.body, new))
    if changed:
        message = f"{old.id} exists and {', '.join(changed)} cannot be changed; use another name."
        raise conflict(message, changed[0], "ImmutableProperty")


def _has_state(resource: Resource) -> bool:
    return "provisioningState" in (resource.body.get("properties") or {})


def _settled(context: Context, schema: Schema, body: dict[str, Any]) -> dict[str, Any]:
    return _state(context, schema, body, "Succeeded")


def _state(context: Context, schema: Schema, body: dict[str, Any], value: str) -> dict[str, Any]:
    """Return a provisioning state as a merge patch, if the document gives this kind one."""
    spec, properties = context.spec, body.get("properties")
    if not isinstance(properties, dict):
        return {}
    outer = shape_of(spec, schema, body)["properties"]
    inner = shape_of(spec, outer.get("properties", {}), properties)
    field = inner.get("properties", {}).get("provisioningState")
    if field is None:
        return {}
    listed = spec.merged(field).get("enum", [value])
    return {"properties": {"provisioningState": value if value in listed else "InProgress"}}
