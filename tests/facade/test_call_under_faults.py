"""Operations by id under seeded random faults: same results as without faults."""

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from amlrest import StaticToken
from amlrest._config import settings
from amlrest._http.retry import RetryPolicy, Timeouts
from amlrest.errors import OperationFailedError, RequestTimeoutError

from tests.facade.core_runner import APIS, CoreRunner

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

SCHEDULES = 30
PATIENT = RetryPolicy(attempts=12, total=60, base=0.002, longest=0.02)
PASSING: list[dict[str, Any]] = [
    {"effect": "status", "status": 429, "retry_after": 0},
    {"effect": "status", "status": 408},
    {"effect": "status", "status": 500},
    {"effect": "status", "status": 503, "when": "after"},
    {"effect": "html", "status": 502},
    {"effect": "html", "status": 200, "when": "after"},
    {"effect": "reset"},
    {"effect": "reset", "when": "after"},
    {"effect": "truncate"},
    {"effect": "slow", "latency_ms": 20},
    {"effect": "latency", "latency_ms": 5},
]


class Faults:
    """The fault rules of a local workspace."""

    def __init__(self, local: "LocalWorkspace") -> None:
        headers = {"authorization": f"Bearer {local.token}"}
        self._http = httpx.Client(base_url=local.endpoint, headers=headers)

    def put(self, rules: list[dict[str, Any]]) -> None:
        self._http.post("/_local/faults", json=rules).raise_for_status()

    def hits(self) -> int:
        return sum(rule["hit"] for rule in self._http.get("/_local/faults").json()["value"])

    def clear(self) -> None:
        self._http.delete("/_local/faults").raise_for_status()

    def close(self) -> None:
        self.clear()
        self._http.close()


@pytest.fixture
def faults(local_workspace: "LocalWorkspace") -> Iterator[Faults]:
    rules = Faults(local_workspace)
    rules.clear()
    yield rules
    rules.close()


@pytest.fixture(params=APIS)
def run_core(request: pytest.FixtureRequest, local_workspace: "LocalWorkspace") -> CoreRunner:
    local = local_workspace
    place = settings.make_settings(
        subscription_id=local.subscription_id,
        resource_group=local.resource_group,
        name=local.workspace_name,
        endpoint=local.endpoint,
    )
    token = StaticToken(local.token)
    return CoreRunner(request.param, local.endpoint, place=place, credential=token, retry=PATIENT)


def schedule(seed: int) -> list[dict[str, Any]]:
    """A few kinds of faults, each striking about every fifth request, and one expired token."""
    chance = random.Random(seed)
    chosen = chance.sample(PASSING, 3)
    rules = [{**rule, "probability": 0.2, "seed": seed + n} for n, rule in enumerate(chosen)]
    expired = {"effect": "unauthorized", "skip": chance.randrange(8), "count": 1}
    return [*rules, expired | {"claims": chance.random() < 0.5}]


def put_data(name: str, version: str) -> Any:
    body = {"properties": {"datasetType": "Simple", "path": f"https://example.com/{name}.csv"}}
    return lambda core: core.call("DataVersions_CreateOrUpdate", body, name=name, version=version)


def workflow(name: str) -> list[Any]:
    endpoint = {"location": "local", "properties": {"authMode": "Key"}}
    return [
        put_data(name, "1"),
        put_data(name, "2"),
        lambda core: core.run("OnlineEndpoints_CreateOrUpdate", endpoint, endpoint_name=name),
        lambda core: core.call("OnlineEndpoints_ListKeys", endpoint_name=name),
        lambda core: core.run("OnlineEndpoints_Delete", endpoint_name=name),
        lambda core: core.pages("DataVersions_List", name=name, top=5),
    ]


def test_random_faults_change_nothing_about_the_outcome(
    run_core: CoreRunner, faults: Faults
) -> None:
    struck = 0
    for seed in range(SCHEDULES):
        name = f"{run_core.kind}-{seed}"
        faults.put(schedule(seed))
        listed = run_core(*workflow(name))
        struck += faults.hits()
        faults.clear()
        assert sorted(item["name"] for item in listed) == ["1", "2"]
        endpoints = run_core(lambda core: core.pages("OnlineEndpoints_List"))
        assert name not in {endpoint["name"] for endpoint in endpoints}
    assert struck > SCHEDULES
    print(f"{run_core.kind}: {SCHEDULES} schedules, {struck} faults, no difference")


def test_an_answer_that_trickles_in_is_given_up(run_core: CoreRunner, faults: Faults) -> None:
    faults.put([{"effect": "slow", "latency_ms": 5000}])
    hurry = run_core.but(timeouts=Timeouts(read=2, total=0.3), retry=RetryPolicy(attempts=1))
    with pytest.raises(RequestTimeoutError, match="took too long"):
        hurry(lambda core: core.call("Workspaces_Get"))


def test_an_operation_that_fails_says_so(run_core: CoreRunner, faults: Faults) -> None:
    faults.put([{"effect": "operation_failed", "operation": "OnlineEndpoints_CreateOrUpdate"}])
    body = {"location": "local", "properties": {"authMode": "Key"}}
    with pytest.raises(OperationFailedError, match="OnlineEndpoints_CreateOrUpdate"):
        run_core(lambda core: core.run("OnlineEndpoints_CreateOrUpdate", body, endpoint_name="bad"))
