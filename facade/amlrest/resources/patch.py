"""Bodies of PATCH requests for changed resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._wire.fields import look_up
from amlrest.errors import ValidationError
from amlrest.resources.traffic import replace_traffic

if TYPE_CHECKING:
    from amlrest.resources.base import Resource


def patch_body(resource: Resource, body: dict[str, Any], *properties: str) -> dict[str, Any]:
    """Return the part of a body that a PATCH can change.

    Args:
        resource: the changed resource.
        body: its whole body.
        *properties: names of properties that the operation accepts.

    Raises:
        ValidationError: another property was changed, which the operation would ignore.
    """
    _check_others(resource, body, properties)
    kept: dict[str, Any] = {key: body[key] for key in ("tags", "identity", "kind") if key in body}
    inner = {key: v for key, v in body.get("properties", {}).items() if key in properties}
    if "traffic" in inner:
        former = look_up(resource.raw, ("properties", "traffic"))
        inner["traffic"] = replace_traffic(former, inner["traffic"] or {})
    if resource.WIRE_TYPE and resource.WIRE_TYPE[0] in properties:
        inner.setdefault(*resource.WIRE_TYPE)
    return {**kept, "properties": inner}


def _check_others(resource: Resource, body: dict[str, Any], allowed: tuple[str, ...]) -> None:
    now, before = body["properties"], resource.raw.get("properties") or {}
    # A resource that was not read has the default of its class.
    same = {*allowed, *(() if resource.raw else ("authMode",))}
    lost = sorted(k for k in now.keys() | before.keys() if now.get(k) != before.get(k))
    lost = [key for key in lost if key not in same]
    if lost:
        kind, what = type(resource).__name__, ", ".join(map(repr, lost))
        raise ValidationError(f"{kind}: update cannot change {what}; use create_or_update")
