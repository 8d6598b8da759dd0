"""Tens of thousands of hostile requests to the management API: no 5xx, no undocumented response."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator import seeding

from tests import official
from tests.emulator.two_versions import BOTH, FIRST
from tests.fuzz import hostile
from tests.fuzz.documents import Operation, operations, problem
from tests.fuzz.in_process import InProcess, in_process

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("AMLREST_FUZZ_REQUESTS", "6000"))
SEED = int(os.environ.get("AMLREST_FUZZ_SEED", "1"))
_WEIGHTS = {"GET": 2, "PUT": 6, "PATCH": 6, "POST": 2, "DELETE": 1}
_JOBS = 30
# What requests need and other requests delete is made again after so many.
_RESTORED = 200
# With the answers of the service, operations go on that the documents do not flag.
UNFLAGGED = "status 202 is not documented"


class Requests:
    """Generates the requests of one version."""

    def __init__(self, version: str, workspace_id: str, seed: int) -> None:
        self.version = version
        self.rng = random.Random(seed)
        self.workspace = workspace_id.split("/")
        self.all = operations(version)
        self.weights = [
            _JOBS if item.id == "Jobs_CreateOrUpdate" else _WEIGHTS[item.method]
            for item in self.all
        ]
        self.examples = _examples(version)
        self.examples["Jobs_CreateOrUpdate"] = _jobs(version, workspace_id)

    def next(self) -> tuple[Operation, str, bytes]:
        """Return an operation, a target and a body."""
        operation = self.rng.choices(self.all, self.weights)[0]
        target = f"{self._path(operation)}?{self._query(operation)}"
        return operation, target, self._body(operation)

    def _path(self, operation: Operation) -> str:
        path = operation.path
        own = dict(
            zip(
                ("subscriptionId", "resourceGroupName", "workspaceName"),
                (self.workspace[2], self.workspace[4], self.workspace[8]),
                strict=True,
            )
        )
        for item in operation.parameters:
            if item["in"] == "path":
                mine = self.rng.random() < 0.97 and own.get(item["name"])
                value = mine or hostile.name(self.rng)
                if item["name"] == "id" and self.rng.random() < 0.8:
                    value = f"job{self.rng.randrange(10_000)}"
                path = path.replace("{" + item["name"] + "}", value)
        return path

    def _query(self, operation: Operation) -> str:
        given = [
            f"{item['name']}={hostile.query_value(self.rng)}"
            for item in operation.parameters
            if item["in"] == "query" and item["name"] != "api-version" and self.rng.random() < 0.3
        ]
        return "&".join([f"api-version={self.version}", *given])

    def _body(self, operation: Operation) -> bytes:
        if operation.body is None:
            return b"" if self.rng.random() < 0.9 else self.rng.choice(hostile.TEXTS)
        if self.rng.random() < 0.02:
            return self.rng.choice(hostile.TEXTS)
        known = self.examples.get(operation.id, [])
        body = (
            self.rng.choice(known)
            if known and self.rng.random() < 0.5
            else hostile.sample(self.rng, self.version, operation.body)
        )
        if self.rng.random() < 0.6:
            body = hostile.changed(self.rng, body)
        return hostile.text(body)


def _examples(version: str) -> dict[str, list[Any]]:
    documents = official.Documents(version)
    found: dict[str, list[Any]] = {}
    for each in documents.examples:
        body = documents.operations[each.operation].body
        if body and body[0] in each.content["parameters"]:
            found.setdefault(each.operation, []).append(each.content["parameters"][body[0]])
    return found


def _jobs(version: str, workspace_id: str) -> list[Any]:
    """Return jobs that the local workspace accepts, to be changed."""
    compute = f"{workspace_id}/computes/cpu-cluster"
    search = {
        "lr": ["loguniform", [-3, 1]],
        "--q": ["qnormal", [0, 1, 0.5]],
        "c": ["choice", [[1]]],
    }
    objective = {"primaryMetric": "loss", "goal": "Minimize"}
    policy = {"policyType": "Bandit", "slackFactor": 0.1, "evaluationInterval": 1}
    torch: dict[str, Any] = {"distributionType": "PyTorch"}
    command: dict[str, Any] = {
        "command": "echo {inputs.x} {outputs.y} $A",
        "environmentVariables": {"A": "b", "C": ""},
    }
    if version == FIRST:
        store = f"{workspace_id}/datastores/workspaceblobstore"
        command |= {
            "outputDataBindings": {"y": {"datastoreId": store, "pathOnDatastore": "a/b"}},
            "timeout": "PT5M",
        }
        command["command"] = "echo {outputs.y} $A"
        place: dict[str, Any] = {"compute": {"target": compute, "instanceCount": 1}}
        torch["processCount"] = 2
        algorithm: dict[str, Any] = {
            "algorithm": "Random",
            "trial": {**command, "command": "echo {search_space.lr}"},
            "maxTotalTrials": 3,
            "maxConcurrentTrials": 2,
        }
    else:
        place = {"computeId": compute}
        command |= {
            "inputs": {"x": {"jobInputType": "literal", "value": "1"}},
            "outputs": {"y": {"jobOutputType": "uri_folder", "mode": "ReadWriteMount"}},
            "limits": {"jobLimitsType": "Command", "timeout": "PT5M"},
            "environmentId": f"{workspace_id}/environments/fuzz/versions/1",
        }
        torch["processCountPerInstance"] = 2
        algorithm = {
            "samplingAlgorithm": {"samplingAlgorithmType": "Random", "seed": 1},
            "trial": {
                "command": "echo {search_space.lr}",
                "environmentId": command["environmentId"],
            },
            "limits": {"jobLimitsType": "Sweep", "maxTotalTrials": 3, "timeout": "PT5M"},
        }
    one = {"jobType": "Command", "experimentName": "e", **place, **command}
    many = {"jobType": "Sweep", **place, **algorithm, "objective": objective}
    many |= {"searchSpace": search, "earlyTermination": policy}
    return [{"properties": body} for body in (one, {**one, "distribution": torch}, many, many)]


def _make_environment(client: InProcess) -> None:
    docker = {"dockerSpecificationType": "Image", "dockerImageUri": "x"}
    body = hostile.text({"properties": {"docker": docker}})
    where = f"{client.workspace_id}/environments/fuzz/versions/1?api-version={FIRST}"
    assert client("PUT", where, body).status in {200, 201}


def run(client: InProcess, version: str, count: int, seed: int) -> Counter[str]:
    """Send requests; return the problems and how often each came."""
    problems: Counter[str] = Counter()
    requests = Requests(version, client.workspace_id, seed)
    for number in range(count):
        if number % _RESTORED == 0:
            seeding.seed(client.app.context)
            _make_environment(client)
        operation, target, body = requests.next()
        wrong = problem(operation, client(operation.method, target, body))
        if wrong and wrong != UNFLAGGED:
            problems[f"{operation.method} {target} {body[:2000]!r}: {wrong}"] += 1
    return problems


@pytest.mark.parametrize(("answers", "share"), [("convenient", 1), ("service", 5)])
@pytest.mark.parametrize("version", BOTH)
def test_no_request_gets_a_response_outside_the_document(
    version: str, answers: str, share: int, tmp_path: Path, record_property: Any
) -> None:
    with in_process(tmp_path, answers) as client:
        problems = run(client, version, COUNT // share, SEED)
        statuses = ", ".join(f"{k}: {v}" for k, v in sorted(client.statuses.items()))
        record_property("counts", f"fuzz {version} {answers}: {client.sent} requests ({statuses})")
    assert not problems, "\n".join(list(problems)[:5])
