"""Azurite for tests and benchmarks: a process on loopback with a generated account key."""

import base64
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ACCOUNT = "amlresttests"
INSTALL = "scripts/setup-node.sh"
_MAIN = Path(__file__).parent / "node/node_modules/azurite/dist/src/blob/main.js"
_LISTENING = re.compile(r"successfully listen\w* (?:at|on) http://127\.0\.0\.1:(\d+)")


class AzuriteError(Exception):
    """Azurite is not installed or did not start."""


class Azurite(NamedTuple):
    """A running Azurite; `pid` is its process id."""

    port: int
    key: str
    pid: int
    account: str = ACCOUNT

    @property
    def account_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.account}"

    @property
    def connection_string(self) -> str:
        return (
            f"DefaultEndpointsProtocol=http;AccountName={self.account};"
            f"AccountKey={self.key};BlobEndpoint={self.account_url}"
        )


@contextmanager
def running(folder: Path | None = None) -> Iterator[Azurite]:
    """Run Azurite until the block ends.

    Args:
        folder: where it stores blobs; default: in memory.

    Raises:
        AzuriteError: it is not installed, or it exited; with the install command or its output.
    """
    key = base64.b64encode(secrets.token_bytes(64)).decode()
    process = subprocess.Popen(
        _command(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"AZURITE_ACCOUNTS": f"{ACCOUNT}:{key}"},
    )
    try:
        yield Azurite(_port(process), key, process.pid)
    finally:
        process.kill()
        process.communicate()


def _command(folder: Path | None) -> list[str]:
    path = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    node = shutil.which("node", path=path)
    if node is None or not _MAIN.exists():
        raise AzuriteError(f"Azurite is not installed; run {INSTALL}")
    storage = ["--location", str(folder)] if folder else ["--inMemoryPersistence"]
    # The storage SDK may use a newer service version than the pinned Azurite knows.
    options = ["--blobPort", "0", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    return [node, str(_MAIN), *options, *storage]


def _port(process: subprocess.Popen[str]) -> int:
    """Wait for the line in which Azurite prints its port."""
    output: list[str] = []
    for line in process.stdout or ():
        output.append(line)
        if found := _LISTENING.search(line):
            return int(found[1])
    raise AzuriteError(f"Azurite exited before it listened:\n{''.join(output)}")
