"""Plot of a sweep: the metric against each hyperparameter, and the best so far."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from amlrest.cli import render, trial_table
from amlrest.cli.plotting import canvas, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from amlrest.resources.results import TrialRun

_MARK: dict[str, Any] = {"s": 38, "color": "#4878a8", "alpha": 0.75, "linewidths": 0}
_WINNER: dict[str, Any] = {
    "s": 150,
    "marker": "*",
    "color": "#d1495b",
    "zorder": 5,
    "edgecolors": "white",
    "linewidths": 0.8,
}
_LINE = "#333333"
_LOG_FROM_RATIO = 30.0


def draw(goal: trial_table.Goal, runs: Sequence[TrialRun], path: Path) -> None:
    """Write the plot.

    Args:
        goal: objective and search space.
        runs: its trials, at least one completed with the metric.
        path: the file; its suffix says the format.
    """
    measured = [
        run for run in trial_table.in_order(goal, runs) if trial_table.value(goal, run) is not None
    ]
    with canvas(1 + len(goal.parameters), share_y=True) as (figure, panels):
        _draw_progress(panels[0], goal, measured)
        for panel, name in zip(panels[1:], goal.parameters, strict=True):
            _draw_parameter(panel, goal, measured, name)
        if is_wide(_values(goal, measured)):
            panels[0].set_yscale("log")
        panels[0].margins(y=0.08)
        save(figure, _title(goal, measured), path)


def is_wide(values: Sequence[float]) -> bool:
    """Return whether values are positive and their range is wide enough for a log axis."""
    return bool(values) and min(values) > 0 and max(values) / min(values) >= _LOG_FROM_RATIO


def best_so_far(goal: trial_table.Goal, values: Sequence[float]) -> list[float]:
    """Return, for each trial, the best value up to it."""
    pick = max if goal.maximize else min
    return [pick(values[: index + 1]) for index in range(len(values))]


def _title(goal: trial_table.Goal, measured: Sequence[TrialRun]) -> str:
    winner = trial_table.ranked(goal, measured)[0]
    found = render.number(trial_table.value(goal, winner) or 0.0)
    name = ", ".join(filter(None, [goal.sweep, render.moment(goal.created)]))
    return (
        f"{name}\n{len(measured)} trials · best {goal.metric} {found} "
        f"(trial {trial_table.label(goal, winner)}: {trial_table.settings(goal, winner)})"
    )


def _values(goal: trial_table.Goal, runs: Sequence[TrialRun]) -> list[float]:
    return [trial_table.value(goal, run) or 0.0 for run in runs]


def _draw_progress(panel: Axes, goal: trial_table.Goal, measured: Sequence[TrialRun]) -> None:
    values = _values(goal, measured)
    numbers = [_number(goal, run, index) for index, run in enumerate(measured)]
    winner = measured.index(trial_table.ranked(goal, measured)[0])
    panel.scatter(numbers, values, label="trial", **_MARK)
    panel.step(numbers, best_so_far(goal, values), where="post", color=_LINE, label="best so far")
    panel.scatter([numbers[winner]], [values[winner]], label="best trial", **_WINNER)
    panel.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel.set_xlabel("trial number")
    panel.set_ylabel(f"{goal.metric} ({'higher' if goal.maximize else 'lower'} is better)")
    panel.legend(fontsize=9, frameon=False, ncols=3, loc="lower left", bbox_to_anchor=(-0.02, 1.0))


def _number(goal: trial_table.Goal, run: TrialRun, index: int) -> int:
    text = trial_table.label(goal, run)
    return int(text) if text.isdecimal() else index


def _draw_parameter(
    panel: Axes, goal: trial_table.Goal, measured: Sequence[TrialRun], name: str
) -> None:
    found = [(run, trial_table.parameter(run, name)) for run in measured]
    known = [(run, setting) for run, setting in found if setting is not None]
    if all(isinstance(setting, int | float) for _, setting in known):
        places = [float(setting) for _, setting in known]
        if name in goal.logarithmic and min(places, default=0.0) > 0:
            panel.set_xscale("log")
    else:
        places = _strip(panel, [str(setting) for _, setting in known])
    values = _values(goal, [run for run, _ in known])
    panel.scatter(places, values, **_MARK)
    winner = trial_table.ranked(goal, measured)[0]
    at = [index for index, (run, _) in enumerate(known) if run is winner]
    panel.scatter([places[i] for i in at], [values[i] for i in at], **_WINNER)
    panel.set_xlabel(name.lstrip("-"))
    panel.set_ylabel(goal.metric)


def _strip(panel: Axes, settings: Sequence[str]) -> list[float]:
    """Jitter the marks of each category horizontally, so that they do not overlap."""
    categories = sorted(set(settings))
    panel.set_xticks(range(len(categories)), categories)
    panel.set_xlim(-0.5, len(categories) - 0.5)
    panel.grid(visible=False, axis="x")
    spread = random.Random(0)  # noqa: S311
    return [categories.index(setting) + spread.uniform(-0.18, 0.18) for setting in settings]
