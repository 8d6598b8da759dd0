"""Submission with a lost response: the job is found and not submitted twice."""

from typing import Any

import pytest
from amlrest import CommandJob
from amlrest._async.jobs import Jobs as AsyncJobs
from amlrest._sync.core import Core
from amlrest._sync.jobs import Jobs
from amlrest.errors import ServerError

from tests.facade.core_runner import CoreRunner
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

HERE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/"
JOB = CommandJob(
    command="true",
    compute=f"{HERE}computes/c",
    environment=f"{HERE}environments/e/versions/1",
    timeout=7200,
)


def submit(core: Any) -> Any:
    return (Jobs if isinstance(core, Core) else AsyncJobs)(core).submit(JOB)


def accepting(jobs: dict[str, Any], answer: Reply | None = None) -> Any:
    """A service that takes jobs but whose answers to that are lost; then answers a GET."""

    def script(request: ReceivedRequest) -> Reply:
        name = request.path.partition("?")[0].rpartition("/")[2]
        if request.method == "PUT":
            jobs[name] = request.json
            jobs[name]["properties"]["timeout"] = "PT2H"
            return Reply(504)
        return answer or Reply(200, {"name": name, "id": f"{HERE}jobs/{name}", **jobs[name]})

    return script


def test_a_job_that_was_accepted_without_an_answer_is_that_job(
    run_core: CoreRunner, server: Server
) -> None:
    jobs: dict[str, Any] = {}
    server.script = accepting(jobs)
    job = run_core(submit)
    assert [job.name] == list(jobs)
    assert job.created is True


def test_a_job_that_was_not_accepted_is_an_error(run_core: CoreRunner, server: Server) -> None:
    server.script = accepting({}, Reply(404, {"error": {"code": "NotFound"}}))
    with pytest.raises(ServerError) as caught:
        run_core(submit)
    assert not hasattr(caught.value, "__notes__")


def test_a_job_of_which_nothing_can_be_known_is_named_in_the_error(
    run_core: CoreRunner, server: Server
) -> None:
    jobs: dict[str, Any] = {}
    server.script = accepting(jobs, Reply(403))
    with pytest.raises(ServerError) as caught:
        run_core(submit)
    assert next(iter(jobs)) in caught.value.__notes__[0]
