"""Computes and datastores in YAML."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from amlrest.jobfile.forms import Key, Table, Tagged
from amlrest.jobfile.identities import IDENTITY
from amlrest.jobfile.nodes import Node, without_nulls
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
    no_form,
)
from amlrest.resources.computes import AmlCompute, Compute, ComputeInstance
from amlrest.resources.credentials import (
    AccountKey,
    Certificate,
    NoCredentials,
    SasToken,
    ServicePrincipal,
    SqlAdmin,
)
from amlrest.resources.datastores import (
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    AzurePostgreSqlDatastore,
    AzureSqlDatabaseDatastore,
    GlusterFsDatastore,
)

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

_PRINCIPAL: Mapping[str, Key] = {
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
    "user_id": Table(
        SqlAdmin, {"user_id": Key("user_id", TEXT), "password": Key("password", SECRET)}
    ),
}


class _Credential:
    """A credential, told apart by the key that only its kind has, or ``none``."""

    def read(self, node: Node) -> Any:
        """Return the credential."""
        if str(node.value).lower() == "none":
            return NoCredentials()
        for key, table in _CREDENTIALS.items():
            if key in node.mapping():
                return table.read(node)
        return node.fail(f"give one of {', '.join(_CREDENTIALS)}, or write none")

    def write(self, value: Any) -> Any:
        """Return the mapping."""
        for table in _CREDENTIALS.values():
            if type(value) is table.cls:
                return table.write(value)
        return "none" if isinstance(value, NoCredentials) else no_form(value)


_DATASTORE = {
    "name": Key("name", TEXT),
    "description": Key("description", TEXT),
    "tags": Key("tags", STRINGS),
    "properties": Key("properties", STRINGS),
    "is_default": Key("is_default", BOOLEAN),
    "linked_info": Key("linked_info", ANYTHING),
}
_CREDENTIAL = {"credential": Key("credentials", _Credential())}


_DATABASE = {
    **_DATASTORE,
    **_CREDENTIAL,
    "server_name": Key("server_name", TEXT),
    "database_name": Key("database_name", TEXT),
    "endpoint": Key("endpoint", TEXT),
    "port_number": Key("port_number", INTEGER),
}
_DATABASE_NEEDS = ("server_name", "database_name", "endpoint", "port_number", "credential")


def _storage(cls: Any, container: str) -> Table:
    keys = {
        **_DATASTORE,
        **_CREDENTIAL,
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
        {**_DATASTORE, **_CREDENTIAL, "store_name": Key("store_name", TEXT)},
        ("store_name", "credential"),
    ),
    azure_sql_database=Table(AzureSqlDatabaseDatastore, _DATABASE, _DATABASE_NEEDS),
    azure_postgre_sql=Table(
        AzurePostgreSqlDatastore,
        {**_DATABASE, "enable_ssl": Key("enable_ssl", BOOLEAN)},
        _DATABASE_NEEDS,
    ),
    gluster_fs=Table(
        GlusterFsDatastore,
        {
            **_DATASTORE,
            "server_address": Key("server_address", TEXT),
            "volume_name": Key("volume_name", TEXT),
        },
        ("server_address", "volume_name"),
    ),
)
