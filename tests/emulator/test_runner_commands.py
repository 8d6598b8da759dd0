"""Command jobs as real processes: input files, environment, output files, exit code."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator.blob import store_file
from amlrest_emulator.runner.launcher import Launcher
from amlrest_emulator.runner.plan import Input, Output, Source

from tests.emulator.runner_harness import Harness, command, running_harness


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    with running_harness(tmp_path_factory.mktemp("state")) as made:
        yield made


def put(harness: Harness, name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(text)
    store_file(harness.blobs, "data", name, path, "text/plain")


def test_code_and_inputs_reach_the_command(harness: Harness, tmp_path: Path) -> None:
    put(
        harness,
        "src/main.py",
        "import sys; print('code ran with', open(sys.argv[1]).read())",
        tmp_path,
    )
    put(harness, "src/pkg/helper.py", "", tmp_path)
    put(harness, "tables/iris.csv", "1,2,3", tmp_path)
    plan = command(
        "python main.py {inputs.iris}; ls pkg; echo env=$AZURE_ML_INPUT_iris",
        code=Source("blob", "src", "data"),
        inputs={"iris": Input(Source("blob", "tables/iris.csv", "data"))},
    )
    harness.submit("files", plan)
    record = harness.wait("files")
    assert (record.status, record.error) == ("Completed", "")
    log = harness.log("files")
    assert "code ran with 1,2,3" in log
    assert "helper.py" in log
    assert "inputs/iris/iris.csv" in log.split("env=")[1]


def test_folder_and_local_file_inputs(harness: Harness, tmp_path: Path) -> None:
    put(harness, "many/a.txt", "A", tmp_path)
    put(harness, "many/sub/b.txt", "B", tmp_path)
    local = tmp_path / "with space.txt"
    local.write_text("L")
    plan = command(
        "cat {inputs.many}/a.txt {inputs.many}/sub/b.txt {inputs.local}; cat here/*",
        inputs={
            "many": Input(Source("blob", "many/", "data")),
            "local": Input(Source("file", str(local))),
            "placed": Input(Source("file", str(local)), "here"),
        },
    )
    harness.submit("folders", plan)
    assert harness.wait("folders").status == "Completed"
    assert harness.log("folders") == "ABLL"
    assert local.read_text() == "L"


def test_exit_code_and_last_words_make_the_error(harness: Harness) -> None:
    harness.submit("broken", "echo before; echo 'ValueError: no such column' >&2; exit 3")
    record = harness.wait("broken")
    assert record.status == "Failed"
    assert "exit code 3" in record.error
    assert "ValueError: no such column" in record.error
    assert harness.tracking.ended["run-broken"] == "Failed"


def test_missing_input_fails_before_the_command_runs(harness: Harness) -> None:
    plan = command("echo ran", inputs={"iris": Input(Source("blob", "not/there.csv", "data"))})
    harness.submit("missing", plan)
    record = harness.wait("missing")
    assert record.status == "Failed"
    assert "input 'iris'" in record.error
    assert "data/not/there.csv" in record.error
    assert harness.log("missing") == ""


def test_unreachable_url_names_the_input(harness: Harness) -> None:
    plan = command("echo ran", inputs={"iris": Input(Source("url", "http://127.0.0.1:9/iris.csv"))})
    harness.submit("unreachable", plan)
    record = harness.wait("unreachable")
    assert record.status == "Failed"
    assert "input 'iris': http://127.0.0.1:9/iris.csv" in record.error


def test_outputs_logs_and_bindings_are_stored(harness: Harness) -> None:
    plan = command(
        "mkdir outputs logs; echo model > outputs/model.txt; echo line > logs/train.log;"
        "echo bound > $AZURE_ML_OUTPUT_scores/s.txt; echo two > {outputs.scores}/t.txt",
        outputs={"scores": Output("data", "scored/here")},
    )
    harness.submit("results", plan)
    assert harness.wait("results").status == "Completed"
    base = "ExperimentRun/dcid.results"
    assert harness.blob(f"{base}/outputs/model.txt") == b"model\n"
    assert harness.blob(f"{base}/logs/train.log") == b"line\n"
    assert harness.blob("scored/here/s.txt", "data") == b"bound\n"
    assert harness.blob("scored/here/t.txt", "data") == b"two\n"


def test_output_streams_are_kept_apart_and_together(harness: Harness) -> None:
    harness.submit("streams", "echo out; echo err >&2")
    harness.wait("streams")
    base = "ExperimentRun/dcid.streams/user_logs"
    assert harness.blob(f"{base}/stdout.txt") == b"out\n"
    assert harness.blob(f"{base}/stderr.txt") == b"err\n"
    assert sorted(harness.log("streams").splitlines()) == ["err", "out"]


def test_log_can_be_read_while_the_command_runs(harness: Harness, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    harness.submit("live", f"echo early; while [ ! -e {gate} ]; do sleep 0.05; done; echo late")
    harness.wait(
        "live", lambda record: record.status == "Running" and "early" in harness.log("live")
    )
    assert "late" not in harness.log("live")
    gate.touch()
    harness.wait("live")
    assert harness.log("live") == "early\nlate\n"


def test_environment_has_the_run_and_nothing_of_the_servers_secrets(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMLREST_TOKEN", "s3cret-token")
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "s3cret-client")
    plan = command(
        "python -c 'import json, os; print(json.dumps(dict(os.environ)))'",
        variables={"MINE": "a b", "OMP_NUM_THREADS": "7"},
    )
    harness.submit("env", plan)
    harness.wait("env")
    log = harness.log("env")
    assert "s3cret" not in log
    seen = json.loads(log)
    assert seen["MINE"] == "a b"
    assert seen["OMP_NUM_THREADS"] == "7"
    assert seen["AZUREML_RUN_ID"] == "env"
    assert seen["MLFLOW_RUN_ID"] == "run-env"
    assert seen["MLFLOW_TRACKING_URI"] == harness.tracking.uri
    assert seen["AZUREML_ARM_WORKSPACE_NAME"] == "local"


def test_command_runs_with_the_python_of_the_workspace(harness: Harness) -> None:
    import sys

    harness.submit("python", "python -c 'import sys; print(sys.prefix)'")
    harness.wait("python")
    assert harness.log("python").strip() == sys.prefix


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not _alive(pid)


@pytest.mark.slow
def test_cancel_ends_the_whole_group(harness: Harness, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    harness.submit("cancelled", f"trap '' TERM; sleep 600 & echo $! $$ > {pids}; wait; sleep 600")
    harness.wait("cancelled", lambda _: pids.exists() and len(pids.read_text().split()) == 2)
    harness.runner.cancel("CANCELLED")
    record = harness.wait("cancelled")
    assert record.status == "Canceled"
    assert all(_gone(int(pid)) for pid in pids.read_text().split())
    assert harness.tracking.ended["run-cancelled"] == "Canceled"


def test_cancel_ends_a_run_before_its_first_step(harness: Harness) -> None:
    """Both requests arrive while the loop is busy, so that it sees them at once."""
    busy, sent = threading.Event(), threading.Event()

    def occupy() -> None:
        busy.set()
        sent.wait(30)

    harness.runner._loop.call_soon_threadsafe(occupy)
    assert busy.wait(30)
    harness.submit("at-once", "echo ran")
    harness.runner.schedule(harness.runner._cancel("at-once"))
    sent.set()
    record = harness.wait("at-once")
    assert (record.status, record.started) == ("Canceled", None)


def test_cancel_ends_a_command_that_is_just_being_started(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its children run before the server has taken note of it."""
    cancelled = threading.Event()
    start = Launcher.start

    async def late(*args: Any) -> Any:
        command = await start(*args)
        await asyncio.to_thread(cancelled.wait)
        return command

    monkeypatch.setattr(Launcher, "start", late)
    pids = tmp_path / "pids"
    harness.submit("early", f"sleep 600 & echo $! $$ > {pids}; wait")
    harness.wait("early", lambda _: pids.exists() and len(pids.read_text().split()) == 2)
    harness.runner.cancel("early")
    cancelled.set()
    assert harness.wait("early").status == "Canceled"
    assert all(_gone(int(pid)) for pid in pids.read_text().split())


def test_command_can_clean_up_when_cancelled(harness: Harness, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    harness.submit(
        "polite",
        f"mkdir outputs; trap 'echo saved > outputs/state; exit 0' TERM; touch {ready};"
        "while true; do sleep 0.05; done",
    )
    harness.wait("polite", lambda _: ready.exists())
    harness.runner.cancel("polite")
    assert harness.wait("polite").status == "Canceled"
    assert harness.blob("ExperimentRun/dcid.polite/outputs/state") == b"saved\n"


def test_cancelling_what_has_ended_changes_nothing(harness: Harness) -> None:
    harness.submit("ended", "true")
    harness.wait("ended")
    harness.runner.cancel("ended")
    found = harness.runs.find("ended")
    assert found is not None
    assert found.status == "Completed"


def test_timeout_is_obeyed(harness: Harness) -> None:
    harness.submit("slow", command("echo begun; sleep 600", timeout=0.5))
    record = harness.wait("slow")
    assert record.status == "Canceled"
    assert "timeout of 0.5 s" in record.error
    assert harness.log("slow") == "begun\n"


def test_children_left_behind_are_ended(harness: Harness, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    harness.submit("orphan", f"sleep 600 & echo $! > {pid}")
    assert harness.wait("orphan").status == "Completed"
    assert _gone(int(pid.read_text()))


def test_jobs_wait_for_nodes(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    with running_harness(tmp_path / "state", nodes=1) as harness:
        harness.submit("first", f"while [ ! -e {gate} ]; do sleep 0.02; done")
        harness.wait("first", lambda record: record.status == "Running")
        harness.submit("second", "true")
        harness.wait("second", lambda record: record.status == "Queued")
        harness.runner.cancel("second")
        assert harness.wait("second").status == "Canceled"
        harness.submit("third", "true")
        gate.touch()
        first, third = harness.wait("first"), harness.wait("third")
        assert third.started is not None
        assert first.ended is not None
        assert third.started >= first.ended
        assert not (harness.folder / "jobs/second").exists()


def test_pytorch_ranks_meet(harness: Harness) -> None:
    program = (
        "import os; print(*(os.environ[n] for n in "
        "('RANK', 'LOCAL_RANK', 'WORLD_SIZE', 'MASTER_ADDR')))"
    )
    plan = command(
        f'python -c "{program}"',
        distribution={"distributionType": "PyTorch", "processCount": 3},
    )
    harness.submit("torch", plan)
    assert harness.wait("torch").status == "Completed"
    lines = sorted(line for line in harness.log("torch").splitlines() if line)
    assert lines == [f"[rank {rank}] {rank} {rank} 3 127.0.0.1" for rank in range(3)]


def test_failing_rank_ends_the_others(harness: Harness) -> None:
    plan = command(
        'if [ "$RANK" = 1 ]; then exit 5; else sleep 600; fi',
        distribution={"distributionType": "PyTorch", "processCount": 2},
    )
    harness.submit("torch-broken", plan)
    record = harness.wait("torch-broken")
    assert record.status == "Failed"
    assert "exit code 5" in record.error


def test_tensorflow_cluster(harness: Harness) -> None:
    plan = command(
        "echo $TF_CONFIG",
        distribution={
            "distributionType": "TensorFlow",
            "workerCount": 2,
            "parameterServerCount": 1,
        },
    )
    harness.submit("tf", plan)
    harness.wait("tf")
    configs = [json.loads(line.partition("] ")[2]) for line in harness.log("tf").splitlines()]
    assert sorted((c["task"]["type"], c["task"]["index"]) for c in configs) == [
        ("ps", 0),
        ("worker", 0),
        ("worker", 1),
    ]
    assert [len(configs[0]["cluster"][role]) for role in ("worker", "ps")] == [2, 1]
