"""Charts of curves: the values of a metric by step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amlrest.charts.drawing import COLOURS, Axis, Line, Mark, chart
from amlrest.charts.sampling import MOST_POINTS
from amlrest.charts.scales import Linear, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amlrest._markup import Markup

    Curve = Sequence[tuple[float, float]]

_DASHES = 4
_MOST_MARKS = 300


def curve(metric: str, histories: Mapping[str, Curve]) -> Markup:
    """Return the values of a metric by step, a line for each run.

    One line of not too many values has a mark for each, so that one can point at it.

    Args:
        metric: its name.
        histories: steps and values by the name of the run, in the order of the colours.
    """
    every = [point for history in histories.values() for point in history]
    finite = [(step, value) for step, value in every if math.isfinite(value)]
    steps = [step for step, _ in every]
    x = Linear(min(steps), max(steps), whole=True) if steps else Linear(0, 1)
    lines = [
        Line(history, line_style(number), name or None)
        for number, (name, history) in enumerate(histories.items())
    ]
    marks = [
        Mark(step, value, f"step {step}: {value:.6g}", "step")
        for step, value in finite
        if len(histories) == 1 and len(finite) <= _MOST_MARKS
    ]
    return chart(
        Axis("step", x),
        Axis(metric, fitting([value for _, value in finite])),
        lines=lines,
        marks=marks,
        note=_left_out(histories, len(every) - len(finite)),
    )


def line_style(number: int) -> str:
    """Return the colour, and beyond the last one the dashes, of a line."""
    return f"line c{number % COLOURS} d{number // COLOURS % _DASHES}"


def _left_out(histories: Mapping[str, Curve], not_finite: int) -> str:
    longest = max((len(history) for history in histories.values()), default=0)
    said = []
    if longest > MOST_POINTS:
        said.append(
            f"{longest:,} values; drawn are the lowest and the highest of each of "
            f"{MOST_POINTS // 2} stretches"
        )
    if not_finite:
        said.append(f"{not_finite:,} values are NaN or infinite, and not drawn")
    return "; ".join(said)
