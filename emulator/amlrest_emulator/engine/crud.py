"""CRUD operations of stored resources: get, list, put, patch, delete."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.answers import Answers
from amlrest_emulator.arm_errors import immutable
from amlrest_emulator.context import Context
from amlrest_emulator.engine import operations
from amlrest_emulator.engine.answerable import check_answerable, check_removals
from amlrest_emulator.engine.call import PRESENTERS, Call, Reply
from amlrest_emulator.engine.edge import Edge
from amlrest_emulator.engine.listing import list_page, next_link, order_of, page_of
from amlrest_emulator.engine.missing import not_found
from amlrest_emulator.engine.mutability import fixed_changes
from amlrest_emulator.engine.system_data import system_data
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.long_running import Change
from amlrest_emulator.names import PROVIDER
from amlrest_emulator.state import Resource, parent_of
from amlrest_emulator.times import timestamp

Waits = Callable[[Resource], bool]
_WORKSPACES = f"{PROVIDER}/workspaces".lower()
_DATASTORES = f"{_WORKSPACES}/datastores"
_CODES = f"{_WORKSPACES}/codes/versions"
_ALWAYS_CREATED = {f"{_WORKSPACES}/computes", f"{_WORKSPACES}/environments/versions"}
"""Types whose PUT is answered with 201 every time."""
_REPLACED = {f"{_WORKSPACES}/onlineendpoints/deployments": ("properties.codeConfiguration.",)}
"""Fields that the document has as immutable, but that the service replaces: a new script."""


def represent(context: Context, edge: Edge, resource: Resource) -> dict[str, Any]:
    """Return the public body of a resource as an API version shows it."""
    body = resource.body
    present = PRESENTERS.get(resource.type.lower())
    if present:
        body = present(context, resource, body)
    body = edge.complete(resource.type, edge.show(resource.type, body, context.places(resource.id)))
    named = {"id": resource.id, "name": resource.name, "type": resource.type}
    system = system_data(resource, names.below_workspace(resource.type), edge.shape)
    return {**named, **body, **system}


def get(call: Call) -> Reply:
    """Return the resource."""
    return Reply(200, represent(call.context, call.edge, call.resource()))


def list_resources(call: Call) -> Reply:
    """Return a page of a collection."""
    context, edge = call.context, call.edge
    order = order_of(call.query, call.resource_type)
    page = page_of(edge.spec, call.operation, call.query, order, context.identity.account_key)
    scope = parent_of(call.resource_id + "/_")
    _require_parent(context, scope)
    places = context.places(scope + "/_")

    def known(resource: Resource) -> bool:
        return edge.knows(resource.type, resource.body, places)

    query = {**_defaults(call), **call.query}
    found, token = list_page(context.state, scope, call.resource_type, query, page, known=known)
    body: dict[str, Any] = {"value": [represent(context, edge, item) for item in found]}
    if token:
        body["nextLink"] = next_link(call.url, token)
    return Reply(200, body)


def _defaults(call: Call) -> dict[str, Any]:
    documented = {item.name for item in call.operation.query_parameters()}
    return {"listViewType": "ActiveOnly"} if "listViewType" in documented else {}


def put(
    call: Call,
    fields: dict[str, Any] | None = None,
    *,
    compared: bool = False,
    waits: Waits | None = None,
) -> Reply:
    """Create the resource, or replace the fields that clients can set.

    Args:
        call: the request.
        fields: merge patch with fields that the service sets.
        compared: whether the caller has compared the immutable fields.
        waits: tells of the stored resource whether the long-running operation waits to be ended.

    Raises:
        ArmError: 404 if the parent does not exist, 409 if an immutable field changes.
    """
    context, parts, body = call.context, call.parts, call.parts.public
    with context.state.transaction():
        old = context.state.get(call.resource_id)
        resource_id = old.id if old else _new_id(call)
        if old:
            if not compared:
                _check_fixed(call, old)
            body = merge(body, call.kept(old.body))
        settled = merge(parts.state(body, "Succeeded"), fields or {})
        body = merge(body, settled)
        check_answerable(call, old.body if old else {}, body)
        stored = store(context, resource_id, call.resource_type, body)
        if parts.secrets:
            context.state.put_secrets(stored.id, parts.secrets)
    status = _put_status(call, is_new=old is None)
    during = parts.state(body, _put_state(call, is_new=old is None))
    return finish(call, stored, status, Change(during), waits=waits)


def _put_status(call: Call, *, is_new: bool) -> int:
    """Return the status of a PUT, which does not always tell whether the resource is new."""
    documented, kind = call.operation.responses, call.resource_type.lower()
    if kind == _WORKSPACES and call.context.answers is Answers.SERVICE:
        return 202
    if kind == _CODES and part(call.body, "properties").get("isAnonymous"):
        return 200
    if (is_new or kind in _ALWAYS_CREATED) and HTTPStatus.CREATED in documented:
        return 201
    accepted = HTTPStatus.ACCEPTED in documented and HTTPStatus.CREATED not in documented
    return 202 if call.operation.long_running and accepted else 200


def _put_state(call: Call, *, is_new: bool) -> str:
    kind = call.resource_type.lower()
    if kind.endswith("/deployments"):
        return "Updating"
    return "Creating" if is_new or kind in _ALWAYS_CREATED else "Updating"


def patch(call: Call, *, waits: Waits | None = None) -> Reply:
    """Merge a partial resource into the stored one."""
    resource = call.resource()
    check_removals(call, resource.body)
    return apply(call, resource, call.parts.public, waits=waits)


def apply(
    call: Call, resource: Resource, changes: dict[str, Any], *, waits: Waits | None = None
) -> Reply:
    """Apply a merge patch and the secrets of the request to a resource."""
    context, secrets = call.context, call.parts.secrets
    body = merge(resource.body, changes)
    check_answerable(call, resource.body, body)
    with context.state.transaction():
        stored = store(context, resource.id, resource.type, body)
        if secrets:
            old = context.state.secrets(resource.id)
            context.state.put_secrets(resource.id, merge(old, secrets))
    change = Change(_during(stored, "Updating"))
    return finish(call, stored, _changed_status(call), change, waits=waits)


def _changed_status(call: Call) -> int:
    accepted = call.is_recorded_only or HTTPStatus.ACCEPTED in call.operation.responses
    return 202 if call.is_long_running and accepted else 200


def delete(call: Call) -> Reply:
    """Delete the resource and its children; 204 if it does not exist."""
    context = call.context
    found = context.state.get(call.resource_id)
    if found is None:
        if HTTPStatus.NO_CONTENT not in call.operation.responses:
            raise not_found(context.state, call.resource_id)
        return Reply(204)
    if not call.is_long_running:
        context.state.delete(found.id)
        return Reply(200)
    return finish(call, found, 202, Change(_during(found, "Deleting"), None))


def store(context: Context, resource_id: str, resource_type: str, body: dict[str, Any]) -> Resource:
    """Store a resource with creation and modification time."""
    now = timestamp(context.clock())
    return context.state.put(Resource(resource_id, resource_type, body, now, now))


def finish(
    call: Call, resource: Resource, status: int, change: Change, *, waits: Waits | None = None
) -> Reply:
    """Return the reply to a change of a resource; start the long-running operation if any."""
    context = call.context
    if not call.is_long_running:
        headers = {"Location": call.url} if status == HTTPStatus.CREATED else {}
        return Reply(status, represent(context, call.edge, resource), headers)
    settled = {"properties": {"provisioningState": "Succeeded"}}
    if change.after is not None and "provisioningState" in change.during.get("properties", {}):
        change = Change(change.during, merge(settled, change.after), change.result)
    name = operations.new_name(call, str(uuid.uuid4()))
    record = context.long_running.start(
        name,
        resource.id,
        change,
        fail=call.fail_operation,
        waits=waits is not None and waits(resource),
    )
    current = context.state.get(resource.id) or resource
    return operations.started(call, record, status, represent(context, call.edge, current))


def accept(call: Call, resource: Resource, changes: dict[str, Any] | None = None) -> Reply:
    """Return the reply to an action without a result, which may be a long-running operation."""
    context = call.context
    if call.is_long_running:
        return finish(call, resource, 202, Change({}, changes or {}))
    if changes:
        now = timestamp(context.clock())
        context.state.update(resource.id, lambda body: merge(body, changes), now)
    return Reply(200)


def _new_id(call: Call) -> str:
    """Return the id of a new resource; create the container of a new asset version."""
    scope, name = parent_of(call.resource_id), call.resource_id.rpartition("/")[2]
    if call.resource_type.lower() == _DATASTORES:
        name = name.lower()
    kind = call.resource_type.rpartition("/")[2]
    if "/" not in call.resource_type.partition("/")[2]:
        return call.resource_id
    parent = call.context.state.get(scope)
    if parent is None and kind == "versions":
        parent = _make_container(call, scope)
    if parent is None:
        raise not_found(call.context.state, scope)
    return f"{parent.id}/{kind}/{name}"


def _make_container(call: Call, container_id: str) -> Resource:
    kind = call.resource_type.removesuffix("/versions")
    workspace = _require_parent(call.context, parent_of(container_id))
    collection, name = container_id.split("/")[-2:]
    parent = f"{workspace.id}/{collection}/{name}" if workspace else container_id
    return store(call.context, parent, kind, {"properties": {}})


def _require_parent(context: Context, scope: str) -> Resource | None:
    """Return the parent of a collection; subscriptions and resource groups always exist."""
    if "/providers/" not in scope:
        return None
    parent = context.state.get(scope)
    if parent is None:
        raise not_found(context.state, scope)
    return parent


def _check_fixed(call: Call, old: Resource) -> None:
    schema = call.operation.body or {}
    kind, places = call.resource_type, call.places
    before = call.edge.show(kind, old.body, places)
    after = call.edge.show(kind, call.parts.public, places)
    replaced = _REPLACED.get(kind.lower(), ())
    found = fixed_changes(call.edge.spec, schema, before, after)
    changed = sorted(field for field in found if not field.startswith(replaced))
    if changed:
        message = f"{old.id} exists and {', '.join(changed)} cannot be changed; use another name."
        raise immutable("PropertyImmutable", message, changed[0])


def _during(resource: Resource, state: str) -> dict[str, Any]:
    has_state = "provisioningState" in resource.properties
    return {"properties": {"provisioningState": state}} if has_state else {}
