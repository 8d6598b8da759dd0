"""The Blob endpoint over plain HTTP: authorization, refused requests, recovery from crashes."""

from __future__ import annotations

import base64
import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from amlrest_emulator.blob import Account, BlobService, BlobStore, read_url_query
from azure.storage.blob import BlobServiceClient

from tests.azurite import Azurite
from tests.emulator.serve import serve

BLOCK = {"x-ms-blob-type": "BlockBlob"}
KEY = base64.b64encode(b"k" * 64).decode()
ACCOUNT = Account("amlrestlocal", KEY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BlobStore]:
    made = BlobStore(tmp_path / "blobs")
    made.create_container("data")
    yield made
    made.close()


@pytest.fixture
def client(store: BlobStore) -> Iterator[httpx.Client]:
    service = BlobService(store, ACCOUNT, lambda said: said == "t0ken")
    with serve(service) as url:
        headers = {"Authorization": "Bearer t0ken"}
        with httpx.Client(base_url=f"{url}/amlrestlocal", headers=headers) as made:
            yield made


def _code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers["x-ms-error-code"]


def test_the_token_of_the_workspace_opens_it(client: httpx.Client) -> None:
    assert client.put("/data/x", content=b"1", headers=BLOCK).status_code == 201
    assert client.get("/data/x").content == b"1"


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, (401, "NoAuthenticationInformation")),
        ("Bearer wrong", (403, "AuthenticationFailed")),
        ("SharedKey amlrestlocal:AAAA", (403, "AuthenticationFailed")),
        ("SharedKey other:AAAA", (403, "AuthenticationFailed")),
        ("Basic YTpi", (401, "NoAuthenticationInformation")),
    ],
)
def test_strangers_are_refused(
    client: httpx.Client, authorization: str | None, code: tuple[int, str]
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    plain = httpx.get(f"{client.base_url}data/x", headers=headers)
    assert _code(plain) == code


def test_a_signature_of_long_ago_is_refused(client: httpx.Client) -> None:
    old = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    headers = {"Authorization": "SharedKey amlrestlocal:AAAA", "x-ms-date": old}
    answer = client.get("/data/x", headers=headers)
    assert _code(answer) == (403, "AuthenticationFailed")
    assert "15 minutes" in answer.text


def test_azurite_takes_the_signature_of_our_log_urls(azurite: Azurite) -> None:
    service = BlobServiceClient(
        azurite.account_url,
        credential={"account_name": azurite.account, "account_key": azurite.key},
    )
    container = service.create_container("signed-logs")
    container.upload_blob("a b/ü.txt", b"log")
    account = Account(azurite.account, azurite.key)
    query = read_url_query(account, "signed-logs", "a b/ü.txt", timedelta(hours=1))
    url = f"{azurite.account_url}/signed-logs/{quote('a b/ü.txt')}"
    assert httpx.get(f"{url}?{query}").content == b"log"
    assert httpx.get(url).status_code != 200


@pytest.mark.parametrize(
    ("method", "path", "headers", "part"),
    [
        ("PUT", "/data/x", {"x-ms-blob-type": "PageBlob"}, "PageBlob"),
        ("PUT", "/data/x", {"x-ms-blob-type": "AppendBlob"}, "AppendBlob"),
        ("PUT", "/data/x", {**BLOCK, "x-ms-access-tier": "Cool"}, "x-ms-access-tier"),
        ("PUT", "/data/x", {**BLOCK, "x-ms-lease-id": "1"}, "x-ms-lease-id"),
        ("PUT", "/data/x?comp=lease", {}, "comp=lease"),
        ("PUT", "/data/x?comp=tier", {}, "comp=tier"),
        ("GET", "/data/x?snapshot=2026-01-01T00:00:00Z", {}, "snapshot"),
        ("GET", "/data?restype=container&comp=acl", {}, "comp=acl"),
        ("GET", "/data?restype=container&comp=list&include=versions", {}, "include=versions"),
        ("GET", "/?restype=service&comp=properties", {}, "comp=properties"),
        ("POST", "/data/x?comp=query", {}, "comp=query"),
    ],
)
def test_what_is_not_behaved_is_refused_by_name(
    client: httpx.Client, method: str, path: str, headers: dict[str, str], part: str
) -> None:
    answer = client.request(method, path, headers=headers)
    assert _code(answer) == (501, "NotImplemented")
    assert part in answer.text


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", ".", "a/../../b", "%2e%2e/x", "\u202e\n"]
)
def test_names_never_become_paths(client: httpx.Client, store: BlobStore, name: str) -> None:
    outside = {path for path in store.root.parent.rglob("*") if store.root not in path.parents}
    path = "/data/" + quote(name, safe="").replace(".", "%2E")
    assert _raw(client, "PUT", path, b"content") == 201
    assert [blob.name for blob in store.walk("data", "")] == [name]
    listed = client.get("/data?restype=container&comp=list")
    assert listed.status_code == 200
    after = {path for path in store.root.parent.rglob("*") if store.root not in path.parents}
    assert after == outside


def _raw(client: httpx.Client, method: str, path: str, body: bytes) -> int:
    """Send a request whose path no client library tidies up."""
    where = urlsplit(str(client.base_url))
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        head = (
            f"{method} {where.path.rstrip('/')}{path} HTTP/1.1\r\nHost: {where.netloc}\r\n"
            "Authorization: Bearer t0ken\r\nx-ms-blob-type: BlockBlob\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/Data/x", "InvalidResourceName"),
        ("/a--b/x", "InvalidResourceName"),
        ("/ab/x", "InvalidResourceName"),
        ("/data/" + "x" * 1025, "InvalidResourceName"),
        ("/data/%00", "InvalidResourceName"),
        ("/data/%ff", "InvalidUri"),
    ],
)
def test_bad_names_are_refused(client: httpx.Client, path: str, code: str) -> None:
    assert _code(client.put(path, content=b"", headers=BLOCK)) == (400, code)


def test_reads_honour_entity_tags(client: httpx.Client) -> None:
    etag = client.put("/data/x", content=b"1", headers=BLOCK).headers["etag"]
    same = client.get("/data/x", headers={"If-None-Match": etag})
    assert (same.status_code, same.content) == (304, b"")
    other = client.get("/data/x", headers={"If-Match": '"other"'})
    assert _code(other) == (412, "ConditionNotMet")
    modified = client.head("/data/x").headers["last-modified"]
    assert client.get("/data/x", headers={"If-Modified-Since": modified}).status_code == 304


def test_ranges(client: httpx.Client) -> None:
    client.put("/data/x", content=b"0123456789", headers=BLOCK)
    part = client.get("/data/x", headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content) == (206, b"234")
    assert part.headers["content-range"] == "bytes 2-4/10"
    rest = client.get("/data/x", headers={"x-ms-range": "bytes=7-", "Range": "bytes=0-1"})
    assert rest.content == b"789"
    assert client.get("/data/x", headers={"Range": "bytes=0-99"}).content == b"0123456789"
    assert _code(client.get("/data/x", headers={"Range": "bytes=10-"})) == (416, "InvalidRange")


def test_an_upload_cut_off_leaves_the_old_blob_and_no_file(
    client: httpx.Client, store: BlobStore
) -> None:
    client.put("/data/x", content=b"old", headers=BLOCK)
    where = urlsplit(str(client.base_url))
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        connection.sendall(
            f"PUT {where.path}data/x HTTP/1.1\r\nHost: {where.netloc}\r\nAuthorization: Bearer t0ken"
            "\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: 1000000\r\n\r\n".encode()
            + b"x" * 1000
        )
    files = _settled(store)
    assert client.get("/data/x").content == b"old"
    assert len(files) == 1


def _settled(store: BlobStore) -> list[Path]:
    """Wait until only one content file is left, or give what is there after five seconds."""
    for _ in range(100):
        files = [path for path in store.root.glob("*/??/*") if path.is_file()]
        if len(files) == 1:
            break
        threading.Event().wait(0.05)
    return files


def test_a_reader_keeps_the_version_it_opened(client: httpx.Client) -> None:
    old, new = os.urandom(8_000_000), os.urandom(8_000_000)
    client.put("/data/x", content=old, headers=BLOCK)
    with client.stream("GET", "/data/x") as answer:
        body = answer.iter_raw()
        seen = next(body)
        assert client.put("/data/x", content=new, headers=BLOCK).status_code == 201
        seen += b"".join(body)
    assert seen == old
    assert client.get("/data/x").content == new


def test_a_crash_leaves_no_files_behind(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    store.create_container("data")
    file, stream = store.new_file("data")
    stream.write(b"half an upload")
    stream.close()
    store.close()
    again = BlobStore(tmp_path / "blobs")
    assert again.remove_orphans() == 1
    assert not (again.root / "data" / file).exists()
    assert again.container("data").name == "data"
    again.close()


@pytest.mark.parametrize(
    "body", [b"<!DOCTYPE x><BlockList/>", b"no xml", b"<BlockList><Other>QQ==</Other></BlockList>"]
)
def test_a_bad_block_list_is_refused(client: httpx.Client, body: bytes) -> None:
    answer = client.put("/data/x?comp=blocklist", content=body)
    assert _code(answer) == (400, "InvalidXmlDocument")


def test_names_that_xml_cannot_hold_are_listed_encoded(client: httpx.Client) -> None:
    assert _raw(client, "PUT", "/data/a%01b", b"") == 201
    text = client.get("/data?restype=container&comp=list").text
    assert '<Name Encoded="true">a%01b</Name>' in text
