"""Recorded requests are answered by the local workspace as they were by the service."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests import official
from tests.emulator.arm import Arm, inner_codes
from tests.emulator.job_requests import command_job, submit, wait
from tests.recordings.exchanges import Exchange, exchanges

pytestmark = [official.recordings_needed, pytest.mark.slow]

_WORKSPACE = re.compile(
    r"/subscriptions/[^/\"]+/resourceGroups/[^/\"]+/providers/"
    r"Microsoft\.MachineLearningServices/workspaces/[^/?\"]+",
    re.IGNORECASE,
)
_KINDS = [
    "computes",
    "datastores",
    "codes",
    "data",
    "environments",
    "models",
    "onlineEndpoints",
    "batchEndpoints",
]
_HEADERS = ("content-type", "location", "azure-asyncoperation", "x-ms-response-type")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arm]:
    """A local workspace of its own: recorded requests change its default datastore."""
    from amlrest_emulator import start

    folder = tmp_path_factory.mktemp("replayed")
    with start(folder, answers="service", operation_delay=0.3, deployments="store") as workspace:
        arm = Arm(workspace)
        with arm.http:
            yield arm


def _here(text: str, arm: Arm) -> str:
    """Return a text with the ids of the recorded workspace replaced by those of the local one."""
    return _WORKSPACE.sub(arm.id, text)


def _kind(exchange: Exchange) -> str:
    """Return the type of the resource of an exchange; empty for one outside a workspace."""
    below = _WORKSPACE.split(exchange.path)[-1] if _WORKSPACE.search(exchange.path) else ""
    return "/".join(below.strip("/").split("/")[::2])


def _replay(arm: Arm, exchange: Exchange) -> httpx.Response:
    url = urlsplit(exchange.url)
    body = exchange.request_body
    content = None if body is None else _here(json.dumps(body), arm).encode()
    return arm.http.request(exchange.method, f"{_here(url.path, arm)}?{url.query}", content=content)


def _headers(found: Any) -> dict[str, str | bool]:
    """Return the headers to compare: words as they are, of URLs that they are there."""
    return {
        name: found[name] if name.startswith("x-ms") or name == "content-type" else True
        for name in _HEADERS
        if name in found
    }


def _codes(body: Any) -> list[str]:
    """Return the codes of an error body, from the outermost to the most specific one."""
    error = body.get("error", {}) if isinstance(body, dict) else {}
    response = httpx.Response(400, json={"error": {"additionalInfo": [], **error}})
    chain = [] if error.get("additionalInfo") is None else inner_codes(response)
    details = [each["code"] for each in error.get("details") or ()]
    return [*([error["code"]] if error else []), *details, *chain]


def _missing() -> list[Exchange]:
    return [each for each in exchanges() if each.status == 404 and each.method == "GET"]


def test_what_is_missing(service: Arm) -> None:
    assert len(_missing()) >= 10
    for each in _missing():
        if not _kind(each):
            continue
        found = _replay(service, each)
        body = found.json() if found.content else None
        assert found.status_code == 404, each.source
        assert _headers(found.headers) == _headers(each.headers), each.source
        # Recorders replaced names in URLs and bodies differently, and left out information.
        assert _codes(body)[: len(_codes(each.body)) or None] == _codes(each.body), each.source


def test_a_missing_workspace(service: Arm) -> None:
    found = 0
    for each in _missing():
        if _kind(each) or not _WORKSPACE.search(each.path):
            continue
        scope = service.id.rpartition("/")[0]
        answer = service("GET", f"{scope}/{each.path.rpartition('/')[2]}")
        assert answer.json()["error"].keys() == each.body["error"].keys(), each.source
        assert answer.json()["error"]["code"] == each.body["error"]["code"]
        assert answer.headers["x-ms-failure-cause"] == each.headers["x-ms-failure-cause"]
        found += 1
    assert found >= 3


def _puts() -> list[Exchange]:
    return [
        each
        for each in exchanges()
        if each.method == "PUT" and each.status < 300 and _kind(each).split("/")[0] in _KINDS
    ]


def _empties(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the fields that are null or empty, with their path."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _empties(item, f"{path}.{key}")
    elif value in (None, {}, ""):
        yield path, value


def _at(value: Any, path: str) -> Any:
    for key in path.strip(".").split("."):
        value = value.get(key, "absent") if isinstance(value, dict) else "absent"
    return value


def _is_rest(path: str, exchange: Exchange) -> bool:
    """Return whether a recorded empty field is one of the known differences."""
    known = (*("autoDeleteSetting", "intellectualProperty"), "identity.principalId")
    # Computes have no tags in the response to PUT, and {} in that to GET.
    return path.endswith(known) or (_kind(exchange) == "computes" and path == ".tags")


def _differences(exchange: Exchange, found: httpx.Response) -> Iterator[str]:
    recorded, here = _headers(exchange.headers), _headers(found.headers)
    if found.status_code == exchange.status and {**here, **recorded} != here:
        yield f"headers {here}, not {recorded}"
    shown = found.json() if found.content else {}
    for path, value in _empties(exchange.body or {}):
        if _at(shown, path) != value and not _is_rest(path, exchange):
            yield f"{path} is {_at(shown, path)!r:.60}, not {value!r}"


def test_writes(service: Arm, record_property: Any) -> None:
    wrong: dict[str, list[str]] = {}
    sent: dict[str, Any] = {}
    compared = 0
    for each in _puts():
        where = each.path.lower()
        if sent.setdefault(where, each.request_body) != each.request_body:
            continue  # recorders replaced different names by the same one
        found = _replay(service, each)
        # Whether a resource is new differs where only a part of a recording is there.
        expected = {each.status} | ({200, 201} if _kind(each) in _RECORDED_IN_PART else set())
        problems = [f"status {found.status_code}, not {each.status}: {found.text[:200]}"]
        if found.status_code in expected:
            problems = list(_differences(each, found))
            compared += 1
        for problem in problems:
            wrong.setdefault(f"{_kind(each)} {problem}", []).append(each.source)
    record_property("counts", f"recorded writes answered alike: {compared} of {len(_puts())}")
    assert not wrong, "\n".join(
        f"{len(where)} {what} ({where[0]})" for what, where in wrong.items()
    )
    assert compared >= 50


ENDPOINT = {"location": "local", "properties": {"authMode": "Key"}}
CREDENTIALS = {"credentialsType": "None"}
BLOB = {"datastoreType": "AzureBlob", "accountName": "a", "containerName": "c"}
MADE: dict[str, Any] = {
    "computes": {"location": "local", "properties": {"computeType": "AmlCompute"}},
    "datastores": {"properties": {**BLOB, "credentials": CREDENTIALS}},
    "onlineEndpoints": ENDPOINT,
    "batchEndpoints": ENDPOINT,
}


def test_deletions(service: Arm) -> None:
    found = set()
    for each in exchanges():
        kind = _kind(each)
        if each.method != "DELETE" or kind not in MADE:
            continue
        named = each._replace(url=each.url.replace(each.path.rpartition("/")[2], _name()))
        made = service("PUT", _here(urlsplit(named.url).path, service), MADE[kind], **_LATER)
        assert made.is_success, made.text
        if made.headers.get("azure-asyncoperation"):
            _wait(service, made.headers["azure-asyncoperation"])
        if kind == "computes" and "underlyingResourceAction" not in named.url:
            named = named._replace(url=f"{named.url}&underlyingResourceAction=Delete")  # cut off
        answer = _replay(service, named)
        assert answer.status_code == each.status, each.source
        assert {**_headers(answer.headers), **_headers(each.headers)} == _headers(answer.headers)
        content = b"null" if each.body == "null" or "batch" in kind else b""
        assert answer.content == content or kind == "onlineEndpoints", each.source
        found.add(kind)
    assert {"computes", "datastores"} <= found


def _name() -> str:
    return f"d{uuid.uuid4().hex[:8]}"


_LATER = {"api-version": "2024-10-01"}
_RECORDED_IN_PART = {"codes/versions", "datastores", "models/versions", "data/versions"}


def _wait(arm: Arm, url: str) -> None:
    deadline = time.monotonic() + 20
    while arm.follow(url).json()["status"] != "Succeeded" and time.monotonic() < deadline:
        time.sleep(0.02)


def test_cancelation_of_an_ended_job(service: Arm) -> None:
    job = f"c{uuid.uuid4().hex[:8]}"
    submit(service, job, command_job(service, "true"))
    wait(service, job)
    refused = [each for each in exchanges() if each.path.endswith("/cancel") and each.status == 400]
    assert refused
    answer = service("POST", f"jobs/{job}/cancel")
    for each in refused:
        assert answer.status_code == each.status
        # The last code has the kind of the job in it.
        assert _codes(answer.json())[:3] == _codes(each.body)[:3]
        assert _headers(answer.headers) == _headers(each.headers)


def test_states_on_the_way() -> None:
    """Every recorded status of an operation has the fields of the local one."""
    shapes: dict[str, set[str]] = {}
    for each in exchanges():
        match = re.search(r"/(compute|workspace|mfe)OperationsStatus/(?:(\w+):)?", each.path)
        if match and isinstance(each.body, dict) and "status" in each.body:
            kind = f"{match[1]} {match[2] or ''} {each.body['status']}".replace("  ", " ")
            shapes.setdefault(kind, set()).add(" ".join(sorted(each.body)))
    for kind, fields in SHAPES.items():
        assert fields in shapes.get(kind, {fields}), kind
    assert len(shapes.keys() & SHAPES.keys()) >= 4


SHAPES = {
    "compute InProgress": "status",
    "compute Succeeded": "percentComplete status",
    "workspace InProgress": "status",
    "workspace Succeeded": "percentComplete status",
    "mfe oe Updating": "id name percentComplete startTime status",
    "mfe oe Succeeded": "endTime id name percentComplete startTime status",
}
"""Fields of a status; what the tests of the local workspace expect, as well."""
