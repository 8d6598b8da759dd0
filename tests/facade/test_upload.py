"""Uploads: complete, not repeated, and resumed after interruptions."""

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from amlrest._async import downloader as aio_downloader
from amlrest._async import uploader as aio_uploader
from amlrest._files import transfer
from amlrest._files.blob_target import BlobTarget
from amlrest._files.snapshot import scan
from amlrest._sync import downloader, uploader
from amlrest.errors import TransportError, UploadError, ValidationError
from amlrest_emulator import LocalWorkspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import blob_storage
from tests.blob_storage import Storage

MIB = 1 << 20


def run_async(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **options: asyncio.run(function(*args, **options))


BOTH: dict[str, list[Callable[..., Any]]] = {
    "upload": [uploader.upload, run_async(aio_uploader.upload)],
    "download": [downloader.download, run_async(aio_downloader.download)],
    "read_text": [downloader.read_text, run_async(aio_downloader.read_text)],
}
KINDS = ["sync", "async"]
upload = pytest.mark.parametrize("upload", BOTH["upload"], ids=KINDS)
both = pytest.mark.parametrize(
    ("upload", "download"), list(zip(BOTH["upload"], BOTH["download"], strict=True)), ids=KINDS
)
download = pytest.mark.parametrize("download", BOTH["download"], ids=KINDS)
read_text = pytest.mark.parametrize("read_text", BOTH["read_text"], ids=KINDS)

AWKWARD = {
    "main.py": b"print()",
    "empty.txt": b"",
    "in/der Tiefe/Ü ñ 日本 (1).txt": "ä".encode(),
    "a+b&c=d%20#[x]~{y}^'`!@$,;.csv": b"1",
    "e\u0301": b"combining",
    ".hidden/.file": b"2",
    "trailing dot.": b"3",
}


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def read(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@both
def test_what_goes_up_is_what_the_sdk_reads_and_what_comes_down(
    tmp_path: Path, storage: Storage, upload: Any, download: Any
) -> None:
    snapshot = scan(fill(tmp_path / "up", AWKWARD))
    result = upload(storage.target, snapshot, "code/1")
    assert result == (len(AWKWARD), 0, snapshot.size, 0)
    assert storage.contents() == {f"code/1/{name}": data for name, data in AWKWARD.items()}
    assert download(storage.target, "code/1", tmp_path / "down").sent == len(AWKWARD)
    assert read(tmp_path / "down") == AWKWARD


@upload
def test_what_is_there_is_not_sent_again(tmp_path: Path, storage: Storage, upload: Any) -> None:
    folder = fill(tmp_path, {f"{number}": b"x" * number for number in range(20)})
    upload(storage.target, scan(folder), "code/1")
    first = storage.etags()
    assert upload(storage.target, scan(folder), "code/1") == (0, 20, 0, 190)
    assert storage.etags() == first
    storage.sdk.delete_blob("code/1/7")
    storage.sdk.upload_blob("code/1/9", b"cut", overwrite=True)
    assert upload(storage.target, scan(folder), "code/1") == (2, 18, 16, 174)
    assert storage.contents()["code/1/9"] == b"x" * 9


@upload
def test_a_prefix_that_only_begins_alike_does_not_count(
    tmp_path: Path, storage: Storage, upload: Any
) -> None:
    storage.sdk.upload_blob("code/12/a", b"1")
    snapshot = scan(fill(tmp_path, {"a": b"2"}))
    assert upload(storage.target, snapshot, "code/1").sent == 1
    assert storage.contents() == {"code/12/a": b"1", "code/1/a": b"2"}


@pytest.mark.slow
@both
def test_large_files_go_in_blocks(
    tmp_path: Path, storage: Storage, upload: Any, download: Any
) -> None:
    sizes = {"a": 16 * MIB, "b": 16 * MIB + 1, "c": 40 * MIB + 5, "d": 3 * MIB}
    for name, size in sizes.items():
        fill(tmp_path / "up", {name: os.urandom(size)})
    seen: list[transfer.Progress] = []
    upload(storage.target, scan(tmp_path / "up"), "large", on_progress=seen.append)
    there = {blob.name: blob.size for blob in storage.sdk.list_blobs()}
    assert there == {f"large/{name}": size for name, size in sizes.items()}
    content = storage.sdk.download_blob("large/c").readall()
    assert digest(content) == digest((tmp_path / "up/c").read_bytes())
    assert [p.bytes_done for p in seen] == sorted(p.bytes_done for p in seen)
    folder, total = tmp_path / "up", sum(sizes.values())
    assert seen[0][:3] == (folder, 0, 4)
    assert seen[-1] == (folder, 4, 4, total, total)
    download(storage.target, "large", tmp_path / "down")
    assert {n: digest(c) for n, c in read(tmp_path / "down").items()} == {
        n: digest(c) for n, c in read(tmp_path / "up").items()
    }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


KILLED = """
import os, signal, sys
from amlrest._sync.uploader import upload
from amlrest._files.snapshot import scan
from amlrest._files.blob_target import BlobTarget

def stop(progress):
    if progress.bytes_done >= int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

credential = {"credential_type": "access_key", "account_key": os.environ["TEST_KEY"]}
target = BlobTarget(*sys.argv[5:8], credential)
upload(target, scan(sys.argv[1]), sys.argv[2], on_progress=stop)
"""


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
@pytest.mark.parametrize("sizes", [[2000] * 120, [20 * MIB, 20 * MIB, 5]], ids=["many", "large"])
def test_killed_anywhere_and_run_again(
    tmp_path: Path, azurite_storage: Storage, sizes: list[int], share: float
) -> None:
    files = {f"d{number % 7}/{number}": os.urandom(size) for number, size in enumerate(sizes)}
    folder, target = fill(tmp_path, files), azurite_storage.target
    limit = max(1, int(share * sum(sizes)))
    place = [str(folder), "code/1", "", str(limit), *target[:3]]
    command = [sys.executable, "-c", KILLED, *place]
    ended = subprocess.run(command, env=os.environ | {"TEST_KEY": azurite_storage.key}, check=False)
    assert ended.returncode == -signal.SIGKILL
    partly = azurite_storage.contents()
    assert len(partly) < len(files)
    assert all(files[name.removeprefix("code/1/")] == data for name, data in partly.items())
    result = uploader.upload(target, scan(folder), "code/1")
    # What was on the wire when the process died may have arrived after the first look.
    assert result.skipped >= len(partly)
    assert result.sent + result.skipped == len(files)
    expected = {f"code/1/{name}": data for name, data in files.items()}
    assert azurite_storage.contents() == expected


@upload
@pytest.mark.parametrize("size", [5, 20 * MIB], ids=["small", "large"])
def test_a_file_that_changes_meanwhile_is_not_sent(
    tmp_path: Path, storage: Storage, upload: Any, size: int
) -> None:
    path = fill(tmp_path, {"data.bin": b"a" * size}) / "data.bin"
    snapshot = scan(tmp_path)
    path.write_bytes(b"b" * size)
    with pytest.raises(UploadError, match=r"data\.bin: the file was changed"):
        upload(storage.target, snapshot, "code/1")
    assert storage.contents() == {}
    path.unlink()
    with pytest.raises(UploadError, match=r"data\.bin: no longer readable"):
        upload(storage.target, snapshot, "code/1")


@pytest.mark.slow
def test_five_thousand_files(tmp_path: Path, local_workspace: LocalWorkspace) -> None:
    storage = blob_storage.workspace_container(local_workspace)
    folder = fill(tmp_path, {f"d{n % 50}/{n}": b"%d" % n for n in range(5000)})
    assert uploader.upload(storage.target, scan(folder), "many").sent == 5000
    assert sum(1 for _ in storage.sdk.list_blobs(name_starts_with="many/")) == 5000
    assert uploader.upload(storage.target, scan(folder), "many").skipped == 5000


@upload
def test_a_wrong_key_is_named_but_not_shown(tmp_path: Path, storage: Storage, upload: Any) -> None:
    wrong = "c2VjcmV0" * 8
    target = storage.target._replace(
        credential={"credential_type": "access_key", "account_key": wrong}
    )
    with pytest.raises(UploadError, match="credential was rejected") as raised:
        upload(target, scan(fill(tmp_path, {"a": b""})), "code/1")
    assert storage.target.url in str(raised.value)
    assert wrong not in f"{raised.value!r}{raised.getrepr()}{target!r}{target}"


@upload
def test_a_container_that_is_not_there(tmp_path: Path, storage: Storage, upload: Any) -> None:
    with pytest.raises(UploadError, match="container does not exist"):
        upload(
            storage.target._replace(container="missing"),
            scan(fill(tmp_path, {"a": b""})),
            "code/1",
        )


@pytest.mark.parametrize("prefix", ["", "/", "p" * 1024])
def test_a_prefix_that_cannot_be(tmp_path: Path, prefix: str) -> None:
    snapshot = scan(fill(tmp_path, {"a": b""}))
    with pytest.raises(ValidationError):
        transfer.upload_items(snapshot, prefix)


def test_variables_for_other_accounts_do_not_matter(
    tmp_path: Path, azurite_storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AZURE_STORAGE_SAS_TOKEN": "sv=1&sig=2",
        "AZURE_STORAGE_TOKEN": "3",
        "AZURE_STORAGE_ENDPOINT": "http://127.0.0.1:1",
        "AZURE_STORAGE_ACCOUNT_NAME": "other",
        "AZURE_STORAGE_USE_EMULATOR": "true",
        "AZURE_SKIP_SIGNATURE": "true",
    }.items():
        monkeypatch.setenv(name, value)
    uploader.upload(azurite_storage.target, scan(fill(tmp_path, {"a": b"1"})), "code/1")
    assert azurite_storage.contents() == {"code/1/a": b"1"}


@download
def test_a_download_goes_on_where_it_stopped(
    tmp_path: Path, storage: Storage, download: Any
) -> None:
    for name in ("a", "b/c", "b/d"):
        storage.sdk.upload_blob(f"out/{name}", name.encode())
    fill(tmp_path, {"a": b"a", "b/c": b"torn"})
    assert download(storage.target, "out/", tmp_path) == (2, 1, 6, 1)
    assert read(tmp_path) == {"a": b"a", "b/c": b"b/c", "b/d": b"b/d"}
    assert download(storage.target, "nothing", tmp_path) == (0, 0, 0, 0)


@download
def test_one_blob(tmp_path: Path, storage: Storage, download: Any) -> None:
    storage.sdk.upload_blob("out/model.txt", b"m")
    download(storage.target, "out/model.txt", tmp_path)
    assert read(tmp_path) == {"model.txt": b"m"}


@download
def test_a_download_does_not_write_through_links(
    tmp_path: Path, azurite_storage: Storage, download: Any
) -> None:
    for name in ("link/x", "file"):
        azurite_storage.sdk.upload_blob(f"out/{name}", b"evil")
    inside, outside = fill(tmp_path / "in", {"a": b""}), fill(tmp_path / "out", {"file": b"mine"})
    (inside / "link").symlink_to(outside)
    with pytest.raises(TransportError, match="link points outside"):
        download(azurite_storage.target, "out", inside)
    (inside / "link").unlink()
    (inside / "file").symlink_to(outside / "file")
    with pytest.raises(TransportError, match="link points outside"):
        download(azurite_storage.target, "out", inside)
    assert read(outside) == {"file": b"mine"}


blob_names = st.lists(
    st.sampled_from(["..", ".", "", "a", "b", "c:", "\\", "a\\..\\b", "~", "\0"]), max_size=4
).map("/".join)


@given(st.dictionaries(blob_names.map("run/{}".format), st.integers(0, 2), max_size=5))
def test_no_blob_lands_outside_the_folder(found: dict[str, int]) -> None:
    folder = Path("/somewhere/below")
    try:
        items = transfer.download_items(found, "run", folder)
    except TransportError:
        return
    for item in items:
        assert folder in Path(os.path.normpath(item.file)).parents
    assert len({item.file for item in items}) == len(items)


def test_a_blob_that_stands_for_a_folder_is_left_out(tmp_path: Path) -> None:
    items = transfer.download_items({"run/logs": 0, "run/logs/a": 1}, "run", tmp_path)
    assert [item.blob for item in items] == ["run/logs/a"]
    with pytest.raises(TransportError, match="a file and a folder"):
        transfer.download_items({"run/logs": 2, "run/logs/a": 1}, "run", tmp_path)


@download
def test_what_stands_for_an_empty_folder_becomes_one(
    tmp_path: Path, azurite_storage: Storage, download: Any
) -> None:
    for name in ("run/logs/", "run/full/", "run/full/a", "run/empty"):
        azurite_storage.sdk.upload_blob(name, name.encode() if name.endswith("a") else b"")
    for _ in range(2):
        download(azurite_storage.target, "run", tmp_path)
        assert read(tmp_path) == {"empty": b"", "full/a": b"run/full/a"}
        assert (tmp_path / "logs").is_dir()


@upload
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, azurite_storage: Storage, upload: Any
) -> None:
    snapshot = scan(fill(tmp_path, {"a": b"1"}))
    (tmp_path / "a").unlink()
    os.mkfifo(tmp_path / "a")
    with pytest.raises(UploadError, match="has become a pipe"):
        upload(azurite_storage.target, snapshot, "code/1")
    assert azurite_storage.contents() == {}


@read_text
def test_text(storage: Storage, read_text: Any) -> None:
    storage.sdk.upload_blob("log.txt", "ä\n".encode() + b"\xff")
    assert read_text(storage.target, "log.txt") == "ä\n\ufffd"
    storage.sdk.upload_blob("empty.txt", b"")
    assert read_text(storage.target, "empty.txt") == ""
    with pytest.raises(TransportError, match=r"missing\.txt: .*BlobNotFound"):
        read_text(storage.target, "missing.txt")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, 100 * MIB), max_size=300)
    | st.lists(st.integers(0, MIB), min_size=200, max_size=3000)
)
def test_lanes_hold_everything_and_little_of_it_at_once(tmp_path: Path, sizes: list[int]) -> None:
    items = [transfer.Item(str(n), tmp_path, size) for n, size in enumerate(sizes)]
    groups = transfer.group_by_size(items)
    assert sorted(i for group in groups for i in group.items) == sorted(items)
    for group in groups:
        whole = [item.size for item in group.items if transfer.is_whole(item)]
        assert len(whole) in (0, len(group.items))
        batches = list(group.batches())
        assert [item for batch in batches for item in batch] == group.items
        most = max(sum(item.size for item in batch) for batch in batches)
        assert not whole or group.at_once * most <= 32 * MIB
        assert whole or {len(batch) for batch in batches} == {1}


@given(st.integers(1, 5000), st.integers(0, 10_000))
def test_no_worker_sends_many_more_files_than_its_share(files: int, size: int) -> None:
    items = [transfer.Item(str(number), Path(), size) for number in range(files)]
    (group,) = transfer.group_by_size(items)
    batches = [len(batch) for batch in group.batches()]
    in_turn = [batches[at : at + group.at_once] for at in range(0, len(batches), group.at_once)]
    one_after_the_other = sum(map(max, in_turn))
    assert one_after_the_other < files / group.at_once + len(in_turn)
    assert max(batches) <= 16


@given(st.integers(1, 190 << 40))
def test_no_blob_has_more_blocks_than_azure_takes(size: int) -> None:
    assert -(-size // transfer.block_size(size)) <= 50_000


DATASTORE = {"contentsType": "AzureBlob", "accountName": "acc", "containerName": "con"}


@pytest.mark.parametrize(
    ("contents", "url"),
    [
        ({}, "https://acc.blob.core.windows.net/con"),
        ({"endpoint": "core.chinacloudapi.cn"}, "https://acc.blob.core.chinacloudapi.cn/con"),
        ({"protocol": "http", "endpoint": "127.0.0.1:10000"}, "http://127.0.0.1:10000/acc/con"),
        ({"endpoint": "localhost:1"}, "http://localhost:1/acc/con"),
        ({"contentsType": "azureDataLakeGen2"}, "https://acc.blob.core.windows.net/con"),
    ],
)
def test_where_a_datastore_is(contents: dict[str, str], url: str) -> None:
    target = BlobTarget.from_datastore(DATASTORE | contents, {"key": "a2V5"})
    assert target.url == url
    assert repr(target) == f"BlobTarget({url})"


@pytest.mark.parametrize(
    ("contents", "secrets", "message"),
    [
        ({"protocol": "http"}, {"key": "k"}, "use https"),
        ({"contentsType": "AzureFile"}, {"key": "k"}, "AzureFile are not supported"),
        ({"accountName": None}, {"key": "k"}, "accountName"),
        ({}, {"secretsType": "Certificate", "certificate": "c"}, "Certificate credentials"),
        ({}, {}, "no credentials"),
    ],
)
def test_a_datastore_that_files_cannot_go_to(
    contents: dict[str, Any], secrets: dict[str, str], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        BlobTarget.from_datastore(DATASTORE | contents, secrets)


def test_a_sas_token(tmp_path: Path, azurite_storage: Storage) -> None:
    from datetime import UTC, datetime, timedelta

    from azure.storage.blob import ContainerSasPermissions, generate_container_sas

    target = azurite_storage.target
    rights = ContainerSasPermissions(read=True, write=True, list=True, create=True)
    end = datetime.now(UTC) + timedelta(hours=1)
    token = generate_container_sas(
        target.account, target.container, azurite_storage.key, permission=rights, expiry=end
    )
    contents = DATASTORE | {
        "accountName": target.account,
        "containerName": target.container,
        "endpoint": target.account_url.split("/")[2],
    }
    snapshot = scan(fill(tmp_path, {"a": b"1"}))
    for good in (token, f"?{token}"):
        allowed = BlobTarget.from_datastore(contents, {"sasToken": good})
        uploader.upload(allowed, snapshot, "code/1")
    assert azurite_storage.contents() == {"code/1/a": b"1"}
    signature = token.partition("sig=")[2].partition("&")[0]
    refused = BlobTarget.from_datastore(contents, {"sasToken": token.replace("sp=", "sp=x")})
    with pytest.raises(UploadError, match="rejected") as raised:
        uploader.upload(refused, snapshot, "code/2")
    assert signature not in f"{raised.value!r}{raised.getrepr()}{refused!r}"
