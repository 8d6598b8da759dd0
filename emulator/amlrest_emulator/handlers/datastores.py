"""Handlers of datastores: single default, secrets only in ``listSecrets``."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.api_versions import Shape
from amlrest_emulator.arm_errors import Problem, conflict, invalid, user_error
from amlrest_emulator.blob import Account, container_query
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.json_body import merge, part
from amlrest_emulator.state import Resource, parent_of
from amlrest_emulator.times import timestamp

_TYPE = f"{names.PROVIDER}/workspaces/datastores"
_PERMISSIONS = "racwdl"
_LIFETIME = timedelta(hours=8)


@presents(_TYPE)
def _present(context: Context, _resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add the endpoint of the local storage account, which depends on the port."""
    contents = part(body, "properties", "contents")
    if contents.get("accountName") != names.STORAGE_ACCOUNT:
        return body
    protocol, _, host = context.endpoint.partition("://")
    address = {"protocol": protocol, "endpoint": host}
    return merge(body, {"properties": {"contents": address}})


@handles("Datastores_CreateOrUpdate")
def create(call: Call) -> Reply:
    """Create or replace a datastore; a new default replaces the old one."""
    _check_credentials(call.body)
    old = call.context.state.get(call.resource_id)
    contents = part(call.parts.public, "properties", "contents")
    if old and contents.get("accountName") == names.STORAGE_ACCOUNT:
        # A GET returned the endpoint of this server process; it is not stored.
        contents.pop("endpoint", None)
        contents.pop("protocol", None)
    wanted = merge(call.parts.public, call.kept(old.body) if old else {})
    is_default = bool(part(wanted, "properties").get("isDefault"))
    with call.context.state.transaction():
        reply = crud.put(call, {"properties": {"isDefault": is_default, "hasBeenValidated": True}})
        if is_default:
            _unset_other_defaults(call)
    return reply


@handles("Datastores_Delete")
def delete(call: Call) -> Reply:
    """Delete a datastore, unless it is the default."""
    found = call.context.state.get(call.resource_id)
    if found and found.properties.get("isDefault"):
        message = f"{found.id} is the default datastore; make another one the default first."
        raise conflict(message, found.id, "CannotDeleteDefaultDatastore")
    return crud.delete(call)


@handles("Datastores_ListSecrets")
def list_secrets(call: Call) -> Reply:
    """Return the secrets of a datastore."""
    datastore = call.resource()
    stored = call.context.state.secrets(datastore.id)
    credentials = part(datastore.properties, "contents", "credentials")
    kind = credentials.get("credentialsType", "None")
    secrets = part(stored, "properties", "contents", "credentials", "secrets")
    if kind == "AccountKey" and _wants_expirable(call.content):
        return Reply(200, _expirable(datastore, secrets))
    if not secrets and (kind != "None" or call.edge.shape is Shape.NEWER):
        message = f"{datastore.id} has no secrets."
        raise user_error(404, ("NotFoundError", "SecretsNotFound"), message, datastore.id)
    return Reply(200, {"secretsType": kind, **secrets})


def _wants_expirable(content: bytes) -> bool:
    """Return whether a request asks for a SAS instead of the key; preview versions have this."""
    try:
        body = json.loads(content or b"null")
    except ValueError:
        return False
    return isinstance(body, dict) and body.get("expirableSecret") is True


def _expirable(datastore: Resource, secrets: dict[str, Any]) -> dict[str, Any]:
    contents = part(datastore.properties, "contents")
    account = Account(str(contents.get("accountName")), str(secrets.get("key")))
    container = str(contents.get("containerName") or "")
    token = container_query(account, container, _PERMISSIONS, _LIFETIME)
    return {"secretsType": "Sas", "sasToken": token}


def _check_credentials(body: dict[str, Any]) -> None:
    credentials = part(body, "properties", "contents", "credentials")
    kind, secrets = credentials.get("credentialsType"), part(credentials, "secrets")
    if secrets.get("secretsType") not in {None, kind}:
        message = f"must be {kind}, as credentialsType is"
        where = "properties.contents.credentials.secrets.secretsType"
        raise invalid([Problem("InvalidValue", message, where)])


def _unset_other_defaults(call: Call) -> None:
    state = call.context.state
    scope = parent_of(call.resource_id)
    now = timestamp(call.context.clock())
    for other in list(state.scan(scope, _TYPE)):
        same = other.id.lower() == call.resource_id.lower()
        if not same and other.properties.get("isDefault"):
            state.update(other.id, _not_default, now)


def _not_default(body: dict[str, Any]) -> dict[str, Any]:
    return merge(body, {"properties": {"isDefault": False}})


def add_default_datastore(context: Context, workspace_id: str, container: str) -> None:
    """Create the default datastore of a workspace unless it exists."""
    _add_datastore(context, f"{workspace_id}/datastores/{names.DEFAULT_DATASTORE}", container)


def add_artifact_datastore(context: Context, workspace_id: str) -> None:
    """Create the datastore of what runs have put out unless it exists."""
    datastore_id = f"{workspace_id}/datastores/{names.ARTIFACT_DATASTORE}"
    _add_datastore(context, datastore_id, names.RUN_CONTAINER, is_default=False)


def _add_datastore(
    context: Context, datastore_id: str, container: str, *, is_default: bool = True
) -> None:
    context.blobs.ensure_container(container)
    if context.state.get(datastore_id) is None:
        secret = {"secretsType": "AccountKey", "key": context.identity.account_key}
        with context.state.transaction():
            crud.store(context, datastore_id, _TYPE, _own_datastore(container, is_default))
            context.state.put_secrets(
                datastore_id, {"properties": {"contents": {"credentials": {"secrets": secret}}}}
            )


def _own_datastore(container: str, is_default: bool) -> dict[str, Any]:
    return {
        "properties": {
            "contents": {
                "contentsType": "AzureBlob",
                "accountName": names.STORAGE_ACCOUNT,
                "containerName": container,
                "credentials": {"credentialsType": "AccountKey"},
            },
            "hasBeenValidated": True,
            "isDefault": is_default,
        }
    }
