"""What deployments of both kinds have in common."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._async.registered import Registrar
from amlrest._runtime import aio as rt
from amlrest.errors import ValidationError
from amlrest.given import check_all
from amlrest.names import check_name, name_of
from amlrest.shares import check_traffic, replacing
from amlrest.wire import check_sendable
from amlrest.wire.fields import look_up

if TYPE_CHECKING:
    from amlrest._async.core import Core
    from amlrest.resources.base import Resource


def address(kind: str, endpoint: Any, name: Any) -> dict[str, Any]:
    """Return the parameters that lead to a deployment; names, references and ids are taken.

    Raises:
        ValidationError: name or endpoint is missing or not a possible one.
    """
    if endpoint is None:
        raise ValidationError(f"deployment {name!r}: endpoint is missing; name the endpoint")
    return {
        "endpoint_name": name_of(kind, endpoint),
        "deployment_name": name_of("deployments", name),
    }


def check_shares(endpoint: Any) -> None:
    """Refuse traffic that was changed and is not shared out."""
    before = look_up(endpoint.raw, ("properties", "traffic"))
    if endpoint.traffic is not None and endpoint.traffic != before:
        check_traffic(endpoint.traffic)


def check(deployment: Any) -> None:
    """Refuse what can be known to be wrong before anything is sent.

    Raises:
        ValidationError: the name is missing or not a possible one, a value cannot be sent, or
            files that it brings along cannot be read.
    """
    check_name("deployments", deployment.name or "")
    brought = dict.fromkeys(("model", "code", "environment"))
    check_sendable(deployment, **brought)
    check_all(
        (
            ("models", deployment.model),
            ("codes", deployment.code),
            ("environments", deployment.environment),
        )
    )


async def prepare(core: Core, deployment: Any) -> Any:
    """Return a copy of a deployment whose model, code and environment are in the workspace.

    Raises:
        ValidationError: see `check`; nothing was sent.
    """
    await rt.in_thread(check, deployment)
    registrar = Registrar(core)
    ready = copy.copy(deployment)
    ready.model, ready.code, ready.environment = await registrar.bring(
        lambda: registrar.model(deployment.model),
        lambda: registrar.code(deployment.code),
        lambda: registrar.environment(deployment.environment),
    )
    return ready


async def located(core: Core, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body with a location: its own, or the workspace's."""
    if "location" in body:
        return body
    workspace = await core.call("Workspaces_Get")
    return {**body, "location": workspace.to_dict().get("location")}


def changes(resource: Resource, body: dict[str, Any], *properties: str) -> dict[str, Any]:
    """Return the part of a body that a PATCH may carry.

    Raises:
        ValidationError: something else was changed, which would be lost without a word.
    """
    _refuse_others(resource, body, properties)
    kept: dict[str, Any] = {key: body[key] for key in ("tags", "identity", "kind") if key in body}
    inner = {key: v for key, v in body.get("properties", {}).items() if key in properties}
    if "traffic" in inner:
        former = look_up(resource.raw, ("properties", "traffic"))
        inner["traffic"] = replacing(former, inner["traffic"] or {})
    if resource.WIRE_TYPE and resource.WIRE_TYPE[0] in properties:
        inner.setdefault(*resource.WIRE_TYPE)
    return {**kept, "properties": inner}


def _refuse_others(resource: Resource, body: dict[str, Any], allowed: tuple[str, ...]) -> None:
    now, before = body["properties"], resource.raw.get("properties") or {}
    # What was only written has the default of its class.
    same = {*allowed, *(() if resource.raw else ("authMode",))}
    lost = sorted(k for k in now.keys() | before.keys() if now.get(k) != before.get(k))
    lost = [key for key in lost if key not in same]
    if lost:
        kind, what = type(resource).__name__, ", ".join(map(repr, lost))
        raise ValidationError(f"{kind}: update cannot change {what}; use create_or_update")
