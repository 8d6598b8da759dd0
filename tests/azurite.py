"""Starts the real Azurite for the tests and benchmarks: on loopback, with a key of its own."""

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
    """A running Azurite; `pid` is its process."""

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
        folder: where it keeps blobs; in memory by default.

    Raises:
        AzuriteError: with the command that installs it, or with what it printed.
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
    place = ["--location", str(folder)] if folder else ["--inMemoryPersistence"]
    # The storage SDK may speak a newer version of the protocol than the pinned Azurite lists.
    options = ["--blobPort", "0", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    return [node, str(_MAIN), *options, *place]


def _port(process: subprocess.Popen[str]) -> int:
    """Wait for the line with which Azurite says where it listens."""
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line)
        if found := _LISTENING.search(line):
            return int(found[1])
    raise AzuriteError(f"Azurite ended before it listened:\n{''.join(said)}")
