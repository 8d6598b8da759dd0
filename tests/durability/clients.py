"""Clients that write resources, blobs and jobs to a server until it dies, and read them back."""

from __future__ import annotations

import base64
import http.client
import json
import random
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.durability.ledger import Ledger, Value
from tests.official import API_VERSION

WORKSPACE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local"
    "/providers/Microsoft.MachineLearningServices/workspaces/local"
)
TERMINAL = {"Completed", "Failed", "Canceled"}
QUICK, ENDLESS = "echo hi", "sleep 600 & sleep 600"
_STORAGE = "2020-10-02"
_MANY_BYTES = 300_000
_UNFINISHED_JOBS = 4


class DeadServerError(Exception):
    """The server has not answered."""


class WrongAnswerError(AssertionError):
    """The server has answered with an unexpected status."""


class Connection:
    """One connection to a server.

    Args:
        server: the server's report: its ``endpoint`` and ``token``.
    """

    def __init__(self, server: dict[str, Any]) -> None:
        self._http = http.client.HTTPConnection(urlsplit(server["endpoint"]).netloc, timeout=60)
        self._headers = {"Authorization": f"Bearer {server['token']}"}

    def arm(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Send a request below the workspace; return its status and JSON."""
        content = None if body is None else json.dumps(body).encode()
        url = f"{WORKSPACE}/{path}?api-version={API_VERSION}"
        status, answer = self._send(method, url, content, {"Content-Type": "application/json"})
        return status, json.loads(answer) if answer else None

    def blob(
        self, method: str, name: str, content: bytes | None = None, **query: str
    ) -> tuple[int, bytes]:
        """Send a request for a blob of the default container."""
        url = f"/amlrestlocal/azureml-blobstore/{quote(name)}?{urlencode(query)}"
        kind = {"x-ms-blob-type": "BlockBlob"} if method == "PUT" and not query else {}
        return self._send(method, url, content, {"x-ms-version": _STORAGE, **kind})

    def metric(self, run: str, key: str) -> list[float]:
        """Return the values of a metric."""
        query = urlencode({"run_id": run, "metric_key": key})
        url = f"/mlflow/v1.0{WORKSPACE}/api/2.0/mlflow/metrics/get-history?{query}"
        status, answer = self._send("GET", url, None, {})
        assert status == 200, answer
        return sorted(point["value"] for point in json.loads(answer).get("metrics", []))

    def _send(
        self, method: str, url: str, content: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        try:
            self._http.request(method, url, content, self._headers | headers)
            answer = self._http.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise DeadServerError(str(error)) from error


class Clients:
    """What all clients write.

    Args:
        seed: seed of what they write.
    """

    def __init__(self, seed: str) -> None:
        self.ledger = Ledger()
        self.jobs: dict[str, str] = {}
        self.losses: list[str] = []
        self._seed = seed
        self._numbers = 0

    def writers(self, life: int) -> list[Callable[[Connection], None]]:
        """Return functions that each write over a connection until the server is dead."""
        steps = (self._write_resource, self._write_blob, self._write_job)
        return [
            partial(self._repeat, step, random.Random(f"{self._seed}-{life}-{number}"))
            for number, step in enumerate(steps)
        ]

    def _repeat(
        self,
        step: Callable[[Connection, random.Random], bool],
        choice: random.Random,
        connection: Connection,
    ) -> None:
        try:
            while step(connection, choice):
                pass
        except DeadServerError:
            return
        except WrongAnswerError as error:
            self.losses.append(str(error))

    def _change(self, name: str, value: Value, send: Callable[[], tuple[int, Any]]) -> bool:
        def acknowledged() -> bool:
            try:
                status, answer = send()
            except DeadServerError:
                return False
            if status not in {200, 201, 202, 204}:
                raise WrongAnswerError(f"{name}: {status} {answer!r}")
            return True

        return self.ledger.change(name, value, acknowledged)

    def _write_resource(self, connection: Connection, choice: random.Random) -> bool:
        path = f"data/d{choice.randrange(40)}/versions/1"
        if choice.random() < 0.2:
            return self._change(path, None, lambda: connection.arm("DELETE", path))
        text = f"{choice.getrandbits(64):x}" * choice.choice((1, 1, 200))
        data = {"datasetType": "Simple", "path": "https://x.org/i.csv", "description": text}
        return self._change(path, text, lambda: connection.arm("PUT", path, {"properties": data}))

    def _write_blob(self, connection: Connection, choice: random.Random) -> bool:
        name = f"blobs/ü {choice.randrange(30)}"
        kind = choice.random()
        if kind < 0.15:
            found = self.ledger.items.get(name)
            if found is None or found.acknowledged is None:
                return True
            return self._change(name, None, lambda: connection.blob("DELETE", name))
        content = choice.randbytes(choice.choice((0, 100, 5000, _MANY_BYTES)))
        if kind < 0.6:
            return self._change(name, content, lambda: connection.blob("PUT", name, content))
        return self._write_blocks(connection, name, [content, choice.randbytes(3000)])

    def _write_blocks(self, connection: Connection, name: str, blocks: list[bytes]) -> bool:
        ids = [base64.b64encode(f"{number:04}".encode()).decode() for number in range(len(blocks))]
        for block_id, block in zip(ids, blocks, strict=True):
            status, answer = connection.blob("PUT", name, block, comp="block", blockid=block_id)
            if status != 201:
                raise WrongAnswerError(f"{name}: {status} {answer!r}")
        chosen = "".join(f"<Uncommitted>{block_id}</Uncommitted>" for block_id in ids)
        listed = f'<?xml version="1.0"?><BlockList>{chosen}</BlockList>'.encode()
        content = b"".join(blocks)
        return self._change(
            name, content, lambda: connection.blob("PUT", name, listed, comp="blocklist")
        )

    def _write_job(self, connection: Connection, choice: random.Random) -> bool:
        unfinished = [name for name, status in self.jobs.items() if status not in TERMINAL]
        if len(unfinished) < _UNFINISHED_JOBS:
            return self.submit(connection, choice.choice((QUICK, QUICK, ENDLESS)))
        name = choice.choice(unfinished)
        if choice.random() < (
            0.01 if self.ledger.items[f"jobs/{name}"].acknowledged == QUICK else 0.1
        ):
            connection.arm("POST", f"jobs/{name}/cancel")
        self.read_job(connection, name)
        return True

    def submit(self, connection: Connection, command: str) -> bool:
        """Submit a job; return whether that was acknowledged."""
        self._numbers += 1
        name = f"job-{self._numbers}"
        properties = {
            "jobType": "Command",
            "command": command,
            "compute": {"target": f"{WORKSPACE}/computes/cpu-cluster", "instanceCount": 1},
        }
        sent = {"properties": properties}
        if not self._change(
            f"jobs/{name}", command, lambda: connection.arm("PUT", f"jobs/{name}", sent)
        ):
            return False
        self.jobs[name] = "NotStarted"
        return True

    def read_job(self, connection: Connection, name: str) -> str:
        """Read the status of a job, which must stay as it is once it is terminal."""
        status, answer = connection.arm("GET", f"jobs/{name}")
        found = answer["properties"]["status"] if status == 200 else f"{status}"
        before = self.jobs[name]
        if found != before and (before in TERMINAL or status != 200):
            self.losses.append(f"jobs/{name}: {found} after {before}")
        self.jobs[name] = found
        return found

    def read_back(self, connection: Connection, names: list[str]) -> None:
        """Compare items with the server's."""
        for name in names:
            loss = self.ledger.settle(name, self._value(connection, name))
            if loss:
                self.losses.append(loss)
            job = name.removeprefix("jobs/")
            if name != job and self.ledger.items[name].acknowledged is not None:
                self.jobs.setdefault(job, "NotStarted")

    def _value(self, connection: Connection, name: str) -> Value:
        if name.startswith("blobs/"):
            status, content = connection.blob("GET", name)
            return content if status == 200 else _absent(status)
        status, answer = connection.arm("GET", name)
        field = "command" if name.startswith("jobs/") else "description"
        return str(answer["properties"][field]) if status == 200 else _absent(status)


def _absent(status: int) -> str | None:
    """Return the value of an item that was not found, or a value that nothing was set to."""
    return None if status == 404 else f"status {status}"
