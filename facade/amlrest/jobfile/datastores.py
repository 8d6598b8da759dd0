"""Datastores in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.values import Form, no_form
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

_PRINCIPAL = {"authority_uri": "authority_url", "resource_url": "resource_uri"}
_CREDENTIALS = {
    "access_key": Table(AccountKey, renamed={"access_key": "key"}, required=("access_key",)),
    "sas_token": Table(SasToken, renamed={"sas_token": "token"}, required=("sas_token",)),
    "thumbprint": Table(Certificate, renamed=_PRINCIPAL),
    "client_secret": Table(ServicePrincipal, renamed=_PRINCIPAL, required=("client_secret",)),
    "user_id": Table(SqlAdmin),
}


class Credential(Form):
    """A credential, whose kind is the first known key in it, or ``none``.

    Args:
        tables: keys of a credential, by the key that only this kind has.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def read(self, node: Node) -> Any:
        """Return the credential."""
        if str(node.value).lower() == "none":
            return NoCredentials()
        for key, table in self._tables.items():
            if key in node.mapping():
                return table.read(node)
        return node.fail(f"give one of {', '.join(self._tables)}, or write none")

    def write(self, value: Any) -> Any:
        """Return the mapping; the secret is empty, and to be filled in."""
        for key, table in self._tables.items():
            if type(value) is table.cls:
                return {key: None, **table.write(value)}
        return "none" if isinstance(value, NoCredentials) else no_form(value)


def _table(cls: Any, **renamed: str) -> Table:
    return Table(
        cls,
        renamed={**renamed, "credential": "credentials"},
        forms={"credential": Credential(_CREDENTIALS)},
    )


DATASTORE = Tagged(
    "type",
    azure_blob=_table(AzureBlobDatastore),
    azure_file=_table(AzureFileDatastore, file_share_name="container_name"),
    azure_data_lake_gen2=_table(AzureDataLakeGen2Datastore),
    azure_data_lake_gen1=_table(AzureDataLakeGen1Datastore),
    azure_sql_database=_table(AzureSqlDatabaseDatastore),
    azure_postgre_sql=_table(AzurePostgreSqlDatastore),
    gluster_fs=Table(GlusterFsDatastore),
)
