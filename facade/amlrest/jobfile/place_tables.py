"""Computes and datastores in YAML."""

from typing import Any

from amlrest.jobfile.forms import Key, Table, Tagged
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.values import (
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
from amlrest.resources.credentials import AccountKey, Certificate, SasToken, ServicePrincipal
from amlrest.resources.datastores import (
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
)

_COMPUTE = {
    "name": Key("name", TEXT),
    "location": Key("location", TEXT),
    "description": Key("description", TEXT),
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
        },
        ("name",),
        ignored=_READ_ONLY,
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
        },
        ("name",),
        ignored=_READ_ONLY,
    ),
)
_ATTACHED = Table(
    Compute,
    {**_COMPUTE, "type": Key("compute_type", TEXT), "resource_id": Key("resource_id", TEXT)},
    ("name", "type", "resource_id"),
    ignored=_READ_ONLY,
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

_PRINCIPAL = {
    "tenant_id": Key("tenant_id", TEXT),
    "client_id": Key("client_id", TEXT),
    "authority_uri": Key("authority_url", TEXT),
    "resource_url": Key("resource_uri", TEXT),
}
_CREDENTIALS = {
    "access_key": Table(AccountKey, {"access_key": Key("key", SECRET)}),
    "sas_token": Table(SasToken, {"sas_token": Key("token", SECRET)}),
    "thumbprint": Table(
        Certificate,
        {
            **_PRINCIPAL,
            "thumbprint": Key("thumbprint", TEXT),
            "certificate": Key("certificate", SECRET),
        },
        ("tenant_id", "client_id"),
    ),
    "client_secret": Table(
        ServicePrincipal,
        {**_PRINCIPAL, "client_secret": Key("client_secret", SECRET)},
        ("tenant_id", "client_id"),
    ),
}


class _Credential:
    """A credential, told apart by the key that only its kind has."""

    def read(self, node: Node) -> Any:
        """Return the credential."""
        for key, table in _CREDENTIALS.items():
            if key in node.mapping():
                return table.read(node)
        return node.fail(f"give one of {', '.join(_CREDENTIALS)}")

    def write(self, value: Any) -> Any:
        """Return the mapping."""
        for table in _CREDENTIALS.values():
            if type(value) is table.cls:
                return table.write(value)
        return None


_DATASTORE = {
    "name": Key("name", TEXT),
    "description": Key("description", TEXT),
    "tags": Key("tags", STRINGS),
    "credential": Key("credentials", _Credential()),
}


def _storage(cls: Any, container: str) -> Table:
    keys = {
        **_DATASTORE,
        "account_name": Key("account_name", TEXT),
        container: Key("container_name", TEXT),
        "endpoint": Key("endpoint", TEXT),
        "protocol": Key("protocol", TEXT),
    }
    return Table(cls, keys, ("account_name", container, "credential"))


DATASTORE = Tagged(
    "type",
    azure_blob=_storage(AzureBlobDatastore, "container_name"),
    azure_file=_storage(AzureFileDatastore, "file_share_name"),
    azure_data_lake_gen2=_storage(AzureDataLakeGen2Datastore, "container_name"),
    azure_data_lake_gen1=Table(
        AzureDataLakeGen1Datastore,
        {**_DATASTORE, "store_name": Key("store_name", TEXT)},
        ("store_name", "credential"),
    ),
)
