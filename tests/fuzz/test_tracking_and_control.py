"""Hostile requests to MLflow's reads, to run history and to ``/_local``: 400 with a reason, never 500."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from amlrest_emulator.tracking.job_tracking import tracking_variables

from tests.emulator.two_versions import FIRST
from tests.fuzz import hostile
from tests.fuzz.in_process import Answer, InProcess, in_process
from tests.fuzz.test_arm import COUNT, SEED

pytestmark = pytest.mark.slow

JOB = "/job-tracking/job"
RUN = "0" * 32
_READS = {
    "runs/get": {"run_id": "x", "run_uuid": "x"},
    "runs/search": {
        "experiment_ids": ["0"],
        "filter": "tags.mlflow.parentRunId = 'x'",
        "max_results": 5,
        "order_by": ["metrics.loss DESC"],
        "page_token": "",
    },
    "metrics/get-history": {"run_id": "x", "metric_key": "loss"},
    "experiments/get-by-name": {"experiment_name": "Default"},
    "runs/create": {},
}
_METRIC = {"key": "loss", "value": 1.0, "timestamp": 1, "step": 0}
_TAG = {"key": "k", "value": "v"}
_JOB_CALLS: dict[str, Any] = {
    "runs/create": {"experiment_id": "0", "start_time": 1, "tags": [_TAG], "run_name": "r"},
    "runs/log-metric": {"run_id": RUN, **_METRIC},
    "runs/log-batch": {"run_id": RUN, "metrics": [_METRIC], "params": [_TAG], "tags": [_TAG]},
    "runs/log-parameter": {"run_id": RUN, **_TAG},
    "runs/set-tag": {"run_id": RUN, **_TAG},
    "runs/search": {"experiment_ids": ["0"], "filter": "", "max_results": 5},
    "runs/update": {"run_id": RUN, "status": "FINISHED", "end_time": 1},
    "experiments/create": {"name": "e"},
    "experiments/search": {"max_results": 5, "filter": "name = 'a'"},
    "registered-models/create": {"name": "m"},
    "logged-models": {"experiment_id": "0", "name": "m"},
}
_FILTERS = ["metrics.x > 1", "metrics.", "a b c", "'", 'params.`x` = "', "run_id IN ('a'", "\0"]
_RULE = {
    "effect": "status",
    "method": "GET",
    "path": "/never",
    "operation": "Nothing",
    "skip": 1,
    "count": 1,
    "probability": 0.5,
    "seed": 1,
    "when": "before",
    "status": 503,
    "latency_ms": 1,
    "retry_after": 1,
    "claims": True,
}
_PATTERNS = ["(" * 5000 + ")" * 5000, "a{99999999999}", "[", "(?P<a>x)(?P<a>y)", "\\", "never" * 3]
_SETTINGS = {"operation_delay": 0.0, "strict": False}


def _tracking_request(rng: random.Random, workspace: str) -> tuple[str, str, bytes]:
    call = rng.choice(list(_READS))
    where = workspace if rng.random() < 0.95 else rng.choice(("/x", "/%00", "/%ff"))
    target = f"/mlflow/v{rng.choice('123')}.0{where}/api/2.0/mlflow/{call}"
    body: Any = _READS[call]
    if "filter" in body and rng.random() < 0.3:
        body = {**body, "filter": rng.choice(_FILTERS)}
    if rng.random() < 0.5:
        pairs = [f"{name}={hostile.query_value(rng)}" for name in body if rng.random() < 0.7]
        return "GET", f"{target}?{'&'.join(pairs)}", b""
    return "POST", target, _body(rng, body)


def _job_request(rng: random.Random, _workspace: str) -> tuple[str, str, bytes]:
    call = rng.choice(list(_JOB_CALLS))
    method = "POST" if rng.random() < 0.8 else rng.choice(("GET", "PATCH", "DELETE"))
    return method, f"{JOB}/api/2.0/mlflow/{call}", _body(rng, _JOB_CALLS[call])


def _history_request(rng: random.Random, workspace: str) -> tuple[str, str, bytes]:
    run = "job" if rng.random() < 0.7 else hostile.name(rng)
    experiment = rng.choice(("", f"experiments/{hostile.name(rng)}/", "experiments/Default/"))
    rest, body = rng.choice(
        [
            (
                f"history/{experiment}runs/{run}",
                {"displayName": "d", "tags": {"a": "b"}, "hidden": False},
            ),
            (f"history/{experiment}runs/{run}/details", {}),
            (f"history/{experiment}runs/{run}/children", {}),
            ("history/rundata", {"runId": run, "selectRunMetadata": True}),
            (
                "data/dataversion/batchGetResolvedUris",
                {"values": ["azureml://locations/x/workspaces/y"]},
            ),
            ("modelregistry/models/batchGetResolvedUris", {"values": ["azureml:a:1"]}),
        ]
    )
    service, _, path = rest.partition("/")
    method = rng.choice(("GET", "POST", "PATCH"))
    return method, f"/{service}/v1.0{workspace}/{path}", _body(rng, body)


def _control_request(rng: random.Random, _workspace: str) -> tuple[str, str, bytes]:
    resource = rng.choice(("faults", "faults", "settings", "settings", "requests", "x", ""))
    rule_id = f"/{quote(rng.choice(hostile.QUERIES))}" if rng.random() < 0.1 else ""
    method = rng.choice(("GET", "POST", "PUT", "DELETE", "PATCH"))
    body: Any = _SETTINGS if resource == "settings" else _RULE
    if rng.random() < 0.2 and resource == "faults":
        body = {**body, "path": rng.choice(_PATTERNS)}
    if rng.random() < 0.2:
        body = [body]
    return method, f"/_local/{resource}{rule_id}", _body(rng, body)


def _body(rng: random.Random, body: Any) -> bytes:
    if rng.random() < 0.1:
        return rng.choice(hostile.TEXTS)
    return hostile.text(hostile.changed(rng, body) if rng.random() < 0.8 else body)


def _problem(answer: Answer) -> str:
    if answer.status == 501:
        return "" if b"does not support" in answer.content else f"{answer}"
    if answer.status >= 500:
        return f"{answer}"
    if answer.status in {404, 405} and b"<title>" in answer.content:
        return ""  # MLflow's own page for an unknown path
    try:
        body = answer.json() if answer.content else {}
    except ValueError as wrong:
        return f"{wrong}: {answer}"
    if answer.status < 400:
        return ""
    error = body.get("error", body)
    reason = isinstance(error.get("message"), str) and error["message"]
    return "" if reason and (error.get("code") or error.get("error_code")) else f"{answer}"


def _submit_job(client: InProcess) -> None:
    compute = {"target": f"{client.workspace_id}/computes/cpu-cluster"}
    body = {"properties": {"jobType": "Command", "command": "true", "compute": compute}}
    where = f"{client.workspace_id}/jobs/job?api-version={FIRST}"
    assert client("PUT", where, hostile.text(body)).status == 201


def run(client: InProcess, count: int, seed: int) -> Counter[str]:
    """Send requests; return the problems and how often each came."""
    rng = random.Random(seed)
    kinds = [_control_request] * 3 + [_history_request] * 2 + [_tracking_request] * 2
    kinds.append(_job_request)
    _submit_job(client)
    token = tracking_variables(client.app.context, "job")["MLFLOW_TRACKING_TOKEN"]
    own = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    problems: Counter[str] = Counter()
    for _ in range(count):
        method, target, body = rng.choice(kinds)(rng, client.workspace_id)
        headers = own if target.startswith(JOB) else {}
        wrong = _problem(client(method, target, body, headers))
        if wrong:
            problems[f"{method} {target} {body[:300]!r}: {wrong}"] += 1
        if client.sent % 20 == 0:
            client("DELETE", "/_local/faults")
            client("PUT", "/_local/settings", hostile.text(_SETTINGS))
    return problems


def test_every_refusal_has_a_reason(tmp_path: Path, record_property: Any) -> None:
    with in_process(tmp_path) as client:
        problems = run(client, COUNT // 2, SEED)
        statuses = ", ".join(f"{k}: {v}" for k, v in sorted(client.statuses.items()))
        record_property("counts", f"fuzz MLflow and _local: {client.sent} requests ({statuses})")
    assert not problems, "\n".join(list(problems)[:5])
