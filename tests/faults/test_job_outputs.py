"""Logs and output files read under random faults: every line once, every file complete."""

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest import CommandJob, Environment, SweepJob, Trial, choice, minimize
from amlrest._http.retry import RetryPolicy

from tests.facade.blocking_workspace import open_workspace
from tests.facade.core_runner import APIS
from tests.faults.fault_schedules import EXPIRED, SCHEDULE_COUNT, TRANSIENT, draw
from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("api", APIS)]
MANY_RETRIES = RetryPolicy(attempts=8, total=60, base=0.002, longest=0.02)
TARGETS: tuple[dict[str, Any], ...] = (
    {},
    {"path": "^/history/"},
    {"path": "/ExperimentRun/"},
    {"operation": "Blob"},
    {"operation": "Jobs_Get"},
)
LINES = [f"line {number}" for number in range(40)]
COMMAND = (
    "mkdir -p outputs/deep; for i in $(seq 0 39); do echo line $i; echo $i > outputs/deep/$i; done"
)


def random_faults(seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    rules = [
        {
            **chance.choice(TRANSIENT),
            **chance.choice(TARGETS),
            "count": 2,
            "skip": chance.randrange(4),
        }
        for _ in range(3)
    ]
    expired = {**chance.choice(EXPIRED), "path": "^/subscriptions/", "skip": chance.randrange(3)}
    return [*rules, expired]


def test_logs_and_files(
    api: str,
    faulty_workspace: "LocalWorkspace",
    inspector: Inspector,
    tmp_path: Path,
    record_property: Any,
) -> None:
    hits = 0
    with open_workspace(api, faulty_workspace, retry=MANY_RETRIES) as ws:
        job = CommandJob(command=COMMAND, environment=Environment(image="i"), compute="cpu-cluster")
        made = ws.jobs.wait(ws.jobs.submit(job), poll_interval=0.02)
        for seed in range(SCHEDULE_COUNT // 4):
            inspector.set_faults(random_faults(seed))
            events = list(ws.jobs.stream(made, timeout=60, poll_interval=0.02))
            ws.jobs.download(made, tmp_path / str(seed))
            hits += sum(rule["hit"] for rule in inspector.rules())
            inspector.set_faults([])
            assert [event.text for event in events if event.kind == "log"] == LINES
            assert [event.text for event in events if event.kind == "status"] == ["Completed"]
            files = {path.name: path.read_text() for path in (tmp_path / str(seed)).rglob("deep/*")}
            assert files == {str(number): f"{number}\n" for number in range(len(LINES))}
    record_property("counts", f"{api}: logs and files read under {hits} faults")
    assert hits > SCHEDULE_COUNT // 4


SCRIPT = """\
import mlflow, sys
open(sys.argv[2], "a").write(sys.argv[1] + "\\n")
mlflow.log_metric("loss", float(sys.argv[1]))
"""


def test_a_sweep(
    api: str, faulty_workspace: "LocalWorkspace", inspector: Inspector, tmp_path: Path
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.py").write_text(SCRIPT)
    effects = tmp_path / "effects"
    sweep = SweepJob(
        name=f"sweep-{api}",
        trial=Trial(
            command=f"python main.py {{search_space.rate}} {effects}",
            code=tmp_path / "src",
            environment=Environment(image="i"),
        ),
        compute="cpu-cluster",
        algorithm="grid",
        search_space={"rate": choice(0.5, 0.25)},
        objective=minimize("loss"),
        max_total_trials=2,
        max_concurrent_trials=2,
        timeout="PT10M",
        tags={"schedule": f"sweep-{api}"},
    )
    inspector.set_faults([rule for seed in range(2) for rule in draw(api, seed).rules][:6])
    with open_workspace(api, faulty_workspace, retry=MANY_RETRIES._replace(attempts=20)) as ws:
        done = ws.jobs.wait(ws.jobs.submit(sweep), timeout=120, poll_interval=0.1)
        best = ws.jobs.best_trial(done)
        assert best is not None
        assert best.metrics["loss"] == 0.25
    assert sorted(effects.read_text().split()) == ["0.25", "0.5"]
    (job,) = inspector.jobs(f"sweep-{api}")
    assert job["properties"]["status"] == "Completed"
