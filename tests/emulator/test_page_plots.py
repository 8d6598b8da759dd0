"""Plots of the page: scales, ticks, places of marks, the order and the best of trials."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import pytest
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.runner.sweeps import best_trial
from amlrest_emulator.tracking.measurements import Extremes
from amlrest_emulator.web import plots, sweep_view
from amlrest_emulator.web.plots import Axis, Mark
from amlrest_emulator.web.scales import label, linear_ticks, log_ticks, scale_of
from hypothesis import given
from hypothesis import strategies as st

numbers = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("low", "high", "count", "ticks"),
    [  # what d3.ticks(low, high, count) returns
        (0, 1, 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        (0, 1, 7, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 1, 3, [0, 0.5, 1]),
        (0, 1, 1, [0, 1]),
        (0, 10, 5, [0, 2, 4, 6, 8, 10]),
        (0, 10, 3, [0, 5, 10]),
        (-10, 10, 10, [-10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10]),
        (-10, 10, 5, [-10, -5, 0, 5, 10]),
        (-10, 10, 2, [-10, 0, 10]),
    ],
)
def test_ticks_are_those_of_d3(low: float, high: float, count: int, ticks: list[float]) -> None:
    assert linear_ticks(low, high, count) == ticks


def test_ticks_of_a_logarithmic_axis_are_powers_of_ten() -> None:
    assert log_ticks(1e-5, 1e-1, 5) == [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]
    assert log_ticks(0.003, 0.5, 5) == [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
    assert len(log_ticks(1e-12, 1e3, 5)) <= 5


def test_a_tick_is_written_shortly() -> None:
    written = [label(value) for value in (0.1 + 0.2, 1500.0, 1e-5, 2e12, -0.5, 0.0)]
    assert written == ["0.3", "1500", "1e-5", "2e12", "-0.5", "0"]


@given(st.lists(numbers, max_size=6), st.booleans())
def test_every_number_has_a_place(values: list[float], logarithmic: bool) -> None:
    wanted = [abs(value) or 1.0 for value in values] if logarithmic else values
    scale = scale_of(wanted, 60.0, 400.0, logarithmic=logarithmic)
    places = [scale(value) for value in sorted(wanted)]
    assert all(60 <= place <= 400 for place in places)
    assert places == sorted(places)
    ticks = scale.ticks(5)
    assert 1 <= len(ticks) <= 16
    assert all(scale.low <= tick <= scale.high for tick in ticks)
    assert ticks == sorted(ticks)


@given(st.lists(st.floats(1e-9, 1e9), min_size=2, max_size=6))
def test_equal_ratios_are_equal_distances(values: list[float]) -> None:
    scale = scale_of(values, 0.0, 1000.0, logarithmic=True)
    middle = math.sqrt(values[0]) * math.sqrt(values[1])
    assert scale(middle) == pytest.approx((scale(values[0]) + scale(values[1])) / 2, abs=1e-6)


def test_a_range_is_shown_whole_and_choices_in_their_order() -> None:
    axis = sweep_view.axis_of("loguniform", [math.log(1e-4), math.log(1.0)])
    panel = plots.against([Mark(0.01, 1.0, "")], "rate", "loss", axis)
    assert panel.dots[0].x == pytest.approx((plots.LEFT + plots.RIGHT) / 2)
    assert [tick.text for tick in panel.x_ticks] == ["0.0001", "0.001", "0.01", "0.1", "1"]
    for kind, chosen, shown in (
        ("choice", [["b", "a", "c"]], ["b", "a", "c"]),
        ("choice", [[64, 16, 32]], ["16", "32", "64"]),
    ):
        marks = [Mark(chosen[0][0], 1.0, ""), Mark(chosen[0][0], 2.0, "")]
        panel = plots.against(marks, "x", "loss", sweep_view.axis_of(kind, chosen))
        assert [tick.text for tick in panel.x_ticks] == shown
        assert panel.dots[0].x != panel.dots[1].x


@given(st.lists(st.one_of(st.none(), st.booleans(), st.text(), numbers), max_size=8))
def test_any_setting_has_a_place(settings: list[Any]) -> None:
    marks = [Mark(setting, 1.0, "") for setting in settings]
    panel = plots.against(marks, "x", "loss", Axis())
    assert len(panel.dots) == len(settings)
    assert all(plots.LEFT <= dot.x <= plots.RIGHT for dot in panel.dots)


def test_what_is_not_finite_interrupts_a_line() -> None:
    values = [(0, 1.0), (1, math.nan), (2, 3.0), (3, math.inf), (4, 2.0), (5, 2.0)]
    panel = plots.history(values, "loss")
    assert panel.line.count("M") == 3
    assert panel.line.count("L") == 1
    assert len(panel.dots) == 4


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
    progress = sweep_view.panels_of(shown, sweep_view.goal_of(plan))[:1]
    steps = [float(y) for each in progress for y in re.findall(r"V([\d.]+)", each.line)]
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
