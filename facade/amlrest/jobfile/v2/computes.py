"""Computes in v2 files."""

from __future__ import annotations

from typing import Any

from amlrest.jobfile.computes import IGNORED, SSH_KEY, ComputeTable
from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.v2.forms import ENABLED
from amlrest.jobfile.v2.instances import APPLICATIONS, SCHEDULES, SETUP_SCRIPTS
from amlrest.jobfile.values import MINUTES, Form, OneOf, Text
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance

_SETTINGS = {"network_settings.subnet": "subnet", "ssh_settings.ssh_key_value": "ssh_key"}
_FORMS: dict[str, Form] = {
    "identity": IDENTITY,
    "ssh_settings.ssh_key_value": SSH_KEY,
    "ssh_public_access_enabled": ENABLED,
}


class _IsoDuration(Text):
    """A duration as ISO 8601, which the CLI takes beside a number of minutes."""

    def write(self, _value: Any) -> None:
        """Return None: the number of minutes is written."""


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
        ignored=IGNORED - {"vnet_name"} | {_NetworkTable.VNET, "services", "os_image_metadata"},
    )


_CLUSTER = _table(
    AmlCompute,
    {
        "tier": "priority",
        "enable_node_public_ip": "enable_public_ip",
        "ssh_settings.admin_username": "admin_username",
        "ssh_settings.admin_password": "admin_password",
    },
    tier=OneOf("dedicated", "low_priority"),
)
_INSTANCE = _table(
    ComputeInstance,
    {
        "create_on_behalf_of.user_object_id": "user_object_id",
        "create_on_behalf_of.user_tenant_id": "user_tenant_id",
        "enable_node_public_ip": "enable_public_ip",
        "idle_time_before_shutdown_minutes": "idle_time_before_shutdown",
        "idle_time_before_shutdown": "idle_time_before_shutdown",
        "custom_applications": "custom_services",
    },
    idle_time_before_shutdown_minutes=MINUTES,
    idle_time_before_shutdown=_IsoDuration(),
    schedules=SCHEDULES,
    setup_scripts=SETUP_SCRIPTS,
    custom_applications=APPLICATIONS,
)
_ATTACHED = _NetworkTable(
    Compute,
    renamed={"type": "compute_type"},
    forms={"identity": IDENTITY},
    required=("name",),
    ignored=IGNORED,
)
COMPUTE = Tagged("type", _ATTACHED, amlcompute=_CLUSTER, computeinstance=_INSTANCE)
