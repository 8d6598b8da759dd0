"""Requests that schemathesis derives from the pinned documents, and its checks of the responses."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.emulator.two_versions import BOTH, _readable
from tests.fuzz import hostile
from tests.fuzz.documents import Operation, operations, problem
from tests.fuzz.in_process import Answer, InProcess, in_process
from tests.fuzz.test_arm import COUNT, SEED

pytestmark = pytest.mark.slow

# Deriving a request takes fifty times as long as answering it.
CASES = COUNT // 40
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


def _document(version: str, client: InProcess) -> dict[str, Any]:
    """Return a pinned document whose requests are for the local workspace."""
    document = copy.deepcopy(_readable(version))
    paths = document["paths"]  # registries are stored as workspaces are
    document["paths"] = {path: item for path, item in paths.items() if "/registries" not in path}
    parts = client.workspace_id.split("/")
    own = {
        "subscriptionId": parts[2],
        "resourceGroupName": parts[4],
        "workspaceName": parts[8],
        "api-version": version,
    }
    lists = [
        item.get("parameters", []) for path in document["paths"].values() for item in path.values()
    ]
    for parameter in [
        *document["components"]["parameters"].values(),
        *(p for each in lists for p in each),
    ]:
        if parameter.get("name") in own:
            parameter["schema"] = {"type": "string", "enum": [own[parameter["name"]]]}
    for path in document["paths"].values():
        for operation in path.values():  # one operation documents no refusal
            operation["responses"].setdefault("default", {"description": "Error"})
    return document


def _send(client: InProcess, case: Any) -> Answer:
    pairs = [
        (name, item)
        for name, value in (case.query or {}).items()
        for item in (value if isinstance(value, list) else [value])
    ]
    body = case.body
    if isinstance(body, bytes):
        content = body
    else:
        content = b"" if type(body).__name__ == "NotSet" else hostile.text(body)
    target = f"{case.formatted_path}?{urlencode(pairs, quote_via=quote)}"
    return client(case.method, target, content)


def _check(case: Any, operation: Operation, answer: Answer) -> None:
    wrong = problem(operation, answer)
    assert not wrong, wrong
    # The service has empty responses that the documents do not have.
    if answer.status == 501 or answer.content in {b"", b"null"}:
        return
    response = Response(
        status_code=answer.status,
        headers={name: [value] for name, value in answer.headers.items()},
        content=answer.content,
        request=requests.Request(case.method, "http://127.0.0.1/").prepare(),
        elapsed=0.0,
        verify=False,
    )
    # The service's errors have nulls that the documents do not have.
    shaped = [response_schema_conformance] if answer.status < 300 else []
    case.validate_response(response, checks=[*CHECKS, *shaped])


@pytest.mark.parametrize("version", BOTH)
def test_schemathesis_finds_nothing(version: str, tmp_path: Path, record_property: Any) -> None:
    with in_process(tmp_path) as client:
        schema = schemathesis.openapi.from_dict(_document(version, client))
        known = {each.id: each for each in operations(version)}
        derived: list[Any] = [each.ok() for each in schema.get_all_operations()]  # type: ignore[union-attr]

        @seed(SEED)
        @settings(
            max_examples=CASES,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(data=st.data())
        def send(data: st.DataObject) -> None:
            operation = data.draw(st.sampled_from(derived))
            mode = data.draw(st.sampled_from(MODES))
            case = data.draw(operation.as_strategy(generation_mode=mode))
            _check(case, known[operation.definition.raw["operationId"]], _send(client, case))

        send()
        statuses = ", ".join(f"{k}: {v}" for k, v in sorted(client.statuses.items()))
        record_property("counts", f"schemathesis {version}: {client.sent} requests ({statuses})")
