"""Server errors: a bug is reported as an ARM error, with its traceback in the log."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from amlrest_emulator import handlers, names, runner_factory, seeding, serving_factory
from amlrest_emulator.api_versions import ApiVersions
from amlrest_emulator.app import App
from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.blob import BlobStore
from amlrest_emulator.context import Context, load_identity, utc_now
from amlrest_emulator.engine.call import HANDLERS, Call, Reply
from amlrest_emulator.engine.edge import Edges
from amlrest_emulator.engine.engine import Engine
from amlrest_emulator.engine.mutability import split_body
from amlrest_emulator.long_running import LongRunningOperations
from amlrest_emulator.state import State
from amlrest_emulator.times import timestamp
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from tests.official import API_VERSION

T = TypeVar("T")
BODIES = (
    "Datastores_CreateOrUpdate",
    "Compute_CreateOrUpdate",
    "DataVersions_CreateOrUpdate",
    "OnlineEndpoints_CreateOrUpdate",
    "OnlineDeployments_CreateOrUpdate",
)
KEYS = ("properties", "contents", "credentials", "scaleSettings")
WORDS = st.sampled_from(["AmlCompute", "ComputeInstance", "text"])
# What the document of another version may let through: known objects missing or elsewhere.
OTHER = st.recursive(
    st.fixed_dictionaries({}, optional={"computeType": WORDS, "accountName": WORDS}),
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner),
)


async def _breaks(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise KeyError("tracking")


def _never(work: Coroutine[Any, Any, T]) -> Future[T]:
    """Do not run what is scheduled, as there is no loop."""
    work.close()
    return Future()


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    folder = tmp_path_factory.mktemp("state")
    handlers.load()
    state = State(folder / "state.db")
    blobs = BlobStore(folder / "blobs")
    operations = LongRunningOperations(state, lambda: timestamp(utc_now()), 0.0)
    versions, identity = ApiVersions.find(), load_identity(state)
    made = Context(
        versions, state, identity, Path(folder), "http://x", blobs, operations, utc_now, "host"
    )
    seeding.seed(made)
    made.runner = runner_factory.create(made)
    made.runner.schedule = _never  # type: ignore[method-assign]
    made.serving = serving_factory.create(made)
    yield made
    operations.stop()
    blobs.close()
    state.close()


@pytest.mark.parametrize(
    "path", ["/mlflow/v1.0/x", "/job-tracking/x", "{workspace}/datastores/broken"]
)
def test_a_bug_is_answered_as_arm_does_and_is_in_the_log(
    path: str, context: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_call: Call) -> Reply:
        raise KeyError("contents")

    monkeypatch.setitem(HANDLERS, "Datastores_Get", broken)
    app = App(context, Engine(context), _breaks, _breaks, _breaks, _breaks)
    where = f"http://127.0.0.1:8000{path.format(workspace=context.identity.workspace_id)}"
    headers = {"authorization": f"Bearer {context.identity.token}"}

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            return await client.get(where, params={"api-version": API_VERSION}, headers=headers)

    with caplog.at_level(logging.ERROR):
        answer = asyncio.run(ask())
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (500, "InternalServerError")
    request_id = answer.headers["x-ms-request-id"]
    assert request_id in error["message"]
    assert request_id in caplog.text
    assert "Traceback" in caplog.text
    assert "KeyError" not in answer.text


@pytest.mark.slow
@given(operation=st.sampled_from(BODIES), body=st.dictionaries(st.sampled_from(KEYS), OTHER))
@settings(max_examples=200)
def test_a_handler_survives_bodies_of_another_version(
    operation: str, body: dict[str, Any], context: Context
) -> None:
    edge = Edges(context.versions).at(API_VERSION)
    found = edge.spec.operations[operation]
    parts = split_body(edge.spec, found.body or {}, body)
    resource_id = f"{context.identity.workspace_id}/any/name"
    kind = f"{names.PROVIDER}/workspaces/any"
    values = {"computeName": "name"}
    call = Call(context, edge, found, values, {}, body, parts, resource_id, kind)
    with contextlib.suppress(ArmError):
        assert HANDLERS[operation](call).status < 300
    context.state.delete(resource_id)
