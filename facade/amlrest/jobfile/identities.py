"""Managed identities of endpoints, deployments and computes in YAML."""

from typing import Any, ClassVar

from amlrest.jobfile.nodes import Node, shown, without_nulls
from amlrest.jobfile.values import TEXT


class _Identity:
    """``type`` and ``user_assigned_identities``, a list of ids; the service takes a dict."""

    _words: ClassVar = {
        "none": "None",
        "system_assigned": "SystemAssigned",
        "system_assigned,user_assigned": "SystemAssigned,UserAssigned",
        "user_assigned": "UserAssigned",
    }

    def read(self, node: Node) -> dict[str, Any]:
        """Return what the service takes."""
        entries = without_nulls(node.mapping())
        for key in entries.keys() - {"type", "user_assigned_identities", *_READ_ONLY}:
            entries[key].fail_key({"type", "user_assigned_identities"})
        out: dict[str, Any] = {}
        if "type" in entries:
            out["type"] = self._type(entries["type"])
        if "user_assigned_identities" in entries:
            out["userAssignedIdentities"] = {
                _id(each): {} for each in entries["user_assigned_identities"].items()
            }
        return out

    def _type(self, node: Node) -> str:
        known = {_flat(word): wire for word, wire in self._words.items()}
        found = known.get(_flat(TEXT.read(node)))
        if found is None:
            node.fail(f"{shown(node.value)} is not known; use one of {', '.join(self._words)}")
        return str(found)

    def write(self, value: Any) -> Any:
        """Return the mapping."""
        back = {_flat(wire): word for word, wire in self._words.items()}
        kind = value.get("type")
        out: dict[str, Any] = {} if kind is None else {"type": back.get(_flat(str(kind)), kind)}
        named = value.get("userAssignedIdentities")
        if named:
            out["user_assigned_identities"] = [{"resource_id": each} for each in named]
        return out


_READ_ONLY = frozenset({"principal_id", "tenant_id"})


def _flat(word: str) -> str:
    return word.replace("_", "").replace(" ", "").lower()


def _id(node: Node) -> str:
    if not isinstance(node.value, dict):
        return TEXT.read(node)
    if "resource_id" not in node.value:
        node.fail("resource_id is missing; add it")
    return TEXT.read(node.value["resource_id"])


IDENTITY = _Identity()
