"""The Blob endpoint behaves for the official SDK and for obstore as a real account does.

Every test runs on the local workspace's endpoint and, where the tests can start it, on Azurite,
so that a wrong test shows as such.
"""

from __future__ import annotations

import base64
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import obstore
import pytest
from amlrest_emulator.blob import Account, BlobService, BlobStore
from azure.core import MatchConditions
from azure.core.exceptions import (
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.storage.blob import (
    BlobBlock,
    BlobPrefix,
    BlobServiceClient,
    ContainerClient,
    ContentSettings,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)
from obstore.store import AzureStore

from tests.emulator.serve import serve

AWKWARD = ["plain.txt", "a b/c+d.txt", "ü/中文/emoji-🙂", "..up/.x", "100%/q?x=1&y#z", "x" * 900]

Credentials = tuple[str, str, str]


def error_code(raised: pytest.ExceptionInfo[HttpResponseError]) -> object:
    """The code the storage SDK puts on an error, which azure-core's classes do not declare."""
    error: Any = raised.value
    return error.error_code


@pytest.fixture(scope="module", params=["local", "azurite"])
def account(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Credentials]:
    """URL, name and key of a storage account."""
    if request.param == "azurite":
        azurite = request.getfixturevalue("azurite")
        yield azurite.account_url, azurite.account, azurite.key
        return
    key = base64.b64encode(os.urandom(64)).decode()
    store = BlobStore(tmp_path_factory.mktemp("blobs"))
    service = BlobService(store, Account("amlrestlocal", key), lambda token: token == "t0ken")
    with serve(service) as url:
        yield f"{url}/amlrestlocal", "amlrestlocal", key
    store.close()


@pytest.fixture
def service(account: Credentials) -> BlobServiceClient:
    url, name, key = account
    credential = {"account_name": name, "account_key": key}
    return BlobServiceClient(
        url,
        credential=credential,
        retry_total=0,
        max_single_put_size=64 * 1024,
        max_block_size=64 * 1024,
        max_single_get_size=64 * 1024,
        max_chunk_get_size=64 * 1024,
    )


@pytest.fixture
def container(service: BlobServiceClient) -> Iterator[ContainerClient]:
    client = service.create_container(f"c{uuid.uuid4().hex}")
    yield client
    client.delete_container()


@pytest.mark.parametrize("name", AWKWARD)
def test_content_comes_back_under_any_name(container: ContainerClient, name: str) -> None:
    container.upload_blob(name, b"content of it")
    assert container.download_blob(name).readall() == b"content of it"
    assert [blob.name for blob in container.list_blobs()] == [name]


def test_large_upload_in_parallel_blocks(container: ContainerClient) -> None:
    data = os.urandom(1_000_003)
    container.upload_blob("big", data, max_concurrency=4)
    assert container.download_blob("big", max_concurrency=4).readall() == data
    assert (
        container.download_blob("big", offset=65_000, length=70_000).readall()
        == data[65_000:135_000]
    )
    committed, uncommitted = container.get_blob_client("big").get_block_list("all")
    assert sum(block.size for block in committed) == len(data)
    assert uncommitted == []


def test_existing_blob_is_kept_unless_overwritten(container: ContainerClient) -> None:
    container.upload_blob("x", b"first")
    with pytest.raises(ResourceExistsError) as raised:
        container.upload_blob("x", b"second")
    assert error_code(raised) == "BlobAlreadyExists"
    assert container.download_blob("x").readall() == b"first"
    container.upload_blob("x", b"third", overwrite=True)
    assert container.download_blob("x").readall() == b"third"


def test_existing_blob_is_kept_from_a_block_list(container: ContainerClient) -> None:
    container.upload_blob("x", b"first")
    with pytest.raises(ResourceExistsError):
        container.upload_blob("x", os.urandom(300_000))
    assert container.download_blob("x").readall() == b"first"


def test_conditions_by_entity_tag(container: ContainerClient) -> None:
    blob = container.get_blob_client("x")
    first = blob.upload_blob(b"one")["etag"]
    second = blob.upload_blob(b"two", overwrite=True)["etag"]
    assert first != second
    with pytest.raises(ResourceModifiedError):
        blob.upload_blob(
            b"three", overwrite=True, etag=first, match_condition=MatchConditions.IfNotModified
        )
    blob.upload_blob(
        b"four", overwrite=True, etag=second, match_condition=MatchConditions.IfNotModified
    )
    assert blob.download_blob().readall() == b"four"


def test_missing_things_are_named(service: BlobServiceClient, container: ContainerClient) -> None:
    with pytest.raises(ResourceNotFoundError) as blob:
        container.download_blob("nothing")
    assert error_code(blob) == "BlobNotFound"
    assert not container.get_blob_client("nothing").exists()
    with pytest.raises(ResourceNotFoundError) as other:
        list(service.get_container_client("no-such-one").list_blobs())
    assert error_code(other) == "ContainerNotFound"


def test_container_twice(service: BlobServiceClient, container: ContainerClient) -> None:
    with pytest.raises(ResourceExistsError) as raised:
        service.create_container(container.container_name)
    assert error_code(raised) == "ContainerAlreadyExists"
    assert container.container_name in [item.name for item in service.list_containers()]


def test_listing_in_pages(container: ContainerClient) -> None:
    names = sorted(f"dir{i % 3}/file{i:02}" for i in range(25))
    for name in names:
        container.upload_blob(name, b"")
    pages = [list(page) for page in container.list_blobs(results_per_page=10).by_page()]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [blob.name for page in pages for blob in page] == names
    assert [blob.name for blob in container.list_blobs(name_starts_with="dir1/")] == [
        name for name in names if name.startswith("dir1/")
    ]


def test_listing_by_folder_in_pages(container: ContainerClient) -> None:
    for name in ("a", "b/1", "b/2/x", "b-", "c/1", "d"):
        container.upload_blob(name, b"1")
    pages = [list(page) for page in container.walk_blobs(results_per_page=2).by_page()]
    assert [sorted(item.name for item in page) for page in pages] == [
        ["a", "b-"],
        ["b/", "c/"],
        ["d"],
    ]
    prefixes = [item.name for page in pages for item in page if isinstance(item, BlobPrefix)]
    assert prefixes == ["b/", "c/"]
    inner = sorted(item.name for item in container.walk_blobs(name_starts_with="b/"))
    assert inner == ["b/1", "b/2/"]


def test_properties_and_metadata(container: ContainerClient) -> None:
    blob = container.get_blob_client("x")
    settings = ContentSettings(content_type="text/csv", cache_control="no-cache")
    blob.upload_blob(b"1,2", metadata={"one": "1", "Two_b": "2"}, content_settings=settings)
    found = blob.get_blob_properties()
    assert found.content_settings.content_type == "text/csv"
    assert found.content_settings.cache_control == "no-cache"
    assert found.size == 3
    assert {k.lower(): v for k, v in found.metadata.items()} == {"one": "1", "two_b": "2"}
    blob.set_blob_metadata({"only": "this"})
    blob.set_http_headers(ContentSettings(content_type="text/plain"))
    changed = blob.get_blob_properties()
    assert changed.metadata == {"only": "this"}
    assert changed.content_settings.content_type == "text/plain"
    assert changed.content_settings.cache_control is None
    assert changed.etag != found.etag
    listed = next(iter(container.list_blobs(include=["metadata"])))
    assert listed.metadata == {"only": "this"}


def test_wrong_md5_is_refused_and_stores_nothing(container: ContainerClient) -> None:
    url_blob = container.get_blob_client("x")
    url_blob.upload_blob(b"good", validate_content=True)
    block = base64.b64encode(b"1").decode()
    with pytest.raises(HttpResponseError) as raised:
        url_blob.stage_block(
            block, b"data", headers={"Content-MD5": base64.b64encode(b"0" * 16).decode()}
        )
    # Azurite has a code of its own here; the documented one is Md5Mismatch.
    assert error_code(raised) in {"Md5Mismatch", "InvalidOperation"}
    assert url_blob.get_block_list("uncommitted")[1] == []


def test_blocks_are_committed_in_the_given_order(container: ContainerClient) -> None:
    blob = container.get_blob_client("x")
    for block, data in (("bb", b"2"), ("aa", b"1"), ("cc", b"unused")):
        blob.stage_block(block, data)
    blob.commit_block_list([BlobBlock("aa"), BlobBlock("bb"), BlobBlock("aa")])
    assert blob.download_blob().readall() == b"121"
    assert blob.get_block_list("uncommitted")[1] == []
    with pytest.raises(HttpResponseError) as raised:
        blob.commit_block_list([BlobBlock("zz")])
    assert error_code(raised) == "InvalidBlockList"
    assert blob.download_blob().readall() == b"121"


def test_copy_within_the_account(container: ContainerClient) -> None:
    source = container.get_blob_client("from")
    source.upload_blob(b"same", metadata={"k": "v"})
    target = container.get_blob_client("to")
    target.start_copy_from_url(source.url)
    assert target.download_blob().readall() == b"same"
    assert target.get_blob_properties().metadata == {"k": "v"}


def test_delete_one_and_many(container: ContainerClient) -> None:
    for name in ("a", "b", "c d"):
        container.upload_blob(name, b"1")
    container.delete_blob("a")
    with pytest.raises(ResourceNotFoundError):
        container.delete_blob("a")
    answers = list(container.delete_blobs("b", "c d", "gone", raise_on_any_failure=False))
    assert [answer.status_code for answer in answers] == [202, 202, 404]
    assert list(container.list_blobs()) == []


def test_range_behind_the_end_is_refused(container: ContainerClient) -> None:
    container.upload_blob("x", b"12345")
    with pytest.raises(HttpResponseError) as raised:
        container.download_blob("x", offset=6).readall()
    assert error_code(raised) == "InvalidRange"


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=5)


def test_blob_sas(account: Credentials, container: ContainerClient) -> None:
    url, name, key = account
    container.upload_blob("a b/ü", b"signed")
    sas = generate_blob_sas(
        name, container.container_name, "a b/ü", account_key=key, permission="r", expiry=_soon()
    )
    client = ContainerClient(url, container.container_name, credential=sas, retry_total=0)
    assert client.download_blob("a b/ü").readall() == b"signed"
    for refused in (
        lambda: client.download_blob("other"),
        lambda: client.delete_blob("a b/ü"),
        lambda: list(client.list_blobs()),
    ):
        with pytest.raises(HttpResponseError) as raised:
            refused()
        assert raised.value.status_code == 403
    assert container.get_blob_client("a b/ü").exists()


def test_expired_sas(account: Credentials, container: ContainerClient) -> None:
    url, name, key = account
    container.upload_blob("x", b"1")
    past = datetime.now(UTC) - timedelta(seconds=5)
    sas = generate_blob_sas(
        name, container.container_name, "x", account_key=key, permission="r", expiry=past
    )
    client = ContainerClient(url, container.container_name, credential=sas, retry_total=0)
    with pytest.raises(HttpResponseError) as raised:
        client.download_blob("x")
    assert error_code(raised) in {"AuthenticationFailed", "AuthorizationFailure"}


def test_container_and_account_sas(account: Credentials, container: ContainerClient) -> None:
    url, name, key = account
    own = generate_container_sas(
        name, container.container_name, account_key=key, permission="rwl", expiry=_soon()
    )
    client = ContainerClient(url, container.container_name, credential=own, retry_total=0)
    client.upload_blob("x", b"1")
    assert [blob.name for blob in client.list_blobs()] == ["x"]
    whole = generate_account_sas(
        name, key, resource_types="sco", permission="rl", expiry=_soon(), services="b"
    )
    reader = BlobServiceClient(url, credential=whole, retry_total=0)
    assert container.container_name in [item.name for item in reader.list_containers()]
    with pytest.raises(HttpResponseError) as raised:
        reader.get_blob_client(container.container_name, "y").upload_blob(b"1")
    assert error_code(raised) == "AuthorizationPermissionMismatch"


def test_wrong_key_is_refused(account: Credentials, container: ContainerClient) -> None:
    url, name, _ = account
    wrong = base64.b64encode(b"w" * 64).decode()
    client = BlobServiceClient(
        url, credential={"account_name": name, "account_key": wrong}, retry_total=0
    )
    with pytest.raises(HttpResponseError) as raised:
        list(client.list_containers())
    assert error_code(raised) in {"AuthenticationFailed", "AuthorizationFailure"}


@pytest.fixture
def store(account: Credentials, container: ContainerClient) -> AzureStore:
    url, name, key = account
    return AzureStore(
        container.container_name,
        account_name=name,
        account_key=key,
        endpoint=url,
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )


@pytest.mark.parametrize("name", ["plain", "a b/c+d", "ü/中文/🙂", "100%/q?x=1&y#z"])
def test_obstore_put_head_get_list_delete(store: AzureStore, name: str) -> None:
    store.put(name, b"0123456789")
    assert store.head(name)["size"] == 10
    assert bytes(store.get(name).bytes()) == b"0123456789"
    assert bytes(store.get_range(name, start=2, end=5)) == b"234"
    assert [item["path"] for page in store.list() for item in page] == [name]
    store.delete(name)
    with pytest.raises(FileNotFoundError):
        store.head(name)


def test_obstore_multipart_create_and_folders(store: AzureStore) -> None:
    data = os.urandom(3_000_000)
    obstore.put(store, "big/one", data, use_multipart=True, chunk_size=1_000_000, max_concurrency=3)
    assert bytes(store.get("big/one").bytes()) == data
    with pytest.raises(obstore.exceptions.AlreadyExistsError):
        store.put("big/one", b"other", mode="create")
    found = store.list_with_delimiter()
    assert list(found["common_prefixes"]) == ["big"]
    store.delete(["big/one"])
