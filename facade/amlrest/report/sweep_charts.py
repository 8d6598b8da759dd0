"""Charts of a sweep: the metric by trial, and against each hyperparameter."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from amlrest import _readable as readable
from amlrest._markup import Markup
from amlrest.report import sweep_data
from amlrest.report.charts import Axis, Line, Mark, chart
from amlrest.report.scales import Categories, Linear, fitting
from amlrest.report.setting_scales import scale_of
from amlrest.resources import trial_ranking as ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

_KINDS = {"Completed": "done", "Failed": "failed"}
_JITTER = 12.0


def charts(goal: Goal, runs: Sequence[TrialRun]) -> list[Markup]:
    """Return the charts of the trials; none if no trial has a finite value.

    Ended trials without one are marks on the lower edge, so that one sees which settings fail.
    """
    values = sweep_data.values(goal, runs)
    if not values:
        return []
    winner = ranking.best(goal, runs)
    better = "higher" if goal.maximize else "lower"
    y = Axis(f"{goal.metric} ({better} is better)", fitting(values))
    shown = sweep_data.shown(goal, runs)
    order = sorted(shown, key=lambda run: run is winner)  # the best is drawn last
    return [
        _progress(goal, y, shown, winner),
        *(_against(goal, y, order, winner, name) for name in goal.parameters),
    ]


def title(goal: Goal, run: TrialRun) -> str:
    """Return what is shown when one points at a trial."""
    logged = ranking.logged(goal, run)
    found = f"no {goal.metric}" if logged is None else f"{goal.metric} {readable.number(logged)}"
    number, settings = ranking.label(goal, run), ranking.settings(goal, run)
    return f"trial {number}, {run.status}: {found}; {settings}"


def _progress(goal: Goal, y: Axis, shown: Sequence[TrialRun], winner: TrialRun | None) -> Markup:
    numbers = sweep_data.numbers(goal, shown)
    marks = [
        _mark(goal, run, numbers[run.name], winner)
        for run in sorted(shown, key=lambda run: run is winner)
    ]
    scale = Linear(min(numbers.values()), max(numbers.values()), whole=True)
    line = Line(sweep_data.best_so_far(goal, shown), "line so-far", "best so far")
    return chart(Axis("trial", scale), y, lines=[line], marks=marks)


def _against(
    goal: Goal, y: Axis, order: Sequence[TrialRun], winner: TrialRun | None, name: str
) -> Markup:
    known = [run for run in order if ranking.parameter(run, name) is not None]
    if not known:
        return Markup()
    scale, places = scale_of(goal.space.get(name), [ranking.parameter(run, name) for run in known])
    spread = random.Random(0)  # noqa: S311
    width = _JITTER if isinstance(scale, Categories) else 0.0
    marks = [
        _mark(goal, run, place, winner, spread.uniform(-width, width))
        for run, place in zip(known, places, strict=True)
    ]
    return chart(Axis(name.lstrip("-"), scale), y, marks=marks)


def _mark(goal: Goal, run: TrialRun, x: float, winner: TrialRun | None, shift: float = 0.0) -> Mark:
    value = ranking.value(goal, run)
    if run is winner:
        return Mark(x, value, title(goal, run), "best")
    kind = "failed" if value is None else _KINDS.get(run.status, "other")
    return Mark(x, value, title(goal, run), kind, shift)
