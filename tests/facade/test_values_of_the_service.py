"""Values that the service writes in several ways, and answers that are none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from amlrest import CommandJob, Environment, RetryPolicy
from amlrest._wire import from_wire
from amlrest.errors import (
    BadRequestError,
    JobFailedError,
    ResourceNotFoundError,
    UnreadableResponseError,
)

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import Reply, Server

W = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
SOON = RetryPolicy(attempts=2, total=0.3, base=0.01, longest=0.02)
PAGE = Reply(200, b"<html>sign in</html>", {"content-type": "text/html"})
EMPTY = Reply(200, b"")


@pytest.fixture(params=APIS)
def workspace(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    """A workspace of either api at the scripted server, which gives up soon."""
    with open_workspace(request.param, server_at(server.url), retry=SOON) as opened:
        yield opened


def job(status: str) -> Reply:
    return Reply(200, {"id": f"{W}/jobs/j", "properties": {"jobType": "Command", "status": status}})


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-03-09T00:21:55", datetime(2023, 3, 9, 0, 21, 55, tzinfo=UTC)),
        ("2023-03-09T00:21:55Z", datetime(2023, 3, 9, 0, 21, 55, tzinfo=UTC)),
        ("2023-03-09T00:21:55.6835", datetime(2023, 3, 9, 0, 21, 55, 683500, tzinfo=UTC)),
        ("2023-03-09T00:21:55.68355Z", datetime(2023, 3, 9, 0, 21, 55, 683550, tzinfo=UTC)),
        ("2023-03-09T00:21:55.683557+00:00", datetime(2023, 3, 9, 0, 21, 55, 683557, tzinfo=UTC)),
        ("2023-03-09T02:21:55.6835571+02:00", datetime(2023, 3, 9, 0, 21, 55, 683557, tzinfo=UTC)),
    ],
)
def test_times_have_four_to_seven_digits_and_are_utc_without_a_zone(
    text: str, moment: datetime
) -> None:
    found = from_wire(Environment, {"systemData": {"createdAt": text}}).created_at
    assert found == moment
    assert found is not None
    assert found.tzinfo is not None


@pytest.mark.parametrize("status", ["completed", "COMPLETED", "Completed"])
def test_the_status_of_a_job_is_compared_without_case(
    workspace: Any, server: Server, status: str
) -> None:
    server.script = [job("running"), job(status)]
    done = workspace.jobs.wait("j", poll_interval=0.01)
    assert done.status == "Completed"
    assert done.is_finished


def test_a_job_that_failed_in_another_spelling_has_failed(workspace: Any, server: Server) -> None:
    server.script = lambda request: job("failed") if "/jobs/" in request.path else Reply(404)
    with pytest.raises(JobFailedError, match="ended as Failed"):
        workspace.jobs.wait("j")


@pytest.mark.parametrize("answer", [PAGE, EMPTY])
def test_a_success_that_is_no_answer_is_not_asked_for_without_end(
    workspace: Any, server: Server, answer: Reply
) -> None:
    server.script = lambda _: answer
    with pytest.raises(UnreadableResponseError):
        workspace.jobs.get("j")
    assert len(server.requests) == SOON.attempts


@pytest.mark.parametrize("answer", [PAGE, EMPTY])
def test_a_wait_ends_when_answers_stay_unreadable(
    workspace: Any, server: Server, answer: Reply
) -> None:
    replies = [job("Running"), job("Running")]
    server.script = lambda _: replies.pop() if replies else answer
    with pytest.raises(UnreadableResponseError):
        workspace.jobs.wait("j", poll_interval=0.05)


def test_a_wait_goes_on_after_one_unreadable_answer(workspace: Any, server: Server) -> None:
    server.script = [job("Running"), PAGE, PAGE, job("Running"), PAGE, job("Completed")]
    assert workspace.jobs.wait("j", poll_interval=0.01).status == "Completed"


@pytest.mark.parametrize("status", [200, 201, 202, 203, 204])
def test_any_success_is_one_also_where_the_document_has_another(
    workspace: Any, server: Server, status: int
) -> None:
    body = None if status == 204 else job("Canceled").body
    server.script = [Reply(status, body), Reply(status)]
    workspace.jobs.cancel("j")
    workspace.environments.delete("e", 1)
    assert [each.method for each in server.requests] == ["POST", "DELETE"]


def test_a_bad_gateway_on_put_is_sent_again(workspace: Any, server: Server) -> None:
    error = {"error": {"code": "BadGatewayConnection", "message": "The network connectivity issue"}}
    path = f"{W}/jobs/j"
    replies = [Reply(404, {}), Reply(200, {"id": f"{W}/computes/c"}), Reply(502, error)]
    done = Reply(201, {"id": path, "properties": {"jobType": "Command", "command": "true"}})

    def script(request: Any) -> Reply:
        if request.method == "GET":
            return replies[0] if "/jobs/" in request.path else replies[1]
        return replies.pop() if len(replies) == 3 else done

    server.script = script
    made = workspace.jobs.submit(
        CommandJob(
            name="j", command="true", compute="c", environment=f"{W}/environments/e/versions/1"
        )
    )
    assert made.created
    assert [each.method for each in server.requests].count("PUT") == 2


TERMINAL = {
    "code": "UserError",
    "message": "The run j is in terminal status, it can't be canceled.",
    "additionalInfo": [
        {
            "type": "InnerError",
            "info": {
                "value": {
                    "code": "BadArgument",
                    "innerError": {"code": "ArgumentInvalid", "innerError": None},
                }
            },
        }
    ],
}


def test_a_job_that_a_lost_response_has_canceled_is_canceled(
    workspace: Any, server: Server
) -> None:
    lost = Reply(504, b"<html>504</html>", {"content-type": "text/html"})
    server.script = [lost, Reply(400, {"error": TERMINAL}), job("Canceled")]
    assert workspace.jobs.cancel("j") is False
    assert [each.method for each in server.requests] == ["POST", "POST", "GET"]


def test_cancel_of_a_job_that_has_ended_otherwise_says_so(workspace: Any, server: Server) -> None:
    server.script = [Reply(400, {"error": TERMINAL}), job("Completed")]
    with pytest.raises(BadRequestError, match="terminal status") as caught:
        workspace.jobs.cancel("j")
    assert caught.value.inner_codes == ["BadArgument", "ArgumentInvalid"]
    assert caught.value.__notes__ == ["job j is Completed"]


def test_what_was_not_there_to_delete(workspace: Any, server: Server) -> None:
    """Some kinds answer 204, others 404; a workspace that does not exist is an error."""
    gone = Reply(404, {"error": {"code": "ResourceNotFound", "message": "not there"}})
    server.script = [gone, Reply(200, {"id": W})]
    assert workspace.computes.delete("c") is False
    server.script = [gone, gone]
    with pytest.raises(ResourceNotFoundError, match="not there"):
        workspace.computes.delete("c")
    server.script = [Reply(202, None, {"location": f"{server.url}/result"}), gone]
    with pytest.raises(ResourceNotFoundError, match="not there"):
        workspace.computes.delete("c")


def test_a_gateway_page_on_cancel_is_sent_again(workspace: Any, server: Server) -> None:
    server.script = [Reply(504, b"<html>504</html>", {"content-type": "text/html"}), Reply(200)]
    workspace.jobs.cancel("j")
    assert len(server.requests) == 2
