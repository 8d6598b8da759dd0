"""Datastores in a running local workspace."""

from typing import Any

import pytest
from amlrest import (
    AccountKey,
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    AzurePostgreSqlDatastore,
    AzureSqlDatabaseDatastore,
    Certificate,
    NoCredentials,
    SasToken,
    ServicePrincipal,
    SqlAdmin,
)
from amlrest.errors import ResourceNotFoundError

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import Reply, serving

pytestmark = pytest.mark.both_answers


GUID = "00000000-0000-0000-0000-000000000001"
PRINCIPAL: dict[str, Any] = {"tenant_id": GUID, "client_id": GUID}
STORAGE: dict[str, Any] = {"account_name": "account1", "container_name": "con1"}
DATABASE: dict[str, Any] = {
    "server_name": "s",
    "database_name": "d",
    "endpoint": "e",
    "port_number": 1433,
}
KINDS = [
    AzureBlobDatastore(**STORAGE, credentials=AccountKey("a2V5")),
    AzureFileDatastore(**STORAGE, credentials=SasToken("?sv=1")),
    AzureDataLakeGen1Datastore(
        store_name="s", credentials=ServicePrincipal(**PRINCIPAL, client_secret="c")
    ),
    AzureDataLakeGen2Datastore(
        **STORAGE, credentials=Certificate(**PRINCIPAL, thumbprint="t", certificate="c")
    ),
    AzureSqlDatabaseDatastore(**DATABASE, credentials=SqlAdmin(user_id="u", password="p")),
    AzurePostgreSqlDatastore(**DATABASE, enable_ssl=True, credentials=NoCredentials()),
]
SECRETS = ("key", "token", "client_secret", "certificate", "password")


@pytest.mark.parametrize("store", KINDS, ids=lambda store: type(store).__name__)
def test_every_kind_with_its_credentials(ws: Any, unique: str, store: Any) -> None:
    store.name = unique
    made = ws.datastores.create_or_update(store)
    assert type(made) is type(store)
    assert type(made.credentials) is type(store.credentials)
    found = ws.datastores.get(unique)
    for name in SECRETS:
        assert getattr(found.credentials, name, None) is None, "a read brings back no secret"
        given = getattr(store.credentials, name, None)
        assert getattr(ws.datastores.secrets(unique), name, None) == given
    ws.datastores.delete(unique)
    with pytest.raises(ResourceNotFoundError):
        ws.datastores.get(unique)


def test_the_default_is_found_and_listed(ws: Any) -> None:
    default = ws.datastores.get_default()
    assert default.is_default
    assert default.name in [each.name for each in ws.datastores.list()]


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(
    ("cloud", "suffix"),
    [
        ("public", "core.windows.net"),
        ("AzureChinaCloud", "core.chinacloudapi.cn"),
        ("usgov", "core.usgovcloudapi.net"),
    ],
)
def test_a_storage_account_is_in_the_cloud_of_the_workspace(
    api: str, cloud: str, suffix: str
) -> None:
    with serving() as server, open_workspace(api, server_at(server.url), cloud=cloud) as workspace:
        server.script = lambda request: Reply(200, request.json)
        workspace.datastores.create_or_update(
            AzureBlobDatastore("d", **STORAGE, credentials=NoCredentials())
        )
        own = AzureBlobDatastore("d", **STORAGE, endpoint="own", credentials=NoCredentials())
        workspace.datastores.create_or_update(own)
        contents = [request.json["properties"]["contents"] for request in server.requests]
    assert [each["endpoint"] for each in contents] == [suffix, "own"]
