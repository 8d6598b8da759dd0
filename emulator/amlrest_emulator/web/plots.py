"""Plots: values as places, ticks and lines on a panel that a template draws as SVG. No I/O."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from amlrest_emulator.web import words
from amlrest_emulator.web.scales import Scale, label, scale_of

WIDTH, HEIGHT = 420.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 408.0, 12.0, 212.0
"""The area of the marks in the panel; the labels stand around it."""

AREA = {
    "width": WIDTH,
    "height": HEIGHT,
    "left": LEFT,
    "right": RIGHT,
    "top": TOP,
    "bottom": BOTTOM,
}
"""The same for templates."""

_X_TICKS, _Y_TICKS = 5, 5
_JITTER = 0.18
_LONGEST = 14
_MOST_CATEGORIES = 24
_MOST_LABELS = 8


class Mark(NamedTuple):
    """A value of a plot.

    Attributes:
        x: a number, or a category.
        y: the metric, finite; None is shown at the lower edge.
        text: what is said of it.
        link: path of its page, or "".
        kind: ``best``, ``failed``, ``canceled`` or "", which says how it looks.
    """

    x: Any
    y: float | None
    text: str
    link: str = ""
    kind: str = ""


class Axis(NamedTuple):
    """What is known of a horizontal axis before its values.

    Attributes:
        categories: what can be chosen, in this order; empty for a range of numbers.
        ends: values that are shown in any case, such as the ends of a range.
        logarithmic: whether equal ratios are equal distances.
    """

    categories: tuple[Any, ...] = ()
    ends: tuple[float, ...] = ()
    logarithmic: bool = False


class Dot(NamedTuple):
    """A mark at its place in the panel."""

    x: float
    y: float
    mark: Mark


class Tick(NamedTuple):
    """A round value of an axis."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot, ready to be drawn.

    Attributes:
        title: what it shows, for those who do not see it.
        x_label: name of the horizontal axis; ``y_label`` of the vertical one.
        x_ticks: its ticks; ``y_ticks`` likewise.
        dots: marks, those that are drawn above others last.
        line: path of a line in SVG's syntax, or "".
    """

    title: str
    x_label: str
    y_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    line: str = ""

    @property
    def role(self) -> str:
        """What it is for assistive technology: an image has no links in it."""
        return "group" if any(dot.mark.link for dot in self.dots) else "img"


def progress(marks: Sequence[Mark], metric: str, *, maximize: bool) -> Panel:
    """Return the plot of a metric by number of the trial, with a line of the best so far."""
    across = _whole_scale([mark.x for mark in marks])
    up = _up(marks)
    counted = [mark for mark in marks if mark.y is not None and mark.kind != "failed"]
    counted.sort(key=lambda mark: mark.x)
    best = _best_so_far([mark.y or 0.0 for mark in counted], maximize=maximize)
    places = [across(mark.x) for mark in counted]
    return Panel(
        f"{metric} by trial, with the best so far as a line",
        "trial",
        metric,
        _ticks(across, _X_TICKS, whole=True),
        _ticks(up, _Y_TICKS),
        _dots(marks, across, up),
        _steps(places, [up(value) for value in best]),
    )


def against(marks: Sequence[Mark], name: str, metric: str, axis: Axis) -> Panel:
    """Return the plot of a metric against a hyperparameter; categories stand side by side."""
    up, title = _up(marks), f"{metric} against {name}"
    numeric = all(_is_number(mark.x) for mark in marks)
    if axis.categories or not numeric:
        categories = _categories(marks, axis)
        if len(categories) <= _MOST_CATEGORIES or not numeric:
            return _strip(marks, categories, name, metric, up)
    values = [*(mark.x for mark in marks), *axis.ends]
    is_log = axis.logarithmic and min(values, default=0.0) > 0
    across = scale_of(values, LEFT, RIGHT, logarithmic=is_log)
    ticks = _ticks(across, _X_TICKS)
    return Panel(title, name, metric, ticks, _ticks(up, _Y_TICKS), _dots(marks, across, up))


def _categories(marks: Sequence[Mark], axis: Axis) -> list[str]:
    """Return what can be chosen and what was; numbers in their order."""
    every = [*axis.categories, *(mark.x for mark in marks)]
    if all(_is_number(value) for value in every):
        every.sort()
    return list(dict.fromkeys(words.number(value) for value in every))


def history(values: Sequence[tuple[int, float]], metric: str) -> Panel:
    """Return the line of a metric over its steps; NaN and infinity interrupt it."""
    finite = [(step, value) for step, value in values if math.isfinite(value)]
    across = _whole_scale([step for step, _ in finite])
    up = scale_of((value for _, value in finite), BOTTOM, TOP)
    dots = tuple(
        Dot(across(step), up(value), Mark(step, value, f"step {step}: {value:.6g}"))
        for step, value in finite
    )
    path, pen = [], "M"
    for step, value in values:
        if not math.isfinite(value):
            pen = "M"
            continue
        path.append(f"{pen}{across(step):.1f} {up(value):.1f}")
        pen = "L"
    return Panel(
        f"{metric} by step",
        "step",
        metric,
        _ticks(across, _X_TICKS, whole=True),
        _ticks(up, _Y_TICKS),
        dots,
        " ".join(path),
    )


def _strip(
    marks: Sequence[Mark], categories: Sequence[str], name: str, metric: str, up: Scale
) -> Panel:
    """Return the plot of categories, whose marks are spread so that they do not hide each other."""
    number_of = {text: number for number, text in enumerate(categories)}
    across = Scale(-0.5, len(categories) - 0.5, LEFT, RIGHT)
    spread = random.Random(0)  # noqa: S311 - it only looks random
    dots = _ordered(
        Dot(
            across(number_of[words.number(mark.x)] + spread.uniform(-_JITTER, _JITTER)),
            _height(mark, up),
            mark,
        )
        for mark in marks
    )
    every = -(-len(categories) // _MOST_LABELS)
    ticks = tuple(
        Tick(across(number), _short(text))
        for number, text in enumerate(categories)
        if number % every == 0
    )
    title = f"{metric} against {name}"
    return Panel(title, name, metric, ticks, _ticks(up, _Y_TICKS), dots)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _up(marks: Iterable[Mark]) -> Scale:
    return scale_of((mark.y for mark in marks if mark.y is not None), BOTTOM, TOP)


def _height(mark: Mark, up: Scale) -> float:
    return BOTTOM if mark.y is None else up(mark.y)


def _whole_scale(values: Sequence[int]) -> Scale:
    """Return a horizontal scale of whole numbers, half a number wider on both sides at least."""
    low, high = min(values, default=0), max(values, default=0)
    margin = max(0.5, 0.03 * (high - low))
    return Scale(low - margin, high + margin, LEFT, RIGHT)


def _ticks(scale: Scale, count: int, *, whole: bool = False) -> tuple[Tick, ...]:
    values = scale.ticks(count)
    shown = [value for value in values if not whole or value == round(value)]
    return tuple(Tick(scale(value), label(value)) for value in shown)


def _dots(marks: Iterable[Mark], across: Scale, up: Scale) -> tuple[Dot, ...]:
    return _ordered(Dot(across(mark.x), _height(mark, up), mark) for mark in marks)


def _ordered(dots: Iterable[Dot]) -> tuple[Dot, ...]:
    return tuple(sorted(dots, key=lambda dot: dot.mark.kind == "best"))


def _best_so_far(values: Iterable[float], *, maximize: bool) -> list[float]:
    choose: Callable[[float, float], float] = max if maximize else min
    found: list[float] = []
    for value in values:
        found.append(choose(found[-1], value) if found else value)
    return found


def _steps(across: Sequence[float], up: Sequence[float]) -> str:
    """Return the path of a line that goes right, then up or down."""
    path = [f"M{x:.1f} {y:.1f}" for x, y in zip(across[:1], up[:1], strict=True)]
    path += [f"H{x:.1f}V{y:.1f}" for x, y in zip(across[1:], up[1:], strict=True)]
    return " ".join(path)
