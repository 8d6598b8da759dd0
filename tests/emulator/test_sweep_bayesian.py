"""Bayesian sampling: better than chance, repeatable, and only in the search space."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from amlrest_emulator.runner.bayesian import Observation, suggest
from amlrest_emulator.runner.search_space import samples

from tests.emulator.runner_harness import Harness, running_harness
from tests.emulator.test_sweep_runs import sweep

SPACE: dict[str, Any] = {
    "x": ["uniform", [-5, 5]],
    "q": ["quniform", [0, 10, 2.5]],
    "c": ["choice", [["a", 1, True, 1.0, None, [1]]]],
}
Arguments = dict[str, Any]


def loss(found: Arguments) -> float:
    return float((found["x"] - 2) ** 2 + (found["q"] - 5) ** 2 / 10 + (found["c"] is not True))


def search(
    count: int,
    seed: int,
    goal: Literal["minimize", "maximize"] = "minimize",
    value: Callable[[Arguments], float | None] = loss,
) -> list[Observation]:
    trials: list[Observation] = []
    for _ in range(count):
        found = suggest(SPACE, seed, goal, trials)
        trials.append(Observation(found, value(found)))
    return trials


@pytest.mark.slow
def test_it_finds_better_values_than_chance() -> None:
    count, seeds = 40, range(8)
    sought = [min(loss(dict(t.arguments)) for t in search(count, seed)) for seed in seeds]
    drawn = [
        min(map(loss, itertools.islice(samples(SPACE, "Random", seed), count))) for seed in seeds
    ]
    assert statistics.median(sought) < statistics.median(drawn) / 2
    highest = [-min(-loss(dict(t.arguments)) for t in search(count, s, "maximize")) for s in seeds]
    assert min(highest) > 48, "the highest of all is 49 + 2.5 + 1"


def test_suggestions_are_in_the_search_space_and_of_its_types() -> None:
    for trial in search(30, 5):
        found = trial.arguments
        assert -5 <= found["x"] <= 5
        assert found["q"] in {0, 2.5, 5, 7.5, 10}
        assert any(found["c"] is item or found["c"] == [1] for item in SPACE["c"][1][0])


def test_the_seed_and_the_results_decide() -> None:
    first = search(15, 3)
    assert [trial.arguments for trial in first] == [trial.arguments for trial in search(15, 3)]
    assert first[0].arguments != search(1, 4)[0].arguments
    other = [Observation(trial.arguments, -(trial.value or 0)) for trial in first]
    assert suggest(SPACE, 3, "minimize", first) != suggest(SPACE, 3, "minimize", other)


def test_trials_that_failed_or_are_running_are_considered_without_a_value() -> None:
    trials = search(12, 3, value=lambda found: None if found["x"] < 0 else loss(found))
    running = [*trials, Observation(trials[0].arguments, ended=False)]
    assert suggest(SPACE, 3, "minimize", running)["x"] != trials[0].arguments["x"]


LOG = 'echo {search_space.x} >> "$MLFLOW_TRACKING_URI/$MLFLOW_RUN_ID.loss"'


def arguments(harness: Harness, name: str) -> list[float]:
    return [trial.arguments["x"] for trial in harness.runs.trials(name)]


@pytest.mark.slow
def test_the_same_trials_run_however_long_each_takes(tmp_path: Path) -> None:
    space = {"x": ["uniform", [0, 1]]}
    settings: dict[str, Any] = {"algorithm": "Bayesian", "max_total": 14, "max_concurrent": 3}
    with running_harness(tmp_path / "state", nodes=3) as harness:
        harness.submit("even", sweep(LOG, space, **settings))
        odd = '[ $(($(printf %d "\'${AZUREML_RUN_ID#uneven_}") % 2)) = 1 ] && sleep 0.2; ' + LOG
        harness.submit("uneven", sweep(odd, space, **settings))
        for name in ("even", "uneven"):
            assert harness.wait(name).status == "Completed"
        assert arguments(harness, "even") == arguments(harness, "uneven")
        best = min(arguments(harness, "even"))
        assert harness.runs.find("even").outcome["score"] == best  # type: ignore[union-attr]


@pytest.mark.slow
def test_it_goes_on_after_a_restart(tmp_path: Path) -> None:
    plan = sweep(LOG, {"x": ["uniform", [0, 1]]}, algorithm="Bayesian", max_concurrent=1)
    with running_harness(tmp_path / "one") as harness:
        harness.submit("whole", plan)
        harness.wait("whole")
        expected = arguments(harness, "whole")
    assert len(expected) == 10
    with running_harness(tmp_path / "two") as harness:
        harness.submit("parts", plan)
        harness.wait("parts", lambda _: len(harness.runs.trials("parts")) >= 4)
    with running_harness(tmp_path / "two") as harness:
        harness.wait("parts")
        known = arguments(harness, "parts")
        broken = [t.status for t in harness.runs.trials("parts")].count("Failed")
    before = 4 if broken else len(expected)
    assert known[:before] == expected[:before]
    assert len(known) == len(expected)
