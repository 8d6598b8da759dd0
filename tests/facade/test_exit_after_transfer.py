"""Exit after a transfer: a program that exits at once still exits with status 0."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.blob_storage import Storage

PROGRAM = """
import asyncio, os, sys, threading, time
from amlrest._async import downloader, uploader
from amlrest._files.snapshot import scan
from amlrest._files.blob_target import BlobTarget

class DelayedWakeUp(asyncio.SelectorEventLoop):
    def _write_to_self(self):
        super()._write_to_self()
        if threading.get_ident() != threading.main_thread().ident:
            time.sleep(0.2)

asyncio.set_event_loop(loop := DelayedWakeUp())
credential = {"credential_type": "access_key", "account_key": os.environ["TEST_KEY"]}
target = BlobTarget(*sys.argv[3:6], credential)
transfers = {
    "upload": lambda: uploader.upload(target, scan(sys.argv[2]), "there"),
    "nothing to upload": lambda: uploader.upload(target, scan(sys.argv[2]), "there"),
    "download": lambda: downloader.download(target, "there", sys.argv[2]),
}
loop.run_until_complete(transfers[sys.argv[1]]())
"""


@pytest.mark.slow
def test_threads_that_wake_the_event_loop_finish_before_exit(
    tmp_path: Path, azurite_storage: Storage
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    for transfer in ("upload", "nothing to upload", "download"):
        command = [
            sys.executable,
            "-c",
            PROGRAM,
            transfer,
            str(tmp_path),
            *azurite_storage.target[:3],
        ]
        done = subprocess.run(
            command, env=os.environ | {"TEST_KEY": azurite_storage.key}, check=False
        )
        assert done.returncode == 0, transfer
    assert azurite_storage.contents() == {"there/a": b"1"}
