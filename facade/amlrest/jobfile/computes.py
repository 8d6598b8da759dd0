"""Computes in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from attrs import evolve

from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.nodes import Node, without_nulls
from amlrest.jobfile.table import Table, Tagged, has
from amlrest.jobfile.values import PATH, TEXT, Form, OneOf
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance

_IDENTITY_KEYS = ("identity_type", "user_assigned_identities")
IGNORED = frozenset(
    {
        *_IDENTITY_KEYS,
        "applications",
        "created_on",
        "last_operation",
        "private_ip_address",
        "provisioning_errors",
        "provisioning_state",
        "public_ip_address",
        "state",
        "vnet_name",
    }
)


class _SshKey(Form):
    """A public key, or ``file:`` with the path of one."""

    def read(self, node: Node) -> Any:
        text = TEXT.read(node)
        return _content(node, PATH.read(node)) if text.startswith("file:") else text


SSH_KEY = _SshKey()


def _content(node: Node, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        return node.fail(f"cannot read {str(path)!r}: {error.strerror}")


class ComputeTable(Table):
    """Keys of a compute; the identity can also be in the keys of the official schema."""

    VNET: ClassVar[str] = "vnet_name"
    """Key of the virtual network."""

    def read(self, node: Node) -> Any:
        """Return the compute."""
        compute = super().read(node)
        entries = without_nulls(node.mapping())
        vnet = node.find(self.VNET)
        if has(node, self.VNET) and not str(compute.subnet).startswith("/"):
            vnet.fail("give the ARM id of the subnet in subnet; it includes the virtual network")
        kind, named = (entries.get(key) for key in _IDENTITY_KEYS)
        identity = {} if kind is None else {"type": kind}
        if named is not None:
            ids = named.value if isinstance(named.value, list) else [named]
            identity["user_assigned_identities"] = evolve(named, value=ids)
        if identity:
            compute.identity = IDENTITY.read(evolve(node, value=identity))
        return compute


def _table(cls: Any, **forms: Form) -> Table:
    """Return the keys of a compute that is created, not attached."""
    return ComputeTable(
        cls,
        renamed={"ssh_key_value": "ssh_key"},
        forms={"identity": IDENTITY, "ssh_key_value": SSH_KEY, **forms},
        omitted=("resource_id",),
        required=("name",),
        ignored=IGNORED,
    )


_ATTACHED = ComputeTable(
    Compute,
    renamed={"type": "compute_type"},
    forms={"identity": IDENTITY},
    required=("name",),
    ignored=IGNORED,
)
COMPUTE = Tagged(
    "type",
    _ATTACHED,
    amlcompute=_table(AmlCompute, priority=OneOf("dedicated", "low_priority")),
    computeinstance=_table(ComputeInstance),
)
