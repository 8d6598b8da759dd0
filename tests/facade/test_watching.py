"""Waiting for and streaming a job, with unusual responses of the service."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from amlrest._async import job_watch as async_job_watch
from amlrest._async.jobs import Jobs as AsyncJobs
from amlrest._http import retry
from amlrest._http.auth import AccessToken
from amlrest._http.polling import PollErrorPolicy
from amlrest._sync import job_watch
from amlrest._sync.core import Core
from amlrest._sync.jobs import Jobs
from amlrest.errors import (
    AuthenticationError,
    DeadlineError,
    JobFailedError,
    ServerError,
    TransportError,
)

from tests.facade.core_runner import QUICK, CoreRunner
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

BOOM = {"error": {"code": "UserError", "message": "no such file"}}
SOON = {"poll_interval": 0.001}


def jobs(core: Any) -> Any:
    return (Jobs if isinstance(core, Core) else AsyncJobs)(core)


def wait(**options: Any) -> Callable[[Any], Any]:
    return lambda core: jobs(core).wait("j", **(SOON | options))


def stream(**options: Any) -> Callable[[Any], Any]:
    return lambda core: jobs(core).stream("j", **(SOON | options))


def at(status: Any) -> Reply:
    return Reply(200, {"name": "j", "id": "/j", "properties": {"status": status}})


class Service:
    """One job with its run history.

    Args:
        looks: what asking for the job is answered, one after the other; the last one stays.
        logs: the content of each log.
        details: what the run history says of the job, beside the logs; or another answer.
    """

    def __init__(
        self, *looks: Reply, logs: dict[str, bytes] | None = None, details: Any = None
    ) -> None:
        self.looks = list(looks)
        self.logs = logs or {}
        self.details = details
        self.faults: dict[str, list[Reply]] = {}

    def __call__(self, request: ReceivedRequest) -> Reply:
        path, host = request.path.partition("?")[0], f"http://{request.headers['host']}"
        name = path.rpartition("/")[2]
        if "/jobs/" in path:
            return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        if name in self.logs:
            return self._log(name, request)
        if path == "/discovery":
            return Reply(200, {"api": host})
        if not path.startswith("/history/"):
            return Reply(200, {"properties": {"discoveryUrl": f"{host}/discovery"}})
        if isinstance(self.details, Reply):
            return self.details
        logs = {name: f"{host}/{name}" for name in self.logs}
        return Reply(200, {"logFiles": logs, **(self.details or {})})

    def _log(self, name: str, request: ReceivedRequest) -> Reply:
        if self.faults.get(name):
            return self.faults[name].pop(0)
        asked = request.headers.get("range", "bytes=0-").removeprefix("bytes=")
        start = int(asked.partition("-")[0])
        return Reply(206 if start else 200, self.logs[name][start:])


def test_only_the_three_ends_are_ends_and_a_missing_status_is_none(
    run_core: CoreRunner, server: Server
) -> None:
    reported: list[str] = []
    states: tuple[Any, ...] = ("Running", None, "NotResponding", {}, "completed?", "Completed")
    server.script = Service(*map(at, states[:3]), Reply(200, {}), *map(at, states[3:]))
    assert run_core(wait(on_status=reported.append)).status == "Completed"
    assert reported == ["Running", "NotResponding", "completed?", "Completed"]


@pytest.mark.slow
def test_a_wait_asks_no_sooner_than_it_was_asked_to(run_core: CoreRunner, server: Server) -> None:
    server.script = Service(at("Running"), Reply(429, None, {"retry-after": "1"}), at("Completed"))
    started = time.monotonic()
    run_core.but(retry=QUICK._replace(total=0.5))(wait())
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("timeout", [None, 600])
def test_a_host_that_was_never_there_is_not_waited_for(
    run_core: CoreRunner, server: Server, timeout: float | None
) -> None:
    nowhere = CoreRunner(run_core.kind, "http://127.0.0.1:9", retry=QUICK._replace(total=0.5))
    with pytest.raises(TransportError, match="received no response"):
        nowhere(wait(timeout=timeout))
    server.script = lambda _: Reply(503)
    with pytest.raises(ServerError):
        run_core.but(retry=QUICK._replace(total=0.5))(wait(timeout=timeout))


def test_a_job_that_was_submitted_is_waited_for_through_an_outage(
    run_core: CoreRunner, server: Server
) -> None:
    server.script = Service(at("Running"))
    job = run_core(lambda core: jobs(core).get("j"))
    server.script = Service(*[Reply(503)] * 30, at("Completed"))
    assert run_core(lambda core: jobs(core).wait(job, **SOON)).status == "Completed"


@pytest.mark.slow
def test_an_outage_is_warned_of_once(
    run_core: CoreRunner, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    outage = [Reply(503)] * 30
    server.script = Service(at("Running"), *outage, at("Running"), *outage, at("Completed"))
    assert run_core(wait()).status == "Completed"
    warned = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert len(warned) == 2
    assert all(text.startswith("job j cannot be read now") for text in warned)


def test_a_host_that_is_gone_for_an_hour_is_no_longer_waited_for() -> None:
    policy, lost = PollErrorPolicy(seen=True, total=120, outage=3600), ServerError(503)
    assert policy.tolerates(lost, 100)
    assert policy.tolerates(lost, 3699)
    assert not policy.is_gone(3699)
    assert not policy.tolerates(lost, 3700)
    assert policy.is_gone(3700)
    policy.reset()
    assert policy.tolerates(lost, 9000)
    assert not policy.is_gone(9000)


def test_the_end_of_a_wait_for_a_host_that_is_gone_says_that_the_job_continues(
    run_core: CoreRunner, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for watch in (job_watch, async_job_watch):
        monkeypatch.setattr(watch, "_LOCAL_OUTAGE", 0.0)
    server.script = Service(at("Running"), *[Reply(503)] * 60)
    with pytest.raises(ServerError) as caught:
        run_core(wait())
    assert caught.value.__notes__ == ["job j may still be running; it can be waited for again"]


class Flaky:
    """A credential that has no token for a number of times, after it has given one."""

    def __init__(self, failures: int) -> None:
        self.requests, self.failures = 0, failures

    def get_token(self, *_: str, **__: Any) -> AccessToken:
        self.requests += 1
        if 1 < self.requests <= self.failures + 1:
            raise OSError("the network is away")
        return AccessToken(f"token-{self.requests}", int(time.time()) + 3600)


def test_a_credential_that_fails_for_a_while_does_not_end_a_wait(
    run_core: CoreRunner, server: Server
) -> None:
    service = Service(at("Running"), at("Completed"))

    def script(request: ReceivedRequest) -> Reply:
        refused = request.headers["authorization"] == "Bearer token-1" and len(service.looks) == 1
        return Reply(401) if refused else service(request)

    server.script = script
    assert run_core.but(credential=Flaky(5))(wait()).status == "Completed"
    service.looks = [at("Running"), at("Completed")]
    impatient = QUICK._replace(total=0.2)
    with pytest.raises(AuthenticationError, match="the network is away"):
        run_core.but(credential=Flaky(10**9), retry=impatient)(wait())


def test_what_the_job_says_went_wrong_does_not_need_its_log(
    run_core: CoreRunner, server: Server
) -> None:
    service = Service(at("Failed"), logs={"std_log.txt": b"the end"}, details={"error": BOOM})
    service.faults["std_log.txt"] = [Reply(403)]
    server.script = service
    with pytest.raises(JobFailedError, match="no such file") as caught:
        run_core(wait())
    assert caught.value.error == BOOM
    assert caught.value.log_tail == ""


def test_what_the_log_says_too_is_said_once(run_core: CoreRunner, server: Server) -> None:
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: no column'
    error = {"error": {"message": f"exit code 1.\n{trace}"}}
    log = f"starting\n{trace}\n".encode()
    server.script = Service(at("Failed"), logs={"std_log.txt": log}, details={"error": error})
    with pytest.raises(JobFailedError) as caught:
        run_core(wait())
    end = f"starting\n{trace}"
    assert str(caught.value) == f"job j ended as Failed: exit code 1.\nEnd of its log:\n{end}"
    assert caught.value.error == error
    error["error"]["message"] = trace
    server.script = Service(at("Failed"), logs={"std_log.txt": log}, details={"error": error})
    with pytest.raises(JobFailedError, match=r"^job j ended as Failed\nEnd of its log:"):
        run_core(wait())


@pytest.mark.parametrize(
    "details",
    [
        {"logFiles": None},
        {"logFiles": ["std_log.txt"]},
        {"logFiles": {"std_log.txt": None}},
        Reply(404, {"error": {"code": "RunNotFound"}}),
        Reply(200, []),
    ],
    ids=str,
)
def test_a_run_history_without_logs_changes_nothing_about_the_end(
    run_core: CoreRunner, server: Server, details: Any
) -> None:
    server.script = Service(at("Failed"), details=details)
    with pytest.raises(JobFailedError, match="ended as Failed"):
        run_core(wait())
    assert [event.text for event in run_core(stream())] == ["Failed"]


def test_no_line_is_lost_where_another_log_cannot_be_read(
    run_core: CoreRunner, server: Server
) -> None:
    logs = {f"std_log_{n}.txt": b"first\nsecond\nthird" for n in "ab"}
    service = Service(*[at("Running")] * 3, at("Completed"), logs=logs)
    service.faults["std_log_b.txt"] = [Reply(403)] * 2
    server.script = service
    events = run_core(stream())
    for name in logs:
        lines = [event.text for event in events if event.source == name]
        assert lines == ["first", "second", "third"]


def test_a_stream_that_misses_lines_says_so_at_its_end(
    run_core: CoreRunner, server: Server
) -> None:
    service = Service(at("Running"), at("Completed"), logs={"std_log.txt": b"a"})
    service.faults["std_log.txt"] = [Reply(403)] * 9
    server.script = service
    reported: list[str] = []

    def streaming(core: Any) -> Any:
        return append_all(jobs(core).stream("j", **SOON), reported)

    with pytest.raises(TransportError, match=r"ended as Completed, but its log .*HTTP 403"):
        run_core(streaming)
    assert reported == ["Running", "Completed"]


def append_all(events: Any, reported: list[str]) -> Any:
    if hasattr(events, "__aiter__"):
        return _append_all(events, reported)
    return reported.extend(event.text for event in events)


async def _append_all(events: Any, reported: list[str]) -> None:
    async for event in events:
        reported.append(event.text)  # noqa: PERF401 - what came before the error counts


def test_logs_that_do_not_come_do_not_outlast_the_deadline(
    run_core: CoreRunner, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "_SHORTEST_ATTEMPT", 0.2)
    service = Service(at("Running"), logs={"std_log.txt": b"a"})
    service.faults["std_log.txt"] = [Reply(200, b"a", delay=60)] * 9
    server.script = service
    started = time.monotonic()
    with pytest.raises(DeadlineError):
        run_core(stream(timeout=0.5))
    assert time.monotonic() - started < 30
