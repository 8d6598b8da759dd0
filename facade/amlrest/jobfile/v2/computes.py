"""Computes in v2 files."""

from __future__ import annotations

from typing import Any

from amlrest.jobfile.computes import IGNORED, SSH_KEY, ComputeTable
from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.v2.forms import ENABLED
from amlrest.jobfile.values import Form, OneOf
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance

_SETTINGS = {"network_settings.subnet": "subnet", "ssh_settings.ssh_key_value": "ssh_key"}
_FORMS: dict[str, Form] = {
    "identity": IDENTITY,
    "ssh_settings.ssh_key_value": SSH_KEY,
    "ssh_public_access_enabled": ENABLED,
}


class _NetworkTable(ComputeTable):
    """Keys of a compute in a virtual network."""

    VNET = "network_settings.vnet_name"


def _table(cls: Any, renamed: dict[str, str], **forms: Form) -> Table:
    return _NetworkTable(
        cls,
        renamed={**_SETTINGS, "ssh_public_access_enabled": "ssh_public_access", **renamed},
        forms={**_FORMS, **forms},
        omitted=("resource_id",),
        required=("name",),
        ignored=IGNORED - {"vnet_name"} | {_NetworkTable.VNET, "services"},
    )


_CLUSTER = _table(
    AmlCompute,
    {
        "tier": "priority",
        "enable_node_public_ip": "enable_public_ip",
        "ssh_settings.admin_username": "admin_username",
        "ssh_settings.admin_password": "admin_password",
    },
    tier=OneOf("dedicated", "low_priority", "lowpriority"),
)
_INSTANCE = _table(
    ComputeInstance,
    {
        "create_on_behalf_of.user_object_id": "user_object_id",
        "create_on_behalf_of.user_tenant_id": "user_tenant_id",
    },
)
_ATTACHED = _NetworkTable(
    Compute,
    renamed={"type": "compute_type"},
    forms={"identity": IDENTITY},
    required=("name",),
    ignored=IGNORED,
)
COMPUTE = Tagged("type", _ATTACHED, amlcompute=_CLUSTER, computeinstance=_INSTANCE)
