"""Datastores: the default one, every kind of credential, and secrets that never come back."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests import official
from tests.emulator.arm import Arm, reduced


def _blob(credentials: dict[str, Any], **more: Any) -> dict[str, Any]:
    contents = {
        "contentsType": "AzureBlob",
        "accountName": "acc",
        "containerName": "con",
        "endpoint": "core.windows.net",
        "protocol": "https",
        "credentials": credentials,
    }
    return {"properties": {"contents": contents, **more}}


def _name() -> str:
    return f"s{uuid.uuid4().hex[:10]}"


UUID = "00000000-1111-2222-3333-444444444444"
CREDENTIALS = [
    ("AccountKey", {}, {"key": "hush-1"}),
    ("Sas", {}, {"sasToken": "hush-2"}),
    ("ServicePrincipal", {"clientId": UUID, "tenantId": UUID}, {"clientSecret": "hush-3"}),
    (
        "Certificate",
        {"clientId": UUID, "tenantId": UUID, "thumbprint": "t"},
        {"certificate": "hush-4"},
    ),
]


@pytest.mark.parametrize(
    ("kind", "fields", "secrets"), CREDENTIALS, ids=[c[0] for c in CREDENTIALS]
)
def test_secrets_are_given_to_list_secrets_only(
    arm: Arm, kind: str, fields: dict[str, Any], secrets: dict[str, Any]
) -> None:
    where = f"datastores/{_name()}"
    given = {"credentialsType": kind, **fields, "secrets": {"secretsType": kind, **secrets}}
    created = arm("PUT", where, _blob(given))
    assert created.status_code == 201, created.text
    read, listed = arm("GET", where), arm("GET", "datastores")
    for answer in (created, read, listed):
        assert "hush" not in answer.text
    credentials = read.json()["properties"]["contents"]["credentials"]
    shown = {"credentialsType": kind, **fields}
    assert reduced(credentials, shown) == shown
    assert not any(value for key, value in credentials.items() if key not in shown)
    assert arm("POST", f"{where}/listSecrets").json() == {"secretsType": kind, **secrets}

    again = arm("PUT", where, read.json())
    assert again.status_code == 200, again.text
    assert arm("POST", f"{where}/listSecrets").json() == {"secretsType": kind, **secrets}


def test_secrets_must_be_of_the_credentials_kind(arm: Arm) -> None:
    given = {"credentialsType": "AccountKey", "secrets": {"secretsType": "Sas", "sasToken": "x"}}
    answer = arm("PUT", f"datastores/{_name()}", _blob(given))
    assert answer.status_code == 400
    assert answer.json()["error"]["target"].endswith("secrets.secretsType")


def test_the_official_secrets_answer_has_the_same_fields(arm: Arm) -> None:
    example = official.example("Datastore/listSecrets.json")
    answer = arm("POST", "datastores/workspaceblobstore/listSecrets").json()
    assert answer.keys() == example["responses"]["200"]["body"].keys()
    assert answer["key"] == arm("POST", "listStorageAccountKeys").json()["userStorageKey"]


def test_the_default_datastore_leads_to_the_local_blob_endpoint(arm: Arm) -> None:
    (default,) = arm("GET", "datastores", isDefault="true").json()["value"]
    contents = default["properties"]["contents"]
    assert default["name"] == "workspaceblobstore"
    assert arm.endpoint == f"{contents['protocol']}://{contents['endpoint']}"
    answer = arm.http.get(
        f"/{contents['accountName']}/{contents['containerName']}",
        params={"restype": "container", "comp": "list"},
    )
    assert answer.status_code == 200, answer.text


def test_there_is_one_default(fresh_workspace: Any) -> None:
    arm = Arm(fresh_workspace)
    none = {"credentialsType": "None"}
    assert arm("PUT", "datastores/other", _blob(none, isDefault=True)).status_code == 201
    defaults = arm("GET", "datastores", isDefault="true").json()["value"]
    assert [item["name"] for item in defaults] == ["other"]
    refused = arm("DELETE", "datastores/other")
    assert refused.status_code == 409
    assert arm("DELETE", "datastores/workspaceblobstore").status_code == 200


def test_what_is_fixed_in_a_datastore_cannot_change(arm: Arm) -> None:
    where, body = f"datastores/{_name()}", _blob({"credentialsType": "None"})
    arm("PUT", where, body)
    body["properties"]["contents"]["containerName"] = "elsewhere"
    answer = arm("PUT", where, body)
    assert answer.status_code == 409
    assert answer.json()["error"]["target"] == "properties.contents.containerName"


def test_the_kinds_of_contents(arm: Arm) -> None:
    none = {"credentialsType": "None"}
    sql = {"databaseName": "d", "endpoint": "e", "portNumber": 1433, "serverName": "s"}
    share = {"accountName": "a", "containerName": "c", "endpoint": "e", "protocol": "https"}
    kinds: list[dict[str, Any]] = [
        {"contentsType": "AzureDataLakeGen1", "storeName": "s", "credentials": none},
        {"contentsType": "AzureDataLakeGen2", "credentials": none, **share},
        {"contentsType": "AzureFile", "credentials": none, **share},
        {"contentsType": "AzureSqlDatabase", "credentials": none, **sql},
        {"contentsType": "AzurePostgreSql", "credentials": none, "enableSSL": True, **sql},
        {"contentsType": "GlusterFs", "serverAddress": "a", "volumeName": "v"},
    ]
    for contents in kinds:
        answer = arm("PUT", f"datastores/{_name()}", {"properties": {"contents": contents}})
        assert answer.status_code == 201, answer.text
        assert answer.json()["properties"]["contents"] == contents
        lacking = {key: value for key, value in contents.items() if key == "contentsType"}
        refused = arm("PUT", f"datastores/{_name()}", {"properties": {"contents": lacking}})
        missing = {
            problem["target"].rpartition(".")[2] for problem in refused.json()["error"]["details"]
        }
        assert missing == contents.keys() - {"contentsType", "enableSSL"}
