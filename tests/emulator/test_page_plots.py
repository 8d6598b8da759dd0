"""Plots of the page: places of settings, the order and the best of trials."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import pytest
from amlrest.charts.curves import curve
from amlrest.charts.drawing import WIDTH
from amlrest.charts.settings import scale_of
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.runner.sweeps import best_trial
from amlrest_emulator.tracking.measurements import Extremes
from amlrest_emulator.web import sweep_view
from amlrest_emulator.web.sweep_view import Trial
from hypothesis import given
from hypothesis import strategies as st

numbers = st.floats(allow_nan=False, allow_infinity=False)


def test_a_range_is_shown_whole_and_choices_in_their_order() -> None:
    rate = sweep_view.domain_of("loguniform", [math.log(1e-4), math.log(1.0)])
    scale, places = scale_of(rate, [0.01])
    assert scale.place(places[0]) == pytest.approx(0.5)
    assert [tick.label for tick in scale.ticks] == ["0.0001", "0.001", "0.01", "0.1", "1"]
    for chosen, shown in (["b", "a", "c"], ["b", "a", "c"]), ([64, 16, 32], ["16", "32", "64"]):
        scale, _ = scale_of(sweep_view.domain_of("choice", [chosen]), chosen[:1])
        assert [tick.label for tick in scale.ticks] == shown


wild = st.one_of(st.none(), st.booleans(), st.text(), st.integers(), st.floats(), st.just(10**400))


@given(st.lists(wild, min_size=1, max_size=8), st.booleans())
def test_any_setting_has_a_place(settings: list[Any], is_choice: bool) -> None:
    space = {"x": ["choice", [settings]] if is_choice else ["lognormal", [0, 1]]}
    goal = sweep_view.goal_of({"metric": "loss", "goal": "minimize", "search_space": space})
    trials = [
        Trial(f"s_{n}", n, "Completed", float(n), None, {"x": each}, None, 1.0, "")
        for n, each in enumerate(settings)
    ]
    _, chart = sweep_view.charts_of(trials, goal)
    places = [float(place) for place in re.findall(r' cx="([^"]+)"', chart)]
    assert len(places) == len(re.findall("<a href=", chart)) == len(settings)
    assert all(0 <= place <= WIDTH for place in places)


def test_what_is_not_finite_interrupts_a_line() -> None:
    values = [(0, 1.0), (1, math.nan), (2, 3.0), (3, math.inf), (4, 2.0), (5, 2.0)]
    chart = curve("loss", {"": values})
    assert chart.count("<polyline") == 1
    assert chart.count('class="dot') == 2
    assert chart.count('class="mark step"') == 4
    assert "2 values are NaN or infinite" in chart


losses = st.dictionaries(st.integers(0, 30), st.lists(numbers, min_size=1, max_size=4), max_size=8)


@given(losses, st.sets(st.integers(0, 30)), st.sampled_from(["minimize", "maximize"]))
def test_the_best_trial_is_that_of_the_sweep(
    logged: dict[int, list[float]], failed: set[int], goal: str
) -> None:
    trials = [_trial(n, "Failed" if n in failed else "Completed") for n in sorted(logged)]
    found = {f"id{n}": Extremes(min(v), max(v), v[-1]) for n, v in logged.items()}
    plan = {"metric": "loss", "goal": goal, "search_space": {}, "max_total": 31}
    sweep = RunRecord("s", "sweep", "Running", "e", plan)
    shown = sweep_view.trials_of(sweep, trials, found)
    good = {f"s_{n}": logged[n] for n in sorted(logged) if n not in failed}
    expected = best_trial(good, goal)
    assert [(trial.name, trial.value) for trial in shown if trial.best] == (
        [expected] if expected else []
    )
    # From best to worst, whatever the goal.
    ranked = sweep_view.ordered(shown, "", sweep_view.goal_of(plan), 0.0)
    rest = [trial.value for trial in ranked if trial.value is not None and not trial.best]
    assert rest == sorted(rest, reverse=goal == "maximize")
    progress = "".join(sweep_view.charts_of(shown, sweep_view.goal_of(plan))[:1])
    lines = re.findall(r'<polyline.*? points="([^"]*)"', progress)
    steps = [float(point.partition(",")[2]) for line in lines for point in line.split()]
    assert all(
        later >= now if goal == "minimize" else later <= now
        for now, later in itertools.pairwise(steps)
    )


def _trial(number: int, status: str) -> RunRecord:
    return RunRecord(
        f"s_{number}", "trial", status, "e", {}, parent="s", run_id=f"id{number}", ended=1.0
    )


def test_trials_that_the_policy_has_ended_are_told_from_canceled_ones() -> None:
    policy = {"policyType": "Bandit"}
    for plan, sweep_status, shown in (
        ({"policy": policy}, "Running", "Stopped early"),
        ({"policy": policy}, "Completed", "Stopped early"),
        ({"policy": policy}, "Canceled", "Canceled"),
        ({"policy": None}, "Running", "Canceled"),
    ):
        sweep = RunRecord("s", "sweep", sweep_status, "e", plan)
        assert sweep_view.status_of(sweep, _trial(1, "Canceled")) == shown


def test_trials_are_sorted_by_any_column() -> None:
    plan = {"metric": "m", "goal": "minimize", "search_space": {"x": ["choice", [["b", 2, 1]]]}}
    goal = sweep_view.goal_of(plan)
    sweep = RunRecord("s", "sweep", "Running", "e", plan)
    records = [
        RunRecord(
            f"s_{n}", "trial", "Completed", "e", {}, "s", {"x": x}, started=0.0, ended=5.0 - n
        )
        for n, x in enumerate(["b", 2, 1])
    ]
    trials = sweep_view.trials_of(sweep, records, {})
    for by, order in {
        "trial": [0, 1, 2],
        "-trial": [2, 1, 0],
        "p.x": [2, 1, 0],
        "-p.x": [0, 1, 2],
        "time": [2, 1, 0],
        "nonsense": [0, 1, 2],
        "metric": [0, 1, 2],
    }.items():
        assert [trial.number for trial in sweep_view.ordered(trials, by, goal, 9.0)] == order, by
