"""Metrics and trials with unusual responses of the tracking service."""

from typing import Any

import pytest
from amlrest._async.tracking import Tracking as AsyncTracking
from amlrest._sync.core import Core
from amlrest._sync.tracking import Tracking
from amlrest.errors import TransportError

from tests.facade.core_runner import CoreRunner
from tests.facade.scripted_server import ReceivedRequest, Reply, Server

EXPERIMENT = {"experiment": {"experiment_id": "1"}}


def tracking(core: Any) -> Any:
    return (Tracking if isinstance(core, Core) else AsyncTracking)(core)


def trials(core: Any) -> Any:
    return tracking(core).trials("sweep", "experiment")


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
