"""Progress of waits and transfers: in notebooks, and where it is asked for."""

import asyncio
import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import amlrest.aio
import pytest
from amlrest import CommandJob, Environment, StaticToken
from amlrest._advice import in_notebook
from amlrest._files.transfer import Progress
from amlrest._progress import shown_transfers
from amlrest._progress.display import View
from amlrest._progress.jobs import JobProgress
from amlrest.errors import JobFailedError
from amlrest.resources.any_job import read_job
from amlrest.resources.results import TrialRun

from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

SHELL = Environment(name="shell", image="ubuntu:22.04")


class Kernel(ModuleType):
    """Stands for IPython in the kernel of a notebook."""

    def __init__(self) -> None:
        super().__init__("IPython")
        self.outputs: list[list[dict[str, str]]] = []
        self.shell: Any = SimpleNamespace(kernel=object())
        self.display = SimpleNamespace(display=self.add)

    def get_ipython(self) -> Any:
        return self.shell

    def add(self, content: dict[str, str], *, raw: bool, display_id: bool) -> Any:
        assert (raw, display_id) == (True, True)
        output = [content]
        self.outputs.append(output)
        return SimpleNamespace(update=lambda content, raw: output.append(content))


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Kernel:
    found = Kernel()
    monkeypatch.setitem(sys.modules, "IPython", found)
    return found


def job(status: str) -> dict[str, Any]:
    properties = {"jobType": "Command", "command": "c", "status": status}
    return {"id": "/subscriptions/s/jobs/j1", "name": "j1", "properties": properties}


@pytest.fixture(params=APIS)
def waited(request: pytest.FixtureRequest, server: Server) -> Any:
    """A function that waits for a job, which is Running twice and then Completed."""
    left = ["Running", "Running", "Completed"]

    def answer(received: ReceivedRequest) -> Reply:
        return Reply(200, job(left.pop(0))) if "/jobs/j1" in received.path and left else Reply(404)

    server.script = answer

    def wait(**options: Any) -> Any:
        with open_workspace(request.param, server_at(server.url)) as ws:
            return ws.jobs.wait("j1", poll_interval=0.01, **options)

    return wait


def texts(output: list[dict[str, str]]) -> list[str]:
    return [each["text/plain"].partition(",")[0] for each in output]


def test_nothing_is_printed_without_being_asked(
    waited: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    assert waited().status == "Completed"
    assert capfd.readouterr() == ("", "")


def test_outside_of_a_notebook_each_status_is_a_line_when_asked(
    waited: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    waited(progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert [line.partition(",")[0] for line in err.splitlines()] == ["j1: Running", "j1: Completed"]


def test_in_a_notebook_one_output_is_replaced(
    waited: Any, kernel: Kernel, capfd: pytest.CaptureFixture[str]
) -> None:
    waited()
    (output,) = kernel.outputs
    assert list(dict.fromkeys(texts(output))) == ["j1: Running", "j1: Completed"]
    assert all(each["text/html"].startswith("<p><b>j1</b> ") for each in output)
    assert capfd.readouterr() == ("", "")


def test_what_the_caller_shows_is_not_shown_twice(waited: Any, kernel: Kernel) -> None:
    statuses: list[str] = []
    waited(on_status=statuses.append)
    assert (statuses, kernel.outputs) == (["Running", "Completed"], [])


def test_progress_can_be_switched_off_in_a_notebook(waited: Any, kernel: Kernel) -> None:
    waited(progress=False)
    assert kernel.outputs == []


def test_ipython_on_a_terminal_is_no_notebook(kernel: Kernel) -> None:
    assert in_notebook()
    kernel.shell = SimpleNamespace()
    assert not in_notebook()
    kernel.shell = None
    assert not in_notebook()


def test_an_interrupted_wait_says_how_to_go_on(waited: Any) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        waited(on_status=interrupt)
    assert "jobs.wait('j1')" in caught.value.__notes__[0]


def test_a_canceled_wait_says_how_to_go_on(server: Server) -> None:
    server.script = lambda _: Reply(200, job("Running"))

    async def run() -> asyncio.CancelledError:
        names: dict[str, Any] = {"subscription_id": "s", "resource_group": "g", "name": "w"}
        async with amlrest.aio.Workspace(
            **names, endpoint=server.url, credential=StaticToken("t")
        ) as ws:
            running = asyncio.Event()
            waiting = asyncio.ensure_future(
                ws.jobs.wait("j1", on_status=lambda _: running.set(), poll_interval=30)
            )
            await running.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await waiting
            return caught.value

    assert "jobs.cancel('j1')" in asyncio.run(run()).__notes__[0]


class Shown(list[View]):
    """Keeps what a display is told to show."""

    def show(self, view: View) -> None:
        self.append(view)


def sweep(status: str) -> Any:
    raw = {
        "id": "/subscriptions/s/jobs/s",
        "name": "s",
        "properties": {
            "jobType": "Sweep",
            "status": status,
            "maxTotalTrials": 3,
            "objective": {"primaryMetric": "loss", "goal": "Minimize"},
            "searchSpace": {"--rate": ["uniform", [0, 1]]},
            "interactionEndpoints": {"Studio": {"endpoint": "https://ml.azure.com/runs/s"}},
        },
    }
    return read_job(raw)


def test_a_sweep_shows_its_trials_and_the_best() -> None:
    display = Shown()
    progress = JobProgress(display, "s")
    progress.see(sweep("Running"))
    assert (progress.needs_trials, progress.needs_log) == (True, False)
    progress.see_trials(
        [
            TrialRun("s_0", "Completed", {"rate": "0.5"}, {"loss": 2.0}),
            TrialRun("s_1", "Failed", {"rate": "<b>"}),
            TrialRun("s_2", "Running", {"rate": "0.25"}, {"loss": 1.0}),
        ]
    )
    assert not progress.needs_trials
    progress.draw()
    html, text, _ = display[-1]
    assert "2/3 trials: 1 completed, 1 running, 1 failed" in text
    assert "best loss 1: trial 2, rate 0.25" in text
    assert html.index("★") < html.index("0.25") < html.index("Failed")
    assert "&lt;b&gt;" in html
    assert 'href="https://ml.azure.com/runs/s"' in html
    progress.see(sweep("Completed"))
    assert progress.needs_trials


def test_a_log_shows_its_last_lines_as_text() -> None:
    display = Shown()
    progress = JobProgress(display, "j1")
    progress.see(read_job(job("Running")))
    assert progress.needs_log
    progress.see_log(f"<i>\x1b[31mline\x1b[0m {n}</i> https://x/?sig=SECRET" for n in range(30))
    progress.draw()
    html = display[-1].html
    assert "&lt;i&gt;line 29" in html
    assert "line 19<" not in html
    assert "SECRET" not in html


def report(path: str, done: int, total: int) -> Progress:
    return Progress(Path(path), done, total, done * 1000, total * 1000)


def test_transfers_are_summed_from_many_threads(kernel: Kernel) -> None:
    with shown_transfers(None, None) as call:
        assert call is not None

        def send(path: str) -> None:
            for done in range(101):
                call(report(path, done, 100))

        threads = [threading.Thread(target=send, args=(f"/f{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    (output,) = kernel.outputs
    assert output[-1]["text/plain"].startswith("uploaded 400 files, 400 kB in ")


def test_nothing_is_shown_when_nothing_is_to_be_sent(kernel: Kernel) -> None:
    seen: list[Progress] = []
    with shown_transfers(True, seen.append) as call:
        assert call is not None
        call(report("/f", 3, 3))
    assert (len(seen), kernel.outputs) == (1, [])


def test_a_failed_transfer_does_not_say_that_it_is_done(kernel: Kernel) -> None:
    def fail() -> None:
        with shown_transfers(None, None) as call:
            assert call is not None
            call(report("/f", 0, 3))
            call(report("/f", 1, 3))
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert not any("uploaded" in text for output in kernel.outputs for text in texts(output))


def test_run_submits_and_waits(ws: Any, capfd: pytest.CaptureFixture[str]) -> None:
    done = ws.jobs.run(CommandJob(command="echo done", environment=SHELL, compute="cpu-cluster"))
    assert (done.status, done.created) == ("Completed", None)
    assert capfd.readouterr().err == ""
    failing = CommandJob(command="exit 3", environment=SHELL, compute="cpu-cluster")
    with pytest.raises(JobFailedError):
        ws.jobs.run(failing, progress=True)
    lines = [line.partition(",")[0] for line in capfd.readouterr().err.splitlines()]
    assert lines[-1].endswith(": Failed")
