"""Lists: read page by page, shown as tables, narrowed to a class."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import amlrest.aio
import pytest
from amlrest import AmlCompute, CommandJob, Compute, Job, StaticToken, SweepJob, Workspace
from amlrest.errors import ServiceError, TransportError, ValidationError

from tests import official
from tests.facade.core_runner import QUICK
from tests.facade.scripted_server import ReceivedRequest, Reply, Server
from tests.facade.test_notebook import Cells

ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
PAGE, TOTAL = 8, 50


def job(number: int) -> dict[str, Any]:
    kind = "Sweep" if number % 2 else "Command"
    studio = {"Studio": {"endpoint": f"https://ml.azure.com/runs/job-{number}"}}
    properties = {"jobType": kind, "command": "c", "status": "<i>", "interactionEndpoints": studio}
    return {"id": f"{ID}/jobs/job-{number}", "name": f"job-{number}", "properties": properties}


def page(request: ReceivedRequest) -> Reply:
    """Eight jobs and a link to the next ones, until there are fifty."""
    start = int((re.findall(r"skip=(\d+)", request.path) or ["0"])[0])
    body: dict[str, Any] = {"value": [job(n) for n in range(start, min(start + PAGE, TOTAL))]}
    if start + PAGE < TOTAL:
        body["nextLink"] = request.path.split("&$skip")[0] + f"&$skip={start + PAGE}"
    return Reply(200, body)


@pytest.fixture
def jobs_server(server: Server) -> Server:
    server.script = page
    return server


def options(server: Server) -> dict[str, Any]:
    names = {"subscription_id": "s", "resource_group": "g", "name": "w"}
    credential = StaticToken("t")
    return names | {"endpoint": server.url, "credential": credential, "retry": QUICK}


def names(found: Any) -> list[str]:
    return [each.name for each in found]


ALL = [f"job-{n}" for n in range(TOTAL)]


def test_a_table_reads_no_further_than_it_shows_and_loses_nothing(jobs_server: Server) -> None:
    with Workspace(**options(jobs_server)) as ws:
        found = ws.jobs.list()
        assert jobs_server.requests == []
        first = next(found)
        html = found._repr_html_() or ""
        assert html == found._repr_html_()
        assert len(jobs_server.requests) == 3  # 1 + 21 jobs on pages of 8
        assert "job-20" in html
        assert "job-21" not in html
        assert "more follow" in html
        assert [first.name, *names(found)] == ALL
        assert "nothing found" in str(found._repr_html_())


def test_a_table_of_a_short_list_says_that_it_is_whole(jobs_server: Server) -> None:
    with Workspace(**options(jobs_server)) as ws:
        found = ws.jobs.list().to_list()
        assert names(found) == ALL
        shown = Cells(found._repr_html_())
        assert "… 30 more of 50" in found._repr_html_()
        assert "i" not in shown.tags
        assert shown.links == [f"https://ml.azure.com/runs/job-{n}" for n in range(20)]
        few = ws.jobs.list().to_list(limit=3)
        assert names(few) == ALL[:3]
        assert "more" not in few._repr_html_()
        assert Cells(few._repr_html_()).cells[:3] == ["name", "job type", "status"]
        assert ws.jobs.list().to_list(limit=0) == []


def test_an_error_while_it_is_shown_is_raised_again_where_the_list_would_seem_to_end(
    server: Server,
) -> None:
    def answer(request: ReceivedRequest) -> Reply:
        broken = Reply(403, {"error": {"code": "Forbidden", "message": "no"}})
        return broken if "skip" in request.path else page(request)

    server.script = answer
    with Workspace(**options(server)) as ws:
        found = ws.jobs.list()
        for _ in range(2):
            with pytest.raises(ServiceError, match="Forbidden"):
                found._repr_html_()
        assert [next(found).name for _ in range(PAGE)] == ALL[:PAGE]
        for read in (found.to_list, lambda: next(found)):
            with pytest.raises(ServiceError, match="Forbidden"):
                read()


def test_an_interrupted_table_does_not_look_like_the_whole_list(jobs_server: Server) -> None:
    def interrupted(request: ReceivedRequest) -> Reply:
        if "skip" in request.path:
            os.kill(os.getpid(), signal.SIGINT)
        return page(request)

    jobs_server.script = interrupted
    with Workspace(**options(jobs_server)) as ws:
        found = ws.jobs.list()
        with pytest.raises(KeyboardInterrupt):
            found._repr_html_()
        with pytest.raises(TransportError, match="request it again"):
            found.to_list()


def test_with_asyncio_a_list_is_awaited_before_it_is_shown(jobs_server: Server) -> None:
    async def run() -> None:
        async with amlrest.aio.Workspace(**options(jobs_server)) as ws:
            found = ws.jobs.list()
            assert found._repr_html_() is None
            assert "to_list()" in repr(found)
            assert jobs_server.requests == []
            first = await anext(found)
            rest = await found.to_list()
            assert [first.name, *names(rest)] == ALL
            assert "… 29 more of 49" in rest._repr_html_()
            assert names([each async for each in ws.jobs.list()]) == ALL
            closed = ws.jobs.list()
            await anext(closed)
            await closed.aclose()
            assert [each async for each in closed] == []

    asyncio.run(run())


def test_a_list_is_narrowed_to_a_class_by_the_service_and_here(jobs_server: Server) -> None:
    with Workspace(**options(jobs_server)) as ws:
        sweeps = list(ws.jobs.list(SweepJob))
        assert names(sweeps) == ALL[1::2]
        assert {type(each) for each in sweeps} == {SweepJob}
        assert all("jobType=Sweep" in path for path in jobs_server.paths())
        assert names(ws.jobs.list(Job)) == ALL
        assert "jobType" not in jobs_server.paths()[-1]


@pytest.mark.parametrize("kind", ["SweepJob", SweepJob.__mro__, int, CommandJob(command="c")])
def test_a_kind_that_is_not_a_class_of_resources_is_refused(kind: Any, server: Server) -> None:
    with Workspace(**options(server)) as ws:
        for call in (ws.jobs.list, lambda kind: ws.jobs.get("x", kind)):
            with pytest.raises(ValidationError, match="is not a class of resources"):
                call(kind)
    assert server.requests == []


def test_another_class_than_the_wanted_one_is_an_error(server: Server) -> None:
    done = job(0)
    done["properties"]["status"] = "Completed"
    server.script = lambda _: Reply(200, done)
    with Workspace(**options(server)) as ws:
        assert isinstance(ws.jobs.get("job-0", CommandJob), CommandJob)
        assert isinstance(ws.jobs.wait("job-0", Job), CommandJob)
        for method in (ws.jobs.get, ws.jobs.wait):
            with pytest.raises(ValidationError, match="'job-0' is not SweepJob but CommandJob"):
                method("job-0", SweepJob)


def test_computes_and_datastores_are_narrowed_too(ws: Any) -> None:
    assert isinstance(ws.computes.get("cpu-cluster", AmlCompute), AmlCompute)
    assert "cpu-cluster" in names(ws.computes.list(AmlCompute))
    assert "cpu-cluster" not in names(ws.computes.list(amlrest.ComputeInstance))
    default = ws.datastores.get_default()
    assert ws.datastores.get(default.name, amlrest.AzureBlobDatastore) == default
    assert default in ws.datastores.list(amlrest.AzureBlobDatastore)
    with pytest.raises(ValidationError, match="use kind=AzureBlobDatastore"):
        ws.datastores.get(default.name, amlrest.AzureFileDatastore)
    with pytest.raises(ValidationError, match="'cpu-cluster' is not ComputeInstance"):
        ws.computes.get("cpu-cluster", amlrest.ComputeInstance)
    assert isinstance(ws.computes.get("cpu-cluster"), Compute)


TYPES = """
from typing import assert_type
import amlrest.aio
from amlrest import (
    AmlCompute, AzureBlobDatastore, CommandJob, Compute, Datastore, Job, ManagedOnlineDeployment,
    OnlineDeployment, SweepJob, Workspace,
)

def blocking(ws: Workspace, command: CommandJob, sweep: SweepJob, job: Job) -> None:
    assert_type(ws.jobs.submit(command), CommandJob)
    assert_type(ws.jobs.wait(ws.jobs.submit(sweep), timeout=3), SweepJob)
    assert_type(ws.jobs.wait("x"), Job)
    assert_type(ws.jobs.wait("x", SweepJob, on_status=print), SweepJob)
    assert_type(ws.jobs.get("x"), Job)
    assert_type(ws.jobs.get("x", kind=SweepJob), SweepJob)
    assert_type(ws.jobs.get(command), CommandJob)
    assert_type(ws.jobs.get(job), Job)
    assert_type(ws.jobs.get(job, CommandJob), CommandJob)
    assert_type(next(ws.jobs.list()), Job)
    assert_type(list(ws.jobs.list(SweepJob, status="Completed")), list[SweepJob])
    assert_type(ws.jobs.list(kind=SweepJob).to_list()[0], SweepJob)
    assert_type(ws.jobs.update(sweep), SweepJob)
    assert_type(ws.computes.get("x"), Compute)
    assert_type(ws.computes.get("x", AmlCompute), AmlCompute)
    assert_type(ws.computes.create_or_update(AmlCompute("x")), AmlCompute)
    assert_type(next(ws.computes.list(AmlCompute)), AmlCompute)
    assert_type(ws.datastores.get("x"), Datastore)
    assert_type(ws.datastores.get("x", AzureBlobDatastore), AzureBlobDatastore)
    assert_type(next(ws.datastores.list(AzureBlobDatastore)), AzureBlobDatastore)
    assert_type(next(ws.online_deployments.list("e")), OnlineDeployment)
    assert_type(
        ws.online_deployments.get("e", "x", ManagedOnlineDeployment), ManagedOnlineDeployment
    )

async def with_asyncio(ws: amlrest.aio.Workspace, command: CommandJob) -> None:
    assert_type(await ws.jobs.wait(await ws.jobs.submit(command)), CommandJob)
    assert_type(await ws.jobs.get("x", SweepJob), SweepJob)
    assert_type([each async for each in ws.jobs.list(SweepJob)], list[SweepJob])
    assert_type((await ws.computes.list(AmlCompute).to_list())[0], AmlCompute)

def refused(ws: Workspace) -> None:
    ws.computes.get("x", SweepJob)  # type: ignore[type-var]
    ws.jobs.list(AmlCompute)  # type: ignore[type-var]
    ws.jobs.wait("x", SweepJob, timeuot=3)  # type: ignore[call-overload]
"""


@pytest.mark.slow
def test_types_follow_the_class_that_is_passed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(TYPES)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(script)],
        cwd=official.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
