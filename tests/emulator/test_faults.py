"""Fault injection, as an HTTP client sees it."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from amlrest_emulator.fault_rules import FaultRules, RuleError, parse_rule

from tests.emulator.arm import Arm

ENVIRONMENT = {"properties": {"condaFile": "name: x"}}


def test_status_with_retry_after_for_as_often_as_said(arm: Arm) -> None:
    arm.fault(effect="status", status=429, retry_after=7, method="GET", skip=1, count=2)
    answers = [arm("GET", "computes") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 429, 429, 200, 200]
    assert answers[1].headers["retry-after"] == "7"
    assert answers[1].json()["error"]["code"] == "TooManyRequests"
    date = "Wed, 21 Oct 2065 07:28:00 GMT"
    arm.fault(effect="status", status=503, retry_after=date, count=1)
    assert arm("GET", "computes").headers["retry-after"] == date


def test_a_reset_before_has_no_effect_and_one_after_has(arm: Arm) -> None:
    for when, exists in (("before", 404), ("after", 200)):
        where = f"environments/{when}{uuid.uuid4().hex[:8]}/versions/1"
        arm.fault(effect="reset", when=when, method="PUT", count=1)
        with pytest.raises(httpx.TransportError):
            arm("PUT", where, ENVIRONMENT)
        assert arm("GET", where).status_code == exists


def test_a_503_after_the_effect(arm: Arm) -> None:
    where = f"environments/e{uuid.uuid4().hex[:8]}/versions/1"
    arm.fault(effect="status", status=503, when="after", method="PUT", count=1)
    assert arm("PUT", where, ENVIRONMENT).status_code == 503
    assert arm("GET", where).status_code == 200


def test_a_truncated_answer(arm: Arm) -> None:
    arm.fault(effect="truncate", count=1)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        arm("GET", "computes")
    assert arm("GET", "computes").status_code == 200


def test_html_instead_of_json(arm: Arm) -> None:
    arm.fault(effect="html", status=502, count=1)
    answer = arm("GET", "computes")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")


def test_an_expired_token_with_and_without_claims(arm: Arm) -> None:
    arm.fault(effect="unauthorized", count=1)
    plain = arm("GET", "computes")
    arm.fault(effect="unauthorized", claims=True, count=1)
    claims = arm("GET", "computes")
    assert plain.status_code == claims.status_code == 401
    assert plain.json()["error"]["code"] == "ExpiredAuthenticationToken"
    assert "claims=" not in plain.headers["www-authenticate"]
    assert 'error="insufficient_claims", claims="' in claims.headers["www-authenticate"]


def test_latency_adds_up_and_slow_bodies_are_whole(arm: Arm) -> None:
    whole = arm("GET", "computes").content
    arm.fault(effect="latency", latency_ms=100)
    arm.fault(effect="latency", latency_ms=100, operation="Compute_List")
    arm.fault(effect="slow", latency_ms=200)
    started = time.monotonic()
    assert arm("GET", "computes").content == whole
    assert time.monotonic() - started >= 0.4


def test_rules_are_for_the_requests_they_name(arm: Arm) -> None:
    arm.fault(effect="status", operation="Compute_Get")
    arm.fault(effect="status", path=r"/datastores/[^/]+$", status=500)
    arm.fault(effect="status", operation="Blob", status=502)
    assert arm("GET", "computes").status_code == 200
    assert arm("GET", "computes/cpu-cluster").status_code == 503
    assert arm("GET", "datastores").status_code == 200
    assert arm("GET", "datastores/workspaceblobstore").status_code == 500
    blob = {"restype": "container"}
    assert arm.http.get("/amlrestlocal/azureml", params=blob).status_code == 502


def test_a_blob_upload_can_be_cut_too(arm: Arm) -> None:
    arm.fault(effect="reset", when="after", operation="Blob", method="PUT", count=1)
    where = "/amlrestlocal/azureml-blobstore/x.txt"
    headers = {"x-ms-blob-type": "BlockBlob", "x-ms-version": "2021-08-06"}
    with pytest.raises(httpx.TransportError):
        arm.http.put(where, content=b"hello", headers=headers)
    assert arm.http.get(where, headers=headers).content == b"hello"


def test_rules_are_listed_counted_and_removed(arm: Arm) -> None:
    rule = arm.fault(effect="status", operation="Compute_List", count=1)
    for _ in range(3):
        arm("GET", "computes")
    (listed,) = arm.http.get("/_local/faults").json()["value"]
    assert (listed["id"], listed["seen"], listed["hit"]) == (rule, 3, 1)
    assert arm.http.delete(f"/_local/faults/{rule}").status_code == 204
    assert arm.http.delete(f"/_local/faults/{rule}").status_code == 404
    assert arm.http.get("/_local/faults").json()["value"] == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "effect"),
        ({"effect": "explode"}, "effect"),
        ({"effect": "status", "status": "503"}, "status"),
        ({"effect": "status", "status": 99}, "status"),
        ({"effect": "reset", "when": "never"}, "when"),
        ({"effect": "reset", "path": "("}, "path"),
        ({"effect": "reset", "colour": 1}, "colour"),
        ({"effect": "reset", "count": True}, "count"),
        ({"effect": "latency", "latency_ms": -1}, "latency_ms"),
        ({"effect": "reset", "probability": 2}, "probability"),
        (5, "object"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_field(arm: Arm, rule: Any, said: str) -> None:
    answer = arm.http.post("/_local/faults", json=rule)
    assert answer.status_code == 400
    assert said in answer.json()["error"]["message"]
    assert arm.http.get("/_local/faults").json()["value"] == []


def test_chance_is_the_same_for_the_same_seed() -> None:
    def schedule(seed: int) -> list[bool]:
        rules = FaultRules()
        rules.add(parse_rule({"effect": "reset", "probability": 0.3, "seed": seed}))
        return [rules.decide("GET", "/", None).rule is not None for _ in range(1000)]

    assert schedule(1) == schedule(1) != schedule(2)
    assert 200 < sum(schedule(1)) < 400


def test_null_fields_are_no_rule() -> None:
    with pytest.raises(RuleError, match="method"):
        parse_rule({"effect": "reset", "method": None})


def test_the_log_tells_what_was_at_the_same_time(arm: Arm) -> None:
    arm.http.delete("/_local/requests")
    arm.fault(effect="latency", latency_ms=150)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda path: arm("GET", path), ["computes", "datastores", "jobs"]))
    arm("GET", "computes/nowhere")
    log = arm.log()
    together, alone = log[:3], log[3]
    assert {e["operation"] for e in together} == {"Compute_List", "Datastores_List", "Jobs_List"}
    assert sorted(entry["overlapped"] for entry in together) == [0, 1, 2]
    assert max(e["start"] for e in together) < min(e["end"] for e in together)
    assert (alone["operation"], alone["status"], alone["overlapped"]) == ("Compute_Get", 404, 0)
    assert alone["start"] >= max(entry["end"] for entry in together)


def test_a_reset_has_no_status_in_the_log(arm: Arm) -> None:
    arm.fault(effect="reset", count=1)
    with pytest.raises(httpx.TransportError):
        arm("GET", "computes")
    entry = arm.log()[-1]
    assert (entry["fault"], entry["status"]) == ("reset", None)
