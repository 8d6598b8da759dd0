"""Datastores in v2 files."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from amlrest.jobfile.datastores import Credential
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table, Tagged
from amlrest.jobfile.values import OneOf
from amlrest.resources.credentials import (
    AccountKey,
    Certificate,
    NoCredentials,
    SasToken,
    ServicePrincipal,
)
from amlrest.resources.datastores import (
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    OneLakeDatastore,
)


def _principal(cls: Any, *required: str) -> Table:
    return Table(
        cls,
        required=required,
        renamed={"resource_url": "resource_uri"},
        aliases={"authority_uri": "authority_url"},
    )


_CREDENTIALS = Credential(
    {
        "account_key": Table(AccountKey, renamed={"account_key": "key"}, required=("account_key",)),
        "sas_token": Table(SasToken, renamed={"sas_token": "token"}, required=("sas_token",)),
        "thumbprint": _principal(Certificate),
        "client_secret": _principal(ServicePrincipal, "client_secret"),
    }
)


class _DatastoreTable(Table):
    """Keys of a datastore; without credentials, the identity of whoever reads it is used."""

    def read(self, node: Node) -> Any:
        """Return the datastore."""
        store = super().read(node)
        if store.credentials is None:
            store.credentials = NoCredentials()
        return store

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping."""
        out = super().write(value)
        out.pop("is_default", None)  # read-only in the versions that these files are for
        if isinstance(value.credentials, NoCredentials):
            out.pop("credentials", None)
        return out


class _OneLakeTable(_DatastoreTable):
    """Keys of a datastore in OneLake; ``artifact.type`` has one value."""

    def read(self, node: Node) -> Any:
        """Return the datastore."""
        artifact = node.mapping().get("artifact")
        if artifact is None or not isinstance(artifact.value, dict):
            return super().read(node)
        if "type" in artifact.value:
            OneOf("lake_house").read(artifact.value["type"])
        entries = {**node.mapping(), "artifact": artifact.without({"type"})}
        return super().read(evolve(node, value=entries))

    def write(self, value: Any) -> dict[str, Any]:
        """Return the mapping."""
        out = super().write(value)
        out["artifact"] = {"type": "lake_house", **out.get("artifact", {})}
        return out


def _table(cls: Any, **renamed: str) -> Table:
    # Its credentials are required by the class, and here they may be left out.
    return _DatastoreTable(
        cls, renamed=renamed, forms={"credentials": _CREDENTIALS}, optional=("credentials",)
    )


DATASTORE = Tagged(
    "type",
    azure_blob=_table(AzureBlobDatastore),
    azure_file=_table(AzureFileDatastore, file_share_name="container_name"),
    azure_data_lake_gen2=_table(AzureDataLakeGen2Datastore, filesystem="container_name"),
    azure_data_lake_gen1=_table(AzureDataLakeGen1Datastore),
    one_lake=_OneLakeTable(
        OneLakeDatastore,
        renamed={"artifact.name": "artifact_name"},
        forms={"credentials": _CREDENTIALS},
        optional=("credentials",),
    ),
)
