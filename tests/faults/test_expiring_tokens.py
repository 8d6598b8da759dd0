"""Tokens that end in the middle of things, with credentials that count how often they are asked."""

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest import CommandJob, Environment
from amlrest._http.auth import AccessToken

from tests.facade.both_faces import opened
from tests.facade.faces import FACES, QUICK
from tests.faults import state
from tests.faults.reader import Reader
from tests.faults.schedules import Schedule
from tests.faults.workflow import prepare, run

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.parametrize("face", FACES)
TOUCHY = QUICK._replace(attempts=1)
"""Nothing is repeated for any other reason than a token."""


class Counting:
    """A credential whose tokens are good for a while, and which counts them."""

    def __init__(self, token: str, lifetime: float) -> None:
        self._token, self._lifetime = token, lifetime
        self.claims: list[str | None] = []
        self._lock = threading.Lock()

    def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:
        with self._lock:
            self.claims.append(kwargs.get("claims"))
        return AccessToken(self._token, int(time.time() + self._lifetime))


def expire(reader: Reader, operation: str, *skips: int, claims: bool = False) -> None:
    """Let the token have ended at these requests of an operation."""
    rule = {"effect": "unauthorized", "operation": operation, "count": 1, "claims": claims}
    reader.disturb([{**rule, "skip": skip} for skip in skips])


def hits(reader: Reader) -> int:
    return sum(rule["hit"] for rule in reader.rules())


@pytest.mark.parametrize("claims", [False, True], ids=["plain", "claims"])
@pytest.mark.parametrize(
    "operation",
    [
        "Datastores_List",
        "Datastores_ListSecrets",
        "CodeVersions_CreateOrUpdate",
        "DataVersions_CreateOrUpdate",
        "Jobs_CreateOrUpdate",
        "Jobs_Get",
    ],
)
def test_anywhere_in_a_submission(
    face: str,
    claims: bool,
    operation: str,
    reader: Reader,
    tmp_path: Path,
) -> None:
    name = f"expired-{face}-{operation}-{claims}".lower().replace("_", "-")
    site, credential = prepare(tmp_path, name), Counting(reader.local.token, 3600)
    expire(reader, operation, 0, claims=claims)
    with opened(face, reader.local, credential=credential, retry=TOUCHY) as ws:
        run(ws, site, Schedule(name, [], at_once=True, named=True))
    assert hits(reader) == 1
    assert len(credential.claims) == 2
    assert (credential.claims[1] is not None) == claims
    state.check_complete(reader, site)


def test_again_and_again_during_a_wait(
    face: str, disturbed: "LocalWorkspace", reader: Reader
) -> None:
    credential = Counting(disturbed.token, 3600)
    job = CommandJob(command="sleep 1", environment=Environment(image="i"), compute="cpu-cluster")
    expire(reader, "Jobs_Get", 1, 3, 5)
    with opened(face, disturbed, credential=credential, retry=TOUCHY) as ws:
        made = ws.jobs.submit(job)
        assert ws.jobs.wait(made, timeout=60, poll_interval=0.05).status == "Completed"
    assert hits(reader) == 3
    assert len(credential.claims) == 1 + 3


def test_between_the_pages_of_a_list(
    face: str, disturbed: "LocalWorkspace", reader: Reader
) -> None:
    job = CommandJob(command="true", environment=Environment(image="i"), compute="cpu-cluster")
    credential = Counting(disturbed.token, 3600)
    with opened(face, disturbed, credential=credential, retry=TOUCHY) as ws:
        while "nextLink" not in reader.get("jobs"):
            ws.jobs.submit(job)
        expected = [each["name"] for each in reader.all("jobs")]
        expire(reader, "Jobs_List", 1)
        assert [each.name for each in ws.jobs.list()] == expected
    assert hits(reader) == 1
    assert len(credential.claims) == 2


def test_while_a_long_running_operation_is_followed(
    face: str, disturbed: "LocalWorkspace", reader: Reader
) -> None:
    credential = Counting(disturbed.token, 3600)
    body = {"location": "local", "properties": {"authMode": "Key"}}
    name = f"expired-{face}"
    polls = {"effect": "unauthorized", "path": "mfeOperation", "count": 1}
    reader.disturb([polls, polls | {"skip": 1, "claims": True}])
    reader.delay_operations(0.2)
    with opened(face, disturbed, credential=credential, retry=TOUCHY) as ws:
        ws.call("OnlineEndpoints_CreateOrUpdate", body, endpoint_name=name)
        made = reader.get(f"onlineEndpoints/{name}")
        ws.call("OnlineEndpoints_Delete", endpoint_name=name)
    assert made["properties"]["provisioningState"] == "Succeeded"
    assert hits(reader) == 2
    assert len(credential.claims) == 3


def test_tokens_of_a_moment_are_renewed_before_they_end(
    face: str, disturbed: "LocalWorkspace", reader: Reader, tmp_path: Path
) -> None:
    name = f"moment-{face}"
    site, credential = prepare(tmp_path, name), Counting(disturbed.token, 0)
    with opened(face, disturbed, credential=credential, retry=TOUCHY) as ws:
        run(ws, site, Schedule(name, [], at_once=True, named=True))
    assert len(credential.claims) > 5
    state.check_complete(reader, site)
