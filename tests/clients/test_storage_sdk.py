"""The official storage SDK moves a gibibyte in blocks, and the local workspace stays small."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from amlrest_emulator import LocalWorkspace, start
from azure.storage.blob import BlobServiceClient, ContainerClient

from tests.emulator.arm import Arm

pytestmark = pytest.mark.slow

MIB = 1024 * 1024
SIZE, BLOCK = 1024 * MIB, 8 * MIB
MOST_GROWTH = 128 * MIB


class Generated(io.RawIOBase):
    """A readable file of `SIZE` bytes in which no two blocks are equal, never held as a whole."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self._pattern = hashlib.shake_256(b"pattern").digest(MIB)
        self._read = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; like a pipe, at most a mebibyte less the place in it."""
        place = self._read % MIB
        most = min(MIB - place, SIZE - self._read, size if size >= 0 else MIB)
        number = (self._read // MIB).to_bytes(8, "big")
        part = (number + self._pattern[8:])[place : place + most]
        self._read += len(part)
        self.digest.update(part)
        return part


def high_water(pid: int) -> int:
    """Return the most memory that a process has had, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def stored(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[LocalWorkspace]:
    with start(tmp_path) as found:
        yield found


@pytest.fixture
def container(workspace: LocalWorkspace) -> ContainerClient:
    arm = Arm(workspace)
    key = arm("POST", "datastores/workspaceblobstore/listSecrets").json()["key"]
    service = BlobServiceClient(
        f"{workspace.endpoint}/amlrestlocal",
        credential={"account_name": "amlrestlocal", "account_key": key},
        max_block_size=BLOCK,
        max_single_put_size=BLOCK,
        max_chunk_get_size=BLOCK,
        max_single_get_size=BLOCK,
        retry_total=0,
    )
    return service.get_container_client("azureml-blobstore")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory from /proc")
def test_a_gibibyte_in_blocks(workspace: LocalWorkspace, container: ContainerClient) -> None:
    container.upload_blob("warm", b"x" * 3 * BLOCK)
    before = high_water(workspace.pid)
    source = Generated()
    container.upload_blob("large", source, length=SIZE, max_concurrency=4)
    blob = container.get_blob_client("large")
    committed, uncommitted = blob.get_block_list("all")
    assert [block.size for block in committed] == [BLOCK] * (SIZE // BLOCK)
    assert uncommitted == []
    received = hashlib.sha256()
    for part in blob.download_blob(max_concurrency=4).chunks():
        received.update(part)
    assert received.digest() == source.digest.digest()
    assert high_water(workspace.pid) - before < MOST_GROWTH
    blobs = workspace.state_dir / "blobs"
    assert SIZE <= stored(blobs) < SIZE + 64 * MIB
    blob.delete_blob()
    assert stored(blobs) < 64 * MIB
