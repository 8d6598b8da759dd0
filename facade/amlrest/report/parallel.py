"""Parallel coordinates: a line for each trial through its settings to its metric."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from amlrest._markup import Markup, join, tag
from amlrest.charts.drawing import polyline, shortened
from amlrest.charts.scales import Categories, fitting
from amlrest.report.setting_scales import scale_of
from amlrest.report.sweep_charts import title
from amlrest.resources import trial_ranking as ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest.charts.settings import SettingScale
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

MOST_BEST = 10
"""Trials that stand out."""
_TALL, _APART, _ABOVE = 220, 120, 40


def parallel(goal: Goal, runs: Sequence[TrialRun]) -> Markup | None:
    """Return parallel coordinates: a line for each trial through its settings to its metric.

    None with fewer than two hyperparameters or trials.
    """
    measured = [run for run in ranking.in_order(goal, runs) if ranking.value(goal, run) is not None]
    names = [
        n for n in goal.parameters if all(ranking.parameter(run, n) is not None for run in measured)
    ]
    if len(measured) <= 1 or len(names) <= 1:
        return None
    columns: list[tuple[str, SettingScale, list[float]]] = []
    spread = random.Random(0)  # noqa: S311
    for name in names:
        scale, places = scale_of(
            goal.space.get(name), [ranking.parameter(run, name) for run in measured]
        )
        found = [scale.place(place) for place in places]
        if isinstance(scale, Categories):
            found = [place + spread.uniform(-0.1, 0.1) / len(scale.labels) for place in found]
        columns.append((name.lstrip("-"), scale, found))
    values = [ranking.value(goal, run) or 0.0 for run in measured]
    last = fitting(values)
    columns.append((goal.metric, last, [last.place(value) for value in values]))
    return _coordinates(goal, measured, columns)


def _coordinates(
    goal: Goal,
    measured: Sequence[TrialRun],
    columns: Sequence[tuple[str, SettingScale, list[float]]],
) -> Markup:
    ranks = {run.name: n for n, run in enumerate(ranking.ranked(goal, measured))}
    worst_first = sorted(range(len(measured)), key=lambda n: -ranks[measured[n].name])
    lines = []
    for n in worst_first:
        points = [(_x(i), _y(places[n])) for i, (_, _, places) in enumerate(columns)]
        style = f"through {_quality(ranks[measured[n].name], len(measured))}"
        lines.append(polyline(points, style, title(goal, measured[n])))
    axes = [_column(index, name, scale) for index, (name, scale, _) in enumerate(columns)]
    width = _x(len(columns) - 1) + _APART - 30
    return tag(
        "svg",
        *lines,
        *axes,
        viewBox=f"0 0 {width} {_TALL + _ABOVE + 16}",
        width=width,
        height=_TALL + _ABOVE + 16,
        role="img",
        aria_label="hyperparameters and metric of each trial",
    )


def _quality(rank: int, count: int) -> str:
    """Return the class for the best trials, for others of the best quarter, or for the rest."""
    if rank >= max(count // 4, 1):
        return "rest"
    return "good" if rank >= MOST_BEST else "top"


def _x(index: int) -> float:
    return 20 + index * _APART


def _y(place: float) -> float:
    return _ABOVE + (1 - place) * _TALL


def _column(index: int, name: str, scale: SettingScale) -> Markup:
    x = _x(index)
    ticks = scale.ticks
    shown = ticks[:: max(1, -(-len(ticks) // 12))]
    labels = [
        tag(
            "text",
            shortened(tick.label, 14),
            tag("title", tick.label),
            x=x + 6,
            y=round(_y(tick.place)) + 4,
            class_="tick",
        )
        for tick in shown
    ]
    title = tag("text", shortened(name, 17), tag("title", name), x=x - 6, y=18, class_="strong")
    return join(
        [tag("line", x1=x, x2=x, y1=_ABOVE, y2=_ABOVE + _TALL, class_="axis"), title, *labels]
    )
