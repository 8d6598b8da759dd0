"""Long-running operations, compared with azure-core's own poller."""

import asyncio
import json
import time
from typing import Any

import pytest
from amlrest._http import polling, retry
from amlrest._http.messages import Request, Response
from amlrest.errors import (
    DeadlineError,
    OperationCanceledError,
    OperationFailedError,
    ResourceNotFoundError,
    TransportError,
    UntrustedUrlError,
)
from amlrest_client.operations import OPERATIONS
from azure.core import PipelineClient
from azure.core.polling import LROPoller
from azure.core.polling.base_polling import (
    LocationPolling,
    LongRunningOperation,
    LROBasePolling,
    OperationResourcePolling,
    StatusCheckPolling,
)
from azure.core.rest import HttpRequest

from tests.facade.core_runner import APIS, CoreRunner
from tests.facade.scripted_server import ReceivedRequest, Reply, Server, serving

NOW = {"retry-after-ms": "1"}
LONG_RUNNING = sorted(name for name, operation in OPERATIONS.items() if operation.long_running)
ENDPOINT = {"name": "e", "location": "here", "properties": {"authMode": "Key"}}
TYPED = {
    "Compute": ("ComputeResource", {"properties": {"computeType": "AmlCompute"}}),
    "OnlineEndpoints": ("OnlineEndpointTrackedResource", ENDPOINT),
    "OnlineDeployments": (
        "OnlineDeploymentTrackedResource",
        {"location": "here", "properties": {"endpointComputeType": "Managed"}},
    ),
    "Workspaces": ("Workspace", {"location": "here", "properties": {}}),
    "LabelingJobs": ("LabelingJobResource", {"properties": {"jobType": "Labeling"}}),
}


class Service:
    """A service that finishes an operation after two polls, in the way it is configured to.

    Args:
        way: `operation`, `location`, `both`, `resource` or `at-once`.
        result: the resource, or None for an operation without a result.
    """

    def __init__(self, way: str, result: Any) -> None:
        self.way = way
        self.result = result
        self.polls = 0
        self.paths: list[tuple[str, str]] = []

    def __call__(self, request: ReceivedRequest) -> Reply:
        path = request.path.partition("?")[0]
        place = path if path in ("/operation", "/location") else "/resource"
        self.paths.append((request.method, place))
        if request.method != "GET":
            return self._accepted(request)
        self.polls += 1
        running = self.polls <= 2
        if place == "/operation":
            return Reply(200, {"status": "Running" if running else "Succeeded"}, NOW)
        if place == "/location" and running and self.way == "location":
            return Reply(
                202, None, NOW | {"location": f"http://{request.headers['host']}/location"}
            )
        if place == "/resource" and running:
            return Reply(200, {"properties": {"provisioningState": "Updating"}}, NOW)
        return Reply(200 if self.result else 204, self.result)

    def _accepted(self, request: ReceivedRequest) -> Reply:
        base = f"http://{request.headers['host']}"
        headers = dict(NOW)
        if self.way in ("operation", "both"):
            headers["azure-asyncoperation"] = f"{base}/operation"
        if self.way in ("location", "both"):
            headers["location"] = f"{base}/location"
        if self.way == "at-once":
            return Reply(200, self.result, headers)
        body = (
            {"properties": {"provisioningState": "Creating"}} if request.method == "PUT" else None
        )
        return Reply(201 if request.method == "PUT" else 202, body, headers)


def azure_core(server: Server, method: str, via: str | None, result: Any) -> Any:
    """What the official library makes of the same service."""
    options = {"final-state-via": via} if via else {}
    client: Any = PipelineClient(server.url)
    first = client.send_request(HttpRequest(method, f"{server.url}/resource"))
    pipeline = type("Response", (), {"http_response": first, "http_request": first.request})()
    pipeline.context = type(
        "Context", (), {"transport": client._pipeline._transport, "options": {}}
    )()
    # As azure-mgmt-core sets it up for Azure Resource Manager.
    ways: list[LongRunningOperation[Any, Any]] = [
        OperationResourcePolling("azure-asyncoperation", lro_options=options),
        LocationPolling(),
        StatusCheckPolling(),
    ]
    polling_method: LROBasePolling[Any, Any, Any] = LROBasePolling(0, lro_algorithms=ways)
    read = lambda response: response.http_response.json() if result else None  # noqa: E731
    return LROPoller(client, pipeline, read, polling_method).result()


def arguments(operation_id: str) -> dict[str, Any]:
    operation = OPERATIONS[operation_id]
    own = {p.python_name for p in operation.parameters if p.required} - {
        *("subscription_id", "resource_group_name", "workspace_name", "api_version")
    }
    values = {name: "Detach" if name == "underlying_resource_action" else "name" for name in own}
    group = operation_id.partition("_")[0]
    body = TYPED[group][1] if operation.method == "PUT" else {}
    return values | ({"body": body} if operation.body else {})


@pytest.mark.parametrize("way", ["operation", "location", "both"])
@pytest.mark.parametrize("operation_id", LONG_RUNNING)
def test_every_long_running_operation_ends_as_with_azure_core(
    server: Server, operation_id: str, way: str
) -> None:
    operation = OPERATIONS[operation_id]
    assert operation.long_running is not None
    kind = next((kind for kind in operation.responses.values() if kind), None)
    document = TYPED.get(operation_id.partition("_")[0], ("", {}))[1] if kind else None
    ours, theirs = Service(way, document), Service(way, document)
    server.script = theirs
    expected = azure_core(
        server, operation.method, operation.long_running.final_state_via, document
    )
    for name in APIS:
        server.script = ours = Service(way, document)
        result = CoreRunner(name, server.url)(
            lambda core: core.run(operation_id, models=True, **arguments(operation_id))
        )
        assert ours.paths == theirs.paths
        if document is None:
            assert result is None
        elif result is not None:
            assert type(result).__name__ == kind
            assert result.to_dict() == expected


def test_twenty_operations_are_long_running() -> None:
    assert len(LONG_RUNNING) == 20


@pytest.mark.parametrize("way", ["resource", "at-once"])
def test_a_put_without_links_follows_its_provisioning_state(
    run_core: CoreRunner, server: Server, way: str
) -> None:
    server.script = service = Service(way, ENDPOINT)
    result = run_core(
        lambda core: core.run("OnlineEndpoints_CreateOrUpdate", ENDPOINT, endpoint_name="e")
    )
    assert result == ENDPOINT
    assert service.polls == (3 if way == "resource" else 0)


def begin_delete(core: Any) -> Any:
    return core.run("OnlineEndpoints_Delete", endpoint_name="e", timeout=5)


@pytest.mark.parametrize(
    ("status", "kind"), [("Failed", OperationFailedError), ("Canceled", OperationCanceledError)]
)
def test_an_operation_that_fails_says_why(
    run_core: CoreRunner, server: Server, status: str, kind: type[OperationFailedError]
) -> None:
    error = {"code": "QuotaExceeded", "message": "no cores left", "details": [{"code": "D"}]}
    server.script = [
        Reply(202, None, NOW | {"azure-asyncoperation": f"{server.url}/op"}),
        Reply(200, {"status": status, "error": error}),
    ]
    with pytest.raises(kind, match="QuotaExceeded: no cores left") as caught:
        run_core(begin_delete)
    assert type(caught.value) is kind
    assert caught.value.operation_id == "OnlineEndpoints_Delete"
    assert caught.value.details == [{"code": "D"}]
    assert caught.value.request_id is not None
    assert caught.value.request_id in str(caught.value)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("no cores left", "no cores left"),
        ({"code": 5, "message": "no cores left", "details": 7}, "no cores left"),
        (
            {"code": "QuotaExceeded", "message": None},
            "QuotaExceeded: the operation ended as Failed",
        ),
        ([], "the operation ended as Failed"),
        (None, "the operation ended as Failed"),
    ],
)
def test_an_operation_that_fails_in_a_shape_of_its_own_says_what_it_can(
    run_core: CoreRunner, server: Server, error: Any, said: str
) -> None:
    server.script = [
        Reply(202, None, NOW | {"azure-asyncoperation": f"{server.url}/op"}),
        Reply(200, {"status": "Failed", "error": error}),
    ]
    with pytest.raises(OperationFailedError, match=said):
        run_core(begin_delete)


def test_a_compute_that_cannot_be_made_says_why(run_core: CoreRunner, server: Server) -> None:
    errors = [{"error": {"code": "QuotaExceeded", "message": "no cores left"}}]
    errors.append({"error": {"code": "SubnetFull", "message": "no addresses left"}})
    failed = {"provisioningState": "Failed", "provisioningErrors": errors}
    server.script = [
        Reply(201, {"properties": {"provisioningState": "Creating"}}, NOW),
        Reply(200, {"properties": {"computeType": "AmlCompute", **failed}}),
    ]
    compute = {"properties": {"computeType": "AmlCompute"}}
    with pytest.raises(OperationFailedError, match="QuotaExceeded: no cores left") as caught:
        run_core(lambda core: core.run("Compute_CreateOrUpdate", compute, compute_name="c"))
    assert "SubnetFull: no addresses left" in str(caught.value)


def test_a_resource_that_failed_is_no_result(run_core: CoreRunner, server: Server) -> None:
    failed = {"location": "here", "properties": {"provisioningState": "Failed"}}
    server.script = [
        Reply(202, None, NOW | {"location": f"{server.url}/op"}),
        Reply(200, failed),
    ]
    with pytest.raises(OperationFailedError, match="ended as Failed"):
        run_core(lambda core: core.run("OnlineEndpoints_Update", {"tags": {}}, endpoint_name="e"))


@pytest.mark.parametrize("first", [Reply(202, ENDPOINT, NOW), Reply(201, None, NOW)], ids=str)
def test_what_was_only_accepted_is_followed_whatever_came_with_it(
    run_core: CoreRunner, server: Server, first: Reply
) -> None:
    updating = Reply(200, {"properties": {"provisioningState": "Updating"}}, NOW)
    server.script = [first, updating, Reply(200, ENDPOINT)]
    result = run_core(
        lambda core: core.run("OnlineEndpoints_CreateOrUpdate", ENDPOINT, endpoint_name="e")
    )
    assert result == ENDPOINT
    assert [request.method for request in server.requests] == ["PUT", "GET", "GET"]


def test_errors_on_the_way_name_the_operation_and_the_request(
    run_core: CoreRunner, server: Server
) -> None:
    accepted = Reply(202, None, NOW | {"azure-asyncoperation": f"{server.url}/op"})
    server.script = [accepted, Reply(404, {"error": {"code": "OperationNotFound"}})]
    with pytest.raises(ResourceNotFoundError, match="OnlineEndpoints_Delete: OperationNotFound"):
        run_core(begin_delete)
    server.script = [accepted, Reply(200, {})]
    with pytest.raises(TransportError, match="status") as caught:
        run_core(begin_delete)
    sent = server.requests[-1].headers["x-ms-client-request-id"]
    assert caught.value.request_id == sent
    assert sent in str(caught.value)


def test_silence_does_not_outlast_the_deadline(
    run_core: CoreRunner, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_SHORTEST_ATTEMPT", 0.2)
    link = {"location": f"{server.url}/op"}
    server.script = lambda request: Reply(202, None, link, delay=60 * (request.method == "GET"))
    started = time.monotonic()
    with pytest.raises(DeadlineError, match="still running"):
        run_core(lambda core: core.run("OnlineEndpoints_Delete", endpoint_name="e", timeout=0.5))
    assert time.monotonic() - started < 30


def test_a_fault_while_polling_is_no_event_and_a_refusal_is(
    run_core: CoreRunner, server: Server
) -> None:
    accepted = Reply(202, None, NOW | {"location": f"{server.url}/op"})
    server.script = [
        accepted,
        Reply(503),
        Reply(reset=True),
        Reply(200, b"<html>"),
        Reply(202, None, NOW),
        Reply(204),
    ]
    assert run_core(begin_delete) is None
    server.script = [accepted, Reply(404, {"error": {"code": "OperationNotFound"}})]
    with pytest.raises(ResourceNotFoundError, match="OperationNotFound"):
        run_core(begin_delete)


def test_waiting_ends_at_its_deadline_and_can_go_on(run_core: CoreRunner, server: Server) -> None:
    server.script = lambda _: Reply(
        202, None, {"location": f"{server.url}/op", "retry-after": "60"}
    )
    started = time.monotonic()
    with pytest.raises(DeadlineError, match="still running"):
        run_core(lambda core: core.run("OnlineEndpoints_Delete", endpoint_name="e", timeout=0.5))
    assert time.monotonic() - started < 30


def test_a_deadline_is_for_the_beginning_too(
    run_core: CoreRunner, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_SHORTEST_ATTEMPT", 0.2)
    server.script = lambda _: Reply(204, delay=60)
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        run_core(lambda core: core.run("OnlineEndpoints_Delete", endpoint_name="e", timeout=0.5))
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("header", ["location", "azure-asyncoperation"])
def test_an_operation_is_not_followed_to_another_host(
    run_core: CoreRunner, server: Server, header: str
) -> None:
    with serving() as other:
        server.script = [Reply(202, None, NOW | {header: f"{other.url}/op"})]
        with pytest.raises(UntrustedUrlError, match="no token was sent"):
            run_core(begin_delete)
        assert other.requests == []


def test_a_task_that_is_cancelled_stops_waiting_at_once(server: Server) -> None:
    server.script = lambda _: Reply(
        202, None, {"location": f"{server.url}/op", "retry-after": "60"}
    )

    async def run(core: Any) -> bool:
        poller = await core.begin("OnlineEndpoints_Delete", endpoint_name="e")
        waiting = asyncio.ensure_future(poller.result(timeout=600))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return bool(poller.done)

    assert CoreRunner("async", server.url)(run) is False


def test_the_limit_is_the_services_own() -> None:
    assert polling.operation_timeout({"x-ms-async-operation-timeout": "PT1H30M"}) == 5400
    assert polling.operation_timeout({"x-ms-async-operation-timeout": "whenever"}) == 3600
    assert polling.operation_timeout({"x-ms-async-operation-timeout": "P99999999999D"}) == 3600
    assert polling.operation_timeout({}) == 3600


def test_pauses_grow_and_are_capped_and_the_services_wish_comes_first() -> None:
    pauses = [polling.poll_delay(n, None) for n in range(50)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (0.1, 15.0)
    assert polling.poll_delay(9, 3.5) == 3.5
    assert polling.poll_delay(9, 0.0) == polling.poll_delay(9, None)


def response(body: Any) -> Response:
    request = Request("PUT", "https://h/r", "id", {})
    return Response(200, {}, json.dumps(body).encode(), request)


@pytest.mark.parametrize("state", ["Creating", "Accepted", "SomethingNew", "unknown"])
def test_a_state_nobody_knows_is_not_an_end(state: str) -> None:
    body = {"properties": {"provisioningState": state}}
    assert (
        polling.read_initial_response("PUT", "https://h/r", None, response(body)).state == "Running"
    )


@pytest.mark.parametrize("body", [None, {}, {"properties": None}, {"properties": {}}, []])
def test_an_absent_state_is_success(body: Any) -> None:
    assert (
        polling.read_initial_response("PUT", "https://h/r", None, response(body)).state
        == "Succeeded"
    )


@pytest.mark.parametrize("body", [None, {}, {"status": 5}, []])
def test_an_operation_without_status_is_not_guessed_at(body: Any) -> None:
    plan = polling.Plan("operation", "https://h/op")
    with pytest.raises(TransportError, match="has no status"):
        polling.read_poll_response(plan, response(body))


def test_looks_at_a_job_grow_apart_politely_and_a_local_end_is_seen_within_a_second() -> None:
    azure = [polling.job_poll_delay(looks, local=False) for looks in range(40)]
    local = [polling.job_poll_delay(looks, local=True) for looks in range(40)]
    assert azure == sorted(azure)
    assert (azure[0], azure[-1]) == (0.5, 10.0)
    assert max(local) == 1.0
