"""The https listener, and what Microsoft's SDKs find their cloud and their token with."""

from __future__ import annotations

import base64
import json
import ssl
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
import httpx
import pytest
from amlrest_emulator import LocalWorkspace, certificate, start
from amlrest_emulator.files import StateFolder
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient
from cryptography import x509

from tests.emulator.arm import Arm

pytestmark = pytest.mark.slow
LATER = "2024-10-01"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWorkspace]:
    with start(tmp_path_factory.mktemp("local"), tls=True) as found:
        yield found


@pytest.fixture
def sdk_variables(workspace: LocalWorkspace, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a script that uses the SDKs."""
    variables = workspace.environment()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def secure(workspace: LocalWorkspace) -> Iterator[httpx.Client]:
    trusted = ssl.create_default_context(cafile=StateFolder(workspace.state_dir).trusted)
    trusted.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    base = str(workspace.https_endpoint)
    with httpx.Client(
        base_url=base, verify=trusted, headers={"Authorization": f"Bearer {workspace.token}"}
    ) as client:
        yield client


def test_urls_in_a_response_have_the_scheme_of_the_request(
    workspace: LocalWorkspace, secure: httpx.Client
) -> None:
    plain = Arm(workspace)
    query = {"api-version": LATER}
    for client, endpoint in (
        (secure, workspace.https_endpoint),
        (plain.http, workspace.endpoint),
    ):
        found = client.get(plain.id, params=query).json()
        assert found["properties"]["discoveryUrl"] == f"{endpoint}/discovery"
        assert client.get("/discovery").json()["api"] == endpoint
        page = client.get(f"{plain.id}/datastores", params=query).json()
        address = page["value"][0]["properties"]
        assert f"{address['protocol']}://{address['endpoint']}" == endpoint


def test_links_to_the_next_page_and_to_operations_stay_with_https(
    workspace: LocalWorkspace, secure: httpx.Client
) -> None:
    root = Arm(workspace).id
    query = {"api-version": LATER}
    link = secure.get(f"{root}/datastores", params={**query, "count": "1"}).json()["nextLink"]
    assert link.startswith(f"{workspace.https_endpoint}/")
    assert [each["name"] for each in secure.get(link).json()["value"]] == ["workspaceartifactstore"]
    cluster = {"location": "local", "properties": {"computeType": "AmlCompute"}}
    made = secure.put(f"{root}/computes/c1", params=query, json=cluster)
    where = made.headers["azure-asyncoperation"]
    assert where.startswith(f"{workspace.https_endpoint}/")
    assert secure.get(where).json()["status"] == "Succeeded"


def test_names_of_other_hosts_and_pages_are_refused_there_too(secure: httpx.Client) -> None:
    assert secure.get("/discovery", headers={"Host": "example.org"}).status_code == 421
    port = secure.base_url.port
    own, foreign = f"https://localhost:{port}", f"http://localhost:{port}"
    assert secure.get("/discovery", headers={"Origin": own}).status_code == 200
    assert secure.get("/discovery", headers={"Origin": foreign}).status_code == 403


def test_without_the_certificate_there_is_no_connection(workspace: LocalWorkspace) -> None:
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{workspace.https_endpoint}/discovery")


def test_the_cloud_is_described_to_everyone(workspace: LocalWorkspace) -> None:
    found = httpx.get(
        f"{workspace.https_endpoint}/metadata/endpoints",
        params={"api-version": "2019-05-01"},
        verify=False,
    ).json()
    assert [each["resourceManager"] for each in found] == [f"{workspace.https_endpoint}/"]
    assert found[0].keys() >= {"name", "portal", "authentication", "suffixes"}


def test_the_storage_sdk_finds_the_account_without_a_name_server(
    workspace: LocalWorkspace, secure: httpx.Client, sdk_variables: dict[str, str]
) -> None:
    cloud = httpx.get(sdk_variables["ARM_CLOUD_METADATA_URL"], verify=False).json()[0]
    where = f"{Arm(workspace).id}/datastores/workspaceblobstore/listSecrets"
    query = {"api-version": "2024-10-01-preview"}
    key = secure.post(where, params=query).json()
    assert key["secretsType"] == "AccountKey"
    secret = secure.post(where, params=query, json={"expirableSecret": True}).json()
    assert secret.keys() == {"secretsType", "sasToken"}
    url = f"https://amlrestlocal.blob.{cloud['suffixes']['storage']}"
    client = BlobServiceClient(url, credential=secret["sasToken"], retry_total=0)
    container = client.get_container_client("azureml-blobstore")
    container.upload_blob("a b/ü.txt", b"over https", overwrite=True)
    assert container.download_blob("a b/ü.txt").readall() == b"over https"
    assert "a b/ü.txt" in [blob.name for blob in container.list_blobs()]
    identity = BlobServiceClient(url, credential=DefaultAzureCredential(), retry_total=0)
    assert identity.get_blob_client("azureml-blobstore", "a b/ü.txt").exists()


def test_the_default_credential_finds_the_token(
    workspace: LocalWorkspace, sdk_variables: dict[str, str]
) -> None:
    scope = f"{workspace.https_endpoint}/.default"
    token = DefaultAzureCredential().get_token(scope)
    claims, signature = token.token.split(".")[1:]
    assert signature == workspace.token
    read = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert read["aud"] == workspace.https_endpoint
    assert read["exp"] == token.expires_on
    for given, status in ((token.token, 200), (f"{token.token}x", 401), (f"{claims}.", 401)):
        headers = {"Authorization": f"Bearer {given}"}
        url = f"{workspace.endpoint}{Arm(workspace).id}?api-version={LATER}"
        assert httpx.get(url, headers=headers).status_code == status
    assert datetime.fromtimestamp(token.expires_on, UTC) > datetime.now(UTC) + timedelta(hours=1)


def test_another_secret_gets_no_token(
    workspace: LocalWorkspace, sdk_variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_HEADER", "guessed")
    with pytest.raises(ClientAuthenticationError):
        DefaultAzureCredential(
            exclude_cli_credential=True,
            exclude_powershell_credential=True,
            exclude_developer_cli_credential=True,
        ).get_token(f"{workspace.https_endpoint}/.default")
    answer = httpx.get(sdk_variables["IDENTITY_ENDPOINT"], headers={"X-IDENTITY-HEADER": ""})
    assert answer.status_code == 401
    assert workspace.token not in answer.text


@pytest.fixture
def folder(tmp_path: Path) -> StateFolder:
    found = StateFolder(tmp_path)
    found.make()
    return found


def test_a_certificate_is_kept_and_private(folder: StateFolder) -> None:
    certificate.server_context(folder)
    before = folder.certificate.read_bytes()
    certificate.server_context(folder)
    assert folder.certificate.read_bytes() == before
    assert stat.S_IMODE(folder.certificate.stat().st_mode) == 0o600
    assert b"PRIVATE KEY" not in folder.trusted.read_bytes()
    assert Path(certifi.where()).read_bytes() in folder.trusted.read_bytes()
    assert sorted(path.name for path in folder.root.iterdir()) == ["ca.pem", "tls.pem"]


@pytest.mark.parametrize("fault", ["empty", "expiring", "no trusted file"])
def test_a_certificate_that_does_not_serve_is_renewed(
    fault: str, folder: StateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault == "expiring":
        monkeypatch.setattr(certificate, "_LIFETIME", timedelta(days=29))
    certificate.server_context(folder)
    monkeypatch.undo()
    before = folder.certificate.read_bytes()
    if fault == "empty":
        folder.certificate.write_bytes(b"")
    if fault == "no trusted file":
        folder.trusted.unlink()
    certificate.server_context(folder)
    renewed = x509.load_pem_x509_certificate(folder.certificate.read_bytes())
    assert folder.certificate.read_bytes() != before
    assert renewed.not_valid_after_utc > datetime.now(UTC) + timedelta(days=800)
    assert renewed.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert folder.trusted.read_bytes().startswith(folder.certificate.read_bytes()[:200])
