"""Whatever is sent to a scoring URI gets an answer with a reason, and nothing without a key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from amlrest_emulator.bodies import MAX_BODY
from amlrest_emulator.responses import raw_path
from amlrest_emulator.serving.instance import ProvisioningError
from amlrest_emulator.serving.plan import NotServedError
from amlrest_emulator.serving.scoring import PREFIX, Scoring
from amlrest_emulator.state import Resource, State
from hypothesis import given
from hypothesis import strategies as st

KEY = "k" * 32
BEARER = (b"authorization", f"Bearer {KEY}".encode())
HEADERS = st.lists(
    st.tuples(
        st.sampled_from([b"authorization", b"azureml-model-deployment", b"x-request-id", b"te"]),
        st.binary(max_size=40).filter(lambda value: not {*b"\r\n\0"} & {*value}),
    ),
    max_size=4,
)
PATHS = st.one_of(
    st.sampled_from(["e/score", "E/score", "e/swagger.json", "e/", "e/score/", "other/score", ""]),
    st.text(max_size=20),
)


class NoProcesses:
    """Instead of `Serving`: one deployment is not run, another cannot be started."""

    async def instance(self, resource: Resource) -> None:
        if resource.name == "stored":
            raise NotServedError("it is an image.")
        raise ProvisioningError("ResourceNotReady", "It does not begin.")


@pytest.fixture(scope="module")
def scoring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scoring]:
    state = State(tmp_path_factory.mktemp("state") / "state.db")
    traffic = {"properties": {"authMode": "Key", "traffic": {"stored": 50, "broken": 50}}}
    state.put(Resource("/ws/endpoints/e", "ws/endpoints", traffic))
    state.put_secrets("/ws/endpoints/e", {"properties": {"keys": {"primaryKey": KEY}}})
    for name in ("stored", "broken"):
        deployment = f"/ws/endpoints/e/deployments/{name}"
        state.put(Resource(deployment, "ws/endpoints/deployments", {"properties": {}}))
    serving: Any = NoProcesses()
    yield Scoring(serving, state, "/ws/endpoints", "token", lambda: datetime.now(UTC))
    state.close()


def ask(
    scoring: Scoring,
    path: str,
    headers: list[tuple[bytes, bytes]],
    method: str = "POST",
    body: bytes = b"",
) -> tuple[int, dict[str, str], bytes, int]:
    """Return status, headers and content of an answer, and the bytes of the body that were read."""
    read, sent = 0, list[dict[str, Any]]()
    parts = [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]

    async def receive() -> dict[str, Any]:
        nonlocal read
        part = parts.pop(0)
        read += len(part)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = f"{PREFIX}{path}".encode()
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": raw.decode(),
        "raw_path": quote(raw, safe="/").encode(),
        "query_string": b"a=%ff",
        "headers": headers,
        "server": ("127.0.0.1", 1),
    }
    assert raw_path(scope).startswith(PREFIX)
    asyncio.run(scoring(scope, receive, send))
    start = sent[0]
    found = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    content = b"".join(each.get("body", b"") for each in sent[1:])
    return start["status"], found, content, read


@given(PATHS, HEADERS, st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "x"]))
def test_nothing_is_answered_without_a_key(
    scoring: Scoring, path: str, headers: list[tuple[bytes, bytes]], method: str
) -> None:
    status, found, content, read = ask(scoring, path, headers, method, b"a body")
    assert (status, read) == (401, 0)
    assert found["www-authenticate"] == "Bearer"
    assert b'"message"' in content


@given(PATHS, HEADERS, st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "x"]))
def test_whatever_comes_with_a_key_has_an_answer_with_a_reason(
    scoring: Scoring, path: str, headers: list[tuple[bytes, bytes]], method: str
) -> None:
    others = [each for each in headers if each[0] != b"authorization"]
    status, found, content, _ = ask(scoring, path, [BEARER, *others], method, b"a body")
    assert status in {401, 404, 405, 501, 503}
    assert len(found["x-request-id"]) == 36
    assert b'"message"' in content
    assert KEY.encode() not in content


def test_a_body_is_read_after_the_key_and_up_to_its_limit(scoring: Scoring) -> None:
    body = bytes(MAX_BODY + 10 * 65536)
    assert ask(scoring, "e/score", [], body=body)[::3] == (401, 0)
    status, _, _, read = ask(scoring, "e/score", [BEARER], body=body)
    assert status == 413
    assert read <= MAX_BODY + 65536


@pytest.mark.parametrize(("name", "status"), [("stored", 501), ("broken", 503)])
def test_what_does_not_run_is_named(scoring: Scoring, name: str, status: int) -> None:
    wanted = (b"azureml-model-deployment", name.encode())
    found = ask(scoring, "e/score", [BEARER, wanted])
    assert found[0] == status
    assert name.encode() in found[2]
