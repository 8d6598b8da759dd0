"""Managed identities of endpoints, deployments and computes in YAML."""

from __future__ import annotations

from typing import Any

from amlrest._wire.codecs import Choice
from amlrest.jobfile.nodes import Node, without_nulls
from amlrest.jobfile.values import TEXT, Form

_TYPES = {
    "none": "None",
    "system_assigned": "SystemAssigned",
    "system_assigned,user_assigned": "SystemAssigned,UserAssigned",
    "user_assigned": "UserAssigned",
}
_KEYS = frozenset({"type", "user_assigned_identities"})
_READ_ONLY = frozenset({"principal_id", "tenant_id"})


class _IdentityType(Form):
    _words = Choice(**_TYPES)

    def read(self, node: Node) -> str:
        found = _TYPES.get(self._words.normalise(TEXT.read(node)))
        return found or node.fail(f"{node.value!r} is not known; use one of {', '.join(_TYPES)}")

    def write(self, value: Any) -> Any:
        return self._words.normalise(value)


_TYPE = _IdentityType()


class _Identity(Form):
    """``type`` and a list of ids in ``user_assigned_identities``; the service takes a mapping."""

    def read(self, node: Node) -> dict[str, Any]:
        entries = without_nulls(node.mapping())
        for key in entries.keys() - _KEYS - _READ_ONLY:
            entries[key].fail_key(_KEYS)
        out: dict[str, Any] = {}
        if "type" in entries:
            out["type"] = _TYPE.read(entries["type"])
        if "user_assigned_identities" in entries:
            ids = map(_id, entries["user_assigned_identities"].items())
            out["userAssignedIdentities"] = {each: {} for each in ids}
        return out

    def write(self, value: Any) -> Any:
        kind, named = value.get("type"), value.get("userAssignedIdentities")
        out: dict[str, Any] = {} if kind is None else {"type": _TYPE.write(kind)}
        if named:
            out["user_assigned_identities"] = [{"resource_id": each} for each in named]
        return out


def _id(node: Node) -> str:
    if not isinstance(node.value, dict):
        return TEXT.read(node)
    if "resource_id" not in node.value:
        node.fail("resource_id is missing; add it")
    return TEXT.read(node.value["resource_id"])


IDENTITY = _Identity()
