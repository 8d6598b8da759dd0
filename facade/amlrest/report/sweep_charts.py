"""Charts of a sweep: the metric by trial, against each hyperparameter, and all of them at once."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

from amlrest import _readable as readable
from amlrest.report.charts import Axis, Line, Mark, chart, polyline, shortened
from amlrest.report.markup import Markup, join, tag
from amlrest.report.scales import Categories, Linear, Log, fitting
from amlrest.resources import trial_ranking as ranking
from amlrest.resources.results import as_number
from amlrest.resources.search_space import Choice, RandInt, Uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

    Setting = str | float

_KINDS = {"Completed": "done", "Failed": "failed"}
_JITTER = 12.0
MOST_BEST = 10
"""Trials that stand out in parallel coordinates."""
_MOST_CATEGORIES = 24
_TALL, _APART, _ABOVE = 220, 120, 40


def charts(goal: Goal, space: Mapping[str, Any], runs: Sequence[TrialRun]) -> list[Markup]:
    """Return the charts of the trials; none if no trial has a finite value.

    Ended trials without one are marks on the lower edge, so that one sees which settings fail.
    """
    values = [v for run in runs if (v := ranking.value(goal, run)) is not None]
    if not values:
        return []
    shown = [
        run
        for run in ranking.in_order(goal, runs)
        if ranking.value(goal, run) is not None or ranking.is_finished(run)
    ]
    winner = ranking.best(goal, runs)
    better = "higher" if goal.maximize else "lower"
    y = Axis(f"{goal.metric} ({better} is better)", fitting(values))
    order = sorted(shown, key=lambda run: run is winner)  # the best is drawn last
    return [
        _progress(goal, y, order, winner),
        *(_against(goal, y, order, winner, (name, space.get(name))) for name in goal.parameters),
    ]


def parallel(goal: Goal, space: Mapping[str, Any], runs: Sequence[TrialRun]) -> Markup | None:
    """Return parallel coordinates: a line for each trial through its settings to its metric.

    None with fewer than two hyperparameters or trials.
    """
    measured = [run for run in ranking.in_order(goal, runs) if ranking.value(goal, run) is not None]
    names = [n for n in goal.parameters if all(_setting(run, n) is not None for run in measured)]
    if len(measured) <= 1 or len(names) <= 1:
        return None
    columns: list[tuple[str, Categories | Linear | Log, list[float]]] = []
    spread = random.Random(0)  # noqa: S311
    for name in names:
        scale, places = _scale(space.get(name), [_setting(run, name) for run in measured])
        found = [scale.place(place) for place in places]
        if isinstance(scale, Categories):
            found = [place + spread.uniform(-0.1, 0.1) / len(scale.labels) for place in found]
        columns.append((name.lstrip("-"), scale, found))
    values = [_value(goal, run) for run in measured]
    last = fitting(values)
    columns.append((goal.metric, last, [last.place(value) for value in values]))
    return _coordinates(goal, measured, columns)


def distribution_scale(distribution: Any, values: Sequence[float]) -> Linear | Log:
    """Return the scale of a hyperparameter that is a number, true to its distribution.

    Values that are drawn on a logarithmic scale are shown on one; a range that is known is shown
    whole, so that its unsearched parts are seen.
    """
    every = [*values, *_bounds(distribution)]
    is_log = "log" in getattr(distribution, "KIND", "") and min(every) > 0
    return (Log if is_log else Linear)(min(every), max(every))


def _bounds(distribution: Any) -> tuple[float, ...]:
    """Return the lowest and highest value of a distribution that has them."""
    if isinstance(distribution, RandInt):
        return 0.0, float(distribution.upper - 1)
    if not isinstance(distribution, Uniform):
        return ()
    low, high = distribution.min_value, distribution.max_value
    if "log" not in distribution.KIND:
        return low, high
    try:
        return math.exp(low), math.exp(high)
    except OverflowError:
        return ()


def _progress(goal: Goal, y: Axis, order: Sequence[TrialRun], winner: Any) -> Markup:
    by_number = ranking.in_order(goal, order)
    numbers = {run.name: _number(goal, run, n) for n, run in enumerate(by_number)}
    marks = [_trial_mark(goal, run, numbers[run.name], winner) for run in order]
    counted = [
        (numbers[run.name], found)
        for run in by_number
        if run.status != "Failed" and (found := ranking.value(goal, run)) is not None
    ]
    scale = Linear(min(numbers.values()), max(numbers.values()), whole=True)
    line = Line(_steps(counted, goal.maximize), "line so-far", "best so far")
    return chart(Axis("trial", scale), y, lines=[line], marks=marks)


def _trial_mark(goal: Goal, run: TrialRun, x: float, winner: Any, shift: float = 0.0) -> Mark:
    found = ranking.value(goal, run)
    kind = "failed" if found is None else _kind(run, winner)
    return Mark(x, found, _title(goal, run), kind, 0.0 if run is winner else shift)


def _steps(points: Sequence[tuple[float, float]], maximize: bool) -> list[tuple[float, float]]:
    """Return the best value so far as a line with steps."""
    found: list[tuple[float, float]] = []
    for x, y in points:
        best = y if not found else (max if maximize else min)(y, found[-1][1])
        if found and best != found[-1][1]:
            found.append((x, found[-1][1]))
        found.append((x, best))
    return found


def _against(
    goal: Goal, y: Axis, order: Sequence[TrialRun], winner: Any, parameter: tuple[str, Any]
) -> Markup:
    name, distribution = parameter
    known = [run for run in order if _setting(run, name) is not None]
    if not known:
        return Markup()
    scale, places = _scale(distribution, [_setting(run, name) for run in known])
    spread = random.Random(0)  # noqa: S311
    width = _JITTER if isinstance(scale, Categories) else 0.0
    marks = [
        _trial_mark(goal, run, place, winner, spread.uniform(-width, width))
        for run, place in zip(known, places, strict=True)
    ]
    return chart(Axis(name.lstrip("-"), scale), y, marks=marks)


def _scale(
    distribution: Any, settings: Sequence[Setting | None]
) -> tuple[Categories | Linear | Log, list[float]]:
    """Return the scale of a hyperparameter, and each setting as a number on it."""
    numbers = [float(s) for s in settings if isinstance(s, int | float)]
    all_numbers = len(numbers) == len(settings)
    if all_numbers and not isinstance(distribution, Choice):
        return distribution_scale(distribution, numbers), numbers
    texts = [_category(setting) for setting in settings]
    labels = _categories(distribution, set(texts), all_numbers)
    if all_numbers and len(labels) > _MOST_CATEGORIES:
        return fitting(numbers), numbers
    return Categories(labels), [float(labels.index(text)) for text in texts]


def _categories(distribution: Any, found: set[str], numeric: bool) -> list[str]:
    """Return the values of a choice, also those that no trial has, then others that trials have."""
    offered = distribution.values if isinstance(distribution, Choice) else ()
    labels = list(dict.fromkeys(_category(as_number(_written(value))) for value in offered))
    labels += sorted(found - set(labels))
    return sorted(labels, key=float) if numeric and all(map(_is_number, labels)) else labels


def _written(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _category(setting: Setting | None) -> str:
    return setting if isinstance(setting, str) else readable.number(setting or 0)


def _is_number(text: str) -> bool:
    return not isinstance(as_number(text), str)


def _coordinates(
    goal: Goal,
    measured: Sequence[TrialRun],
    columns: Sequence[tuple[str, Categories | Linear | Log, list[float]]],
) -> Markup:
    ranks = {run.name: n for n, run in enumerate(ranking.ranked(goal, measured))}
    worst_first = sorted(range(len(measured)), key=lambda n: -ranks[measured[n].name])
    lines = []
    for n in worst_first:
        points = [(_x(i), _y(places[n])) for i, (_, _, places) in enumerate(columns)]
        style = f"through {_quality(ranks[measured[n].name], len(measured))}"
        lines.append(polyline(points, style, _title(goal, measured[n])))
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


def _column(index: int, name: str, scale: Categories | Linear | Log) -> Markup:
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


def _setting(run: TrialRun, name: str) -> Setting | None:
    return ranking.parameter(run, name)


def _value(goal: Goal, run: TrialRun) -> float:
    return ranking.value(goal, run) or 0.0


def _number(goal: Goal, run: TrialRun, index: int) -> int:
    text = ranking.label(goal, run)
    return int(text) if text.isdecimal() else index


def _kind(run: TrialRun, winner: Any) -> str:
    return "best" if run is winner else _KINDS.get(run.status, "other")


def _title(goal: Goal, run: TrialRun) -> str:
    logged = run.metrics.get(goal.metric)
    found = f"no {goal.metric}" if logged is None else f"{goal.metric} {readable.number(logged)}"
    number, settings = ranking.label(goal, run), ranking.settings(goal, run)
    return f"trial {number}, {run.status}: {found}; {settings}"
