"""What a shared access signature allows, and what a reader sees while a blob is replaced."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
from amlrest_emulator.blob import Account, BlobError, BlobService, BlobStore, load_file
from amlrest_emulator.blob.records import Segment
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobBlock, BlobClient, BlobSasPermissions, generate_blob_sas

from tests.blob_storage import Storage
from tests.emulator.serve import serve

SOON = datetime.now(UTC) + timedelta(hours=1)
KEY = base64.b64encode(b"k" * 64).decode()
ACCOUNT = Account("amlrestlocal", KEY)
MIB = 1024 * 1024


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BlobStore]:
    made = BlobStore(tmp_path / "blobs")
    made.create_container("data")
    yield made
    made.close()


@pytest.fixture
def client(store: BlobStore) -> Iterator[httpx.Client]:
    with (
        serve(BlobService(store, ACCOUNT, lambda said: False)) as url,
        httpx.Client(base_url=f"{url}/amlrestlocal", timeout=30) as made,
    ):
        yield made


def _delegated(storage: Storage, name: str, permission: str) -> BlobClient:
    sdk = storage.sdk
    token = generate_blob_sas(
        sdk.account_name,
        sdk.container_name,
        name,
        account_key=storage.key,
        permission=BlobSasPermissions.from_string(permission),
        expiry=SOON,
    )
    return BlobClient(
        sdk.url.partition("?")[0].rpartition("/")[0], sdk.container_name, name, credential=token
    )


def _code(error: pytest.ExceptionInfo[HttpResponseError]) -> tuple[int | None, str]:
    return error.value.status_code, str(error.value.error_code)  # type: ignore[attr-defined]


def test_the_permission_to_create_does_not_replace(storage: Storage) -> None:
    creator = _delegated(storage, "a", "c")
    creator.upload_blob(b"first", overwrite=True)
    with pytest.raises(HttpResponseError) as refused:
        creator.upload_blob(b"second", overwrite=True)
    assert _code(refused) == (403, "AuthorizationPermissionMismatch")
    with pytest.raises(HttpResponseError) as refused:
        creator.stage_block("YQ==", b"second")
    assert _code(refused) == (403, "AuthorizationPermissionMismatch")
    assert storage.contents() == {"a": b"first"}
    _delegated(storage, "a", "w").upload_blob(b"third", overwrite=True)
    assert storage.contents() == {"a": b"third"}


def _account_sas(**fields: str) -> str:
    """Return a SAS of the account, signed as documented whatever it says."""
    given = {
        "sp": "rwdlc",
        "ss": "b",
        "srt": "sco",
        "sv": "2021-08-06",
        "se": "2099-01-01",
    } | fields
    names = ("sp", "ss", "srt", "st", "se", "sip", "spr", "sv", "ses")
    text = "\n".join([ACCOUNT.name, *(given.get(name, "") for name in names), ""])
    digest = hmac.digest(base64.b64decode(KEY), text.encode(), hashlib.sha256)
    shown = {name: value for name, value in given.items() if value}
    return urlencode({**shown, "sig": base64.b64encode(digest).decode()})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"srt": ""}, "AuthenticationFailed"),
        ({"ss": ""}, "AuthenticationFailed"),
        ({"srt": "sc"}, "AuthorizationResourceTypeMismatch"),
        ({"ss": "fqt"}, "AuthorizationServiceMismatch"),
        ({"sp": "wdlc"}, "AuthorizationPermissionMismatch"),
        ({"sp": ""}, "AuthorizationPermissionMismatch"),
        ({"se": "2000-01-01"}, "AuthenticationFailed"),
        ({"se": ""}, "AuthenticationFailed"),
    ],
)
def test_a_sas_of_the_account_names_services_resource_types_and_permissions(
    client: httpx.Client, store: BlobStore, fields: dict[str, str], code: str
) -> None:
    _put(store, "a", [b"content"])
    assert client.get(f"/data/a?{_account_sas()}").content == b"content"
    refused = client.get(f"/data/a?{_account_sas(**fields)}")
    assert (refused.status_code, refused.headers["x-ms-error-code"]) == (403, code)


def test_parameters_of_a_sas_are_given_once_and_in_lower_case(client: httpx.Client) -> None:
    pairs = parse_qsl(_account_sas())
    for name in ("sig", "sp", "se", "srt"):
        other = urlencode([(key.upper() if key == name else key, value) for key, value in pairs])
        twice = urlencode([*pairs, (name, dict(pairs)[name])])
        for query in (other, twice):
            refused = client.get(f"/data/a?{query}")
            assert refused.status_code == 400
            assert name in refused.text.lower()


@pytest.mark.parametrize("value", ["text/plain\r\nX-Injected: 1", "\u0663", "a\0b", "\x7f"])
def test_a_sas_sets_no_header_that_is_not_one(client: httpx.Client, value: str) -> None:
    refused = client.get(f"/data/a?{_account_sas()}&{urlencode({'rsct': value})}")
    assert (refused.status_code, refused.headers["x-ms-error-code"]) == (
        400,
        "InvalidQueryParameterValue",
    )


def _put(store: BlobStore, name: str, blocks: list[bytes]) -> None:
    segments = []
    for number, content in enumerate(blocks):
        file, stream = store.new_file("data")
        with stream:
            stream.write(content)
        block = Segment(base64.b64encode(b"%d" % number).decode(), file, len(content))
        store.stage("data", name, block)
        segments.append(block)
    store.put("data", name, segments)


def _files(store: BlobStore) -> list[Path]:
    return [path for path in store.root.glob("*/??/*") if path.is_file()]


@pytest.mark.parametrize("change", ["replace", "delete", "delete the container"])
def test_a_reader_keeps_all_blocks_of_the_version_it_opened(
    client: httpx.Client, store: BlobStore, change: str
) -> None:
    blocks = [os.urandom(8 * MIB) for _ in range(4)]
    _put(store, "a", blocks)
    with client.stream("GET", f"/data/a?{_account_sas()}") as answer:
        parts = answer.iter_bytes(MIB)
        first = next(parts)
        if change == "replace":
            _put(store, "a", [b"new"])
        elif change == "delete":
            store.delete("data", "a")
        else:
            store.delete_container("data")
        store.settle()
        assert first + b"".join(parts) == b"".join(blocks)
    after = client.get(f"/data/a?{_account_sas()}")
    assert after.content == b"new" if change == "replace" else after.status_code == 404
    assert len(_files(store)) == (1 if change == "replace" else 0)


def test_a_reader_that_leaves_early_keeps_nothing(client: httpx.Client, store: BlobStore) -> None:
    _put(store, "a", [os.urandom(8 * MIB), os.urandom(8 * MIB)])
    with client.stream("GET", f"/data/a?{_account_sas()}") as answer:
        next(answer.iter_bytes(1024))
    store.delete("data", "a")
    store.settle()
    for _ in range(1000):  # the server notices after some more requests that the reader has left
        if not _files(store):
            break
        assert client.head(f"/data/a?{_account_sas()}").status_code == 404
    assert _files(store) == []


def test_a_job_reads_one_version(store: BlobStore, tmp_path: Path) -> None:
    _put(store, "a", [b"old", b"er"])
    found = store.blob("data", "a")
    _put(store, "a", [b"new"])
    load_file(store, found, tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_block_that_was_replaced_meanwhile_is_not_committed(store: BlobStore) -> None:
    file, stream = store.new_file("data")
    stream.close()
    block = Segment("YQ==", file, 0)
    store.stage("data", "a", block)
    _put(store, "a", [b"other"])
    with pytest.raises(BlobError) as refused:
        store.put("data", "a", [block])
    assert refused.value.code == "InvalidBlockList"


def test_blocks_and_ranges_with_the_official_sdk(storage: Storage) -> None:
    blob = storage.sdk.get_blob_client("blocks")
    blob.stage_block("MQ==", b"one")
    blob.stage_block("Mg==", b"two")
    blob.commit_block_list([BlobBlock("Mg=="), BlobBlock("MQ=="), BlobBlock("Mg==")])
    assert blob.download_blob().readall() == b"twoonetwo"
    assert blob.download_blob(offset=2, length=5).readall() == b"oonet"


@pytest.mark.parametrize(
    "header", ["bytes=²-", "bytes=0-1,3-4", "bytes=-2", "bytes=2-1", "x", "bytes=0-" + "9" * 5000]
)
def test_a_range_that_is_none_is_ignored(
    client: httpx.Client, store: BlobStore, header: str
) -> None:
    _put(store, "a", [b"content"])
    answer = client.get(f"/data/a?{_account_sas()}", headers={b"x-ms-range": header.encode()})
    assert (answer.status_code, answer.content) == (200, b"content")


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><BlockList/>'.encode("utf-16"),
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><BlockList><Latest>&b;</Latest></BlockList>",
        b"<BlockList>\xff</BlockList>",
        b"<BlockList><Other>YQ==</Other></BlockList>",
        b"<BlockList>",
        b"",
    ],
)
def test_a_block_list_that_is_none_is_refused(client: httpx.Client, body: bytes) -> None:
    answer = client.put(f"/data/a?comp=blocklist&{_account_sas()}", content=body)
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (400, "InvalidXmlDocument")
