# Generated from facade/amlrest/_async/deployments.py by `python codegen.py generate`; edit the async source.
"""What deployments of both kinds have in common."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from amlrest._sync.registered import Registrar
from amlrest.errors import ValidationError
from amlrest.names import check_name

if TYPE_CHECKING:
    from amlrest._sync.core import Core


def prepare(core: Core, deployment: Any) -> Any:
    """Return a copy of a deployment whose model, code and environment are in the workspace.

    Raises:
        ValidationError: name or endpoint is missing or not a possible one.
    """
    check_name("deployments", deployment.name or "")
    if deployment.endpoint is None:
        raise ValidationError(f"{type(deployment).__name__}.endpoint is missing; name the endpoint")
    registrar = Registrar(core)
    ready = copy.copy(deployment)
    ready.model, ready.code, ready.environment = registrar.bring(
        lambda: registrar.model(deployment.model),
        lambda: registrar.code(deployment.code),
        lambda: registrar.environment(deployment.environment),
    )
    return ready


def located(core: Core, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body with a location: its own, or the workspace's."""
    if "location" in body:
        return body
    workspace = core.call("Workspaces_Get")
    return {**body, "location": workspace.to_dict().get("location")}


def changes(resource: Any, body: dict[str, Any], *properties: str) -> dict[str, Any]:
    """Return the part of a body that a PATCH may carry."""
    kept: dict[str, Any] = {key: body[key] for key in ("tags", "identity", "kind") if key in body}
    inner = {key: v for key, v in body.get("properties", {}).items() if key in properties}
    if resource.WIRE_TYPE and resource.WIRE_TYPE[0] in properties:
        inner.setdefault(*resource.WIRE_TYPE)
    return {**kept, "properties": inner}
