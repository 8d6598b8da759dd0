"""Scales of axes: where a value stands, and which ticks are labelled. Pure."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

_TICKS = 5
_MOST = sys.float_info.max
_WIDE = 30.0
_MARGIN = 0.04
_SMALLEST, _LARGEST = 1e-4, 1e6
_DECADES_FOR_HALVES = 2
_HALVES = (1, 2, 5)
_STEPS = ((10, math.sqrt(50)), (5, math.sqrt(10)), (2, math.sqrt(2)), (1, 0.0))
"""Steps, and from where each is the nearest one: the geometric mean with the step before."""
_POWERS = range(-323, 309)
"""Exponents of the powers of ten that are floats."""
_DECIMAL_POWERS = 5
_ALIKE, _SMALLEST_SPAN = 1e-12, 1e-300
"""Values that differ less are one value for a scale."""


class Tick(NamedTuple):
    """A labelled place on an axis.

    Attributes:
        place: from 0 to 1.
        label: its text.
    """

    place: float
    label: str


class Scale(Protocol):
    """Where values stand on an axis, from 0 to 1."""

    @property
    def ticks(self) -> Sequence[Tick]:
        """The labelled places."""

    def place(self, value: float) -> float:
        """Return where a value stands."""


class Linear:
    """A linear scale.

    Args:
        low: the lowest value.
        high: the highest value; when equal, the scale is around it.
        whole: whether ticks are whole numbers only.
    """

    def __init__(self, low: float, high: float, *, whole: bool = False) -> None:
        largest = max(abs(low), abs(high))
        # In halves, because the difference of the largest floats is infinite.
        if high / 2 - low / 2 <= max(largest * _ALIKE, _SMALLEST_SPAN):
            margin = largest * _MARGIN if largest > _SMALLEST_SPAN else 1.0
            margin = max(0.5, largest * _ALIKE) if whole else margin
        else:
            margin = (high / 2 - low / 2) * 2 * _MARGIN
        self.low, self.high = max(low - margin, -_MOST), min(high + margin, _MOST)
        self._whole = whole

    def place(self, value: float) -> float:
        """Return where a value stands."""
        return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)

    @property
    def ticks(self) -> list[Tick]:
        """Multiples of 1, 2 or 5 times a power of ten."""
        values, step = multiples(self.low, self.high, whole=self._whole)
        return [Tick(self.place(value), _label(value, step)) for value in values]


class Log:
    """A logarithmic scale of positive values."""

    def __init__(self, low: float, high: float) -> None:
        self._bounds = low, high
        low, high = math.log10(low), math.log10(high)
        margin = (high - low) * _MARGIN or 0.1
        self.low, self.high = low - margin, high + margin

    def place(self, value: float) -> float:
        """Return where a value stands."""
        return (math.log10(value) - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[Tick]:
        """Powers of ten, some of many; with 2 and 5 between few."""
        first = max(math.ceil(self.low), _POWERS[0])
        last = min(math.floor(self.high), _POWERS[-1])
        if last - first < _DECADES_FOR_HALVES:
            return self._fine_ticks(range(first - 1, min(last + 1, _POWERS[-1]) + 1))
        every = max(1, math.ceil((last - first + 1) / (_TICKS + 1)))
        return [Tick(self.place(10.0**n), _power(n)) for n in range(first, last + 1, every)]

    def _fine_ticks(self, powers: range) -> list[Tick]:
        values = [factor * 10.0**n for n in powers for factor in _HALVES]
        inside = [v for v in values if 0 < v < math.inf and 0 <= self.place(v) <= 1]
        if len(inside) > 1:
            return [Tick(self.place(value), f"{value:g}") for value in inside]
        low, high = self._bounds
        around = Linear(low, high)
        values, step = multiples(max(around.low, low / 2), around.high)
        inside = [v for v in values if v > 0 and 0 <= self.place(v) <= 1]
        return [Tick(self.place(value), _label(value, step)) for value in inside or [low]]


class Categories:
    """A scale of a few values, each with the same room."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = labels

    def place(self, value: float) -> float:
        """Return where the category of a number stands."""
        return (value + 0.5) / len(self.labels)

    @property
    def ticks(self) -> list[Tick]:
        """All categories."""
        return [Tick(self.place(index), label) for index, label in enumerate(self.labels)]


def is_wide(values: Sequence[float]) -> bool:
    """Return whether values are positive and their range is wide enough for a log axis."""
    return bool(values) and min(values) > 0 and max(values) / min(values) >= _WIDE


def fitting(values: Sequence[float]) -> Linear | Log:
    """Return the scale for measured values: logarithmic if their range is wide."""
    if not values:
        return Linear(0.0, 1.0)
    return (Log if is_wide(values) else Linear)(min(values), max(values))


def _power(exponent: int) -> str:
    return f"{10.0**exponent:g}" if abs(exponent) <= _DECIMAL_POWERS else f"1e{exponent}"


def multiples(
    low: float, high: float, count: int = _TICKS, *, whole: bool = False
) -> tuple[list[float], float]:
    """Return the multiples of a step from one bound to the other, and the step.

    Args:
        low: lowest value.
        high: highest value, greater than `low`.
        count: about how many are wanted; the step is 1, 2 or 5 times a power of ten.
        whole: whether the step is a whole number.
    """
    rough = high / count - low / count
    power = math.floor(math.log10(rough))
    factor = next(step for step, least in _STEPS if rough / 10.0**power >= least)
    if whole and power < 0:
        power, factor = 0, 1
    step = factor * 10.0**power
    # A quotient of whole numbers is the float that is written 0.3.
    unit = 10.0**-power / factor if power < 0 else 0.0
    first = math.ceil(low * unit if unit else low / step)
    last = math.floor(high * unit if unit else high / step)
    few = range(first, min(last, first + 4 * count) + 1)
    values = [n / unit if unit else n * step for n in few]
    return [value for value in values if low <= value <= high], step


def _label(value: float, step: float) -> str:
    """Write a tick with the decimals that tell it from its neighbours."""
    if value == 0:
        return "0"
    digits = max(0, math.floor(math.log10(abs(value))) - math.floor(math.log10(step)))
    if not _SMALLEST <= abs(value) < _LARGEST:
        return (
            f"{value:.{min(digits, 15)}e}".replace("e+0", "e")
            .replace("e-0", "e-")
            .replace("e+", "e")
        )
    return f"{value:.{max(0, -math.floor(math.log10(step)))}f}"
