"""Operations by id: requests, lists, errors; threads, forks and event loops."""

import asyncio
import gc
import os
import threading
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import amlrest.aio
import pytest
from amlrest import StaticToken, Workspace
from amlrest._http import auth, calls
from amlrest._http.deadline import Deadline
from amlrest.errors import ResourceNotFoundError, TransportError, UntrustedUrlError, ValidationError
from amlrest_client.operations import OPERATIONS

from tests.facade.core_runner import QUICK, CoreRunner, settings
from tests.facade.scripted_server import ReceivedRequest, Reply, Server, serving
from tests.official import API_VERSION

PAGEABLE = sorted(name for name, operation in OPERATIONS.items() if operation.pageable)
BASE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
FILLED = ("subscription_id", "resource_group_name", "workspace_name", "api_version")


def workspace(server: Server, **options: Any) -> Workspace:
    chosen: dict[str, Any] = {"credential": StaticToken("t"), "retry": QUICK} | options
    return Workspace("s", "g", "w", endpoint=server.url, **chosen)


def required(operation_id: str) -> dict[str, str]:
    parameters = OPERATIONS[operation_id].parameters
    return {p.python_name: "x1" for p in parameters if p.required and p.python_name not in FILLED}


def test_twenty_six_operations_have_pages() -> None:
    assert len(PAGEABLE) == 26


@pytest.mark.parametrize("operation_id", PAGEABLE)
def test_every_list_is_walked_to_its_end(
    run_core: CoreRunner, server: Server, operation_id: str
) -> None:
    pageable = OPERATIONS[operation_id].pageable
    assert pageable is not None

    def script(request: ReceivedRequest) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query).get("page", ["1"])[0])
        page: dict[str, Any] = {pageable.item_name: [{"id": f"{number}-{i}"} for i in range(2)]}
        if number == 2:
            page[pageable.item_name] = []
        if number < 3:
            page["nextLink"] = f"{server.url}/next?page={number + 1}&opaque=%2Bx"
        if pageable.item_name == "nodes":
            page["computeType"] = "AmlCompute"
        return Reply(200, page)

    server.script = script
    items = run_core(lambda core: core.perform(operation_id, **required(operation_id)))
    if pageable.next_link_name:
        assert [item.to_dict()["id"] for item in items] == ["1-0", "1-1", "3-0", "3-1"]
        assert [request.method for request in server.requests[1:]] == ["GET", "GET"]
        assert server.requests[1].path == "/next?page=2&opaque=%2Bx"
    else:
        assert [item.to_dict()["id"] for item in items] == ["1-0", "1-1"]
    assert server.requests[0].method == OPERATIONS[operation_id].method


@pytest.mark.parametrize("page", [{}, {"value": None}, {"value": []}, {"nextLink": ""}])
def test_an_empty_list_has_no_items(
    run_core: CoreRunner, server: Server, page: dict[str, Any]
) -> None:
    server.script = [Reply(200, page)]
    assert run_core(lambda core: core.pages("Jobs_List")) == []


def test_a_list_is_asked_for_when_its_items_are_wanted(server: Server) -> None:
    link = f"{server.url}/next?page=2"
    server.script = [Reply(200, {"value": [{"id": "1"}, {"id": "2"}], "nextLink": link})]
    with workspace(server) as ws:
        jobs = iter(ws.call("Jobs_List"))
        assert server.requests == []
        assert [next(jobs).id, next(jobs).id] == ["1", "2"]
        assert len(server.requests) == 1


def test_a_foreign_next_link_is_refused_after_the_items_before_it(server: Server) -> None:
    with serving() as other, workspace(server) as ws:
        page = {"value": [{"id": "1"}], "nextLink": f"{other.url}/next"}
        server.script = lambda _: Reply(200, page)
        jobs = iter(ws.call("Jobs_List"))
        assert next(jobs).id == "1"
        with pytest.raises(UntrustedUrlError, match="nextLink points to"):
            next(jobs)
        assert other.requests == []


def test_a_list_that_loops_is_given_up(run_core: CoreRunner, server: Server) -> None:
    server.script = lambda _: Reply(200, {"value": [], "nextLink": f"{server.url}/again"})
    with pytest.raises(TransportError, match="does not end") as caught:
        run_core(lambda core: core.pages("Jobs_List"))
    sent = [request.headers["x-ms-client-request-id"] for request in server.requests]
    assert len(set(sent)) == 2
    assert caught.value.request_id == sent[-1]
    assert sent[-1] in str(caught.value)


def test_a_token_that_expires_between_pages_is_no_event(
    run_core: CoreRunner, server: Server
) -> None:
    page = Reply(200, {"value": [{"id": "1"}], "nextLink": f"{server.url}/next"})
    server.script = [page, Reply(401), Reply(503), Reply(200, {"value": [{"id": "2"}]})]
    assert [job["id"] for job in run_core(lambda core: core.pages("Jobs_List"))] == ["1", "2"]


def test_a_long_list_takes_no_more_memory_than_a_short_one(server: Server) -> None:
    many = [{"id": f"job-{i}", "properties": {"jobType": "Command"}} for i in range(100)]

    def script(request: ReceivedRequest) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query).get("page", ["0"])[0])
        more = {"nextLink": f"{server.url}/next?page={number + 1}"} if number < 99 else {}
        return Reply(200, {"value": many, **more})

    server.script = script
    with workspace(server) as ws:
        jobs = iter(ws.call("Jobs_List"))
        for _ in range(200):
            next(jobs)
        server.requests.clear()
        gc.collect()
        tracemalloc.start()
        rest = sum(1 for _ in jobs)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert rest == 9800
    assert peak < 2_000_000


def test_ids_and_version_are_filled_in_and_names_are_pythonic(
    run_core: CoreRunner, server: Server
) -> None:
    server.script = [Reply(200, {"value": []})] * 2
    run_core(lambda core: core.pages("Jobs_List", job_type="Command", skip="a b", tag=None))
    run_core(lambda core: core.pages("Jobs_List", **{"$skip": "a b", "jobType": "Command"}))
    for request in server.requests:
        parts = urlsplit(request.path)
        assert parts.path == f"{BASE}/jobs"
        assert parse_qs(parts.query) == {
            "api-version": [API_VERSION],
            "$skip": ["a b"],
            "jobType": ["Command"],
        }
        assert request.headers["authorization"] == "Bearer t"


def a_value(parameter: Any) -> Any:
    if parameter.enum:
        return parameter.enum[0]
    if parameter.collection:
        return ["x1", "x2"]
    return {"boolean": True, "integer": 3, "number": 1.5}.get(parameter.type, "x1")


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_operation_takes_both_spellings_and_refuses_others(operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    own = [p for p in operation.parameters if p.python_name not in FILLED]
    body: Any = {} if operation.body else None
    snake = {p.python_name: a_value(p) for p in own}
    wire = {p.name: a_value(p) for p in own}
    place = settings("https://host")

    def prepared(given: dict[str, Any], body: Any = body) -> Any:
        request = calls.prepare_call(place, operation_id, body, given).request
        return request.method, request.url, request.content

    assert prepared(snake) == prepared(wire)
    required = {p.python_name for p in own if p.required}
    refused = [{**snake, "colour": "red"}, *({**snake, name: None} for name in required)]
    refused += [{**snake, name: object()} for name in snake]
    for given in refused:
        with pytest.raises(ValidationError, match=operation_id):
            prepared(given)
    if operation.body_required:
        with pytest.raises(ValidationError, match="body"):
            prepared(snake, None)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ((5, None, {}), "unknown operation 5"),
        (("Jobs_Gett", None, {"id": "x"}), "did you mean Jobs_Get"),
        (("nothing like it", None, {}), "unknown operation"),
        (("Jobs_Get", None, {}), "id"),
        (("Jobs_Get", None, {"id": ".."}), "another resource"),
        (("Jobs_Get", None, {"id": ""}), "another resource"),
        (("Jobs_Get", None, {"id": "x", "colour": "red"}), "colour"),
        (("Jobs_Get", None, {"id": 5}), "str"),
        (("Jobs_CreateOrUpdate", None, {"id": "x"}), "body"),
        (("Jobs_Get", {"a": 1}, {"id": "x"}), "body"),
        (("Jobs_CreateOrUpdate", {"a": float("nan")}, {"id": "x"}), "JSON"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_is(
    run_core: CoreRunner, server: Server, call: tuple[str, Any, dict[str, Any]], words: str
) -> None:
    operation_id, body, parameters = call
    with pytest.raises(ValidationError, match=words):
        run_core(lambda core: core.perform(operation_id, body, **parameters))
    assert server.requests == []


def test_a_call_that_is_no_list_cannot_be_listed(run_core: CoreRunner) -> None:
    with pytest.raises(ValidationError, match="not a list"):
        run_core(lambda core: core.pages("Jobs_Get", id="x"))


def test_the_answer_is_the_operations_model(run_core: CoreRunner, server: Server) -> None:
    job = {"id": "/j", "properties": {"jobType": "Command", "command": "true", "new": {"a": [1]}}}
    server.script = [Reply(200, job), Reply(200, b""), Reply(404, {"error": {"code": "NotFound"}})]
    model = run_core(lambda core: core.perform("Jobs_Get", id="x"))
    assert type(model).__name__ == "JobBaseResource"
    assert type(model.properties).__name__ == "CommandJob"
    assert model.to_dict() == job
    assert run_core(lambda core: core.call("Jobs_Cancel", id="x")) is None
    with pytest.raises(ResourceNotFoundError, match="Jobs_Get: NotFound") as caught:
        run_core(lambda core: core.call("Jobs_Get", id="x"))
    assert caught.value.operation_id == "Jobs_Get"


def test_a_post_that_only_reads_is_repeated_and_one_that_acts_is_not(
    run_core: CoreRunner, server: Server
) -> None:
    secrets = {"secretsType": "Sas", "sasToken": "x"}
    server.script = [Reply(reset=True), Reply(200, secrets)]
    assert run_core(lambda core: core.call("Datastores_ListSecrets", name="x")) == secrets
    server.script = [Reply(reset=True), Reply(200)]
    with pytest.raises(TransportError):
        run_core(lambda core: core.call("Jobs_Cancel", id="x"))
    server.script = [Reply(reset=True), Reply(200)]
    assert run_core(lambda core: core.call("Jobs_Cancel", id="x", repeatable=True)) is None


def test_a_deadline_replaces_the_policys_total(run_core: CoreRunner, server: Server) -> None:
    server.script = [Reply(503)] * 20 + [Reply(200, {})]
    assert run_core(lambda core: core.call("Jobs_Get", id="x", deadline=Deadline(30))) == {}
    assert len(server.requests) == 21


def discovery(server: Server, **changes: str) -> dict[str, Reply]:
    urls = {"discoveryUrl": f"{server.url}/discovery", "api": f"{server.url}/regional/"} | changes
    return {
        BASE: Reply(200, {"properties": {"discoveryUrl": urls["discoveryUrl"]}}),
        "/discovery": Reply(200, {"api": urls["api"]}),
        "/history": Reply(200, {"run": 1}),
    }


def test_the_regional_host_is_discovered_once(run_core: CoreRunner, server: Server) -> None:
    replies = discovery(server)
    server.script = lambda request: replies[urlsplit(request.path).path]
    base = run_core(lambda core: core.discover(), lambda core: core.discover())
    assert base == f"{server.url}/regional"
    assert len(server.requests) == 2


def test_another_port_of_this_machine_becomes_trusted_by_discovery_only(
    run_core: CoreRunner, server: Server
) -> None:
    with serving() as regional:
        replies = discovery(server, discoveryUrl=f"{regional.url}/discovery", api=regional.url)
        server.script = regional.script = lambda request: replies[urlsplit(request.path).path]
        history = f"{regional.url}/history"
        with pytest.raises(UntrustedUrlError):
            run_core(lambda core: core.get_json(history))
        result = run_core(
            lambda core: core.discover(), lambda core: core.get_json(history, {"n": 1})
        )
        assert result == {"run": 1}
        assert regional.requests[-1].path == "/history?n=1"


@pytest.mark.parametrize("answer", [{}, {"properties": None}, {"properties": {}}])
def test_a_workspace_without_a_regional_host_says_so(
    run_core: CoreRunner, server: Server, answer: dict[str, Any]
) -> None:
    server.script = [Reply(200, answer)]
    with pytest.raises(TransportError, match="has no regional host"):
        run_core(lambda core: core.discover())


@pytest.mark.parametrize("where", ["discoveryUrl", "api"])
def test_a_regional_host_outside_azure_ml_gets_no_token(
    run_core: CoreRunner, server: Server, where: str
) -> None:
    replies = discovery(server, **{where: "https://evil.example/discovery"})
    server.script = lambda request: replies[urlsplit(request.path).path]
    with pytest.raises(UntrustedUrlError, match=r"evil\.example"):
        run_core(lambda core: core.discover())


def test_many_threads_share_connections_and_one_token(server: Server) -> None:
    class Issuer(StaticToken):
        requests = 0

        def get_token(self, *scopes: str, **kwargs: Any) -> Any:
            Issuer.requests += 1
            time.sleep(0.05)
            return super().get_token(*scopes, **kwargs)

    server.script = lambda request: Reply(200, {"id": request.path})
    with workspace(server, credential=Issuer("t")) as ws, ThreadPoolExecutor(16) as pool:
        jobs = list(pool.map(lambda n: ws.call("Jobs_Get", id=f"job-{n}").id, range(100)))
    assert [str(job).split("/")[-1].partition("?")[0] for job in jobs] == [
        f"job-{n}" for n in range(100)
    ]
    assert Issuer.requests == 1


def test_a_fork_opens_connections_of_its_own(server: Server) -> None:
    server.script = lambda request: Reply(200, {"id": request.path})
    with workspace(server) as ws:
        ws.call("Jobs_Get", id="before")
        parent = ws.core._transport
        # A thread that holds the guard at the time of the fork must not block the child.
        release, held = threading.Event(), threading.Event()

        def hold() -> None:
            with ws.core._lock:
                held.set()
                release.wait()

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait()
        child = os.fork()
        if child == 0:
            good = ws.call("Jobs_Get", id="child").id and ws.core._transport is not parent
            os._exit(0 if good else 1)
        release.set()
        thread.join()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        ws.call("Jobs_Get", id="after")
        assert ws.core._transport is parent


def test_a_fork_makes_a_default_credential_of_its_own(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "default_credential", lambda _: StaticToken(f"of-{os.getpid()}"))
    server.script = lambda request: Reply(200, {"id": request.headers["authorization"]})
    with workspace(server, credential=None) as ws:
        assert ws.call("Jobs_Get", id="x").id == f"Bearer of-{os.getpid()}"
        child = os.fork()
        if child == 0:
            own = ws.call("Jobs_Get", id="x").id == f"Bearer of-{os.getpid()}"
            os._exit(0 if own else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_asyncio_face_may_move_to_another_event_loop(server: Server) -> None:
    server.script = lambda _: Reply(200, {"id": "x"})
    ws = amlrest.aio.Workspace("s", "g", "w", endpoint=server.url, credential=StaticToken("t"))
    assert asyncio.run(ws.call("Jobs_Get", id="x")).id == "x"
    assert asyncio.run(ws.call("Jobs_Get", id="x")).id == "x"
    asyncio.run(ws.close())


def test_an_async_workspace_is_a_context(server: Server) -> None:
    server.script = [Reply(200, {"value": [{"id": "1"}]})]

    async def run() -> list[Any]:
        options: dict[str, Any] = {"endpoint": server.url, "credential": StaticToken("t")}
        async with amlrest.aio.Workspace("s", "g", "w", **options) as ws:
            return [quota.id async for quota in await ws.call("Quotas_List", location="x")]

    assert asyncio.run(run()) == ["1"]


def test_a_noun_that_is_not_there_is_an_attribute_error(server: Server) -> None:
    with workspace(server) as ws:
        assert not hasattr(ws, "jbos")
        assert {"jobs", "computes", "call"} <= set(dir(ws))
