"""Files that are replaced are whole or as they were, also when the process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from amlrest import _part_files

from tests.blob_storage import Storage
from tests.emulator.full_disk import full_disk

pytestmark = pytest.mark.slow

FILES = {"big.bin": os.urandom(9 << 20), "a/b.txt": b"text", "a/c.txt": b"", "d.txt": b"x" * 100}
KILLS = 8
PROGRAM = """
import os, signal, sys
from amlrest._files.blob_target import BlobTarget
from amlrest._sync import downloader

left = int(sys.argv[2])

def count(progress):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

credential = {"credential_type": "access_key", "account_key": os.environ["TEST_KEY"]}
target = BlobTarget(*sys.argv[3:6], credential)
downloader.download(target, "there", sys.argv[1], count)
"""


def download(storage: Storage, folder: Path, kill_at: int = 0) -> int:
    """Download in a process, which kills itself at a report of its progress; return its status."""
    arguments = [str(folder), str(kill_at), *storage.target[:3]]
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | {"TEST_KEY": storage.key},
        check=False,
    ).returncode


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_killed_anywhere_and_run_again(azurite_storage: Storage, tmp_path: Path) -> None:
    for name, content in FILES.items():
        azurite_storage.sdk.upload_blob(f"there/{name}", content)
    abandoned = 0
    for kill_at in range(1, KILLS + 1):
        folder = tmp_path / str(kill_at)
        assert download(azurite_storage, folder, kill_at) in {0, -signal.SIGKILL}
        left = files(folder)
        abandoned += sum(name.endswith(".part") for name in left)
        whole = {name: left[name] for name in left if not name.endswith(".part")}
        assert whole.items() <= FILES.items()
        assert download(azurite_storage, folder) == 0
        assert files(folder) == FILES
    assert abandoned


def test_a_part_file_that_is_being_written_is_kept(tmp_path: Path) -> None:
    with _part_files.replacing(tmp_path / "file") as stream:
        stream.write(b"half")
        (being_written,) = tmp_path.iterdir()
        abandoned = tmp_path / f".{'0' * 32}.part"
        abandoned.touch()
        (tmp_path / ".own.part").touch()
        _part_files.remove_abandoned(tmp_path)
        assert set(tmp_path.iterdir()) == {being_written, tmp_path / ".own.part"}
        assert not (tmp_path / "file").exists()
    assert (tmp_path / "file").read_bytes() == b"half"
    _part_files.remove_abandoned(tmp_path / "nowhere")


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")

    def fail() -> None:
        with _part_files.replacing(tmp_path / "file") as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_a_text_file_is_replaced_whole_with_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("before")
    (tmp_path / "config.json").chmod(0o600)
    (tmp_path / "link").symlink_to("config.json")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        _part_files.write_text(tmp_path / "link", "x" * 10_000)
    assert (tmp_path / "config.json").read_text() == "before"
    _part_files.write_text(tmp_path / "link", "after ü")
    assert (tmp_path / "config.json").read_bytes() == "after ü".encode()
    assert (tmp_path / "config.json").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"config.json", "link"}
    assert (tmp_path / "link").is_symlink()
