"""Recorded long-running operations are followed by what the responses say, to their end."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from amlrest.errors import OperationFailedError

from tests import official
from tests.facade.core_runner import APIS, CoreRunner, settings
from tests.facade.scripted_server import ReceivedRequest, Reply, Server, serving
from tests.recordings.exchanges import Exchange, cases, exchanges

pytestmark = official.recordings_needed

_AZURE = "https://management.azure.com"


class Replay:
    """Answers each request with what was recorded for its URL; a cut recording ends well."""

    def __init__(self, server: Server, recorded: tuple[Exchange, ...]) -> None:
        self._server = server
        self._left = list(recorded)
        self.polls = 0
        server.script = self

    def __call__(self, request: ReceivedRequest) -> Reply:
        found = next((each for each in self._left if self._is_for(each, request)), None)
        if found is not None:
            self._left.remove(found)
            return self._reply(found)
        if "OperationsStatus" in request.path:
            return Reply(200, {"status": "Succeeded", "endTime": "0001-01-01T00:00:00Z"})
        return Reply(200, {"name": "done", "properties": {"provisioningState": "Succeeded"}})

    def _is_for(self, exchange: Exchange, request: ReceivedRequest) -> bool:
        here, there = urlsplit(request.path), urlsplit(exchange.url)
        # The two ways to poll may differ in the query only; recorders leave the rest of it out.
        ways = [parse_qs(url.query).get("type") for url in (here, there)]
        same_path = here.path.lower() == there.path.lower()
        return request.method == exchange.method and same_path and ways[0] == ways[1]

    def _reply(self, exchange: Exchange) -> Reply:
        headers = {
            # Recorders shorten long tokens with a character that no header can carry.
            name: value.replace(_AZURE, self._server.url).replace("\u2026", "")
            for name, value in exchange.headers.items()
            if name in {"location", "azure-asyncoperation", "content-type"}
        }
        content = b"" if exchange.body is None else json.dumps(exchange.body).encode()
        return Reply(
            exchange.status, content.replace(_AZURE.encode(), self._server.url.encode()), headers
        )


@pytest.fixture(params=APIS)
def api(request: pytest.FixtureRequest) -> str:
    return str(request.param)


OPERATIONS = {
    ("PATCH", "workspaces"): "Workspaces_Update",
    ("PUT", "workspaces"): "Workspaces_CreateOrUpdate",
    ("DELETE", "workspaces"): "Workspaces_Delete",
    ("PUT", "computes"): "Compute_CreateOrUpdate",
    ("DELETE", "computes"): "Compute_Delete",
    ("PUT", "batchEndpoints"): "BatchEndpoints_CreateOrUpdate",
    ("DELETE", "batchEndpoints"): "BatchEndpoints_Delete",
}
NAME = {"computes": "compute_name", "batchEndpoints": "endpoint_name"}


def started() -> list[tuple[str, tuple[Exchange, ...]]]:
    """Return the cases that begin with a long-running operation."""
    if not official.RECORDINGS.is_dir():
        return []
    return [
        (name, case)
        for name, case in cases().items()
        if (case[0].method, case[0].path.split("/")[-2]) in OPERATIONS
        and "azure-asyncoperation" in case[0].headers
    ]


def perform(api: str, server: Server, first: Exchange) -> Any:
    parts = first.path.split("/")
    place = settings(server.url)._replace(
        subscription_id=parts[2],
        resource_group=parts[4],
        name=parts[parts.index("workspaces") + 1],
    )
    parameters: dict[str, Any] = {}
    if parts[-2] in NAME:
        parameters[NAME[parts[-2]]] = parts[-1]
    if (first.method, parts[-2]) == ("DELETE", "computes"):
        parameters["underlying_resource_action"] = "Delete"
    body = first.request_body
    operation = OPERATIONS[first.method, parts[-2]]
    runner = CoreRunner(api, server.url, place=place)
    return runner(lambda core: core.perform(operation, body, **parameters))


@pytest.mark.parametrize(("name", "case"), started(), ids=[name for name, _ in started()])
def test_a_recorded_operation_is_followed_to_its_end(
    api: str, name: str, case: tuple[Exchange, ...]
) -> None:
    failed = [each.body for each in case if (each.body or {}).get("status") == "Failed"]
    with serving() as server:
        replay = Replay(server, case)
        if failed:
            with pytest.raises(OperationFailedError) as caught:
                perform(api, server, case[0])
            assert caught.value.code == failed[0]["error"]["code"]
            assert caught.value.message == failed[0]["error"]["message"]
        else:
            perform(api, server, case[0])
        assert replay._left == [], name
        assert any("OperationsStatus" in path for path in server.paths())


def test_some_of_the_cases_were_replayed() -> None:
    assert len(started()) >= 3
    assert any(case[0].method == "PATCH" for _, case in started())


def test_every_recorded_state_on_the_way_is_running() -> None:
    from amlrest._http.messages import Request, Response
    from amlrest._http.polling import Plan, read_poll_response

    ends = {"Succeeded", "Failed", "Canceled"}
    states = set()
    for each in exchanges():
        if (
            "OperationsStatus" in each.path
            and isinstance(each.body, dict)
            and "status" in each.body
        ):
            request = Request("GET", each.url, "i", {})
            response = Response(each.status, each.headers, each.content, request)
            found = read_poll_response(Plan("operation", each.url), response).state
            word = each.body["status"]
            states.add(word)
            assert found == (word if word in ends else "Running"), each.source
    assert {"Succeeded", "InProgress"} <= states
