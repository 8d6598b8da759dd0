"""Storage credentials that expire or change during a transfer are renewed once for all."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from amlrest import DataAsset
from amlrest._async import downloader as aio_downloader
from amlrest._async import uploader as aio_uploader
from amlrest._files.blob_target import BlobTarget
from amlrest._files.snapshot import scan
from amlrest._http.retry import RetryPolicy
from amlrest._sync import downloader, uploader
from amlrest.errors import TransportError, UploadError
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import ContainerClient, ContainerSasPermissions, generate_container_sas

from tests.blob_storage import Storage
from tests.emulator.arm import Arm
from tests.facade.core_runner import APIS

QUICK = RetryPolicy(attempts=3, total=10, base=0.01, longest=0.02)
WRONG = {"credential_type": "access_key", "account_key": "c2VjcmV0" * 8}
LARGE = (16 << 20) + 1


class Moves(NamedTuple):
    """Upload and download of one api, from a target whose credential can be asked for anew."""

    api: str

    def upload(self, target: BlobTarget, folder: Path) -> Any:
        return self._run("upload", uploader, aio_uploader, target, scan(folder), "there")

    def download(self, target: BlobTarget, folder: Path) -> Any:
        return self._run("download", downloader, aio_downloader, target, "there", folder)

    def _run(self, name: str, blocking: Any, beside: Any, *arguments: Any) -> Any:
        if self.api == "sync":
            return getattr(blocking, name)(*arguments, policy=QUICK)
        return asyncio.run(getattr(beside, name)(*arguments, policy=QUICK))

    def refused(self, storage: Storage, answers: list[BlobTarget]) -> BlobTarget:
        """A target with a wrong key; asked anew, it gives the answers one after the other."""

        def renew() -> BlobTarget:
            return answers.pop(0)

        async def renew_beside() -> BlobTarget:
            return answers.pop(0)

        asking: Callable[[], Any] = renew if self.api == "sync" else renew_beside
        return storage.target._replace(credential=WRONG, datastore="store", renew=asking)


@pytest.fixture(params=APIS)
def moves(request: pytest.FixtureRequest) -> Moves:
    return Moves(request.param)


def fill(folder: Path, count: int) -> dict[str, bytes]:
    folder.mkdir()
    files = {f"{number}": b"%d" % number for number in range(count)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return files


def test_a_key_that_was_replaced_is_asked_for_once(
    tmp_path: Path, storage: Storage, moves: Moves
) -> None:
    files = fill(tmp_path / "up", 40)
    answers = [storage.target]
    assert moves.upload(moves.refused(storage, answers), tmp_path / "up").sent == 40
    assert answers == []
    answers = [storage.target]
    assert moves.download(moves.refused(storage, answers), tmp_path / "down").sent == 40
    assert {path.name: path.read_bytes() for path in (tmp_path / "down").iterdir()} == files


def test_the_same_key_again_ends_it_with_what_to_do(
    tmp_path: Path, storage: Storage, moves: Moves
) -> None:
    fill(tmp_path / "up", 3)
    same = storage.target._replace(credential=WRONG)
    for move, kind in ((moves.upload, UploadError), (moves.download, TransportError)):
        answers = [same]
        with pytest.raises(kind, match="for the datastore store: give it a valid one") as raised:
            move(moves.refused(storage, answers), tmp_path / "up")
        assert answers == []
        assert WRONG["account_key"] not in f"{raised.value!r}{raised.getrepr()}"
    assert storage.contents() == {}


def test_keys_that_are_never_right_are_not_asked_for_without_end(
    tmp_path: Path, storage: Storage, moves: Moves
) -> None:
    fill(tmp_path / "up", 1)
    answers = [storage.target._replace(credential=WRONG | {"account_key": k}) for k in KEYS]
    with pytest.raises(UploadError, match="rejected"):
        moves.upload(moves.refused(storage, answers), tmp_path / "up")
    assert len(answers) == len(KEYS) - QUICK.attempts + 1


KEYS = [letter * 8 for letter in "abcdefgh"]


def sas(storage: Storage, lifetime: timedelta) -> str:
    rights = ContainerSasPermissions(read=True, write=True, list=True, create=True)
    place = storage.target.account, storage.target.container, storage.key
    end = datetime.now(UTC) + lifetime
    return str(generate_container_sas(*place[:2], place[2], permission=rights, expiry=end))


def wait_until_refused(storage: Storage, token: str) -> None:
    container = ContainerClient.from_container_url(f"{storage.target.url}?{token}")
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            list(container.list_blobs())
        except HttpResponseError as error:
            assert error.status_code == 403  # noqa: PT017
            return
        time.sleep(0.05)
    raise AssertionError("the signature does not end")


def register(arm: Arm, name: str, storage: Storage, token: str) -> None:
    contents = {
        "contentsType": "AzureBlob",
        "accountName": storage.target.account,
        "containerName": storage.target.container,
        "endpoint": storage.target.account_url.split("/")[2],
        "protocol": "http",
        "credentials": {
            "credentialsType": "Sas",
            "secrets": {"secretsType": "Sas", "sasToken": token},
        },
    }
    answer = arm("PUT", f"datastores/{name}", {"properties": {"contents": contents}})
    assert answer.is_success, answer.text


@pytest.mark.slow
def test_a_signature_that_ends_during_an_upload_is_no_event(
    tmp_path: Path, ws: Any, arm: Arm, azurite_storage: Storage, unique: str
) -> None:
    files = fill(tmp_path / "up", 100)
    (tmp_path / "up/large").write_bytes(b"x" * LARGE)
    short = sas(azurite_storage, timedelta(seconds=3))
    register(arm, unique, azurite_storage, short)
    seen = []

    def replace_it(progress: Any) -> None:
        seen.append(progress.files_done)
        if progress.files_done == 5:
            wait_until_refused(azurite_storage, short)
            register(arm, unique, azurite_storage, sas(azurite_storage, timedelta(hours=1)))

    data = DataAsset(unique, path=tmp_path / "up", datastore=unique)
    assert ws.data.create(data, on_progress=replace_it).created
    assert seen[-1] == 101
    found = {name.rpartition("/")[2]: data for name, data in azurite_storage.contents().items()}
    assert found == files | {"large": b"x" * LARGE}
    asked = [one for one in arm.log() if one["path"].endswith(f"datastores/{unique}/listSecrets")]
    assert len(asked) == 2
