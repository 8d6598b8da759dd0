"""Code versions: found by the hash of their files, uploaded to a container of their own."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import ContainerClient

from tests.emulator.arm import Arm

LATER = {"api-version": "2024-10-01"}


def _start(arm: Arm, name: str) -> dict[str, Any]:
    where = f"codes/{name}/versions/1/startPendingUpload"
    answer = arm("POST", where, {"pendingUploadType": "TemporaryBlobReference"}, **LATER)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _register(arm: Arm, name: str, uri: str, digest: str) -> httpx.Response:
    hashes = {"hash_sha256": digest, "hash_version": "202208"}
    body = {"properties": {"codeUri": uri, "isAnonymous": True, "properties": hashes}}
    return arm("PUT", f"codes/{name}/versions/1", body, **LATER)


def _by_hash(arm: Arm, name: str, digest: str) -> list[str]:
    query = {"hash": digest, "hashVersion": "202208", **LATER}
    answer = arm("GET", f"codes/{name}/versions", **query)
    assert answer.status_code == 200
    return [each["id"] for each in answer.json()["value"]]


def test_an_upload_gets_a_container_of_its_own(arm: Arm) -> None:
    first, second = _start(arm, "code-a"), _start(arm, "code-a")
    reference = first["blobReferenceForConsumption"]
    assert reference["blobUri"] != second["blobReferenceForConsumption"]["blobUri"]
    assert first["pendingUploadId"] != second["pendingUploadId"]
    sas = reference["credential"]
    assert sas["credentialType"] == "SAS"
    assert sas["sasUri"].startswith(f"{reference['blobUri']}?")
    container = ContainerClient.from_container_url(sas["sasUri"], retry_total=0)
    container.upload_blob("src/main.py", b"print()")
    assert [blob.name for blob in container.list_blobs()] == ["src/main.py"]
    with pytest.raises(HttpResponseError) as raised:
        container.delete_blob("src/main.py")
    assert raised.value.status_code == 403


@pytest.mark.parametrize(
    "other",
    [
        "https://127.0.0.1:1/amlrestlocal/{rest}",
        "https://amlrestlocal.blob.amlrest.local@127.0.0.1:1/{rest}",
        "https://amlrestlocal.blob.amlrest.local@127.0.0.1:1/amlrestlocal/{rest}",
    ],
)
def test_urls_of_the_account_lead_here(other: str, arm: Arm) -> None:
    name = f"code-{uuid.uuid4().hex}"
    uri = _start(arm, name)["blobReferenceForConsumption"]["blobUri"]
    rest = f"{uri.partition('/amlrestlocal/')[2]}/a%20b/"
    made = _register(arm, name, other.format(rest=rest), name)
    assert made.json()["properties"]["codeUri"] == f"{arm.endpoint}/amlrestlocal/{rest}"
    again = _register(arm, name, f"{arm.endpoint}/amlrestlocal/{rest}", name)
    assert again.status_code == 200
    foreign = "https://amlrestlocal.blob.core.windows.net/container/src"
    kept = _register(arm, f"{name}-2", foreign, f"{name}-2").json()
    assert kept["properties"]["codeUri"] == foreign


def test_the_folder_of_a_dockerfile_leads_here(arm: Arm) -> None:
    where = f"environments/e-{uuid.uuid4().hex}/versions/1"
    stored = "azureml-blobstore/LocalUpload/x/ctx"
    blob = f"/amlrestlocal/{stored}/Dockerfile"
    arm.http.put(blob, content=b"FROM x", headers={"x-ms-blob-type": "BlockBlob"})
    url = f"https://amlrestlocal.blob.amlrest.local@127.0.0.1:1/{stored}/"
    body = {"properties": {"build": {"contextUri": url}}}
    for _ in range(2):
        made = arm("PUT", where, body, **LATER)
        assert made.is_success, made.text
        shown = made.json()["properties"]["build"]["contextUri"]
        assert shown == f"{arm.endpoint}/amlrestlocal/{stored}/"
    docker = arm("GET", where).json()["properties"]["docker"]
    assert docker["dockerfile"] == "FROM x"


def test_code_is_found_by_its_hash_whatever_its_name(arm: Arm) -> None:
    digest, name = uuid.uuid4().hex, f"code-{uuid.uuid4().hex}"
    assert _by_hash(arm, f"no-{name}", digest) == []
    uri = f"{_start(arm, name)['blobReferenceForConsumption']['blobUri']}/src"
    made = _register(arm, name, uri, digest)
    assert made.is_success
    assert made.json()["properties"]["codeUri"] == uri
    assert _by_hash(arm, f"no-{name}", digest) == [made.json()["id"]]
    assert _by_hash(arm, name, f"{digest[:-1]}x") == []
