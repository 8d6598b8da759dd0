"""Uploads to a datastore without credentials use the caller's identity, for storage only."""

import threading
from pathlib import Path
from typing import Any

import pytest
from amlrest import AzureBlobDatastore, DataAsset
from amlrest._files.blob_target import BlobTarget, require_azure_storage
from amlrest._http.auth import AccessToken
from amlrest._http.retry import RetryPolicy
from amlrest.errors import AuthenticationError, UntrustedUrlError, UploadError, ValidationError
from amlrest_emulator import LocalWorkspace

from tests.emulator.arm import Arm
from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, serving

SCOPE = "https://storage.azure.com/.default"
LARGE = (16 << 20) + 1


class Identity:
    """Gives one token for the workspace and another one for storage."""

    def __init__(self, token: str, expires_on: float = 2**53) -> None:
        self.token, self.expires_on = token, expires_on
        self.scopes: list[str] = []

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        del options
        self.scopes += scopes
        return AccessToken("for-storage" if SCOPE in scopes else self.token, int(self.expires_on))


class Bearing:
    """Storage that takes nothing but the token for it."""

    def __init__(self) -> None:
        self.kept: set[str] = set()
        self.refused = 0
        self._lock = threading.Lock()

    def __call__(self, request: ReceivedRequest) -> Reply:
        if request.headers.get("authorization") != "Bearer for-storage":
            self.refused += 1
            return Reply(401, b"<Error><Code>InvalidAuthenticationInfo</Code></Error>")
        if request.method == "GET":
            return Reply(200, LISTED, {"content-type": "application/xml"})
        with self._lock:
            self.kept.add(request.path)
        return Reply(201, None, {"ETag": '"0x1"', "Last-Modified": "Mon, 23 Nov 2026 20:00:00 GMT"})


LISTED = b"<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>"


def register(arm: Arm, name: str, endpoint: str) -> None:
    contents = {
        "contentsType": "AzureBlob",
        "accountName": "acc",
        "containerName": "con",
        "endpoint": endpoint,
        "protocol": "https",
        "credentials": {"credentialsType": "None"},
    }
    answer = arm("PUT", f"datastores/{name}", {"properties": {"contents": contents}})
    assert answer.is_success, answer.text


@pytest.mark.parametrize("api", APIS)
def test_files_are_sent_with_a_token_for_storage(
    tmp_path: Path, local_workspace: LocalWorkspace, arm: Arm, unique: str, api: str
) -> None:
    for name, size in {"a": 1, "b": 2, "large": LARGE}.items():
        (tmp_path / name).write_bytes(b"x" * size)
    identity = Identity(local_workspace.token)
    with serving() as server, open_workspace(api, local_workspace, credential=identity) as ws:
        server.script = storage = Bearing()
        register(arm, unique, server.url.split("/")[2])
        ws.data.create(DataAsset(unique, path=tmp_path, datastore=unique))
    assert {path.partition("?")[0].rpartition("/")[2] for path in storage.kept} == {
        *("a", "b", "large")
    }
    assert storage.refused == 0
    assert identity.scopes.count(SCOPE) == 1


@pytest.mark.parametrize("api", APIS)
def test_a_token_that_storage_refuses_is_told_with_what_to_do(
    tmp_path: Path, local_workspace: LocalWorkspace, arm: Arm, unique: str, api: str
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with serving() as server, open_workspace(api, local_workspace) as ws:
        server.script = Bearing()
        register(arm, unique, server.url.split("/")[2])
        with pytest.raises(UploadError, match=f"rejected.*{unique}.*needs a role") as raised:
            ws.data.create(DataAsset(unique, path=tmp_path, datastore=unique))
        assert local_workspace.token not in f"{raised.value!r}{raised.getrepr()}"


@pytest.mark.parametrize("api", APIS)
def test_a_token_of_a_local_workspace_leaves_for_nowhere(
    tmp_path: Path, local_workspace: LocalWorkspace, arm: Arm, unique: str, api: str
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    identity = Identity(local_workspace.token)
    for number, endpoint in enumerate(["core.windows.net", "s.example", "127.0.0.1.example"]):
        name = f"{unique}-{number}"
        register(arm, name, endpoint)
        with (
            open_workspace(api, local_workspace, credential=identity) as ws,
            pytest.raises(UntrustedUrlError, match="no token was sent"),
        ):
            ws.data.create(DataAsset(unique, path=tmp_path, datastore=name))
    assert SCOPE not in identity.scopes


@pytest.mark.parametrize(
    "url",
    [
        *("https://acc.blob.storage.example", "http://127.0.0.1:1/acc"),
        *("https://core.windows.net", "https://acc.blob.core.windows.net.example"),
        "https://acc.blob.core.windows.net:8443",
    ],
)
def test_in_azure_a_token_goes_to_storage_of_azure_alone(url: str) -> None:
    with pytest.raises(UntrustedUrlError):
        require_azure_storage(url, "https://management.azure.com")
    require_azure_storage("https://acc.blob.core.windows.net", "https://management.azure.com")
    require_azure_storage("https://acc.blob.core.chinacloudapi.cn", "https://management.azure.com")


@pytest.mark.parametrize("api", APIS)
def test_a_fixed_token_stays_with_the_workspace(api: str) -> None:
    """It is for Azure Resource Manager, whatever scope is asked for."""
    contents = {
        "contentsType": "AzureBlob",
        "accountName": "acc",
        "containerName": "con",
        "credentials": {"credentialsType": "None"},
    }
    store = AzureBlobDatastore(name="d", raw={"properties": {"contents": contents}})
    with (
        open_workspace(api, server_at("https://management.azure.com")) as ws,
        pytest.raises(AuthenticationError, match=r"the datastore d .*credential="),
    ):
        ws.datastores.blob_target(store)


def test_without_a_token_no_identity_of_the_machine_is_used() -> None:
    contents = {
        "accountName": "acc",
        "containerName": "con",
        "credentials": {"credentialsType": "None"},
    }
    with pytest.raises(ValidationError, match="no credential of its own"):
        BlobTarget.from_datastore(contents, {}).open(RetryPolicy())
