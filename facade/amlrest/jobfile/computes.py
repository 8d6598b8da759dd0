"""Computes in YAML."""

from typing import Any

from attrs import evolve

from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.nodes import Node, without_nulls
from amlrest.jobfile.table import Key, Table, Tagged
from amlrest.jobfile.values import (
    ANYTHING,
    BOOLEAN,
    FILE_OR_TEXT,
    INTEGER,
    SECONDS,
    SECRET,
    STRINGS,
    TEXT,
    OneOf,
    Scalar,
)
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance

_COMPUTE = {
    "name": Key("name", TEXT),
    "location": Key("location", TEXT),
    "compute_location": Key("compute_location", TEXT),
    "description": Key("description", TEXT),
    "identity": Key("identity", IDENTITY),
    "disable_local_auth": Key("disable_local_auth", BOOLEAN),
    "sku": Key("sku", ANYTHING),
    "tags": Key("tags", STRINGS),
}
_READ_ONLY = frozenset(
    {
        "applications",
        "created_on",
        "last_operation",
        "private_ip_address",
        "provisioning_errors",
        "provisioning_state",
        "public_ip_address",
        "state",
    }
)


class _SshKey(Scalar):
    """A public key, or ``file:`` and where it is."""

    def read(self, node: Node) -> Any:
        found = FILE_OR_TEXT.read(node) if str(node.value).startswith("file:") else node.value
        return found if isinstance(found, str) else _content(node, found)


def _content(node: Node, path: Any) -> str:
    try:
        return str(path.read_text(encoding="utf-8")).strip()
    except OSError as error:
        return node.fail(f"cannot read {str(path)!r}: {error.strerror}")


_SSH_KEY = _SshKey("text", str)
_IDENTITY_KEYS = ("identity_type", "user_assigned_identities")
_OTHERWISE = _READ_ONLY | frozenset((*_IDENTITY_KEYS, "vnet_name"))


def _complete(node: Node, compute: Any) -> None:
    """Take the identity also in the form of the schema, which has no mapping for it."""
    entries = without_nulls(node.mapping())
    if "vnet_name" in entries and not str(compute.subnet).startswith("/"):
        entries["vnet_name"].fail("give the ARM id of the subnet in subnet; it names the network")
    kind, named = (entries.get(key) for key in _IDENTITY_KEYS)
    given = {} if kind is None else {"type": kind}
    if named is not None:
        ids = named.value if isinstance(named.value, list) else [named]
        given["user_assigned_identities"] = evolve(named, value=ids)
    if given:
        compute.identity = IDENTITY.read(evolve(node, value=given))


_ACCESS = OneOf("enabled", "disabled", "not_specified")

_KNOWN = Tagged(
    "type",
    amlcompute=Table(
        AmlCompute,
        {
            **_COMPUTE,
            "size": Key("size", TEXT),
            "min_instances": Key("min_instances", INTEGER),
            "max_instances": Key("max_instances", INTEGER),
            "idle_time_before_scale_down": Key("idle_time_before_scale_down", SECONDS),
            "priority": Key("priority", OneOf("dedicated", "low_priority", "lowpriority")),
            "subnet": Key("subnet", TEXT),
            "admin_username": Key("admin_username", TEXT),
            "admin_password": Key("admin_password", SECRET),
            "ssh_key_value": Key("ssh_key", _SSH_KEY),
            "ssh_public_access": Key("ssh_public_access", _ACCESS),
            "enable_public_ip": Key("enable_public_ip", BOOLEAN),
            "os_type": Key("os_type", OneOf("linux", "windows")),
            "image_id": Key("image_id", TEXT),
            "isolated_network": Key("isolated_network", BOOLEAN),
        },
        ("name",),
        ignored=_OTHERWISE,
        finish=_complete,
    ),
    computeinstance=Table(
        ComputeInstance,
        {
            **_COMPUTE,
            "size": Key("size", TEXT),
            "subnet": Key("subnet", TEXT),
            "ssh_key_value": Key("ssh_key", _SSH_KEY),
            "ssh_public_access": Key("ssh_public_access", _ACCESS),
            "user_object_id": Key("user_object_id", TEXT),
            "user_tenant_id": Key("user_tenant_id", TEXT),
            "application_sharing": Key("application_sharing", OneOf("personal", "shared")),
            "authorization_type": Key("authorization_type", TEXT),
            "setup_scripts": Key("setup_scripts", ANYTHING),
            "schedules": Key("schedules", ANYTHING),
        },
        ("name",),
        ignored=_OTHERWISE,
        finish=_complete,
    ),
)
_ATTACHED = Table(
    Compute,
    {
        **_COMPUTE,
        "type": Key("compute_type", TEXT),
        "resource_id": Key("resource_id", TEXT),
        "settings": Key("settings", ANYTHING),
    },
    ("name", "type"),
    ignored=_OTHERWISE,
    finish=_complete,
)


class _Compute:
    """A cluster or an instance by its ``type``; any other type is an attached compute."""

    def read(self, node: Node) -> Any:
        """Return the compute."""
        word = node.mapping().get("type")
        known = word is None or str(word.value).lower() in {"amlcompute", "computeinstance"}
        return (_KNOWN if known else _ATTACHED).read(node)

    def write(self, value: Any) -> Any:
        """Return the mapping."""
        return _ATTACHED.write(value) if type(value) is Compute else _KNOWN.write(value)


COMPUTE = _Compute()
