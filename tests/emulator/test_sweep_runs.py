"""Sweeps: trials run as processes, and the logged metric selects the best."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator.runner.plan import SweepPlan

from tests.emulator.runner_harness import Harness, command, running_harness

LOG = 'echo {value} >> "$MLFLOW_TRACKING_URI/$MLFLOW_RUN_ID.loss"'


def log(value: str) -> str:
    return LOG.replace("{value}", value)


def sweep(text: str, space: dict[str, Any], **fields: Any) -> SweepPlan:
    settings = {
        "algorithm": "Grid",
        "metric": "loss",
        "goal": "minimize",
        "policy": None,
        "max_total": 10,
        "max_concurrent": 10,
        "timeout": None,
        "seed": 1,
    }
    return SweepPlan(trial=command(text), search_space=space, **{**settings, **fields})


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    with running_harness(tmp_path_factory.mktemp("state"), nodes=4) as made:
        yield made


def test_every_trial_runs_and_the_best_is_chosen(harness: Harness) -> None:
    harness.submit("grid", sweep(log("{search_space.x}"), {"x": ["choice", [[3, 1, 2]]]}))
    record = harness.wait("grid")
    assert (record.status, record.error) == ("Completed", "")
    trials = harness.runs.trials("grid")
    assert [trial.name for trial in trials] == ["grid_0", "grid_1", "grid_2"]
    assert {trial.status for trial in trials} == {"Completed"}
    assert record.outcome == {"best_child_run_id": "grid_1", "score": 1.0}
    assert harness.tracking.parents["run-grid_2"] == "run-grid"
    assert harness.tracking.parameters["run-grid_2"] == {"x": "2"}


def test_maximising_chooses_the_other_end(harness: Harness) -> None:
    plan = sweep(log("{search_space.x}"), {"x": ["choice", [[3, 1, 2]]]}, goal="maximize")
    harness.submit("grid-max", plan)
    assert harness.wait("grid-max").outcome["best_child_run_id"] == "grid-max_0"


def test_values_without_placeholder_are_appended(harness: Harness) -> None:
    space = {"--learning_rate": ["choice", [[0.5]]], "boosting": ["choice", [["g b; echo hacked"]]]}
    harness.submit("append", sweep("printf '%s|'", space))
    harness.wait("append")
    assert harness.log("append_0") == "--learning_rate|0.5|--boosting|g b; echo hacked|"


def test_random_trials_differ_and_repeat_with_the_name(harness: Harness) -> None:
    space = {"x": ["uniform", [0, 1]]}
    for name in ("rand-a", "rand-b"):
        harness.submit(name, sweep(log("{search_space.x}"), space, algorithm="Random", max_total=3))
    drawn = []
    for name in ("rand-a", "rand-b"):
        harness.wait(name)
        drawn.append([trial.arguments["x"] for trial in harness.runs.trials(name)])
    assert len(set(drawn[0])) == 3
    assert drawn[0] == drawn[1]


def test_no_more_trials_at_a_time_than_asked(harness: Harness, tmp_path: Path) -> None:
    text = f"mkdir {tmp_path}/one && sleep 0.1 && rmdir {tmp_path}/one && " + log("1") + "; true"
    plan = sweep(text, {"x": ["choice", [[1, 2, 3]]]}, max_concurrent=1)
    harness.submit("single", plan)
    assert harness.wait("single").status == "Completed"
    assert {trial.status for trial in harness.runs.trials("single")} == {"Completed"}


def test_one_failing_trial_does_not_fail_the_sweep(harness: Harness) -> None:
    text = log("{search_space.x}") + "; exit {search_space.x}"
    harness.submit("partly", sweep(text, {"x": ["choice", [[0, 1]]]}))
    record = harness.wait("partly")
    assert record.status == "Completed"
    assert record.outcome["best_child_run_id"] == "partly_0"


def test_all_trials_failing_fails_the_sweep(harness: Harness) -> None:
    harness.submit("all-fail", sweep("echo no >&2; exit 4; true", {"x": ["choice", [[0, 1]]]}))
    record = harness.wait("all-fail")
    assert record.status == "Failed"
    assert "All 2 trials failed" in record.error
    assert "exit code 4" in record.error


def test_a_metric_nobody_logged_fails_the_sweep(harness: Harness) -> None:
    harness.submit("silent", sweep("true", {"x": ["choice", [[0]]]}))
    record = harness.wait("silent")
    assert record.status == "Failed"
    assert "'loss'" in record.error


@pytest.mark.parametrize(
    ("goal", "values", "best", "score"),
    [
        ("minimize", ["nan", "2", "1"], 2, 1.0),
        ("minimize", ["-inf", "nan", "2"], 2, 2.0),
        ("maximize", ["nan", "inf", "2"], 2, 2.0),
        ("minimize", ["3", "1", "1"], 1, 1.0),
        ("maximize", ["3", "3", "1"], 0, 3.0),
    ],
)
def test_nan_and_infinity_are_never_the_best_and_the_first_of_equal_trials_is(
    harness: Harness, goal: str, values: list[str], best: int, score: float
) -> None:
    name = f"{goal}-{'-'.join(values)}"
    plan = sweep(log("{search_space.x}"), {"x": ["choice", [values]]}, goal=goal)
    harness.submit(name, plan)
    record = harness.wait(name)
    assert record.status == "Completed"
    assert record.outcome == {"best_child_run_id": f"{name}_{best}", "score": score}


def test_a_sweep_whose_trials_log_only_nan_fails(harness: Harness) -> None:
    harness.submit("only-nan", sweep(log("{search_space.x}"), {"x": ["choice", [["nan", "inf"]]]}))
    record = harness.wait("only-nan")
    assert (record.status, record.outcome) == ("Failed", {})
    assert record.error == "All values of the primary metric 'loss' are NaN or infinite."


def test_cancelling_a_sweep_ends_its_trials(harness: Harness, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    harness.submit("stopped", sweep(f"touch {ready}; sleep 600; true", {"x": ["choice", [[1, 2]]]}))
    harness.wait("stopped", lambda _: ready.exists())
    harness.runner.cancel("stopped")
    assert harness.wait("stopped").status == "Canceled"
    assert {trial.status for trial in harness.runs.trials("stopped")} == {"Canceled"}


def test_timeout_of_the_sweep(harness: Harness) -> None:
    plan = sweep(log("1") + "; sleep 600; true", {"x": ["choice", [[1, 2]]]}, timeout=0.7)
    harness.submit("late", plan)
    record = harness.wait("late")
    assert record.status == "Canceled"
    assert "0.7 s" in record.error


@pytest.mark.slow
def test_bandit_ends_a_trial_that_lags(harness: Harness) -> None:
    text = log("{search_space.x}") + "; if [ {search_space.x} = 9 ]; then sleep 600; fi"
    plan = sweep(
        text,
        {"x": ["choice", [[1, 9]]]},
        policy={"policyType": "Bandit", "slackFactor": 0.5, "evaluationInterval": 1},
    )
    harness.submit("bandit", plan)
    record = harness.wait("bandit")
    assert record.status == "Completed"
    assert [trial.status for trial in harness.runs.trials("bandit")] == ["Completed", "Canceled"]


@pytest.mark.slow
def test_the_metric_of_an_ended_trial_is_read_once(harness: Harness, tmp_path: Path) -> None:
    end = tmp_path / "end"
    os.mkfifo(end)
    reads = harness.tracking.reads
    plan = sweep(
        log("{search_space.x}") + f"; if [ {{search_space.x}} = 2 ]; then cat {end}; fi",
        {"x": ["choice", [[1, 2]]]},
        policy={"policyType": "Bandit", "slackFactor": 9, "evaluationInterval": 1},
    )
    harness.submit("reads", plan)
    harness.wait("reads_0")
    before, running = reads["run-reads_0"], reads["run-reads_1"]
    harness.wait("reads", lambda _: reads["run-reads_1"] >= running + 3)
    end.write_text("")
    assert harness.wait("reads").status == "Completed"
    assert reads["run-reads_0"] <= before + 1
