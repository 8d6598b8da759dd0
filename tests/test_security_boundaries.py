"""Security boundaries: hosts that receive tokens, access to the local workspace, path traversal."""

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from amlrest import DataAsset, Workspace, _urls
from amlrest._config import settings
from amlrest._files.blob_target import BlobTarget
from amlrest._sync import downloader
from amlrest.errors import AmlrestError, ConfigError, TransportError, ValidationError
from amlrest_client.client import Client
from amlrest_client.operations import OPERATIONS
from azure.storage.blob import BlobSasPermissions, generate_blob_sas
from hypothesis import given
from hypothesis import strategies as st

from tests.emulator.arm import Arm
from tests.official import API_VERSION

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

    from tests.blob_storage import Storage

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
LOOKALIKES = [
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "http://localhost@evil.example",
    "http://127.0.0.1:80@evil.example",
    "http://127.0.0.1\\@evil.example",
    "http://evil.example\\@127.0.0.1",
    "http://evil.example#@127.0.0.1",
    "http://0.0.0.0",
    "http://[::]",
    "http://[::ffff:127.0.0.1]",
    "https://:password@management.azure.com",
    "https://@management.azure.com",
    "//127.0.0.1",
]


@pytest.fixture
def arm(local_workspace: "LocalWorkspace") -> Iterator[Arm]:
    """Plain HTTP to a local workspace."""
    arm = Arm(local_workspace)
    with arm.http:
        yield arm


@contextmanager
def _listening() -> "Iterator[tuple[int, list[bytes]]]":
    """A port of this machine, and what came in there."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    came.append(connection.recv(65536))

        threading.Thread(target=take, daemon=True).start()
        yield server.getsockname()[1], came


@pytest.mark.parametrize("endpoint", LOOKALIKES)
def test_a_token_is_not_sent_to_what_only_looks_like_this_machine(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMLREST_TOKEN", "t")
    with pytest.raises(ConfigError, match="invalid endpoint"):
        Workspace("s", "g", "w", endpoint=endpoint)
    monkeypatch.setenv("AMLREST_ENDPOINT", endpoint)
    with pytest.raises(ConfigError, match="invalid endpoint"):
        Workspace.from_config(subscription_id="s", resource_group="g", name="w")


def test_a_config_file_that_came_with_a_clone_does_not_choose_who_gets_the_token(
    tmp_path: Path,
) -> None:
    names = {"subscription_id": "s", "resource_group": "g", "workspace_name": "w"}
    content = json.dumps(names | {"endpoint": "https://evil.example"})
    (tmp_path / "config.json").write_text(content)
    for file in (None, tmp_path / "config.json"):
        found = settings.find_settings({}, environ={}, folder=tmp_path, config_file=file)
        assert found.endpoint == "https://management.azure.com"


TRICKS = [":", "/", "//", "@", "\\", "#", "?", "[", "]", ":443", ":80", ":x", ".", "%40", "%2f"]
HOSTS = ["::1", "127.0.0.1", "management.azure.com", "evil", "\u3002"]
pieces = st.sampled_from([*TRICKS, *HOSTS, "http", "https", "\t", " "])


@given(st.lists(pieces, max_size=9).map("".join), st.sampled_from(["", "http://", "https://"]))
def test_the_host_that_is_checked_is_the_host_that_is_asked(text: str, scheme: str) -> None:
    checked = _urls.origin(scheme + text)
    try:
        asked = httpx.URL(scheme + text)
    except httpx.InvalidURL:
        return
    for trusted in ("https://management.azure.com", "http://127.0.0.1", "http://[::1]"):
        if checked == _urls.origin(trusted):
            assert asked.scheme == checked.scheme
            assert asked.host.lower() == checked.host
            assert asked.port in (None, checked.port)


@pytest.mark.parametrize(
    "contents",
    [
        {"endpoint": "evil.example\\@127.0.0.1", "protocol": "http"},
        {"endpoint": "evil.example?@127.0.0.1", "protocol": "http"},
        {"endpoint": "127.0.0.1@evil.example"},
        {"endpoint": "core.windows.net/x"},
        {"accountName": "evil.example/x?"},
        {"containerName": "../other"},
    ],
)
def test_a_datastore_cannot_lead_a_key_astray(contents: dict[str, str]) -> None:
    usual = {"contentsType": "AzureBlob", "accountName": "acc", "containerName": "con"}
    with pytest.raises(ValidationError):
        BlobTarget.from_datastore(usual | contents, {"key": "a2V5"})


@pytest.mark.parametrize("authority", ["http://evil.example", "http://127.0.0.1.evil.example"])
def test_a_client_secret_goes_over_https_only(authority: str) -> None:
    credentials = {"clientId": "c", "tenantId": "t", "authorityUrl": authority}
    contents = {"accountName": "acc", "containerName": "con", "credentials": credentials}
    with pytest.raises(AmlrestError, match="neither https"):
        BlobTarget.from_datastore(contents, {"clientSecret": "s"})


def test_no_proxy_sees_what_goes_to_a_local_workspace(
    local_workspace: "LocalWorkspace", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(os.urandom(8).hex())
    for name, value in local_workspace.environment().items():
        monkeypatch.setenv(name, value)
    with _listening() as (port, came):
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        with Workspace.from_config() as ws:
            assert ws.data.create(DataAsset("proxied", path=tmp_path / "a.csv")).created
        assert came == []


@pytest.mark.parametrize("token", ["quoted\nb", "quoted\0b", "quotedö"])
def test_the_low_level_client_does_not_quote_a_token_that_it_cannot_send(token: str) -> None:
    client = Client("http://127.0.0.1:9", token=token)
    with pytest.raises(ValueError, match="a header cannot contain") as caught:
        client.send(OPERATIONS["Operations_List"], {})
    assert "quoted" not in f"{caught.value!r}{client!r}"


@pytest.mark.parametrize(
    "origin",
    [
        "http://[",
        "http://127.0.0.1:{port}@evil.example",
        "http://127.0.0.1:{port}.evil.example",
        "https://127.0.0.1:{port}",
        "http://evil.example/http://127.0.0.1:{port}",
        "",
    ],
)
def test_no_odd_origin_passes(arm: Arm, origin: str) -> None:
    port = arm.endpoint.rpartition(":")[2]
    answer = arm.http.get(arm.id, headers={"Origin": origin.format(port=port)})
    assert answer.status_code == 403


def _raw(arm: Arm, *lines: str) -> bytes:
    """Send a request as text and return the status line."""
    with socket.create_connection(("127.0.0.1", int(arm.endpoint.rpartition(":")[2]))) as peer:
        peer.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode())
        return b"".join(iter(lambda: peer.recv(65536), b"")).split(b"\r\n")[0]


def test_a_host_cannot_be_smuggled(arm: Arm) -> None:
    own = f"Host: {arm.endpoint.removeprefix('http://')}"
    token = f"Authorization: {arm.http.headers['authorization']}"
    asked = f"GET {arm.id}?api-version={API_VERSION} HTTP/1.1"
    assert b" 200 " in _raw(arm, asked, own, token)
    assert b" 400 " in _raw(arm, asked, own, "Host: evil.example", token)
    assert b" 400 " in _raw(arm, asked, token)
    assert b" 421 " in _raw(arm, asked, "Host: evil.example", token)
    twice = (own, "Origin: http://evil.example", f"Origin: {arm.endpoint}", token)
    assert b" 403 " in _raw(arm, asked, *twice)
    assert b" 401 " in _raw(arm, asked, own, token, "Authorization: Bearer x")
    assert b" 400 " in _raw(arm, f"GET /amlrestlocal/../{arm.id[1:]} HTTP/1.1", own)


@pytest.mark.parametrize(
    "name",
    ["..", ".", "a/b", "../../x", "a\r\nSet-Cookie: b", "a\0b"],
)
@pytest.mark.parametrize("kind", ["jobs/{}", "data/{}/versions/1", "data/d/versions/{}"])
def test_no_name_leads_elsewhere(arm: Arm, kind: str, name: str) -> None:
    # Every byte escaped, so that no client tidies the path.
    escaped = "".join(f"%{byte:02x}" for byte in name.encode())
    path = f"{arm.id}/{kind.format(escaped)}"
    query = {"api-version": API_VERSION}
    answer = arm.http.put(path, params=query, json={"properties": {"path": "https://example.org/"}})
    error = answer.json()["error"]
    assert (answer.status_code, error["target"]) in [(400, "id"), (400, "name"), (400, "version")]
    assert "set-cookie" not in answer.headers
    assert arm.http.get(path, params=query).status_code in (400, 404)


@pytest.fixture
def job(arm: Arm) -> dict[str, Any]:
    """The body of a job that runs at once."""
    arm("PUT", "environments/e/versions/1", {"properties": {"condaFile": "name: x"}})
    return {
        "jobType": "Command",
        "command": "true",
        "environmentId": f"{arm.id}/environments/e/versions/1",
        "compute": {"target": f"{arm.id}/computes/cpu-cluster", "instanceCount": 1},
    }


@pytest.mark.parametrize("name", ["..", ".", "../../x", "/tmp/x", "a/../../x", "a\0b", "a\nb", ""])
@pytest.mark.parametrize("kind", ["inputDataBindings", "outputDataBindings"])
def test_no_binding_leads_out_of_the_folder_of_a_job(
    arm: Arm, job: dict[str, Any], kind: str, name: str
) -> None:
    arm("PUT", "data/d/versions/1", {"properties": {"path": "http://127.0.0.1:9/x"}})
    bound = {"dataId": f"{arm.id}/data/d/versions/1", "datastoreId": None}
    bound["datastoreId"] = f"{arm.id}/datastores/workspaceblobstore"
    answer = arm("PUT", "jobs/led-away", {"properties": job | {kind: {name: bound}}})
    assert answer.status_code == 400
    assert kind in answer.json()["error"]["target"]


def test_what_links_lead_to_is_not_stored(
    arm: Arm, job: dict[str, Any], tmp_path: Path, local_workspace: "LocalWorkspace"
) -> None:
    (tmp_path / "private.txt").write_text("private")
    links = f"ln -s {tmp_path} outputs; mkdir logs; ln -s {tmp_path} logs/far; echo 1 > logs/own"
    arm("PUT", "jobs/linked", {"properties": job | {"command": links}})
    deadline = time.monotonic() + 60
    while arm("GET", "jobs/linked").json()["properties"]["status"] != "Completed":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    query = {"restype": "container", "comp": "list", "prefix": "ExperimentRun/dcid.linked/"}
    listed = arm.http.get("/amlrestlocal/azureml", params=query).text
    assert "logs/own" in listed
    assert "private" not in listed


def _sas(arm: Arm, **changed: Any) -> str:
    """A signature by the official SDK."""
    key = arm("POST", "listStorageAccountKeys").json()["userStorageKey"]
    usual = {
        "account_name": "amlrestlocal",
        "container_name": "azureml-blobstore",
        "blob_name": "signed",
        "account_key": key,
        "permission": BlobSasPermissions(read=True),
        "expiry": datetime.now(UTC) + timedelta(hours=1),
    }
    return generate_blob_sas(**usual | changed)


def test_a_signature_permits_what_it_says_and_nothing_else(arm: Arm) -> None:
    home = f"{arm.endpoint}/amlrestlocal/azureml-blobstore"
    headers = {"x-ms-blob-type": "BlockBlob"}
    for name in ("signed", "other"):
        arm.http.put(f"{home}/{name}", content=b"1", headers=headers).raise_for_status()
    good = _sas(arm)
    assert httpx.get(f"{home}/signed?{good}").status_code == 200
    past = datetime.now(UTC) - timedelta(seconds=1)
    refused = [
        httpx.get(f"{home}/other?{good}"),
        httpx.get(f"{home}?restype=container&comp=list&{good}"),
        httpx.put(f"{home}/signed?{good}", content=b"2", headers=headers),
        httpx.delete(f"{home}/signed?{good}"),
        httpx.get(f"{home}/signed?{_sas(arm, expiry=past)}"),
        httpx.get(f"{home}/signed?{_sas(arm, account_key='d3Jvbmc=')}"),
        httpx.get(f"{arm.endpoint}{arm.id}?api-version={API_VERSION}&{good}"),
        *(httpx.get(f"{home}/signed?{urlencode(each)}") for each in _tampered(good)),
    ]
    assert [answer.status_code for answer in refused if answer.status_code not in (401, 403)] == []
    assert httpx.get(f"{home}/signed?{good}").content == b"1"


def _tampered(query: str) -> Iterator[dict[str, str]]:
    fields = {name: values[0] for name, values in parse_qs(query).items()}
    for name, value in {
        "sp": "rwdl",
        "se": "2999-01-01T00:00:00Z",
        "sr": "c",
        "sv": "2018-11-09",
    }.items():
        yield fields | {name: value}
    for missing in ("sp", "se", "sv"):
        yield {name: value for name, value in fields.items() if name != missing}


def test_a_link_in_the_target_folder_is_not_followed_even_for_folders(
    tmp_path: Path, azurite_storage: "Storage"
) -> None:
    azurite_storage.sdk.upload_blob("out/link/new/x", b"evil")
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)
    with pytest.raises(TransportError, match="link points outside"):
        downloader.download(azurite_storage.target, "out", inside)
    assert list(outside.iterdir()) == []


@pytest.mark.slow
def test_logs_are_on_the_host_of_the_workspace_and_authorize_themselves(
    arm: Arm, job: dict[str, Any]
) -> None:
    arm("PUT", "jobs/logging", {"properties": job})
    path = f"/history/v1.0{arm.id}/experiments/Default/runs/logging/details"
    found = arm.http.get(path).json()["logFiles"]
    for url in found.values():
        assert f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" == arm.endpoint
        assert httpx.get(url).status_code == 200
        assert httpx.get(url.partition("?")[0]).status_code == 401
