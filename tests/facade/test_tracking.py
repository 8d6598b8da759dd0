"""Metrics and trials with unusual responses of the tracking service."""

import math
from typing import Any
from urllib.parse import parse_qs

import pytest
from amlrest import SweepJob, Trial, choice, minimize
from amlrest._async.tracking import Tracking as AsyncTracking
from amlrest._sync.core import Core
from amlrest._sync.tracking import Tracking
from amlrest.errors import TransportError
from amlrest.resources.results import TrialRun
from attrs import evolve

from tests.facade.core_runner import CoreRunner
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

SWEEP = SweepJob(
    name="sweep",
    experiment_name="experiment",
    trial=Trial(command="true"),
    compute="cpu",
    search_space={"x": choice(1, 2)},
    objective=minimize("loss"),
)
EXPERIMENT = {"experiment": {"experiment_id": "1"}}


def tracking(core: Any) -> Any:
    return (Tracking if isinstance(core, Core) else AsyncTracking)(core)


def trials(core: Any) -> Any:
    return tracking(core).trials(SWEEP)


def trials_twice(core: Any) -> Any:
    found = tracking(core)
    if isinstance(core, Core):
        found.trials(SWEEP)
        return found.trials(SWEEP)

    async def both() -> Any:
        await found.trials(SWEEP)
        return await found.trials(SWEEP)

    return both()


def service(answers: dict[str, Any]) -> Any:
    """A workspace whose tracking service gives these answers, by the end of the path."""

    def script(request: ReceivedRequest) -> Reply:
        host = f"http://{request.headers['host']}"
        path = request.path.partition("?")[0]
        for end, answer in answers.items():
            if path.endswith(end):
                return Reply(200, answer)
        found = {"api": host} if path == "/discovery" else None
        return Reply(200, found or {"properties": {"discoveryUrl": f"{host}/discovery"}})

    return script


def test_trials_that_do_not_end_are_given_up(run_core: CoreRunner, server: Server) -> None:
    page = {"runs": [], "next_page_token": "again"}
    server.script = service({"get-by-name": EXPERIMENT, "runs/search": page})
    with pytest.raises(TransportError, match="does not end"):
        run_core(trials)
    assert len(server.paths()) == 5


@pytest.mark.parametrize("experiment", [{}, {"experiment": None}, {"experiment": []}, []], ids=str)
def test_an_experiment_without_an_id_is_said(
    run_core: CoreRunner, server: Server, experiment: Any
) -> None:
    server.script = service({"get-by-name": experiment})
    with pytest.raises(TransportError, match="not a valid MLflow response"):
        run_core(trials)


@pytest.mark.parametrize("runs", [[5], {"a": 1}, [{"data": {"metrics": [{"key": "a"}]}}]], ids=str)
def test_runs_of_another_shape_are_said(run_core: CoreRunner, server: Server, runs: Any) -> None:
    server.script = service({"get-by-name": EXPERIMENT, "runs/search": {"runs": runs}})
    with pytest.raises(TransportError, match="not a valid MLflow response"):
        run_core(trials)


def test_a_history_with_nan_is_in_the_order_of_the_steps(
    run_core: CoreRunner, server: Server
) -> None:
    written: list[tuple[int, Any]] = [(2, 0.5), (0, "NaN"), (1, 3), (1, "NaN"), (1, 2)]
    points = [{"key": "loss", "step": step, "value": value} for step, value in written]
    server.script = service({"get-history": {"metrics": points}})
    found = run_core(lambda core: tracking(core).history("j", "loss"))
    assert str(found) == "[(0, nan), (1, 3.0), (1, nan), (1, 2.0), (2, 0.5)]"


def test_a_metric_without_a_value_is_said(run_core: CoreRunner, server: Server) -> None:
    metric = {"key": "loss", "value": None}
    run = {"run": {"data": {"metrics": [metric]}}}
    server.script = service({"runs/get": run, "get-history": {"metrics": [metric]}})
    with pytest.raises(TransportError, match="not a valid MLflow response"):
        run_core(lambda core: tracking(core).metrics("j"))
    with pytest.raises(TransportError, match="not a valid MLflow response"):
        run_core(lambda core: tracking(core).history("j", "loss"))


def trial(name: str, last: float, step: int = 0, status: str = "FINISHED") -> dict[str, Any]:
    ended = {"end_time": "1700000000000"} if status != "RUNNING" else {}
    return {
        "info": {"run_id": name, "status": status, **ended},
        "data": {"metrics": [{"key": "loss", "value": last, "step": str(step)}]},
    }


def histories(logged: dict[str, list[float]], runs: list[dict[str, Any]]) -> Any:
    """A workspace in which the trials have logged these values."""
    plain = service({"get-by-name": EXPERIMENT, "runs/search": {"runs": runs}})

    def script(request: ReceivedRequest) -> Reply:
        path, _, query = request.path.partition("?")
        if not path.endswith("get-history"):
            found: Reply = plain(request)
            return found
        values = logged[parse_qs(query)["run_id"][0]]
        points = [{"key": "loss", "value": each, "step": i} for i, each in enumerate(values)]
        return Reply(200, {"metrics": points})

    return script


def scores(found: list[TrialRun]) -> list[float | None]:
    return [each.score for each in found]


def read_histories(server: Server) -> list[str]:
    return [path for path in server.paths() if "get-history" in path]


def test_ended_trials_are_scored_by_the_best_value_that_they_have_logged(
    run_core: CoreRunner, server: Server
) -> None:
    runs = [trial("s_0", 0.5, 2), trial("s_1", 0.3), trial("s_2", 0.9, 4, "RUNNING")]
    server.script = histories({"s_0": [0.7, 0.2, 0.5]}, runs)
    assert scores(run_core(trials_twice)) == [0.2, 0.3, 0.9]
    assert len(read_histories(server)) == 1


def test_without_steps_values_are_read_if_the_best_trial_is_not_the_last_best(
    run_core: CoreRunner, server: Server
) -> None:
    runs = [trial("s_0", 0.5), trial("s_1", 0.3)]
    server.script = histories({"s_0": [0.1, 0.5], "s_1": [0.3]}, runs)
    named = evolve(SWEEP, properties={"best_child_run_id": "s_0"})
    found = run_core(lambda core: tracking(core).trials(named))
    assert scores(found) == [0.1, 0.3]
    as_last = evolve(SWEEP, properties={"best_child_run_id": "s_1"})
    assert scores(run_core(lambda core: tracking(core).trials(as_last))) == [0.5, 0.3]


def test_values_that_are_not_finite_are_no_score(run_core: CoreRunner, server: Server) -> None:
    runs = [trial("s_0", math.nan), trial("s_1", 1.0, 1)]
    server.script = histories({"s_1": [math.nan, math.inf]}, runs)
    assert scores(run_core(trials)) == [None, None]
