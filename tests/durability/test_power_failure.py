"""Power failures: what was acknowledged is on the disk, in an order that leaves nothing torn.

The tests know what is on the disk from the calls of ``os.fsync``: of a file its content at the last
call, of a folder its entries. SQLite's own calls are not seen; they make the disk newer, not older.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from amlrest_emulator.blob import (
    BlobError,
    BlobStore,
    load_file,
    move_file,
    store_bytes,
    store_file,
)
from amlrest_emulator.blob.records import Segment
from amlrest_emulator.state import Resource, State


class Disk:
    """What a power failure would leave of some files.

    Attributes:
        contents: content of each file on the disk.
        entries: names in each folder on the disk.
        events: what was written or removed, in order.
    """

    def __init__(self) -> None:
        self.contents: dict[Path, bytes] = {}
        self.entries: dict[Path, set[str]] = {}
        self.events: list[tuple[str, Path]] = []

    def sync(self, descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self.events.append(("sync", path))
        if path.is_dir():
            self.entries[path] = {entry.name for entry in path.iterdir()}
        else:
            self.contents[path] = path.read_bytes()

    def has(self, path: Path) -> bool:
        """Return whether a file is on the disk as it is now, with all its parent folders."""
        known = self.contents.get(path) == path.read_bytes()
        parents = [path, *path.parents][: len(path.parts) - len(self.root.parts)]
        return known and all(item.name in self.entries.get(item.parent, ()) for item in parents)

    root = Path("/")


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk from now on, for files below a folder ``blobs`` that exists."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("requires /proc (Linux)")
    found = Disk()
    found.root = (tmp_path / "blobs").resolve()
    unlink = Path.unlink

    def remove(path: Path, missing_ok: bool = False) -> None:
        found.events.append(("remove", path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(os, "fsync", found.sync)
    monkeypatch.setattr(Path, "unlink", remove)
    return found


@pytest.fixture
def store(tmp_path: Path, disk: Disk) -> Iterator[BlobStore]:
    made = BlobStore((tmp_path / "blobs").resolve())
    made.ensure_container("data")
    yield made
    made.close()


def test_a_blob_is_on_the_disk_before_the_index_refers_to_it(store: BlobStore, disk: Disk) -> None:
    store_bytes(store, "data", "a", b"x" * 1000)
    (segment,) = store.blob("data", "a").segments
    assert disk.has(store.root / "data" / segment.file)
    store.settle()
    wal = store.root / "index.db-wal"
    assert disk.contents[wal] == wal.read_bytes()


@pytest.mark.parametrize("write", [move_file, store_file])
@pytest.mark.parametrize("content", [b"", b"x" * 999, None])
def test_a_torn_or_lost_result_of_a_job_is_told(
    tmp_path: Path, store: BlobStore, write: Callable[..., None], content: bytes | None
) -> None:
    (tmp_path / "source").write_bytes(b"x" * 1000)
    write(store, "data", "a", tmp_path / "source", "text/plain")
    (segment,) = store.blob("data", "a").segments
    path = store.root / "data" / segment.file
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BlobError, match="was lost in a power failure") as caught:
        load_file(store, store.blob("data", "a"), tmp_path / "target")
    assert caught.value.status == 500


def test_replaced_and_deleted_files_are_removed_after_the_index_is_on_the_disk(
    store: BlobStore, disk: Disk
) -> None:
    def file() -> Path:
        (segment,) = store.blob("data", "a").segments
        return store.root / "data" / segment.file

    store_bytes(store, "data", "a", b"1")
    first = file()
    store_bytes(store, "data", "a", b"2")
    second = file()
    assert first.exists()
    store.settle()
    store.delete("data", "a")
    assert second.exists()
    store.settle()
    changes = [(kind, path.name) for kind, path in disk.events if path.suffix or kind == "remove"]
    assert changes == [
        ("sync", "index.db-wal"),
        ("remove", first.name),
        ("sync", "index.db-wal"),
        ("remove", second.name),
    ]
    assert not first.exists()
    assert not second.exists()


def test_blocks_that_were_replaced_are_removed(store: BlobStore, disk: Disk) -> None:
    files = []
    for content in (b"1", b"22"):
        name, stream = store.new_file("data")
        with stream:
            stream.write(content)
        store.stage("data", "a", Segment("YQ==", name, len(content)))
        files.append(store.root / "data" / name)
    assert files[0].exists()
    store.settle()
    assert [path.exists() for path in files] == [False, True]


def test_a_settled_change_is_not_written_again(tmp_path: Path, disk: Disk) -> None:
    state = State(tmp_path / "state.db")
    state.settle()
    state.put(Resource("/w/t/a", "P/t", {}, "2021", "2021"))
    disk.events.clear()
    for _ in range(3):
        state.settle()
    assert disk.events == [("sync", (tmp_path / "state.db-wal").resolve())]
    state.close()
