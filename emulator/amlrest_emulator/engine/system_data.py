"""``systemData`` of a resource, which the service fills differently for each kind."""

from __future__ import annotations

from typing import Any

from amlrest_emulator.api_versions import Shape
from amlrest_emulator.state import Resource
from amlrest_emulator.times import as_service

_CREATED = ("createdAt", "createdBy")
_BY_KIND: dict[str, tuple[str, ...]] = {
    "jobs": (*_CREATED, "createdByType"),
    "data": (*_CREATED, "createdByType", "lastModifiedAt"),
    "data/versions": (*_CREATED, "createdByType", "lastModifiedAt"),
    "onlineendpoints": (*_CREATED, "lastModifiedAt"),
    "onlineendpoints/deployments": (*_CREATED, "lastModifiedAt"),
    "batchendpoints": (*_CREATED, "lastModifiedAt"),
    "batchendpoints/deployments": (*_CREATED, "lastModifiedAt"),
}
"""Fields of the kinds that do not have all of them."""


def system_data(resource: Resource, kind: str, shape: Shape) -> dict[str, Any]:
    """Return the entry ``systemData`` of a response; empty for kinds that have none.

    Args:
        resource: the resource.
        kind: type of the resource below the workspace, such as ``data/versions``.
        shape: wire shape of the response.
    """
    if kind == "computes":
        return {}
    if kind == "connections":
        return {"systemData": None}
    zone = "Z" if shape is Shape.FIRST else "+00:00"
    found = {
        "createdAt": as_service(resource.created, zone),
        "createdBy": "local",
        "createdByType": "User",
        "lastModifiedAt": as_service(resource.modified, zone),
        "lastModifiedBy": "local",
        "lastModifiedByType": "User",
    }
    return {"systemData": {key: found[key] for key in _BY_KIND.get(kind, tuple(found))}}
