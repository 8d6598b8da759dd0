"""Handlers of online and batch endpoints: keys, tokens, traffic and scoring URIs."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.arm_errors import Problem, invalid, not_possible
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.handlers.references import missing_reference
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.long_running import Change
from amlrest_emulator.serving.credentials import Credentials
from amlrest_emulator.serving.scoring import scoring_path
from amlrest_emulator.state import Resource

_TOKEN_LIFE = timedelta(hours=1)
_FULL = 100
_BATCH = f"{names.PROVIDER}/workspaces/batchEndpoints"


@handles("OnlineEndpoints_CreateOrUpdate", "BatchEndpoints_CreateOrUpdate")
def create(call: Call) -> Reply:
    """Create or replace an endpoint; generate missing keys."""
    properties = part(call.body, "properties")
    _check_traffic(properties.get("traffic"))
    problem = missing_reference(call.context, properties.get("target"), "properties.target")
    if problem:
        raise invalid([problem])
    with call.context.state.transaction():
        _drop_traffic(call)
        reply = crud.put(call, _managed(call))
        _complete_keys(call)
    return reply


def _managed(call: Call) -> dict[str, Any]:
    """Return the merge patch with the kind of an online endpoint: managed without a compute."""
    has_compute = part(call.parts.public, "properties").get("target")
    return {"kind": "Managed"} if _is_online(call) and not has_compute else {}


def _is_online(call: Call) -> bool:
    return call.operation.id.startswith("OnlineEndpoints")


def _drop_traffic(call: Call) -> None:
    """Drop the traffic of an online endpoint to deployments that do not exist."""
    properties = part(call.parts.public, "properties")
    if _is_online(call) and isinstance(properties.get("traffic"), dict):
        properties["traffic"] = {
            name: share
            for name, share in properties["traffic"].items()
            if call.context.state.get(f"{call.resource_id}/deployments/{name}")
        }


def _complete_keys(call: Call) -> None:
    keys = _keys(call)
    if not (keys.get("primaryKey") and keys.get("secondaryKey")):
        generated = {"primaryKey": secrets.token_hex(16), "secondaryKey": secrets.token_hex(16)}
        given = {name: value for name, value in keys.items() if value}
        _write_keys(call, {**generated, **given})


@presents(_BATCH)
def present_batch(context: Context, resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add the scoring URI of a batch endpoint, which it has when it is ready."""
    if part(body, "properties").get("provisioningState") == "Creating":
        return body
    scoring_uri = f"{context.endpoint}{resource.id}/jobs"
    return merge(body, {"properties": {"scoringUri": scoring_uri}})


@handles("OnlineEndpoints_Update", "BatchEndpoints_Update")
def update(call: Call) -> Reply:
    """Update traffic or tags; the traffic is merged with the current one."""
    endpoint = call.resource()
    traffic = part(call.body, "properties").get("traffic")
    _check_traffic(traffic and merge(part(endpoint.properties, "traffic"), traffic))
    _check_deployments(call, endpoint, traffic or {})
    return crud.patch(call)


@handles("OnlineEndpoints_Delete")
def delete(call: Call) -> Reply:
    """Delete an endpoint with its deployments, and end their processes."""
    if not call.fail_operation:
        call.context.serving.remove(call.resource_id)
    return crud.delete(call)


@presents(f"{names.PROVIDER}/workspaces/onlineEndpoints")
def _present(context: Context, resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add the URIs of an endpoint of the workspace whose deployments are run, once it is made."""
    is_served = resource.id.lower().startswith(f"{context.identity.workspace_id.lower()}/")
    if not is_served or part(body, "properties").get("provisioningState") == "Creating":
        return body
    base = f"{context.endpoint}{scoring_path(resource.name)}"
    uris = {"scoringUri": f"{base}/score", "swaggerUri": f"{base}/swagger.json"}
    return {**body, "properties": {**part(body, "properties"), **uris}}


@handles("OnlineEndpoints_ListKeys", "BatchEndpoints_ListKeys")
def list_keys(call: Call) -> Reply:
    """Return the keys of an endpoint."""
    _require_mode(call, "Key")
    return Reply(200, _keys(call))


@handles("OnlineEndpoints_RegenerateKeys")
def regenerate_keys(call: Call) -> Reply:
    """Replace a key with a given or generated one."""
    endpoint = _require_mode(call, "Key")
    name = f"{call.required('keyType').lower()}Key"
    value = call.body.get("keyValue") or secrets.token_hex(16)
    _write_keys(call, {**_keys(call), name: value})
    return crud.finish(call, endpoint, 202, Change())


@handles("OnlineEndpoints_GetToken")
def get_token(call: Call) -> Reply:
    """Return a token for an endpoint with the authMode AMLToken."""
    _require_mode(call, "AMLToken")
    now, endpoint = call.context.clock(), call.resource()
    known = Credentials(endpoint, {}, call.context.identity.token)
    return Reply(
        200,
        {
            "accessToken": known.token(now + _TOKEN_LIFE),
            "tokenType": "Bearer",
            "expiryTimeUtc": int((now + _TOKEN_LIFE).timestamp()),
            "refreshAfterTimeUtc": int((now + _TOKEN_LIFE / 2).timestamp()),
        },
    )


def _require_mode(call: Call, mode: str) -> Resource:
    endpoint = call.resource()
    found = endpoint.properties.get("authMode", "Key")
    if found != mode:
        message = f"{endpoint.id} has authMode {found}; {call.operation.id} requires {mode}."
        raise not_possible("WrongAuthMode", message, "properties.authMode")
    return endpoint


def _keys(call: Call) -> dict[str, Any]:
    stored = call.context.state.secrets(call.resource_id).get("properties", {}).get("keys")
    return stored or {}


def _write_keys(call: Call, keys: dict[str, Any]) -> None:
    call.context.state.put_secrets(call.resource_id, {"properties": {"keys": keys}})


def _check_traffic(traffic: dict[str, int] | None) -> None:
    problems = [
        Problem("InvalidValue", "must be from 0 to 100", f"properties.traffic.{name}")
        for name, percent in (traffic or {}).items()
        if not 0 <= percent <= _FULL
    ]
    if not problems and sum((traffic or {}).values()) > _FULL:
        message = "the percentages must not add up to more than 100"
        problems.append(Problem("InvalidValue", message, "properties.traffic"))
    if problems:
        raise invalid(problems)


def _check_deployments(call: Call, endpoint: Resource, traffic: dict[str, int]) -> None:
    state = call.context.state
    problems = [
        Problem("ReferenceNotFound", f"there is no deployment {name!r}", "properties.traffic")
        for name, percent in traffic.items()
        if percent and state.get(f"{endpoint.id}/deployments/{name}") is None
    ]
    if problems:
        raise invalid(problems)
