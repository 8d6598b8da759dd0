"""What deployments of both kinds have in common."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._async.registered import Registrar
from amlrest._runtime import aio as rt
from amlrest.errors import ValidationError
from amlrest.given import check_all
from amlrest.names import check_name
from amlrest.shares import replacing
from amlrest.wire.fields import look_up

if TYPE_CHECKING:
    from amlrest._async.core import Core


def check(deployment: Any) -> None:
    """Refuse what can be known to be wrong before anything is sent.

    Raises:
        ValidationError: name or endpoint is missing or not a possible one, or files that it
            brings along cannot be read.
    """
    check_name("deployments", deployment.name or "")
    if deployment.endpoint is None:
        raise ValidationError(f"{type(deployment).__name__}.endpoint is missing; name the endpoint")
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
        ValidationError: see `check`.
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


def changes(resource: Any, body: dict[str, Any], *properties: str) -> dict[str, Any]:
    """Return the part of a body that a PATCH may carry."""
    kept: dict[str, Any] = {key: body[key] for key in ("tags", "identity", "kind") if key in body}
    inner = {key: v for key, v in body.get("properties", {}).items() if key in properties}
    if "traffic" in inner:
        former = look_up(resource.raw, ("properties", "traffic"))
        inner["traffic"] = replacing(former, inner["traffic"] or {})
    if resource.WIRE_TYPE and resource.WIRE_TYPE[0] in properties:
        inner.setdefault(*resource.WIRE_TYPE)
    return {**kept, "properties": inner}
