"""Trials of a sweep: which is the best."""

import math
from datetime import UTC, datetime

import pytest
from amlrest import SweepJob, maximize, minimize
from amlrest._wire import from_wire
from amlrest.resources.results import TrialRun
from amlrest.resources.trials import best, from_run, named_best, sweep_of

pytestmark = pytest.mark.both_answers


NAN, INF = math.nan, math.inf


def trials(*values: float | None, status: str = "Completed") -> list[TrialRun]:
    return [
        TrialRun(f"s_{number}", status, {}, {} if value is None else {"m": value})
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "lowest", "highest"),
    [
        ([2.0, 1.0, 3.0], "s_1", "s_2"),
        ([NAN, 1.0, 3.0], "s_1", "s_2"),
        ([1.0, NAN, 3.0], "s_0", "s_2"),
        ([-INF, 2.0, INF], "s_1", "s_1"),
        ([2.0, 2.0, 2.0], "s_0", "s_0"),
        ([None, 5.0], "s_1", "s_1"),
        ([0.0, -0.0], "s_0", "s_0"),
        ([NAN, INF, None], None, None),
        ([], None, None),
    ],
)
def test_the_best_trial(
    values: list[float | None], lowest: str | None, highest: str | None
) -> None:
    for objective, name in ((minimize("m"), lowest), (maximize("m"), highest)):
        found = best(trials(*values), objective)
        assert (found.name if found else None) == name


def test_a_failed_trial_is_not_the_best() -> None:
    runs = [*trials(1.0, status="Failed"), *trials(None, 2.0)[1:]]
    assert best(runs, minimize("m")) is runs[1]


def test_the_trial_that_the_service_names_is_the_best() -> None:
    runs = trials(2.0, 1.0)
    raw = {"properties": {"jobType": "Sweep", "properties": {"best_child_run_id": "s_0"}}}
    assert best(runs, minimize("m"), named_best(from_wire(SweepJob, raw))) is runs[0]
    assert best(runs, minimize("m"), "elsewhere_0") is runs[1]
    assert named_best(from_wire(SweepJob, {"properties": {}})) is None


def test_metrics_as_mlflow_writes_them() -> None:
    largest = 1.7976931348623157e308  # infinity in MLflow's databases
    written = {"a": "NaN", "b": "Infinity", "c": "-Infinity", "d": 1, "e": largest, "f": -largest}
    metrics = [{"key": key, "value": value} for key, value in written.items()]
    found = from_run({"info": {"run_id": "s_0"}, "data": {"metrics": metrics}}).metrics
    assert math.isnan(found.pop("a"))
    assert found == {"b": INF, "c": -INF, "d": 1.0, "e": INF, "f": -INF}


def test_a_trial_that_runs_has_its_hyperparameters_from_its_tag() -> None:
    def read(tag: str, *logged: tuple[str, str]) -> dict[str, str]:
        params = [{"key": key, "value": value} for key, value in logged]
        data = {"tags": [{"key": "hyperparameters", "value": tag}], "params": params}
        return from_run({"info": {"run_id": "s_0"}, "data": data}).parameters

    sampled = '{"--rate": 0.5, "kind": "gbdt"}'
    assert read(sampled) == {"rate": "0.5", "kind": "gbdt"}
    assert read(sampled, ("rate", "0.50")) == {"rate": "0.50", "kind": "gbdt"}
    assert [read(each) for each in ("{", "[1]", "")] == [{}] * 3


def test_times_as_mlflow_writes_them() -> None:
    """Protocol buffers write 64-bit numbers as text in JSON; the Python client as numbers."""

    def read(**info: object) -> TrialRun:
        return from_run({"info": {"run_id": "s_0"} | info})

    ended = read(start_time="1700000000000", end_time=1700000012500)
    assert ended.started_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert ended.duration == 12.5
    running = read(start_time=1700000000000, end_time=0)
    assert (running.ended_at, running.duration, read().started_at) == (None, None, None)
    assert read(start_time=10**20).started_at is None


def test_the_sweep_of_a_trial() -> None:
    assert sweep_of("my_sweep_12") == "my_sweep"
    assert [sweep_of(name) for name in ("job", "job_x", "_1", "job_")] == [None] * 4
