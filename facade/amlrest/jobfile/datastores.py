"""Datastores in YAML."""

from collections.abc import Mapping
from typing import Any

from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Key, Table, Tagged
from amlrest.jobfile.values import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    SECRET,
    STRINGS,
    TEXT,
    no_form,
)
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
