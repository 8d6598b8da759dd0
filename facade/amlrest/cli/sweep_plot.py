"""Plot of a sweep: the metric against each hyperparameter, and the best so far."""

from __future__ import annotations

import random
import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from amlrest import _readable as readable
from amlrest.charts.drawing import shortened
from amlrest.charts.scales import Categories, Linear, Log, fitting
from amlrest.cli.plotting import canvas, save
from amlrest.report import sweep_data
from amlrest.report.setting_scales import scale_of
from amlrest.resources import trial_ranking as ranking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from amlrest.charts.settings import SettingScale
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

_MARK: dict[str, Any] = {"s": 38, "color": "#4878a8", "alpha": 0.75, "linewidths": 0}
_WITHOUT: dict[str, Any] = {"s": 34, "marker": "x", "color": "#c02b3c", "linewidths": 1.6}
_WINNER: dict[str, Any] = {
    "s": 150,
    "marker": "*",
    "color": "#d1495b",
    "zorder": 5,
    "edgecolors": "white",
    "linewidths": 0.8,
}
_LINE = "#333333"
_LEGEND: dict[str, Any] = {
    "fontsize": 9,
    "frameon": False,
    "ncols": 4,
    "columnspacing": 1.0,
    "handletextpad": 0.3,
    "loc": "lower left",
    "bbox_to_anchor": (-0.04, 1.0),
}
_LONGEST_LABEL = 14
_PER_INCH = 11
"""Characters of the title that fit into an inch."""


def draw(goal: Goal, runs: Sequence[TrialRun], path: Path) -> None:
    """Write the plot.

    Args:
        goal: objective and search space.
        runs: its trials, at least one with a finite value of the metric.
        path: the file; its suffix says the format.
    """
    shown = sweep_data.shown(goal, runs)
    with canvas(1 + len(goal.parameters), share_y=True) as (figure, panels):
        _draw_progress(panels[0], goal, shown)
        for panel, name in zip(panels[1:], goal.parameters, strict=True):
            _draw_parameter(panel, goal, shown, name)
        scale = fitting(sweep_data.values(goal, shown))
        panels[0].set_yscale("log" if isinstance(scale, Log) else "linear")
        panels[0].margins(y=0.08)
        width = int(figure.get_figwidth() * _PER_INCH)
        save(figure, textwrap.fill(_title(goal, runs), width, replace_whitespace=False), path)


def _title(goal: Goal, runs: Sequence[TrialRun]) -> str:
    name = ", ".join(filter(None, [goal.sweep, readable.moment(goal.created)]))
    drawn = len(sweep_data.values(goal, runs))
    count = f"{len(runs)} {'trial' if len(runs) == 1 else 'trials'}"
    without = f", {len(runs) - drawn} without a value" if drawn < len(runs) else ""
    return f"{name}\n{count}{without} · {ranking.best_so_far(goal, runs)}"


def _draw_progress(panel: Axes, goal: Goal, shown: Sequence[TrialRun]) -> None:
    numbers = sweep_data.numbers(goal, shown)
    _scatter(panel, goal, shown, [numbers[run.name] for run in shown])
    _set_axis(panel, Linear(min(numbers.values()), max(numbers.values())))
    line = sweep_data.best_so_far(goal, shown)
    panel.plot([x for x, _ in line], [y for _, y in line], color=_LINE, label="best so far")
    panel.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    panel.set_xlabel("trial number")
    panel.set_ylabel(f"{goal.metric} ({'higher' if goal.maximize else 'lower'} is better)")
    panel.legend(**_LEGEND)


def _draw_parameter(panel: Axes, goal: Goal, shown: Sequence[TrialRun], name: str) -> None:
    known = [run for run in shown if ranking.parameter(run, name) is not None]
    settings = [ranking.parameter(run, name) for run in known]
    panel.set_xlabel(name.lstrip("-"))
    panel.set_ylabel(goal.metric)
    if not known:
        return
    scale, places = scale_of(goal.space.get(name), settings)
    _set_axis(panel, scale)
    spread = random.Random(0)  # noqa: S311
    jitter = 0.18 if isinstance(scale, Categories) else 0.0
    _scatter(panel, goal, known, [place + spread.uniform(-jitter, jitter) for place in places])


def _set_axis(panel: Axes, scale: SettingScale) -> None:
    if isinstance(scale, Categories):
        labels = [shortened(label, _LONGEST_LABEL) for label in scale.labels]
        panel.set_xticks(range(len(labels)), labels)
        panel.set_xlim(-0.5, len(labels) - 0.5)
        panel.grid(visible=False, axis="x")
    elif isinstance(scale, Log):
        panel.set_xscale("log")
        panel.set_xlim(10.0**scale.low, 10.0**scale.high)
    else:
        panel.set_xlim(scale.low, scale.high)


def _scatter(panel: Axes, goal: Goal, runs: Sequence[TrialRun], places: Sequence[float]) -> None:
    """Draw trials: those without a value on the lower edge, the best as a star."""
    winner = ranking.best(goal, runs)
    points = [(run, x, ranking.value(goal, run)) for run, x in zip(runs, places, strict=True)]
    edge = [x for _, x, y in points if y is None]
    others = [(x, y) for run, x, y in points if y is not None and run is not winner]
    panel.scatter([x for x, _ in others], [y for _, y in others], label="trial", **_MARK)
    if edge:
        across = panel.get_xaxis_transform()
        panel.scatter(
            edge, [0.0] * len(edge), transform=across, clip_on=False, label="no value", **_WITHOUT
        )
    best = [(x, y) for run, x, y in points if run is winner and y is not None]
    if best:
        panel.scatter(*zip(*best, strict=True), label="best trial", **_WINNER)
