"""Datastores; a type without a class of its own is read as a plain `Datastore`."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import BOOLEAN, INTEGER, JSON, LABELS, TEXT, Choice
from amlrest._wire.fields import SECOND_SHAPE, later, look_up, normalised, wire
from amlrest.resources.base import Resource
from amlrest.resources.credentials import CREDENTIALS, Credentials


@define(repr=False)
class Datastore(Resource):
    """A reference to storage or a database, of any type.

    Attributes:
        credentials: `AccountKey`, `SasToken`, `ServicePrincipal`, `Certificate`, `SqlAdmin` or
            `NoCredentials`; the service does not return their secrets.
        is_default: whether it is the default datastore of the workspace.
        description: free text.
        tags: mapping of strings.
        properties: mapping of strings.
        linked_info: linked service of the datastore, as JSON.
    """

    WIRE_MODEL: ClassVar[str] = "DatastoreProperties"
    KIND: ClassVar[str] = "datastores"
    LISTED: ClassVar[tuple[str, ...]] = (
        "name",
        "type",
        "account_name",
        "container_name",
        "is_default",
    )

    name: str | None = None
    credentials: Credentials | None = field(
        default=None, kw_only=True, metadata=wire("contents.credentials", CREDENTIALS)
    )
    is_default: bool | None = field(default=None, kw_only=True, metadata=wire("isDefault", BOOLEAN))
    description: str | None = field(default=None, kw_only=True, metadata=wire("description", TEXT))
    tags: dict[str, str] | None = field(default=None, kw_only=True, metadata=wire("tags", LABELS))
    properties: dict[str, str] | None = field(
        default=None, kw_only=True, metadata=wire("properties", LABELS)
    )

    linked_info: dict[str, Any] | None = field(
        default=None, kw_only=True, repr=False, metadata=wire("linkedInfo", JSON)
    )

    @property
    def type(self) -> str | None:
        """``AzureBlob``, ``AzureFile``, …; None for a new plain `Datastore`."""
        own = self.WIRE_TYPE[1] if self.WIRE_TYPE else None
        return own or _type_in(self.raw)


_ACCESS = Choice(
    none="None",
    workspace_system_assigned_identity="WorkspaceSystemAssignedIdentity",
    workspace_user_assigned_identity="WorkspaceUserAssignedIdentity",
)


@define(kw_only=True, repr=False, field_transformer=normalised)
class _FileDatastore(Datastore):
    """A datastore with files.

    Attributes:
        service_data_access_auth_identity: identity with which the service itself reads the
            storage: ``none`` (default), ``workspace_system_assigned_identity`` or
            ``workspace_user_assigned_identity``; from 2022-05-01.
    """

    service_data_access_auth_identity: str | None = field(
        default=None, metadata=later(SECOND_SHAPE, _ACCESS)
    )


@define(kw_only=True, repr=False)
class _AccountDatastore(_FileDatastore):
    """A datastore in an account of a subscription.

    Attributes:
        subscription_id: subscription of the account; that of the workspace if None; from
            2023-10-01.
        resource_group: resource group of the account; from 2023-10-01.
    """

    subscription_id: str | None = field(default=None, metadata=later("2023-10-01", TEXT))
    resource_group: str | None = field(default=None, metadata=later("2023-10-01", TEXT))


@define(kw_only=True, repr=False)
class StorageDatastore(_AccountDatastore):
    """A datastore in a storage account.

    Attributes:
        account_name: name of the storage account; required.
        container_name: name of the container, file share or file system; required.
        endpoint: host name suffix such as ``core.windows.net``; that of the cloud if None.
        protocol: ``https`` (default), or ``http`` for a local storage emulator.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("account_name", "container_name", "credentials")

    account_name: str | None = field(default=None, metadata=wire("contents.accountName", TEXT))
    container_name: str | None = field(default=None, metadata=wire("contents.containerName", TEXT))
    endpoint: str | None = field(default=None, metadata=wire("contents.endpoint", TEXT))
    protocol: str | None = field(default="https", metadata=wire("contents.protocol", TEXT))


@define(repr=False)
class AzureBlobDatastore(StorageDatastore):
    """A blob container."""

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "AzureBlob")


@define(repr=False)
class AzureFileDatastore(StorageDatastore):
    """A file share; `container_name` is the share."""

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "AzureFile")


@define(repr=False)
class AzureDataLakeGen2Datastore(StorageDatastore):
    """A Data Lake Storage Gen2 file system; `container_name` is the file system."""

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "AzureDataLakeGen2")


@define(kw_only=True, repr=False)
class AzureDataLakeGen1Datastore(_AccountDatastore):
    """A Data Lake Storage Gen1 account.

    Attributes:
        store_name: name of the account; required.
    """

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "AzureDataLakeGen1")
    REQUIRED: ClassVar[tuple[str, ...]] = ("store_name", "credentials")

    store_name: str | None = field(default=None, metadata=wire("contents.storeName", TEXT))


@define(kw_only=True, repr=False)
class OneLakeDatastore(_FileDatastore):
    """A lakehouse in OneLake, the storage of Microsoft Fabric; from 2024-04-01.

    Attributes:
        one_lake_workspace_name: name or GUID of the workspace in Fabric; required.
        artifact_name: name or GUID of the lakehouse; required.
        endpoint: host name such as ``onelake.dfs.fabric.microsoft.com``; the service's default
            if None.
    """

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("datastoreType", "OneLake")
    SINCE: ClassVar[str | None] = "2024-04-01"
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "one_lake_workspace_name",
        "artifact_name",
        "credentials",
    )

    one_lake_workspace_name: str | None = field(default=None, metadata=later("2024-04-01", TEXT))
    artifact_name: str | None = field(default=None, metadata=later("2024-04-01", TEXT))
    endpoint: str | None = field(default=None, metadata=later("2024-04-01", TEXT))


@define(kw_only=True, repr=False)
class _DatabaseDatastore(Datastore):
    """A database.

    Attributes:
        server_name: name of the server; required.
        database_name: name of the database; required.
        endpoint: host name suffix of the server; required.
        port_number: TCP port; required.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = (
        "server_name",
        "database_name",
        "endpoint",
        "port_number",
        "credentials",
    )

    server_name: str | None = field(default=None, metadata=wire("contents.serverName", TEXT))
    database_name: str | None = field(default=None, metadata=wire("contents.databaseName", TEXT))
    endpoint: str | None = field(default=None, metadata=wire("contents.endpoint", TEXT))
    port_number: int | None = field(default=None, metadata=wire("contents.portNumber", INTEGER))


@define(repr=False)
class AzureSqlDatabaseDatastore(_DatabaseDatastore):
    """An Azure SQL database."""

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "AzureSqlDatabase")


@define(kw_only=True, repr=False)
class AzurePostgreSqlDatastore(_DatabaseDatastore):
    """An Azure database for PostgreSQL.

    Attributes:
        enable_ssl: whether connections use TLS.
    """

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "AzurePostgreSql")

    enable_ssl: bool | None = field(default=None, metadata=wire("contents.enableSSL", BOOLEAN))


@define(kw_only=True, repr=False)
class GlusterFsDatastore(Datastore):
    """A GlusterFS volume, which has no credentials.

    Attributes:
        server_address: address of the server; required.
        volume_name: name of the volume; required.
    """

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("contents.contentsType", "GlusterFs")
    REQUIRED: ClassVar[tuple[str, ...]] = ("server_address", "volume_name")

    credentials: None = field(default=None, init=False, repr=False, eq=False)
    server_address: str | None = field(default=None, metadata=wire("contents.serverAddress", TEXT))
    volume_name: str | None = field(default=None, metadata=wire("contents.volumeName", TEXT))


DATASTORES: tuple[type[Datastore], ...] = (
    AzureBlobDatastore,
    AzureFileDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    OneLakeDatastore,
    AzureSqlDatabaseDatastore,
    AzurePostgreSqlDatastore,
    GlusterFsDatastore,
)


def storage_contents(datastore: Datastore) -> dict[str, Any]:
    """Return what says where the files of a datastore are, in the words of the first wire shape."""
    first = look_up(datastore.raw, ("properties", "contents"))
    if first is not None or not isinstance(datastore, StorageDatastore):
        return first or {"contentsType": datastore.type}
    return {
        "contentsType": datastore.type,
        "accountName": datastore.account_name,
        "containerName": datastore.container_name,
        "endpoint": datastore.endpoint,
        "protocol": datastore.protocol,
        "credentials": look_up(datastore.raw, ("properties", "credentials")),
    }


def _type_in(raw: Any) -> Any:
    """Return the type that either wire shape names."""
    first = look_up(raw, ("properties", "contents", "contentsType"))
    return first or look_up(raw, ("properties", "datastoreType"))


def class_for(raw: Any) -> type[Datastore]:
    """Return the class for the JSON of a datastore."""
    found = str(_type_in(raw)).lower()
    known = {cls.WIRE_TYPE[1].lower(): cls for cls in DATASTORES if cls.WIRE_TYPE}
    return known.get(found, Datastore)
