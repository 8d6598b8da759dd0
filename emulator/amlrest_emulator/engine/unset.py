"""Unset fields of a response: null, an empty map or the default, as the service answers them."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from amlrest_emulator.api_versions import Shape
from amlrest_emulator.engine.mutability import shape_of
from amlrest_emulator.engine.validate import is_read_only, is_write_only
from amlrest_emulator.spec import Schema, Spec

_ABSENT: Final = object()
_LEFT_OUT = {
    *("computeLocation", "enableNodePublicIp", "identity", "keys", "kind", "shmSize", "sku"),
    *("systemData", "userAccountCredentials"),
}
"""Fields that the service leaves out when they are not set."""
_NULL_MAPS = {"datastores": ("properties", "tags"), "data": ("properties", "tags")}
"""Maps that are null rather than empty, by resource type."""
_HIDDEN = {"credentials"}
"""Fields of connections that the service answers with null, also when they are set."""
_EMPTY_OBJECTS = {"parameters", "propertyBag", "defaults"}
_NULL_UNTIL_KNOWN = {
    *("allocationState", "currentNodeCount", "errors", "nodeStateCounts", "provisioningErrors"),
    *("scoringUri", "swaggerUri", "targetNodeCount"),
}
"""Read-only fields that are null before the service knows them."""


def _unknown(properties: dict[str, Schema]) -> Collection[str]:
    """Return the names of the read-only fields; of instances ``errors`` is left out, not null."""
    is_other = "allocationState" not in properties
    return _NULL_UNTIL_KNOWN - {"errors"} if is_other else _NULL_UNTIL_KNOWN


@dataclass(frozen=True, slots=True)
class Unset:
    """Completes bodies of one API version.

    The document of the first shape does not say which fields may be null; there every optional
    field is null that has no default, as in the recordings of that version.
    """

    spec: Spec
    shape: Shape

    def complete(self, schema: Schema, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the body of a resource with all fields that the service sends.

        Args:
            schema: schema of the resource.
            kind: type of the resource below the workspace, such as ``data/versions``.
            body: body as the API version shows it.
        """
        maps = _NULL_MAPS.get(kind, ())
        shape = shape_of(self.spec, schema, body)
        found = {**body}
        known = shape.get("properties", {})
        if "tags" in known:
            found["tags"] = found.get("tags") or {}
        if isinstance(body.get("properties"), dict):
            properties = self._object(known["properties"], body["properties"], maps)
            hidden = _HIDDEN if kind == "connections" else set()
            found["properties"] = properties | dict.fromkeys(hidden & self._names(known, body))
        return found

    def _names(self, known: dict[str, Schema], body: dict[str, Any]) -> set[str]:
        inner = shape_of(self.spec, known["properties"], body["properties"])
        return set(inner.get("properties", ()))

    def _object(
        self, schema: Schema, value: dict[str, Any], null_maps: Collection[str] = ()
    ) -> dict[str, Any]:
        shape = shape_of(self.spec, schema, value)
        required = shape.get("required", ())
        unknown = _unknown(shape.get("properties", {}))
        found = {**value}
        for key, known in shape.get("properties", {}).items():
            if key not in found and key not in required:
                filler = None
                if key not in unknown:
                    filler = self._filler(key, known, null_maps)
                if filler is not _ABSENT:
                    found[key] = filler
            if isinstance(found.get(key), dict):
                found[key] = self._inner(known, key, found[key])
        return found

    def _inner(self, schema: Schema, key: str, value: dict[str, Any]) -> dict[str, Any]:
        merged = self.spec.merged(schema)
        if merged.get("properties") or "discriminator" in merged:
            return self._object(schema, value, ("properties",) if key == "resources" else ())
        items = merged.get("additionalProperties")
        if not isinstance(items, dict):
            return value
        inner = self.spec.merged(items)
        if not (inner.get("properties") or "discriminator" in inner):
            return value
        return {
            name: self._object(items, item) if isinstance(item, dict) else item
            for name, item in value.items()
        }

    def _filler(self, key: str, schema: Schema, null_maps: Collection[str]) -> Any:
        if key in _LEFT_OUT or is_write_only(self.spec, schema):
            return _ABSENT
        merged = self.spec.merged(schema)
        if self.shape is Shape.FIRST:
            return self._first(key, schema, merged, null_maps)
        if merged.get("nullable"):
            return self._empty(key, merged, null_maps)
        if is_read_only(self.spec, schema):
            return _ABSENT
        return copy.deepcopy(merged["default"]) if "default" in merged else _ABSENT

    def _first(self, key: str, schema: Schema, merged: Schema, null_maps: Collection[str]) -> Any:
        if "default" in merged or is_read_only(self.spec, schema):
            return _ABSENT
        if merged.get("type") == "boolean":
            return False
        return self._empty(key, merged, null_maps)

    @staticmethod
    def _empty(key: str, merged: Schema, null_maps: Collection[str]) -> Any:
        is_map = isinstance(merged.get("additionalProperties"), dict)
        return {} if (is_map and key not in null_maps) or key in _EMPTY_OBJECTS else None
