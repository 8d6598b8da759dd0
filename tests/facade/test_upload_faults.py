"""Uploads with storage errors: transient ones are retried, others are reported."""

import asyncio
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from amlrest._async import uploader as aio_uploader
from amlrest._files.blob_target import BlobTarget
from amlrest._files.snapshot import scan
from amlrest._http.retry import RetryPolicy
from amlrest._sync import uploader
from amlrest.errors import UploadError

from tests.facade.scripted_server import ReceivedRequest, Reply, serving

QUICK = RetryPolicy(attempts=3, total=10, base=0.01, longest=0.02)
LISTED = b"<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>"
MADE = {"ETag": '"0x1"', "Last-Modified": "Mon, 23 Nov 2026 20:00:00 GMT"}


class Failing:
    """Keeps what is put, but answers the first attempts for each blob with a fault."""

    def __init__(self, fault: Reply, times: int) -> None:
        self.fault = fault
        self.times = times
        self.attempts: Counter[str] = Counter()
        self.kept: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def __call__(self, request: ReceivedRequest) -> Reply:
        if request.method == "GET":
            return Reply(200, LISTED, {"content-type": "application/xml"})
        with self._lock:
            self.attempts[request.path] += 1
            if self.attempts[request.path] <= self.times:
                return self.fault
            self.kept[request.path] = request.body
        return Reply(201, None, MADE)


def upload(kind: str, url: str, folder: Path) -> Any:
    contents = {"accountName": "acc", "containerName": "con", "endpoint": url.split("/")[2]}
    target = BlobTarget.from_datastore(contents, {"key": "c2VjcmV0"})
    arguments = (target, scan(folder), "code/1", None, QUICK)
    if kind == "async":
        return asyncio.run(aio_uploader.upload(*arguments))
    return uploader.upload(*arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(5):
        (tmp_path / f"{number}").write_bytes(b"%d" % number)
    return tmp_path


PASSING = {
    "reset": Reply(reset=True),
    "429": Reply(429, None, {"retry-after": "0"}),
    "500": Reply(500),
    "503": Reply(503),
}


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_passes_is_repeated(folder: Path, kind: str, fault: Reply) -> None:
    with serving() as server:
        server.script = storage = Failing(fault, times=2)
        assert upload(kind, server.url, folder).sent == 5
    assert storage.kept == {f"/acc/con/code/1/{n}": b"%d" % n for n in range(5)}
    assert set(storage.attempts.values()) == {3}


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Reply(reset=True), r"code/1/\d: .*error sending request"),
        (Reply(503), r"code/1/\d: HTTP 503"),
        (Reply(403, b"<Error><Code>AuthenticationFailed</Code></Error>"), "was rejected"),
    ],
    ids=["reset", "503", "403"],
)
def test_what_does_not_pass_is_told(folder: Path, kind: str, fault: Reply, message: str) -> None:
    with serving() as server:
        server.script = storage = Failing(fault, times=99)
        with pytest.raises(UploadError, match=message):
            upload(kind, server.url, folder)
    assert storage.kept == {}
    assert max(storage.attempts.values()) <= QUICK.attempts
