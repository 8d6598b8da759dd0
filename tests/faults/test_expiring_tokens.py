"""Tokens that expire during an operation: one new token, no lost request, no duplicate."""

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest import CommandJob, Environment
from amlrest._http.auth import AccessToken

from tests.facade.blocking_workspace import open_workspace
from tests.facade.core_runner import APIS, QUICK
from tests.faults import workspace_checks
from tests.faults.fault_schedules import Schedule
from tests.faults.training_workflow import prepare, run
from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.parametrize("api", APIS)
NO_RETRY = QUICK._replace(attempts=1)
"""A retry policy under which requests are repeated only with a new token."""


class CountingCredential:
    """A credential that records its calls and returns tokens with a fixed lifetime."""

    def __init__(self, token: str, lifetime: float) -> None:
        self._token, self._lifetime = token, lifetime
        self.claims: list[str | None] = []
        self._lock = threading.Lock()

    def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:
        with self._lock:
            self.claims.append(kwargs.get("claims"))
        return AccessToken(self._token, int(time.time() + self._lifetime))


def expire(inspector: Inspector, operation: str, *skips: int, claims: bool = False) -> None:
    """Report the token as expired at these requests of an operation."""
    rule = {"effect": "unauthorized", "operation": operation, "count": 1, "claims": claims}
    inspector.set_faults([{**rule, "skip": skip} for skip in skips])


def hits(inspector: Inspector) -> int:
    return sum(rule["hit"] for rule in inspector.rules())


@pytest.mark.slow
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
    api: str,
    claims: bool,
    operation: str,
    inspector: Inspector,
    tmp_path: Path,
) -> None:
    name = f"expired-{api}-{operation}-{claims}".lower().replace("_", "-")
    files, credential = prepare(tmp_path, name), CountingCredential(inspector.local.token, 3600)
    expire(inspector, operation, 0, claims=claims)
    with open_workspace(api, inspector.local, credential=credential, retry=NO_RETRY) as ws:
        run(ws, files, Schedule(name, [], single_call=True, named=True))
    assert hits(inspector) == 1
    assert len(credential.claims) == 2
    assert (credential.claims[1] is not None) == claims
    workspace_checks.assert_complete(inspector, files)


@pytest.mark.slow
def test_repeatedly_during_a_wait(
    api: str, faulty_workspace: "LocalWorkspace", inspector: Inspector
) -> None:
    credential = CountingCredential(faulty_workspace.token, 3600)
    job = CommandJob(command="sleep 1", environment=Environment(image="i"), compute="cpu-cluster")
    expire(inspector, "Jobs_Get", 1, 3, 5)
    with open_workspace(api, faulty_workspace, credential=credential, retry=NO_RETRY) as ws:
        made = ws.jobs.submit(job)
        assert ws.jobs.wait(made, timeout=60, poll_interval=0.05).status == "Completed"
    assert hits(inspector) == 3
    assert len(credential.claims) == 1 + 3


@pytest.mark.slow
def test_between_the_pages_of_a_list(
    api: str, faulty_workspace: "LocalWorkspace", inspector: Inspector
) -> None:
    job = CommandJob(command="true", environment=Environment(image="i"), compute="cpu-cluster")
    credential = CountingCredential(faulty_workspace.token, 3600)
    with open_workspace(api, faulty_workspace, credential=credential, retry=NO_RETRY) as ws:
        while "nextLink" not in inspector.get("jobs"):
            ws.jobs.submit(job)
        expected = [each["name"] for each in inspector.all("jobs")]
        expire(inspector, "Jobs_List", 1)
        assert [each.name for each in ws.jobs.list()] == expected
    assert hits(inspector) == 1
    assert len(credential.claims) == 2


@pytest.mark.slow
def test_while_a_long_running_operation_is_polled(
    api: str, faulty_workspace: "LocalWorkspace", inspector: Inspector
) -> None:
    credential = CountingCredential(faulty_workspace.token, 3600)
    body = {"location": "local", "properties": {"authMode": "Key"}}
    name = f"expired-{api}"
    polls = {"effect": "unauthorized", "path": "mfeOperation", "count": 1}
    inspector.set_faults([polls, polls | {"skip": 1, "claims": True}])
    inspector.set_operation_delay(0.2)
    with open_workspace(api, faulty_workspace, credential=credential, retry=NO_RETRY) as ws:
        ws.call("OnlineEndpoints_CreateOrUpdate", body, endpoint_name=name)
        made = inspector.get(f"onlineEndpoints/{name}")
        ws.call("OnlineEndpoints_Delete", endpoint_name=name)
    assert made["properties"]["provisioningState"] == "Succeeded"
    assert hits(inspector) == 2
    assert len(credential.claims) == 3


def test_short_lived_tokens_are_renewed_before_they_expire(
    api: str, faulty_workspace: "LocalWorkspace", inspector: Inspector, tmp_path: Path
) -> None:
    name = f"moment-{api}"
    files, credential = prepare(tmp_path, name), CountingCredential(faulty_workspace.token, 0)
    with open_workspace(api, faulty_workspace, credential=credential, retry=NO_RETRY) as ws:
        run(ws, files, Schedule(name, [], single_call=True, named=True))
    assert len(credential.claims) > 5
    workspace_checks.assert_complete(inspector, files)
